"""Sheets of coupons and rewards, points, activities and draws, and what is kept running."""

from __future__ import annotations

from tests.ui.manage.album.office import Office
from tests.ui.manage.album.pages import (
    activities,
    benefits_board,
    benefits_coupons,
    benefits_referrals,
    benefits_rewards,
    draws,
    points_audit,
    points_ledger,
    points_owed,
    running_prices,
    running_settings,
    today,
)
from ui.manage.activities.activity import ActivityPart
from ui.manage.activities.draw_sheets import CloseSheet, CommitSheet, WordSheet
from ui.manage.activities.page import ActivitiesPage
from ui.manage.activities.plan import CancelSheet, PlanSheet
from ui.manage.benefits.board_file import BoardFileSheet
from ui.manage.benefits.issue import IssueSheet
from ui.manage.benefits.page import BenefitsPage
from ui.manage.benefits.referral_form import ReferralForm
from ui.manage.benefits.reward_form import RewardForm
from ui.manage.benefits.round import RoundSheet
from ui.manage.benefits.stock import StockSheet
from ui.manage.listed import ListedSheet
from ui.manage.pick import PickSheet
from ui.manage.points.correct import CorrectSheet
from ui.manage.points.moved import MovedSheet
from ui.manage.points.page import PointsPage
from ui.manage.running.page import RunningPage
from ui.manage.today.page import TodayPage
from ui.widgets.day_span import OTHER


def today_tickets(at: Office) -> None:
    today(at)
    at.on(TodayPage).tickets.opened.emit()
    at.sheet(ListedSheet)


def today_nothing(at: Office) -> None:
    """A figure with nothing behind it, or little."""
    today(at)
    at.on(TodayPage).standing.figures["gifts"].opened.emit()
    at.sheet(ListedSheet)


def coupons_issue(at: Office) -> None:
    benefits_coupons(at)
    at.press("coupon_kind_winter_action")
    at.sheet(IssueSheet)


def coupons_issue_wrong(at: Office) -> None:
    coupons_issue(at)
    sheet = at.sheet(IssueSheet)
    sheet.called.set_text("")
    sheet.press.click()
    at.settle()


def coupons_round(at: Office) -> None:
    benefits_coupons(at)
    at.on(BenefitsPage).coupons._open_round(0)
    at.sheet(RoundSheet)


def rewards_change(at: Office) -> None:
    benefits_rewards(at)
    at.press("reward_pot_edit")
    at.sheet(RewardForm)


def rewards_stock(at: Office) -> None:
    benefits_rewards(at)
    at.press("reward_soap_stock")
    at.sheet(StockSheet)


def board_file(at: Office) -> None:
    benefits_board(at)
    at.press("board_keep")
    at.sheet(BoardFileSheet)


def board_coupon(at: Office) -> None:
    benefits_board(at)
    at.on(BenefitsPage).board._ask_coupons()
    at.sheet(PickSheet)


def referrals_rule(at: Office) -> None:
    benefits_referrals(at)
    at.on(BenefitsPage).referrals._edit()
    at.sheet(ReferralForm)


def points_holders(at: Office) -> None:
    points_owed(at)
    at.on(PointsPage).owed.points.opened.emit()
    at.sheet(ListedSheet)


def points_audited(at: Office) -> None:
    points_audit(at)
    at.press("audit_start")


def points_moved(at: Office) -> None:
    points_ledger(at)
    at.on(PointsPage).ledger._open(0)
    at.sheet(MovedSheet)


def points_wrong_day(at: Office) -> None:
    points_ledger(at)
    ledger = at.on(PointsPage).ledger
    ledger.text.set_text("")
    ledger.span.kinds.set_current(OTHER)
    ledger.span.kinds.chosen.emit(OTHER)
    ledger.span.since.set_text("2026-02-30")
    ledger.refresh()
    at.settle()


