"""票据样式: a draft beside its strip, saved by whoever may, and printed from the next paper on."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from core.sales.design import BlockPart
from tests.builders import audit_rows
from tests.ui.till.counter.at_counter import CARD, VITAMIN, Cashier
from ui.devices.designs import Designs, shipped
from ui.till.papers import PapersSheet


def opened(cashier: Cashier) -> PapersSheet:
    """Ctrl+, then 票据样式."""
    cashier.press("Ctrl+,")
    settings = cashier.window.sheets.settings
    cashier.wait(settings.isVisible)
    settings.papers.click()
    sheet = cashier.window.sheets.papers
    cashier.wait(sheet.isVisible)
    return sheet


def choose(sheet: PapersSheet, block: str) -> None:
    """The part of this block."""
    parts = shipped("receipt").parts
    at = next(n for n, p in enumerate(parts) if isinstance(p, BlockPart) and p.block == block)
    sheet.parts.setCurrentIndex(sheet.parts.model().index(at, 0))


def press(sheet: PapersSheet, name: str) -> None:
    button = sheet.findChild(QAbstractButton, name)
    assert button is not None
    button.click()


def spoken(sheet: PapersSheet) -> str:
    return sheet.preview.accessibleName()


def printed(cashier: Cashier) -> str:
    """The receipt of a sale to a member, as it came out of the printer."""
    before = len(cashier.printer.printed)
    cashier.scan(CARD, VITAMIN)
    cashier.pay()
    cashier.wait(lambda: len(cashier.printer.printed) > before)
    return cashier.printer.printed[-1].decode("gb18030", "replace")


def test_what_is_saved_is_printed_from_the_next_receipt_on(cashier: Cashier) -> None:
    assert "积分余额" in printed(cashier)
    sheet = opened(cashier)
    assert "中山路店" in spoken(sheet)
    choose(sheet, "points")
    press(sheet, "papers_switch")
    assert "积分余额" not in spoken(sheet)
    choose(sheet, "totals")
    press(sheet, "papers_on_pieces")
    assert "件数" not in spoken(sheet)
    assert not cashier.window.paper.designs.is_own("receipt"), "a draft is no design yet"
    cashier.press("Ctrl+S")
    cashier.wait(lambda: "从下一张起" in sheet.problem.text())
    assert not sheet.save.isEnabled()
    assert audit_rows(cashier.shop)[-1]["what"] == "paper_changed"
    cashier.press("Esc")
    text = printed(cashier)
    assert "积分余额" not in text and "件数" not in text and "应收" in text


def test_words_of_ones_own_and_a_mistake_in_them(cashier: Cashier) -> None:
    sheet = opened(cashier)
    choose(sheet, "code")
    press(sheet, "papers_add")
    cashier.type_in("Bye {member}")
    cashier.wait(lambda: "Bye" in spoken(sheet))
    assert "Bye 赵*宁" in spoken(sheet)
    cashier.type_in(" {shop}")
    cashier.wait(lambda: "{store}" in sheet.problem.text())
    assert not sheet.save.isEnabled()
    assert "Bye 赵*宁" in spoken(sheet), "the last strip that could be printed stays"
    press(sheet, "papers_take")
    assert sheet.problem.text() == ""
    assert "Bye" not in spoken(sheet)


def test_a_draft_waits_where_the_sheet_is_left(cashier: Cashier) -> None:
    sheet = opened(cashier)
    choose(sheet, "points")
    press(sheet, "papers_switch")
    cashier.press("Esc")
    assert "积分余额" in printed(cashier)
    sheet = opened(cashier)
    assert "积分余额" not in spoken(sheet)
    assert sheet.papers.rows()[0].sub == "还没有保存"
    press(sheet, "papers_reset")
    assert "积分余额" in spoken(sheet)
    assert sheet.papers.rows()[0].sub == ""


def test_what_must_be_printed_cannot_be_switched_off(cashier: Cashier) -> None:
    sheet = opened(cashier)
    for block in ("marks", "number", "items", "totals", "tenders"):
        choose(sheet, block)
        assert not sheet.part.switch.isEnabled()
        assert not sheet.part.take.isEnabled()


def test_a_cashier_needs_a_manager_to_keep_it(cashier: Cashier) -> None:
    cashier.hand_over_to_fang()
    sheet = opened(cashier)
    choose(sheet, "points")
    press(sheet, "papers_switch")
    press(sheet, "papers_save")
    override = cashier.window.sheets.override
    cashier.wait(override.isVisible)
    assert not cashier.window.paper.designs.is_own("receipt")
    cashier.approve()
    cashier.wait(lambda: cashier.window.paper.designs.is_own("receipt"))


@pytest.mark.parametrize("is_good", [True, False])
def test_a_logo_is_taken_along_or_refused_in_a_sentence(
    cashier: Cashier, tmp_path: Path, is_good: bool
) -> None:
    picture = tmp_path / "shop.png"
    picture.write_bytes(b"no picture")
    if is_good:
        Image.new("L", (200, 80), 0).save(picture)
    sheet = opened(cashier)
    choose(sheet, "logo")
    sheet.part.logo.set_text(str(picture))
    sheet.part.logo.submitted.emit()
    cashier.settle_down()
    if is_good:
        assert cashier.window.paper.designs.picture("shop.png").exists()
        assert sheet.save.isEnabled()
    else:
        assert "不能用" in sheet.problem.text()
        assert not sheet.save.isEnabled()


@pytest.mark.parametrize("is_chosen", [True, False])
def test_the_picture_is_chosen_among_the_files_of_the_machine(
    cashier: Cashier, tmp_path: Path, is_chosen: bool
) -> None:
    picture = tmp_path / "shop.png"
    Image.new("L", (200, 80), 0).save(picture)
    sheet = opened(cashier)
    choose(sheet, "logo")
    press(sheet, "papers_file")
    dialog = cashier.window.findChild(QFileDialog, "logo_dialog")
    assert dialog is not None and dialog.isVisible(), "and nobody waits for it"
    if is_chosen:
        dialog.selectFile(str(picture))
        dialog.accept()
    else:
        dialog.reject()
    cashier.wait(lambda: cashier.window.findChild(QFileDialog, "logo_dialog") is None)
    cashier.settle_down()
    assert cashier.window.paper.designs.picture("shop.png").exists() is is_chosen
    assert sheet.save.isEnabled() is is_chosen


def test_a_file_with_a_mistake_is_said_and_can_be_put_back(cashier: Cashier) -> None:
    folder = cashier.window.paper.designs.folder
    assert folder is not None
    folder.mkdir()
    (folder / "receipt.toml").write_text("part = 1", encoding="utf-8")
    assert "应收" in printed(cashier)
    sheet = opened(cashier)
    assert "第 1 行" in sheet.problem.text() and "打印照常" in sheet.problem.text()
    press(sheet, "papers_reset")
    cashier.wait(lambda: not Designs(folder).is_own("receipt"))
    assert (folder / "receipt.toml.old").read_text("utf-8") == "part = 1"


def test_each_paper_is_shown_on_both_widths(cashier: Cashier) -> None:
    sheet = opened(cashier)
    for at in range(len(sheet.papers.rows())):
        sheet.papers.setCurrentIndex(sheet.papers.model().index(at, 0))
        assert "中山路店" in spoken(sheet)
    wide = sheet.preview.height()
    press(sheet, "papers_width_58")
    assert sheet.preview.height() != wide
