"""工牌: a code that chooses a person at the lock screen; the PIN is asked for all the same."""

from __future__ import annotations

from msgspec import Struct

from core.actions.allow import allow, noted
from core.actions.serve import is_card
from core.actions.staff import named, touching
from core.catalog.barcode import clean
from core.errors import BadgeTaken, CardTaken, NoBadge, NoSuchBadge, ProductTaken
from core.ports import Writing
from core.shop import Shop
from core.trust.badge import check_badge, make_badge
from core.trust.rights import Approval
from core.trust.staff import Role, Staff
from core.values.coupon_code import RANDOM_BYTES


class PrintedBadge(Struct, frozen=True):
    """What stands on a badge that is printed here."""

    store: str
    name: str
    role: Role
    code: str


def bind_badge(
    shop: Shop, name: str, code: str = "", *, staff: Staff, approval: Approval | None = None
) -> str:
    """发工牌: this code is the person's from now on, or a new one; what it is.

    Raises NotAllowed, NoSuchStaff, BadBadge, PaymentCode; BadgeTaken, CardTaken and ProductTaken
    for a code that means something already.
    """
    badge = check_badge(clean(code)) if code else make_badge(shop.dice.roll(RANDOM_BYTES))
    with shop.store.write() as tx:
        person = _person(shop, tx, name, "badge_bound", staff=staff, approval=approval)
        other = tx.badges.whose(badge)
        if other not in (None, person.no):
            taken = tx.people.get(other) if other is not None else None
            raise BadgeTaken(taken.name if taken else "")
        if is_card(tx, badge):
            raise CardTaken(badge)
        if tx.products.by_code(badge) is not None:
            raise ProductTaken(badge)
        tx.badges.bind(person.no, badge)
    return badge


def take_badge(shop: Shop, name: str, *, staff: Staff, approval: Approval | None = None) -> None:
    """收工牌: the person has none any more; raises NotAllowed, NoSuchStaff, NoBadge."""
    with shop.store.write() as tx:
        person = _person(shop, tx, name, "badge_taken", staff=staff, approval=approval)
        if not tx.badges.free(person.no):
            raise NoBadge(name)


def print_badge(
    shop: Shop, name: str, *, staff: Staff, approval: Approval | None = None
) -> PrintedBadge:
    """印工牌: what stands on the badge of a person; raises NotAllowed, NoSuchStaff, NoBadge."""
    with shop.store.write() as tx:
        person = _person(shop, tx, name, "badge_printed", staff=staff, approval=approval)
        code = tx.badges.all().get(person.no)
        if code is None:
            raise NoBadge(name)
        return PrintedBadge(tx.till.store_name, person.name, person.role, code)


def whose_badge(shop: Shop, text: str) -> Staff:
    """The person of a badge, who works here now; raises BadScan, NoSuchBadge."""
    with shop.store.read() as reading:
        no = reading.badges.whose(clean(text))
        person = None if no is None else reading.people.get(no)
    if person is None or not person.is_active:
        raise NoSuchBadge()
    return person


def with_badge(shop: Shop) -> frozenset[int]:
    """The numbers of those who have a badge; its code is for who may give it out."""
    with shop.store.read() as reading:
        return frozenset(reading.badges.all())


def _person(
    shop: Shop, tx: Writing, name: str, what: str, *, staff: Staff, approval: Approval | None
) -> Staff:
    """Whose badge it is; who did it and who answers is noted. A manager's is for managers."""
    person, now_us = named(tx, name), shop.clock.now_us()
    answers = allow(tx, staff, touching(person), now_us=now_us, approval=approval)
    detail = noted("", staff, answers)
    tx.audit.note(what, at_us=now_us, staff_no=staff.no, subject=str(person.no), detail=detail)
    return person
