"""点钱: what the sheet shows of a drawer that is to be counted, with figures or blind."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from core.actions.shift import DrawerNow, TakingsNow
from core.pricing.tender import TenderKind
from core.sales.takings import Takings
from core.values.money import format_money
from ui.text import tr


class CountState(Struct, frozen=True):
    """`takings` of the day and `expected_fen` are None where the drawer is counted blind.

    `waiting` says what waits and is left by what the count ends.
    """

    business_on: date
    shift_no: int
    float_fen: int
    takings: Takings | None = None
    of_shift: Takings | None = None
    waiting: str = ""

    @classmethod
    def of(cls, now: DrawerNow | TakingsNow) -> CountState:
        """Of what the till tells of its drawer."""
        day, shift = now.day, now.shift
        if isinstance(now, DrawerNow):
            return cls(day.business_on, shift.no, shift.float_fen)
        return cls(day.business_on, shift.no, shift.float_fen, now.of_day, now.of_shift)

    @property
    def expected_fen(self) -> int | None:
        """钱箱应有: fen."""
        return None if self.of_shift is None else self.of_shift.expected_fen(self.float_fen)

    @property
    def cash_rows(self) -> tuple[tuple[str, str, str], ...]:
        """How the cash that should be there comes about: name, label and amount."""
        rows = [("float", tr("接手时的现金"), self.float_fen)]
        if self.of_shift is not None:
            rows.append(("taken", tr("现金收入，已减找零"), self.of_shift.tender(TenderKind.CASH)))
            if self.of_shift.paid_in_fen:
                rows.append(("paid_in", tr("放入现金"), self.of_shift.paid_in_fen))
            if self.of_shift.paid_out_fen:
                rows.append(("paid_out", tr("取出现金"), -self.of_shift.paid_out_fen))
        return tuple((name, label, format_money(fen)) for name, label, fen in rows)
