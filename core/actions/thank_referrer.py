"""谢介绍人: who brought a new member gets points when that member buys for the first time.

What it is worth, and how often a member gets it, says the behaviour of the code `referral`; a
rulebook without it gives nothing. It is given once for each new member, to somebody else only.
"""

from __future__ import annotations

from uuid import UUID

from core.actions.counter import known_file
from core.actions.deeds import credit
from core.actions.serve import require_served
from core.errors import Refused
from core.members.profile import REFERRER
from core.ports import Writing
from core.rulebook.behaviours import REFERRAL
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.sync.effects import derived_id
from core.trust.staff import Staff
from core.values.moment import Moment


def thank_referrer(
    shop: Shop,
    tx: Writing,
    member_id: UUID | None,
    rulebook: Rulebook,
    moment: Moment,
    staff: Staff,
) -> None:
    """Asked before a sale of a member is kept: for the first one, thank who brought them.

    Whoever is not served, has reached a limit, or is the same person by now, gets nothing.
    """
    behaviour = rulebook.behaviour(REFERRAL)
    if behaviour is None or member_id is None:
        return
    told = tx.profiles.of(member_id).get(REFERRER, "")
    deed_id = deed_of(member_id)
    if not told or tx.offer_uses.has_bought(member_id) or tx.deeds.credited(deed_id) is not None:
        return
    by_id = UUID(told)
    by_id = tx.standings.merged_into(by_id) or by_id
    if by_id == member_id or tx.members.get(by_id) is None:
        return
    try:
        require_served(tx, known_file(tx, by_id, rulebook, moment), moment.business_on)
        credit(shop, tx, moment, by_id, behaviour, deed_id, staff=staff, answers=staff.no)
    except Refused:
        return  # the sale of the other goes on; the office lists who got nothing


def deed_of(member_id: UUID) -> UUID:
    """The id of what is given for a new member: whoever is thanked, it is once."""
    return derived_id(member_id, REFERRAL)
