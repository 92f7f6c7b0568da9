"""名录到店: a till takes its snapshot over a line that is cut, and is killed while it does."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.actions.enrol_till import make_enrolment, name_store
from core.ports.directory import Condition
from core.sync.directory import Blind, blind_key
from server.program import opened_office
from tests.builders import PIN, Home
from tests.outside.program import begin, run
from tests.server.arrival import read_all
from tests.server.conftest import postgres as postgres
from tests.server.postgres import Postgres
from tests.server.program import serving
from tests.server.speech import joins
from tests.server.tills import TillAtWork, sent
from tests.sync.cable import Cable, cable_to

PEOPLE = 60
BY = ("--by", "店长", "--by-pin", PIN)


class Place:
    """A server with members of another store, and a till that has joined it."""

    def __init__(self, database: str, home: Path, cable: Cable) -> None:
        self._database, self.home, self.cable = database, home, cable

    def found(self) -> int:
        """How many of the members the till finds by their cards."""
        with opened_office(self._database, None) as office, office.store.read() as look:
            key = look.chain_key
        with Home(self.home).shop() as shop:
            directory = shop.store.directory
            if directory.condition() is not Condition.THERE:
                return 0
            cards = [blind_key(key, Blind.CARD, f"77{no:05}") for no in range(PEOPLE)]
            return sum(bool(directory.by_key(Blind.CARD, card)) for card in cards)


@pytest.fixture(scope="module")
def place(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    database, home = postgres.fresh(), tmp_path_factory.mktemp("snapshot") / "home"
    with opened_office(database, None) as office:
        name_store(office, "S01", "中山路店")
        other = TillAtWork(7)
        session = other.join(office).begin(office)
        for no in range(PEOPLE):
            joins(other, name=f"王小{no}", no=f"77{no:05}")
        sent(office, session, *other.events)
        read_all(office)
        code = make_enrolment(office, "S01", 1)
    words = ("--store-code", "S01", "--store", "中山路店", "--till", "1")
    assert run(home, "setup", *words, "--manager", "店长", "--pin", PIN).code == 0
    with (
        serving(database, "--chain", "康源") as server,
        cable_to(str(server.client.base_url)) as cable,
    ):
        done = run(home, "chain", "join", cable.url, code, *BY)
        assert done.code == 0, done.err
        yield Place(database, home, cable)


def test_a_till_that_sends_takes_everybody_and_says_so(place: Place) -> None:
    assert run(place.home, "chain", "send").code == 0
    assert place.found() == PEOPLE
    assert f"会员名录：{PEOPLE} 人" in run(place.home, "chain", "status").out
    again = run(place.home, "chain", "snapshot")
    assert again.out.strip().endswith(f"会员名录收好了，全连锁 {PEOPLE} 人。")
    assert place.found() == PEOPLE


def test_where_the_line_is_cut_at_any_byte_the_old_one_holds_and_it_goes_on(place: Place) -> None:
    for most in (200, 1500, 4000):
        place.cable.cut_after(most)
        done = run(place.home, "chain", "snapshot")
        place.cable.cut_after(None)
        assert done.code in (0, 2)
        assert place.found() == PEOPLE
    assert run(place.home, "chain", "snapshot").code == 0
    assert place.found() == PEOPLE


def test_a_till_that_is_killed_at_any_moment_has_the_old_one_or_the_new_one(place: Place) -> None:
    began = time.monotonic()
    whole = begin(place.home, "chain", "snapshot")
    said = whole.communicate(timeout=120)
    assert whole.returncode == 0, said
    took_s = time.monotonic() - began
    for part in (0.7, 0.85, 0.95):
        killed = begin(place.home, "chain", "snapshot")
        time.sleep(took_s * part)
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
        assert place.found() == PEOPLE
    assert run(place.home, "chain", "snapshot").code == 0
    assert place.found() == PEOPLE
    assert len(list(place.home.glob("directory-*.db"))) == 1
    assert Home(place.home).findings() == []
