"""收回券: codes that were issued and are not to be used any more, one or all of a round."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow, noted
from core.actions.handouts import stop_waiting
from core.actions.telling import tell
from core.errors import CouponUsed, CouponWithdrawn, NoSuchIssuedCode
from core.ports import Writing
from core.sales.coupon_code import CouponCode, Withdrawal
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.coupon_code import read_code
from core.values.moment import Moment

AT_ONCE = 500
"""Codes in one transaction: a till beside it waits for no more than these."""


class Withdrawn(Struct, frozen=True):
    """What is worth nothing from now on; `used` of them were used, and do not come back.

    `has_more`: ask again for the rest of the batch.
    """

    name: str
    codes: tuple[str, ...]
    used: int = 0
    has_more: bool = False


def withdraw_coupons(
    shop: Shop,
    text: str,
    *,
    is_batch: bool = False,
    staff: Staff,
    approval: Approval | None = None,
) -> Withdrawn:
    """Withdraw a code, or with `is_batch` the next few hundred that were issued together with it.

    With what one member got of a handout all others of it go, too. Of a batch also those that were
    used: where their sale comes back, they do not. Raises NotAllowed, NoSuchIssuedCode,
    CouponWithdrawn where that was done before, CouponUsed for a single code that was used.
    """
    with shop.store.write() as tx:
        moment, codes = shop.moment(tx), tx.coupon_codes
        answers = allow(tx, staff, Right.WITHDRAW_COUPONS, now_us=moment.at_us, approval=approval)
        code = read_code(text)
        found = codes.get(code) if code else None
        if found is None:
            raise NoSuchIssuedCode(text)
        round_id = tx.handouts.of_batch(found.batch_id) or found.batch_id
        is_stopping = is_batch and _waits(tx, round_id)
        if is_batch:
            gone = withdraw_some(shop, tx, moment, round_id, staff, answers)
        else:
            gone = _one(shop, tx, moment, found, staff, answers)
        if not gone and not is_stopping:
            on = found.withdrawn_on or moment.business_on
            raise CouponWithdrawn(found.code, on.isoformat())
        offer = tx.rulebooks.current().single_use.get(found.offer)
        name = offer.name if offer else found.offer
        has_more = is_batch and bool(tx.handouts.live(round_id, 1))
        known = map(codes.get, gone)
        return Withdrawn(name, gone, sum(1 for each in known if each and each.used_by), has_more)


def _waits(tx: Writing, round_id: UUID) -> bool:
    """Whether somebody would still get one of it: that alone is worth stopping."""
    handout = tx.handouts.get(round_id)
    return handout is not None and not handout.is_stopped and tx.handouts.counts(round_id)[1] > 0


def together(first: Withdrawn, more: Withdrawn) -> Withdrawn:
    """What two pieces of a batch come to."""
    return Withdrawn(first.name, first.codes + more.codes, first.used + more.used, more.has_more)


def withdraw_some(
    shop: Shop, tx: Writing, moment: Moment, round_id: UUID, staff: Staff, answers: int
) -> tuple[str, ...]:
    """The next few hundred codes of a batch or a handout; () where none is left.

    Whoever has not got theirs of that handout gets none any more.
    """
    handout, gone = tx.handouts.get(round_id), list[str]()
    if handout is not None:
        stop_waiting(tx, moment, handout, staff, answers)
    offer_id = ""
    for batch_id, offer_id, codes in tx.handouts.live(round_id, AT_ONCE):
        take_out_of_use(shop, tx, moment, batch_id, offer_id, codes, staff)
        gone += codes
    if gone:
        _note(tx, moment, round_id, f"{offer_id} {len(gone)}", staff, answers)
    return tuple(gone)


def _one(
    shop: Shop, tx: Writing, moment: Moment, found: CouponCode, staff: Staff, answers: int
) -> tuple[str, ...]:
    if found.withdrawn_on is not None:
        return ()
    if found.used_by:
        raise CouponUsed(found.code, found.used_by)
    gone = (found.code,)
    take_out_of_use(shop, tx, moment, found.batch_id, found.offer, gone, staff)
    _note(tx, moment, found.batch_id, f"{found.offer} 1", staff, answers)
    return gone


def _note(
    tx: Writing, moment: Moment, round_id: UUID, detail: str, staff: Staff, answers: int
) -> None:
    tx.audit.note(
        "coupons_withdrawn",
        at_us=moment.at_us,
        staff_no=staff.no,
        subject=round_id.hex,
        detail=noted(detail, staff, answers),
    )


def take_out_of_use(
    shop: Shop,
    tx: Writing,
    moment: Moment,
    batch_id: UUID,
    offer_id: str,
    codes: tuple[str, ...],
    staff: Staff,
) -> None:
    """Keep that these codes of a batch are worth nothing any more, and tell of it."""
    made = Withdrawal(
        id=shop.new_id(),
        codes=codes,
        at_us=moment.at_us,
        business_on=moment.business_on,
        staff_no=staff.no,
    )
    tx.coupon_codes.withdraw(made)
    body = {
        "withdrawal": made.id,
        "batch": batch_id,
        "offer": offer_id,
        "codes": list(codes),
        "staff_no": staff.no,
    }
    tell(shop, tx, moment, "CouponsWithdrawn", body)