def points_nothing(at: Office) -> None:
    points_ledger(at)
    ledger = at.on(PointsPage).ledger
    ledger.text.set_text("没有这个人")
    ledger.refresh()
    at.settle()


PRICES = """条码,名称,售价,会员价,特价
6901234567809,维生素C咀嚼片,41.00,38.00,
6901234567816,碳酸钙D3片,68.00,66.00,59.90
6901234567878,制氧机,1280.00,,
6901234567900,家用医疗器械及一次性卫生材料（组合装，含说明书）,9.90,,
6901234567861,,一百,,
"""


def prices_seen(at: Office) -> None:
    table = at.home.path / "prices.csv"
    table.write_text(PRICES, "utf-8-sig")
    running_prices(at)
    at.on(RunningPage).prices.look_at(str(table))
    at.settle()


def prices_bad(at: Office) -> None:
    prices_seen(at)
    at.press("prices_changes_more")
    at.sheet(ListedSheet)


def settings_nothing(at: Office) -> None:
    running_settings(at)
    at.on(RunningPage).settings.sought.set_text("没有这一项")
    at.settle()


def points_correct(at: Office) -> None:
    points_owed(at)
    at.press("points_fix")
    sheet = at.sheet(CorrectSheet)
    sheet.who.set_text("800001")
    sheet._look_up()
    at.settle()


def _activity(at: Office) -> ActivityPart:
    activities(at)
    page = at.on(ActivitiesPage)
    page._go_back()
    at.settle()
    page.board._open(0)
    at.settle()
    return page.one


def activity(at: Office) -> None:
    _activity(at)


def activity_row(at: Office) -> None:
    part = _activity(at)
    part._choose(0)
    at.settle()


def activity_change(at: Office) -> None:
    _activity(at)
    at.press("activity_edit")
    at.sheet(PlanSheet)


def activity_cancel(at: Office) -> None:
    _activity(at)
    at.press("activity_cancel")
    at.sheet(CancelSheet)


def _draws(at: Office) -> ActivitiesPage:
    draws(at)
    return at.on(ActivitiesPage)


def _draw(at: Office, row: int) -> ActivitiesPage:
    page = _draws(at)
    page.draws._open(row)
    at.until(lambda: bool(page.draw.title.text()))
    at.settle()
    return page


def draw_drawn(at: Office) -> None:
    page = _draw(at, 0)
    page.draw.won.choose(0)
    at.settle()


def draw_closed(at: Office) -> None:
    _draw(at, 1)


def draw_promised(at: Office) -> None:
    _draw(at, 2)


def draw_commit(at: Office) -> None:
    page = _draws(at)
    page.draws.begin.click()
    sheet = at.sheet(CommitSheet)
    sheet.what.set_text("腊八抽奖")
    sheet.prizes.setPlainText("家用加厚不粘电炖锅（含蒸笼，三层） 1\n大米 5 公斤 3\n红包×20")


def draw_close(at: Office) -> None:
    draw_promised(at)
    at.press("draw_next")
    at.sheet(CloseSheet)


def draw_close_spent(at: Office) -> None:
    draw_close(at)
    sheet = at.sheet(CloseSheet)
    sheet.source.set_current("spent")
    sheet._show_source()
    sheet.press.click()
    at.settle()


def draw_word(at: Office) -> None:
    draw_closed(at)
    at.press("draw_next")
    at.sheet(WordSheet)


PAGES = (
    today_tickets,
    today_nothing,
    coupons_issue,
    coupons_issue_wrong,
    coupons_round,
    rewards_change,
    rewards_stock,
    board_coupon,
    board_file,
    referrals_rule,
    points_holders,
    points_audited,
    points_moved,
    points_wrong_day,
    points_nothing,
    points_correct,
    activity,
    activity_row,
    activity_change,
    activity_cancel,
    draw_drawn,
    draw_closed,
    draw_promised,
    draw_commit,
    draw_close,
    draw_close_spent,
    draw_word,
    prices_seen,
    prices_bad,
    settings_nothing,
)
