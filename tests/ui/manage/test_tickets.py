"""小票: a row that names a ticket opens its receipt; reports and lists lead to what they count."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.actions.void import void_sale
from core.sales.explanation import CounterReason, Explanation
from tests.builders import PIN, Home, manager_of
from tests.ui.manage.test_insight import ask, cells, opened
from tests.ui.manage.test_manage import come_in, listed
from tests.ui.manage.test_proof import kinds
from tests.ui.till.hands import by_hand
from ui.manage.listed import ListedSheet
from ui.manage.members.page import MembersPage
from ui.manage.paper import PaperSheet
from ui.manage.proof.kinds import kind_words
from ui.manage.proof.page import ProofPage
from ui.manage.proof.tickets import ProofTickets
from ui.manage.window import ManageWindow
from ui.widgets.button import Button
from ui.widgets.day_span import OTHER, TODAY, YESTERDAY
from ui.widgets.row_table import RowTable

LEFT = Qt.MouseButton.LeftButton
SECOND = "S01-T1-000002"
Manage = Callable[[], ManageWindow]


def press_row(qtbot: QtBot, table: RowTable, at: int) -> None:
    """As a finger does."""
    place = table.view.visualRect(table.model.index(at, 0)).center()
    qtbot.mouseClick(table.view.viewport(), LEFT, pos=place)


def paper_of(window: ManageWindow, qtbot: QtBot) -> str:
    """What the receipt that came up says; it is closed again."""
    qtbot.waitUntil(lambda: window.findChild(PaperSheet) is not None, timeout=10_000)
    sheet = window.findChild(PaperSheet)
    said = sheet.stack.currentWidget().accessibleName()
    sheet.shut()
    qtbot.waitUntil(lambda: window.findChild(PaperSheet) is None, timeout=10_000)
    return str(said)


def shown(part: ProofTickets) -> list[str]:
    """The numbers of the tickets that are listed."""
    rows = part.table.view.rows
    return [rows.cells(at)[1].text for at in range(len(rows))]


def tickets_of(window: ManageWindow) -> ProofTickets:
    page = window.rooms["proof"]
    assert isinstance(page, ProofPage)
    return page.tickets


def buttons_of(page: ProofPage) -> list[Button]:
    """What opens the receipt of the row that shows; those of earlier rows are on their way out."""
    buttons = page.log.detail.findChildren(Button, "proof_paper")
    return [button for button in buttons if not button.isHidden()]


def test_a_ticket_of_today_opens_and_other_days_are_a_press_away(
    manage: Manage, qtbot: QtBot
) -> None:
    window = manage()
    page = come_in(window, qtbot)
    qtbot.mouseClick(page.tickets.number, LEFT)
    rows = listed(window, qtbot)
    assert [row[3] for row in rows] == ["店长", "店长"]
    table = window.findChild(RowTable, "listed_table")
    table.sort_asked.emit("money")
    assert [row[1] for row in listed(window, qtbot)] == [rows[1][1], rows[0][1]]
    press_row(qtbot, table, 1)
    assert rows[0][1] in paper_of(window, qtbot)
    qtbot.mouseClick(window.findChild(Button, "listed_days"), LEFT)
    assert window.pages.currentWidget() is window.rooms["proof"]
    part = tickets_of(window)
    qtbot.waitUntil(lambda: len(shown(part)) == 2, timeout=10_000)
    assert part.isVisible() and part.span.kinds.current() == TODAY


def test_tickets_are_found_by_a_word_and_by_the_day(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    come_in(window, qtbot)
    window.go_to("proof/tickets")
    part = tickets_of(window)
    qtbot.waitUntil(lambda: len(shown(part)) == 2, timeout=10_000)
    part.text.edit.setText("制氧机")
    qtbot.waitUntil(lambda: shown(part) == ["S01-T1-000001"], timeout=10_000)
    part.text.edit.setText("0002")
    qtbot.waitUntil(lambda: shown(part) == [SECOND], timeout=10_000)
    press_row(qtbot, part.table, 0)
    assert SECOND in paper_of(window, qtbot)
    part.text.edit.setText("")
    qtbot.waitUntil(lambda: len(shown(part)) == 2, timeout=10_000)
    qtbot.mouseClick(part.span.findChild(object, f"tickets_span_{YESTERDAY}"), LEFT)
    qtbot.waitUntil(lambda: shown(part) == [] and not part.said.text(), timeout=10_000)
    qtbot.mouseClick(part.span.findChild(object, f"tickets_span_{OTHER}"), LEFT)
    part.span.since.edit.setText("2026-02-30")
    qtbot.waitUntil(lambda: "2026-11-01" in part.said.text(), timeout=10_000)


def test_a_row_of_the_log_opens_its_receipt_and_a_void_its_own_paper(
    manage: Manage, qtbot: QtBot, home: Home
) -> None:
    with home.shop() as shop:
        staff = manager_of(shop)
        with shop.store.read() as reading:
            sale = reading.sales.by_no(SECOND)
        assert sale is not None
        told = Explanation(CounterReason.WRONG_PRODUCT)
        void_sale(shop, sale.sale_id, explanation=told, staff=staff)
    window = manage()
    by_hand(PIN)
    qtbot.waitUntil(lambda: window.cover.isHidden(), timeout=10_000)
    window.go_to("proof")
    page = window.rooms["proof"]
    assert isinstance(page, ProofPage)
    qtbot.waitUntil(lambda: bool(kinds(page)) and all(kinds(page)), timeout=10_000)
    page.log.table.choose(kinds(page).index("收银"))
    qtbot.waitUntil(lambda: [each.isVisible() for each in buttons_of(page)] == [True])
    qtbot.mouseClick(buttons_of(page)[0], LEFT)
    sale_said = paper_of(window, qtbot)
    page.log.table.choose(kinds(page).index(kind_words("sale_voided")))
    qtbot.waitUntil(lambda: [each.isVisible() for each in buttons_of(page)] == [True])
    qtbot.mouseClick(buttons_of(page)[0], LEFT)
    void_said = paper_of(window, qtbot)
    assert SECOND in sale_said and SECOND in void_said and sale_said != void_said
    page.log.table.choose(kinds(page).index("登录"))
    assert buttons_of(page) == [], "a login has no paper"


def test_rows_of_reports_lead_to_their_tickets_and_members(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = opened(window, qtbot)
    part = tickets_of(window)
    ask(page, qtbot, "products")
    names = [row[1] for row in cells(page)]
    press_row(qtbot, page._table, names.index("制氧机"))
    qtbot.waitUntil(lambda: shown(part) == ["S01-T1-000001"], timeout=10_000)
    assert part.isVisible() and part.narrowed.text() == "制氧机"
    qtbot.mouseClick(part.narrowed, LEFT)
    qtbot.waitUntil(lambda: len(shown(part)) == 2, timeout=10_000)
    window.go_to("insight")
    ask(page, qtbot, "activity")
    assert cells(page)[0][0] == "活跃"
    press_row(qtbot, page._table, 0)
    members = window.rooms["members"]
    assert isinstance(members, MembersPage)
    qtbot.waitUntil(lambda: len(members.table.view.rows) == 1, timeout=10_000)
    assert members.choosing.called == "现在算活跃的会员"


def test_heads_of_a_report_sort_and_a_row_opens_what_stands_there(
    manage: Manage, qtbot: QtBot
) -> None:
    window = manage()
    page = opened(window, qtbot)
    ask(page, qtbot, "products")
    assert page._table is not None
    page._table.sort_asked.emit("taken_fen")
    down = [row[1] for row in cells(page)]
    page._table.sort_asked.emit("taken_fen")
    assert [row[1] for row in cells(page)] == down[::-1] and down[0] == "制氧机"
    press_row(qtbot, page._table, 1)
    qtbot.waitUntil(lambda: shown(tickets_of(window)) == ["S01-T1-000001"], timeout=10_000)


def test_a_shift_and_a_cashier_lead_to_what_they_sold(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    come_in(window, qtbot)
    window.go_to("proof/shifts")
    proof = window.rooms["proof"]
    assert isinstance(proof, ProofPage)
    part = tickets_of(window)
    qtbot.waitUntil(lambda: proof.shifts.people.model.rowCount() == 1, timeout=10_000)
    press_row(qtbot, proof.shifts.people, 0)
    qtbot.waitUntil(lambda: part.isVisible() and len(shown(part)) == 2, timeout=10_000)
    assert part.narrowed.text() == "收银员 店长"
    proof.shifts._open_shift(0)
    qtbot.waitUntil(lambda: part.narrowed.text().endswith("的班"), timeout=10_000)
    qtbot.waitUntil(lambda: len(shown(part)) == 2, timeout=10_000)


def test_a_new_member_of_a_list_opens_their_file(manage: Manage, qtbot: QtBot) -> None:
    window = manage()
    page = come_in(window, qtbot)
    qtbot.waitUntil(lambda: page.joined.number.text() not in ("", "0"))
    qtbot.mouseClick(page.joined.number, LEFT)
    listed(window, qtbot)
    press_row(qtbot, window.findChild(RowTable, "listed_table"), 0)
    members = window.rooms["members"]
    assert isinstance(members, MembersPage)
    qtbot.waitUntil(lambda: members.panel.isVisible() and bool(members.panel.name.text()))
    window.go_to("today")
    qtbot.waitUntil(lambda: window.findChild(ListedSheet) is None, timeout=10_000)
    qtbot.mouseClick(page.joined.number, LEFT)
    listed(window, qtbot)
    qtbot.mouseClick(window.findChild(Button, "listed_export"), LEFT)
    assert window.pages.currentWidget() is members
    assert members.choosing.called == "本月新会员"
