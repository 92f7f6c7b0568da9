"""手工优惠 with F4: of a line or of the basket, within the limit, with an approval, and again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.builders import Home, audit_rows
from tests.ui.till.counter.at_counter import (
    CALCIUM,
    CARD,
    STATIN,
    VITAMIN,
    Cashier,
    cashier_at,
)
from ui.look import Look
from ui.till.by_hand import ByHandSheet


@pytest.fixture
def wang(cashier: Cashier) -> Cashier:
    """A cashier took over from the manager."""
    cashier.hand_over_to_fang()
    return cashier


def sheet(cashier: Cashier) -> ByHandSheet:
    return cashier.window.sheets.by_hand


def begin(cashier: Cashier) -> None:
    cashier.press("F4")
    cashier.wait(sheet(cashier).isVisible)


def give(cashier: Cashier, text: str) -> None:
    """Keys from F4 to Enter; then the sheet is away."""
    begin(cashier)
    cashier.type_in(text)
    cashier.press("Enter")
    cashier.wait(lambda: not sheet(cashier).isVisible())
    cashier.settle_down()


def previewed(cashier: Cashier) -> str:
    return sheet(cashier).amount.zone.figure.text()


def problem(cashier: Cashier) -> str:
    return sheet(cashier).amount.zone.problem.text()


def rows(cashier: Cashier) -> list[tuple[str, str]]:
    """(sub-line, net) of each row of the basket."""
    shown = cashier.page.basket.table.model.rows
    return [(" ".join(piece.text for piece in row.sub), row.net) for row in shown]


def test_an_amount_a_reason_and_enter(wang: Cashier) -> None:
    wang.scan(CALCIUM)
    begin(wang)
    wang.type_in("5")
    wang.wait(lambda: previewed(wang) == "63.00")
    assert wang.payable == "68.00", "nothing is given before Enter"
    wang.type_in("b")
    wang.press("Enter")
    wang.wait(lambda: not sheet(wang).isVisible())
    assert wang.payable == "63.00"
    assert rows(wang) == [("手工优惠·破损 −5.00", "63.00")]
    assert wang.page.scan.input.edit.hasFocus()


def test_a_rate_and_a_price(wang: Cashier) -> None:
    wang.scan(CALCIUM)
    give(wang, "*95a")
    assert rows(wang) == [("手工95折·临期 −3.40", "64.60")]
    give(wang, "=65d")
    assert rows(wang) == [("改价 65.00·价签错误 −3.00", "65.00")]


def test_the_whole_basket_is_a_row_of_its_own(wang: Cashier) -> None:
    wang.scan(VITAMIN, CALCIUM)
    begin(wang)
    wang.press("F4")
    wang.type_in("*95c")
    wang.press("Enter")
    wang.wait(lambda: not sheet(wang).isVisible())
    assert rows(wang) == [("", "39.00"), ("", "68.00"), ("老顾客", "−5.35")]
    assert wang.payable == "101.65"
    wang.press("Shift+Del")
    assert "2" in wang.question(), "what is given is no line"


def test_the_line_that_is_current_is_meant(wang: Cashier) -> None:
    wang.scan(VITAMIN, CALCIUM)
    wang.press("Up")
    give(wang, "1a")
    assert [net for _, net in rows(wang)] == ["38.00", "68.00"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "还没有写数"),
        ("5", "理由"),
        ("b", "还没有写数"),
        ("..b", "不是金额"),
        ("0b", "不能作优惠"),
        ("*10b", "不能作优惠"),
        ("68.01b", "最多减 68.00"),
    ],
)
def test_what_cannot_be_given_is_said_and_stays(wang: Cashier, typed: str, said: str) -> None:
    wang.scan(CALCIUM)
    begin(wang)
    wang.type_in(typed)
    wang.press("Enter")
    wang.wait(lambda: said in problem(wang))
    assert wang.payable == "68.00"
    wang.press("Esc")
    assert not sheet(wang).isVisible()
    assert wang.counter.basket.lines[0].by_hand is None


def test_a_prescription_takes_none_and_the_basket_is_chosen(wang: Cashier) -> None:
    wang.scan(VITAMIN, STATIN)
    begin(wang)
    assert not sheet(wang).choices.line.isEnabled()
    assert sheet(wang).choices.basket.isChecked()
    wang.type_in("1c")
    wang.press("Enter")
    wang.wait(lambda: not sheet(wang).isVisible())
    assert rows(wang)[-1] == ("老顾客", "−1.00")


def test_beyond_the_limit_a_manager_is_asked(wang: Cashier) -> None:
    wang.scan(CALCIUM)
    begin(wang)
    wang.type_in("*5b")
    wang.wait(lambda: sheet(wang).amount.zone.after.text() != "")
    wang.press("Enter")
    override = wang.window.sheets.override
    wang.wait(override.isVisible)
    assert override.title.text() == "请授权：超限手工优惠"
    wang.approve()
    wang.wait(lambda: not sheet(wang).isVisible())
    wang.settle_down()
    assert wang.payable == "34.00"
    wang.pay()
    row = next(row for row in audit_rows(wang.shop) if row["what"] == "discount_by_hand")
    assert (row["staff_no"], row["detail"]) == (2, "line 1 off 3400 of 6800 破损 approved_by 1")


def test_esc_at_the_managers_pin_gives_nothing_and_keeps_what_was_typed(wang: Cashier) -> None:
    wang.scan(CALCIUM)
    begin(wang)
    wang.type_in("*5b")
    wang.press("Enter")
    wang.wait(wang.window.sheets.override.isVisible)
    wang.press("Esc")
    assert sheet(wang).isVisible()
    assert sheet(wang).amount.entry.text() == "5"
    assert wang.payable == "68.00"
    wang.press("Enter")
    wang.wait(wang.window.sheets.override.isVisible)


def test_what_was_given_is_taken_back_with_del(wang: Cashier) -> None:
    wang.scan(CALCIUM)
    give(wang, "5b")
    begin(wang)
    assert "减 5.00·破损" in sheet(wang).choices.given.text()
    wang.press("Del")
    wang.wait(lambda: not sheet(wang).isVisible())
    wang.settle_down()
    assert wang.payable == "68.00"
    begin(wang)
    assert not sheet(wang).choices.back.isVisible()
    wang.type_in("5")
    wang.press("Del")
    assert sheet(wang).isVisible(), "Del while something is typed belongs to the text"


def test_a_discount_that_grew_is_answered_for_before_money_is_taken(wang: Cashier) -> None:
    wang.scan(VITAMIN, CALCIUM)
    begin(wang)
    wang.press("F4")
    wang.type_in("5c")
    wang.press("Enter")
    wang.wait(lambda: not sheet(wang).isVisible())
    wang.settle_down()
    wang.press("Del")
    wang.settle_down()
    assert wang.payable == "34.00"
    wang.press("F9")
    override, payment = wang.window.sheets.override, wang.window.sheets.payment
    wang.wait(override.isVisible)
    assert "现在是 5.00（87.17折）" in override.why.text()
    assert not payment.isVisible()
    wang.press("Esc")
    assert wang.sales() == 0
    wang.press("F9")
    wang.approve()
    wang.wait(payment.isVisible)
    wang.press("Enter")
    wang.wait(lambda: payment.is_settled)
    assert wang.sales() == 1


def test_a_manager_is_not_asked_for_a_pin(cashier: Cashier) -> None:
    cashier.scan(CALCIUM)
    give(cashier, "*5b")
    assert cashier.payable == "34.00"
    cashier.press("F3")
    cashier.type_in("2")
    cashier.press("Enter")
    cashier.settle_down()
    cashier.pay()
    assert cashier.sales() == 1


def test_a_scan_over_the_sheet_lands_in_the_basket_when_the_discount_is_given(
    wang: Cashier,
) -> None:
    wang.scan(CALCIUM)
    begin(wang)
    wang.type_in("5b")
    wang.scan(VITAMIN)
    assert previewed(wang) == "63.00"
    assert sheet(wang).amount.entry.text() == "5"
    wang.press("Enter")
    wang.wait(lambda: wang.codes() == [CALCIUM, VITAMIN])
    assert [net for _, net in rows(wang)] == ["63.00", "39.00"]


def test_everything_by_finger(wang: Cashier) -> None:
    wang.scan(CARD, CALCIUM, VITAMIN)
    next(
        cell
        for cell in wang.page.strip.findChildren(QAbstractButton)
        if "F4" in cell.accessibleName()
    ).click()
    wang.wait(sheet(wang).isVisible)
    for name in ("by_hand_basket", "by_rate", "by_hand_pad_9", "by_hand_pad_5", "by_hand_reason_2"):
        button = sheet(wang).findChild(QAbstractButton, name)
        assert min(button.width(), button.height()) >= 44, name
        assert button.accessibleName(), name
        button.click()
    sheet(wang).amount.done.click()
    wang.wait(lambda: not sheet(wang).isVisible())
    # 64.60 and 37.00: 5.08 of 101.60
    assert wang.payable == "96.52"
    wang.press("F11")
    assert "整单·老顾客" in wang.page.basket.why.ledger.accessibleDescription()


def test_an_empty_basket_has_nothing_to_give(wang: Cashier) -> None:
    wang.press("F4")
    wang.settle_down()
    assert "by_hand" not in wang.window.sheets.open_names


@pytest.fixture
def narrow(home: Home, qtbot: QtBot, look: Look) -> Iterator[Cashier]:
    with cashier_at(home, qtbot, look, width=911) as cashier:
        yield cashier


def test_in_a_narrow_window_nothing_of_it_is_cut(narrow: Cashier) -> None:
    narrow.window.resize(911, 512)
    narrow.scan(CALCIUM)
    begin(narrow)
    panel = sheet(narrow).panel
    buttons = [each for each in panel.findChildren(QAbstractButton) if each.isVisible()]

    def cut() -> list[str]:
        corners = {each: each.mapTo(panel, each.rect().bottomRight()) for each in buttons}
        return [each.objectName() for each in buttons if not panel.rect().contains(corners[each])]

    narrow.wait(lambda: not cut())
    assert {each.objectName() for each in buttons if each.height() < 44} == set()
