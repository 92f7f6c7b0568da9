"""读: members and points of a chain, as they are read of what its tills say."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import text

from core.actions.head_office import open_cases
from core.actions.part_members import part_members
from core.actions.read_events import read_events, reading
from core.actions.tell_members import told_of
from core.errors import BadRecord, NoSuchAlias
from core.ports.feed import Asking
from core.ports.office import Alone, Arrived, ChainStore, EnrolledTill
from core.shop import HeadOffice
from core.sync.effects import BIRTHDAY, CARD, NAME, PHONE, TIER
from core.sync.fact import Event
from core.sync.lots import lots_left
from storage.machine import SystemDice
from storage.office.store import open_office
from storage.signatures import Ed25519
from tests.server.arrival import LATER_US, read_all
from tests.server.speech import imports, joins, merges, sells, takes_back, writes
from tests.server.tills import NOW_US, Clock, TillAtWork, new_id, sent

PHONE_NO = "+8613900000001"
STORES = ("S01", "S02")


def fold(office: HeadOffice, events: Iterable[Event], *, at_us: int = LATER_US) -> None:
    """As the duty does it, all in one step."""
    came = [Arrived(no, at_us, event) for no, event in enumerate(events, 1)]
    with office.store.write() as tx:
        read_events(office, came)(tx)


def person(office: HeadOffice, member: UUID):
    with office.store.read() as look:
        return look.members.get(member)


def points(office: HeadOffice, member: UUID) -> int:
    with office.store.read() as look:
        found = look.members.get(member)
        assert found is not None
        assert sum(look.accounts.sums().values()) == 0, "all accounts together have nothing"
        return look.accounts.balance(found.id).points


def left(office: HeadOffice, member: UUID) -> dict[UUID, int]:
    """What is left of each lot."""
    with office.store.read() as look:
        found = look.members.get(member)
        assert found is not None
        lots = lots_left(look.accounts.lots(found.id), points(office, member))
        return {lot.id: lot.points for lot in lots}


def test_the_duty_reads_what_was_pushed(office):
    till = TillAtWork().join(office)
    member = joins(till, phone=PHONE_NO, no="900001")
    _, lot = sells(till, member, 100)
    sells(till, member, 7, spent=[[lot, 60]])
    sent(office, till.begin(office), *till.events)
    read_all(office)
    found = person(office, member)
    assert (found.id, found.fields[PHONE], found.fields[CARD]) == (member, PHONE_NO, "900001")
    assert points(office, member) == 47
    assert left(office, member)[lot] == 40
    assert reading().step(office).is_more is False


def test_an_import_is_read_in_short_steps(office, monkeypatch):
    monkeypatch.setattr("core.actions.read_events.MOST_BESIDE", 2)
    till = TillAtWork().join(office)
    members = [imports(till, 1, 1, 1)[1][0], imports(till, 1)[1][0], imports(till, 1)[1][0]]
    sent(office, till.begin(office), *till.events)
    steps = [reading().step(office).is_more for _ in range(2)]
    assert steps == [True, False]
    assert [points(office, each) for each in members] == [1, 1, 1]


def test_an_event_that_makes_no_sense_is_passed_and_stops_nobody(office):
    till = TillAtWork().join(office)
    till.make("MemberJoined", {"member": "nobody"})
    member = joins(till)
    sent(office, till.begin(office), *till.events)
    read_all(office)
    assert person(office, member).fields[NAME] == "张三"
    (case,) = open_cases(office)
    assert (case.kind, case.detail) == ("passed", "read BadRecord")


@pytest.fixture
def read(tmp_path: Path):
    """An office that has read nothing yet."""
    with closing(open_office(f"sqlite:///{tmp_path / 'read.db'}")) as store:
        yield HeadOffice(store, Clock(), SystemDice(), Ed25519(), Alone())


def test_the_last_writer_of_a_field_wins_and_what_was_is_kept(read):
    one, two = TillAtWork(1), TillAtWork(2)
    member = joins(one, name="张三")
    first = writes(one, "BirthdayChanged", member, birthday="solar 1988-01-02")
    second = writes(two, "BirthdayChanged", member, birthday="solar 1988-02-01")
    fold(read, [later(second, 5), first, *one.events[:1]])
    assert person(read, member).fields[BIRTHDAY] == "solar 1988-02-01"
    with read.store.read() as look:
        rows = look.members._wrote([member])
    assert "solar 1988-01-02" in [each.value for each in rows]


def later(event: Event, seconds: int) -> Event:
    """The same, said so much later."""
    at_us = NOW_US + seconds * 1_000_000
    return replace(event, data=event.data.replace(str(NOW_US).encode(), str(at_us).encode()))


def test_a_clock_of_ten_years_to_come_wins_for_a_minute_only(read):
    ahead, right = TillAtWork(1), TillAtWork(2)
    member = joins(right)
    mad = later(writes(ahead, "BirthdayChanged", member, birthday="solar 1901-01-01"), 10**9)
    sound = later(writes(right, "BirthdayChanged", member, birthday="solar 1988-02-01"), 61)
    fold(read, [right.events[0], mad], at_us=NOW_US)
    assert person(read, member).fields[BIRTHDAY] == "solar 1901-01-01"
    fold(read, [sound], at_us=NOW_US + 61_000_000)
    assert person(read, member).fields[BIRTHDAY] == "solar 1988-02-01"


def test_consent_that_was_taken_back_stands_until_somebody_answers_it(read):
    one, two = TillAtWork(1), TillAtWork(2)
    member = joins(one)
    gone = writes(one, "ConsentWithdrawn", member)
    unaware = later(two.make("ConsentGiven", {"member": member}), 100)
    fold(read, [one.events[0], gone, unaware])
    assert person(read, member).is_withdrawn, "whatever the clock says"
    fold(read, [two.make("ConsentGiven", {"member": member, "withdrawn_us": NOW_US})])
    assert not person(read, member).is_withdrawn


def test_the_same_till_gives_consent_again(read):
    till = TillAtWork(1)
    member = joins(till)
    writes(till, "ConsentWithdrawn", member)
    writes(till, "ConsentGiven", member)
    fold(read, till.events)
    assert not person(read, member).is_withdrawn


def test_one_phone_joined_at_two_tills_is_one_person_and_can_be_two_again(read):
    one, two = TillAtWork(1), TillAtWork(2)
    elder, younger = joins(one, phone=PHONE_NO), joins(two, phone=PHONE_NO)
    sells(one, elder, 30), sells(two, younger, 12)
    fold(read, [one.events[0], later(two.events[0], 1), *one.events[1:], *two.events[1:]])
    assert person(read, younger).id == person(read, elder).id == elder
    assert person(read, elder).known_as == tuple(sorted((elder, younger)))
    assert points(read, younger) == points(read, elder) == 42
    (case,) = open_cases(read)
    assert (case.kind, case.about, case.detail) == ("same_phone", elder.hex, younger.hex)
    part_members(read, younger, elder)
    with pytest.raises(NoSuchAlias):
        part_members(read, younger, elder)
    assert (points(read, elder), points(read, younger)) == (30, 12)
    sells(two, younger, 1)
    fold(read, two.events[-1:])
    assert points(read, younger) == 13


def test_a_family_that_shares_a_phone_on_one_till_stays_several(read):
    till = TillAtWork(1)
    first, second = joins(till, phone=PHONE_NO), joins(till, phone=PHONE_NO)
    fold(read, till.events)
    assert person(read, first).id != person(read, second).id


def test_tills_that_merged_two_into_each_other_end_in_the_elder(read):
    one, two = TillAtWork(1), TillAtWork(2)
    first, second = joins(one), joins(one)
    merges(one, first, second), merges(two, second, first)
    fold(read, [one.events[0], later(one.events[1], 1), one.events[2], *two.events])
    assert person(read, second).id == person(read, first).id == first


def test_an_import_that_was_taken_back_leaves_only_whom_the_counter_met(read):
    till = TillAtWork(1)
    import_id, (first, second, third) = imports(till, 50, 70, 0)
    till.make("ImportUndone", {"import": import_id, "kept": [second]})
    fold(read, till.events)
    assert [points(read, each) for each in (first, second, third)] == [0, 70, 0]
    assert [NAME in person(read, each).fields for each in (first, second, third)] == [0, 1, 0]
    assert person(read, first).joined == ()


def test_a_void_of_an_earlier_program_finds_the_member_of_its_sale(read):
    till = TillAtWork(1)
    member = joins(till)
    sale, lot = sells(till, member, 40)
    body = {"sale": sale, "points": 40, "transfer": new_id(), "lots": [[lot, 40]]}
    fold(read, till.events)
    fold(read, [till.make("SaleVoided", body)])
    assert points(read, member) == 0
    with pytest.raises(BadRecord):
        fold(read, [till.make("SaleVoided", body | {"sale": new_id(), "transfer": new_id()})])


def test_an_import_of_an_earlier_program_that_names_no_lots_opens_accounts_too(read):
    till = TillAtWork(1)
    member = new_id()
    told = [[member, "gold", 90], [new_id(), "normal", None]]
    till.make("MembersImported", {"import": new_id(), "members": told})
    fold(read, till.events)
    assert points(read, member) == sum(left(read, member).values()) == 90
    assert person(read, member).fields[TIER] == "gold"


class Chain:
    """Tills that say things of each other's members, with what they know of lots."""

    def __init__(self) -> None:
        self.tills = [TillAtWork(no) for no in (1, 2, 3)]
        self.people = [joins(till, phone=PHONE_NO) for till in self.tills]
        self.lots: list[tuple[UUID, UUID, UUID, int]] = []
        self.imports: list[tuple[UUID, list[UUID]]] = []

    def do(self, what: str, till: TillAtWork, a: int, b: int) -> None:
        member, other = self.people[a % len(self.people)], self.people[b % len(self.people)]
        sale, owner, lot, amount = self.lots[a % len(self.lots)] if self.lots else [None] * 4
        match what:
            case "join":
                self.people.append(joins(till, phone=f"+86139{b % 3:08d}"))
            case "sell":
                made = sells(till, member, 1 + b)
                self.lots.append((made[0], member, made[1], 1 + b))
            case "spend" if lot:
                sells(till, owner, 0, spent=[[lot, 1 + b % 9]])
            case "void" if lot:
                takes_back(till, owner, sale, amount, [[lot, amount]])
            case "merge" if member != other:
                merges(till, member, other)
            case "carry" if lot and owner != other:
                merges(till, owner, other, [lot, 1 + b % 5])
            case "expire" if lot:
                till.make("PointsExpired", {"lots": [[new_id(), owner, lot, 1 + b % 7]]})
            case "import":
                self.imports.append(imports(till, a, b))
                self.people += self.imports[-1][1]
            case "undo" if self.imports:
                ident, members = self.imports[a % len(self.imports)]
                till.make("ImportUndone", {"import": ident, "kept": members[:1]})
            case "frozen" | "thawed":
                writes(till, f"Member{what.capitalize()}", member, frozen_for=f"{a}{b}")
            case "given" | "withdrawn":
                writes(till, f"Consent{what.capitalize()}", member)
            case "birthday":
                writes(till, "BirthdayChanged", member, birthday=f"solar 1990-01-{1 + b:02d}")
            case "correct":
                body = {"member": member, "transfer": new_id(), "points": b - 10}
                till.make("PointsCorrected", body)


