"""入网: a till joins the chain by a code that serves once, and is taken out of it again."""

from __future__ import annotations

import hashlib
from uuid import UUID

from msgspec.structs import replace

from core.actions.branches import end_all
from core.actions.feed import STORE
from core.actions.set_up import check_store_code
from core.errors import (
    CodeSpent,
    CodeUnknown,
    EnrolmentDiffers,
    StoreUnknown,
    TillTaken,
    TillUnknown,
)
from core.members.names import check_name
from core.ports.office import Branch, ChainStore, EnrolledTill, EnrolmentCode, OfficeWriting
from core.shop import HeadOffice
from core.sync.session import Enrolled, Enrolment
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


def make_enrolment(office: HeadOffice, store_code: str, till_no: int) -> str:
    """A fresh code for one till of a store; raises StoreUnknown, TillTaken.

    Only its digest is kept: whoever reads the store of the server can enrol nothing with it.
    """
    code = make_code(office.dice.roll(RANDOM_BYTES), first=ENROLMENT)
    now_us = office.clock.now_us()
    with office.store.write() as tx:
        if tx.stores.get(store_code) is None:
            raise StoreUnknown(store_code)
        if tx.tills.at(store_code, till_no) is not None:
            raise TillTaken(store_code, till_no)
        tx.codes.keep(EnrolmentCode(_digest(code), store_code, till_no, now_us + CODE_US))
    return code


def enrol(office: HeadOffice, code: str, enrolment: Enrolment) -> Enrolled:
    """The till of an enrolment belongs to the chain from now on.

    Raises CodeUnknown, CodeSpent, EnrolmentDiffers, TillTaken. The same till with the same code and
    key is answered again: the first answer may have been lost on its way. Other codes of the same
    place serve nobody any more.
    """
    now_us = office.clock.now_us()
    with office.store.write() as tx:
        known = tx.codes.get(_digest(read_enrolment(code) or ""))
        if known is None:
            raise CodeUnknown()
        tx.lock_till(enrolment.till_id)
        there = tx.tills.at(known.store_code, known.till_no)
        public_key = bytes.fromhex(enrolment.public_key)
        if there is None or there.public_key != public_key:
            _check(tx, known, enrolment, now_us)
            tx.codes.end(known.store_code, known.till_no, at_us=now_us)
            _join(tx, enrolment, public_key, now_us)
        store = tx.stores.get(known.store_code)
        return Enrolled(tx.chain_name, store.name if store else "")


def _check(tx: OfficeWriting, known: EnrolmentCode, enrolment: Enrolment, now_us: int) -> None:
    """A code makes no till out of another one: who has joined with other keys is revoked first."""
    if known.used_us is not None or known.until_us < now_us:
        raise CodeSpent()
    if (enrolment.store_code, enrolment.till_no) != (known.store_code, known.till_no):
        raise EnrolmentDiffers(known.store_code, known.till_no)
    for other in (
        tx.tills.at(known.store_code, known.till_no),
        tx.tills.get(enrolment.till_id),
    ):
        if other is not None and other.revoked_us is None:
            raise TillTaken(other.store_code, other.till_no)


def _join(tx: OfficeWriting, enrolment: Enrolment, public_key: bytes, now_us: int) -> None:
    """One that was here before is no younger than it was: with its first hello it begins anew

    where it comes with an incarnation below those that are known of it.
    """
    before = tx.tills.get(enrolment.till_id)
    tx.tills.keep(
        EnrolledTill(
            enrolment.till_id,
            enrolment.store_code,
            enrolment.till_no,
            public_key,
            max(enrolment.incarnation, before.incarnation if before else 0),
            now_us,
            program=enrolment.program,
        )
    )
    end_all(tx, enrolment.till_id)
    if enrolment.incarnation >= _highest(tx, enrolment.till_id):
        nonce = bytes.fromhex(enrolment.nonce)
        branch = Branch(enrolment.till_id, enrolment.incarnation, nonce, begun_us=now_us)
        tx.branches.keep(branch)


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
        tx.tills.keep(replace(till, revoked_us=office.clock.now_us()))
        end_all(tx, till_id)


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
