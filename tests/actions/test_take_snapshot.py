"""快照: a till that knows nothing is usable after its own part, and finds everybody at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace

from core.actions import tell_snapshot
from core.actions.enrol_till import name_store
from core.actions.erase_member import erase_member
from core.actions.pull import known, pull
from core.actions.sync import begin, leave_chain
from core.actions.take_snapshot import (
    Progress,
    SnapshotTaker,
    ask_anew,
    begin_anew,
    comes_first,
    is_needed,
)
from core.errors import ChunkBroken, NotInChain, SnapshotGone
from core.ports.directory import Condition
from core.shop import Shop
from core.sync.directory import Blind, Person, blind_key
from core.sync.session import Session
from core.sync.snapshot import pack_rows, seal, unseal
from core.trust.staff import Staff
from server.shelf import Shelf
from storage.signatures import Ed25519
from tests.builders import Home
from tests.chained import PROGRAM, Crash, Line, an_office, join
from tests.server.arrival import read_all
from tests.server.speech import joins, sells
from tests.server.tills import TillAtWork, sent
from tests.telling import hear, told

PEOPLE = 11


class Chain:
    """A line to a server where another till has made members; ours has joined, and knows none."""

    def __init__(self, shop: Shop, folder: Path) -> None:
        self.shop = shop
        self.line = Line(an_office(folder, shop.clock))
        name_store(self.line.office, "S02", "解放路店")
        self.other = TillAtWork(7)
        self.other.join(self.line.office)
        self.people = [
            joins(self.other, name=f"王小{no}", phone=f"+86138000{no:05}", no=f"77{no:05}")
            for no in range(PEOPLE)
        ]
        sells(self.other, self.people[3], 120)
        self.tell()
        join(shop, self.line)

    def tell(self) -> None:
        office = self.line.office
        sent(office, self.other.begin(office), *self.other.events)
        read_all(office)

    def restart(self) -> None:
        """The server has no snapshot any more."""
        self.line.shelf.close()
        self.line.shelf = Shelf(self.line.office)

    def session(self) -> Session:
        session, _ = begin(self.shop, self.line, Ed25519(), program=PROGRAM)
        return session

    def take(self, session: Session | None = None) -> list[Progress]:
        """Until it holds."""
        session, taker = session or self.session(), SnapshotTaker(self.shop)
        steps = [taker.step(self.line, session)]
        while not steps[-1].is_done:
            steps.append(taker.step(self.line, session))
        return steps

    def by_card(self, no: int) -> UUID | None:
        with self.line.office.store.read() as look:
            key = blind_key(look.chain_key, Blind.CARD, f"77{no:05}")
        found = self.shop.store.directory.by_key(Blind.CARD, key)
        return found[0].id if found else None

    def found(self) -> int:
        """How many are found by their card, and are who they must be."""
        return sum(self.by_card(no) == member for no, member in enumerate(self.people))

    def cursor(self) -> str:
        with self.shop.store.read() as reading:
            return reading.feed.cursor(known())


@pytest.fixture
def chain(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    monkeypatch.setattr(tell_snapshot, "MOST_ROWS", 3)
    monkeypatch.setattr(tell_snapshot, "MOST_KEYS", 4)
    made = Chain(shop, tmp_path)
    yield made
    made.line.shelf.close()
    made.line.office.store.close()  # type: ignore[attr-defined]


def test_a_till_that_joins_finds_everybody_and_has_the_cursor_inside(chain: Chain) -> None:
    session = chain.session()
    assert comes_first(chain.shop, session)
    steps = chain.take(session)
    assert chain.found() == PEOPLE
    assert (steps[-1].total, chain.shop.store.directory.count()) == (PEOPLE, PEOPLE)
    assert chain.shop.store.directory.condition() is Condition.THERE
    assert not is_needed(chain.shop, session)
    assert pull(chain.shop, chain.line, session).count == 0, "nothing changed since"


def test_a_row_holds_masked_name_tier_and_balance_and_nothing_else_of_anybody(
    chain: Chain,
) -> None:
    chain.take()
    entry = chain.shop.store.directory.get(chain.people[3])
    assert entry is not None
    assert (entry.name, entry.tier, entry.points, entry.is_frozen) == ("王*3", "normal", 120, False)


def test_who_are_one_person_by_now_are_told_once(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both came to the store that is told of them; a page with somebody twice is none."""
    monkeypatch.setattr(tell_snapshot, "MOST_KEYS", 20)
    twin = TillAtWork(8)
    twin.join(chain.line.office)
    other = joins(twin, name="王小三", phone="+8613800000003", no="8800001")
    sells(twin, other, 50)
    sent(chain.line.office, twin.begin(chain.line.office), *twin.events)
    read_all(chain.line.office)
    chain.take()
    with chain.line.office.store.read() as look:
        (root,) = look.members.roots([other])
    with chain.shop.store.read() as reading:
        assert reading.ledger.balance(root) == 170


