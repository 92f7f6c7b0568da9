"""授权: somebody who has a right allows one step of somebody who has it not."""

from __future__ import annotations

from core.actions.prove import prove
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff


def approve(
    shop: Shop, *, right: Right, pin: str, staff: Staff, name: str | None = None
) -> Approval:
    """An approval for `staff`; the name may be left out where one person alone has the right.

    Raises NameNeeded, PinWait, WrongPin; NotAllowed where the PIN's person has not the right.
    """
    approver = prove(
        shop,
        pin,
        name=name,
        right=right,
        done="approved",
        failed="approval_failed",
        subject=right.value,
        detail=str(staff.no),
    )
    return Approval(right, approver.no, shop.clock.now_us())
