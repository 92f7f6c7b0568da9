"""入网: a till joins the chain by a code that serves once, and is taken out of it again."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.branches import end_all, unsent_of
from core.actions.set_up import check_store_code
from core.errors import (
    AddressUnnamed,
    CodeForOffice,
    CodeSpent,
    CodeUnknown,
    EnrolmentDiffers,
    NoTillThere,
    StoreUnknown,
    TillTaken,
    TillUnknown,
)
from core.members.names import check_name
from core.ports.office import (
    Branch,
    ChainStore,
    EnrolledTill,
    EnrolmentCode,
    OfficeReading,
    OfficeWriting,
)
from core.shop import HeadOffice
from core.sync.feed import STORE
from core.sync.invitation import write_invitation
from core.sync.session import OFFICE, TILL, Enrolled, Enrolment, Invited
from core.trust.cases import Case
from core.values.coupon_code import ENROLMENT, RANDOM_BYTES, make_code, read_enrolment

CODE_US = 24 * 3600 * 1_000_000
"""A code serves for a day."""


def name_store(office: HeadOffice, code: str, name: str) -> None:
    """A store of the chain gets its name, or another one; raises BadStoreCode, BadName."""
    check_store_code(code)
    check_name(name)
    with office.store.write() as tx:
        if tx.stores.get(code) != ChainStore(code, name):
            tx.stores.keep(ChainStore(code, name))
            tx.changes.note(STORE, code, code)


class Before(Struct, frozen=True):
    """Who stands at a place that another machine is to take, and how far it is known.

    `unsent` of what it had made when it spoke last never came: nobody knows of what it made since.
    """

    seen_us: int
    unsent: int


class Issued(Struct, frozen=True):
    """发出的入网码: the line to scan or type, what it is for, and whom it puts out."""

    line: str
    invited: Invited
    before: Before | None


def make_enrolment(
    office: HeadOffice, store_code: str, till_no: int, *, kind: str = TILL, replaces: bool = False
) -> str:
    """A fresh code for one till of a store; raises StoreUnknown, TillTaken, NoTillThere.

    Only its digest is kept: whoever reads the store of the server can enrol nothing with it. Where
    it `replaces`, the till that stands there is out as soon as another comes with the code.
    """
    code = make_code(office.dice.roll(RANDOM_BYTES), first=ENROLMENT)
    until_us = office.clock.now_us() + CODE_US
    with office.store.write() as tx:
        if tx.stores.get(store_code) is None:
            raise StoreUnknown(store_code)
        there = tx.tills.at(store_code, till_no)
        if there is not None and not replaces:
            raise TillTaken(store_code, till_no)
        if there is None and replaces:
            raise NoTillThere(store_code, till_no)
        made = EnrolmentCode(
            _digest(code), store_code, till_no, until_us, kind=kind, replaces=replaces
        )
        tx.codes.keep(made)
    return code


def issue(office: HeadOffice, store_code: str, till_no: int, **way: Any) -> Issued:
    """A fresh code with the address it is to be used at; raises AddressUnnamed, and the same."""
    with office.store.read() as reading:
        url = reading.address
    if not url:
        raise AddressUnnamed()
    code = make_enrolment(office, store_code, till_no, **way)
    invited = look_at_code(office, code)
    with office.store.read() as reading:
        there = reading.tills.at(store_code, till_no) if invited.replaces else None
        before = None if there is None else _before(reading, there)
    return Issued(write_invitation(url, code), invited, before)


def _before(reading: OfficeReading, till: EnrolledTill) -> Before:
    seen_us = till.enrolled_us if till.seen_us is None else till.seen_us
    return Before(seen_us, unsent_of(reading, till.id))


def look_at_code(office: HeadOffice, code: str) -> Invited:
    """What a code is for, before anybody uses it; raises CodeUnknown, CodeSpent."""
    with office.store.read() as reading:
        known = reading.codes.get(_digest(read_enrolment(code) or ""))
        if known is None:
            raise CodeUnknown()
        _check_unspent(known, office.clock.now_us())
        store = reading.stores.get(known.store_code)
        return Invited(
            reading.chain_name,
            known.store_code,
            store.name if store else "",
            known.till_no,
            known.until_us,
            known.kind,
            known.replaces,
        )


def enrol(office: HeadOffice, code: str, enrolment: Enrolment) -> Enrolled:
    """The till of an enrolment belongs to the chain from now on.

    Raises CodeUnknown, CodeSpent, EnrolmentDiffers, CodeForOffice, TillTaken. The same till with
    the same code and key is answered again: the first answer may have been lost on its way. Other
    codes of the same place serve nobody any more.
    """
    now_us = office.clock.now_us()
    with office.store.write() as tx:
        known = tx.codes.claim(_digest(read_enrolment(code) or ""))
        if known is None:
            raise CodeUnknown()
        tx.lock_till(enrolment.till_id)
        joined = tx.tills.get(enrolment.till_id)
        public_key = bytes.fromhex(enrolment.public_key)
        if not _is_there(joined, known, public_key):
            _check(office, tx, known, enrolment, now_us)
            _end_code(tx, known, now_us)
            joined = _join(tx, known, enrolment, public_key, now_us)
        assert joined is not None, "a till that is there, or has just joined"
        store = tx.stores.get(known.store_code)
        return Enrolled(tx.chain_name, store.name if store else "", joined.incarnation)


def _is_there(joined: EnrolledTill | None, known: EnrolmentCode, public_key: bytes) -> bool:
    """Whether this very till has joined at the place of the code, with the same key."""
    if joined is None or joined.revoked_us is not None or joined.public_key != public_key:
        return False
    return (joined.store_code, joined.till_no) == (known.store_code, known.till_no)


def _check_unspent(known: EnrolmentCode, now_us: int) -> None:
    if known.used_us is not None or known.until_us < now_us:
        raise CodeSpent()


def _check(
    office: HeadOffice,
    tx: OfficeWriting,
    known: EnrolmentCode,
    enrolment: Enrolment,
    now_us: int,
) -> None:
    """A code makes no till out of another one: who has joined with other keys is revoked first,

    unless the code itself says that it takes the place of whoever stands there.
    """
    _check_unspent(known, now_us)
    if known.kind == OFFICE and enrolment.till_no:
        raise CodeForOffice()
    if (enrolment.store_code, enrolment.till_no) != (known.store_code, known.till_no):
        raise EnrolmentDiffers(known.store_code, known.till_no)
    at_place = tx.tills.at(known.store_code, known.till_no)
    if at_place is not None and known.replaces:
        _put_out(office, tx, at_place, now_us)
        at_place = None
    for other in (at_place, tx.tills.get(enrolment.till_id)):
        if other is not None and other.revoked_us is None:
            raise TillTaken(other.store_code, other.till_no)


def _end_code(tx: OfficeWriting, known: EnrolmentCode, now_us: int) -> None:
    """Several office PCs stand in one store: each has a code of its own."""
    if known.kind == OFFICE:
        tx.codes.keep(replace(known, used_us=now_us))
    else:
        tx.codes.end(known.store_code, known.till_no, at_us=now_us)


def _join(
    tx: OfficeWriting, known: EnrolmentCode, enrolment: Enrolment, public_key: bytes, now_us: int
) -> EnrolledTill:
    """One that was here before is no younger than it was: with its first hello it begins anew

    where it comes with an incarnation below those that are known of it.
    """
    before = tx.tills.get(enrolment.till_id)
    next_one = max(enrolment.incarnation, _free(tx, enrolment))
    made = EnrolledTill(
        enrolment.till_id,
        enrolment.store_code,
        enrolment.till_no,
        public_key,
        max(next_one, before.incarnation if before else 0),
        now_us,
        program=enrolment.program,
        kind=known.kind,
    )
    tx.tills.keep(made)
    end_all(tx, enrolment.till_id)
    if next_one >= _highest(tx, enrolment.till_id):
        nonce = bytes.fromhex(enrolment.nonce)
        tx.branches.keep(Branch(enrolment.till_id, next_one, nonce, begun_us=now_us))
    return replace(made, incarnation=next_one)


def _free(tx: OfficeWriting, enrolment: Enrolment) -> int:
    """Above those of all other machines that ever stood there: receipts bear its number."""
    place = (enrolment.store_code, enrolment.till_no)
    others = (
        each.incarnation
        for each in tx.tills.all()
        if (each.store_code, each.till_no) == place and each.id != enrolment.till_id
    )
    return 1 + max(others, default=-1) if enrolment.till_no else 0


def _highest(tx: OfficeWriting, till_id: UUID) -> int:
    """Of the incarnations that have come, in a session or in what was sent."""
    begun = (each.incarnation for each in tx.branches.of(till_id) if each.begun_us is not None)
    return max(tx.received.last_incarnation(till_id), *begun, 0)


def revoke(office: HeadOffice, till_id: UUID) -> None:
    """A till is out of the chain: what it still has is taken from it by another; TillUnknown."""
    with office.store.write() as tx:
        tx.lock_till(till_id)
        till = tx.tills.get(till_id)
        if till is None:
            raise TillUnknown()
        _put_out(office, tx, till, office.clock.now_us())


def _put_out(office: HeadOffice, tx: OfficeWriting, till: EnrolledTill, now_us: int) -> None:
    """What it is known not to have sent is a case: somebody may still have its disk."""
    if unsent := _before(tx, till).unsent:
        about = f"{till.store_code}-T{till.till_no}"
        detail = f"events {unsent}"
        tx.cases.add(Case(office.new_id(), "left_unsent", till.id, about, detail, now_us))
    tx.tills.keep(replace(till, revoked_us=now_us))
    end_all(tx, till.id)


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
