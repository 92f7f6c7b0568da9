"""占用一次券, at the server: of all tills one has a code, and a sale of it uses it up."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.begin_session import branch_of
from core.actions.book_used import today
from core.actions.read_sales import catch_up
from core.actions.take_back_elsewhere import claim_known, is_over
from core.errors import (
    ClaimDiffers,
    ClaimLate,
    CouponElsewhere,
    CouponUsed,
    CouponWithdrawn,
    NoSuchCoupon,
)
from core.ports.feed import Asking
from core.ports.office import Branch, OfficeReading, OfficeWriting
from core.shop import HeadOffice
from core.sync.together import (
    CLAIMED_US,
    Claim,
    Claimed,
    ClaimKind,
    ClaimStatus,
    CodeAsked,
    claim_of_code,
)


def claim(office: HeadOffice, token: str, asked: CodeAsked) -> Claimed:
    """占用: this sale may use the code, and no other, for fifteen minutes.

    Asked for once more later, it is looked at anew: others may have had it meanwhile.
    Raises SessionOver, ServerBusy, NoSuchCoupon, CouponWithdrawn, CouponUsed, CouponElsewhere,
    ClaimDiffers, ClaimLate.
    """
    catch_up(office, token)
    with office.store.write() as tx:
        branch = branch_of(office, tx, token)
        tx.claims.lock(ClaimKind.COUPON, asked.code)
        known = _known(tx, branch, asked)
        now_us = office.clock.now_us()
        if known is None or known.is_anew(asked.at_us, now_us):
            known = _claim(office, tx, branch, asked)
        if known.status is ClaimStatus.VOIDED:
            raise ClaimLate()
        return known.answer(now_us)


def give_up(office: HeadOffice, token: str, asked: CodeAsked) -> Claimed:
    """不用了: others may use it at once. What was used stays so.

    What was asked for before that comes too late, and does not claim it any more; what is asked
    for later is not given up by it. Raises SessionOver, ClaimDiffers.
    """
    with office.store.write() as tx:
        branch = branch_of(office, tx, token)
        tx.claims.lock(ClaimKind.COUPON, asked.code)
        known = _known(tx, branch, asked) or _made(office, branch, asked)
        if known.status is not ClaimStatus.USED and asked.at_us >= known.at_us:
            known = replace(known, status=ClaimStatus.VOIDED, at_us=asked.at_us)
            tx.claims.keep(known)
        return known.answer(office.clock.now_us())


def batches_for_tills(
    reading: OfficeReading, _asking: Asking, batches: Collection[str], _now_us: int
) -> dict[str, Struct]:
    """Codes that were issued at once, with those that were withdrawn since."""
    found = ((about, reading.coupons.batch(UUID(about))) for about in batches)
    return {about: batch for about, batch in found if batch is not None}


def _claim(office: HeadOffice, tx: OfficeWriting, branch: Branch, asked: CodeAsked) -> Claim:
    found = tx.coupons.get(asked.code)
    if found is None:
        raise NoSuchCoupon(asked.code)
    if found.is_withdrawn:
        raise CouponWithdrawn(asked.code, today(office).isoformat())
    if used := tx.coupons.used_by(asked.code):
        raise CouponUsed(asked.code, used[0])
    now_us = office.clock.now_us()
    for each in tx.claims.of(ClaimKind.COUPON, asked.code):
        if each.id != asked.id and not is_over(tx, each, now_us):
            raise CouponElsewhere(asked.code)
    made = _made(office, branch, asked)
    tx.claims.keep(made)
    return made


def _made(office: HeadOffice, branch: Branch, asked: CodeAsked) -> Claim:
    now_us = office.clock.now_us()
    place = (branch.till_id, branch.incarnation, asked.at_us, now_us + CLAIMED_US)
    return Claim(asked.id, ClaimKind.COUPON, asked.code, *place)


def _known(tx: OfficeWriting, branch: Branch, asked: CodeAsked) -> Claim | None:
    """Its id is made of the code and the sale: nobody claims another one by it."""
    if asked.id != claim_of_code(asked.sale_id, asked.code):
        raise ClaimDiffers(asked.id.hex)
    return claim_known(tx, branch, asked.id)
