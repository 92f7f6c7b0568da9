"""The basket by keys and by finger: quantity, removal, clearing, the member, why this price."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.actions.counter import reprice
from core.members.birthday import format_birthday
from tests.ui.till.counter.at_counter import (
    CALCIUM,
    CARD,
    GOJI,
    MASKS,
    STATIN,
    VITAMIN,
    Cashier,
)
from ui.till.notices import NEWS
from ui.till.scan_box import BURST_GAP_MS


def quantity(cashier: Cashier, at: int = 0) -> int:
    return cashier.counter.basket.lines[at].quantity_milli


def test_a_quantity_is_typed_after_f3(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F3")
    cashier.scan("12")
    assert quantity(cashier) == 12_000
    cashier.scan(CALCIUM)
    assert cashier.codes() == [VITAMIN, CALCIUM], "the next text is a code again"


def test_f3_shows_the_quantity_of_the_selected_line_to_be_typed_over(cashier: Cashier) -> None:
    cashier.scan(VITAMIN, GOJI)
    cashier.type_in("0.375")
    cashier.press("Enter")
    cashier.settle_down()
    scan = cashier.page.scan
    cashier.press("F3")
    assert (scan.text(), scan.edit.selectedText()) == ("0.375", "0.375")
    cashier.press("Up")
    assert (scan.text(), scan.edit.selectedText()) == ("1", "1")
    cashier.press("Down")
    cashier.type_in("0.4")
    cashier.press("Enter")
    cashier.settle_down()
    assert [quantity(cashier, at) for at in (0, 1)] == [1_000, 400]
    assert not scan.is_counting and scan.text() == ""


def test_the_quantity_of_what_a_scale_has_priced_stays(cashier: Cashier) -> None:
    with cashier.shop.store.read() as reading:
        goji = reading.products.by_code(GOJI)
    assert goji is not None
    cashier.window.flow.put(lambda shop, basket: reprice(shop, basket.add(goji, label_fen=12_80)))
    cashier.settle_down()
    cashier.press("Down")
    cashier.press("F3")
    cashier.scan("2")
    assert "数量不能改" in cashier.error()
    assert cashier.payable == "12.80"


@pytest.mark.parametrize("text", ["0", "-1", "abc", "10000"])
def test_a_quantity_that_cannot_be_changes_nothing(cashier: Cashier, text: str) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F3")
    cashier.scan(text)
    cashier.wait(lambda: cashier.error() != "")
    assert quantity(cashier) == 1000


def test_after_a_refused_quantity_the_next_number_is_one_too(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F3")
    cashier.scan("0")
    assert cashier.page.scan.is_counting
    cashier.scan("3")
    assert quantity(cashier) == 3_000
    assert cashier.error() == ""


def test_a_long_number_typed_by_hand_is_a_quantity_that_cannot_be(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F3")
    for digit in "1000000000":
        QTest.qWait(BURST_GAP_MS + 5)
        cashier.type_in(digit)
    cashier.press("Enter")
    cashier.settle_down()
    assert cashier.error().startswith("“1000000000”不能作数量")
    assert quantity(cashier) == 1000


def test_a_code_scanned_instead_of_a_quantity_is_a_code(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F3")
    cashier.scan(MASKS)
    assert cashier.codes() == [VITAMIN, MASKS]
    assert quantity(cashier) == 1000


def test_escape_leaves_the_quantity_as_it_was(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F3")
    assert cashier.page.scan.is_counting
    cashier.press("Esc")
    assert not cashier.page.scan.is_counting
    cashier.scan(CALCIUM)
    assert cashier.codes() == [VITAMIN, CALCIUM]


def test_the_stepper_counts_every_press(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    stepper = cashier.page.basket.table.stepper
    for _ in range(5):
        stepper.more.click()
    cashier.settle_down()
    stepper.less.click()
    cashier.settle_down()
    assert quantity(cashier) == 5000
    assert cashier.page.scan.input.edit.hasFocus()


def test_below_one_there_is_only_removal(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    stepper = cashier.page.basket.table.stepper
    assert not stepper.less.isEnabled()
    stepper.more.click()
    cashier.settle_down()
    assert stepper.less.isEnabled()


def test_delete_removes_the_current_line_and_arrows_choose_it(cashier: Cashier) -> None:
    cashier.scan(VITAMIN, CALCIUM, MASKS)
    cashier.press("Up")
    cashier.press("Del")
    cashier.settle_down()
    assert cashier.codes() == [VITAMIN, MASKS]


def test_delete_in_a_typed_text_belongs_to_the_text(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.type_in("x")
    cashier.press("Del")
    cashier.settle_down()
    assert cashier.codes() == [VITAMIN]


def test_a_basket_is_cleared_only_after_a_question(cashier: Cashier) -> None:
    cashier.scan(CARD, VITAMIN, CALCIUM)
    cashier.press("Shift+Del")
    assert "2" in cashier.question()
    cashier.press("Esc")
    assert cashier.question() == ""
    assert cashier.codes() == [VITAMIN, CALCIUM]
    before = cashier.counter.basket.sale_id
    cashier.press("Shift+Del")
    cashier.press("Shift+Del")
    cashier.settle_down()
    assert cashier.counter.basket.is_empty
    assert cashier.counter.file is None
    assert cashier.counter.basket.sale_id != before


def test_a_scan_withdraws_the_question(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("Shift+Del")
    cashier.scan(CALCIUM)
    assert cashier.question() == ""
    cashier.press("Shift+Del")
    assert cashier.codes() == [VITAMIN, CALCIUM], "the second press asks anew"


def test_card_before_or_after_the_goods_is_the_same_to_the_fen(cashier: Cashier) -> None:
    goods = (VITAMIN, STATIN, MASKS)
    cashier.scan(CARD, *goods)
    first = cashier.payable
    cashier.press("Shift+Del")
    cashier.press("Shift+Del")
    cashier.settle_down()
    cashier.scan(*goods, CARD)
    assert cashier.payable == first == "108.00"


def test_a_member_is_shown_masked(cashier: Cashier) -> None:
    cashier.scan(CARD)
    panel = cashier.page.member
    assert panel.isVisible()
    assert panel.name.text() == "李*华"
    assert panel.contact.text() == "138****5678"
    assert panel.tier.text() == "金卡"
    assert panel.points.text() == "12,480"


def test_one_key_lets_the_member_go(cashier: Cashier) -> None:
    cashier.scan(CARD, VITAMIN)
    cashier.press("Ctrl+Del")
    cashier.settle_down()
    assert cashier.counter.file is None
    assert cashier.codes() == [VITAMIN]
    assert cashier.payable == "39.00"
    assert cashier.page.nobody.isVisible()


def test_escape_takes_nothing_from_a_sale(cashier: Cashier) -> None:
    cashier.scan(CARD, VITAMIN)
    for _ in range(3):
        cashier.press("Esc")
    cashier.settle_down()
    assert cashier.counter.file is not None
    assert cashier.codes() == [VITAMIN]


def test_the_member_can_be_let_go_by_finger(cashier: Cashier) -> None:
    cashier.scan(CARD)
    assert cashier.page.member.drop.accessibleName() == "本单不用会员"
    cashier.page.member.drop.click()
    cashier.settle_down()
    assert cashier.counter.file is None


def test_why_this_price_covers_the_list_and_selling_goes_on(cashier: Cashier) -> None:
    cashier.scan(CARD, VITAMIN, STATIN)
    cashier.press("F11")
    zone = cashier.page.basket
    assert zone.why.isVisible()
    assert not zone.table.isVisible()
    assert zone.why.ledger.accessibleDescription() != ""
    cashier.scan(MASKS)
    assert zone.why.isVisible()
    assert "医用外科口罩" in zone.why.ledger.accessibleDescription()
    assert cashier.page.member.isVisible()
    assert cashier.page.pay.button.isEnabled()
    cashier.press("F11")
    assert zone.table.isVisible()


def test_a_new_member_joins_in_this_sale(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F2")
    cashier.wait(cashier.window.sheets.join.isVisible)
    cashier.press("F4")
    cashier.type_in("13912340000")
    cashier.press("Enter")
    cashier.type_in("阿卜杜热合曼江·买买提吐尔逊江")
    for _ in range(3):
        cashier.press("Enter")
    cashier.wait(lambda: not cashier.window.sheets.join.isVisible())
    assert cashier.page.member.name.text() == "阿***江"
    assert cashier.payable == "37.00", "a member at once, also in price"
    assert cashier.page.scan.input.edit.hasFocus()
    assert cashier.counter.file is not None
    given = cashier.counter.file.member.card_no
    cashier.scan(VITAMIN)
    assert given in cashier.page.basket.notices.text(NEWS), "until it was written on the card"
    cashier.press("Esc")
    assert not cashier.page.basket.notices.text(NEWS)


def test_a_phone_that_is_a_members_takes_that_member(cashier: Cashier) -> None:
    cashier.press("F2")
    cashier.wait(cashier.window.sheets.join.isVisible)
    cashier.press("F4")
    cashier.type_in("13800135678")
    cashier.press("Enter")
    cashier.type_in("李大华")
    for _ in range(3):
        cashier.press("Enter")
    cashier.wait(lambda: bool(cashier.window.sheets.join.findChildren(object, "join_existing")))
    cashier.press("Enter")
    cashier.wait(lambda: not cashier.window.sheets.join.isVisible())
    assert cashier.counter.file is not None
    assert cashier.counter.file.member.card_no == CARD


def test_a_namesake_of_that_birthday_is_somebody_else_only_when_the_cashier_says_so(
    cashier: Cashier,
) -> None:
    with cashier.shop.store.read() as reading:
        known = reading.members.by_card(CARD)
    assert known is not None and known.birthday is not None
    join = cashier.window.sheets.join
    cashier.press("F2")
    cashier.wait(join.isVisible)
    cashier.press("F4")
    for text in ("13912340002", known.name, format_birthday(known.birthday)):
        cashier.type_in(text)
        cashier.press("Enter")
    cashier.press("Enter")
    cashier.wait(lambda: bool(join.findChildren(object, "join_existing")))
    assert join.isVisible() and cashier.counter.file is None
    cashier.press("Ctrl+N")
    cashier.wait(lambda: not join.isVisible())
    assert cashier.counter.file is not None
    assert cashier.counter.file.member.phone == "+8613912340002"
    assert cashier.counter.file.member.name == known.name


def test_a_phone_typed_before_f2_need_not_be_typed_again(cashier: Cashier) -> None:
    cashier.type_in("13912340001")
    cashier.press("F2")
    cashier.wait(cashier.window.sheets.join.isVisible)
    assert cashier.window.sheets.join.phone.text() == "13912340001"


def test_the_strip_shows_what_can_be_pressed_now(cashier: Cashier) -> None:
    def enabled() -> set[str]:
        cells = cashier.page.strip.findChildren(object)
        shown = [cell for cell in cells if hasattr(cell, "key")]
        return {cell.key() for cell in shown if cell.isEnabled()}

    assert {"F1", "F2", "F12"} <= enabled()
    assert not {"F3", "F4", "F8", "F9", "F11"} & enabled()
    cashier.scan(VITAMIN)
    assert {"F3", "F4", "F9", "F11"} <= enabled()
    assert "F12" in enabled(), "cash may be paid out over an open basket"
    cashier.pay()
    cashier.press("Esc")
    cashier.settle_down()
    assert "F8" in enabled(), "there is a sale that could be voided"


def test_every_button_says_what_it_is(cashier: Cashier) -> None:
    from PySide6.QtWidgets import QAbstractButton

    cashier.scan(CARD, VITAMIN)
    for button in cashier.page.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.accessibleName(), button.objectName()
            assert button.focusPolicy() != Qt.FocusPolicy.ClickFocus
