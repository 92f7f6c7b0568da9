"""问会员: a till asks its server for one member, and what it says holds here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from core.actions import ask_members
from core.actions.ask_members import ask_again, ask_member, ask_visitor, look_in_full
from core.actions.enrol_till import name_store
from core.actions.erase_member import erase_member
from core.actions.head_office import open_cases
from core.actions.note_members import note_members
from core.actions.pull import pull
from core.actions.scan import scan
from core.actions.sync import begin
from core.errors import NoSuchMember, ServerUnreachable, SeveralMembers
from core.ports.central import Uplink
from core.pricing.basket import Basket
from core.shop import Shop
from core.sync.directory import LotHeld
from core.sync.erasure import ERASED
from core.trust.staff import Staff
from storage.signatures import Ed25519
from tests.actions.test_visitors import begin_directory
from tests.builders import PIN, Home, file_of, obeyed
from tests.chained import PROGRAM, Line, an_office, events_of, join, send_all
from tests.server.arrival import read_all
from tests.server.speech import joins, sells
from tests.server.tills import TillAtWork, sent
from tests.telling import hear, told
from ui.console.till import ConsoleTill
from ui.devices.paper import PaperDesk
from ui.devices.printer import FilePrinter

CARD, PHONE = "770001", "13700137000"


class Chain:
    """This till, its line, and a till of another store with a member of its own."""

    def __init__(self, shop: Shop, folder: Path) -> None:
        self.shop, self.line = shop, Line(an_office(folder, shop.clock))
        self.office = self.line.office
        name_store(self.office, "S02", "北京路店")
        self.other = TillAtWork(store="S02").join(self.office)
        self.who = joins(self.other, phone=f"+86{PHONE}", name="赵子龙", no=CARD)
        sells(self.other, self.who, 120)
        self.told = 0
        self.tell()
        join(shop, self.line)

    def tell(self) -> None:
        """The other till sends what is new of it."""
        fresh, self.told = self.other.events[self.told :], len(self.other.events)
        sent(self.office, self.other.begin(self.office), *fresh)
        read_all(self.office)

    @property
    def token(self) -> str:
        return begin(self.shop, self.line, Ed25519(), program=PROGRAM)[0].token


@pytest.fixture
def chain(shop: Shop, tmp_path: Path) -> Iterator[Chain]:
    made = Chain(shop, tmp_path)
    yield made
    made.office.store.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", [CARD, PHONE])
def test_who_is_known_elsewhere_comes_in_masked_by_card_or_phone(
    shop: Shop, staff: Staff, basket: Basket, chain: Chain, text: str
) -> None:
    assert ask_visitor(shop, chain.line, chain.token, text) == chain.who
    with shop.store.read() as reading:
        member = reading.members.get(chain.who)
        assert member is not None
        lots = reading.ledger.lots(chain.who)
    assert (member.name, member.phone, member.is_visitor) == ("赵*龙", None, True)
    assert [lot.left for lot in lots] == [120]
    if text == CARD:
        counter = scan(shop, basket, CARD, staff=staff)
        assert counter.file is not None
        assert counter.file.member == member


def test_nobody_is_nobody_and_a_shared_phone_is_no_answer(shop: Shop, chain: Chain) -> None:
    assert ask_visitor(shop, chain.line, chain.token, "770002") is None
    joins(chain.other, phone=f"+86{PHONE}", name="赵云", no="770003")
    chain.tell()
    with pytest.raises(SeveralMembers):
        ask_visitor(shop, chain.line, chain.token, PHONE)
    with pytest.raises(NoSuchMember):
        ask_member(shop, chain.line, chain.token, UUID(int=1))


def test_a_visitor_is_brought_up_to_date_and_seen_in_full_but_not_kept(
    shop: Shop, chain: Chain
) -> None:
    ask_visitor(shop, chain.line, chain.token, CARD)
    sells(chain.other, chain.who, 30)
    chain.tell()
    assert ask_member(shop, chain.line, chain.token, chain.who)
    assert file_of(shop, CARD).points == 150
    assert not ask_member(shop, chain.line, chain.token, chain.who)
    seen = look_in_full(shop, chain.line, chain.token, file_of(shop, CARD).member)
    assert (seen.name, seen.phone) == ("赵子龙", f"+86{PHONE}")
    assert file_of(shop, CARD).member.name == "赵*龙"


@pytest.mark.parametrize("is_busy", [False, True])
def test_an_answer_that_a_page_overtook_is_too_old(
    shop: Shop, home: Home, chain: Chain, is_busy: bool
) -> None:
    ask_visitor(shop, chain.line, chain.token, CARD)
    begin_directory(shop, home)
    session, _ = begin(shop, chain.line, Ed25519(), program=PROGRAM)

    def overtake() -> None:
        chain.line.on_the_way = lambda: None
        sells(chain.other, chain.who, 30)
        chain.tell()
        with chain.office.store.write() as tx:
            note_members(tx, (chain.who,))  # of points alone other stores are not told
        while not pull(shop, chain.line, session).is_last:
            pass
        if is_busy:
            chain.line.on_the_way = overtake

    chain.line.on_the_way = overtake
    assert not ask_member(shop, chain.line, session.token, chain.who)
    points = 120 + (3 if is_busy else 1) * 30
    assert file_of(shop, CARD).points == points
    entry = shop.store.directory.get(chain.who)
    assert entry is not None
    assert entry.points == points
    with shop.store.read() as reading:
        waits = reading.mirror.passed_over(before_us=2**60, limit=9)
    assert waits == ((chain.who,) if is_busy else ())


@pytest.mark.parametrize("is_by_card", [False, True])
def test_an_answer_that_another_one_overtook_is_too_old(
    shop: Shop, chain: Chain, is_by_card: bool
) -> None:
    """Two errands of one visitor: what was asked first comes last, and the first of two stays."""
    ask_visitor(shop, chain.line, chain.token, CARD)
    token = chain.token

    def overtake() -> None:
        chain.line.on_the_way = lambda: None
        sells(chain.other, chain.who, 30)
        chain.tell()
        assert ask_member(shop, chain.line, token, chain.who)

    chain.line.on_the_way = overtake
    if is_by_card:
        assert ask_visitor(shop, chain.line, token, CARD) == chain.who
    else:
        assert not ask_member(shop, chain.line, token, chain.who)
    assert file_of(shop, CARD).points == 150
    with shop.store.read() as reading:
        seen = reading.mirror.confirmed(chain.who)
    assert seen is not None
    assert seen.available == 150


def test_an_answer_alone_puts_nobody_into_the_directory(
    shop: Shop, home: Home, chain: Chain
) -> None:
    begin_directory(shop, home)
    ask_visitor(shop, chain.line, chain.token, CARD)
    assert shop.store.directory.get(chain.who) is None


def test_who_was_passed_over_is_asked_for_after_a_while(
    shop: Shop, chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_visitor(shop, chain.line, chain.token, CARD)
    hear(shop, told(chain.who, (LotHeld(UUID(int=9), 7, None),), check="0" * 32))
    assert file_of(shop, CARD).points == 120
    assert ask_again(shop, chain.line, chain.token) == 0
    monkeypatch.setattr(ask_members, "PATIENCE_US", -1)
    token = chain.token
    chain.line.faults = ["answer"]
    with pytest.raises(ServerUnreachable):
        ask_again(shop, chain.line, token)
    assert ask_again(shop, chain.line, token) == 1, "who got no answer is asked for again"
    with shop.store.read() as reading:
        assert reading.mirror.passed_over(before_us=2**60, limit=9) == ()


def test_who_is_erased_at_head_office_is_forgotten_here_and_that_is_told(
    shop: Shop, chain: Chain
) -> None:
    ask_visitor(shop, chain.line, chain.token, CARD)
    erase_member(chain.office, chain.who)
    session, _ = begin(shop, chain.line, Ed25519(), program=PROGRAM)
    while not pull(shop, chain.line, session).is_last:
        pass
    with shop.store.read() as reading:
        assert reading.members.get(chain.who) is None
        assert reading.ledger.balance(chain.who) == 0
    assert [event.kind for event in events_of(shop)][-1] == ERASED
    send_all(shop, chain.line)
    read_all(chain.office)
    assert [case.kind for case in open_cases(chain.office)] == []


def test_the_screenless_till_asks_at_once(shop: Shop, chain: Chain, tmp_path: Path) -> None:
    paper = PaperDesk(FilePrinter(tmp_path / "paper.bin"))
    uplink = Uplink(lambda: chain.line, Ed25519, PROGRAM)
    console = ConsoleTill(shop, paper, tmp_path / "receipts", lambda: uplink)
    answer = obeyed(console, f"login {PIN}", f"scan {PHONE}").record()
    member = answer["member"]
    assert (member["card_no"], member["points"], member["is_visitor"]) == ("", 120, True)
    sells(chain.other, chain.who, 30)
    chain.tell()
    answer = obeyed(console, "clear", f"scan {PHONE}").record()
    assert answer["member"]["points"] == 150
    assert obeyed(console, "personal").say == f"赵子龙  {PHONE}"
    paper.close()


def test_who_was_passed_over_is_asked_for_though_the_clock_stands(
    shop: Shop, chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one does that was put back: five minutes end all the same."""
    ask_visitor(shop, chain.line, chain.token, CARD)
    hear(shop, told(chain.who, (LotHeld(UUID(int=9), 7, None),), check="0" * 32))
    token, now_us = chain.token, shop.clock.now_us()
    monkeypatch.setattr(shop.clock, "now_us", lambda: now_us)
    assert ask_again(shop, chain.line, token) == 0
    monkeypatch.setattr(shop.clock, "steady_us", lambda: now_us + ask_members.PATIENCE_US + 1)
    assert ask_again(shop, chain.line, token) == 1
