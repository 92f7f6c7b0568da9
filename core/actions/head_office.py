"""总部: what the people who keep the chain ask of its server."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from core.actions.enrol_till import revoke
from core.actions.verify_office import CHECKED
from core.errors import ChainUnnamed, NoSuchCase, NoTillThere, StoreUnknown
from core.members.names import check_name
from core.ports.office import EnrolledTill, OfficeReading
from core.ports.readings import ChainMember
from core.shop import HeadOffice
from core.sync.address import read_address
from core.trust.cases import Case

_ID = re.compile(r"\b[0-9a-f]{32}\b")


def begin_serving(office: HeadOffice, chain_name: str = "") -> str:
    """The name of the chain that is served, a new one where it is given.

    Raises BadName, and ChainUnnamed where there is none: tills that join are told it.
    """
    if chain_name:
        check_name(chain_name)
        with office.store.write() as tx:
            tx.name_chain(chain_name)
    name = name_of_chain(office)
    if not name:
        raise ChainUnnamed()
    return name


def set_address(office: HeadOffice, text: str) -> None:
    """Where tills find the server from now on: their codes are printed with it.

    Raises BadAddress, PlainAddress.
    """
    url = read_address(text)
    with office.store.write() as tx:
        tx.set_address(url)


def name_of_chain(office: HeadOffice) -> str:
    """ "" where nobody has named it; it asks the store, and so says whether that is there."""
    with office.store.read() as reading:
        return reading.chain_name


def all_tills(office: HeadOffice) -> tuple[EnrolledTill, ...]:
    """By store and number; those that were revoked, too."""
    with office.store.read() as reading:
        return reading.tills.all()


def revoke_at(office: HeadOffice, store_code: str, till_no: int) -> None:
    """退网: whoever stands at this place; raises StoreUnknown, NoTillThere.

    Number 0 is all the office PCs of a store: they stand at no place of their own.
    """
    with office.store.read() as reading:
        if reading.stores.get(store_code) is None:
            raise StoreUnknown(store_code)
        there = [
            till
            for till in reading.tills.all()
            if till.revoked_us is None and (till.store_code, till.till_no) == (store_code, till_no)
        ]
    if not there:
        raise NoTillThere(store_code, till_no)
    for till in there:
        revoke(office, till.id)


def open_cases(office: HeadOffice) -> tuple[Case, ...]:
    """Oldest first."""
    with office.store.read() as reading:
        return reading.cases.open()


def named_in(office: HeadOffice, cases: Sequence[Case]) -> dict[UUID, tuple[ChainMember, ...]]:
    """Whom each of these cases names by an id, in its order."""
    with office.store.read() as reading:
        found: dict[UUID, tuple[ChainMember, ...]] = {}
        for case in cases:
            said = _ID.findall(f"{case.about} {case.detail}")
            there = (reading.members.get(UUID(each)) for each in said)
            found[case.id] = tuple(each for each in there if each is not None)
        return found


def close_case(office: HeadOffice, case_id: UUID) -> None:
    """Somebody has looked; raises NoSuchCase."""
    with office.store.write() as tx:
        if not tx.cases.close(case_id, at_us=office.clock.now_us()):
            raise NoSuchCase(str(case_id))


class TillAge(Struct, frozen=True):
    """A till that has not been revoked, and for how long it was silent (since it joined)."""

    store_code: str
    till_no: int
    silent_s: int


class DutyAge(Struct, frozen=True):
    """How far a duty is behind what has come: in events as far as they are counted, in seconds."""

    name: str
    events: int
    seconds: int


class CheckAge(Struct, frozen=True):
    """The last check of everything that came to its end: how long ago, and what differed."""

    seconds: int
    found: int


class Standing(Struct, frozen=True):
    """How the chain stands at this moment; `checked` None: it never was."""

    tills: tuple[TillAge, ...]
    open_cases: int
    duties: tuple[DutyAge, ...]
    checked: CheckAge | None = None


def standing_now(office: HeadOffice) -> Standing:
    """For who watches the server."""
    now_us = office.clock.now_us()
    with office.store.read() as reading:
        tills = tuple(
            TillAge(till.store_code, till.till_no, (now_us - last_seen(till)) // 1_000_000)
            for till in reading.tills.all()
            if till.revoked_us is None
        )
        places = sorted(reading.duties.all().items())
        duties = tuple(_duty_age(reading, name, pos, now_us) for name, pos in places)
        checked = _check_age(reading, now_us)
        return Standing(tills, reading.cases.count_open(), duties, checked)


def last_check(office: HeadOffice) -> CheckAge | None:
    """None where none has come to its end yet."""
    with office.store.read() as reading:
        return _check_age(reading, office.clock.now_us())


def _check_age(reading: OfficeReading, now_us: int) -> CheckAge | None:
    run = reading.daily.get(CHECKED)
    if run is None or run.done_us is None:
        return None
    return CheckAge(max(0, now_us - run.done_us) // 1_000_000, run.found)


def _duty_age(reading: OfficeReading, name: str, pos: int, now_us: int) -> DutyAge:
    count, first_us = reading.received.behind(pos)
    return DutyAge(name, count, 0 if first_us is None else max(0, now_us - first_us) // 1_000_000)


def last_seen(till: EnrolledTill) -> int:
    """When it was heard of last: at the latest when it joined."""
    return till.enrolled_us if till.seen_us is None else till.seen_us
