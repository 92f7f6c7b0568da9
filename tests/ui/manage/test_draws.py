"""抽奖: from the promise to the prizes, through the window, with what is kept of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.actions.attend import come
from core.trust.draw import Prize
from core.trust.draw_record import replay
from tests.actions.test_settle import GOLD, NORMAL, SILVER, VITAMIN, settled
from tests.builders import file_of, manager_of
from tests.ui.manage.test_activities import Begin, begin, planned, rows, shop_of
from tests.ui.till.hands import ENTER
from ui.manage.activities.draw import DrawPart
from ui.manage.activities.draw_sheets import CloseSheet, CommitSheet, WordSheet
from ui.manage.activities.draw_state import read_prizes
from ui.manage.activities.page import ActivitiesPage

__all__ = ["begin"]


def at_draws(page: ActivitiesPage, qtbot: QtBot) -> None:
    page.choice._parts[1].click()
    qtbot.waitUntil(lambda: page.draws.isVisible() and not page.draws.table.isVisible())


def promised(page: ActivitiesPage, qtbot: QtBot, prizes: str = "电饭煲 1\n大米 2") -> DrawPart:
    """A draw among the three members, who all came."""
    activity, shop = planned(page), shop_of(page)
    for card in (GOLD, SILVER, NORMAL):
        come(shop, activity.id, file_of(shop, card).member.id, staff=manager_of(shop))
    at_draws(page, qtbot)
    page.draws.begin.click()
    sheet = page.window().findChild(CommitSheet)
    assert isinstance(sheet, CommitSheet)
    sheet.what.set_text("重阳抽奖")
    sheet.prizes.setPlainText("电饭煲 abc")
    assert sheet.reads.text() == "读作：电饭煲 abc 1 份。一共 1 份"
    sheet.prizes.setPlainText(prizes)
    sheet.press.click()
    qtbot.waitUntil(lambda: page.draw.title.text() == "重阳抽奖", timeout=10_000)
    return page.draw


def closed(page: ActivitiesPage, qtbot: QtBot, prizes: str = "电饭煲 1\n大米 2") -> DrawPart:
    part = promised(page, qtbot, prizes)
    part.next.click()
    sheet = page.window().findChild(CloseSheet)
    assert isinstance(sheet, CloseSheet)
    qtbot.waitUntil(lambda: bool(sheet.list.rows()), timeout=10_000)
    sheet.press.click()
    qtbot.waitUntil(lambda: len(rows(part.listed)) == 3, timeout=10_000)
    return part


def drawn(page: ActivitiesPage, qtbot: QtBot, prizes: str = "电饭煲 1\n大米 2") -> DrawPart:
    part = closed(page, qtbot, prizes)
    part.next.click()
    sheet = page.window().findChild(WordSheet)
    assert isinstance(sheet, WordSheet)
    sheet.word.set_text("菊花")
    qtbot.keyClick(sheet.word.edit, ENTER)
    qtbot.waitUntil(lambda: rows(part.won) != [], timeout=10_000)
    return part


def test_each_step_shows_what_it_fixed(begin: Begin, qtbot: QtBot) -> None:
    page = begin()
    part = promised(page, qtbot)
    first = part.steps["commitment"].text()
    assert len(first.split("　")[1].replace(" ", "")) == 64
    assert part.next.text() == "封名单…"
    assert part.which.isHidden()
    assert part.steps["seed"].text() == "开奖时公布"


def test_a_draw_from_the_promise_to_a_prize(begin: Begin, qtbot: QtBot, tmp_path: Path) -> None:
    page = begin()
    part = drawn(page, qtbot)
    assert part.next.isHidden()
    assert [row[0] for row in rows(part.won)] == ["电饭煲", "大米", "大米"]
    assert all("*" in row[3] for row in rows(part.won))
    assert "现场的话：菊花" in part.steps["seed"].text()
    part.won.choose(0)
    part.give.click()
    qtbot.waitUntil(lambda: "领了" in rows(part.won)[0][5], timeout=10_000)
    assert part.give.isHidden()
    assert part.leave.isHidden()
    chosen = tmp_path / "draw.json"
    part._write_file(str(chosen))
    qtbot.waitUntil(lambda: "存到" in part.said.text(), timeout=10_000)
    again = replay(chosen.read_bytes())
    assert again.is_good
    assert [f"{no:,}" for no in again.numbers] == [row[2] for row in rows(part.won)]
    page.draw.left.emit()
    qtbot.waitUntil(lambda: rows(page.draws.table) != [], timeout=10_000)
    assert rows(page.draws.table)[0][4:] == ["1 / 3", "已开奖"]


def test_who_leaves_is_asked_for_twice_and_passes_on(begin: Begin, qtbot: QtBot) -> None:
    page = begin()
    part = drawn(page, qtbot, "米")
    first = rows(part.won)[0][2]
    part.won.choose(0)
    part.leave.click()
    assert part.leave.text() == "退出不能改回，再按一次"
    part.leave.click()
    qtbot.waitUntil(lambda: rows(part.won)[0][2] != first, timeout=10_000)
    part.which._parts[1].click()
    assert sorted(row[4] for row in rows(part.listed)) == ["", "米", "退出"]


def test_each_stage_has_its_paper(begin: Begin, qtbot: QtBot, tmp_path: Path) -> None:
    page = begin()
    part = promised(page, qtbot)
    assert part.paper.text() == "公告"
    for at in range(2):
        chosen = tmp_path / f"{at}.pdf"
        part._write_paper(str(chosen))
        qtbot.waitUntil(chosen.exists, timeout=10_000)
        assert chosen.read_bytes().startswith(b"%PDF")
        if not at:
            part.next.click()
            close = page.window().findChild(CloseSheet)
            assert isinstance(close, CloseSheet)
            qtbot.waitUntil(lambda close=close: bool(close.list.rows()), timeout=10_000)
            close.press.click()
            qtbot.waitUntil(lambda: rows(part.listed) != [], timeout=10_000)
            part.next.click()
            word = page.window().findChild(WordSheet)
            assert isinstance(word, WordSheet)
            word.press.click()
            qtbot.waitUntil(lambda: part.paper.text() == "证书", timeout=10_000)


def test_tickets_for_what_was_spent(begin: Begin, qtbot: QtBot) -> None:
    page = begin()
    shop = shop_of(page)
    settled(shop, manager_of(shop), GOLD, VITAMIN)
    part = promised(page, qtbot)
    part.next.click()
    sheet = page.window().findChild(CloseSheet)
    assert isinstance(sheet, CloseSheet)
    sheet.source._parts[1].click()
    on = shop.now().business_on.isoformat()
    fields = (sheet.since, sheet.until, sheet.yuan)
    bad_day = "日期写成 2026-11-01 这样。"
    empty = "这里还空着。什么都没有改动；请输入像 12.50 这样的数。"
    for texts, said in (
        (("", "", ""), (bad_day, bad_day, empty)),
        (("昨天", "31-12-2026", "10"), (bad_day, bad_day, "")),
        ((on, "2001-01-01", "10"), ("", "不能早于从哪天。", "")),
        ((on, on, "0"), ("", "", "写大于 0 的金额。")),
        ((on, on, "-5"), ("", "", "写大于 0 的金额。")),
    ):
        for field, text in zip(fields, texts, strict=True):
            field.set_text(text)
        sheet.press.click()
        assert tuple(field.problem.text() for field in fields) == said
        first = next(field for field, why in zip(fields, said, strict=True) if why)
        assert first.edit.hasFocus()
        assert tuple(field.text() for field in fields) == texts, "what was typed stays"
    sheet.yuan.set_text("10")
    qtbot.keyClick(sheet.yuan.edit, ENTER)
    qtbot.waitUntil(lambda: rows(part.listed) != [], timeout=10_000)
    assert "每满 10 元一张券" in part.steps["list"].text()
    assert {row[1] for row in rows(part.listed)} >= {"李*华"}


def test_a_list_of_nobody_is_said(begin: Begin, qtbot: QtBot) -> None:
    page = begin()
    part = promised(page, qtbot)
    part.next.click()
    sheet = page.window().findChild(CloseSheet)
    assert isinstance(sheet, CloseSheet)
    sheet.source._parts[2].click()
    assert "没有存下的条件" in sheet.nothing.text()
    sheet.press.click()
    sheet.source._parts[1].click()
    for field, text in ((sheet.since, "2001-01-01"), (sheet.until, "2001-01-02")):
        field.set_text(text)
    sheet.yuan.set_text("10")
    sheet.press.click()
    qtbot.waitUntil(lambda: "没有人能参加" in sheet.said.text(), timeout=10_000)
    assert sheet.press.isEnabled()


@pytest.mark.parametrize(
    ("text", "prizes"),
    [
        ("电饭煲 1\n\n 大米 5 公斤 3 ", [Prize("电饭煲", 1), Prize("大米 5 公斤", 3)]),
        ("体检券", [Prize("体检券", 1)]),
        ("红包×20", [Prize("红包", 20)]),
        ("2026", [Prize("2026", 1)]),
        ("米 9999999", [Prize("米 9999999", 1)]),
        ("米 99999", [Prize("米", 1001)]),
        ("", []),
    ],
)
def test_prizes_as_people_write_them(text: str, prizes: list[Prize]) -> None:
    assert read_prizes(text) == prizes
