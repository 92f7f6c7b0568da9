"""收款: by keys alone, by finger alone, with one tender or several, and never twice."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from core.pricing.tender import TenderKind
from tests.ui.till import baskets
from tests.ui.till.hands import ENTER
from tests.ui.till.paying import Payment
from ui.widgets import paint
from ui.widgets.tile import Tile
from ui.widgets.words import Words

CARD = TenderKind.CARD


# By keys


def test_exact_cash_is_one_key_more_than_opening_it(pay) -> None:
    payment = pay(153_70)
    payment.press(ENTER)
    assert payment.confirmed == [("cash", 153_70)]
    assert payment.added == []


def test_a_second_enter_emits_nothing_until_the_sheet_is_ready_again(pay) -> None:
    payment = pay(10_00)
    payment.press(ENTER, ENTER, Qt.Key.Key_Enter)
    assert payment.confirmed == [("cash", 10_00)]
    payment.sheet.show_error("磁盘满了。")
    assert payment.problem() == "磁盘满了。"
    payment.press(ENTER)
    assert payment.confirmed == [("cash", 10_00)] * 2


def test_cash_above_the_due_shows_change_and_notes_and_is_taken_whole(pay) -> None:
    payment = pay(153_70)
    payment.pick("2")
    assert payment.line.selectedText() == "153.70", "2 chooses cash, which it is already"
    payment.typed("200")
    assert payment.figure() == ("找零", "46.30")
    assert payment.find(Words, "payment_change_after").text() == (
        "20 元 2 张，5 元、1 元各 1 张，3 角"
    )
    payment.press(ENTER)
    assert payment.confirmed == [("cash", 200_00)]


@pytest.mark.parametrize("is_member", [True, False])
def test_the_notes_of_the_change_are_said_to_the_last_coin(pay, is_member: bool) -> None:
    payment = pay(31_60, file=baskets.member() if is_member else None)
    payment.pick("2")
    payment.typed("100")
    QApplication.processEvents()
    notes = payment.find(Words, "payment_change_after")
    assert notes.text().startswith("50 元、10 元、5 元各 1 张，1 元 ")
    assert paint.advance(notes.font(), notes.text()) <= notes.width()


def test_insurance_then_the_rest_in_cash(pay) -> None:
    payment = pay(100_00, 86_30)
    payment.pick("1")
    assert payment.find(Tile, "tender_insurance").isChecked()
    payment.typed("42.60")
    assert payment.figure() == ("还差", "143.70")
    payment.press(ENTER)
    assert payment.added == [("insurance", 42_60)]
    assert payment.confirmed == []
    assert payment.find(Tile, "tender_cash").isChecked()
    assert payment.line.text() == "143.70"
    payment.press(ENTER)
    assert payment.confirmed == [("cash", 143_70)]


def test_after_a_recorded_tender_another_way_is_chosen(pay) -> None:
    payment = pay(100_00)
    payment.pick("1")
    payment.typed("40")
    payment.press(ENTER)
    payment.pick("5")
    assert payment.find(Tile, "tender_card").isChecked()
    payment.press(ENTER)
    assert payment.confirmed == [("card", 60_00)]


def test_arrows_change_the_way_to_pay_at_any_time(pay) -> None:
    payment = pay(100_00)
    payment.pick("2")
    payment.typed("80")
    payment.press(Qt.Key.Key_Down)
    assert payment.find(Tile, "tender_wechat").isChecked()
    assert payment.line.text() == "100.00"
    payment.press(Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert payment.find(Tile, "tender_insurance").isChecked()


@pytest.mark.parametrize("first", "0123456789")
def test_a_digit_is_never_another_way_to_pay(pay, first: str) -> None:
    payment = pay(10_00)
    payment.typed(first)
    payment.typed("2")
    assert payment.line.text() == f"{first}2"


@pytest.mark.parametrize("key", [Qt.Key.Key_F9, Qt.Key.Key_Shift, Qt.Key.Key_Control])
def test_a_key_that_types_nothing_leaves_the_amount_marked(pay, key: Qt.Key) -> None:
    payment = pay(144_20)
    payment.press(key)
    payment.typed("200")
    payment.press(ENTER)
    assert payment.confirmed == [("cash", 200_00)]


def test_who_moves_the_caret_goes_on_with_the_amount(pay) -> None:
    payment = pay(10_00)
    payment.press(Qt.Key.Key_Home)
    payment.typed("2")
    assert payment.line.text() == "210.00"


def test_ctrl_and_a_digit_choose_from_a_tile_that_has_the_focus(pay) -> None:
    payment = pay(10_00)
    payment.find(Tile, "tender_voucher").setFocus()
    payment.pick("3")
    assert payment.find(Tile, "tender_wechat").isChecked()
    assert payment.line.hasFocus()


def test_a_digit_typed_on_a_tile_goes_into_the_amount(pay) -> None:
    payment = pay(10_00)
    payment.find(Tile, "tender_voucher").setFocus()
    payment.typed("50")
    assert payment.line.text() == "50"


def test_who_points_at_a_ready_amount_types_it_anew(pay) -> None:
    payment = pay(28_40)
    payment.qtbot.mouseClick(payment.line, Qt.MouseButton.LeftButton)
    payment.typed("100")
    assert payment.line.text() == "100"


def test_enter_on_a_focused_tile_chooses_it(pay) -> None:
    payment = pay(10_00)
    payment.find(Tile, "tender_card").setFocus()
    payment.press(ENTER)
    assert payment.confirmed == []
    assert payment.find(Tile, "tender_card").isChecked()


def test_escape_turns_back_and_takes_nothing(pay) -> None:
    payment = pay(10_00)
    payment.press(Qt.Key.Key_Escape)
    assert payment.cancelled == [True]
    assert payment.confirmed == payment.added == []
    assert payment.window.line.hasFocus()


# By finger


def test_a_finger_pays_by_wechat_with_two_taps(pay) -> None:
    payment = pay(68_00)
    payment.tap("tender_wechat")
    payment.tap("payment_done")
    assert payment.confirmed == [("wechat", 68_00)]


def test_a_finger_takes_a_note_by_its_quick_amount(pay) -> None:
    payment = pay(153_70)
    payment.tap("quick_4")
    assert payment.figure() == ("找零", "46.30")
    assert payment.find(Tile, "quick_4").isChecked()
    payment.tap("payment_done")
    assert payment.confirmed == [("cash", 200_00)]


def test_a_finger_types_on_the_keys_of_the_screen(pay) -> None:
    payment = pay(12_40)
    payment.tap("payment_amount_keyboard")
    for key in ("1", "2", "point", "5", "0", "back", "0"):
        payment.tap(f"payment_pad_{key}")
    assert payment.line.text() == "12.50"
    assert payment.figure() == ("找零", "0.10")
    payment.tap("payment_ways")
    assert payment.find(Tile, "tender_cash").isVisible()
    payment.tap("payment_done")
    assert payment.confirmed == [("cash", 12_50)]


def test_recorded_tenders_can_be_taken_away(pay) -> None:
    payment = pay(100_00)
    for key, amount in (("1", "30"), ("5", "20")):
        payment.pick(key)
        payment.typed(amount)
        payment.press(ENTER)
    assert payment.line.text() == "50.00"
    payment.tap("paid_0_remove")
    assert payment.removed == [0]
    assert payment.line.text() == "80.00"
    assert payment.find(QWidget, "paid_0").accessibleName() == "银行卡 20.00"


def test_everything_pressed_is_large_enough_and_has_a_name(pay) -> None:
    payment = pay(100_00)
    payment.pick("1")
    payment.typed("30")
    payment.press(ENTER)
    for button in payment.sheet.findChildren(QAbstractButton):
        if button.isVisible():
            assert min(button.width(), button.height()) >= 44, button.objectName()
            assert button.objectName()
            assert button.accessibleName(), button.objectName()


# What cannot be taken


@pytest.mark.parametrize("text", ["abc", "", "0", "-1", "1.234"])
def test_a_bad_amount_gets_one_sentence_and_stays(pay, text: str) -> None:
    payment = pay(10_00)
    payment.line.setText(text)
    payment.press(ENTER)
    assert payment.problem().endswith("。")
    assert payment.line.text() == text
    assert payment.confirmed == payment.added == []
    payment.line.setText("10")
    assert payment.problem() == ""
    payment.press(ENTER)
    assert payment.confirmed == [("cash", 10_00)]


def test_only_cash_gives_change(pay) -> None:
    payment = pay(10_00)
    payment.pick("3")
    payment.typed("20")
    payment.press(ENTER)
    assert "最多 10.00 元" in payment.problem()
    assert payment.confirmed == []


def test_a_barcode_in_the_amount_is_not_money(pay) -> None:
    payment = pay(10_00)
    payment.line.setText("6901234567892")
    payment.press(ENTER)
    assert payment.problem()
    assert payment.confirmed == []


def test_what_a_customer_pays_with_stays_nowhere_in_the_amount(pay) -> None:
    payment = pay(10_00)
    payment.line.setText("134567890123456789")
    payment.press(ENTER)
    assert "付款码" in payment.problem() and "1345" not in payment.problem()
    assert payment.line.text() == ""
    assert payment.confirmed == payment.added == []


def test_a_large_change_is_asked_of_the_amount_that_stands_there(pay) -> None:
    payment = pay(10_00)
    for amount in ("5000", "800001", "5000"):
        payment.typed(amount)
        payment.press(ENTER)
        assert payment.confirmed == [], "what was asked of an amount before counts no more"
    payment.press(ENTER)
    assert payment.confirmed == [("cash", 500_000)]


def test_full_width_digits_of_an_input_method_are_an_amount(pay) -> None:
    payment = pay(10_00)
    event = QInputMethodEvent()
    event.setCommitString("２０．５")
    QApplication.sendEvent(payment.line, event)
    assert payment.figure() == ("找零", "10.50")
    payment.press(ENTER)
    assert payment.confirmed == [("cash", 20_50)]


def test_insurance_for_prescriptions_is_shut_where_there_are_none(pay) -> None:
    payment = pay(10_00, rules=baskets.rulebook(insurance_pays="prescription"))
    assert not payment.find(Tile, "tender_insurance").isEnabled()
    payment.pick("1")
    assert payment.problem()
    assert payment.find(Tile, "tender_cash").isChecked()


def test_insurance_for_prescriptions_pays_their_part(pay) -> None:
    rules = baskets.rulebook(insurance_pays="prescription")
    payment = pay(100_00, prescription_fen=42_60, rules=rules)
    payment.pick("1")
    assert payment.line.text() == "42.60"
    payment.press(ENTER)
    assert payment.added == [("insurance", 42_60)]
    assert payment.line.text() == "100.00"


def test_rounded_cash_covers_the_due(pay) -> None:
    payment = pay(153_74, rules=baskets.rulebook(rounding_fen=10))
    assert payment.line.text() == "153.70"
    payment.press(ENTER)
    assert payment.confirmed == [("cash", 153_70)]


def test_the_payable_that_is_paid_already_needs_no_tender(look, window, qtbot) -> None:
    counter = baskets.counter(baskets.basket(10_00), (CARD, 10_00))
    payment = Payment(look, window, qtbot, counter)
    payment.press(ENTER)
    assert payment.confirmed == [("", 0)]


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768), (911, 512)])
def test_nothing_is_cut_off_at_any_size(pay, size: tuple[int, int], qtbot) -> None:
    payment = pay(100_00, prescription_fen=42_60)
    payment.window.resize(*size)
    qtbot.waitUntil(lambda: payment.sheet.width() == size[0])
    panel = payment.sheet.panel
    done = payment.find(QAbstractButton, "payment_done")
    qtbot.waitUntil(lambda: done.mapTo(panel, done.rect().bottomLeft()).y() < panel.height())


def test_what_has_the_focus_is_in_sight_at_twice_the_size(pay, qtbot) -> None:
    payment = pay(100_00, prescription_fen=42_60)
    payment.window.resize(683, 384)
    qtbot.waitUntil(lambda: payment.sheet.width() == 683)
    panel = payment.sheet.panel
    for name in ("payment_done", "payment_amount"):
        part = payment.find(QWidget, name)
        part.setFocus()
        qtbot.waitUntil(lambda part=part: panel.rect().contains(_place(part, panel)))


def _place(part: QWidget, within: QWidget) -> QRect:
    return QRect(part.mapTo(within, part.rect().topLeft()), part.size())
