"""台面: what the commands of a room need of the screenless till."""

from __future__ import annotations

from typing import Any, Protocol

from core.actions.counter import Counter
from core.shop import Shop
from core.trust.rights import Approval
from core.trust.staff import Staff
from ui.devices.paper import PaperDesk


class Desk(Protocol):
    """The till between two commands. `allowed` serves one command, which takes it with `approval`.

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
    def look_again(self) -> None: ...
    def leave_empty(self) -> None: ...
    def approval(self) -> Approval | None: ...
    def open(self) -> Counter: ...
    def show(self, counter: Counter) -> None: ...
    def line_no(self, text: str) -> int: ...
