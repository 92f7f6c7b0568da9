"""The pages of the office and their parts, as somebody finds them."""

from __future__ import annotations

from core.actions.look_at_place import Line
from tests.ui.manage.album.office import Office
from tests.ui.manage.store_tills import in_chain
from ui.manage.activities.page import ActivitiesPage
from ui.manage.benefits.page import BenefitsPage
from ui.manage.cases.page import DECIDED, OPEN, CasesPage
from ui.manage.insight.page import InsightPage
from ui.manage.members.page import MembersPage
from ui.manage.points.page import PointsPage
from ui.manage.privacy.page import PrivacyPage
from ui.manage.proof.page import ProofPage
from ui.manage.rules.draft import DRAFT, HELD
from ui.manage.rules.page import RulesPage
from ui.manage.running.page import RunningPage
from ui.manage.tidy.page import TidyPage
from ui.manage.today.page import TodayPage


def today(at: Office) -> None:
    at.room(TodayPage)


def rules(at: Office) -> None:
    page = at.room(RulesPage)
    page.bar.which.set_current(HELD)
    page._show_rules()
    at.settle()


def rules_draft(at: Office) -> None:
    page = at.room(RulesPage)
    page.bar.which.set_current(DRAFT)
    page._show_rules()
    at.settle()


def benefits_coupons(at: Office) -> None:
    at.room(BenefitsPage, "coupons")


def benefits_rewards(at: Office) -> None:
    at.room(BenefitsPage, "rewards")


def benefits_board(at: Office) -> None:
    at.room(BenefitsPage, "board")


def benefits_referrals(at: Office) -> None:
    at.room(BenefitsPage, "referrals")


def members(at: Office) -> None:
    page = at.room(MembersPage)
    page._close_panel()
    page.search.edit.clear()
    page._on_typed("")
    at.until(lambda: page._filling.is_done or page.said.isVisible())
    at.settle()


def tidy(at: Office) -> None:
    at.room(TidyPage)


def points_owed(at: Office) -> None:
    at.room(PointsPage, "owed")


def points_ahead(at: Office) -> None:
    at.room(PointsPage, "ahead")


def points_ledger(at: Office) -> None:
    ledger = at.room(PointsPage, "ledger").ledger
    for field in (ledger.text, ledger.span.since):
        field.set_text("")
    ledger.refresh()
    at.settle()


def points_audit(at: Office) -> None:
    at.room(PointsPage, "audit")


def activities(at: Office) -> None:
    page = at.room(ActivitiesPage)
    page.choice.set_current("activities")
    page._go_back()
    at.settle()


def draws(at: Office) -> None:
    page = at.room(ActivitiesPage)
    page.choice.set_current("draws")
    page._go_back()
    at.settle()


def _cases(at: Office, which: str) -> None:
    page = at.room(CasesPage)
    page.choice.set_current(which)
    page._switch()
    at.settle()


def cases(at: Office) -> None:
    _cases(at, OPEN)


def cases_decided(at: Office) -> None:
    _cases(at, DECIDED)


def proof_log(at: Office) -> None:
    log = at.room(ProofPage, "log").log
    log.filter.text.set_text("")
    log.filter._pause.stop()
    log._search()
    at.settle()


def proof_staff(at: Office) -> None:
    at.room(ProofPage, "staff")


def proof_tickets(at: Office) -> None:
    at.room(ProofPage, "tickets")


def proof_rights(at: Office) -> None:
    at.room(ProofPage, "rights")


def proof_shifts(at: Office) -> None:
    at.room(ProofPage, "shifts")


def privacy(at: Office) -> None:
    at.room(PrivacyPage)


def insight(at: Office) -> None:
    page = at.room(InsightPage)
    at.until(lambda: not page._asking._labour.is_busy)
    at.settle()


def running_backups(at: Office) -> None:
    at.room(RunningPage, "backups")


def running_orders(at: Office) -> None:
    at.room(RunningPage, "orders")


def running_machine(at: Office) -> None:
    part = at.room(RunningPage, "machine").machine
    at.until(lambda: not part._labour.is_busy)
    at.settle()


def running_place(at: Office) -> None:
    at.room(RunningPage, "place")


def running_chain(at: Office) -> None:
    """Its head office tells of machines in every state, and cannot be reached just now."""
    at.room(RunningPage, "place").place._show(in_chain(Line.BROKEN))
    at.settle()


def running_prices(at: Office) -> None:
    at.room(RunningPage, "prices")


def running_settings(at: Office) -> None:
    at.room(RunningPage, "settings")


PAGES = (
    today,
    rules,
    rules_draft,
    benefits_coupons,
    benefits_rewards,
    benefits_board,
    benefits_referrals,
    members,
    tidy,
    points_owed,
    points_ahead,
    points_ledger,
    points_audit,
    activities,
    draws,
    cases,
    cases_decided,
    proof_log,
    proof_staff,
    proof_tickets,
    proof_rights,
    proof_shifts,
    privacy,
    insight,
    running_backups,
    running_orders,
    running_machine,
    running_place,
    running_chain,
    running_prices,
    running_settings,
)
