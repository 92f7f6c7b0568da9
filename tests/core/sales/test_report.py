"""报表: figures that add up, day and shifts side by side, and the same again from the record."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sales import report as lines
from core.sales.receipt import Rule, SignLine, TenderLine
from core.sales.report import (
    CountLine,
    Report,
    ReportHeading,
    ReportKind,
    SumLine,
    TurnLine,
    WhyLine,
    copy_of_report,
    day_report,
)
from core.sales.report_record import report_of, report_record
from core.sales.takings import Takings
from core.values.canonical import canonical
from tests.core.sales.reported import (
    DAY,
    INFO,
    LOST,
    REPORTS,
    change_of_shift,
    x_of_a_day,
    z_of_a_day,
)

OWN = (
    lines.ReportHeading,
    lines.ReportInfo,
    lines.TurnLine,
    lines.CountLine,
    lines.SumLine,
    lines.WhyLine,
    lines.MoveLine,
    lines.CashierLine,
    lines.PartnerLine,
    TenderLine,
    SignLine,
    Rule,
)
ANY = st.builds(
    Report,
    st.text(),
    st.sampled_from(ReportKind),
    st.lists(st.one_of(*map(st.builds, OWN))).map(tuple),
)


def sums(report: Report, kind: str) -> list[int]:
    return [
        line.amount_fen for line in report.lines if isinstance(line, SumLine) and line.kind == kind
    ]


@given(ANY)
def test_any_report_comes_back_through_json(report):
    assert report_of(json.loads(json.dumps(report_record(report)))) == report


@pytest.mark.parametrize("name", REPORTS)
def test_real_reports_have_a_canonical_form(name):
    report = copy_of_report(REPORTS[name]())
    assert report_of(json.loads(canonical(report_record(report)))) == report


def test_what_no_version_wrote_is_refused():
    (kind, head), *rest = report_record(z_of_a_day())
    with pytest.raises(ValueError, match="not a record"):
        report_of([[kind, {**head, "v": 2}], *rest])
    with pytest.raises(ValueError, match="hologram"):
        report_of([[kind, head], ["hologram", {}]])


def test_a_z_holds_the_day_and_then_each_shift():
    report = z_of_a_day()
    assert report.no == "S01-T2-Z0007"
    whole, *parts = sums(report, "taken")
    assert whole == sum(parts)
    assert [line.no for line in report.lines if isinstance(line, TurnLine)] == [1, 2]


def test_the_days_difference_is_the_sum_of_the_shifts_and_each_is_explained():
    report = z_of_a_day()
    whole, *parts = sums(report, "difference")
    assert whole == sum(parts) == 9_50
    whys = [line for line in report.lines if isinstance(line, WhyLine)]
    assert WhyLine(LOST.reason.value, "") in whys


def test_expected_is_float_cash_in_and_out():
    report = change_of_shift()
    (expected,) = sums(report, "expected")
    parts = (sums(report, kind) for kind in ("float", "cash", "paid_in", "paid_out"))
    assert expected == sum(sum(part) for part in parts)


def test_an_x_is_a_look_nothing_is_counted_nor_signed():
    report = x_of_a_day()
    assert report.no == "X-2026-11-24"
    assert sums(report, "counted") == [611_90]  # of the shift that has ended
    assert not any(isinstance(line, SignLine) for line in report.lines)
    assert [line.to_time for line in report.lines if isinstance(line, TurnLine)][-1] == ""


def test_only_cash_that_moves_opens_the_drawer_and_a_copy_moves_none():
    opened = {name for name, make in REPORTS.items() if make().opens_drawer}
    assert opened == {"cash_to_the_bank"}
    assert not copy_of_report(REPORTS["cash_to_the_bank"]()).opens_drawer


def test_what_came_back_is_counted_and_taken_off() -> None:
    took = Takings(3, 100_00, tenders=(("cash", 60_00),), returns=2, returned_fen=40_00)
    head = ReportHeading("中山路店", 2, ReportKind.X.value)
    lines = day_report(head, INFO, DAY, took, turns=(), moves=(), cashiers=()).lines
    assert CountLine("returns", 2, 40_00) in lines
    assert SumLine("taken", 60_00) in lines
    assert took.plus(took).returns == 4
