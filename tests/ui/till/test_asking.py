"""正在问总部: while an answer is on its way nothing is asked twice, and what goes on is said."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from core.errors import AskedElsewhere, HeldAsksLine
from core.sync.held import HeldThere
from tests.ui.till.test_every_page import FITS_AT, drawn
from ui.look import Look
from ui.text import sentence
from ui.till.held_state import choice_there
from ui.till.recall import RecallSheet
from ui.till.returns import ReturnSheet
from ui.till.rewards import RewardSheet
from ui.widgets import paint

HELD = HeldThere(UUID(int=3), 2, "戴帽子的", 3, 128_00, 0)


def test_a_basket_of_another_till_is_asked_for_once(look: Look, window: QWidget) -> None:
    sheet, asked = RecallSheet(look, window), list[object]()
    sheet.recalled.connect(asked.append)
    sheet.show_rows([choice_there(HELD, 0)])
    sheet.show_asking()
    assert "正在问总部" in sheet.said.text() and sheet.said.isVisible()
    for _ in range(2):
        QTest.keyClick(sheet.list, Qt.Key.Key_Return)
        sheet.take.click()
    sheet.show_rows([choice_there(HELD, 0)])  # others are told meanwhile
    assert "正在问总部" in sheet.said.text() and not sheet.take.isEnabled()
    assert asked == []
    sheet.show_error(sentence(HeldAsksLine()))
    QTest.keyClick(sheet.list, Qt.Key.Key_Return)
    assert asked == [HELD.id]
    sheet.show_asking()
    sheet.shut()
    sheet.show_rows([choice_there(HELD, 0)])
    assert sheet.take.isEnabled() and not sheet.said.isVisible(), "begun anew"


def test_a_reward_that_is_asked_for_stays_the_one_that_was_chosen(look: Look) -> None:
    with drawn(look, "rewards_asking", FITS_AT[0]) as shown:
        sheet = shown.findChild(RewardSheet)
        before = sheet.list.current_key()
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Plus, Qt.Key.Key_Return):
            QTest.keyClick(sheet.list, key)
        assert not sheet.stepper.isEnabled() and not sheet.take.isEnabled()
        assert sheet.list.current_key() == before and "正在" in sheet.said.text()
        sheet.show_error("没有换成。")
        assert sheet.take.isEnabled()
        QTest.keyClick(sheet.list, Qt.Key.Key_Down)
        assert sheet.list.current_key() != before


def test_why_a_receipt_does_not_come_back_is_said_whole(look: Look) -> None:
    for size in FITS_AT:
        with drawn(look, "returns_there", size) as shown:
            sheet = shown.findChild(ReturnSheet)
            sheet.show_error(sentence(AskedElsewhere("S02-T12-000097")) * 2)
            said = sheet.effects.said
            lines = paint.lines(said.text(), said.font(), said.width())
            assert said.height() >= lines * said.fontMetrics().lineSpacing(), size
