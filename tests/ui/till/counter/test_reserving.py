"""预留: at a till of a chain points are asked for before they are spent, and given up again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.actions.counter import new_basket
from core.actions.coupon_codes import issue_coupons
from core.actions.leases import renew_leases
from core.actions.login import login
from core.actions.publish_rulebook import publish_rulebook
from core.actions.redeem import redemptions_of
from core.actions.reserve import Wanted, reserve
from core.actions.reward_shelf import count_rewards
from core.actions.set_aside import authorise
from core.actions.sync import begin, look_at_link
from core.errors import ServerUnreachable
from core.ports.central import Uplink
from core.rulebook.points_policy import SpendPolicy
from core.sync.escrow import Balance
from core.sync.spending import PointsAsked
from storage.signatures import Ed25519
from tests.actions.test_coupon_codes import FIVE
from tests.actions.test_offer_uses import rules
from tests.actions.test_return import file_of
from tests.builders import PIN, manager_of
from tests.chained import PROGRAM, Line, an_office, join, send_all
from tests.server.arrival import read_all
from tests.server.tills import TillAtWork
from tests.ui.till.counter.at_counter import CALCIUM, CARD, Cashier
from tests.ui.till.counter.test_counter_rewards import SOAP, at_rewards
from ui.till.points import PointsSheet

ALL = 12_480
HALF = SpendPolicy(fen=100, per_points=100, most_bp=5000, least_points=100)


class InChain:
    """A cashier at a till of a chain whose server knows its members."""

    def __init__(self, cashier: Cashier, line: Line) -> None:
        self.cashier, self.line, self.shop = cashier, line, cashier.shop
        self.member = file_of(self.shop, CARD).member.id
        join(self.shop, line)
        send_all(self.shop, line)
        read_all(line.office)
        self.desk = cashier.window.chain
        self.desk._uplink = lambda: Uplink(lambda: line, Ed25519, PROGRAM)
        self.connect()

    def connect(self) -> None:
        self.desk.begin(self.cashier.window._work.hands, look_at_link(self.shop))
        self.cashier.wait(lambda: self.desk.state is not None and self.desk.state.is_online)
        self.cashier.settle_down()

    @property
    def sheet(self) -> PointsSheet:
        return self.cashier.window.sheets.points

    def has(self) -> Balance:
        with self.line.office.store.read() as look:
            return look.accounts.balance(self.member)

    def own(self) -> list[tuple[str, int]]:
        with self.shop.store.read() as reading:
            return [(str(each.state), each.remaining) for each in reading.escrows.all()]

    def is_fresh(self) -> bool:
        """Whether what was set aside is not what ran out."""
        with self.shop.store.read() as reading:
            return [each.at_us > 0 for each in reading.escrows.all()] == [True]

    def ask(self, points: str) -> None:
        """F5 and a number."""
        self.cashier.press("F5")
        self.cashier.wait(self.sheet.isVisible)
        self.cashier.type_in(points)
        self.cashier.press("Enter")

    def elsewhere(self, points: int) -> None:
        """Another till has so many set aside."""
        other = TillAtWork(2).join(self.line.office)
        asked = PointsAsked(self.shop.new_id(), self.member, points, self.shop.now().business_on)
        authorise(self.line.office, other.begin(self.line.office).token, asked)

    def lease(self) -> int:
        """Somebody was here before, and so many are kept for when there is no line."""
        self.cashier.scan(CARD, CALCIUM)
        self.cashier.press("F9")
        self.cashier.wait(lambda: "payment" in self.cashier.window.sheets.open_names)
        self.cashier.press("Enter")
        self.cashier.wait(lambda: self.cashier.window.sheets.payment.is_settled)
        self.cashier.window.sheets.payment.shut()
        self.cashier.settle_down()
        session, _ = begin(self.shop, self.line, Ed25519(), program=PROGRAM)
        renew_leases(self.shop, self.line, session.token)
        return self.has().leased

    def pull_the_cable(self) -> None:
        self.line.faults = ["request"] * 1000
        self.desk.hurry()
        self.cashier.wait(lambda: self.desk.state is not None and not self.desk.state.is_online)
        self.cashier.settle_down()


@pytest.fixture
def chain(cashier: Cashier, tmp_path: Path) -> Iterator[InChain]:
    shop = cashier.shop
    now = new_basket(shop).rulebook
    points = replace(now.points, spend=HALF)
    rules = replace(now, version=now.version + 1, points=points, rewards=(SOAP,))
    publish_rulebook(shop, rules, staff=login(shop, PIN))
    count_rewards(shop, SOAP.code, 10, staff=login(shop, PIN))
    cashier.press("Ctrl+Del")
    office = an_office(tmp_path, shop.clock)
    made = InChain(cashier, Line(office))
    yield made
    cashier.window.chain.close()
    with office.store.read() as look:
        assert not look.accounts.sums().get("overspend")
    office.store.close()  # type: ignore[attr-defined]


def test_what_is_chosen_is_set_aside_before_it_pays_and_goes_back_when_it_does_not(
    chain: InChain,
) -> None:
    cashier = chain.cashier
    cashier.scan(CARD, CALCIUM)
    chain.ask("1000")
    cashier.wait(lambda: not chain.sheet.isVisible())
    assert (cashier.payable, chain.has()) == ("54.60", Balance(ALL - 1000, 1000, 0))
    chain.ask("500")
    cashier.wait(lambda: not chain.sheet.isVisible())
    assert chain.has() == Balance(ALL - 500, 500, 0), "fewer were chosen"
    cashier.press("Ctrl+Del")
    cashier.wait(lambda: chain.has() == Balance(ALL, 0, 0))
    cashier.wait(lambda: chain.own() == [])


def test_while_the_server_is_asked_nothing_else_stands_still_and_esc_takes_it_back(
    chain: InChain,
) -> None:
    cashier, answer = chain.cashier, threading.Event()
    cashier.scan(CARD, CALCIUM)
    chain.line.on_the_way = lambda: answer.wait(1)
    chain.ask("1000")
    cashier.wait(lambda: chain.sheet.zone.before.text() == "正在向总部预留 1,000 分…")
    assert not chain.sheet.done.isEnabled()
    cashier.press("Enter")
    cashier.press("Esc")
    answer.set()
    chain.line.on_the_way = lambda: None
    cashier.wait(lambda: not chain.sheet.isVisible())
    cashier.settle_down()
    assert cashier.payable == "64.60"
    cashier.wait(lambda: chain.has() == Balance(ALL, 0, 0))
    cashier.wait(lambda: chain.own() == [])


def test_who_has_less_in_the_chain_reads_how_many_and_uses_those(chain: InChain) -> None:
    cashier = chain.cashier
    chain.elsewhere(ALL - 700)
    cashier.scan(CARD, CALCIUM)
    chain.ask("1000")
    cashier.wait(lambda: "现在只有 700 分能用" in chain.sheet.zone.problem.text())
    assert chain.sheet.facts["usable"].value.text() == "700"
    assert cashier.payable == "64.60", "nothing is used that was not set aside"
    cashier.press("Enter")
    cashier.wait(lambda: not chain.sheet.isVisible())
    assert (cashier.payable, chain.has().pending) == ("57.60", ALL)
    cashier.press("Ctrl+Del")
    cashier.scan(CARD, CALCIUM)
    assert cashier.counter.quote.most_points == 700, "for a while that is what there is"


def test_without_an_answer_in_time_the_till_goes_on_and_says_what_can_be_done(
    chain: InChain,
) -> None:
    cashier, answer = chain.cashier, threading.Event()
    cashier.scan(CARD, CALCIUM)
    chain.line.on_the_way = lambda: answer.wait(20)
    chain.ask("1000")
    cashier.wait(lambda: "没有及时回答" in chain.sheet.zone.problem.text())
    assert chain.sheet.facts["usable"].value.text() == "0"
    assert cashier.payable == "64.60"
    chain.line.on_the_way = lambda: None
    answer.set()
    cashier.press("Esc")
    cashier.wait(lambda: chain.has() == Balance(ALL, 0, 0))
    cashier.wait(lambda: chain.own() == [])


def test_offline_a_lease_pays_and_without_one_a_sentence_says_so(chain: InChain) -> None:
    cashier = chain.cashier
    leased = chain.lease()
    chain.pull_the_cable()
    cashier.scan(CARD, CALCIUM)
    chain.ask("1000")
    cashier.wait(lambda: not chain.sheet.isVisible())
    assert (cashier.payable, chain.own()) == ("54.60", [("held", leased)])
    cashier.press("F9")
    cashier.wait(lambda: "payment" in cashier.window.sheets.open_names)
    cashier.press("Enter")
    cashier.wait(lambda: cashier.window.sheets.payment.is_settled)
    assert chain.own() == [("held", leased - 1000)]


def test_offline_without_a_lease_the_points_cannot_be_used_and_that_is_said(
    chain: InChain,
) -> None:
    cashier = chain.cashier
    cashier.scan(CARD, CALCIUM)
    chain.pull_the_cable()
    cashier.press("F5")
    cashier.settle_down()
    assert "积分现在不能用" in cashier.error()
    assert not chain.sheet.isVisible()


def test_what_ran_out_is_asked_again_before_money_is_taken(chain: InChain) -> None:
    cashier = chain.cashier
    cashier.scan(CARD, CALCIUM)
    chain.ask("1000")
    cashier.wait(lambda: not chain.sheet.isVisible())
    with chain.shop.store.write() as tx:
        for each in tx.escrows.all():
            tx.escrows.keep(replace(each, at_us=0))
    cashier.press("F9")
    cashier.wait(lambda: "payment" in cashier.window.sheets.open_names)
    cashier.press("Enter")
    cashier.wait(chain.is_fresh)
    cashier.wait(lambda: not cashier.window.sheets.payment._is_busy)
    cashier.press("Enter")
    cashier.wait(lambda: cashier.window.sheets.payment.is_settled)
    send_all(chain.shop, chain.line)
    read_all(chain.line.office)
    assert chain.has().pending == 0


def test_what_a_crash_left_behind_is_given_up_at_the_next_start(chain: InChain) -> None:
    wanted = Wanted(chain.member, 5000, chain.shop.new_id())
    session, _ = begin(chain.shop, chain.line, Ed25519(), program=PROGRAM)
    reserve(chain.shop, chain.line, session.token, wanted)
    chain.cashier.window.flow.reserving = None  # as in a window that was just made
    chain.connect()
    chain.cashier.wait(lambda: chain.has() == Balance(ALL, 0, 0))
    chain.cashier.wait(lambda: chain.own() == [])


def test_a_reward_is_had_for_points_that_were_set_aside_or_it_is_said_why_not(
    chain: InChain,
) -> None:
    cashier = chain.cashier
    cashier.scan(CARD)
    sheet = at_rewards(cashier)
    for _ in range(2):
        cashier.press("Enter")
    cashier.wait(lambda: sheet.said.text().startswith("换了"))
    assert chain.own() == []
    chain.elsewhere(ALL - 150)
    for _ in range(2):
        cashier.press("Enter")
    cashier.wait(lambda: "现在只有 50 分能用" in sheet.said.text())
    cashier.wait(lambda: chain.own() == [("refused", 0)])
    assert len(redemptions_of(chain.shop, chain.member)) == 1


def test_a_code_that_nobody_answered_for_is_asked_for_again(
    chain: InChain, monkeypatch: pytest.MonkeyPatch
) -> None:
    cashier, shop, asked = chain.cashier, chain.shop, []
    rules(shop, manager_of(shop), FIVE)
    batch = issue_coupons(shop, FIVE.id, 1, batch_id=shop.new_id(), staff=manager_of(shop)).batch

    def say(url: str, token: str, place: str, told: object, answers: type) -> object:
        asked.append(place)
        raise ServerUnreachable("silent")

    monkeypatch.setattr(chain.line, "say", say)
    cashier.press("Ctrl+Del")
    cashier.scan(CALCIUM, batch.codes[0])
    for times in (1, 2):
        cashier.press("F9")
        cashier.wait(lambda: "payment" in cashier.window.sheets.open_names)
        assert asked.count("coupons/claim") == times
        cashier.press("Esc")
        cashier.wait(lambda: not cashier.window.sheets.has_open)
        cashier.settle_down()
