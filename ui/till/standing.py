"""停在哪里: what a window shows, so that another one, in other clothes, goes on from there."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from core.actions.counter import Counter
from core.actions.kept_codes import KeptCodes
from core.ports import StoredSale
from core.trust.staff import Staff
from core.values.money import format_money
from ui.text import tr

# A sentence is made anew in the language that is spoken by then.
Sentence = Callable[[], str]


class AtCounter(Struct, frozen=True):
    """What stands at the counter: `typed` is in the input, `said` in the notice of errors.

    `left_over` are codes of before a crash that are in no basket yet.
    `sold_no` is the last sale that was made since the start.
    """

    counter: Counter | None = None
    last: StoredSale | None = None
    is_just_paid: bool = False
    sold_no: str = ""
    has_kept: bool = False
    left_over: KeptCodes = KeptCodes()
    unknown_code: str = ""
    said: Sentence | None = None
    typed: str = ""


class Standing(Struct, frozen=True):
    """Which page is due, for whom, and whether the settings or the lock lie over it."""

    page: str
    staff: Staff | None
    at_counter: AtCounter
    is_setting: bool = False
    is_locked: bool = False


def back_words(counter: Counter) -> str:
    """What is said of a basket that a crash left behind."""
    taken = sum(tender.amount_fen for tender in counter.basket.tenders)
    if not taken:
        return tr("上次没结完的一单还在，接着收就行。")
    return tr("上次没结完的一单还在，接着收就行。已经记了收款 {taken}。", taken=format_money(taken))
