"""柜台: the basket with its price and its member, as every action at the counter returns it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.asked import ask
from core.actions.cover import allowed_points, is_covered
from core.actions.held_coupons import HeldCoupon, held_coupons
from core.changes import Changes
from core.errors import (
    DayNotOpen,
    EmptyBasket,
    MoneyTaken,
    NoSuchMember,
    NotWhole,
    OfficeSellsNothing,
    QuantityOnTag,
)
from core.members.birthday import birthday_in_days
from core.members.member import BaseTier, MemberFile
from core.members.tiers import figures_of, window_start
from core.points.ledger import expires_next
from core.ports import Reading
from core.pricing.basket import Basket, BasketLine
from core.pricing.quote import Quote, quote
from core.rulebook.rulebook import Rulebook
from core.rulebook.schemes import PAYABLE, Tier, TierScheme
from core.sales.chosen import check_chosen
from core.sales.day import Day
from core.sales.held import Repriced
from core.sales.payment import check_tenders
from core.sales.shift import Shift
from core.sales.trace import Warned, check_goods
from core.shop import Shop
from core.values.moment import Moment, local_time
from core.values.quantity import format_quantity, is_whole


class Counter(Struct, frozen=True):
    """What stands at the counter after an action.

    `birthday_in_days` counts to the member's next celebration, 0 today, None where unknown;
    `changed_line` is the line that the action touched, None where there is none. `held` are the
    coupons that the member holds, `warned` what whoever scanned should know of it. `repriced` is
    said once, of a held basket that was recalled. `is_reserved`: what it spends of a member's
    points is set aside for it; a till without a chain asks nobody.
    """

    basket: Basket
    quote: Quote
    file: MemberFile | None
    tier: Tier | None
    rulebook: Rulebook
    business_on: date
    birthday_in_days: int | None = None
    changed_line: int | None = None
    changes: Changes = Changes.BASKET
    held: tuple[HeldCoupon, ...] = ()
    warned: tuple[Warned, ...] = ()
    repriced: Repriced | None = None
    is_reserved: bool = True

    @property
    def is_out_of_reach(self) -> bool:
        """Whether the member has points in a chain, and none of them can be spent here now."""
        file = self.file
        return file is not None and file.allowed is not None and file.points > file.spendable == 0


def priced(
    reading: Reading,
    moment: Moment,
    basket: Basket,
    *,
    file: MemberFile | None = None,
    rulebook: Rulebook | None = None,
    changed_line: int | None = None,
) -> Counter:
    """The basket priced anew from nothing; `file` and `rulebook` spare look-ups where known."""
    rulebook = rulebook or reading.rulebooks.current()
    if basket.member_id is None:
        file = None
    elif file is None or file.member.id != basket.member_id:
        file = member_file(reading, basket.member_id, rulebook, moment)
    else:
        file = _seen(reading, file, rulebook.scheme, moment, basket.sale_id)
    told = ask(reading, basket, file, rulebook, moment)
    quoted = quote(basket, told.standing, rulebook, moment, told.uses)
    spent, buyer, at_us = quoted.points_spent, basket.member_id, moment.at_us
    return Counter(
        basket=basket,
        quote=quoted,
        file=file,
        tier=rulebook.scheme.tier(file.member.tier) if file else None,
        rulebook=rulebook,
        business_on=moment.business_on,
        birthday_in_days=_birthday(file, moment.business_on, rulebook.leap_day),
        changed_line=changed_line,
        held=held_coupons(reading, basket, file, told, rulebook, moment),
        is_reserved=buyer is None or is_covered(reading, buyer, basket.sale_id, spent, at_us),
    )


def member_file(
    reading: Reading,
    member_id: UUID,
    rulebook: Rulebook,
    moment: Moment,
    *,
    purpose: UUID | None = None,
) -> MemberFile | None:
    """A member as the counter shows them, who spends points for this sale or redemption."""
    since = window_start(rulebook.scheme, moment.business_on)
    file = reading.members.file(member_id, spend_since=since)
    return None if file is None else _seen(reading, file, rulebook.scheme, moment, purpose)


def known_file(
    reading: Reading,
    member_id: UUID,
    rulebook: Rulebook,
    moment: Moment,
    *,
    purpose: UUID | None = None,
) -> MemberFile:
    """The same; raises NoSuchMember."""
    file = member_file(reading, member_id, rulebook, moment, purpose=purpose)
    if file is None:
        raise NoSuchMember(member_id.hex)
    return file


def file_now(reading: Reading, member_id: UUID, rulebook: Rulebook, moment: Moment) -> MemberFile:
    """Also of somebody who was merged: they are another by now."""
    now_id = reading.standings.merged_into(member_id) or member_id
    return known_file(reading, now_id, rulebook, moment)


def _seen(
    reading: Reading, file: MemberFile, scheme: TierScheme, moment: Moment, purpose: UUID | None
) -> MemberFile:
    """The file as of today: points that lapsed, what the scheme counts, the tier that holds.

    That is the one of its figures, or the higher one of a card or a grant. And what of the points
    the chain lets this till spend now.
    """
    member, held, today = file.member, file.held, moment.business_on
    if (most := allowed_points(reading, member.id, moment.at_us, purpose)) != file.allowed:
        file = replace(file, allowed=most)
    if member.is_visitor and file.told_us is not None:
        file = replace(file, told_at=local_time(file.told_us, reading.till.zone))
    if file.expiring_on is not None and file.expiring_on < today:
        # expired before today, and in the balance still; mostly there are none
        lots = reading.ledger.lots(member.id)
        lapsed = sum(lot.left for lot in lots if not lot.is_usable(today))
        on, points = expires_next(lots, today) or (None, 0)
        file = replace(file, lapsed_points=lapsed, expiring_on=on, expiring_points=points)
    if not scheme.is_plain or reading.tiers.is_elsewhere(member.id):
        since = window_start(scheme, today)
        sales = reading.tiers.counted(member.id, since=since, is_payable=scheme.counts == PAYABLE)
        file = replace(file, counted=figures_of(sales))
    if held is None or scheme.rank(held.tier) <= scheme.rank(member.tier):
        return file
    base = BaseTier(member.tier, member.tier_until)
    above = replace(member, tier=held.tier, tier_until=held.until)
    return replace(file, member=above, base=base)


def _birthday(file: MemberFile | None, today: date, leap_day: str) -> int | None:
    if file is None or file.member.birthday is None:
        return None
    return birthday_in_days(file.member.birthday, today, leap_day)


def require_open_day(reading: Reading) -> Day:
    """The open day; raises DayNotOpen, OfficeSellsNothing where there never is one."""
    day = reading.days.open_one()
    if day is None:
        raise DayNotOpen() if reading.till.till_no else OfficeSellsNothing()
    return day


def require_open_shift(reading: Reading) -> Shift:
    """The open shift of the open day; raises DayNotOpen: while a day is open, one of them is."""
    shift = reading.shifts.open_one()
    if shift is None:
        raise DayNotOpen() if reading.till.till_no else OfficeSellsNothing()
    return shift


def keep_up(shop: Shop) -> None:
    """Let hold what is issued or planned for the business day that it is now."""
    with shop.store.read() as reading:
        on, books = shop.moment(reading).business_on, reading.rulebooks
        is_due = books.due(on) is not None or books.own_due(on) is not None
    if is_due:
        from core.actions.office_rules import begin_rules

        begin_rules(shop)


def new_basket(shop: Shop) -> Counter:
    """开单: an empty basket; its sale id exists from now on."""
    keep_up(shop)
    with shop.store.read() as reading:
        return priced(reading, shop.moment(reading), Basket(sale_id=shop.new_id()))


def clear_basket(shop: Shop, basket: Basket) -> Counter:
    """清空: an empty basket in place of this one; raises MoneyTaken where tenders are in it."""
    if basket.taken_fen:
        raise MoneyTaken(basket.taken_fen)
    return new_basket(shop)


def reprice(shop: Shop, basket: Basket) -> Counter:
    """The same basket by the rules of now and for the member as they are now.

    Its products stay as they were scanned: the customer saw those prices.
    """
    with shop.store.read() as reading:
        return priced(reading, shop.moment(reading), basket)


def change_quantity(shop: Shop, basket: Basket, no: int, quantity_milli: int) -> Counter:
    """改数量: raises NoSuchLine, BadQuantity, QuantityOnTag, NotWhole for a part of a whole."""
    with shop.store.read() as reading:
        line = basket.line(no)
        if line.label_fen is not None:
            raise QuantityOnTag(line.product.name)
        changed = basket.with_quantity(no, quantity_milli)
        _check_whole(line, quantity_milli)
        return priced(reading, shop.moment(reading), changed, changed_line=no)


def _check_whole(line: BasketLine, quantity_milli: int) -> None:
    # what a scale has weighed is a part already, whatever the table of products says of it
    is_weighed = line.product.is_weighed or not is_whole(line.quantity_milli)
    if not is_weighed and not is_whole(quantity_milli):
        raise NotWhole(line.product.name, format_quantity(quantity_milli))


def remove_line(shop: Shop, basket: Basket, no: int) -> Counter:
    """删行: raises NoSuchLine, MoneyTaken for the last one of a basket that money was taken for.

    An empty basket is nobody's: its money would be seen by nobody, and pay for the next customer.
    """
    left = basket.without(no)
    if left.is_empty and left.taken_fen:
        raise MoneyTaken(left.taken_fen)
    with shop.store.read() as reading:
        return priced(reading, shop.moment(reading), left)


def choose_member(shop: Shop, basket: Basket, member_id: UUID | None) -> Counter:
    """For a member that was found, or for nobody."""
    with shop.store.read() as reading:
        return priced(reading, shop.moment(reading), basket.with_member(member_id))


def tendered(shop: Shop, basket: Basket) -> Counter:
    """What the tenders of a basket leave to pay; nothing is settled by it.

    Raises EmptyBasket, BadTender, TenderTooHigh, WeightNeeded, TraceNeeded, BatchExpired, and
    GiftUnmet where something that was chosen as a gift would be charged for.
    """
    if basket.is_empty:
        raise EmptyBasket()
    counter = reprice(shop, basket)
    check_goods(basket, counter.business_on)
    check_chosen(basket, counter.quote, lambda other: reprice(shop, other).quote)
    check_tenders(basket, counter.quote, counter.rulebook)
    return replace(counter, changes=Changes.NOTHING)
