"""开店准备: a fresh home becomes a till, with its rulebook and its people."""

from __future__ import annotations

import re

from core.actions.staff import new_staff
from core.errors import BadStoreCode
from core.members.names import check_name
from core.ports import Writing
from core.rulebook.parse import record_of
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.sync.fact import Fact
from core.trust.pins import check_pin
from core.trust.staff import Role, Staff

_STORE_CODE = re.compile(r"[A-Za-z0-9]{1,8}\Z")


def check_set_up(*, store_name: str, store_code: str, manager: str, pin: str) -> None:
    """Raises BadName, BadStoreCode or WeakPin before anything is made."""
    check_store_code(store_code)
    check_name(store_name)
    check_name(manager)
    check_pin(pin)


def check_store_code(text: str) -> str:
    """The same code; raises BadStoreCode."""
    if not _STORE_CODE.match(text):
        raise BadStoreCode(text)
    return text


def set_up(shop: Shop, *, rulebook: Rulebook, manager: str, pin: str) -> Staff:
    """Give an empty store its rulebook and its manager; raises BadName, WeakPin."""
    pin_hash = shop.pins.hash(check_pin(pin))
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        till = tx.till
        place = {"store_code": till.store_code, "till_no": till.till_no}
        for kind, body in (
            ("TillPrepared", place),
            ("RulebookPublished", {"rulebook": record_of(rulebook)}),
        ):
            tx.outbox.append(
                Fact(shop.new_id(), kind, moment.at_us, moment.business_on, dict(body))
            )
        tx.rulebooks.add(rulebook)
        return _add(shop, tx, name=manager, pin_hash=pin_hash, role=Role.MANAGER)


def add_staff(shop: Shop, *, name: str, pin: str, role: Role) -> Staff:
    """Another person, for whoever prepares the machine; raises BadName, StaffTaken, WeakPin.

    At a till that sells it is `core.actions.staff.hire`, which asks for the right.
    """
    pin_hash = shop.pins.hash(check_pin(pin))
    with shop.store.write() as tx:
        return _add(shop, tx, name=name, pin_hash=pin_hash, role=role)


def _add(shop: Shop, tx: Writing, *, name: str, pin_hash: str, role: Role) -> Staff:
    person = new_staff(shop, tx, name=name, pin_hash=pin_hash, role=role)
    at_us, subject = shop.clock.now_us(), str(person.no)
    tx.audit.note("staff_added", at_us=at_us, staff_no=person.no, subject=subject, detail=role)
    return person
