"""候选: the input's own keys drive the list, and the input keeps the focus."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets.big_input import BigInput
from ui.widgets.choices import Choice
from ui.widgets.suggestions import MOST_ROWS, Suggestions

THREE = [Choice(7, "李*华", "138****5678"), Choice(8, "刘*红"), Choice(9, "林*海")]


@pytest.fixture
def page(look: Look, qtbot) -> QWidget:
    page = QWidget()
    page.resize(900, 600)
    page.scan = BigInput(look, "扫码", name="scan")
    column = QVBoxLayout(page)
    column.addWidget(page.scan)
    column.addStretch(1)
    page.list = Suggestions(look, page.scan, page)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    page.scan.focus()
    qtbot.waitUntil(page.scan.edit.hasFocus)
    return page


def test_enter_takes_the_first_row_at_once(page: QWidget, qtbot) -> None:
    page.list.show_rows(THREE)
    with qtbot.waitSignal(page.list.chosen) as chosen, qtbot.assertNotEmitted(page.scan.submitted):
        qtbot.keyClick(page.scan.edit, Qt.Key.Key_Return)
    assert chosen.args == [7]
    assert page.list.isHidden()


def test_up_and_down_go_round(page: QWidget, qtbot) -> None:
    page.list.show_rows(THREE)
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(page.scan.edit, key)
        seen.append(page.list.current())
    assert seen == [1, 2, 0, 2]


def test_without_preselection_enter_belongs_to_the_input(page: QWidget, qtbot) -> None:
    page.scan.set_text("6901234567892")
    page.list.show_rows(THREE, preselect=False)
    with qtbot.waitSignal(page.scan.submitted) as submitted:
        qtbot.keyClick(page.scan.edit, Qt.Key.Key_Return)
    assert submitted.args == ["6901234567892"]


def test_escape_hides_the_list_and_keeps_the_text(page: QWidget, qtbot) -> None:
    page.scan.set_text("lxh")
    page.list.show_rows(THREE)
    with qtbot.waitSignal(page.list.left):
        qtbot.keyClick(page.scan.edit, Qt.Key.Key_Escape)
    assert page.list.isHidden()
    assert page.scan.text() == "lxh"


def test_typing_goes_on_into_the_input_which_keeps_the_focus(page: QWidget, qtbot) -> None:
    page.list.show_rows(THREE)
    qtbot.keyClicks(page.scan.edit, "lx")
    assert page.scan.text() == "lx"
    assert QApplication.focusWidget() is page.scan.edit
    qtbot.mouseClick(page.list.view.viewport(), Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is page.scan.edit


def test_a_click_chooses(page: QWidget, qtbot) -> None:
    page.list.show_rows(THREE)
    place = page.list.view.visualRect(page.list.view.model().index(1, 0)).center()
    with qtbot.waitSignal(page.list.chosen) as chosen:
        qtbot.mouseClick(page.list.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [8]


def test_nothing_found_hides_the_list(page: QWidget) -> None:
    page.list.show_rows(THREE)
    assert page.list.isVisible()
    page.list.show_rows(())
    assert page.list.isHidden()


def test_the_list_stays_inside_of_the_window(page: QWidget, qtbot) -> None:
    page.list.show_rows([Choice(n, f"商品 {n}") for n in range(50)])
    assert page.rect().contains(page.list.geometry())
    for _ in range(3):
        qtbot.keyClick(page.scan.edit, Qt.Key.Key_PageDown)
    assert page.list.current() == 3 * MOST_ROWS
