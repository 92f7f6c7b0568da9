"""入网: a till joins the chain by a code that serves once, and is taken out of it again."""

from __future__ import annotations

import hashlib
from uuid import UUID

from msgspec.structs import replace

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
from core.ports.office import ChainStore, EnrolledTill, EnrolmentCode, OfficeWriting
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
        tx.stores.keep(ChainStore(code, name))


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
    key is answered again: the first answer may have been lost on its way.
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
            tx.codes.keep(replace(known, used_us=now_us))
            tx.tills.keep(_joined(enrolment, public_key, now_us))
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


def _joined(enrolment: Enrolment, public_key: bytes, now_us: int) -> EnrolledTill:
    return EnrolledTill(
        enrolment.till_id,
        enrolment.store_code,
        enrolment.till_no,
        public_key,
        bytes.fromhex(enrolment.nonce),
        enrolment.incarnation,
        now_us,
        program=enrolment.program,
    )


def revoke(office: HeadOffice, till_id: UUID) -> None:
    """A till is out of the chain: what it still has is taken from it by another; TillUnknown."""
    with office.store.write() as tx:
        tx.lock_till(till_id)
        till = tx.tills.get(till_id)
        if till is None:
            raise TillUnknown()
        now_us = office.clock.now_us()
        tx.tills.keep(replace(till, revoked_us=now_us, token_digest=b"", until_us=0))


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
