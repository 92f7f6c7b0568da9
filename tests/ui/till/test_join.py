"""入会: phone, name, Enter; what is wrong stands below its field and nothing typed is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from core.errors import BadPhone, CardTaken, DiskFull, NamesakeFound, PaymentCode, PhoneTaken
from tests.ui.till.hands import ENTER
from ui.look import Look
from ui.till.join import JoinSheet
from ui.widgets.words import Words

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def sheet(look: Look, window: QWidget) -> JoinSheet:
    """Of a customer who agreed already."""
    sheet = JoinSheet(look, window)
    sheet.open()
    sheet.consent.click()
    return sheet


@pytest.fixture
def joined(sheet: JoinSheet) -> list[tuple]:
    said: list[tuple] = []
    sheet.joined.connect(lambda *facts: said.append(facts))
    return said


def enter(qtbot) -> None:
    qtbot.keyClick(QApplication.focusWidget(), ENTER)


def fill(qtbot, *texts: str) -> None:
    """Each text into the field that has the caret, then Enter."""
    for text in texts:
        QApplication.focusWidget().setText(text)
        enter(qtbot)


def button(sheet: JoinSheet, name: str) -> QAbstractButton:
    return sheet.findChild(QAbstractButton, name)


def test_phone_and_name_are_enough(sheet, joined, qtbot) -> None:
    fill(qtbot, "13812345678", "张小敏", "", "")
    assert joined == [("张小敏", "13812345678", "", "", False)]


def test_everything_by_keys_with_a_lunar_birthday_and_a_card(sheet, joined, qtbot) -> None:
    fill(qtbot, "138 1234 5678", "张小敏", "农历八月十五", "900102000012")
    assert joined == [("张小敏", "138 1234 5678", "900102000012", "农历八月十五", True)]


def test_the_calendar_can_be_chosen_by_finger(sheet, joined, qtbot) -> None:
    fill(qtbot, "13812345678", "张小敏")
    QApplication.focusWidget().setText("1990-08-15")
    assert sheet.birthday.hint.text() == "1990-08-15"
    qtbot.mouseClick(button(sheet, "join_calendar_lunar"), LEFT)
    assert sheet.birthday.hint.text() == "农历1990年八月十五"
    qtbot.mouseClick(button(sheet, "join_done"), LEFT)
    assert joined[0][-2:] == ("1990-08-15", True)


def test_a_phone_that_was_typed_at_the_counter_stands_there(sheet, qtbot) -> None:
    sheet.prefill("13812345678")
    assert sheet.phone.text() == "13812345678"
    assert sheet.name.edit.hasFocus()


def test_a_scanned_card_fills_its_field_wherever_the_caret_is(sheet, joined, qtbot) -> None:
    fill(qtbot, "13812345678", "张小敏")
    sheet.take_scan("900102000012")
    enter(qtbot)
    assert joined[0][2] == "900102000012"


def test_goods_that_are_scanned_go_on_to_the_basket(sheet) -> None:
    assert not sheet.take_scan("6905120012039")
    assert sheet.card.text() == ""


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (["1381234567"], "join_phone"),
        ([""], "join_phone"),
        (["13812345678", ""], "join_name"),
        (["13812345678", "张小敏", "1990-02-30"], "join_birthday"),
        (["13812345678", "张小敏", "农历1990年闰八月十五"], "join_birthday"),
        (["13812345678", "张小敏", "", "12"], "join_card"),
    ],
)
def test_what_is_wrong_stands_below_its_field(sheet, joined, qtbot, texts, name) -> None:
    fill(qtbot, *texts)
    line = sheet.findChild(QLineEdit, name)
    problem = sheet.findChild(Words, f"{name}_problem")
    assert line.hasFocus()
    assert problem.isVisible()
    assert problem.text().endswith("。")
    assert line.text() == texts[-1]
    assert joined == []


def test_the_button_says_everything_that_is_wrong_at_once(sheet, joined, qtbot) -> None:
    sheet.prefill("138")
    qtbot.mouseClick(button(sheet, "join_done"), LEFT)
    assert sheet.phone.problem.isVisible()
    assert sheet.name.problem.isVisible()
    assert sheet.phone.edit.hasFocus()
    assert joined == []


def test_a_second_enter_joins_nobody_twice(sheet, joined, qtbot) -> None:
    fill(qtbot, "13812345678", "张小敏", "", "")
    enter(qtbot)
    enter(qtbot)
    assert len(joined) == 1


@pytest.mark.parametrize(
    ("error", "name"),
    [(CardTaken("900102000012"), "join_card"), (BadPhone("13812345678"), "join_phone")],
)
def test_a_refusal_stands_below_its_field_and_one_may_try_again(
    sheet, joined, qtbot, error, name
) -> None:
    fill(qtbot, "13812345678", "张小敏", "", "900102000012")
    sheet.show_refused(error)
    assert sheet.findChild(Words, f"{name}_problem").isVisible()
    assert (sheet.phone.text(), sheet.name.text()) == ("13812345678", "张小敏")
    qtbot.mouseClick(button(sheet, "join_done"), LEFT)
    assert len(joined) == 2


def test_an_error_of_no_field_is_said_beside_the_button(sheet, joined, qtbot) -> None:
    fill(qtbot, "13812345678", "张小敏", "", "")
    sheet.show_refused(DiskFull())
    assert "磁盘满了" in sheet.findChild(Words, "join_problem").text()
    qtbot.mouseClick(button(sheet, "join_done"), LEFT)
    assert len(joined) == 2


def test_a_phone_that_is_taken_offers_its_member(sheet, joined, qtbot) -> None:
    fill(qtbot, "13812345678", "张小敏", "", "")
    sheet.show_refused(PhoneTaken("7", "李*华", "900102000012"))
    assert "李*华" in sheet.findChild(QWidget, "join_existing").accessibleName()
    with qtbot.waitSignal(sheet.use_existing) as used:
        enter(qtbot)
    assert used.args == ["900102000012"]
    assert len(joined) == 1


def test_another_phone_takes_the_offer_away(sheet, joined, qtbot) -> None:
    fill(qtbot, "13812345678", "张小敏", "", "")
    sheet.show_existing("李*华", "900102000012")
    with qtbot.assertNotEmitted(sheet.use_existing):
        fill(qtbot, "13912345678", "张小敏", "", "")
    assert joined[-1][1] == "13912345678"


def found_namesake(sheet: JoinSheet, phone: str = "139****0481") -> None:
    sheet.show_refused(NamesakeFound("7", "李*华", phone, "900102000012"))


def test_a_namesake_of_that_birthday_is_shown_and_enter_takes_that_member(
    sheet, joined, qtbot
) -> None:
    fill(qtbot, "13812345678", "李小华", "1988-11-25", "")
    found_namesake(sheet)
    said = sheet.findChild(QWidget, "join_existing").accessibleName()
    assert all(fact in said for fact in ("李*华", "139****0481", "900102000012"))
    with qtbot.waitSignal(sheet.use_existing) as used:
        enter(qtbot)
    assert used.args == ["900102000012"]


@pytest.mark.parametrize("way", ["key", "finger", "tab"])
def test_somebody_else_of_that_name_and_birthday_joins_all_the_same(sheet, qtbot, way) -> None:
    fill(qtbot, "13812345678", "李小华", "1988-11-25", "")
    found_namesake(sheet, phone="")
    anew = button(sheet, "join_existing_anew")
    qtbot.waitUntil(anew.isVisible)
    with qtbot.waitSignal(sheet.joined_anew) as joined, qtbot.assertNotEmitted(sheet.use_existing):
        if way == "key":
            qtbot.keyClick(QApplication.focusWidget(), "N", CTRL)
        elif way == "finger":
            qtbot.mouseClick(anew, LEFT)
        else:
            for _ in range(5):  # birthday, calendar, card, consent, and this one
                qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            assert anew.hasFocus()
            enter(qtbot)
    assert joined.args == ["李小华", "13812345678", "", "1988-11-25", False]


def test_somebody_else_stays_so_until_name_or_birthday_change(sheet, joined, qtbot) -> None:
    fill(qtbot, "13812345678", "李小华", "1988-11-25", "900102000012")
    found_namesake(sheet)
    qtbot.keyClick(QApplication.focusWidget(), "N", CTRL)
    sheet.show_refused(CardTaken("900102000012"))
    with qtbot.waitSignal(sheet.joined_anew):
        fill(qtbot, "900102000020")
    sheet.show_refused(CardTaken("900102000020"))
    sheet.name.set_text("李小花")
    qtbot.mouseClick(button(sheet, "join_done"), LEFT)
    assert (len(joined), joined[-1][0]) == (2, "李小花")


@pytest.mark.parametrize("field", ["name", "birthday"])
def test_another_name_or_birthday_takes_the_namesake_away(sheet, joined, qtbot, field) -> None:
    fill(qtbot, "13812345678", "李小华", "1988-11-25", "")
    found_namesake(sheet)
    getattr(sheet, field).set_text({"name": "李小花", "birthday": "1988-11-26"}[field])
    qtbot.keyClick(QApplication.focusWidget(), "N", CTRL)
    with qtbot.assertNotEmitted(sheet.use_existing):
        qtbot.mouseClick(button(sheet, "join_done"), LEFT)
    assert len(joined) == 2


def test_there_is_no_way_around_a_phone_that_is_taken(sheet, joined, qtbot) -> None:
    fill(qtbot, "13812345678", "张小敏", "", "")
    sheet.show_refused(PhoneTaken("7", "李*华", "900102000012"))
    with qtbot.assertNotEmitted(sheet.joined_anew):
        qtbot.keyClick(QApplication.focusWidget(), "N", CTRL)
    assert button(sheet, "join_existing_anew") is None


def test_escape_turns_back_and_the_next_customer_sees_nothing_of_it(sheet, joined, qtbot) -> None:
    fill(qtbot, "13812345678")
    QApplication.focusWidget().setText("张小敏")
    with qtbot.waitSignal(sheet.cancelled):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    sheet.open()
    assert (sheet.phone.text(), sheet.name.text()) == ("", "")
    assert joined == []


def test_everything_pressed_is_large_enough_and_has_a_name(sheet) -> None:
    for widget in (*sheet.findChildren(QAbstractButton), *sheet.findChildren(QLineEdit)):
        if widget.isVisible():
            assert widget.height() >= 44, widget.objectName()
            assert widget.objectName()
            assert widget.accessibleName(), widget.objectName()


def test_what_a_customer_pays_with_never_stands_in_the_form(sheet, joined, qtbot) -> None:
    fill(qtbot, "13812345678")
    sheet.name.set_text("张小敏")
    sheet.show_refused(PaymentCode("wechat"))
    assert sheet.card.problem.text()
    sheet.name.set_text("付款码134567890123456789")
    sheet.show_refused(PaymentCode("wechat"))
    assert sheet.name.problem.text()
    sheet.name.set_text("张小敏")
    sheet.card.focus()
    fill(qtbot, "4111111111111111")
    assert sheet.card.text() == ""
    assert sheet.card.problem.text()
    assert "4111" not in sheet.card.problem.text()
    assert joined == []


def test_nobody_joins_before_the_customer_agreed(sheet, joined, qtbot) -> None:
    qtbot.keyClick(sheet, Qt.Key.Key_F4)
    fill(qtbot, "13812345678", "张小敏", "", "")
    qtbot.waitUntil(sheet.consent.hasFocus)
    assert not sheet.consent.isChecked(), "Enter in the last field asks, and answers nothing"
    qtbot.mouseClick(button(sheet, "join_done"), LEFT)
    assert joined == []
    assert "同意" in sheet.findChild(Words, "join_problem").text()
    enter(qtbot)
    enter(qtbot)
    assert len(joined) == 1


def test_the_next_customer_is_asked_again(sheet, qtbot) -> None:
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    sheet.open()
    assert not sheet.consent.isChecked()
