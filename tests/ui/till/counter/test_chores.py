"""店务: labels, badges and trace codes at the window, each by whoever may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from core.actions import badges as badging
from core.actions import withdraw_coupons as withdrawing
from core.actions.coupon_codes import issue_coupons
from core.actions.label_layouts import label_layouts
from core.actions.set_up import add_staff
from core.actions.trace import name_trace, trace_rows
from core.actions.withdraw_coupons import withdraw_coupons
from core.rulebook.coupons_alone import CouponsAlone
from core.rulebook.labels import LabelCode
from core.trust.staff import Role
from core.values.gtin import check_digit
from tests.actions.test_by_hand import audited
from tests.actions.test_coupon_codes import CINEMA, FIVE
from tests.actions.test_issue_limit import limited
from tests.actions.test_offer_uses import rules
from tests.builders import manager_of
from tests.ui.devices.printed_codes import pages_of, read_codes
from tests.ui.till.counter.at_counter import VITAMIN, Cashier
from ui import filing
from ui.look import Look
from ui.till.badges import BadgesSheet
from ui.till.blank_cards import SINGLE, BlankCardsSheet
from ui.till.coupons import BATCHES, WITHDRAW, CouponsSheet
from ui.till.labels import LabelsSheet
from ui.till.partners import PartnersSheet
from ui.till.trace_export import TraceExportSheet
from ui.widgets.day_span import LAST_MONTH, MONTH, TODAY, YESTERDAY, days_of
from ui.widgets.sheet import Sheet

PACK = "81234567890123456789"
LABEL = "201008603600" + check_digit("201008603600")


def opened(cashier: Cashier, name: str) -> Sheet:
    """The sheet of a chore, once it is there."""
    cashier.begin_chore(name)
    shown: dict[str, type[Sheet]] = {
        "coupons": CouponsSheet,
        "labels": LabelsSheet,
        "badges": BadgesSheet,
        "traces": TraceExportSheet,
        "partners": PartnersSheet,
        "cards": BlankCardsSheet,
    }

    def is_there() -> bool:
        sheet = cashier.window.findChild(shown[name])
        return sheet is not None and sheet.isVisible()

    cashier.wait(is_there)
    assert not cashier.window.talks.machine.chores.sheet.isVisible()
    return cashier.window.findChild(shown[name])


def hold_enter(widget: QWidget, settle: Callable[[], None] = lambda: None) -> None:
    """Enter goes down, and is not let go of for a while."""
    widget.setFocus()
    for at in range(4):
        event = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_Return,
            Qt.KeyboardModifier.NoModifier,
            "\r",
            autorep=at > 0,
        )
        QApplication.sendEvent(QApplication.focusWidget() or widget, event)
        settle()


def code_of(cashier: Cashier) -> str:
    with cashier.shop.store.read() as reading:
        return reading.badges.all().get(1, "")


def test_a_label_is_tried_and_its_layout_kept_with_a_managers_pin(cashier: Cashier) -> None:
    cashier.hand_over_to_fang()
    sheet = opened(cashier, "labels")
    assert isinstance(sheet, LabelsSheet)
    cashier.burst(LABEL)
    cashier.wait(lambda: "10086" in sheet.said.text() and "36.00" in sheet.said.text())
    sheet.holds.set_current("weight")
    sheet.holds.chosen.emit("weight")
    cashier.burst(LABEL)
    cashier.wait(lambda: "3.6" in sheet.said.text())
    assert cashier.counter.basket.is_empty, "a label that is tried is not sold"
    sheet.keep.click()
    cashier.approve()
    cashier.wait(lambda: "下一次扫码" in sheet.said.text())
    assert (LabelCode("20", "weight"), True) in label_layouts(cashier.shop)
    assert sheet.remove.isEnabled()
    sheet.remove.click()
    cashier.approve()
    cashier.wait(lambda: not sheet.remove.isEnabled())
    assert (LabelCode("20", "weight"), True) not in label_layouts(cashier.shop)


def test_a_badge_is_given_shown_kept_and_taken_back(cashier: Cashier, tmp_path: Path) -> None:
    sheet = opened(cashier, "badges")
    assert isinstance(sheet, BadgesSheet)
    assert not sheet.take.isEnabled() and not sheet.file.isEnabled()
    cashier.burst("OLDBADGE7")
    cashier.wait(lambda: sheet.field.text() == "OLDBADGE7")
    sheet.give.click()
    cashier.wait(sheet.take.isEnabled)
    assert badging.whose_badge(cashier.shop, "OLDBADGE7").name == "店长"
    shown = " ".join(f"{row.text} {row.sub} {row.right}" for row in sheet.list.rows())
    assert "有工牌" in shown and "OLDBADGE7" not in shown
    sheet.show_it.click()
    cashier.wait(sheet.file.isEnabled)
    sheet.file.click()
    cashier.choose_file(tmp_path / "badge.pdf")
    cashier.wait(lambda: str(tmp_path) in sheet.said.text())
    [page] = pages_of((tmp_path / "badge.pdf").read_bytes())
    assert [text for text, _ in read_codes(page, 203)] == ["OLDBADGE7"]
    sheet.take.click()
    cashier.wait(lambda: not sheet.take.isEnabled())
    assert badging.with_badge(cashier.shop) == frozenset()
    cashier.press("Esc")
    cashier.wait(cashier.window.talks.machine.chores.sheet.isVisible)


def test_a_badge_is_replaced_by_its_button_alone(cashier: Cashier) -> None:
    sheet = opened(cashier, "badges")
    assert isinstance(sheet, BadgesSheet)
    row = sheet.list.visualRect(sheet.list.currentIndex()).center()
    QTest.mouseClick(sheet.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    cashier.settle_down()
    assert badging.with_badge(cashier.shop) == frozenset(), "who is chosen is given nothing yet"
    hold_enter(sheet.field.edit)
    cashier.wait(sheet.take.isEnabled)
    given = code_of(cashier)
    QTest.mouseClick(sheet.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    hold_enter(sheet.field.edit)
    cashier.settle_down()
    assert "换一张新的" in sheet.said.text() and code_of(cashier) == given
    sheet.give.click()
    cashier.wait(lambda: code_of(cashier) != given)


def test_enter_that_is_held_issues_one_batch(cashier: Cashier) -> None:
    rules(cashier.shop, manager_of(cashier.shop), FIVE)
    sheet = opened(cashier, "coupons")
    assert isinstance(sheet, CouponsSheet)
    cashier.settle_down()
    hold_enter(sheet.count.edit, settle=cashier.settle_down)
    cashier.wait(lambda: "发了 1 张" in sheet.said.text())
    for _ in range(2):
        cashier.press("Enter")
        cashier.settle_down()
    assert len(audited(cashier.shop, "coupons_issued")) == 1


def test_trace_codes_are_counted_by_all_and_taken_out_by_who_may(
    cashier: Cashier, tmp_path: Path
) -> None:
    basket = cashier.counter.basket
    name_trace(cashier.shop, basket, PACK, VITAMIN, staff=manager_of(cashier.shop))
    cashier.scan(PACK)
    cashier.pay()
    cashier.press("Enter")
    cashier.settle_down()
    cashier.hand_over_to_fang()
    sheet = opened(cashier, "traces")
    assert isinstance(sheet, TraceExportSheet)
    cashier.wait(lambda: sheet.said.text().startswith("1 行"))
    cashier.burst(VITAMIN)
    assert sheet.findChild(QWidget, "sheet_scan") is not None and cashier.counter.basket.is_empty
    sheet.span.since.set_text("2026-13-01")
    assert not sheet.file.isEnabled() and "2026-11-01" in sheet.said.text()
    today = cashier.shop.now().business_on
    sheet.span.since.set_text(today.isoformat())
    cashier.wait(sheet.file.isEnabled)
    sheet.file.click()
    cashier.wait(lambda: cashier.window.findChild(QFileDialog, "save_dialog") is not None)
    cashier.window.findChild(QFileDialog, "save_dialog").reject()
    cashier.settle_down()
    assert audited(cashier.shop, "traces_exported") == [], "nobody has taken them out yet"
    sheet.file.click()
    cashier.choose_file(tmp_path / "codes.csv")
    cashier.approve()
    cashier.wait((tmp_path / "codes.csv").exists)
    assert len(audited(cashier.shop, "traces_exported")) == 1
    assert len(trace_rows(cashier.shop, today, today)) == 1
    assert PACK in (tmp_path / "codes.csv").read_text("utf-8-sig")


def test_blank_cards_get_their_numbers_once_and_not_before_their_place_is_known(
    cashier: Cashier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cashier.hand_over_to_fang()
    sheet = opened(cashier, "cards")
    assert isinstance(sheet, BlankCardsSheet)
    sheet.count.set_text("0")
    cashier.press("Enter")
    assert "1 到 1,000" in sheet.count.problem.text()
    sheet.count.set_text("3")
    cashier.press("Enter")
    cashier.wait(lambda: cashier.window.findChild(QFileDialog, "save_dialog") is not None)
    dialog = cashier.window.findChild(QFileDialog, "save_dialog")
    words = {button.text() for button in dialog.findChildren(QAbstractButton)}
    assert {"保存", "取消"} <= {word.partition("(")[0].lstrip("&") for word in words}
    dialog.reject()
    cashier.settle_down()
    assert audited(cashier.shop, "cards_numbered") == []
    sheet.file.click()
    cashier.choose_file(tmp_path / "cards.pdf")
    cashier.wait((tmp_path / "cards.pdf").exists)
    [page] = pages_of((tmp_path / "cards.pdf").read_bytes())
    codes = sorted(code for code, _ in read_codes(page, 300))
    assert len(codes) == 3 and find_nobody(cashier, codes)
    printed: list[bytes] = []
    monkeypatch.setattr(filing, "print_document", lambda path: printed.append(path.read_bytes()))
    cashier.wait(lambda: "存到" in sheet.said.text())
    sheet.pages.set_current(SINGLE)
    sheet.print.click()
    cashier.wait(lambda: bool(printed))
    assert len(pages_of(printed[0])) == 3
    assert len(audited(cashier.shop, "cards_numbered")) == 1, "the same cards, on other paper"


def find_nobody(cashier: Cashier, codes: Sequence[str]) -> bool:
    with cashier.shop.store.read() as reading:
        return not any(reading.members.by_card(code) for code in codes)


def test_what_partners_bear_is_shown_to_who_may_look_at_takings(
    cashier: Cashier, tmp_path: Path
) -> None:
    shop, staff = cashier.shop, manager_of(cashier.shop)
    rules(shop, staff, CINEMA)
    issued = issue_coupons(shop, "cinema", 1, batch_id=shop.new_id(), staff=staff)
    cashier.press("Ctrl+N")
    cashier.scan(VITAMIN, issued.batch.codes[0])
    cashier.pay()
    cashier.press("Esc")
    cashier.hand_over_to_fang()
    sheet = opened(cashier, "partners")
    assert isinstance(sheet, PartnersSheet)
    cashier.approve()
    cashier.wait(lambda: [row.text for row in sheet.list.rows()] == ["星光影院"])
    assert sheet.list.rows()[0].right == "5.00" and "一共 5.00" in sheet.said.text()
    cashier.press("Ctrl+S")
    cashier.choose_file(tmp_path / "partners.csv")
    cashier.wait((tmp_path / "partners.csv").exists)
    assert "星光影院,1,5.00" in (tmp_path / "partners.csv").read_text("utf-8-sig")
    sheet.span.since.set_text("2026-13-01")
    assert not sheet.list.rows() and not sheet.file.isEnabled()


def test_codes_that_nobody_kept_are_not_left_without_a_word(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    sheet = CouponsSheet(look, window)
    sheet.begin([FIVE])
    sheet.show_issued(["A", "B"], "发了 2 张。", can_print=False)
    for _ in range(2):
        sheet.offers.moved.emit("another")
        assert "前面的 2 张还没有存" in sheet.said.text(), "until something else is done"
    sheet.show_issued(["C"], "发了 1 张。", can_print=False)
    assert sheet.said.text() == "发了 1 张。"
    sheet.show_issued(["D"], "发了 1 张。", can_print=False)
    assert "前面的 1 张" in sheet.said.text()
    sheet.keep()
    sheet.offers.moved.emit("another")
    assert sheet.said.text() == ""


def test_coupons_are_issued_kept_and_withdrawn(
    cashier: Cashier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules(cashier.shop, manager_of(cashier.shop), FIVE)
    cashier.hand_over_to_fang()
    sheet = opened(cashier, "coupons")
    assert isinstance(sheet, CouponsSheet)
    sheet.until.set_text("soon")
    sheet.done.click()
    assert "2026-11-01" in sheet.until.problem.text()
    sheet.until.set_text("2099-12-31")
    sheet.count.set_text("3")
    cashier.settle_down()
    sheet.done.click()
    cashier.approve()
    cashier.wait(lambda: sheet.said.text() == "五元券发了 3 张。")
    codes = [str(row.key) for row in sheet.codes.rows()]
    sheet.give_up()
    assert sheet.isVisible() and "再按一次 Esc" in sheet.said.text(), "they are shown once"
    sheet.table.click()
    cashier.choose_file(tmp_path / "codes.csv")
    cashier.wait((tmp_path / "codes.csv").exists)
    assert all(code in (tmp_path / "codes.csv").read_text("utf-8-sig") for code in codes)
    sheet.file.click()
    cashier.choose_file(tmp_path / "papers", "folder_dialog")
    cashier.wait(lambda: len(list((tmp_path / "papers").glob("*.pdf"))) == 3)
    sheet.print.click()
    cashier.wait(lambda: len(cashier.printer.printed) == 3)
    sheet.what.set_current(WITHDRAW)
    sheet.what.chosen.emit(WITHDRAW)
    monkeypatch.setattr(withdrawing, "AT_ONCE", 2)
    cashier.burst(codes[0])
    cashier.wait(lambda: sheet.code.text() == codes[0])
    sheet.batch.click()
    sheet.done.click()
    cashier.approve()
    cashier.wait(lambda: sheet.said.text() == "五元券收回了 3 张。")


def test_above_what_one_person_issues_alone_another_is_asked_and_not_oneself(
    cashier: Cashier,
) -> None:
    shop, boss = cashier.shop, manager_of(cashier.shop)
    limited(shop, boss, CouponsAlone(coupons=2))
    add_staff(shop, name="老板", pin="864209", role=Role.MANAGER)
    sheet = opened(cashier, "coupons")
    assert isinstance(sheet, CouponsSheet)
    sheet.count.set_text("3")
    cashier.settle_down()
    sheet.done.click()
    override = cashier.window.sheets.override
    cashier.wait(lambda: override.isVisible() and override.who.chosen() != "")
    assert override.who.chosen() == "老板"
    cashier.type_in("864209")
    cashier.press("Enter")
    cashier.wait(lambda: sheet.said.text() == "五元券发了 3 张。")


def test_coupons_that_were_issued_are_found_again(cashier: Cashier, tmp_path: Path) -> None:
    shop, staff = cashier.shop, manager_of(cashier.shop)
    rules(shop, staff, FIVE)
    codes = issue_coupons(shop, "five", 2, batch_id=shop.new_id(), staff=staff).batch.codes
    withdraw_coupons(shop, codes[0], staff=staff)
    sheet = opened(cashier, "coupons")
    assert isinstance(sheet, CouponsSheet)
    sheet.what.set_current(BATCHES)
    sheet.what.chosen.emit(BATCHES)
    cashier.wait(lambda: bool(sheet.batches.rows()))
    assert sheet.batches.rows()[0].right == "还剩 1 张"
    cashier.press("Enter")
    cashier.wait(lambda: [row.key for row in sheet.codes.rows()] == [codes[1]])
    sheet.table.click()
    cashier.choose_file(tmp_path / "again.csv")
    cashier.wait((tmp_path / "again.csv").exists)
    assert codes[1] in (tmp_path / "again.csv").read_text("utf-8-sig")
    sheet.batches.moved.emit(sheet.batches.current_key())
    assert not sheet.done.isEnabled(), "the codes of another batch are not withdrawn for it"
    cashier.press("Enter")
    cashier.wait(sheet.done.isEnabled)
    sheet.done.click()
    assert "再按一次" in sheet.said.text(), "nothing is withdrawn by one slip"
    sheet.done.click()
    cashier.wait(lambda: sheet.batches.rows()[0].right == "还剩 0 张")
    assert sheet.said.text() == "五元券收回了 1 张。"


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        (TODAY, "2026-03-01", "2026-03-01"),
        (YESTERDAY, "2026-02-28", "2026-02-28"),
        (MONTH, "2026-03-01", "2026-03-01"),
        (LAST_MONTH, "2026-02-01", "2026-02-28"),
    ],
)
def test_the_usual_spans(kind: str, first: str, last: str) -> None:
    days = (date.fromisoformat(first), date.fromisoformat(last))
    assert days_of(kind, date(2026, 3, 1)) == days
