"""案件 of a chain: tills are told what head office found, and it hears of what they found.

Whoever decides first decides for all: the others are told that it is closed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from uuid import UUID

import msgspec
from msgspec import Struct

from core.ports import Writing
from core.ports.feed import Asking
from core.ports.office import OfficeReading, OfficeWriting
from core.shop import Shop
from core.sync.cases import CASE_KINDS, DECIDED, OPENED, CaseMoved, CaseTold
from core.sync.fact import Event
from core.sync.feed import Change
from core.sync.reading import named_by
from core.sync.told import read_body
from core.trust.cases import Case, CaseFile, CaseStep, StepKind
from core.values.moment import Moment

_ID = re.compile(r"\b[0-9a-f]{32}\b")
_MARK = re.compile(r"\b[0-9a-f]{64}\b")


def cases_for_tills(
    reading: OfficeReading, _: Asking, keys: Collection[str], _now_us: int
) -> dict[str, Struct]:
    """The cases of these ids as they are now."""
    found = ((key, reading.cases.get(UUID(key))) for key in keys)
    return {key: _told(reading, case) for key, case in found if case is not None}


def _told(reading: OfficeReading, case: Case) -> CaseTold:
    till = reading.tills.get(case.till_id)
    place = "" if till is None else f"{till.store_code}-T{till.till_no}"
    about, detail, at_us = case.about, case.detail, case.at_us
    ends = place, case.closed_us, member_of(reading, case)
    return CaseTold(case.id, case.kind, case.till_id, about, detail, at_us, *ends)


def member_of(reading: OfficeReading, case: Case) -> UUID | None:
    """Whom a case of head office is about, by what it names; None: nobody, or several."""
    said = f"{case.about} {case.detail}"
    ids = {UUID(each) for each in _ID.findall(said)}
    named = set(reading.accounts.owner_of_sale(ids).values())
    for mark in _MARK.findall(said):
        named |= reading.received.apart_of(bytes.fromhex(mark))
    for each in ids:
        event = reading.received.get(each)
        if event is not None:
            named |= named_by(event)
        elif reading.members.get(each) is not None:
            named.add(each)
    members = ((each, reading.members.get(each)) for each in named)
    roots = {each if known is None else known.id for each, known in members}
    return roots.pop() if len(roots) == 1 else None


def read_case(change: Change) -> CaseTold:
    """The value of the topic `case`."""
    return msgspec.json.decode(change.value, type=CaseTold)


def take_case(shop: Shop, tx: Writing, moment: Moment, about: str, told: CaseTold) -> bool:
    """It is listed here from now on, or closed; what was over before anybody here heard is not.

    What this till has decided itself stays so: head office hears of it later.
    """
    file = tx.cases.get(told.id)
    if file is None and told.closed_us is None:
        case = Case(told.id, told.kind, told.till_id, told.about, told.detail, told.at_us)
        tx.cases.add(CaseFile(case, told.member, is_of_chain=True, place=told.place))
        return True
    if file is None or told.closed_us is None or not file.is_open:
        return False
    tx.cases.close(told.id, None, at_us=told.closed_us)
    tx.cases.add_step(told.id, CaseStep(shop.new_id(), StepKind.CLOSED, told.closed_us))
    return True


def hear_case(tx: OfficeWriting, event: Event, *, at_us: int) -> None:
    """A till has found a case, decided one, or opened it again; raises BadRecord."""
    if event.kind not in CASE_KINDS:
        return
    body = read_body(event.data, CaseMoved).body
    if event.kind == OPENED:
        if tx.cases.get(body.case) is None:
            case = Case(body.case, body.kind, event.till_id, body.about, "", at_us)
            tx.cases.add(case, is_told=False)
    elif event.kind == DECIDED:
        tx.cases.close(body.case, at_us=at_us)
    else:
        tx.cases.reopen(body.case)
