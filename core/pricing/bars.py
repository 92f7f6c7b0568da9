"""为什么还不能用: what of an offer's conditions does not hold for who stands there.

Time and place are asked before: who comes at another time is not told. What an offer asks of a
member is told to members; nobody is not asked who they are.
"""

from __future__ import annotations

from datetime import date

from core.members.member import Celebration, Standing
from core.pricing.adjustment import Lost
from core.pricing.used import Used
from core.rulebook.conditions import Conditions, Limits
from core.rulebook.offers import BasketOffer
from core.values.moment import Moment

_NEVER_USED = Used("")


def bar(offer: BasketOffer, standing: Standing, used: Used | None, moment: Moment) -> Lost | None:
    """Why a member cannot have an offer now, beside their tier; None where nothing is in the way.

    The gravest is told: what will never come to pass before what may tomorrow.
    """
    lost = _of_person(offer.when, standing, moment.business_on)
    return lost or _of_birthday(offer, standing, used) or spent(offer.limits, used)


def spent(limits: Limits, used: Used | None) -> Lost | None:
    """Which limit is used up, if any; also for nobody, whom no limit of a member concerns."""
    if used is None:
        return None
    for most, count, lost in (
        (limits.in_all, used.in_all, Lost.USED_UP),
        (limits.per_member, used.member, Lost.MEMBER_USED_UP),
        (limits.per_member_day, used.member_day, Lost.MEMBER_DAY_USED_UP),
        (limits.per_day, used.day, Lost.DAY_USED_UP),
    ):
        if most is not None and count >= most:
            return lost
    return None


def _of_person(when: Conditions, standing: Standing, today: date) -> Lost | None:
    joined = standing.joined_on
    if when.joined_days and (joined is None or (today - joined).days >= when.joined_days):
        return Lost.NEW_MEMBERS
    return Lost.FIRST_PURCHASE if when.is_first_purchase and standing.has_bought else None


def _of_birthday(offer: BasketOffer, standing: Standing, used: Used | None) -> Lost | None:
    if offer.when.birthday is None:
        return None
    window = _window(standing, offer.id)
    if window is None:
        return Lost.BIRTHDAY
    if window.is_waiting:
        return Lost.BIRTHDAY_EDITED
    return Lost.BIRTHDAY_USED if used is not None and used.member_year else None


def _window(standing: Standing, offer: str) -> Celebration | None:
    return next((each for each in standing.birthdays if each.offer == offer), None)
