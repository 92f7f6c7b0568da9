"""退货: parts of a sale come back, several times, exact to the fen and the point (domain.md 3).

Whatever came back of a line so far is a share of it, rounded once; a return is the difference of
two such states. So any returns that bring everything back give back exactly what was paid, by the
same tenders, and take back exactly what was earned.

Of what goes back, tenders that pay certain lines only take those lines, then the others as they
were handed over, and cash the rest, rounded half up to the unit that the sale's cash was rounded
to. What the rounding gives or keeps stands apart, and is nothing once all is back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from core.errors import NoSuchLine, NothingToReturn, TooMuchReturned
from core.pricing.tender import Tender, TenderKind
from core.rulebook.rulebook import Rulebook
from core.sales.explanation import Explanation
from core.sales.shortage import Shortage
from core.sales.void import SaleFacts, money_back
from core.values.money import round_half_up


class SoldLine(Struct, frozen=True):
    """A line as it was sold, and how much of it came back so far (thousandths).

    `unit_price_fen` is of one unit at list; category and prescription say what may come back.
    `points` were earned with it, `spent_points` were spent on it and paid `spent_fen`. `gift` is
    the id of the offer that gave it for nothing, "" for none.
    """

    no: int
    code: str
    name: str
    spec: str
    unit: str
    category: str
    is_prescription: bool
    quantity_milli: int
    unit_price_fen: int
    list_fen: int
    payable_fen: int
    spend_fen: int
    points: int
    returned_milli: int = 0
    spent_points: int = 0
    gift: str = ""
    spent_fen: int = 0

    @property
    def left_milli(self) -> int:
        """What can still come back."""
        return self.quantity_milli - self.returned_milli


class LinePart(Struct, frozen=True):
    """What comes back of a line, and its share of list price, money, tier spend and points.

    `given` is its share of the points that were spent on the line, `given_fen` of what they paid:
    they are given back.
    """

    no: int
    quantity_milli: int
    list_fen: int
    money_fen: int
    spend_fen: int
    points: int
    given: int = 0
    given_fen: int = 0


class Refund(Struct, frozen=True):
    """退款: the lines that come back and the money by tender; `rounding_fen` is that of cash.

    Tenders = money of the lines + rounding.
    """

    lines: tuple[LinePart, ...] = ()
    tenders: tuple[Tender, ...] = ()

    @property
    def money_fen(self) -> int:
        """What goes back in all."""
        return sum(tender.amount_fen for tender in self.tenders)

    @property
    def rounding_fen(self) -> int:
        """What rounding the cash adds (above zero) or keeps for a later return."""
        return self.money_fen - sum(line.money_fen for line in self.lines)

    @property
    def saved_fen(self) -> int:
        """What had been saved on the lines that come back."""
        return sum(line.list_fen for line in self.lines) - self.money_fen

    @property
    def spend_fen(self) -> int:
        """Tier spend that goes with it."""
        return sum(line.spend_fen for line in self.lines)

    @property
    def points(self) -> int:
        """Points to be taken back."""
        return sum(line.points for line in self.lines)

    @property
    def given(self) -> int:
        """Points to be given back."""
        return sum(line.given for line in self.lines)


class Return(Struct, frozen=True):
    """One return of a sale, the `number`-th; `shortage` as the policy dealt with it.

    `back` is what is handed back: the refund less what is held back of it. `tier_before` and
    `tier_after` are the member's tier around it, "" for a stranger's sale.
    """

    id: UUID
    number: int
    sale: SaleFacts
    refund: Refund
    back: tuple[Tender, ...]
    shortage: Shortage
    day_id: UUID
    shift_id: UUID
    at_us: int
    business_on: date
    staff_no: int
    approved_by: int
    explanation: Explanation
    has_receipt: bool
    tier_before: str = ""
    tier_after: str = ""

    @property
    def no(self) -> str:
        """Its human number: that of the sale, and which return of it this is."""
        return return_no(self.sale.no, self.number)

    @property
    def points_taken(self) -> int:
        """Points that are taken back; what money pays instead is not."""
        return self.refund.points - self.shortage.paid_points


def return_no(sale_no: str, number: int) -> str:
    """ "S01-T1-000123-R1": the first return of that sale."""
    return f"{sale_no}-R{number}"


def refund(
    lines: Sequence[SoldLine], facts: SaleFacts, rulebook: Rulebook, chosen: Mapping[int, int]
) -> Refund:
    """What the return of these quantities (thousandths by line number) gives and takes back.

    `rulebook` is the one that the sale was priced under. Raises NoSuchLine, NothingToReturn for a
    quantity that is nothing, TooMuchReturned beyond what is left of a line.
    """
    known = {line.no: line for line in lines}
    for no, milli in chosen.items():
        if no not in known:
            raise NoSuchLine(no)
        if milli <= 0:
            raise NothingToReturn()
        if milli > known[no].left_milli:
            raise TooMuchReturned(known[no].name, known[no].left_milli)
    before = {line.no: line.returned_milli for line in lines}
    after = {no: milli + chosen.get(no, 0) for no, milli in before.items()}
    given = _by_tender(lines, facts, rulebook, before)
    return Refund(
        lines=tuple(_part(line, chosen[line.no]) for line in lines if line.no in chosen),
        tenders=tuple(
            Tender(kind, fen - given[kind])
            for kind, fen in _by_tender(lines, facts, rulebook, after).items()
            if fen > given[kind]
        ),
    )


def everything(lines: Iterable[SoldLine]) -> dict[int, int]:
    """All that is left of a sale, by line."""
    return {line.no: line.left_milli for line in lines if line.left_milli}


def is_last(lines: Iterable[SoldLine], given: Refund) -> bool:
    """Whether a refund brings back all that is left of a sale."""
    back = {part.no: part.quantity_milli for part in given.lines}
    return all(line.left_milli == back.get(line.no, 0) for line in lines)


def share(total: int, milli: int, of_milli: int) -> int:
    """The share of so much of a line, rounded half up."""
    return round_half_up(total * milli, of_milli)


def _part(line: SoldLine, milli: int) -> LinePart:
    def between(total: int) -> int:
        before, after = line.returned_milli, line.returned_milli + milli
        whole = line.quantity_milli
        return share(total, after, whole) - share(total, before, whole)

    return LinePart(
        no=line.no,
        quantity_milli=milli,
        list_fen=between(line.list_fen),
        money_fen=between(line.payable_fen),
        spend_fen=between(line.spend_fen),
        points=between(line.points),
        given=between(line.spent_points),
        given_fen=between(line.spent_fen),
    )


def _by_tender(
    lines: Sequence[SoldLine], facts: SaleFacts, rulebook: Rulebook, back: Mapping[int, int]
) -> dict[TenderKind, int]:
    """What has gone back by each tender once so much of each line is back."""
    fen = {line.no: share(line.payable_fen, back[line.no], line.quantity_milli) for line in lines}
    prescriptions = sum(fen[line.no] for line in lines if line.is_prescription)
    rest = sum(fen.values())
    paid = {
        tender.kind: tender.amount_fen for tender in money_back(facts.tenders, facts.change_fen)
    }
    given = dict.fromkeys(sorted(paid, key=lambda kind: not _is_restricted(kind, rulebook)), 0)
    for kind in given:
        if kind is TenderKind.CASH:
            given[kind] = _in_cash(rest, paid[kind], rulebook.cash_rounding_fen)
            continue
        open_fen = rest
        if _is_restricted(kind, rulebook):
            open_fen = min(rest, prescriptions)
            prescriptions -= min(open_fen, paid[kind])
        given[kind] = min(open_fen, paid[kind])
        rest -= given[kind]
    return given


def _is_restricted(kind: TenderKind, rulebook: Rulebook) -> bool:
    rule = rulebook.tender(kind)
    return rule is not None and rule.pays != "all"


def _in_cash(fen: int, paid_fen: int, unit_fen: int) -> int:
    """Rounded to the unit of cash, and never more than was paid; all of it is what was paid."""
    if unit_fen <= 1 or fen >= paid_fen:
        return min(fen, paid_fen)
    return min(paid_fen, round_half_up(fen, unit_fen) * unit_fen)
