"""台面: what the commands of a room need of the screenless till."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from core.actions.counter import Counter
from core.actions.sync import begin, look_at_link
from core.errors import NotInChain, ServerUnreachable, SessionOver
from core.ports.central import Central, Uplink
from core.sales.slip import Slip
from core.shop import Shop
from core.trust.rights import Approval
from core.trust.staff import Staff
from ui.devices.paper import PaperDesk

if TYPE_CHECKING:
    from ui.console.reserving import Kept

T = TypeVar("T")
Means = Callable[[], Uplink] | None
"""What a till speaks with its server by."""


class Desk(Protocol):
    """The till between two commands. `allowed` serves one that takes it (`approval`) and is done.

    `more` is what the command under way adds to its answer, by the name of its field.
    """

    more: dict[str, Any]
    allowed: Approval | None

    @property
    def shop(self) -> Shop: ...
    @property
    def paper(self) -> PaperDesk: ...
    def who(self) -> Staff: ...
    def take_over(self, staff: Staff) -> None: ...
    def save(self, slip: Slip) -> str: ...
    def look_again(self) -> None: ...
    def leave_empty(self) -> None: ...
    def approval(self) -> Approval | None: ...
    def open(self) -> Counter: ...
    def show(self, counter: Counter) -> None: ...
    @property
    def kept(self) -> Kept:
        """What the server has set aside for this till."""
        ...

    @property
    def uplink(self) -> Means:
        """What the till speaks with its server by; None where nobody gave it one."""
        ...

    def line_no(self, text: str) -> int: ...


def errand(desk: Desk, do: Callable[[Shop, Central, str], T], *, is_brief: bool = False) -> T:
    """Ask the server in a session of its own; raises NotInChain, and what speaking with it does.

    A brief one is soon given up.
    """
    if desk.uplink is None or look_at_link(desk.shop) is None:
        raise NotInChain()
    means = desk.uplink()
    make = means.counter if is_brief and means.counter else means.central
    with closing(make()) as central:
        session, _ = begin(desk.shop, central, means.keys(), program=means.program)
        try:
            return do(desk.shop, central, session.token)
        except SessionOver:  # somebody sends beside us: as if the line had been cut
            raise ServerUnreachable("cut") from None
