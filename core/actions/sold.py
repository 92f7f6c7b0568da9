"""卖过的单: a sale of this till, or of another one as the server told it, with all that came back.

Of another till's sale the points may be somebody's who is no member here: what they have is told
with the sale, and only the event of the return moves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.book_lot import Booked
from core.actions.spend_points import give_points_back
from core.actions.undo import Burn, expired_part, facts_of, holder_of, take_points_back
from core.errors import AskedElsewhere, NoSuchSale, NothingSold
from core.members.member import Member, MemberFile
from core.points.claw_back import claw_back
from core.points.give_back import Given, coming_back, give_back
from core.points.ledger import Cause, LotLeft, LotTaken
from core.ports import Reading, StoredSale, Writing
from core.rulebook.rulebook import Rulebook
from core.sales.elsewhere import SoldElsewhere, sold_elsewhere
from core.sales.returns import SoldLine, share
from core.sales.trace import SoldTrace
from core.sales.void import SaleFacts
from core.shop import Shop
from core.sync.together import HolderSaid, SaleSaid
from core.values.moment import Moment


class Sold(Struct, frozen=True):
    """What a return has to know of a sale; `said` is None of one of this till.

    `lines` know what came back at any till, `before` what of that was at others.
    """

    sale: StoredSale
    facts: SaleFacts
    lines: tuple[SoldLine, ...]
    rulebook: Rulebook
    before: Mapping[int, int]
    said: SaleSaid | None = None
    there: SoldElsewhere | None = None

    @property
    def is_away(self) -> bool:
        """Whether another till sold it."""
        return self.said is not None

    def given_before(self) -> int:
        """Points that came back with what is back of its lines."""
        return sum(
            share(line.spent_points, line.returned_milli, line.quantity_milli)
            for line in self.lines
        )


class Holder(Struct, frozen=True):
    """Who has the points of a sale; `said` where they are no member here."""

    file: MemberFile
    said: HolderSaid | None = None


def sold_by_no(reading: Reading, no: str, now_us: int) -> Sold | None:
    """By the number of its receipt."""
    sale = reading.sales.by_no(no)
    if sale is not None:
        return _here(reading, sale, now_us)
    said = reading.elsewhere.by_no(no)
    return None if said is None else _there(reading, said, now_us)


def meant(reading: Reading, sale_no: str | None, now_us: int) -> Sold:
    """The sale of this number, or the last one of this till."""
    if sale_no:
        sold = sold_by_no(reading, sale_no, now_us)
        if sold is None:
            raise NoSuchSale(sale_no)
        return sold
    last = reading.sales.last()
    if last is None:
        raise NothingSold()
    return sold_of(reading, last.sale_id, now_us)


def check_claim(tx: Writing, sold: Sold, return_id: UUID, now_us: int) -> None:
    """What another till sold comes back only where the server has said that nobody else takes it.

    Raises AskedElsewhere.
    """
    if sold.is_away:
        until = (each.until_us for each in tx.elsewhere.claims() if each.id == return_id)
        if next(until, 0) <= now_us:
            raise AskedElsewhere(sold.sale.no)


def sold_of(reading: Reading, sale_id: UUID, now_us: int) -> Sold:
    """By its id; raises NoSuchSale."""
    sale = reading.sales.get(sale_id)
    if sale is not None:
        return _here(reading, sale, now_us)
    said = reading.elsewhere.get(sale_id)
    if said is None:
        raise NoSuchSale(sale_id.hex)
    return _there(reading, said, now_us)


def _here(reading: Reading, sale: StoredSale, now_us: int) -> Sold:
    facts = facts_of(reading, sale.sale_id)
    lines = reading.returns.lines(sale.sale_id)
    before = reading.elsewhere.back(sale.sale_id, now_us)
    rulebook = reading.rulebooks.get(facts.rulebook_version)
    return Sold(sale, facts, _less(lines, before), rulebook, before)


def _there(reading: Reading, said: SaleSaid, now_us: int) -> Sold:
    zone, till_no = reading.till.zone, said.till_no
    there = sold_elsewhere(said.no, said.event, zone, store_name=said.store_name, till_no=till_no)
    before = reading.elsewhere.back(said.id, now_us)
    lines = _less(_less(there.lines, reading.returns.came_back(said.id)), before)
    holder_id = said.holder.id if said.holder is not None else there.facts.member_id
    facts = replace(there.facts, member_id=holder_id)
    return Sold(_stored(said, there), facts, lines, there.rulebook, before, said, there)


def _stored(said: SaleSaid, there: SoldElsewhere) -> StoredSale:
    sale = there.sale
    return StoredSale(
        sale_id=there.facts.sale_id,
        no=said.no,
        receipt=there.receipt,
        payable_fen=there.facts.payable_fen,
        paid_fen=sale.paid_fen,
        change_fen=there.facts.change_fen,
        points_earned=there.facts.points,
        points_balance=0,
        tier_after=sale.tier_after,
        at_us=there.facts.at_us,
        member_id=there.facts.member_id,
        is_voided=said.is_void,
    )


def _less(lines: tuple[SoldLine, ...], back: Mapping[int, int]) -> tuple[SoldLine, ...]:
    """Where two tills took the same line back, nothing is left of it."""
    if not back:
        return lines
    return tuple(
        replace(
            line,
            returned_milli=min(line.quantity_milli, line.returned_milli + back.get(line.no, 0)),
        )
        for line in lines
    )


def holder(reading: Reading, sold: Sold, rulebook: Rulebook, moment: Moment) -> Holder | None:
    """Who has its points: a member of here, or one as the server told of them."""
    file = holder_of(reading, sold.facts, rulebook, moment)
    if file is not None:
        return Holder(file)
    told = sold.said.holder if sold.said is not None else None
    if told is None:
        return None
    tier = rulebook.scheme.tier(told.tier).code
    member = Member(told.id, "", told.name, tier, moment.business_on)
    return Holder(MemberFile(member, told.points), told)


def expired_of(reading: Reading, sold: Sold, held: Holder, points: int) -> int:
    """What of so many points of it is taken back already, since its own lots expired."""
    if sold.said is None or sold.there is None or sold.said.holder is None:
        return expired_part(reading, sold.facts, held.file, points)
    told, own = sold.said.holder, sold.there.lot_id
    left = sum(lot.points for lot in told.lots if lot.id == own)
    return min(told.expired, max(0, points - left))


def given_of(reading: Reading, sold: Sold, points: int, moment: Moment) -> tuple[Given, ...]:
    """Which points come back when so many more that were spent in it do, and until when."""
    if points == 0:
        return ()
    before, ledger = sold.given_before(), reading.ledger
    if sold.said is None:
        taken = ledger.spent_in(sold.facts.sale_id)
        before = before if sold.before else ledger.given_back(sold.facts.sale_id)
    else:
        lots = sold.said.holder.spent if sold.said.holder is not None else ()
        made = (sold.facts.business_on,)
        taken = tuple(
            LotTaken(lot.id, lot.points, *made, lot.expires_on, sold.facts.rulebook_version)
            for lot in lots
        )
    return coming_back(taken, points, before=before, on=moment.business_on)


def give(
    shop: Shop,
    tx: Writing,
    sold: Sold,
    held: Holder | None,
    given: tuple[Given, ...],
    moment: Moment,
) -> list[Booked]:
    """Book what comes back; of who is no member here it is only told."""
    if held is None or held.said is None:
        file = held.file if held is not None else None
        return give_points_back(shop, tx, sold.facts.sale_id, file, given, moment)
    made = give_back(
        given,
        held.said.id,
        new_id=shop.new_id,
        rulebook=tx.rulebooks.current(),
        on=moment.business_on,
        sale_id=sold.facts.sale_id,
    )
    return [Booked(transfer, lot) for transfer, lot in made]


def take(
    shop: Shop, tx: Writing, sold: Sold, held: Holder | None, moment: Moment, *, points: int
) -> Burn | None:
    """So many points leave their account; of who is no member here it is only told."""
    if held is None or held.said is None or not points:
        file = held.file if held is not None else None
        facts, cause = sold.facts, Cause.RETURN
        return take_points_back(shop, tx, facts, file, moment, points=points, cause=cause)
    own = sold.there.lot_id if sold.there is not None else None
    lots = [
        LotLeft(
            lot.id,
            lot.expires_on,
            lot.points,
            sold.facts.business_on,
            sold.facts.rulebook_version,
            sold.facts.sale_id if lot.id == own else None,
        )
        for lot in held.said.lots
    ]
    return claw_back(
        shop.new_id(),
        held.said.id,
        points,
        lots,
        rulebook=tx.rulebooks.current(),
        on=moment.business_on,
        sale_id=sold.facts.sale_id,
        cause=Cause.RETURN,
    )


def traces_of(reading: Reading, sold: Sold) -> tuple[SoldTrace, ...]:
    """The packs that were sold in it."""
    if sold.there is not None:
        return sold.there.traces
    return tuple(reading.traces.of_sale(sold.facts.sale_id))
