"""积分的端口: what the actions need of points: the ledger, and what is beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from core.points.deeds import Correction, Credited, Times
from core.points.expire import ExpiryRun, PastLot, Place
from core.points.ledger import Allocation, Debt, Lot, LotLeft, LotTaken, Transfer
from core.points.redeem import Redemption, StockMove
from core.points.reminders import Reminder

if TYPE_CHECKING:
    from core.members.standing import Purchase
    from core.sales.receipt import Receipt
    from core.sales.statement import Movement


class Ledger(Protocol):
    """积分账."""

    def balance(self, member_id: UUID) -> int: ...

    def lots(self, member_id: UUID) -> tuple[LotLeft, ...]:
        """What is left of a member's lots, those that expire first first; used up ones are not."""
        ...

    def debts(self, member_id: UUID) -> tuple[Debt, ...]:
        """What the member owes, the oldest first."""
        ...

    def spent_in(self, sale_id: UUID) -> tuple[LotTaken, ...]:
        """What lots gave for the points that were spent in a sale, in order of taking."""
        ...

    def expired_of(self, member_id: UUID, sale_id: UUID) -> int:
        """Points of a sale that expired with this member, or with one who became them.

        Less what returns have taken back of it.
        """
        ...

    def given_back(self, sale_id: UUID) -> int:
        """How many of the points that were spent in a sale came back so far."""
        ...

    def post(
        self,
        transfer: Transfer,
        lot: Lot | None = None,
        *,
        allocations: tuple[Allocation, ...] = (),
    ) -> None:
        """Book a transfer (and the lot it makes) and change the cached balances with it.

        `allocations` say which lots a transfer out of a member's account came from; of a lot that
        is made, which debts it pays.
        """
        ...


class Expiries(Protocol):
    """到期: how far the expiry has come, and what will expire."""

    def place(self) -> Place:
        """How far the last run came."""
        ...

    def past(self, after: Place, *, before: date, at_most: int) -> tuple[PastLot, ...]:
        """The lots behind a place whose last day is before that date, used up ones too."""
        ...

    def keep(self, run: ExpiryRun) -> None: ...

    def reminders(self, *, first: date, soon: date, last: date) -> tuple[Reminder, ...]:
        """Whose points expire from `first` to `last`; of them, how many until `soon`."""
        ...

    def owed(self) -> tuple[tuple[date | None, int], ...]:
        """What all lots hold, by their last day; None for those that never expire, at the end."""
        ...

    def debt(self) -> tuple[int, int]:
        """What members owe in all, and how many members have points."""
        ...


class Deeds(Protocol):
    """行为 · 更正: what moved points without a sale."""

    def times(self, member_id: UUID, *, today: date) -> dict[str, Times]:
        """How often the member did what, by its code; with what those did who became them."""
        ...

    def credit(self, credited: Credited) -> None: ...

    def credited(self, deed_id: UUID) -> Credited | None: ...

    def corrected(self, member_id: UUID, staff_no: int, *, on: date) -> int:
        """Points that one person corrected of a member on a day, up and down together."""
        ...

    def correct(self, correction: Correction) -> None: ...

    def correction(self, correction_id: UUID) -> Correction | None: ...


class Redemptions(Protocol):
    """兑换: rewards that were had for points, and what lies on the shelf."""

    def next_number(self) -> int:
        """The next number of a slip, each given out once."""
        ...

    def add(self, made: Redemption, slip: Receipt) -> None: ...

    def undo(
        self,
        made: Redemption,
        slip: Receipt,
        *,
        at_us: int,
        on: date,
        staff_no: int,
        approved_by: int,
    ) -> None:
        """Keep that it was taken back."""
        ...

    def by_no(self, no: str) -> Redemption | None: ...

    def get(self, redemption_id: UUID) -> Redemption | None: ...

    def slip(self, no: str) -> Receipt | None:
        """The paper of a redemption by its number; that of its undoing where it was undone."""
        ...

    def of_member(self, member_id: UUID, *, limit: int) -> tuple[Redemption, ...]:
        """What a member had last, the newest first; also as somebody who was merged."""
        ...

    def had(self, member_id: UUID) -> dict[str, int]:
        """Units that a member has had of each reward, less what was taken back."""
        ...

    def stock(self) -> dict[str, int]:
        """What lies on the shelf of each reward that was ever counted, at any till of the store.

        Less than nothing where tills gave the same without a line.
        """
        ...

    def own_stock(self, code: str) -> int:
        """What this till has put on the shelf of a reward, less what it has taken off."""
        ...

    def set_elsewhere(self, code: str, units: int) -> None:
        """The same of all other tills of the store, as the server told it last."""
        ...

    def move(self, moved: StockMove) -> None: ...

    def taken(self, redemption_id: UUID) -> tuple[LotTaken, ...]:
        """Which lots gave how much, in order of taking."""
        ...


class Statements(Protocol):
    """对账."""

    def movements(self, member_id: UUID, *, since: date) -> tuple[Movement, ...]:
        """All movements of the member's points from a business date on, the oldest first."""
        ...

    def purchases(
        self, member_id: UUID, since: date, until: date, *, limit: int
    ) -> tuple[Purchase, ...]:
        """The lines that the member bought on these days, without those of voided sales."""
        ...
