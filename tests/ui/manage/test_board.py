"""积分排行 · 介绍有礼 in the window: prizes are given once, a rule is drafted, rows are masked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.actions.coupon_rounds import follow_coupons
from core.actions.login import login
from core.actions.referrals import referrals
from core.members.profile import REFERRER
from core.rulebook.behaviours import REFERRAL, Behaviour
from tests.actions.test_coupon_codes import FIVE
from tests.actions.test_deeds import with_rules
from tests.actions.test_settle import GOLD, NORMAL, SILVER, VITAMIN, settled
from tests.builders import PIN, Home, audit_rows, file_of
from tests.chained import Line, an_office, join
from tests.ui.manage.test_benefits import shop_of
from tests.ui.manage.test_manage import Manage
from tests.ui.till.hands import by_hand
from ui.manage.benefits.board_file import MASKED, WHOLE, BoardFileSheet
from ui.manage.benefits.issue import IssueSheet
from ui.manage.benefits.page import BOARD, REFERRALS, BenefitsPage
from ui.manage.benefits.referral_form import ReferralForm
from ui.manage.window import ManageWindow
from ui.widgets.row_table import RowTable
from ui.widgets.words import Words

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def home(home: Home) -> Home:
    """Gold brought silver; both bought today, and so did a third."""
    with home.shop() as shop:
        staff = login(shop, PIN, name="店长")
        with_rules(shop, staff, offers=(FIVE,), behaviours=(Behaviour(REFERRAL, "介绍新会员", 50),))
        member, other = (file_of(shop, card).member.id for card in (SILVER, GOLD))
        with shop.store.write() as tx:
            tx.profiles.write(member, {REFERRER: other.hex})
        settled(shop, staff, SILVER, VITAMIN)
        settled(shop, staff, GOLD, VITAMIN)
    return home


def page_at(window: ManageWindow, qtbot: QtBot, part: str) -> BenefitsPage:
    by_hand(PIN)
    qtbot.waitUntil(lambda: window.cover.isHidden(), timeout=10_000)
    window.go_to("benefits")
    page = window.rooms["benefits"]
    assert isinstance(page, BenefitsPage)
    page.go_to(part)
    return page


def rows(table: RowTable) -> list[list[str]]:
    model = table.model
    columns = range(model.columnCount())
    return [[str(model.index(row, at).data()) for at in columns] for row in range(model.rowCount())]


def test_prizes_are_given_once(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    board = page_at(window, qtbot, BOARD).board
    qtbot.waitUntil(lambda: board.table.model.rowCount() == 3, timeout=10_000)
    first = rows(board.table)[0]
    assert (first[0], first[4]) == ("1", "") and "*" in first[1] and "*" in first[2]
    board.prizes.set_text("一百")
    assert not board.press.isEnabled()
    board.prizes.set_text("100、50")
    assert board.shown.text() == "发给 2 位，一共 150 分"
    shop, _ = shop_of(window)
    before = file_of(shop, NORMAL).points
    qtbot.mouseClick(board.press, LEFT)
    qtbot.waitUntil(lambda: rows(board.table)[0][4] == "100 分", timeout=10_000)
    qtbot.waitUntil(lambda: board.span.isEnabled(), timeout=10_000)
    assert file_of(shop, NORMAL).points == before + 100
    board.prizes.set_text("100")
    assert board.shown.text() == "这些名次都发过了，不会再发。"
    assert not board.press.isEnabled()


def test_the_first_places_get_a_coupon_once(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    board = page_at(window, qtbot, BOARD).board
    qtbot.waitUntil(lambda: board.table.model.rowCount() == 3, timeout=10_000)
    board.prizes.set_text("5、5")
    assert board.coupon.text() == "给前 2 名发券…"
    shop, staff = shop_of(window)
    for _ in range(2):
        board._hand_out(FIVE)
        *_, sheet = window.findChildren(IssueSheet)
        qtbot.waitUntil(lambda sheet=sheet: sheet.whom.meant is not None, timeout=10_000)
        assert sheet.called.text().startswith("积分排行 ")
        sheet.whom.again.setChecked(True)
        qtbot.waitUntil(lambda sheet=sheet: sheet.press.isEnabled(), timeout=10_000)
        qtbot.mouseClick(sheet.press, LEFT)
        qtbot.waitUntil(lambda sheet=sheet: "发好了" in sheet.said.text(), timeout=10_000)
        sheet.shut()
    ((_, found),) = follow_coupons(shop, staff=staff).rounds
    assert found.count in (2, 3)


def test_the_board_is_kept_as_a_file(manage: Manage, qtbot: QtBot, tmp_path: Path) -> None:
    window = manage()
    board = page_at(window, qtbot, BOARD).board
    qtbot.waitUntil(board.keep.isEnabled, timeout=10_000)
    qtbot.mouseClick(board.keep, LEFT)
    sheet = window.findChild(BoardFileSheet)
    assert sheet.go.text() == "导出 3 位"
    found = {}
    for kind, path in ((MASKED, tmp_path / "board.csv"), (WHOLE, tmp_path / "board.pdf")):
        sheet.whole.set_current(kind)
        sheet._begin(path)
        qtbot.waitUntil(lambda path=path: str(path) in sheet.said.text(), timeout=10_000)
        found[kind] = path.read_bytes()
    head, *lines = found[MASKED].decode("utf-8-sig").splitlines()
    assert head == "名次,会员,卡号,得了多少分,已发的奖"
    shown = [row[:4] for row in rows(board.table)]
    assert [line.split(",")[:3] for line in lines] == [row[:3] for row in shown]
    assert found[WHOLE].startswith(b"%PDF")
    shop, _ = shop_of(window)
    told = [row["detail"].split()[0] for row in audit_rows(shop)[-2:]]
    assert told == [MASKED, WHOLE]
    sheet._begin(tmp_path / "board.doc")
    qtbot.waitUntil(lambda: "board.doc" in sheet.said.text(), timeout=10_000)
    assert audit_rows(shop)[-1]["detail"].split()[0] == WHOLE


def test_at_a_till_of_a_chain_it_says_whose_sales_count(
    manage: Manage, qtbot: QtBot, home: Home, tmp_path: Path
) -> None:
    with home.shop() as shop:
        line = Line(an_office(tmp_path, shop.clock))
        join(shop, line)
        line.office.store.close()  # type: ignore[attr-defined]
    board = page_at(manage(), qtbot, BOARD).board
    qtbot.waitUntil(lambda: board.counts.text() == "只算这台的销售", timeout=10_000)
    assert not board.counts.isHidden()


def test_days_without_points_say_so(manage: Manage, qtbot: QtBot) -> None:
    board = page_at(manage(), qtbot, BOARD).board
    qtbot.waitUntil(lambda: board.table.model.rowCount() == 3, timeout=10_000)
    board.span.since.set_text("2020-01-01")
    board.span.until.set_text("2020-01-31")
    qtbot.waitUntil(lambda: board.table.model.rowCount() == 0, timeout=10_000)
    assert board.table.view.nothing == "这些天没有会员得积分。"
    board.span.until.set_text("2019-01-31")
    qtbot.waitUntil(lambda: "2019-01-31" in board.said.text(), timeout=10_000)


def test_who_brought_whom_and_what_for(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = page_at(window, qtbot, REFERRALS)
    part = page.referrals
    qtbot.waitUntil(lambda: part.table.model.rowCount() == 1, timeout=10_000)
    ((_, new, by, card, _, points),) = rows(part.table)
    assert all("*" in text for text in (new, by, card)) and points == "50 分"
    *_, says = page.findChildren(Words, "referral_says")
    assert says.text() == "新会员第一次买，介绍人得 50 分，每天最多 1 次"
    part._edit()
    sheet = window.findChild(ReferralForm)
    sheet._fields["points"].set_text("很多")
    assert not sheet.press.isEnabled()
    sheet._fields["points"].set_text("80")
    qtbot.mouseClick(sheet.press, LEFT)
    text = "新会员第一次买，介绍人得 80 分，每天最多 1 次"
    qtbot.waitUntil(lambda: part.drafted.isVisible(), timeout=10_000)
    assert part.drafted.line.text() == text
    shop, staff = shop_of(window)
    held = referrals(shop, staff=staff).behaviour
    assert held is not None and held.points == 50
