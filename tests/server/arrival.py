"""What a real till has made goes to a server, which must find nothing to look at in it.

And what it reads of it must be what the till itself has: every member's points, lot by lot.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from core.actions.counter import known_file
from core.actions.enrol_till import name_store
from core.actions.head_office import open_cases
from core.actions.read_events import read_events, reading
from core.members.birthday import birthday_text
from core.members.consent import is_withdrawn
from core.members.member import MemberFile
from core.ports import Reading
from core.ports.office import Alone, Arrived, OfficeReading
from core.ports.readings import ChainMember
from core.shop import HeadOffice, Shop
from core.sync.effects import BIRTHDAY, CARD, CARD_UNTIL, FROZEN, NAME, PHONE, TIER
from core.sync.lots import lots_left
from core.sync.wire import USUAL_EVENTS
from server.program import opened_office
from storage.machine import SystemClock, SystemDice
from storage.office.store import open_office
from storage.signatures import Ed25519
from tests.chained import events_of
from tests.server.tills import TillAtWork, said, sent

LATER_US = 2**52
"""Of a day to come, as those are that tests live in."""


def complaints(shop: Shop, folder: Path) -> list[str]:
    """What a server says of a till's events but that it has accepted them."""
    events = events_of(shop)
    assert events
    till = TillAtWork(1)
    till.id = events[0].till_id
    with opened_office(None, folder / "office") as office:
        name_store(office, "S01", "中山路店")
        session = till.join(office).begin(office)
        answers: list[str] = []
        for at in range(0, len(events), USUAL_EVENTS):
            answers += said(sent(office, session, *events[at : at + USUAL_EVENTS]))
        read_all(office)
        strange = [each for each in answers if each != "accepted"]
        strange += [f"{case.kind} {case.detail}" for case in open_cases(office)]
        return strange + differences(shop, office)


def misread(shop: Shop, folder: Path) -> list[str]:
    """What a server reads otherwise than the till has it, of all that the till has made."""
    with closing(open_office(f"sqlite:///{folder / 'read.db'}")) as store:
        office = HeadOffice(store, SystemClock(), SystemDice(), Ed25519(), Alone())
        came = [Arrived(no, LATER_US, event) for no, event in enumerate(events_of(shop), 1)]
        with store.write() as tx:
            read_events(office, came)(tx)
        return differences(shop, office)


def read_all(office: HeadOffice) -> None:
    """The duty goes on until it has read everything."""
    duty = reading()
    while duty.step(office).is_more:
        pass


def differences(shop: Shop, office: HeadOffice) -> list[str]:
    """Where the server reads anything else than a till that is the only one, or has heard all."""
    found: list[str] = []
    with shop.store.read() as till, office.store.read() as chain:
        store: Any = till
        rulebook, moment = till.rulebooks.current(), shop.moment(till)
        rows = store.connection.execute("SELECT id FROM members").fetchall()
        members = [UUID(bytes=ident) for (ident,) in rows]
        files = [known_file(till, member, rulebook, moment) for member in members]
        for file in files:
            person = chain.members.get(file.member.id)
            if person is None:
                found.append(f"{file.member.id} unknown")
            elif file.merged_into is not None:
                found += [] if person.id == file.merged_into else [f"{file} became {person}"]
            elif (ours := _of_till(till, file, files)) != (theirs := _of_server(chain, person)):
                found.append(f"{file.member.id} till {ours} server {theirs}")
        if sum(chain.accounts.sums().values()):
            found.append(f"sum {chain.accounts.sums()}")
        found += wrong_accounts(chain)
    return found


def wrong_accounts(chain: OfficeReading) -> list[str]:
    """Accounts that are not what they add up to, and points that lie in no lot."""
    roots = chain.checks.roots(UUID(int=0), at_most=1000)
    found = [*chain.checks.accounts(roots), *chain.checks.programme(), *chain.checks.loose(roots)]
    return [str(each) for each in found]


def _of_till(till: Reading, file: MemberFile, files: list[MemberFile]) -> dict[str, object]:
    """With what was past its day when somebody became them: it stays where it was till it goes."""
    member = file.member
    whole = [f.member.id for f in files if member.id in (f.member.id, f.merged_into)]
    lots = [lot for each in whole for lot in till.ledger.lots(each)]
    return {
        "points": sum(till.ledger.balance(each) for each in whole),
        "lots": sorted((lot.expires_on or date.max, lot.told_id, lot.left) for lot in lots),
        "name": member.name,
        "phone": member.phone,
        "card_no": member.card_no,
        "birthday": birthday_text(member.birthday) if member.birthday else None,
        "tier": member.tier,
        "frozen": file.frozen_for is not None,
        "card_until": file.card_until and file.card_until.isoformat(),
        "withdrawn": is_withdrawn(till.consents.steps(member.id)),
    }


def _of_server(chain: OfficeReading, person: ChainMember) -> dict[str, object]:
    points, fields = chain.accounts.balance(person.id).points, person.fields
    lots = lots_left(chain.accounts.lots(person.id), points)
    told = {name: fields.get(name) for name in (NAME, PHONE, CARD, BIRTHDAY, TIER, CARD_UNTIL)}
    return told | {
        "points": points,
        "lots": [(lot.expires_on or date.max, lot.id, lot.points) for lot in lots],
        "frozen": fields.get(FROZEN) is not None,
        "withdrawn": person.is_withdrawn,
    }
