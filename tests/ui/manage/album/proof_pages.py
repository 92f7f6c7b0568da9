"""Sheets of cases, of the log and who works here, of privacy, and reports."""

from __future__ import annotations

from core.trust.cases import Decision
from tests.ui.manage.album.office import Office
from tests.ui.manage.album.pages import (
    cases,
    insight,
    privacy,
    proof_log,
    proof_staff,
    running_orders,
)
from ui.manage.ask import AskSheet
from ui.manage.cases.decide import DecideSheet, WordsSheet
from ui.manage.cases.page import CasesPage
from ui.manage.insight.page import InsightPage
from ui.manage.paper import PaperSheet
from ui.manage.pick import PickSheet
from ui.manage.proof.page import ProofPage
from ui.manage.proof.person import PersonSheet
from ui.manage.proof.rights_sheet import RightsSheet
from ui.manage.running.order_sheet import OrderSheet


def case_open(at: Office) -> None:
    cases(at)
    at.on(CasesPage).table.choose(0)
    at.settle()


def case_decide(at: Office) -> None:
    case_open(at)
    at.press("case_decide")
    sheet = at.sheet(DecideSheet)
    sheet.choice.set_current(Decision.TAKE_BACK.value)
    sheet.choice.chosen.emit(Decision.TAKE_BACK.value)
    at.settle()


def case_note(at: Office) -> None:
    case_open(at)
    at.press("case_note")
    at.sheet(WordsSheet)


def case_paper(at: Office) -> None:
    case_open(at)
    at.press("case_piece_action")
    at.sheet(PaperSheet)


def proof_row(at: Office) -> None:
    proof_log(at)
    at.on(ProofPage).log.table.choose(2)
    at.settle()


def proof_who(at: Office) -> None:
    proof_log(at)
    page = at.on(ProofPage)
    page.log.filter._pick_who()
    at.sheet(PickSheet)


def proof_nothing(at: Office) -> None:
    proof_log(at)
    log = at.on(ProofPage).log
    log.filter.text.set_text("没有这回事")
    log.filter._pause.stop()
    log._search()
    at.settle()


def staff_new(at: Office) -> None:
    proof_staff(at)
    at.press("crew_add")
    at.sheet(PersonSheet)


def staff_pin(at: Office) -> None:
    proof_staff(at)
    at.on(ProofPage).crew.table.choose(1)
    at.press("crew_pin")
    at.sheet(PersonSheet)


def staff_rights(at: Office) -> None:
    proof_staff(at)
    at.on(ProofPage).crew.table.choose(1)
    at.press("crew_rights")
    at.sheet(RightsSheet)


def privacy_rules(at: Office) -> None:
    privacy(at)
    at.press("privacy_rules_more")
    at.sheet(AskSheet)


def _report(at: Office, question: str) -> InsightPage:
    insight(at)
    page = at.on(InsightPage)
    page.list.choose(list(page._questions).index(question))
    at.until(lambda: page._shown is not None and page._shown.found.question == question)
    at.settle()
    return page


def insight_members(at: Office) -> None:
    _report(at, "members")


def insight_products(at: Office) -> None:
    _report(at, "products")


def insight_nothing(at: Office) -> None:
    page = _report(at, "given")
    before = page._shown
    at.press("report_span_last_month")
    at.until(lambda: page._shown is not before)
    at.settle()


def orders_new(at: Office) -> None:
    running_orders(at)
    at.press("orders_add")
    at.sheet(OrderSheet)


PAGES = (
    case_open,
    case_decide,
    case_note,
    case_paper,
    proof_row,
    proof_who,
    proof_nothing,
    staff_new,
    staff_pin,
    staff_rights,
    privacy_rules,
    insight_members,
    insight_products,
    insight_nothing,
    orders_new,
)
