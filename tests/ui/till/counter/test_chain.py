"""上传: a chain is joined at the window, the header says how it stands, and selling goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from core.actions.counter import new_basket
from core.actions.enrol_till import make_enrolment, name_store
from core.actions.head_office import revoke_at
from core.actions.issue import issue_rulebook
from core.actions.issue_prices import issue_prices
from core.actions.sync import leave_chain, look_at_link
from core.catalog.product_table import ProductRow
from core.ports import Health
from core.ports.central import Uplink, Waiting
from core.sync.invitation import write_invitation
from storage.signatures import Ed25519
from tests.builders import Home, manager_of
from tests.chained import PROGRAM, URL, Line, an_office, events_of, is_there, join
from tests.ui.till.counter.at_counter import VITAMIN, Cashier
from ui.link_state import LinkState
from ui.till.chain import ChainSheet
from ui.till.notices import CHAIN, DISK, NEWS
from ui.widgets.words import Words


class Chained:
    """A cashier at a till that can join, and the line to its server."""

    def __init__(self, cashier: Cashier, line: Line) -> None:
        self.cashier, self.line = cashier, line
        self.desk = cashier.window.chain
        self.desk._uplink = lambda: Uplink(lambda: line, Ed25519, PROGRAM)
        self.desk.begin(cashier.window._work.hands, None)

    @property
    def sheet(self) -> ChainSheet:
        sheet = self.cashier.window.findChild(ChainSheet)
        assert sheet is not None
        return sheet

    def chip(self) -> str:
        found = self.cashier.window.header.findChild(QAbstractButton, f"status_{CHAIN}")
        return "" if found is None or not found.isVisible() else found.text()

    def open(self) -> None:
        """Ctrl+, · 店务 · 上传."""
        self.cashier.begin_chore("chain")
        self.cashier.wait(lambda: "chain" in self.cashier.window.sheets.open_names)

    def join(self) -> None:
        self.open()
        self.cashier.burst(self.invitation())
        self.cashier.press("Enter")
        self.cashier.wait(lambda: self.desk.state is not None and self.sheet.form is None)

    def invitation(self) -> str:
        return write_invitation(URL, make_enrolment(self.line.office, "S01", 1))

    def why(self) -> str:
        """What the sheet says above its rows, "" where all is well."""
        return "" if self.sheet.why is None else self.sheet.why.accessibleName()

    def fact(self, name: str) -> str:
        words = self.sheet.findChild(Words, f"chain_{name}_value")
        return "" if words is None else words.text()


@pytest.fixture
def chained(cashier: Cashier, tmp_path: Path) -> Iterator[Chained]:
    office = an_office(tmp_path, cashier.shop.clock)
    yield Chained(cashier, Line(office))
    cashier.window.chain.close()
    office.store.close()  # type: ignore[attr-defined]


def test_a_till_joins_by_a_scan_sells_without_a_network_and_sends_when_it_is_back(
    chained: Chained,
) -> None:
    cashier, desk, line = chained.cashier, chained.desk, chained.line
    assert chained.chip() == ""
    chained.join()
    cashier.wait(lambda: chained.chip() == "在线")
    cashier.wait(lambda: chained.fact("waiting") == "没有，都在总部了")
    assert chained.fact("clock") == "和总部一样"
    assert "康宁连锁" in chained.sheet.said.text()
    cashier.press("Esc")
    line.faults = ["request"] * 1000
    cashier.sell(VITAMIN)
    desk.hurry()
    cashier.wait(lambda: chained.chip().startswith("离线") and "待传" in chained.chip())
    cashier.window.header.opened.emit(CHAIN)
    cashier.wait(chained.sheet.isVisible)
    assert "连不上总部" in chained.why()
    cashier.wait(lambda: "其中销售 1 笔" in chained.fact("waiting"))
    line.faults = []
    cashier.press("Enter")
    assert chained.sheet.said.text() == "正在传。"
    cashier.wait(lambda: chained.chip() == "在线")
    cashier.wait(lambda: chained.sheet.said.text() == "都传完了。")
    assert all(is_there(line.office, event) for event in events_of(cashier.shop))


def test_what_does_not_join_is_said_and_can_be_tried_again(chained: Chained) -> None:
    cashier = chained.cashier
    chained.open()
    cashier.press("Enter")
    assert chained.sheet.code.problem.text()
    for text, words in (
        (f"{URL}#R000-0000-00000", "不是完整的入网码"),
        ("R000-0000-00008", "不是完整的入网码"),
        ("http://hq.example.com#R000-0000-00008", "不加密"),
        ("h q#R000-0000-00008", "不能作总部的地址"),
    ):
        chained.sheet.code.set_text(text)
        chained.sheet.form.done.click()
        assert words in chained.sheet.code.problem.text(), text
    chained.sheet.code.set_text(f"{URL} R000-0000-00008")
    chained.sheet.form.done.click()
    cashier.wait(lambda: "没有这个入网码" in chained.sheet.form.said.text())
    assert chained.sheet.form.done.isEnabled()
    for strange in (VITAMIN, "https://weixin.qq.com/r/abc#123", "R000000000008"):
        cashier.burst(strange)
        assert chained.sheet.code.text() == f"{URL} R000-0000-00008"
    assert look_at_link(cashier.shop) is None


def test_what_joins_a_chain_is_kept_nowhere_but_on_its_sheet(
    chained: Chained, home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    cashier, line = chained.cashier, chained.invitation()
    code = line.partition("#")[2]
    for scanned in (line, line.replace("-", ""), code.replace("-", "")):
        cashier.burst(scanned)
        cashier.wait(lambda: "这是入网码" in cashier.error())
        assert cashier.page.scan.input.text() == ""
        cashier.scan(VITAMIN)
    for secret in (code, code.replace("-", "")):
        assert secret not in caplog.text
        for file in home.path.rglob("*"):
            assert not file.is_file() or secret.encode() not in file.read_bytes()


def test_who_leaves_is_asked_and_told_what_was_not_sent(chained: Chained) -> None:
    cashier, desk = chained.cashier, chained.desk
    chained.join()
    cashier.wait(lambda: chained.chip() == "在线")
    chained.sheet.out.click()
    ask = cashier.window.sheets.ask
    cashier.wait(ask.isVisible)
    cashier.press("1")
    assert desk.state is not None
    chained.sheet.out.click()
    cashier.wait(ask.isVisible)
    cashier.press("2")
    cashier.wait(lambda: desk.state is None)
    cashier.wait(lambda: chained.chip() == "" and chained.sheet.form is not None)
    assert look_at_link(cashier.shop) is None
    assert "账都在这台上" in chained.sheet.form.said.text()


def test_a_full_disk_is_told_with_what_is_on_this_machine_alone(chained: Chained) -> None:
    cashier = chained.cashier
    chained.join()
    cashier.press("Esc")
    cashier.wait(lambda: chained.chip() == "在线")
    chained.line.faults = ["request"] * 1000
    cashier.sell(VITAMIN)
    trouble = cashier.window.troubles
    notices = cashier.page.basket.notices
    trouble._on_health(Health(700 << 20, 0))
    cashier.wait(lambda: "条记录没有传到总部" in notices.text(DISK))
    trouble._on_health(Health(7000 << 20, 0))
    assert notices.text(DISK) == ""


def test_a_revoked_till_says_so_once_and_goes_on_selling(chained: Chained) -> None:
    cashier = chained.cashier
    chained.join()
    cashier.press("Esc")
    cashier.wait(lambda: chained.chip() == "在线")
    revoke_at(chained.line.office, "S01", 1)
    cashier.sell(VITAMIN)

    def is_said() -> bool:
        chained.desk.hurry()
        return chained.chip() == "总部停用"

    cashier.wait(is_said)
    notices = cashier.page.basket.notices
    assert "总部停用了这台收银台" in notices.text(CHAIN)
    notices.answered.emit(CHAIN, "read")
    assert notices.text(CHAIN) == ""
    cashier.scan(VITAMIN)
    assert cashier.codes() == [VITAMIN]


def test_before_the_window_closes_it_says_once_what_is_on_this_machine_alone(
    chained: Chained,
) -> None:
    cashier, desk = chained.cashier, chained.desk
    chained.join()
    cashier.press("Esc")
    cashier.wait(lambda: chained.chip() == "在线")
    chained.line.faults = ["request"] * 1000
    cashier.sell(VITAMIN)
    assert cashier.window.may_close()
    desk.stop()
    assert desk.state is not None
    since_us = cashier.shop.clock.now_us() - 25 * 3600 * 1_000_000
    desk.state = replace(desk.state, waiting=Waiting(1, since_us))
    cashier.window._work.now_us = cashier.shop.clock.now_us
    age(cashier)
    event = QCloseEvent()
    QApplication.sendEvent(cashier.window, event)
    assert not event.isAccepted()
    cashier.wait(lambda: "1 条记录只在这台电脑上" in cashier.page.basket.notices.text(NEWS))
    assert cashier.window.may_close()


def age(cashier: Cashier) -> None:
    """Whatever waits has waited for more than a day."""
    clock = cashier.shop.clock
    clock._last_us = clock.now_us() + 25 * 3600 * 1_000_000  # type: ignore[attr-defined]


def test_a_till_joined_by_a_command_beside_it_sends_and_one_that_left_does_not(
    chained: Chained,
) -> None:
    cashier, desk, line = chained.cashier, chained.desk, chained.line
    chained.open()
    join(cashier.shop, line)
    desk.found(cashier.window._work.hands, look_at_link(cashier.shop))
    cashier.wait(lambda: chained.chip() == "在线")
    cashier.wait(lambda: chained.sheet.form is None)
    leave_chain(cashier.shop, staff=manager_of(cashier.shop))
    desk.hurry()
    cashier.wait(lambda: chained.chip() == "" and chained.sheet.form is not None)
    assert not desk.is_sending
    revoke_at(line.office, "S01", 1)
    join(cashier.shop, line)
    chained.sheet.shut()
    chained.open()  # whoever opens the sheet need not wait for the next look
    cashier.wait(lambda: chained.chip() == "在线" and chained.sheet.form is None)


def test_a_sheet_that_is_opened_before_any_look_can_join(chained: Chained) -> None:
    chained.desk._hands = None
    chained.join()
    assert chained.desk.is_sending


def test_who_asked_to_join_from_a_window_that_is_gone_is_not_told_and_the_next_one_is(
    chained: Chained,
) -> None:
    cashier, desk, line = chained.cashier, chained.desk, chained.line
    may_answer = threading.Event()
    line.on_the_way = lambda: may_answer.wait(20)
    line.faults = ["answer"]
    chained.open()
    cashier.burst(chained.invitation())
    cashier.press("Enter")
    cashier.wait(lambda: desk.is_busy)
    flow = cashier.window.talks.machine.chores.chain
    told: list[object] = []
    desk.report_to(told.append)
    flow._is_joining = False
    flow._show()
    assert not chained.sheet.form.done.isEnabled()
    may_answer.set()
    cashier.wait(lambda: chained.sheet.form.done.isEnabled())
    assert told == []
    assert "没有问到总部" in chained.sheet.form.said.text()


def test_a_copy_that_was_met_is_told_until_it_is_read(chained: Chained) -> None:
    cashier, desk = chained.cashier, chained.desk
    chained.join()
    cashier.press("Esc")
    cashier.wait(lambda: chained.chip() == "在线")
    with cashier.shop.store.write() as tx:
        link = tx.links.get()
        assert link is not None
        tx.links.keep(replace(link, has_met_copy=True))
    desk.look()
    cashier.wait(lambda: chained.chip() == "有另一份")
    notices = cashier.page.basket.notices
    assert "另外编号" in notices.text(CHAIN)
    notices.answered.emit(CHAIN, "read")
    cashier.wait(lambda: chained.chip() == "在线")
    assert notices.text(CHAIN) == ""
    assert isinstance(desk.state, LinkState)
    QTest.qWait(0)


def test_what_head_office_issues_is_seen_at_the_till(chained: Chained) -> None:
    cashier, office = chained.cashier, chained.line.office
    chained.join()
    cashier.wait(lambda: chained.fact("prices") == "没有下发")
    assert chained.fact("rulebook").startswith("这台自己的第")
    today = cashier.shop.now().business_on
    rulebook = replace(new_basket(cashier.shop).rulebook, version=7)
    issue_rulebook(office, rulebook, begins_on=today, today=today)
    new = ProductRow(code="6900000000014", name="新商品", price_fen=5_00)
    issue_prices(office, [new], begins_on=today, today=today)
    name_store(office, "S01", "解放路店")
    cashier.press("Enter")
    cashier.wait(lambda: chained.fact("rulebook").startswith("总部第 7 版"))
    cashier.wait(lambda: chained.fact("prices").endswith("收到"))
    cashier.wait(lambda: "解放路店" in cashier.window.header.place.text())
    scheme = replace(rulebook.scheme, tiers=rulebook.scheme.tiers[:1])
    fewer = replace(rulebook, version=8, scheme=scheme)
    issue_rulebook(office, fewer, begins_on=today, today=today)
    cashier.press("Enter")
    cashier.wait(lambda: chained.chip() == "总部的没收下")
    cashier.wait(lambda: "规则册没有换" in chained.why())
    assert chained.fact("rulebook").startswith("总部第 7 版")
