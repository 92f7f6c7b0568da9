"""副本: copies of a till that live on side by side come to rest, each with numbers of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.actions.head_office import open_cases, revoke_at
from core.actions.sync import begin, leave_chain, send
from core.errors import SessionOver
from core.shop import Shop
from core.sync.session import Session
from core.trust.staff import Staff
from storage.office.store import open_office
from storage.signatures import Ed25519
from tests.actions.test_settle import VITAMIN, settled
from tests.builders import Home, audit_rows
from tests.chained import (
    PROGRAM,
    Line,
    an_office,
    copied,
    copy_office,
    events_of,
    is_there,
    join,
    send_all,
)

KEYS = Ed25519()


@pytest.fixture
def line(shop: Shop, tmp_path: Path) -> Iterator[Line]:
    """A line to a server that stands, and that the till has joined."""
    office = an_office(tmp_path, shop.clock)
    line = Line(office)
    join(shop, line)
    yield line
    office.store.close()  # type: ignore[attr-defined]


class Standing:
    """What stands at a counter: a till that sends what it sold, by a session while that lasts."""

    def __init__(self, shop: Shop, staff: Staff, line: Line) -> None:
        self.shop, self._staff, self._line = shop, staff, line
        self.session: Session | None = None

    def sell(self) -> None:
        settled(self.shop, self._staff, VITAMIN)

    def send(self) -> None:
        while True:
            if self.session is None:
                self.session, _ = begin(self.shop, self._line, KEYS, program=PROGRAM)
            try:
                sending = send(self.shop, self._line, self.session)
            except SessionOver:
                self.session = None
                continue
            if not sending.waiting.count:
                return

    def begun_anew(self) -> int:
        return [row["what"] for row in audit_rows(self.shop)].count("copy_found")

    def incarnation(self) -> int:
        with self.shop.store.read() as reading:
            return reading.till.incarnation


def kinds(line: Line) -> Counter[str]:
    return Counter(case.kind for case in open_cases(line.office))


@pytest.mark.parametrize("is_in_session", [True, False])
@pytest.mark.parametrize("sold_before", [(0, 0), (1, 2), (2, 1)])
def test_two_living_copies_come_to_rest_with_one_new_incarnation_each_at_most(
    home: Home,
    shop: Shop,
    staff: Staff,
    line: Line,
    tmp_path: Path,
    is_in_session: bool,
    sold_before: tuple[int, int],
) -> None:
    first = Standing(shop, staff, line)
    first.send()
    copy = copied(shop, home, tmp_path / "elsewhere")
    with copy.shop() as other:
        second = Standing(other, staff, line)
        if is_in_session:
            second.session = first.session
        for till, count in zip((first, second), sold_before, strict=True):
            for _ in range(count):
                till.sell()
        for _ in range(6):
            for till in (second, first):
                till.sell()
                till.send()
        anew = first.begun_anew() + second.begun_anew()
        assert first.incarnation() != second.incarnation()
        assert max(first.begun_anew(), second.begun_anew()) == 1
        assert all(is_there(line.office, each) for each in events_of(shop) + events_of(other))
        forks = kinds(line)["fork"]
        for till in (first, second, first, second):
            till.sell()
            till.session = None
            till.send()
        assert first.begun_anew() + second.begun_anew() == anew
        assert +kinds(line) == +Counter(copy=anew, fork=forks)


def test_a_restored_server_gets_again_what_another_copys_numbers_hide(
    home: Home, shop: Shop, staff: Staff, line: Line, tmp_path: Path
) -> None:
    first = Standing(shop, staff, line)
    first.send()
    copy = copied(shop, home, tmp_path / "elsewhere")
    copy_office(tmp_path / "office.db", tmp_path / "old.db")
    with copy.shop() as other:
        second = Standing(other, staff, line)
        for till in (first, second):
            till.sell()
            till.send()
        line.office.store.close()  # type: ignore[attr-defined]
        with closing(open_office(f"sqlite:///{tmp_path / 'old.db'}")) as store:
            line.office = replace(line.office, store=store)
            for till in (first, second):
                till.session = None
                till.send()
            made = events_of(shop) + events_of(other)
            assert all(is_there(line.office, each) for each in made)


def test_a_till_that_joins_again_from_a_backup_takes_no_number_of_its_former_life(
    home: Home, shop: Shop, staff: Staff, line: Line, tmp_path: Path
) -> None:
    settled(shop, staff, VITAMIN)
    send_all(shop, line)
    backup = copied(shop, home, tmp_path / "backup")
    for incarnation in (1, 2, 3):
        with shop.store.write() as tx:
            tx.set_till(replace(tx.till, incarnation=incarnation))
        settled(shop, staff, VITAMIN)
        send_all(shop, line)
    before = kinds(line)
    revoke_at(line.office, "S01", 1)
    with backup.shop() as other:
        leave_chain(other, staff=staff)
        join(other, line)
        settled(other, staff, VITAMIN)
        send_all(other, line)
        settled(other, staff, VITAMIN)
        send_all(other, line)
        with other.store.read() as reading:
            assert reading.till.incarnation == 4
            assert reading.links.quarantined() == 1, "made before it was told"
        assert all(is_there(line.office, each) for each in events_of(shop) + events_of(other))
    assert kinds(line) - before == Counter(copy=1, fork=1)


def test_a_till_that_joins_again_with_its_own_disk_goes_on(
    shop: Shop, staff: Staff, line: Line
) -> None:
    settled(shop, staff, VITAMIN)
    send_all(shop, line)
    settled(shop, staff, VITAMIN)
    for _ in range(2):
        revoke_at(line.office, "S01", 1)
        leave_chain(shop, staff=staff)
        join(shop, line)
        send_all(shop, line)
    assert kinds(line) == {}
    with shop.store.read() as reading:
        assert reading.till.incarnation == 1
