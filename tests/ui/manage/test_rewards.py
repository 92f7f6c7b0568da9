"""兑换目录 in the window: shelf, picture and draft; what the counter then shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.actions.catalogue import look_at_catalogue, put_reward, reward_picture
from core.actions.login import login
from core.actions.reward_shelf import count_rewards
from core.rulebook.rewards import COUPON, Reward, reward_record
from tests.actions.test_coupon_codes import FIVE
from tests.actions.test_deeds import with_rules
from tests.actions.test_redeem import POT, SOAP
from tests.builders import PIN, Home
from tests.ui.manage.test_benefits import shop_of
from tests.ui.manage.test_manage import Manage, listed
from tests.ui.till.hands import by_hand
from ui.manage.benefits.page import REWARDS, BenefitsPage
from ui.manage.benefits.reward_form import RewardForm
from ui.manage.benefits.reward_row import RewardRow
from ui.manage.benefits.stock import COUNT, StockSheet
from ui.manage.window import ManageWindow
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.words import Words

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def home(home: Home) -> Home:
    """With ten soaps, two pots, and a coupon for points."""
    five = Reward("five", "五元券", 200, kind=COUPON, coupon="five")
    with home.shop() as shop:
        staff = login(shop, PIN, name="店长")
        with_rules(shop, staff, rewards=(SOAP, POT, five), offers=(FIVE,))
        count_rewards(shop, "soap", 10, staff=staff)
        count_rewards(shop, "pot", 2, staff=staff)
    return home


def rewards(window: ManageWindow, qtbot: QtBot) -> BenefitsPage:
    by_hand(PIN)
    qtbot.waitUntil(lambda: window.cover.isHidden(), timeout=10_000)
    window.go_to("benefits")
    page = window.rooms["benefits"]
    assert isinstance(page, BenefitsPage)
    page.go_to(REWARDS)
    qtbot.waitUntil(lambda: page.rewards.list.count.text() == "3 样", timeout=10_000)
    return page


def row(page: BenefitsPage, code: str) -> RewardRow:
    *_, newest = page.findChildren(RewardRow, f"reward_{code}")
    return newest


def said(page: BenefitsPage, code: str) -> list[str]:
    return [each.text() for each in row(page, code).findChildren(Words)]


def act(window: ManageWindow, page: BenefitsPage, code: str, deed: str, kind: type) -> object:
    button = row(page, code).findChild(Button, f"reward_{code}_{deed}")
    button.click()
    return window.findChild(kind)


def a_picture(path: Path, size: tuple[int, int] = (900, 600)) -> Path:
    Image.new("RGB", size, "#3a6").save(path)
    return path


def test_the_catalogue_says_what_runs_low(manage: Manage, qtbot: QtBot) -> None:
    page = rewards(manage(), qtbot)
    assert row(page, "soap").stock.number.text() == "10"
    assert "100 分换 2 件，每位会员一共 5 件" in said(page, "soap")
    assert row(page, "five").stock.number.text() == "不限"
    assert "快没了，请补货" in said(page, "pot")
    assert page.findChild(Banner, "reward_low").line.text() == "汤锅 2 件"
    assert page.findChild(Banner, "reward_draft") is None


def test_what_came_in_and_what_was_counted(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = rewards(window, qtbot)
    sheet = act(window, page, "pot", "stock", StockSheet)
    assert isinstance(sheet, StockSheet)
    sheet.units.set_text("12")
    assert sheet.shown.text() == "现在 2 件，之后 14 件"
    shop, staff = shop_of(window)
    count_rewards(shop, "pot", 3, staff=staff)
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: "现在是 3 件" in sheet.said.text(), timeout=10_000)
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: row(page, "pot").stock.number.text() == "15", timeout=10_000)
    again = act(window, page, "pot", "stock", StockSheet)
    assert isinstance(again, StockSheet)
    again.what.set_current(COUNT)
    again.what.chosen.emit(COUNT)
    again.units.set_text("0")
    qtbot.mouseClick(again.press, LEFT)
    qtbot.waitUntil(lambda: "换完了，请补货" in said(page, "pot"), timeout=10_000)
    qtbot.mouseClick(row(page, "pot").stock.number, LEFT)
    assert [(each[1], each[2], each[3]) for each in listed(window, qtbot)] == [
        ("盘点", "−15", "0"),
        ("入库", "+12", "15"),
        ("盘点", "+1", "3"),
        ("盘点", "+2", "2"),
    ]


def test_a_reward_is_changed_in_the_draft(manage: Manage, qtbot: QtBot, tmp_path: Path) -> None:
    window = manage()
    page = rewards(window, qtbot)
    sheet = act(window, page, "soap", "edit", RewardForm)
    assert isinstance(sheet, RewardForm)
    sheet._fields["points"].set_text("一百")
    assert sheet.says.text() == "请写多少分，1 以上的整数。"
    assert not sheet.press.isEnabled()
    sheet._fields["points"].set_text("120")
    assert sheet.says.text() == "香皂　120 分换 2 件，每位会员一共 5 件"
    assert sheet._fields["low_at"].text() == "3"
    sheet._fields["low_at"].set_text("十")
    assert "件数写整数" in sheet.says.text() and not sheet.press.isEnabled()
    sheet._fields["low_at"].set_text("10")
    sheet.take_picture(str(a_picture(tmp_path / "soap.png")))
    qtbot.mouseClick(sheet.press, LEFT)
    text = "草稿里改成：120 分换 2 件，每位会员一共 5 件，剩 10 件就提醒"
    qtbot.waitUntil(lambda: text in said(page, "soap"), timeout=10_000)
    assert not row(page, "soap").picture.is_empty
    assert page.findChild(Banner, "reward_draft").title.text() == "草稿里改了 1 样"
    shop, _ = shop_of(window)
    kept = reward_picture(shop, "soap")
    assert kept is not None and len(kept) < 50_000


def test_a_new_one_is_added_and_one_is_dropped(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = rewards(window, qtbot)
    qtbot.mouseClick(page.rewards.list.button, LEFT)
    sheet = window.findChild(RewardForm)
    for name, text in (("name", "杯子"), ("code", "cup"), ("points", "300"), ("ends_on", "明天")):
        sheet._fields[name].set_text(text)
    assert not sheet.press.isEnabled()
    sheet._fields["ends_on"].set_text("2030-12-31")
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: page.rewards.list.count.text() == "4 样", timeout=10_000)
    assert "草稿里新加的，发布以后才能换" in said(page, "cup")
    gone = act(window, page, "pot", "edit", RewardForm)
    assert isinstance(gone, RewardForm)
    qtbot.mouseClick(gone.drop, LEFT)
    assert "再按一次" in gone.said.text()
    qtbot.mouseClick(gone.drop, LEFT)
    text = "草稿里去掉了，发布以后不能换"
    qtbot.waitUntil(lambda: text in said(page, "pot"), timeout=10_000)


def test_who_was_too_late_keeps_what_was_typed(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = rewards(window, qtbot)
    sheet = act(window, page, "soap", "edit", RewardForm)
    assert isinstance(sheet, RewardForm)
    sheet._fields["points"].set_text("130")
    shop, staff = shop_of(window)
    put_reward(shop, reward_record(SOAP), turn=0, is_new=False, staff=staff)
    qtbot.mouseClick(sheet.press, LEFT)
    qtbot.waitUntil(lambda: bool(sheet.said.text()), timeout=10_000)
    assert sheet._fields["points"].text() == "130"
    assert sheet.press.isEnabled()
    assert look_at_catalogue(shop, staff=staff).entries[0].drafted == SOAP


@pytest.mark.parametrize("kind", ["text", "empty", "huge"])
def test_a_wrong_file_is_said_in_words(
    manage: Manage, qtbot: QtBot, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"{kind}.png"
    if kind == "huge":
        a_picture(path, (6_100, 10))
    else:
        path.write_bytes(b"not a picture" if kind == "text" else b"")
    window = manage()
    page = rewards(window, qtbot)
    sheet = act(window, page, "soap", "edit", RewardForm)
    assert isinstance(sheet, RewardForm)
    sheet.take_picture(str(path))
    assert "不能用" in sheet.said.text() and sheet.picture.is_empty
