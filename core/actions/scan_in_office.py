"""后台里扫码: whose card it is, or which paper: where nobody sells, a scan opens what it is of."""

from __future__ import annotations

from uuid import UUID

from core.actions.allow import allow
from core.actions.serve import check_scan, holder_of_card, refuse_old_scan
from core.errors import NoSuchMember, StrangeStripe
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.ident import read_paper_no
from core.values.stripe import is_stripe


def meant_in_office(shop: Shop, text: str, *, staff: Staff) -> UUID | str:
    """The id of the member of a card, its code or its stripe; the number of a paper.

    Raises NotAllowed, BadScan, PaymentCode, EnrolmentScanned, CardReplaced, StrangeStripe and
    NoSuchMember.
    """
    scanned = check_scan(text)
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        member = holder_of_card(reading, scanned)
        if member is not None:
            return reading.standings.merged_into(member.id) or member.id
        if no := read_paper_no(scanned):
            return no
        refuse_old_scan(reading, scanned)
    raise StrangeStripe() if is_stripe(scanned) else NoSuchMember(scanned)