def test_it_is_usable_before_the_rows_come_and_pulls_meanwhile(chain: Chain) -> None:
    session, taker = chain.session(), SnapshotTaker(chain.shop)
    while not taker.step(chain.line, session).is_told:
        assert chain.cursor() == ""
    assert chain.cursor() != ""
    assert not comes_first(chain.shop, session)
    assert is_needed(chain.shop, session)
    name_store(chain.line.office, "S01", "新名店")
    pull(chain.shop, chain.line, session)
    with chain.shop.store.read() as reading:
        assert reading.till.store_name == "新名店"
    later = chain.cursor()
    while not taker.step(chain.line, session).is_done:
        pass
    assert chain.cursor() != later, "what was pulled meanwhile comes once more"
    while not pull(chain.shop, chain.line, session).is_last:
        pass
    assert chain.cursor() == later


def test_a_till_that_dies_at_any_chunk_goes_on_there(chain: Chain) -> None:
    session = chain.session()
    chain.take(session)
    asked = 0

    def count() -> None:
        nonlocal asked
        asked += 1

    chain.line.on_the_way = count
    ask_anew(chain.shop)
    chain.take(session)
    chain.line.on_the_way = lambda: None
    assert asked > 8
    for at in range(asked):
        ask_anew(chain.shop)
        chain.restart()
        chain.line.faults = ["" for _ in range(at)] + ["crash"]
        with pytest.raises(Crash):
            chain.take(session)
        assert chain.found() == PEOPLE, "the old one holds"
        chain.take(session)
        assert chain.found() == PEOPLE


@pytest.mark.parametrize("what", ["flipped", "replayed", "skipped", "foreign", "swapped rows"])
def test_a_bad_chunk_is_noticed_and_asked_for_again(chain: Chain, what: str) -> None:
    session, taker = chain.session(), SnapshotTaker(chain.shop)
    real = chain.line.shelf
    spoilt = Spoilt(real, what)
    chain.line.shelf = spoilt  # type: ignore[assignment]
    noticed = 0
    for _ in range(100):
        try:
            if taker.step(chain.line, session).is_done:
                break
        except ChunkBroken:
            noticed += 1
            spoilt.rests()
    assert noticed == spoilt.spoilt > 3
    assert chain.found() == PEOPLE


class Spoilt:
    """A shelf whose every chunk is bad the first time that it is asked for."""

    def __init__(self, real: Shelf, what: str) -> None:
        self._real, self._what = real, what
        self._sealed: dict[int, bytes] = {}
        self._good = -1
        self.spoilt = 0
        self.begin, self.close = real.begin, real.close

    def rests(self) -> None:
        self._good = max(self._sealed)

    def chunk(self, token: str, ident: UUID, n: int) -> tuple[bytes, bool]:
        sealed, is_last = self._real.chunk(token, ident, n)
        is_known = n in self._sealed
        self._sealed[n] = sealed
        if is_known or n <= self._good:
            return sealed, is_last
        bad = self._bad(token, ident, n, sealed)
        self.spoilt += bad != sealed
        return bad, is_last

    def _bad(self, token: str, ident: UUID, n: int, sealed: bytes) -> bytes:
        chunk = unseal(sealed, ident, n)
        match self._what:
            case "flipped":
                at = len(sealed) // 2
                return sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
            case "replayed":
                return self._sealed.get(n - 1, sealed)
            case "skipped" if not chunk.is_last:
                try:
                    return self._real.chunk(token, ident, n + 1)[0]
                except SnapshotGone:
                    return sealed
            case "foreign":
                return seal(replace(chunk, id=UUID(int=n)))
            case "swapped rows" if chunk.rows:
                return seal(replace(chunk, rows=pack_rows([])))
        return sealed


def test_another_server_or_a_restarted_one_has_it_no_more_and_it_begins_anew(chain: Chain) -> None:
    session, taker = chain.session(), SnapshotTaker(chain.shop)
    while taker.step(chain.line, session).total < 4:
        pass
    chain.restart()
    with pytest.raises(SnapshotGone):
        taker.step(chain.line, session)
    taker.give_up()
    assert is_needed(chain.shop, session)
    chain.take(session)
    assert chain.found() == PEOPLE
    assert len(list(_home(chain).glob("directory-*.db"))) == 1


