"""`main.py cases`: it looks, and lists what is open or decided, masked."""

from __future__ import annotations

import pytest

from core.actions.cases import cases_here
from core.actions.decide_case import decide_case
from core.shop import Shop
from core.trust.cases import Case, CaseFile, Decision
from core.trust.staff import Staff
from tests.actions.test_look_for_signals import watched
from tests.actions.test_settle import CALCIUM, GOLD, settled
from tests.builders import Home


def said(home: Home, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    home.command("cases", *words)
    return capsys.readouterr().out


def test_the_command_looks_and_lists(
    home: Home, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    assert "没有未结的案件" in said(home, capsys)
    assert "还没有结过案件" in said(home, capsys, "--decided")
    shop = request.getfixturevalue("shop")
    staff: Staff = request.getfixturevalue("staff")
    watched(shop, staff, earned_at_one=0, opens_hour=0, closes_hour=0)
    for _ in range(2):
        settled(shop, staff, GOLD, CALCIUM)
    open_ones = said(home, capsys)
    assert "一张卡一天积分太多次" in open_ones
    assert "*" in open_ones
    (line,) = cases_here(shop).lines
    given = {"reason": "一家人", "step_id": shop.new_id(), "staff": staff}
    decide_case(shop, line.file.case.id, Decision.NOTHING, **given)
    assert "没有未结的案件" in said(home, capsys)
    assert "不处理" in said(home, capsys, "--decided")


def test_the_tickets_that_are_to_be_compared_are_told(
    home: Home, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    shop: Shop = request.getfixturevalue("shop")
    case = Case(
        shop.new_id(), "coupon_twice", shop.new_id(), "K7", "S01-T1-000003 S01-T2-000009", 1
    )
    with shop.store.write() as tx:
        tx.cases.add(CaseFile(case, is_of_chain=True, place="S01-T2"))
    assert "S01-T1-000003 S01-T2-000009" in said(home, capsys)
