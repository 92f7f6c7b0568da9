"""给会员打印: what a member takes home is seen first; a statement takes a right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from tests.builders import audit_rows
from tests.ui.devices.printed_codes import pages_of, read_codes, text_of
from tests.ui.till.counter.at_counter import CARD, VITAMIN, Cashier
from ui.till.member_papers import MemberPapersSheet
from ui.till.notices import NEWS

PRINTED = "cards_printed"


def opened(cashier: Cashier, what: str = "month") -> MemberPapersSheet:
    """F2 on the member, then 打印…, and one of what there is."""
    cashier.scan(CARD)
    cashier.press("F2")
    member = cashier.window.sheets.member
    cashier.wait(member.isVisible)
    member.papers.click()
    sheet = cashier.window.sheets.member_papers
    cashier.wait(sheet.isVisible)
    if what != "month":
        sheet.what.set_current(what)
        sheet.what.chosen.emit(what)
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
    cashier.hand_over_to_fang()
    sheet = opened(cashier)
    override = cashier.window.sheets.override
    cashier.wait(override.isVisible)
    assert not sheet.print.isEnabled()
    cashier.approve()
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


def test_a_members_card_is_seen_and_kept(cashier: Cashier, tmp_path: Path) -> None:
    sheet = opened(cashier, "card")
    cashier.wait(lambda: "李*华" in sheet.card.accessibleName())
    sheet.file.click()
    cashier.choose_file(file := tmp_path / "card.pdf")
    cashier.wait(file.exists)
    [page] = pages_of(file.read_bytes())
    assert read_codes(page, 203) == [(CARD, "Code128")] and "李*华" in text_of(page)
    assert PRINTED in [row["what"] for row in audit_rows(cashier.shop)]


def test_a_full_name_on_the_card_wants_a_manager(cashier: Cashier) -> None:
    own = cashier.window.paper.folder.parent / "cards"
    own.mkdir(exist_ok=True)
    (own / "card.toml").write_text('name = "full"\n', "utf-8")
    cashier.hand_over_to_fang()
    sheet = opened(cashier, "card")
    override = cashier.window.sheets.override
    cashier.wait(override.isVisible)
    assert not sheet.print.isEnabled() and "李" not in sheet.card.accessibleName()
    cashier.approve()
    cashier.wait(lambda: "李小华" in sheet.card.accessibleName())


def test_one_key_shows_the_card_of_who_has_just_joined(cashier: Cashier) -> None:
    cashier.press("F2")
    join = cashier.window.sheets.join
    cashier.wait(join.isVisible)
    join.prefill("13800009991")
    join.name.set_text("赵小云")
    join.consent.click()
    join.findChild(QWidget, "join_done").click()
    notices = cashier.page.basket.notices
    cashier.wait(lambda: "卡号是" in notices.text(NEWS))
    cashier.press("Ctrl+K")
    sheet = cashier.window.sheets.member_papers
    cashier.wait(lambda: sheet.isVisible() and "赵*云" in sheet.card.accessibleName())
    assert cashier.counter.file is not None
    assert cashier.counter.file.member.card_no in sheet.card.accessibleName().replace(" ", "")


def test_nobody_is_asked_to_allow_what_is_not_wanted_any_more(cashier: Cashier) -> None:
    cashier.hand_over_to_fang()
    cashier.scan(CARD)
    cashier.press("Ctrl+K")
    sheet = cashier.window.sheets.member_papers
    cashier.wait(lambda: sheet.isVisible() and sheet.print.isEnabled())
    sheet.what.chosen.emit("month")
    sheet.what.chosen.emit("card")
    cashier.wait(lambda: [row["what"] for row in audit_rows(cashier.shop)].count(PRINTED) == 2)
    answered: list[object] = []
    work = cashier.window._work
    work.ask(lambda _shop: True, topic="last", then=answered.append, failed=answered.append)
    cashier.wait(lambda: answered == [True])
    assert not cashier.window.sheets.override.isVisible()
    assert sheet.print.isEnabled() and "李*华" in sheet.card.accessibleName()


def test_a_paper_that_cannot_be_kept_can_still_be_printed(cashier: Cashier) -> None:
    sheet = opened(cashier)
    cashier.wait(sheet.file.isEnabled)
    assert not cashier.window.paper.folder.exists()
    cashier.window.paper.folder.write_text("no folder", "utf-8")
    sheet.file.click()
    cashier.wait(lambda: bool(sheet.said.text()))
    assert sheet.print.isEnabled() and "会员对账单" in sheet.preview.accessibleName()