def test_of_two_servers_with_a_snapshot_in_common_the_rows_are_made_once(chain: Chain) -> None:
    session = chain.session()
    first = chain.line.shelf.begin(session.token)
    assert chain.line.shelf.begin(session.token) == first


def test_who_changed_meanwhile_is_told_by_the_feed(chain: Chain) -> None:
    session, taker = chain.session(), SnapshotTaker(chain.shop)
    taker.step(chain.line, session)
    chain.people.append(joins(chain.other, name="赵六", no=f"77{PEOPLE:05}"))
    chain.tell()
    while not taker.step(chain.line, session).is_done:
        pass
    page = chain.line.changes("", session.token, chain.cursor())
    assert chain.people[-1].hex in {change.about for change in page.changes}


def test_who_begins_another_beside_it_is_followed(chain: Chain) -> None:
    session, taker, beside = chain.session(), SnapshotTaker(chain.shop), SnapshotTaker(chain.shop)
    while taker.step(chain.line, session).total < 4:
        pass
    ask_anew(chain.shop)
    chain.restart()
    while beside.step(chain.line, session).total < 7:
        pass
    while not taker.step(chain.line, session).is_done:
        pass
    beside.close()
    assert chain.found() == PEOPLE


def test_a_directory_that_is_lost_is_needed_and_taken_anew(chain: Chain) -> None:
    session = chain.session()
    chain.take(session)
    before = chain.cursor()
    chain.shop.store.directory.close()  # type: ignore[attr-defined]
    for path in _home(chain).glob("directory-*.db"):
        path.write_bytes(b"")
    assert is_needed(chain.shop, session)
    assert not comes_first(chain.shop, session)
    chain.take(session)
    assert (chain.found(), chain.cursor()) == (PEOPLE, before)


def test_what_a_restored_store_was_not_told_is_told_again(chain: Chain, home: Home) -> None:
    """Its file had come further than its store."""
    session, taker = chain.session(), SnapshotTaker(chain.shop)
    taker.step(chain.line, session)
    with chain.shop.store.read() as reading:
        begun = reading.snapshots.loading()
    while taker.step(chain.line, session).total < 4:
        pass
    taker.close()
    assert begun is not None
    with chain.shop.store.write() as tx:  # as it was when the backup was made
        tx.snapshots.load(begun)
        tx.feed.move("", known())
    asked: list[int] = []
    real = chain.line.chunk

    def counted(url: str, token: str, ident: UUID, n: int) -> bytes:
        asked.append(n)
        return real(url, token, ident, n)

    chain.line.chunk = counted  # type: ignore[method-assign]
    chain.take(session)
    assert asked[0] == 0
    assert len(asked) == len(set(asked))
    assert chain.found() == PEOPLE


def test_who_was_erased_meanwhile_is_gone_on_a_till_that_begins_anew(chain: Chain) -> None:
    """They came here once, and are of another store: no part of a snapshot was theirs."""
    shop, office = chain.shop, chain.line.office
    elsewhere = TillAtWork(8, store="S02").join(office)
    who = joins(elsewhere, name="李小华", phone="+8613900000000", no="8800001")
    sent(office, elsewhere.begin(office), *elsewhere.events)
    read_all(office)
    hear(shop, told(who, person=Person("李小华", phone="+8613900000000")))
    chain.take()
    erase_member(office, who)
    begin_anew(shop)
    chain.take()
    with shop.store.read() as reading:
        assert reading.members.get(who) is None
        assert reading.mirror.was_erased([who])


def test_whoever_leaves_the_chain_keeps_nothing_of_it(chain: Chain, staff: Staff) -> None:
    chain.take()
    leave_chain(chain.shop, staff=staff)
    assert not list(_home(chain).glob("directory-*"))
    with pytest.raises(NotInChain):
        ask_anew(chain.shop)


def test_an_empty_chain_has_an_empty_directory(shop: Shop, tmp_path: Path) -> None:
    line = Line(an_office(tmp_path, shop.clock))
    join(shop, line)
    session, _ = begin(shop, line, Ed25519(), program=PROGRAM)
    taker = SnapshotTaker(shop)
    while not taker.step(line, session).is_done:
        pass
    assert shop.store.directory.condition() is Condition.THERE
    assert shop.store.directory.count() == 0
    line.shelf.close()
    line.office.store.close()  # type: ignore[attr-defined]


def _home(chain: Chain) -> Path:
    home: Path = chain.shop.store.home  # type: ignore[attr-defined]
    return home
