"""同店的机器: what a server tells a till of all that joined in its store; keys are not told."""

from __future__ import annotations

from msgspec import Struct

from core.sync.session import Whole, Words

MOST_REVOKED = 20
"""Of those that are out so many are told: who went last."""


class TillThere(Struct, frozen=True):
    """A till of the store; `till_no` 0 is an office PC. Times are the server's.

    `heard_us`: when it was last answered, or joined. `unsent`: of what it had made when its last
    session began, so many events have not come. `is_asking`: it is the one that asks.
    """

    till_no: Whole
    kind: Words
    program: Words
    enrolled_us: Whole
    heard_us: Whole
    revoked_us: Whole | None
    clock_behind_us: int
    unsent: Whole
    is_asking: bool = False


class StoreTills(Struct, frozen=True):
    """Those of one store by number, those that are out behind them. `now_us` is the server's."""

    store_code: Words
    store_name: Words
    now_us: Whole
    tills: tuple[TillThere, ...]
