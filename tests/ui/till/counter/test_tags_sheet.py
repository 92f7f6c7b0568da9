"""标价签: what is scanned is tagged, what is seen is what the PDF holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from core.errors import PrinterUnavailable
from tests.ui.devices.printed_codes import pages_of, read_codes
from tests.ui.till.counter.at_counter import CARD, UNKNOWN, VITAMIN, Cashier
from ui.till.notices import DONE
from ui.till.tags import TagsSheet


def opened(cashier: Cashier) -> TagsSheet:
    """The sheet of tags, once it is there."""
    cashier.begin_chore("tags")
    sheet = cashier.window.sheets.tags
    cashier.wait(sheet.isVisible)
    return sheet


def test_scanned_goods_are_tagged_and_not_sold(cashier: Cashier, tmp_path: Path) -> None:
    sheet = opened(cashier)
    assert not sheet.print.isEnabled()
    cashier.burst(VITAMIN)
    cashier.wait(sheet.file.isEnabled)
    assert "¥39.00" in sheet.preview.accessibleName()
    cashier.burst("6955710091227")
    cashier.wait(lambda: sheet.said.text().startswith("2 张"))
    rows = [(row.text, row.sub) for row in sheet.list.rows()]
    assert rows[0] == ("维生素C咀嚼片 100片/瓶", VITAMIN) and rows[1][1] == "6955710091227"
    sheet.file.click()
    cashier.choose_file(file := tmp_path / "tags.pdf")
    cashier.wait(file.exists)
    codes = [read_codes(page, 203)[0][0] for page in pages_of(file.read_bytes())]
    assert codes == [VITAMIN, "6955710091227"]
    assert cashier.window.flow.counter.basket.is_empty


def test_a_code_of_nothing_is_said_and_left_out(cashier: Cashier) -> None:
    sheet = opened(cashier)
    cashier.burst("6999999999994")
    cashier.wait(lambda: "6999999999994" in sheet.said.text())
    assert not sheet.file.isEnabled() and sheet.wanted == ("scanned", ())
    cashier.burst(VITAMIN)
    cashier.wait(sheet.file.isEnabled)
    cashier.burst("6999999999994")
    cashier.wait(lambda: "6999999999994" in sheet.said.text())
    cashier.wait(sheet.file.isEnabled)
    assert sheet.wanted == ("scanned", (VITAMIN,)), "what was scanned before is still there"


def test_a_category_on_stickers(cashier: Cashier, tmp_path: Path) -> None:
    sheet = opened(cashier)
    sheet.what.set_current("category")
    sheet.what.chosen.emit("category")
    cashier.wait(sheet.file.isEnabled)
    names = [each.key for each in sheet.size_choice.rows()]
    sheet.size_choice.setCurrentIndex(sheet.size_choice.model().index(names.index("a4-3x8"), 0))
    cashier.wait(lambda: "共 1 页" in sheet.said.text())
    assert sheet.used.isVisible()
    sheet.used.set_text("23")
    cashier.wait(lambda: "共 2 页" in sheet.said.text())
    sheet.file.click()
    cashier.choose_file(file := tmp_path / "stickers.pdf")
    cashier.wait(lambda: str(file) in sheet.said.text())
    first, *_ = pages_of(file.read_bytes())
    assert len(read_codes(first, 203)) == 1, "23 of the first page are used"


def test_a_list_is_tagged(cashier: Cashier, tmp_path: Path) -> None:
    listed = tmp_path / "codes.txt"
    listed.write_text(f"# 明天\n{VITAMIN}\n6955710091227\n", "utf-8")
    sheet = opened(cashier)
    sheet.from_list.click()
    cashier.choose_file(listed, "list_dialog")
    cashier.wait(lambda: sheet.said.text().startswith("2 张"))
    assert sheet.wanted == ("scanned", (VITAMIN, "6955710091227"))
    sheet.from_list.click()
    cashier.choose_file(tmp_path / "none.txt", "list_dialog")
    cashier.wait(lambda: "none.txt" in sheet.said.text() and sheet.file.isEnabled())


def test_it_goes_to_the_printer_of_the_system(
    cashier: Cashier, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[Path] = []
    monkeypatch.setattr("ui.filing.print_document", printed.append)
    sheet = opened(cashier)
    cashier.burst(VITAMIN)
    cashier.wait(sheet.print.isEnabled)
    sheet.print.click()
    cashier.wait(lambda: "已送去打印" in sheet.said.text())
    assert [path.suffix for path in printed] == [".pdf"]

    def broken(_path: Path) -> None:
        raise PrinterUnavailable("缺纸")

    monkeypatch.setattr("ui.filing.print_document", broken)
    sheet.print.click()
    cashier.wait(lambda: "缺纸" in sheet.said.text())
    assert sheet.print.isEnabled()


def test_a_price_that_was_looked_up_gets_its_tag(cashier: Cashier) -> None:
    cashier.window.talks.pricing.begin()
    price = cashier.window.sheets.price
    cashier.wait(price.isVisible)
    cashier.burst(VITAMIN)
    cashier.wait(price.tag.isVisible)
    price.tag.click()
    sheet = cashier.window.sheets.tags
    cashier.wait(lambda: sheet.said.text().startswith("1 张"))
    assert not price.isVisible() and sheet.wanted == ("scanned", (VITAMIN,))


def test_one_key_tags_a_product_that_is_new(cashier: Cashier) -> None:
    cashier.scan(CARD, UNKNOWN)
    cashier.press("Ctrl+N")
    new = cashier.window.sheets.product
    cashier.wait(new.isVisible)
    new.name.set_text("新来的")
    new.price.set_text("9.90")
    new.findChild(QWidget, "new_product_done").click()
    notices = cashier.page.basket.notices
    cashier.wait(lambda: "存下了" in notices.text(DONE))
    cashier.press("Ctrl+K")
    sheet = cashier.window.sheets.tags
    cashier.wait(lambda: "¥9.90" in sheet.preview.accessibleName())
    assert sheet.wanted == ("scanned", (UNKNOWN,)), "not the member's card"
