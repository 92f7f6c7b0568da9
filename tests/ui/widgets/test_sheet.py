"""对话框: it covers the page, keeps Tab inside, goes with Esc, and gives the focus back."""

import gc

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.look import Look
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.field import Field
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words


class Body(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.phone, self.name = Field(look, "手机"), Field(look, "姓名")
        self.done = Button(look, "入会", kind="primary", key="Enter")
        for widget in (self.phone, self.name, self._list(), self.done):
            column.addWidget(widget)

    def _list(self) -> QScrollArea:
        """Nothing in Python holds it; Qt does, and the row in it is looked at again."""
        area, self.row = QScrollArea(), QWidget()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.row)
        return area


@pytest.fixture
def sheet(look: Look, window: QWidget) -> Sheet:
    sheet = Sheet(look, window, "收款", subtitle="李*华·金卡", size=(1104, 632), name="payment")
    sheet.set_body(Body(look))
    sheet.open()
    return sheet


def test_escape_closes_and_says_that_the_person_turned_back(sheet: Sheet, qtbot) -> None:
    with qtbot.waitSignals([sheet.left, sheet.closed]):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert sheet.isHidden()


def test_a_sheet_that_is_done_closes_without_turning_back(sheet: Sheet, qtbot) -> None:
    with qtbot.assertNotEmitted(sheet.left), qtbot.waitSignal(sheet.closed):
        sheet.shut()


def test_the_leave_button_does_as_escape(sheet: Sheet, qtbot) -> None:
    with qtbot.waitSignal(sheet.left):
        qtbot.mouseClick(sheet.leave, Qt.MouseButton.LeftButton)


def test_the_focus_goes_in_and_comes_back(sheet: Sheet, window: QWidget) -> None:
    assert sheet.isAncestorOf(QApplication.focusWidget())
    sheet.shut()
    assert QApplication.focusWidget() is window.line


def test_who_is_led_on_to_another_sheet_has_the_keys_there(
    look: Look, sheet: Sheet, window: QWidget, qtbot
) -> None:
    before = Sheet(look, window, "店务", size=(600, 400), name="chores")
    before.set_body(Body(look))
    sheet.left.connect(before.open)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert before.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert before.isHidden()


def test_tab_stays_inside_and_goes_round_both_ways(sheet: Sheet, qtbot) -> None:
    start = QApplication.focusWidget()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        visited = []
        for _ in range(4):
            qtbot.keyClick(QApplication.focusWidget(), key)
            visited.append(QApplication.focusWidget())
        assert visited[-1] is start
        assert len(set(visited)) == 4
        assert all(sheet.panel.isAncestorOf(widget) for widget in visited)


def test_what_the_sheet_consists_of_outlives_tab_and_the_garbage(sheet: Sheet, qtbot) -> None:
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    gc.collect()
    assert isValid(sheet.panel.findChild(Body).row)


def test_disabled_fields_are_not_visited(look: Look, sheet: Sheet, qtbot) -> None:
    body = sheet.panel.findChild(Body)
    body.name.edit.setEnabled(False)
    body.phone.focus()
    qtbot.keyClick(body.phone.edit, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is body.done


def test_it_stands_in_the_middle_and_never_exceeds_the_window(
    sheet: Sheet, window: QWidget, qtbot
) -> None:
    assert (sheet.panel.x(), sheet.panel.y()) == (131, 68)
    assert (sheet.panel.width(), sheet.panel.height()) == (1104, 632)
    window.resize(1024, 600)
    qtbot.waitUntil(lambda: sheet.width() == 1024)
    assert (sheet.panel.width(), sheet.panel.height()) == (1008, 584)


def test_clicks_do_not_reach_the_page(sheet: Sheet, window: QWidget, qtbot) -> None:
    pressed = []
    window.mousePressEvent = pressed.append
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet.rect().topLeft())
    assert pressed == []
    assert sheet.isVisible()


def test_the_page_shines_through_the_scrim(look: Look, sheet: Sheet, window: QWidget) -> None:
    seen = window.grab().toImage().pixelColor(1300, 700).lightness()
    assert look.colour("scrim").lightness() < seen < look.colour("surface").lightness()


class _Copies(Sheet):
    """Ctrl+P makes one more."""

    made = 0

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        self.made += event.key() == Qt.Key.Key_P
        super().keyPressEvent(event)


def _hold(widget: QWidget, key: Qt.Key, with_: Qt.KeyboardModifier) -> None:
    """It goes down, and the keyboard repeats it."""
    for is_repeat in (False, True, True):
        press = QKeyEvent(QEvent.Type.KeyPress, key, with_, "", is_repeat)
        QApplication.sendEvent(widget, press)


def test_a_key_that_is_held_down_does_its_deed_once(look: Look, window: QWidget, qtbot) -> None:
    plain, ctrl = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
    sheet, body = _Copies(look, window, "找单"), Body(look)
    sheet.set_body(body)
    sheet.open()
    _hold(body.done, Qt.Key.Key_P, ctrl)
    assert sheet.made == 1
    rows = ChoiceList(look, name="rows", spoken="样")
    qtbot.addWidget(rows)
    rows.show_rows([Choice("a", "甲")])
    heard: list[object] = []
    rows.chosen.connect(heard.append)
    body.phone.submitted.connect(lambda: heard.append("field"))
    _hold(rows, Qt.Key.Key_Return, plain)
    _hold(body.phone.edit, Qt.Key.Key_Return, plain)
    assert heard == ["a", "field"]


def test_a_button_is_pressed_by_the_key_that_it_tells(look: Look, window: QWidget, qtbot) -> None:
    sheet, body, told = Sheet(look, window, "工牌"), Body(look), []
    column = body.layout()
    for key in ("Ctrl+S", "Del", "F4", "F8"):
        button = Button(look, key, key=key)
        button.clicked.connect(lambda _on=False, key=key: told.append(key))
        button.setEnabled(key != "F4")
        column.addWidget(button)
    button.hide()  # the last one, of F8
    sheet.set_body(body)
    sheet.open()
    body.done.setFocus()
    qtbot.keyClick(body.done, Qt.Key.Key_S)
    qtbot.keyClick(body.done, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(body.done, Qt.Key.Key_Delete, Qt.KeyboardModifier.KeypadModifier)
    qtbot.keyClick(body.done, Qt.Key.Key_F4)
    qtbot.keyClick(body.done, Qt.Key.Key_F8)
    assert told == ["Ctrl+S", "Del"]


def test_a_paper_as_high_as_its_words_grows_with_them(look: Look, window: QWidget) -> None:
    made = Sheet(look, window, "封名单", size=(400, 0), name="grows")
    body = QWidget()
    column = QVBoxLayout(body)
    told = Words(look, "谁参加从此定下。", wraps=True)
    column.addWidget(told)
    made.set_body(body, Button(look, "封名单"))
    made.open()
    before = made.panel.height()
    told.setText("谁参加从此定下，名单值当场公布。" * 8)
    QApplication.processEvents()
    assert made.panel.height() > before
    assert told.height() >= told.heightForWidth(told.width())
    assert not made._area.verticalScrollBar().isVisible()
    told.setText("谁参加从此定下，名单值当场公布。" * 200)
    QApplication.processEvents()
    assert made.panel.height() == window.height() - 16
    made.shut()
