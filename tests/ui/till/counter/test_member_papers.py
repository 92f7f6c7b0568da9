"""给会员打印: what a member takes home is seen first; a statement takes a right."""

from __future__ import annotations

from core.actions.set_up import add_staff
from core.trust.staff import Role
from tests.builders import PIN, audit_rows
from tests.ui.till.counter.at_counter import CARD, VITAMIN, Cashier
from ui.till.member_papers import MemberPapersSheet


def opened(cashier: Cashier) -> MemberPapersSheet:
    """F2 on the member, then 打印…"""
    cashier.scan(CARD)
    cashier.press("F2")
    member = cashier.window.sheets.member
    cashier.wait(member.isVisible)
    member.papers.click()
    sheet = cashier.window.sheets.member_papers
    cashier.wait(sheet.isVisible)
    return sheet


def test_a_statement_is_seen_and_then_printed(cashier: Cashier) -> None:
    cashier.scan(CARD, VITAMIN)
    cashier.pay()
    cashier.wait(lambda: len(cashier.printer.printed) == 1)
    sheet = opened(cashier)
    cashier.wait(lambda: "会员对账单" in sheet.preview.accessibleName())
    assert "李*华" in sheet.preview.accessibleName()
    cashier.press("Enter")
    cashier.wait(lambda: len(cashier.printer.printed) == 2)
    text = cashier.printer.printed[-1].decode("gb18030", "replace")
    assert "期末积分" in text and "李*华" in text and "李小华" not in text
    assert "personal_seen" in [row["what"] for row in audit_rows(cashier.shop)]


def test_a_cashier_needs_a_manager_for_a_statement(cashier: Cashier) -> None:
    add_staff(cashier.shop, name="王芳", pin="135246", role=Role.CASHIER)
    cashier.lock()
    cashier.unlock("王芳", "135246")
    sheet = opened(cashier)
    override = cashier.window.sheets.override
    cashier.wait(override.isVisible)
    assert not sheet.print.isEnabled()
    cashier.type_in(PIN)
    cashier.press("Enter")
    cashier.wait(lambda: "会员对账单" in sheet.preview.accessibleName())
    assert sheet.print.isEnabled()


def test_without_paper_it_is_kept_as_a_file(cashier: Cashier) -> None:
    sheet = opened(cashier)
    cashier.wait(lambda: sheet.file.isEnabled())
    sheet.file.click()
    assert sheet.said.text() == "", "the screen waits for no file"
    cashier.wait(lambda: ".pdf" in sheet.said.text())
    assert list(cashier.window.paper.folder.glob("statement-*.pdf"))


def test_a_held_basket_gets_its_slip(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F6")
    cashier.wait(cashier.window.sheets.hold.isVisible)
    cashier.press("Enter")
    cashier.wait(lambda: not cashier.window.sheets.hold.isVisible())
    cashier.press("F7")
    recall = cashier.window.sheets.recall
    cashier.wait(recall.isVisible)
    recall.slip.click()
    cashier.wait(lambda: bool(cashier.printer.printed))
    assert "还没有付款" in cashier.printer.printed[-1].decode("gb18030", "replace")
    assert "在打" in recall.said.text()
