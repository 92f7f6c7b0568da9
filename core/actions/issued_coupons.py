"""发过的券码: the batches that were issued last, and the codes of one that can still be used."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow
from core.errors import UnknownCode
from core.ports import Reading
from core.sales.coupon_code import Batch, BatchUse
from core.sales.handout import MOST_MEMBERS, CodeState
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff

MOST_BATCHES = 50
"""Further back there are only the tables that were kept."""


class NamedBatch(Struct, frozen=True):
    """A batch with the name of its coupon, or its id where the rulebook has it no more."""

    name: str
    use: BatchUse


class Again(Struct, frozen=True):
    """A batch with those of its codes only that can still be used."""

    name: str
    batch: Batch


def last_batches(
    shop: Shop, *, staff: Staff, approval: Approval | None = None
) -> tuple[NamedBatch, ...]:
    """The newest first; raises NotAllowed for who may not issue them."""
    with shop.store.read() as reading:
        now_us = shop.moment(reading).at_us
        allow(reading, staff, Right.ISSUE_COUPONS, now_us=now_us, approval=approval)
        uses = reading.coupon_codes.last_batches(MOST_BATCHES)
        return tuple(NamedBatch(_name(reading, use.offer), use) for use in uses)


def batch_again(
    shop: Shop, batch_id: UUID, *, staff: Staff, approval: Approval | None = None
) -> Again:
    """Of a batch or of a handout, by its id; raises NotAllowed, UnknownCode."""
    with shop.store.read() as reading:
        now_us = shop.moment(reading).at_us
        allow(reading, staff, Right.ISSUE_COUPONS, now_us=now_us, approval=approval)
        today = shop.moment(reading).business_on
        found = reading.handouts.codes(batch_id, today, most=MOST_MEMBERS)
        gone = {CodeState.USED, CodeState.WITHDRAWN}
        live = tuple(each.code for each in found if each.state not in gone)
        batch = reading.coupon_codes.batch(batch_id) or _handed_out(reading, batch_id)
        if batch is None:
            raise UnknownCode(batch_id.hex)
        return Again(_name(reading, batch.offer), replace(batch, codes=live))


def _handed_out(reading: Reading, handout_id: UUID) -> Batch | None:
    """A handout as one batch for many members; its codes are those of the members' own."""
    made = reading.handouts.get(handout_id)
    if made is None:
        return None
    return Batch(
        id=made.id,
        offer=made.offer,
        codes=(),
        member_id=None,
        starts_on=made.starts_on,
        ends_on=made.ends_on,
        at_us=made.at_us,
        business_on=made.business_on,
        staff_no=made.staff_no,
    )


def _name(reading: Reading, offer_id: str) -> str:
    offer = reading.rulebooks.current().single_use.get(offer_id)
    return offer.name if offer else offer_id
