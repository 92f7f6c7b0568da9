"""练习: what a shop of its own has from the beginning, so that a lesson starts with a sale."""

from __future__ import annotations

from core.actions.counter import new_basket
from core.actions.day import open_day
from core.actions.join_member import join_member
from core.actions.staff import everybody
from core.members.consent import CONSENT
from core.members.member import Birthday
from core.shop import Shop
from core.trust.rights import Right, may

FLOAT_FEN = 200_00
MEMBERS = (
    ("练习甲", "13800000001", None),
    ("练习乙", "13800000002", Birthday(8, 15, 1988, is_lunar=True)),
    ("练习丙", "13800000003", Birthday(6, 1, 1975)),
)
"""Nobody's names and phones: they exist in the lesson alone."""


def furnish_training(shop: Shop) -> None:
    """Open the day with a float, by a manager of the shop, and let three people be members."""
    manager = next(
        person for person in everybody(shop) if person.is_active and may(person, Right.MANAGE_STAFF)
    )
    open_day(shop, float_fen=FLOAT_FEN, staff=manager)
    for name, phone, birthday in MEMBERS:
        basket = new_basket(shop).basket
        join_member(
            shop, basket, name=name, phone=phone, birthday=birthday, staff=manager, consent=CONSENT
        )
