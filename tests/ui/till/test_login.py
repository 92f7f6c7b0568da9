"""登录: one person is chosen already, several by arrow or finger; a wrong PIN keeps the name."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from tests.ui.till.crowd import people
from tests.ui.till.hands import ENTER, press
from ui.login.page import LoginPage
from ui.look import Look
from ui.widgets.tile import Tile

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(look: Look, qtbot) -> LoginPage:
    page = LoginPage(look)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.activateWindow()
    return page


@pytest.fixture
def logged(page: LoginPage) -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    page.login.connect(lambda name, pin: said.append((name, pin)))
    return said


def test_one_person_types_only_the_pin(page, logged, qtbot) -> None:
    page.who.show_people(people("店长"))
    press(qtbot, "246810", ENTER)
    assert logged == [("店长", "246810")]
    assert page.entry.pin() == "", "nobody keeps it longer than it is checked"
    page.entry.field.edit.undo()
    assert page.entry.pin() == ""


def test_arrows_go_through_the_names(page, logged, qtbot) -> None:
    page.who.show_people(people("店长", "王芳", "李雷"))
    press(qtbot, "", Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert page.who.chosen() == "王芳"
    press(qtbot, "135791", ENTER)
    assert logged == [("王芳", "135791")]


def test_a_finger_needs_no_keyboard(page, logged, qtbot) -> None:
    page.who.show_people(people("店长", "王芳"))
    qtbot.mouseClick(page.findChild(Tile, "staff_2"), LEFT)
    for key in ("1", "9", "clear", "1", "3", "5", "9", "back", "7", "9", "1"):
        qtbot.mouseClick(page.findChild(QAbstractButton, f"login_pad_{key}"), LEFT)
    qtbot.mouseClick(page.findChild(QAbstractButton, "login_done"), LEFT)
    assert logged == [("王芳", "135791")]


def test_the_pin_is_never_readable(page) -> None:
    page.who.show_people(people("店长"))
    line = page.findChild(QLineEdit, "login_pin")
    line.setText("246810")
    assert "246810" not in line.displayText()


def test_a_wrong_pin_keeps_the_name_and_is_typed_anew(page, logged, qtbot) -> None:
    page.who.show_people(people("店长", "王芳"), "王芳")
    press(qtbot, "111111", ENTER, ENTER)
    assert logged == [("王芳", "111111")], "a second Enter waits for the answer"
    page.who.show_error("PIN 不对。")
    assert (page.who.chosen(), page.entry.field.text()) == ("王芳", "")
    assert page.entry.field.problem.text() == "PIN 不对。"
    press(qtbot, "135791", ENTER)
    assert logged[-1] == ("王芳", "135791")


def test_without_a_name_or_a_pin_it_says_what_is_missing(page, logged, qtbot) -> None:
    page.who.show_people(people("店长", "王芳"))
    press(qtbot, "135791", ENTER)
    assert page.entry.field.problem.text() == "请先选名字。"
    page.who.choose("王芳")
    page.entry.field.set_text("")
    press(qtbot, "", ENTER)
    assert page.entry.field.problem.text() == "请输入 PIN。"
    assert logged == []


def test_a_demo_shop_shows_its_pins_and_a_real_one_does_not(page) -> None:
    page.who.show_people(people("店长"))
    tile = page.findChild(Tile, "staff_1")
    assert "246810" not in tile.accessibleName()
    page.show_demo_pins([("店长", "246810")])
    assert tile.accessibleName() == "店长 PIN 246810"


def test_the_pin_is_gone_when_the_page_comes_back(page, qtbot) -> None:
    page.who.show_people(people("店长"))
    page.entry.field.set_text("2468")
    page.hide()
    page.show()
    assert page.entry.field.text() == ""


def test_twenty_people_are_reached_by_scrolling(page, logged, qtbot) -> None:
    page.who.show_people(people(*(f"店员{at}" for at in range(20))))
    page.resize(911, 512)
    qtbot.waitUntil(lambda: page.minimumSizeHint().height() <= 512)
    page.who.choose("店员19")
    press(qtbot, "135791", ENTER)
    assert logged == [("店员19", "135791")]


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768), (911, 512)])
def test_the_keys_fit_and_are_large_enough(page, qtbot, size) -> None:
    page.who.show_people(people("店长", "王芳"))
    page.resize(*size)
    qtbot.waitUntil(lambda: page.minimumSizeHint().height() <= page.height())
    for button in page.findChildren(QAbstractButton):
        if button.isVisible() and button.objectName() != "header":
            assert min(button.width(), button.height()) >= 44, button.objectName()
            assert button.accessibleName(), button.objectName()
    done = page.findChild(QAbstractButton, "login_done")
    assert done.mapTo(page, done.rect().bottomLeft()).y() < page.height()


def test_somebody_who_has_to_wait_sees_how_long_and_others_need_not(page, logged, qtbot) -> None:
    page.who.show_people(people("店长", "王芳", wait_s=65), "王芳")
    assert page.entry.field.problem.text() == "PIN 连着输错了几次，1:05 后再输。"
    press(qtbot, "135791", ENTER)
    assert (logged, page.entry.pin()) == ([], "")
    assert not page.done.isEnabled()
    page.who.choose("店长")
    assert page.entry.field.problem.text() == ""
    press(qtbot, "246810", ENTER)
    assert logged == [("店长", "246810")]


def test_after_the_wait_the_pin_can_be_typed(page, logged, qtbot) -> None:
    page.who.show_people(people("店长", wait_s=1))
    assert page.entry.is_waiting
    qtbot.waitUntil(lambda: not page.entry.is_waiting, timeout=5000)
    assert page.entry.field.problem.text() == ""
    press(qtbot, "246810", ENTER)
    assert logged == [("店长", "246810")]


def test_the_sentence_of_a_wrong_pin_gives_way_to_the_wait(page, qtbot) -> None:
    page.who.show_people(people("店长"))
    page.who.show_error("PIN 不对。")
    page.who.show_waits(people("店长", wait_s=5))
    assert page.entry.field.problem.text() == "PIN 连着输错了几次，0:05 后再输。"


def test_only_digits_come_in_however_they_are_pasted(page, qtbot) -> None:
    page.who.show_people(people("店长"))
    line = page.entry.field.edit
    press(qtbot, "24ab68")
    assert page.entry.pin() == "2468"
    line.clear()
    QApplication.clipboard().setText("１３５７９１")
    line.paste()
    assert page.entry.pin() == "135791"
    line.selectAll()
    line.copy()
    assert QApplication.clipboard().text() == "１３５７９１", "what is hidden is not copied"
    line.clear()
    QApplication.clipboard().setText("王芳 135791\n")
    line.paste()
    assert page.entry.pin() == ""


def test_esc_takes_back_what_was_typed(page, qtbot) -> None:
    qtbot.keyClicks(page.entry.field.edit, "1352")
    qtbot.keyClick(page.entry.field.edit, Qt.Key.Key_Escape)
    assert page.entry.pin() == ""
