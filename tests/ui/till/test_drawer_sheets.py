"""班次 · 现金 · 钱箱 · 报表: by key and by finger, and nothing is cut off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from core.actions.prove import Candidate
from core.sales.drawer import MoveKind
from core.sales.explanation import FOR_PAY_OUT, CounterReason, Explanation
from core.trust.staff import Role
from tests.core.sales.reported import x_of_a_day
from tests.ui.till.drawer_pages import DRAWER, NOW
from tests.ui.till.hands import ENTER, press
from ui.look import Look
from ui.till.cash import CashSheet
from ui.till.drawer import DrawerSheet
from ui.till.reason_picker import ReasonPicker
from ui.till.report import ReportSheet
from ui.till.shift import ACTS, ShiftSheet
from ui.till.take_over import TakeOverSheet
from ui.widgets.tile import Tile
from ui.widgets.words import Words

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def picker(look: Look, qtbot) -> ReasonPicker:
    picker = ReasonPicker(look, FOR_PAY_OUT, name="why")
    qtbot.addWidget(picker)
    picker.show()
    picker.activateWindow()
    picker.focus()
    return picker


def test_a_reason_is_chosen_by_its_digit_and_by_arrows_never_by_enter_alone(picker, qtbot) -> None:
    assert picker.explanation() is None
    press(qtbot, "2")
    assert picker.explanation() == Explanation(CounterReason.SAFE)
    press(qtbot, "", Qt.Key.Key_Down)
    assert picker.explanation() == Explanation(CounterReason.PURCHASE)
    press(qtbot, "9")
    assert picker.explanation() == Explanation(CounterReason.PURCHASE)
    with qtbot.waitSignal(picker.entered):
        press(qtbot, "", ENTER)
    picker.clear()
    picker.focus()
    with qtbot.assertNotEmitted(picker.entered):
        press(qtbot, "", ENTER)
    assert picker.explanation() is None
    assert picker.words.problem.text()


def test_other_puts_the_caret_where_it_is_told(picker, qtbot) -> None:
    press(qtbot, "5")
    press(qtbot, "to the post 5")
    assert picker.explanation() == Explanation(CounterReason.OTHER, "to the post 5")


@pytest.fixture
def cash(look: Look, window: QWidget) -> tuple[CashSheet, list]:
    sheet, said = CashSheet(look, window), []
    sheet.moved.connect(lambda fen, told: said.append((fen, told)))
    sheet.begin(MoveKind.OUT)
    return sheet, said


def test_cash_out_is_an_amount_a_digit_and_enter_once(cash, qtbot) -> None:
    _, said = cash
    press(qtbot, "500", ENTER)
    assert said == []
    press(qtbot, "1", ENTER, ENTER)
    assert said == [(500_00, Explanation(CounterReason.BANK))]


def test_cash_by_finger(cash, qtbot) -> None:
    sheet, said = cash
    for name in ("cash_pad_5", "cash_pad_0", "cash_why_bank", "cash_done"):
        qtbot.mouseClick(sheet.findChild(QAbstractButton, name), LEFT)
    assert said == [(50_00, Explanation(CounterReason.BANK))]


@pytest.mark.parametrize("text", ["", "abc", "0", "-5"])
def test_what_is_no_amount_gets_one_sentence(cash, qtbot, text: str) -> None:
    sheet, said = cash
    press(qtbot, text, ENTER)
    assert sheet.findChild(Words, "cash_problem").text().endswith("。")
    assert said == []
    press(qtbot, "5")
    assert sheet.findChild(Words, "cash_problem").text() == ""


def test_after_an_error_it_may_be_tried_again(cash, qtbot) -> None:
    sheet, said = cash
    press(qtbot, "500", ENTER)
    press(qtbot, "1", ENTER)
    sheet.show_error("钱箱里没有这么多。")
    press(qtbot, "", ENTER)
    assert len(said) == 2


def test_the_drawer_wants_a_reason(look: Look, window: QWidget, qtbot) -> None:
    sheet = DrawerSheet(look, window)
    said: list[Explanation] = []
    sheet.opened_for.connect(said.append)
    sheet.begin()
    qtbot.mouseClick(sheet.form.done, LEFT)
    assert said == []
    assert sheet.form.said.text() == "请先选一个原因。"
    press(qtbot, "3", ENTER, ENTER)
    assert said == [Explanation(CounterReason.STUCK)]


def test_each_act_of_the_shift_has_its_digit_and_its_place_for_a_finger(
    look: Look, window: QWidget, qtbot
) -> None:
    sheet = ShiftSheet(look, window)
    said: list[str] = []
    sheet.asked.connect(said.append)
    sheet.show_shift(NOW, can_close=True)
    for digit in "123456":
        press(qtbot, digit)
    for act in ACTS:
        qtbot.mouseClick(sheet.findChild(QAbstractButton, f"shift_{act}"), LEFT)
    press(qtbot, "", Qt.Key.Key_F10)
    assert said == [*ACTS, *ACTS, "drawer"]


def test_a_day_with_an_open_basket_cannot_be_closed_and_says_so(
    look: Look, window: QWidget, qtbot
) -> None:
    sheet = ShiftSheet(look, window)
    sheet.show_shift(DRAWER, can_close=False)
    with qtbot.assertNotEmitted(sheet.asked):
        press(qtbot, "5")
    texts = [words.text() for words in sheet.findChildren(Words)]
    assert "还有一单没有结完，不能日结。" in texts


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768), (911, 512)])
def test_every_button_is_in_sight_at_any_size(look: Look, window: QWidget, qtbot, size) -> None:
    window.resize(*size)
    shift, cash, report = (
        ShiftSheet(look, window),
        CashSheet(look, window),
        ReportSheet(look, window),
    )
    shift.show_shift(NOW, can_close=True)
    cash.begin(MoveKind.OUT)
    report.show_report(x_of_a_day(), can_print=True)
    for sheet, last in ((shift, "shift_drawer"), (cash, "cash_done"), (report, "report_print")):
        qtbot.waitUntil(lambda sheet=sheet: sheet.width() == size[0])
        button = sheet.findChild(QAbstractButton, last)

        def inside(sheet=sheet, button=button) -> bool:
            corner = button.mapTo(sheet.panel, button.rect().bottomRight())
            return bool(sheet.panel.rect().contains(corner))

        qtbot.waitUntil(inside)


@pytest.fixture
def take_over(look: Look, window: QWidget) -> tuple[TakeOverSheet, list]:
    sheet, said = TakeOverSheet(look, window), []
    sheet.answered.connect(lambda name, pin: said.append((name, pin)))
    names = ("店长", "王芳", "李雷")
    people = [Candidate(at, name, Role.CASHIER) for at, name in enumerate(names, 1)]
    sheet.show_question("谁接班？", "", people)
    return sheet, said


def test_arrows_choose_who_takes_over_and_a_pin_typed_first_stays(take_over, qtbot) -> None:
    sheet, said = take_over
    press(qtbot, "135791", Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert sheet.who.chosen() == "王芳"
    assert sheet.people.findChild(Tile, "staff_2").isChecked()
    press(qtbot, "", ENTER)
    assert said == [("王芳", "135791")]


def test_a_pin_typed_for_somebody_is_not_tried_on_somebody_else(take_over, qtbot) -> None:
    sheet, said = take_over
    press(qtbot, "", Qt.Key.Key_Down)
    press(qtbot, "246810", Qt.Key.Key_Down, ENTER)
    assert (sheet.who.chosen(), sheet.entry.pin(), said) == ("王芳", "", [])
