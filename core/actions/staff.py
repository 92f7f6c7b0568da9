"""员工管理: who works here, in which role, with which PIN and with which rights beside the role;
who left stays as a row for ever.

Nobody hands out what they do not have: neither as a single right, nor by the PIN, the return or
the role of somebody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow, here, noted
from core.actions.prove import prove
from core.changes import Changes
from core.errors import LastManager, NoSuchStaff, NotYoursToGive, StaffTaken
from core.members.names import check_name
from core.ports import Reading, Writing
from core.shop import Shop
from core.sync.fact import SALT_BYTES, Fact, Private
from core.trust.pins import PinTries, check_pin
from core.trust.rights import (
    Approval,
    Right,
    is_whole_manager,
    may,
    not_to_give,
    with_rights,
)
from core.trust.staff import Role, Staff


class StaffChanged(Struct, frozen=True):
    """A person as they are now."""

    person: Staff
    changes: Changes = Changes.STAFF


def everybody(shop: Shop) -> tuple[Staff, ...]:
    """Who works here and who did, by number."""
    with shop.store.read() as reading:
        return reading.people.all()


def hire(
    shop: Shop,
    *,
    name: str,
    pin: str,
    role: Role,
    staff: Staff,
    approval: Approval | None = None,
) -> StaffChanged:
    """入职: another person who may log in.

    Raises BadName, StaffTaken, WeakPin, NotYoursToGive.
    """
    pin_hash = shop.pins.hash(check_pin(pin))
    with shop.store.write() as tx:
        right = Right.MANAGE_MANAGERS if role is Role.MANAGER else Right.MANAGE_STAFF
        answers = allow(tx, staff, right, now_us=shop.clock.now_us(), approval=approval)
        person = new_staff(shop, tx, name=name, pin_hash=pin_hash, role=role)
        _check_gives(tx, answers, person)
        _note(shop, tx, "staff_added", person, staff, answers, role.value)
    return StaffChanged(person)


def change_role(
    shop: Shop, no: int, role: Role, *, staff: Staff, approval: Approval | None = None
) -> StaffChanged:
    """Another role from now on, also for somebody who is logged in; single rights stay.

    Raises LastManager, NotYoursToGive.
    """
    with shop.store.write() as tx:
        before = _person(tx, no)
        person = replace(before, role=role)
        answers = _allow(shop, tx, staff, before, person, approval=approval)
        _check_gives(tx, answers, person)
        _change(tx, person)
        _note(shop, tx, "staff_role_changed", person, staff, answers, role.value)
        _tell(shop, tx, "StaffRoleChanged", person, staff, role=role.value)
    return StaffChanged(person)


def change_rights(
    shop: Shop,
    no: int,
    wanted: Mapping[Right, bool],
    *,
    staff: Staff,
    approval: Approval | None = None,
) -> StaffChanged:
    """单项权限: given to one person or taken from them, beside their role; others stay.

    Raises LastManager; NotYoursToGive for what whoever answers does not have.
    """
    with shop.store.write() as tx:
        before = _person(tx, no)
        person = with_rights(before, wanted)
        answers = _allow(shop, tx, staff, before, person, approval=approval)
        changed = {right: has for right, has in wanted.items() if has != may(before, right)}
        by = _person(tx, answers)
        for right, has in changed.items():
            if has and not may(by, right):
                raise NotYoursToGive(right.value)
        if changed:
            _change(tx, person)
            detail = " ".join(f"{'+' if has else '-'}{right}" for right, has in changed.items())
            _note(shop, tx, "staff_rights_changed", person, staff, answers, detail)
            beside = {"given": sorted(person.given), "taken": sorted(person.taken)}
            _tell(shop, tx, "StaffRightsChanged", person, staff, **beside)
    return StaffChanged(person)


def set_pin(
    shop: Shop, no: int, pin: str, *, staff: Staff, approval: Approval | None = None
) -> StaffChanged:
    """重设 PIN: for somebody who forgot theirs; their wait is over.

    Raises WeakPin, NotYoursToGive.
    """
    pin_hash = shop.pins.hash(check_pin(pin))
    with shop.store.write() as tx:
        before = _person(tx, no)
        answers = _allow(shop, tx, staff, before, approval=approval)
        _check_gives(tx, answers, before)
        person = _with_pin(tx, before, pin_hash)
        _note(shop, tx, "pin_set", person, staff, answers)
    return StaffChanged(person)


def change_own_pin(shop: Shop, *, old: str, new: str, staff: Staff) -> StaffChanged:
    """改自己的 PIN: everybody may, with the old one; raises WeakPin, WrongPin, PinWait."""
    pin_hash = shop.pins.hash(check_pin(new))
    prove(shop, old, name=staff.name, done="pin_proved", failed="pin_change_failed")
    with shop.store.write() as tx:
        person = _with_pin(tx, here(tx, staff), pin_hash)
        _note(shop, tx, "pin_changed", person, staff, staff.no)
    return StaffChanged(person)


def remove_staff(
    shop: Shop, no: int, *, staff: Staff, approval: Approval | None = None
) -> StaffChanged:
    """停用: cannot log in any more, and whoever is logged in is refused the next step.

    Raises LastManager.
    """
    with shop.store.write() as tx:
        before = _person(tx, no)
        answers = _allow(shop, tx, staff, before, approval=approval)
        person = replace(before, removed_us=before.removed_us or shop.clock.now_us())
        _change(tx, person)
        _note(shop, tx, "staff_removed", person, staff, answers)
        _tell(shop, tx, "StaffRemoved", person, staff)
    return StaffChanged(person)


def bring_back(
    shop: Shop, no: int, *, staff: Staff, approval: Approval | None = None
) -> StaffChanged:
    """复职: the same person again, with role, rights and PIN of before. Raises NotYoursToGive."""
    with shop.store.write() as tx:
        before = _person(tx, no)
        answers = _allow(shop, tx, staff, before, approval=approval)
        person = replace(before, removed_us=None)
        _check_gives(tx, answers, person)
        _change(tx, person)
        _note(shop, tx, "staff_brought_back", person, staff, answers)
        _tell(shop, tx, "StaffBroughtBack", person, staff, role=person.role.value)
    return StaffChanged(person)


def reset_manager(shop: Shop, *, name: str, pin: str) -> StaffChanged:
    """找回店长: a new PIN for a manager, for whoever holds the recovery file of this store.

    The caller has seen that file. Raises NoSuchStaff where no manager has this name.
    """
    pin_hash = shop.pins.hash(check_pin(pin))
    with shop.store.write() as tx:
        found = named(tx, name)
        if found.role is not Role.MANAGER or not found.is_active:
            raise NoSuchStaff(name)
        person = _with_pin(tx, found, pin_hash)
        _note(shop, tx, "manager_reset", person, person, person.no)
    return StaffChanged(person)


def named(reading: Reading, name: str) -> Staff:
    """The person of a name, also one who was removed; raises NoSuchStaff."""
    for person in reading.people.all():
        if person.name == name:
            return person
    raise NoSuchStaff(name)


def new_staff(shop: Shop, tx: Writing, *, name: str, pin_hash: str, role: Role) -> Staff:
    """One more row and its fact; raises BadName, StaffTaken."""
    people = tx.people.all()
    good_name = check_name(name)
    if any(person.name == good_name for person in people):
        raise StaffTaken(good_name)
    person = Staff(shop.new_id(), len(people) + 1, good_name, role, pin_hash)
    tx.people.add(person)
    moment = shop.moment(tx)
    body = {"staff": person.id, "no": person.no, "role": person.role.value}
    private = Private(person.id, "name", person.name, shop.dice.roll(SALT_BYTES))
    tx.outbox.append(
        Fact(shop.new_id(), "StaffAdded", moment.at_us, moment.business_on, body, (private,))
    )
    return person


def touching(*people: Staff) -> Right:
    """What it takes to change somebody: a manager, or who may make one, asks for more, or the
    office could make itself one.
    """
    is_above = any(each.role is Role.MANAGER or may(each, Right.MANAGE_MANAGERS) for each in people)
    return Right.MANAGE_MANAGERS if is_above else Right.MANAGE_STAFF


def _allow(shop: Shop, tx: Writing, staff: Staff, *people: Staff, approval: Approval | None) -> int:
    """Who answers for a change of somebody, as they were and as they will be."""
    return allow(tx, staff, touching(*people), now_us=shop.clock.now_us(), approval=approval)


def _check_gives(tx: Writing, answers: int, person: Staff) -> None:
    right = not_to_give(_person(tx, answers), person)
    if right is not None:
        raise NotYoursToGive(right.value)


def _person(reading: Reading, no: int) -> Staff:
    person = reading.people.get(no)
    if person is None:
        raise NoSuchStaff(str(no))
    return person


def _change(tx: Writing, person: Staff) -> None:
    tx.people.change(person)
    if not any(map(is_whole_manager, tx.people.all())):
        raise LastManager(person.name)


def _with_pin(tx: Writing, person: Staff, pin_hash: str) -> Staff:
    changed = replace(person, pin_hash=pin_hash)
    tx.people.change(changed)
    tx.people.keep_tries(person.no, PinTries())
    return changed


def _note(
    shop: Shop, tx: Writing, what: str, person: Staff, staff: Staff, answers: int, detail: str = ""
) -> None:
    tx.audit.note(
        what,
        at_us=shop.clock.now_us(),
        staff_no=staff.no,
        subject=str(person.no),
        detail=noted(detail, staff, answers),
    )


def _tell(shop: Shop, tx: Writing, kind: str, person: Staff, staff: Staff, **more: Any) -> None:
    moment = shop.moment(tx)
    body = {"staff": person.id, "no": person.no, "staff_no": staff.no, **more}
    tx.outbox.append(Fact(shop.new_id(), kind, moment.at_us, moment.business_on, body))
