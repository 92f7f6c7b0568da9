"""同一张卡: one file that was imported at two tills makes no two persons, and no points twice."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest

from core.actions.head_office import open_cases
from core.actions.part_members import part_card, part_members
from core.actions.read_events import read_events
from core.errors import NoSuchAlias
from core.ports.office import Arrived
from core.shop import HeadOffice
from core.sync.fact import Event, Private
from tests.server.speech import LAST_DAY, joins, sells
from tests.server.test_expiry import begin_day, expire, points
from tests.server.tills import NOW_US, TODAY, TillAtWork, new_id

Row = tuple[str, str, int]
"""A card, the rest of what is known of its member, and the opening points."""
LI, CHEN = '"name":"李小华","phone":"+8613800135678"', '"name":"陈明"'
FILE: tuple[Row, ...] = (("800001", LI, 100), ("800002", CHEN, 0), ("800003", CHEN, 7))


class Imported:
    """An import at a till, so many days after the first; `members` and `lots` by their cards."""

    def __init__(self, till: TillAtWork, *rows: Row, days: int = 0) -> None:
        self.till, self.id = till, new_id()
        self.members = {card: new_id() for card, _, _ in rows}
        self.lots = {card: new_id() for card, _, some in rows if some}
        on, later_us = TODAY + timedelta(days=days), days * 86_400_000_000
        records = [f'{{"card_no":"{card}",{rest}}}' for card, rest, _ in rows]
        body = {
            "import": self.id,
            "members": [[self.members[card].hex, "normal", some] for card, _, some in rows],
            "lots": "".join(lot.hex for lot in self.lots.values()),
            "expires_on": LAST_DAY + timedelta(days=days),
        }
        private = [
            Private(member, "record", record, os.urandom(16))
            for member, record in zip(self.members.values(), records, strict=True)
        ]
        self.event = till.make_at("MembersImported", body, on, NOW_US + later_us, *private)

    def bring_more(self, card: str, *lots: int) -> list[UUID]:
        """Further lots of a card, each with a day of its own; their ids."""
        ids = [new_id() for _ in lots]
        openings = [
            [self[card].hex, ident.hex, some, LAST_DAY + timedelta(days=no)]
            for no, (ident, some) in enumerate(zip(ids, lots, strict=True))
        ]
        body = {"import": self.id, "members": [], "openings": openings}
        self.till.make("MembersImported", body)
        return ids

    def undo(self) -> None:
        self.till.make("ImportUndone", {"import": self.id, "kept": []})

    def __getitem__(self, card: str) -> UUID:
        return self.members[card]


def fold(office: HeadOffice, events: Sequence[Event]) -> None:
    """They come long after they were made, so that no clock is ahead."""
    for no, event in enumerate(events, 1):
        with office.store.write() as tx:
            read_events(office, [Arrived(no, 2**52, event)])(tx)


def root(office: HeadOffice, member: UUID) -> UUID:
    with office.store.read() as reading:
        person = reading.members.get(member)
        assert person is not None
        return person.id


def cases(office: HeadOffice) -> list[tuple[str, str, str]]:
    return sorted((each.kind, each.about, each.detail) for each in open_cases(office))


@pytest.fixture
def tills() -> tuple[TillAtWork, TillAtWork]:
    return TillAtWork(1), TillAtWork(2)


Tills = tuple[TillAtWork, TillAtWork]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_one_file_at_two_tills_is_one_person_each_with_the_points_once(
    office: HeadOffice, tills: Tills, order: tuple[int, int]
) -> None:
    elder, younger = Imported(tills[0], *FILE), Imported(tills[1], *FILE, days=3)
    for _ in range(2):
        for no in order:
            fold(office, tills[no].events)
    for card, _, some in FILE:
        assert root(office, younger[card]) == root(office, elder[card]) == elder[card]
        assert points(office, elder[card]) == some
    assert len({root(office, each) for each in elder.members.values()}) == len(FILE)
    (case,) = cases(office)
    assert case[:2] == ("same_card", younger.id.hex)
    assert case[2] in {f"{younger[card].hex} {elder[card].hex}" for card, _, _ in FILE}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize(("here", "there", "left"), [(30, 20, 50), (0, 100, 0), (80, 50, -30)])
def test_what_was_spent_of_both_is_spent_of_one(
    office: HeadOffice,
    tills: Tills,
    order: tuple[int, int],
    here: int,
    there: int,
    left: int,
) -> None:
    """As one ledger would have had it; what that would not have let them spend is owed."""
    elder, younger = Imported(tills[0], *FILE), Imported(tills[1], *FILE, days=3)
    for of, spent in ((elder, here), (younger, there)):
        if spent:
            sells(of.till, of["800001"], 0, spent=[[of.lots["800001"], spent]])
    for no in order:
        fold(office, tills[no].events)
    with office.store.read() as reading:
        assert reading.accounts.balance(elder["800001"]).points == left
    told = [each for each in cases(office) if each[0] == "opened_spent"]
    owed = f"{younger['800001'].hex} {-left}"
    assert told == [("opened_spent", younger.id.hex, owed)] * (left < 0)


@pytest.mark.parametrize("is_late", [False, True])
def test_of_an_import_somebody_is_told_once_however_many_owe(
    office: HeadOffice, tills: Tills, is_late: bool
) -> None:
    """Also where they owe by the time their cards turn out to be one."""
    cards = FILE[::2]
    elder, younger = (Imported(till, *cards, days=3 * no) for no, till in enumerate(tills))
    for of in (elder, younger):
        for card, _, some in cards:
            sells(of.till, of[card], 0, spent=[[of.lots[card], some - 1]])
    fold(office, tills[0].events)
    fold(office, tills[1].events[:: -1 if is_late else 1])
    told = [each for each in cases(office) if each[0] == "opened_spent"]
    owed = {f"{younger[card].hex} {some - 2}" for card, _, some in cards}
    assert [each[1] for each in told] == [younger.id.hex]
    assert told[0][2] in owed


def test_who_owes_points_that_came_once_owes_none_of_an_import(
    office: HeadOffice, tills: Tills
) -> None:
    only = Imported(tills[0], *FILE)
    for _ in range(2):
        sells(only.till, only["800001"], 0, spent=[[only.lots["800001"], 80]])
    fold(office, tills[0].events)
    with office.store.read() as reading:
        assert reading.accounts.balance(only["800001"]).points == -60
    assert cases(office) == []


@pytest.mark.parametrize("is_first", [True, False])
def test_opening_points_that_expired_twice_are_gone_once(
    office: HeadOffice, tills: Tills, is_first: bool
) -> None:
    """Also where a till alone had let them expire, and what was earned since stays."""
    elder, younger = Imported(tills[0], *FILE), Imported(tills[1], *FILE, days=1)
    member, lot = younger["800001"], younger.lots["800001"]
    sells(younger.till, member, 0, spent=[[lot, 80]])
    gone = {"staff_no": 0, "lots": [[new_id(), member, lot, 20]]}
    younger.till.make("PointsExpired", gone)
    later = {"member": member, "lot": new_id(), "points": 5, "expires_on": None}
    younger.till.make("BehaviourCredited", later)
    for events in (tills[0].events, tills[1].events)[:: 1 if is_first else -1]:
        fold(office, events)
    assert points(office, elder["800001"]) == 20 + 5
    begin_day(office, LAST_DAY + timedelta(days=1), 5)
    expire(office)
    assert points(office, elder["800001"]) == 5


def test_another_number_of_points_counts_as_it_came_first_and_somebody_is_told(
    office: HeadOffice, tills: Tills
) -> None:
    elder, younger = Imported(tills[0], ("8001", LI, 100)), Imported(tills[1], ("8001", LI, 150))
    fold(office, [*tills[1].events, *tills[0].events])
    first, second = sorted((elder, younger), key=lambda each: each.event.id)
    assert points(office, elder["8001"]) in (100, 150)
    (twice,) = [each for each in cases(office) if each[0] == "opened_twice"]
    kept, other = twice[2].split()
    assert (points(office, first["8001"]), {kept, other}) == (int(kept), {"100", "150"})
    assert second.lots["8001"].hex == twice[1]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_several_lots_of_one_card_come_once_too(
    office: HeadOffice, tills: Tills, order: tuple[int, int]
) -> None:
    elder, younger = Imported(tills[0], ("8001", LI, 5)), Imported(tills[1], ("8001", LI, 5))
    stay, go = elder.bring_more("8001", 40, 60), younger.bring_more("8001", 40, 70)
    for no in order:
        fold(office, tills[no].events)
    first, lots = sorted([(elder.event.id, stay), (younger.event.id, go)])[0]
    with office.store.read() as reading:
        left = reading.accounts.lots(root(office, elder["8001"]))
    assert {each.id for each in left if each.amount > each.taken} >= set(lots)
    assert points(office, elder["8001"]) == (105 if first == elder.event.id else 115)
    assert "opened_twice" in {each[0] for each in cases(office)}
    younger.undo(), elder.undo()
    for till in tills:
        fold(office, till.events[-1:])
    assert points(office, elder["8001"]) == 0


def test_who_had_no_points_in_the_first_file_has_those_of_the_second(
    office: HeadOffice, tills: Tills
) -> None:
    elder, _ = Imported(tills[0], ("8001", LI, 0)), Imported(tills[1], ("8001", LI, 9), days=1)
    fold(office, [*tills[0].events, *tills[1].events])
    assert points(office, elder["8001"]) == 9


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        (LI, '"name":"李小华"', True),
        (CHEN, '"name":"陈明","birthday":[1990,1,2,false,false]', True),
        (LI, '"name":"李小花","phone":"+8613800135678"', False),
        (LI, '"name":"李小华","phone":"+8613800135679"', False),
        (
            '"name":"陈明","birthday":[1990,1,2,false,false]',
            '"name":"陈明","birthday":[1990,1,3,false,false]',
            False,
        ),
        (LI, CHEN, False),
    ],
)
def test_nothing_may_contradict_it(
    office: HeadOffice, tills: Tills, one: str, other: str, is_one: bool
) -> None:
    elder = Imported(tills[0], ("8001", one, 10))
    younger = Imported(tills[1], ("8001", other, 10), days=1)
    for _ in range(2):
        fold(office, [*tills[0].events, *tills[1].events])
    assert (root(office, younger["8001"]) == elder["8001"]) == is_one
    kind, left = ("same_card", (10, 10)) if is_one else ("card_twice", (10, 10))
    assert (points(office, elder["8001"]), points(office, younger["8001"])) == left
    detail = f"{younger['8001'].hex} {elder['8001'].hex}"
    assert cases(office) == [(kind, younger.id.hex, detail)]


def test_whoever_is_made_alike_later_is_one_then(office: HeadOffice, tills: Tills) -> None:
    """As where the right table is imported at the other till, too."""
    elder = Imported(tills[0], ("8001", LI, 10))
    younger = Imported(tills[1], ("8001", '"name":"李晓华"', 10), days=1)
    record = Private(younger["8001"], "record", f'{{"card_no":"8001",{LI}}}', os.urandom(16))
    told = [[younger["8001"].hex, None, None]]
    body = {"import": new_id(), "members": told, "lots": "", "expires_on": None}
    late_us = NOW_US + 2 * 86_400_000_000
    tills[1].make_at("MembersImported", body, TODAY, late_us, record)
    fold(office, [*tills[0].events, *tills[1].events])
    assert root(office, younger["8001"]) == elder["8001"]
    assert points(office, elder["8001"]) == 10


def test_a_card_that_they_have_no_more_makes_nobody_one(office: HeadOffice, tills: Tills) -> None:
    elder = Imported(tills[0], ("8001", LI, 10))
    card = Private(elder["8001"], "card_no", "8009", os.urandom(16))
    tills[0].make_at("CardReplaced", {"member": elder["8001"]}, TODAY, NOW_US + 1, card)
    younger = Imported(tills[1], ("8001", LI, 10), days=1)
    fold(office, [*tills[0].events, *tills[1].events])
    assert root(office, younger["8001"]) == younger["8001"]
    assert cases(office) == []


def test_one_till_alone_never_makes_two_of_one_card_one(office: HeadOffice, tills: Tills) -> None:
    """A copy of it numbers its cards alike."""
    first = joins(tills[0], no="910000000001", name="张三")
    second = joins(tills[0], no="910000000001", name="张三")
    fold(office, tills[0].events)
    assert root(office, first) != root(office, second)
    assert cases(office) == []


def test_who_joined_by_card_at_the_counter_is_known_by_it(office: HeadOffice, tills: Tills) -> None:
    elder = joins(tills[0], no="8001", name="李小华")
    younger = Imported(tills[1], ("8001", LI, 40), days=1)
    fold(office, [*tills[0].events, *tills[1].events])
    assert root(office, younger["8001"]) == elder
    assert points(office, elder) == 40


@pytest.mark.parametrize("by_card", [True, False])
def test_they_are_parted_with_what_each_brought_for_good(
    office: HeadOffice, tills: Tills, by_card: bool
) -> None:
    elder = Imported(tills[0], ("8001", LI, 100), ("8002", CHEN, 3))
    younger = Imported(tills[1], ("8001", LI, 100), ("8002", CHEN, 3), days=1)
    sells(younger.till, younger["8001"], 12, spent=[[younger.lots["8001"], 30]])
    fold(office, [*tills[0].events, *tills[1].events])
    assert points(office, elder["8001"]) == 82
    if by_card:
        part_card(office, "8001")
        with pytest.raises(NoSuchAlias):
            part_card(office, "8001")
    else:
        part_members(office, younger["8001"], elder["8001"])
    assert points(office, elder["8001"]) == 100
    assert points(office, younger["8001"]) == 82
    fold(office, [*tills[0].events, *tills[1].events])
    assert root(office, younger["8001"]) == younger["8001"]
    assert root(office, younger["8002"]) == elder["8002"]
    assert points(office, elder["8002"]) == 3


def test_of_three_tills_one_opening_stands(office: HeadOffice) -> None:
    three = [Imported(TillAtWork(no), ("8001", LI, 10), days=no) for no in (1, 2, 3)]
    for each in reversed(three):
        fold(office, each.till.events)
    assert {root(office, each["8001"]) for each in three} == {three[0]["8001"]}
    assert points(office, three[0]["8001"]) == 10
    part_members(office, three[1]["8001"], three[0]["8001"])
    assert [points(office, each["8001"]) for each in three] == [10, 10, 10]


@pytest.mark.parametrize("which", [0, 1])
def test_an_import_that_is_taken_back_leaves_the_other_one(
    office: HeadOffice, tills: Tills, which: int
) -> None:
    both = Imported(tills[0], ("8001", LI, 10)), Imported(tills[1], ("8001", LI, 10), days=1)
    fold(office, [*tills[0].events, *tills[1].events])
    both[which].undo()
    fold(office, tills[which].events[-1:])
    kept, gone = both[1 - which]["8001"], both[which]["8001"]
    assert (points(office, kept), points(office, gone)) == (10, 0)
    assert root(office, kept) == kept
    with office.store.read() as reading:
        person = reading.members.get(kept)
    assert person is not None
    assert person.fields["name"] == "李小华"
