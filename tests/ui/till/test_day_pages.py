"""开店 · 日结: a float, a count, and the difference in words while it is typed."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from core.actions.day import DayClosed, LastClose
from core.actions.shift import DrawerNow, TakingsNow
from core.errors import DiskFull
from core.sales.day import Day
from core.sales.explanation import CounterReason, Explanation
from core.sales.shift import Count, Shift
from core.sales.takings import Takings
from tests.core.sales.reported import z_of_a_day
from tests.ui.till.hands import ENTER, press
from ui.look import Look
from ui.till.close_day import CloseDaySheet
from ui.till.count_state import CountState
from ui.till.day_closed import difference_words
from ui.till.open_day import OpenDayPage
from ui.widgets.amount import Amount
from ui.widgets.panel_row import FactRow
from ui.widgets.words import Words

LEFT = Qt.MouseButton.LeftButton
DAY = Day(UUID(int=5), date(2026, 11, 24), 0, 1, 200_00)
SHIFT = Shift(UUID(int=6), DAY.id, 1, 0, 1, 200_00)
TAKINGS = Takings(3, 236_70, tenders=(("cash", 156_70), ("wechat", 80_00)))
DRAWER = DrawerNow(DAY, SHIFT, "王芳", "08:02")
NOW = TakingsNow(DRAWER, TAKINGS, TAKINGS)
WRONG_CHANGE = Explanation(CounterReason.WRONG_CHANGE)


# Opening

CLOSED = Day(UUID(int=9), date(2026, 11, 23), 0, 1, 200_00, 1, 1, 200_00)
LAST = LastClose(CLOSED, "20:05", 0)


@pytest.fixture
def page(look: Look, qtbot) -> OpenDayPage:
    page = OpenDayPage(look)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.activateWindow()
    page.show_day(date(2026, 11, 24), staff="王芳", last=LAST)
    return page


@pytest.fixture
def opened(page: OpenDayPage) -> list[str]:
    said: list[str] = []
    page.opened.connect(said.append)
    return said


def test_the_day_opens_with_a_typed_float_once(page, opened, qtbot) -> None:
    press(qtbot, "200", ENTER, ENTER)
    assert opened == ["200"]
    assert "2026 年 11 月 24 日" in page.facts["date"].value.text()
    assert "星期二" in page.facts["date"].value.text()


def test_the_day_opens_by_finger(page, opened, qtbot) -> None:
    for key in ("2", "0", "0", "point", "5"):
        qtbot.mouseClick(page.findChild(QAbstractButton, f"open_day_pad_{key}"), LEFT)
    qtbot.mouseClick(page.findChild(QAbstractButton, "open_day_done"), LEFT)
    assert opened == ["200.5"]


def test_an_empty_drawer_is_a_float_too(page, opened, qtbot) -> None:
    press(qtbot, "0", ENTER)
    assert opened == ["0"]


@pytest.mark.parametrize("text", ["", "abc", "-5", "1.234"])
def test_a_bad_float_gets_one_sentence_and_stays(page, opened, qtbot, text: str) -> None:
    press(qtbot, text, ENTER)
    assert page.findChild(Words, "open_day_problem").text().endswith("。")
    assert page.entry.text() == text
    assert opened == []
    press(qtbot, "200")
    assert page.findChild(Words, "open_day_problem").text() == ""


def test_a_refused_day_may_be_opened_again(page, opened, qtbot) -> None:
    press(qtbot, "200", ENTER)
    page.show_error("磁盘满了。")
    assert page.findChild(Words, "open_day_problem").text() == "磁盘满了。"
    press(qtbot, "", ENTER)
    assert opened == ["200", "200"]


# Closing


@pytest.fixture
def sheet(look: Look, window: QWidget) -> CloseDaySheet:
    sheet = CloseDaySheet(look, window)
    sheet.show_count(CountState.of(NOW))
    return sheet


@pytest.fixture
def counted(sheet: CloseDaySheet) -> list[str]:
    said: list[str] = []
    sheet.counted.connect(said.append)
    return said


def shown(sheet: CloseDaySheet) -> tuple[str, str]:
    figure = sheet.findChild(Amount, "close_day_difference_figure")
    return figure.accessibleName().split()[0], figure.text()


@given(st.integers(-10_000_000, 10_000_000))
def test_the_difference_is_said_in_words_not_by_a_sign(fen: int) -> None:
    label, text, _ = difference_words(fen)
    assert label == ("多" if fen > 0 else "少" if fen < 0 else "差额")
    assert text == f"{abs(fen) // 100:,}.{abs(fen) % 100:02d}" if fen else text == "正好"


@pytest.mark.parametrize(
    ("text", "figure"),
    [("356.70", ("差额", "正好")), ("356.20", ("少", "0.50")), ("400", ("多", "43.30"))],
)
def test_the_difference_stands_there_while_it_is_typed(sheet, qtbot, text, figure) -> None:
    press(qtbot, text)
    assert shown(sheet) == figure


def test_the_figures_of_the_day_are_shown(sheet) -> None:
    assert sheet.findChild(Words, "close_day_wechat_value").text() == "80.00"
    assert sheet.findChild(Words, "close_day_total_value").text() == "236.70"
    assert sheet.findChild(Amount, "close_day_expected").text() == "356.70"


def test_enter_closes_the_day_once(sheet, counted, qtbot) -> None:
    press(qtbot, "356.20", ENTER, ENTER)
    assert counted == ["356.20"]


def test_the_count_by_finger(sheet, counted, qtbot) -> None:
    qtbot.mouseClick(sheet.findChild(QAbstractButton, "close_day_amount_keyboard"), LEFT)
    for key in ("3", "5", "0"):
        qtbot.mouseClick(sheet.findChild(QAbstractButton, f"close_day_pad_{key}"), LEFT)
    qtbot.mouseClick(sheet.findChild(QAbstractButton, "close_day_done"), LEFT)
    assert counted == ["350"]


@pytest.mark.parametrize("text", ["", "x", "-1"])
def test_a_bad_count_gets_one_sentence_and_the_day_stays_open(sheet, counted, qtbot, text) -> None:
    press(qtbot, text, ENTER)
    assert sheet.findChild(Words, "close_day_difference_problem").text().endswith("。")
    assert sheet.entry.text() == text
    assert counted == []


def test_an_error_keeps_the_count(sheet, counted, qtbot) -> None:
    press(qtbot, "350", ENTER)
    sheet.show_error("还有一单没有结完。")
    assert sheet.entry.text() == "350"
    press(qtbot, "", ENTER)
    assert counted == ["350", "350"]


# What differs is explained


@pytest.fixture
def explained(sheet: CloseDaySheet) -> list[Explanation]:
    said: list[Explanation] = []
    sheet.explained.connect(said.append)
    return said


def test_a_difference_wants_its_reason_by_one_digit_and_enter(sheet, explained, qtbot) -> None:
    press(qtbot, "356.20", ENTER)
    sheet.ask_why(-50)
    press(qtbot, "", ENTER)
    assert explained == []
    press(qtbot, "2", ENTER, ENTER)
    assert explained == [Explanation(CounterReason.WRONG_COUNT)]
    assert shown(sheet) == ("少", "0.50")


def test_a_reason_by_finger(sheet, explained, qtbot) -> None:
    press(qtbot, "356.20", ENTER)
    sheet.ask_why(-50)
    qtbot.mouseClick(sheet.findChild(QAbstractButton, "close_day_why_unknown"), LEFT)
    qtbot.mouseClick(sheet.findChild(QAbstractButton, "close_day_done"), LEFT)
    assert explained == [Explanation(CounterReason.UNKNOWN)]


def test_other_is_told_in_words(sheet, explained, qtbot) -> None:
    press(qtbot, "356.20", ENTER)
    sheet.ask_why(-50)
    press(qtbot, "5")
    press(qtbot, "five jiao", ENTER)
    assert explained == [Explanation(CounterReason.OTHER, "five jiao")]


def test_another_count_is_told_anew(sheet, counted, explained, qtbot) -> None:
    press(qtbot, "356.20", ENTER)
    sheet.ask_why(-50)
    sheet.entry.focus()
    press(qtbot, "356.70", ENTER)
    assert counted == ["356.20", "356.70"]
    assert explained == []


# Counted blind


def words_on(sheet: CloseDaySheet) -> str:
    labels = sheet.findChildren(Words) + sheet.findChildren(Amount)
    return " ".join(one.text() for one in labels if one.isVisible())


def test_who_counts_blind_sees_no_figure_of_the_day_before_the_count_is_told(
    look: Look, window: QWidget, qtbot
) -> None:
    sheet = CloseDaySheet(look, window)
    sheet.show_count(CountState.of(DRAWER))
    press(qtbot, "356.20")
    assert shown(sheet) == ("差额", "")
    assert not {"356.70", "156.70", "236.70"} & set(words_on(sheet).split())
    told: list[str] = []
    sheet.counted.connect(told.append)
    press(qtbot, "", ENTER)
    assert told == ["356.20"]
    sheet.ask_why(-50)
    assert shown(sheet) == ("少", "0.50")


def test_the_drawer_opens_to_be_counted(sheet, qtbot) -> None:
    with qtbot.waitSignal(sheet.drawer_asked):
        qtbot.mouseClick(sheet.findChild(QAbstractButton, "close_day_drawer"), LEFT)
    assert QApplication.focusWidget() is sheet.entry.edit


def test_escape_leaves_the_day_open(sheet, counted, qtbot) -> None:
    with qtbot.waitSignal(sheet.cancelled):
        press(qtbot, "", Qt.Key.Key_Escape)
    assert counted == []


def closed(difference_fen: int, **more: object) -> DayClosed:
    told = WRONG_CHANGE if difference_fen else None
    count = Count(1, 1, 356_70 + difference_fen, 356_70, told)
    day = replace(DAY, closed_us=1, closed_by=1, counted_fen=count.counted_fen)
    return DayClosed(day, TAKINGS, replace(SHIFT, count=count), z_of_a_day(), **more)


def test_the_outcome_says_difference_and_backup_and_goes_with_enter(sheet, qtbot) -> None:
    sheet.show_closed(closed(-50, backup="2026-11-24.backup"))
    assert sheet.findChild(Amount, "closed_difference").accessibleName() == "少 ¥0.50"
    assert "2026-11-24.backup" in sheet.findChild(QWidget, "closed_backup").accessibleName()
    with qtbot.assertNotEmitted(sheet.cancelled):
        press(qtbot, "", ENTER)
    assert sheet.isHidden()


def test_a_day_of_two_shifts_says_what_each_was_short_and_why(sheet) -> None:
    """The day is short by less than its first shift was: one reason would explain nothing."""
    first = replace(SHIFT, no=1, count=Count(1, 1, 183_10, 200_00, WRONG_CHANGE))
    second = closed(11_00).shift
    outcome = replace(closed(11_00), shifts=(first, replace(second, no=2)))
    sheet.show_closed(outcome)
    rows = [sheet.findChild(FactRow, f"closed_shift_{no}") for no in (1, 2)]
    assert [row.value.text() for row in rows] == ["少 16.90（找错钱）", "多 11.00（找错钱）"]
    assert sheet.findChild(FactRow, "closed_why") is None
    assert sheet.findChild(Amount, "closed_difference").accessibleName().startswith("全天")


def test_a_backup_that_failed_is_said_and_the_day_is_closed(sheet) -> None:
    sheet.show_closed(closed(0, trouble=DiskFull()))
    assert "没有做成" in sheet.findChild(QWidget, "closed_backup").accessibleName()
    assert "磁盘满了" in sheet.findChild(Words, "closed_trouble").text()


def test_the_next_day_is_counted_anew(sheet, counted, qtbot) -> None:
    sheet.show_closed(closed(0))
    sheet.shut()
    sheet.show_count(CountState.of(NOW))
    assert sheet.entry.text() == ""
    press(qtbot, "100", ENTER)
    assert counted == ["100"]


def fits(sheet: CloseDaySheet) -> bool:
    return sheet.panel.layout().minimumSize().height() <= sheet.panel.height()


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768), (911, 512)])
def test_nothing_is_cut_off_at_any_size(sheet, window, qtbot, size) -> None:
    window.resize(*size)
    qtbot.waitUntil(lambda: sheet.width() == size[0])
    held = replace(
        CountState.of(NOW), waiting="还挂着 12 单：红衣服、李师傅、感康等。日结后都留着。"
    )
    for fill in (
        lambda: None,
        lambda: sheet.show_count(held),
        lambda: sheet.show_closed(closed(0, trouble=DiskFull())),
    ):
        fill()
        qtbot.waitUntil(lambda: fits(sheet))


# The backup


def test_while_the_backup_is_made_the_sheet_says_how_far_it_is_and_stays(sheet, qtbot) -> None:
    sheet.show_progress(420)
    bar = sheet.findChild(QWidget, "close_day_backup")
    assert bar.accessibleName() == "正在抄写备份 42%"
    sheet.show_progress(300)
    assert bar.permille == 420
    sheet.show_progress(750)
    assert bar.accessibleName() == "正在核对备份 75%"
    sheet.give_up()
    qtbot.keyClick(sheet, ENTER)
    assert sheet.isVisible()
    sheet.show_closed(closed(0))
    qtbot.keyClick(sheet, ENTER)
    assert sheet.isHidden()


def test_a_date_that_was_closed_already_says_so(page):
    assert page.closed.isHidden()
    page.show_day(date(2026, 11, 24), staff="王芳", last=replace(LAST, today=1))
    assert "20:05 已经日结过" in page.closed.text()
    assert not page.facts["last"].isHidden()
