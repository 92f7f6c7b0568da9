"""发券跟踪: what was issued in one go, what became of it, and how it is taken back."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow
from core.actions.look_at_rules import names_of
from core.actions.withdraw_coupons import withdraw_some
from core.rulebook.offers import CouponOffer
from core.rulebook.schemes import TierScheme
from core.sales.handout import CodeState, Round, RoundCode
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff

MOST_ROUNDS = 200
MOST_CODES = 50_000


class Kind(Struct, frozen=True):
    """A kind of coupon of the rulebook, and how many of it can still be used."""

    offer: CouponOffer
    outstanding: int


class Followed(Struct, frozen=True):
    """The kinds of coupon, and the rounds with the names of theirs, the newest first.

    `is_in_chain`: what other tills sold is not known here, but at an office PC (`is_office`).
    """

    kinds: tuple[Kind, ...]
    rounds: tuple[tuple[str, Round], ...]
    scheme: TierScheme
    names: dict[str, str]
    is_in_chain: bool
    is_office: bool


class TakenBack(Struct, frozen=True):
    """So many were taken out of use now; `has_more`: ask again for the rest."""

    count: int
    has_more: bool


def follow_coupons(shop: Shop, *, staff: Staff) -> Followed:
    """Raises NotAllowed."""
    with shop.store.read() as reading:
        moment, book = shop.moment(reading), reading.rulebooks.current()
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=moment.at_us)
        on = moment.business_on
        outstanding = reading.coupon_codes.outstanding(on)
        coupons = [each for each in book.offers if isinstance(each, CouponOffer)]
        kinds = tuple(Kind(each, outstanding.get(each.id, 0)) for each in coupons)
        called = {each.id: each.name for each in coupons}
        rounds = reading.handouts.rounds(on, MOST_ROUNDS)
        named = tuple((called.get(each.offer, each.offer), each) for each in rounds)
        link = reading.links.get()
        in_chain = link is not None and bool(link.chain_name)
        names, is_office = names_of(reading, (book,)), not reading.till.till_no
        return Followed(kinds, named, book.scheme, names, in_chain, is_office)


def round_codes(
    shop: Shop,
    round_id: UUID,
    *,
    state: CodeState | None = None,
    staff: Staff,
    approval: Approval | None = None,
) -> tuple[RoundCode, ...]:
    """The codes of a round, or those in a state: codes are money. Raises NotAllowed."""
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.ISSUE_COUPONS, now_us=moment.at_us, approval=approval)
        return reading.handouts.codes(round_id, moment.business_on, state=state, most=MOST_CODES)


def withdraw_round(
    shop: Shop, round_id: UUID, *, staff: Staff, approval: Approval | None = None
) -> TakenBack:
    """收回一批: the next few hundred codes are worth nothing any more, those that were used too.

    Where the sale that used one comes back, the code does not. Raises NotAllowed.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.WITHDRAW_COUPONS, now_us=moment.at_us, approval=approval)
        gone = withdraw_some(shop, tx, moment, round_id, staff, answers)
        return TakenBack(len(gone), bool(tx.handouts.live(round_id, 1)))
