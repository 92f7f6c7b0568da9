"""管理: who keeps the server prints a code; with it somebody may do over HTTP what it is there for.

Only digests are kept: whoever reads the store of the server can begin nothing with them.
"""

from __future__ import annotations

import hashlib

from core.actions.enrol_till import issue, name_store
from core.actions.head_office import all_tills, revoke_at
from core.errors import AdminCodeSpent, AdminCodeUnknown, AdminOver, BadPlace
from core.ports.office import Admin, EnrolledTill
from core.shop import HeadOffice
from core.sync.admin import (
    AdminSession,
    CaseSaid,
    ChainSaid,
    CodeMade,
    CodeWanted,
    StoreSaid,
    TillPlace,
    TillSaid,
)
from core.sync.session import OFFICE, TILL, TOKEN_BYTES
from core.trust.cases import Case
from core.values.coupon_code import ADMIN, RANDOM_BYTES, make_code, read_admin

CODE_US = 15 * 60 * 1_000_000
"""A code that nobody used is over after a quarter of an hour."""
SESSION_US = 30 * 60 * 1_000_000


def make_admin_code(office: HeadOffice) -> str:
    """A fresh code; those before it that nobody used serve nobody any more."""
    code = make_code(office.dice.roll(RANDOM_BYTES), first=ADMIN)
    now_us = office.clock.now_us()
    with office.store.write() as tx:
        tx.admins.end_codes(at_us=now_us)
        tx.admins.keep(Admin(_digest(code), now_us + CODE_US))
    return code


def first_admin_code(office: HeadOffice) -> str:
    """A code where there has never been one: somebody has to begin; otherwise ""."""
    with office.store.read() as reading:
        is_new = not reading.admins.has_any()
    return make_admin_code(office) if is_new else ""


def begin_admin(office: HeadOffice, code: str) -> AdminSession:
    """A session by a code that is spent with it; raises AdminCodeUnknown, AdminCodeSpent."""
    token, now_us = office.dice.roll(TOKEN_BYTES).hex(), office.clock.now_us()
    with office.store.write() as tx:
        known = tx.admins.claim(_digest(read_admin(code) or ""))
        if known is None:
            raise AdminCodeUnknown()
        if known.used_us is not None or known.until_us < now_us:
            raise AdminCodeSpent()
        until_us = now_us + SESSION_US
        tx.admins.keep(Admin(known.digest, until_us, now_us, _digest(token)))
        return AdminSession(token, until_us, now_us, tx.chain_name)


def check_admin(office: HeadOffice, token: str) -> None:
    """Raises AdminOver where it is the token of no session that goes on."""
    with office.store.read() as reading:
        found = reading.admins.by_token(_digest(token))
    if found is None or found.until_us <= office.clock.now_us():
        raise AdminOver()


def chain_now(office: HeadOffice) -> ChainSaid:
    """All stores and tills."""
    with office.store.read() as reading:
        stores = tuple(StoreSaid(store.code, store.name) for store in reading.stores.all())
    return ChainSaid(stores, tuple(_said(till) for till in all_tills(office)))


def name_a_store(office: HeadOffice, wanted: StoreSaid) -> None:
    """A new store, or another name of one; raises BadStoreCode, BadName."""
    name_store(office, wanted.code, wanted.name)


def make_a_code(office: HeadOffice, wanted: CodeWanted) -> CodeMade:
    """Raises BadPlace, StoreUnknown, TillTaken, NoTillThere, AddressUnnamed."""
    if wanted.kind not in (TILL, OFFICE) or (wanted.kind == TILL) != (wanted.till_no > 0):
        raise BadPlace(wanted.kind, wanted.till_no)
    way = {"kind": wanted.kind, "replaces": wanted.replaces}
    issued = issue(office, wanted.store_code, wanted.till_no, **way)
    unsent = None if issued.before is None else issued.before.unsent
    return CodeMade(issued.line, issued.invited.until_us, unsent)


def revoke_a_till(office: HeadOffice, place: TillPlace) -> None:
    """Raises StoreUnknown, NoTillThere."""
    revoke_at(office, place.store_code, place.till_no)


def case_said(case: Case) -> CaseSaid:
    """A case as it is told."""
    return CaseSaid(case.id, case.kind, case.till_id, case.about, case.detail, case.at_us)


def _said(till: EnrolledTill) -> TillSaid:
    return TillSaid(
        till.store_code,
        till.till_no,
        till.kind,
        till.program,
        till.enrolled_us,
        till.seen_us,
        till.clock_behind_us,
        till.revoked_us is not None,
    )


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
