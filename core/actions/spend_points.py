"""积分抵扣: a customer chooses how many points pay; a sale spends them, a return gives them back.

The choice is a wish that the basket keeps: what makes sense of it is worked out with each price.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from core.actions.allow import allow
from core.actions.book_lot import Booked, book_lot, debts_record
from core.actions.counter import Counter, priced
from core.actions.undo import Burn
from core.errors import BadPointsWish, MemberNeeded, PointsPayNothing
from core.members.member import MemberFile
from core.points.give_back import Given, coming_back, give_back
from core.points.ledger import SPENT, Account, Cause, expires_next
from core.points.take import take
from core.ports import Reading, Writing
from core.pricing.basket import Basket
from core.rulebook.rulebook import Rulebook
from core.sales.receipt import ExpiryLine
from core.sales.returns import LinePart
from core.sales.sale import Sale
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.moment import Moment
from core.values.money import MAX_FEN


def spend_points(shop: Shop, basket: Basket, points: int, *, staff: Staff) -> Counter:
    """The member wants to pay with so many points; 0 takes it back.

    Raises NotAllowed, MemberNeeded, PointsPayNothing where the rulebook takes none, BadPointsWish
    for fewer than none.
    """
    if not 0 <= points <= MAX_FEN:
        raise BadPointsWish(str(points))
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.SELL, now_us=moment.at_us)
        rulebook = reading.rulebooks.current()
        if rulebook.points.spend is None:
            raise PointsPayNothing()
        if basket.member_id is None:
            raise MemberNeeded()
        return priced(reading, moment, basket.with_points(points), rulebook=rulebook)


def spend(shop: Shop, tx: Writing, sale: Sale, rulebook: Rulebook) -> Burn | None:
    """Book the points that pay in a sale: of the balance before it, without its own."""
    if sale.standing is None or sale.quote.points_spent == 0:
        return None
    owner = sale.standing.member_id
    spent = take(
        shop.new_id(),
        owner,
        sale.quote.points_spent,
        tx.ledger.lots(owner),
        into=SPENT,
        cause=Cause.SPEND,
        rulebook=rulebook,
        on=sale.moment.business_on,
        sale_id=sale.basket.sale_id,
    )
    tx.ledger.post(spent[0], allocations=spent[1])
    return spent


def given_of(reading: Reading, sale_id: UUID, points: int, on: date) -> tuple[Given, ...]:
    """Which points come back when so many more that were spent in a sale do, and until when."""
    if points == 0:
        return ()
    ledger = reading.ledger
    return coming_back(ledger.spent_in(sale_id), points, before=ledger.given_back(sale_id), on=on)


def give_points_back(
    shop: Shop,
    tx: Writing,
    sale_id: UUID | None,
    file: MemberFile | None,
    given: tuple[Given, ...],
    moment: Moment,
    *,
    out_of: Account = SPENT,
    cause: Cause = Cause.GIVE_BACK,
) -> list[Booked]:
    """Book them to whom they belong now; a debt takes of them first, as of what is earned."""
    if file is None or not given:
        return []
    owner = file.member.id
    made = give_back(
        given,
        owner,
        new_id=shop.new_id,
        rulebook=tx.rulebooks.current(),
        on=moment.business_on,
        sale_id=sale_id,
        out_of=out_of,
        cause=cause,
    )
    return [book_lot(tx, transfer, lot) for transfer, lot in made]


def given_record(made: list[Booked], lines: Iterable[LinePart] = ()) -> dict[str, object]:
    """The points that were given back as they stand in facts; nothing where there are none.

    `lines` are those of a return; a void gives back everything.
    """
    if not made:
        return {}
    return {
        "given": [[part.no, part.given] for part in lines if part.given],
        "given_lots": lots_record(made),
        **debts_record(made),
    }


def lots_record(made: list[Booked]) -> list[object]:
    """Lots as they stand in facts."""
    return [[each.lot.id, each.lot.amount, each.lot.expires_on] for each in made]


def expiry_line(reading: Reading, file: MemberFile | None, on: date) -> ExpiryLine | None:
    """What of a member's points expires next."""
    found = None if file is None else expires_next(reading.ledger.lots(file.member.id), on)
    return None if found is None else ExpiryLine(found[1], found[0].isoformat())
