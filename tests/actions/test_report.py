"""报表: X closes nothing, Z is numbered and kept, and each paper tells what was done."""

from __future__ import annotations

import pytest

from core.actions.day import close_day, open_day
from core.actions.drawer import pay_in, pay_out
from core.actions.report import recent_reports, report_again, x_report
from core.actions.shift import change_shift, drawer_now
from core.actions.void import void_sale
from core.errors import DayNotOpen, NoReportYet, NoSuchReport, NotAllowed
from core.sales.explanation import CounterReason, Explanation
from core.sales.report import (
    CashierLine,
    MoveLine,
    Report,
    ReportHeading,
    SumLine,
    TurnLine,
    WhyLine,
)
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from tests.actions.test_settle import CALCIUM, VITAMIN, settled
from tests.actions.test_shift import last_audit

CHANGE = Explanation(CounterReason.SMALL_CHANGE)
BANK = Explanation(CounterReason.BANK)
LOST = Explanation(CounterReason.WRONG_CHANGE, "多找了五角")


def sums(report: Report, kind: str) -> list[int]:
    return [
        line.amount_fen for line in report.lines if isinstance(line, SumLine) and line.kind == kind
    ]


def of_kind(report: Report, kind: type) -> list[object]:
    return [line for line in report.lines if isinstance(line, kind)]


def test_an_x_shows_the_day_so_far_and_closes_nothing(shop: Shop, staff: Staff) -> None:
    settled(shop, staff, VITAMIN)
    first, second = x_report(shop, staff=staff), x_report(shop, staff=staff)
    assert sums(first, "expected") == [239_00, 239_00]
    assert sums(first, "counted") == []
    assert first.lines[2:] == second.lines[2:]
    assert drawer_now(shop).shift.is_open
    assert last_audit(shop)["what"] == "takings_seen"


def test_an_x_wants_the_right_or_an_approval(shop: Shop, staff: Staff, fang: Staff) -> None:
    with pytest.raises(NotAllowed):
        x_report(shop, staff=fang)
    approval = Approval(Right.LOOK_AT_TAKINGS, staff.no, shop.clock.now_us())
    assert sums(x_report(shop, staff=fang, approval=approval), "expected")[0] == 200_00
    assert last_audit(shop)["detail"] == f"approved_by {staff.no}"
    close_day(shop, counted_fen=200_00, staff=staff)
    with pytest.raises(DayNotOpen):
        x_report(shop, staff=staff)


def test_a_change_of_shift_has_its_paper(shop: Shop, staff: Staff, fang: Staff) -> None:
    settled(shop, staff, VITAMIN)
    pay_out(shop, amount_fen=100_00, explanation=BANK, staff=staff)
    report = change_shift(shop, counted_fen=138_50, staff=staff, to=fang, explanation=LOST).report
    assert [sums(report, kind) for kind in ("float", "cash", "paid_out", "expected")] == [
        [200_00],
        [39_00],
        [-100_00],
        [139_00],
    ]
    assert sums(report, "difference") == [-50]
    assert WhyLine("wrong_change", "多找了五角") in report.lines
    assert len(of_kind(report, MoveLine)) == 1


def test_a_z_tells_the_day_its_shifts_and_who_sold(shop: Shop, staff: Staff, fang: Staff) -> None:
    settled(shop, staff, VITAMIN)
    change_shift(shop, counted_fen=238_50, staff=staff, to=fang, explanation=LOST)
    sale = settled(shop, fang, CALCIUM).sale
    settled(shop, fang, CALCIUM)
    void_sale(shop, sale.sale_id, explanation=Explanation(CounterReason.CHANGED_MIND), staff=staff)
    pay_in(shop, amount_fen=20_00, explanation=CHANGE, staff=fang)
    report = close_day(shop, counted_fen=326_50, staff=fang).report
    assert report.no == "S01-T1-Z0001"
    assert sums(report, "taken") == [107_00, 39_00, 68_00]
    assert sums(report, "difference") == [-50, -50, 0]
    assert [line.no for line in of_kind(report, TurnLine)] == [1, 2]
    assert of_kind(report, CashierLine) == [
        CashierLine(staff.no, 1, 39_00),
        CashierLine(fang.no, 1, 68_00),
    ]


def test_z_reports_are_numbered_without_a_gap_and_printed_again(shop: Shop, staff: Staff) -> None:
    for look in (report_again, recent_reports):
        with pytest.raises(NoReportYet):
            look(shop, staff=staff)
    made = [close_day(shop, counted_fen=200_00, staff=staff).report]
    open_day(shop, float_fen=0, staff=staff)
    made.append(close_day(shop, counted_fen=0, staff=staff).report)
    assert [report.no for report in made] == ["S01-T1-Z0001", "S01-T1-Z0002"]
    again = report_again(shop, "S01-T1-Z0001", staff=staff)
    assert ReportHeading("中山路店", 1, "z", "S01-T1-Z0001", is_copy=True) in again.lines
    assert again.lines[1:] == made[0].lines[1:]
    assert report_again(shop, staff=staff).no == "S01-T1-Z0002"
    rows = recent_reports(shop, staff=staff)
    assert [(row.no, row.counted_fen) for row in rows] == [(made[1].no, 0), (made[0].no, 200_00)]
    with pytest.raises(NoSuchReport):
        report_again(shop, "S01-T1-Z0009", staff=staff)


def test_cash_that_moves_has_a_paper_to_sign(shop: Shop, staff: Staff) -> None:
    one = pay_in(shop, amount_fen=20_00, explanation=CHANGE, staff=staff).report
    two = pay_out(shop, amount_fen=30_00, explanation=BANK, staff=staff).report
    assert one.opens_drawer and two.opens_drawer
    assert [line.amount_fen for line in of_kind(one, MoveLine)] == [20_00]
    assert one.no != two.no
