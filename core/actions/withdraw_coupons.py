"""收回券: codes that were issued and are not to be used any more, one or all of a batch."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow, noted
from core.actions.telling import tell
from core.errors import CouponUsed, CouponWithdrawn, NoSuchIssuedCode
from core.ports import Writing
from core.sales.coupon_code import Withdrawal
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.coupon_code import read_code
from core.values.moment import Moment


class Withdrawn(Struct, frozen=True):
    """What is worth nothing from now on; `used` of them were used, and do not come back."""

    name: str
    codes: tuple[str, ...]
    used: int = 0


def withdraw_coupons(
    shop: Shop,
    text: str,
    *,
    is_batch: bool = False,
    staff: Staff,
    approval: Approval | None = None,
) -> Withdrawn:
    """Withdraw a code, or with `is_batch` every code that was issued together with it.

    Of a batch also those that were used: where their sale comes back, they do not. Raises
    NotAllowed, NoSuchIssuedCode, CouponWithdrawn where that was done before, CouponUsed for a
    single code that was used.
    """
    with shop.store.write() as tx:
        moment, codes = shop.moment(tx), tx.coupon_codes
        answers = allow(tx, staff, Right.WITHDRAW_COUPONS, now_us=moment.at_us, approval=approval)
        code = read_code(text)
        found = codes.get(code) if code else None
        if found is None:
            raise NoSuchIssuedCode(text)
        among = codes.of_batch(found.batch_id) if is_batch else (found,)
        left = tuple(each for each in among if each.withdrawn_on is None)
        if not left:
            on = found.withdrawn_on or moment.business_on
            raise CouponWithdrawn(found.code, on.isoformat())
        if found.used_by and not is_batch:
            raise CouponUsed(found.code, found.used_by)
        gone = tuple(each.code for each in left)
        take_out_of_use(shop, tx, moment, found.batch_id, found.offer, gone, staff)
        tx.audit.note(
            "coupons_withdrawn",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=found.batch_id.hex,
            detail=noted(f"{found.offer} {len(left)}", staff, answers),
        )
        offer = tx.rulebooks.current().single_use.get(found.offer)
        used = sum(1 for each in left if each.used_by)
        return Withdrawn(offer.name if offer else found.offer, gone, used)


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
