"""入会 at the counter: its keys are counted, and a lost card is answered wherever it is shown."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from core.actions.cards import replace_card
from core.actions.serve import find_member
from core.members.member_code import member_code
from tests.builders import manager_of
from tests.ui.till.counter.at_counter import CARD, VITAMIN, Cashier
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

PHONE, NEW_CARD = "13912340001", "700001"
NAME, PINYIN = "张小敏", "zhangxiaomin "
KEYS_A_SECOND, SECONDS = 3, 20


class Hands:
    """A cashier whose keys and scans are counted; what an input method writes, sign by sign."""

    def __init__(self, cashier: Cashier) -> None:
        self._cashier = cashier
        self.keys = self.scans = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            self._cashier.press(key)
            QApplication.processEvents()  # the form moves the caret behind the key

    def type(self, text: str) -> None:
        self.keys += len(text)
        self._cashier.type_in(text)

    def compose(self, pinyin: str, text: str) -> None:
        self.keys += len(pinyin)
        written = QInputMethodEvent()
        written.setCommitString(text)
        QApplication.sendEvent(QApplication.focusWidget(), written)

    def scan(self, code: str) -> None:
        self.scans += 1
        self._cashier.burst(code)


@pytest.fixture
def hands(cashier: Cashier) -> Hands:
    return Hands(cashier)


def begin(cashier: Cashier, hands: Hands) -> None:
    """F2, phone and name."""
    hands.press("F2")
    cashier.wait(cashier.window.sheets.join.isVisible)
    hands.type(PHONE)
    hands.press("Enter")
    hands.compose(PINYIN, NAME)
    hands.press("Enter")


def agree_and_join(cashier: Cashier, hands: Hands) -> None:
    """Enter says that the customer agrees, Enter joins."""
    hands.press("Enter", "Enter")
    cashier.wait(lambda: not cashier.window.sheets.join.isVisible())
    cashier.settle_down()
    assert (hands.keys + hands.scans) / KEYS_A_SECOND < SECONDS


def test_a_full_joining_with_a_card_takes_one_scan_and_37_keys(
    cashier: Cashier, hands: Hands
) -> None:
    begin(cashier, hands)
    hands.type("19880305")
    hands.scan(NEW_CARD)
    agree_and_join(cashier, hands)
    file = cashier.counter.file
    assert file is not None and file.member.birthday is not None
    assert (file.member.card_no, file.member.name) == (NEW_CARD, NAME)
    assert not file.member.birthday.is_lunar
    assert (hands.scans, hands.keys) == (1, 37)


def test_a_lunar_birthday_and_a_card_that_is_issued_take_41_keys(
    cashier: Cashier, hands: Hands
) -> None:
    begin(cashier, hands)
    hands.type("19880815")
    hands.press("Tab", "Right", "Enter", "Enter")
    agree_and_join(cashier, hands)
    file = cashier.counter.file
    assert file is not None and file.member.birthday is not None
    assert file.member.birthday.is_lunar
    assert (hands.scans, hands.keys) == (0, 41)


def test_a_card_or_a_phone_that_nobody_had_is_not_asked_for_again(
    cashier: Cashier, hands: Hands
) -> None:
    join = cashier.window.sheets.join
    cashier.scan(NEW_CARD)
    assert NEW_CARD in cashier.error()
    hands.press("F2")
    cashier.wait(join.isVisible)
    assert (join.card.text(), join.phone.edit.hasFocus()) == (NEW_CARD, True)
    cashier.press("Esc")
    cashier.scan(PHONE)
    hands.press("F2")
    cashier.wait(join.isVisible)
    assert (join.phone.text(), join.card.text(), join.name.edit.hasFocus()) == (PHONE, "", True)
    hands.compose(PINYIN, NAME)
    hands.press("Enter", "Enter", "Enter")
    agree_and_join(cashier, hands)
    assert cashier.error() == ""
    cashier.press("Ctrl+Del")
    cashier.settle_down()
    for code in ("6999999999997", "96385074", "036000291452", "SPRING10"):
        cashier.scan(code)
        hands.press("F2")
        cashier.wait(join.isVisible)
        assert join.card.text() == "", "goods and coupons that nobody knows are no card"
        cashier.press("Esc")


# A lost card


@pytest.fixture
def lost(cashier: Cashier) -> str:
    """The old card of a member who has another one; it bought something before."""
    cashier.scan(VITAMIN, CARD)
    cashier.pay()
    cashier.press("Esc")
    cashier.settle_down()
    member, staff = find_member(cashier.shop, CARD), manager_of(cashier.shop)
    replace_card(cashier.shop, member.id, staff=staff, card_no=NEW_CARD)
    return CARD


def test_at_the_counter_an_old_card_is_replaced(cashier: Cashier, lost: str) -> None:
    for text in (lost, member_code(lost), f";{lost}?"):
        cashier.scan(text)
        cashier.wait(lambda: "已经换成新卡" in cashier.error())
        assert "输手机号" in cashier.error(), "and what to do"
        assert cashier.counter.file is None
        cashier.press("Esc")
    cashier.type_in(lost)
    cashier.press("Enter")
    cashier.wait(lambda: "已经换成新卡" in cashier.error())
    cashier.scan(NEW_CARD)
    assert cashier.counter.file is not None


def test_at_a_return_an_old_card_finds_nothing_and_says_why(cashier: Cashier, lost: str) -> None:
    sheet = cashier.window.sheets.returns
    cashier.wait(lambda: cashier.page._now().has_last)
    cashier.press("F8")
    cashier.wait(sheet.isVisible)
    cashier.burst(lost)
    cashier.wait(lambda: "已经换成新卡" in said(sheet))
    cashier.burst(NEW_CARD)
    cashier.wait(lambda: len(sheet.finder.list.rows()) == 1)


def test_nobody_joins_with_an_old_card(cashier: Cashier, hands: Hands, lost: str) -> None:
    sheet = cashier.window.sheets.join
    begin(cashier, hands)
    hands.scan(lost)
    hands.press("Enter", "Enter")
    cashier.wait(lambda: "已经换成" in sheet.card.problem.text())
    assert "没用过的卡" in sheet.card.problem.text()
    hands.scan("700002")
    hands.press("Enter")
    cashier.wait(lambda: not sheet.isVisible())
    cashier.settle_down()
    assert cashier.counter.file is not None and cashier.counter.file.member.card_no == "700002"


def test_no_card_is_replaced_by_an_old_one(cashier: Cashier, lost: str) -> None:
    cashier.scan("800002")
    cashier.press("F2")
    sheet = cashier.window.sheets.member
    cashier.wait(sheet.isVisible)
    sheet._choose("card")
    cashier.burst(lost)
    cashier.press("Enter")
    cashier.wait(lambda: "已经换成" in said(sheet))


def test_no_price_is_told_for_an_old_card(cashier: Cashier, lost: str) -> None:
    sheet = cashier.window.sheets.price
    cashier.press("Ctrl+F")
    cashier.wait(sheet.isVisible)
    cashier.burst(lost)
    cashier.wait(lambda: "已经换成新卡" in said(sheet))


def said(sheet: Sheet) -> str:
    return " ".join(words.text() for words in sheet.findChildren(Words) if words.isVisible())