_WHAT = (
    *("join", "sell", "sell", "spend", "void", "merge", "carry", "expire", "import", "undo"),
    *("frozen", "thawed", "given", "withdrawn", "birthday", "correct"),
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two stores that has read nothing yet, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "office.db"
    with closing(open_office(f"sqlite:///{path}")) as store, store.write() as tx:
        for code in STORES:
            tx.stores.keep(ChainStore(code, code))
    return path


def read_by(empty: Path, name: str, batches: Sequence[Sequence[Event]], chain: Chain):
    """What an office reads of events that come in these batches, and tells of them."""
    path = Path(shutil.copy(empty, empty.with_name(name)))
    with closing(open_office(f"sqlite:///{path}")) as store:
        office = HeadOffice(store, Clock(), SystemDice(), Ed25519(), Alone())
        with store.write() as tx:
            for till, code in zip(chain.tills, (*STORES, STORES[0]), strict=True):
                tx.tills.keep(EnrolledTill(till.id, code, till.no, b"", 1, 0))
        for batch in filter(None, batches):
            fold(office, batch)
        found = [
            (person(office, each), points(office, each), left(office, each))
            for each in chain.people
        ]
        with store.read() as look:
            sums = look.accounts.sums()
            for code in STORES:
                asking = Asking(chain.tills[0].id, 1, code)
                told = told_of(look, asking, chain.people, NOW_US)
                assert keys_in(look) == {
                    (key, each.id) for each in told.values() for key in each.cards + each.phones
                }
                found.append(
                    [replace(each, cards=(), phones=()) for _, each in sorted(told.items())]
                )
    path.unlink()
    return found, {kind: total for kind, total in sums.items() if total}


def keys_in(look) -> set[tuple[str, UUID]]:
    """All by which anybody is found."""
    rows = look._connection.execute(text("SELECT key, member_id FROM blind_keys"))
    return {(key.hex(), UUID(member)) for key, member in rows}


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_in_whatever_order_and_however_often_events_come_the_same_is_read(empty, data):
    chain = Chain()
    step = st.tuples(st.sampled_from(_WHAT), st.sampled_from(range(3)), *[st.integers(0, 20)] * 2)
    for what, at, a, b in data.draw(st.lists(step, max_size=20)):
        chain.do(what, chain.tills[at], a, b)
    events = [later(event, no % 4) for till in chain.tills for no, event in enumerate(till.events)]
    doubled = data.draw(st.lists(st.sampled_from(events), max_size=5))
    mixed = data.draw(st.permutations(events + doubled))
    cut = data.draw(st.integers(0, len(mixed)))
    once = read_by(empty, "once.db", [events], chain)
    again = read_by(empty, "again.db", [mixed[:cut], mixed[cut:], doubled], chain)
    assert once == again
