"""班次报表: the shifts of a period with what each took, and what each cashier's come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from core.actions.allow import allow
from core.actions.proof import AT_ONCE
from core.errors import BadDates
from core.sales.shift import Shift
from core.sales.takings import Takings
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff


class ShiftRow(Struct, frozen=True):
    """A shift with its business date, whose turn it was, and what it took."""

    shift: Shift
    business_on: date
    cashier: str
    takings: Takings

    @property
    def difference_fen(self) -> int | None:
        """Counted less expected; None where the drawer was not counted yet."""
        return None if self.shift.count is None else self.shift.count.difference_fen


class CashierSum(Struct, frozen=True):
    """The shifts of one cashier: `over_fen` and `short_fen`, both from zero up, do not cancel."""

    staff_no: int
    name: str
    shifts: int
    sales: int
    taken_fen: int
    voids: int
    voided_fen: int
    returns: int
    over_fen: int
    short_fen: int
    openings: int


class Openings(Struct, frozen=True):
    """How often the drawer was opened without a sale, by shift; `reached` as in `proof.Found`."""

    counts: dict[str, int]
    reached: int


def shifts_between(shop: Shop, first: date, last: date, *, staff: Staff) -> tuple[ShiftRow, ...]:
    """The shifts of these business dates, the newest first.

    Raises NotAllowed, BadDates where they stand the wrong way round.
    """
    if first > last:
        raise BadDates(first.isoformat(), last.isoformat())
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        names = {person.no: person.name for person in reading.people.all()}
        return tuple(
            ShiftRow(
                shift,
                day.business_on,
                names.get(shift.opened_by, str(shift.opened_by)),
                reading.shifts.takings(shift),
            )
            for day in reading.proof.days(first, last)
            for shift in reversed(reading.shifts.of_day(day.id))
        )


def drawer_openings(shop: Shop, from_us: int, below: int, *, staff: Staff) -> Openings:
    """The next piece of the audit log, below a number, until an instant. Raises NotAllowed."""
    counts: Counter[str] = Counter()
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        end = reading.proof.end()[0]
        below = min(below, end + 1)
        first = max(1, below - AT_ONCE)
        is_over = first == 1
        rows = list(reading.proof.between(first, below - 1))
        for row in rows:
            if row.what == "drawer_opened":
                counts[row.subject] += 1
        is_over = is_over or all(row.at_us < from_us for row in rows)
        return Openings(dict(counts), 0 if is_over else first)


def by_cashier(rows: Iterable[ShiftRow], openings: dict[str, int]) -> tuple[CashierSum, ...]:
    """What the shifts of each person come to, by number."""
    of: dict[int, list[ShiftRow]] = {}
    for row in rows:
        of.setdefault(row.shift.opened_by, []).append(row)
    return tuple(_sum(no, of[no], openings) for no in sorted(of))


def _sum(no: int, rows: list[ShiftRow], openings: dict[str, int]) -> CashierSum:
    differences = [row.difference_fen or 0 for row in rows]
    return CashierSum(
        staff_no=no,
        name=rows[0].cashier,
        shifts=len(rows),
        sales=sum(row.takings.sales for row in rows),
        taken_fen=sum(row.takings.taken_fen for row in rows),
        voids=sum(row.takings.voids for row in rows),
        voided_fen=sum(row.takings.voided_fen for row in rows),
        returns=sum(row.takings.returns for row in rows),
        over_fen=sum(fen for fen in differences if fen > 0),
        short_fen=-sum(fen for fen in differences if fen < 0),
        openings=sum(openings.get(row.shift.id.hex, 0) for row in rows),
    )
