"""`verify` finds what was changed of points without a sale behind the program's back."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from core.actions.deeds import correct_points, credit_behaviour
from core.actions.expire_points import expire_all
from core.actions.login import login
from core.actions.redeem import redeem, undo_redemption
from core.actions.reward_shelf import count_rewards
from tests.actions.test_deeds import ADVICE, with_rules
from tests.actions.test_expiry import give
from tests.actions.test_redeem import SOAP
from tests.actions.test_return import file_of
from tests.actions.test_settle import NORMAL
from tests.builders import PIN, Home, later


@pytest.fixture(scope="module")
def busy(furnished: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A shop where points were given, corrected, redeemed, given back, and expired."""
    folder = tmp_path_factory.mktemp("busy")
    home = Home(Path(shutil.copytree(furnished.path, folder / "home")))
    with home.shop() as shop:
        staff, member = login(shop, PIN), file_of(shop, NORMAL).member.id
        with_rules(shop, staff, behaviours=(ADVICE,), rewards=(SOAP,))
        count_rewards(shop, "soap", 10, staff=staff)
        give(shop, NORMAL, 500, on=date(2026, 1, 1))
        credit_behaviour(shop, member, "advice", deed_id=shop.new_id(), staff=staff)
        correct_points(shop, member, 30, reason="漏记", correction_id=shop.new_id(), staff=staff)
        correct_points(shop, member, -20, reason="多记", correction_id=shop.new_id(), staff=staff)
        for _ in range(2):
            once = shop.new_id()
            made = redeem(shop, member, "soap", 2, redemption_id=once, staff=staff).made
        undo_redemption(shop, made.no, staff=staff)
        expire_all(later(shop, 0))
    assert home.findings() == []
    return home


@pytest.fixture
def home(busy: Home, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(busy.path, tmp_path / "home")))


@pytest.mark.parametrize(
    ("what", "statement"),
    [
        ("lot_not_expired", "UPDATE lots SET amount = amount + 1"),
        ("expired_too_early", "UPDATE transfers SET business_on = 1 WHERE cause = 'expiry'"),
        ("expired_differ", "UPDATE expiry_runs SET points = points + 1"),
        ("expiry_without_event", "DELETE FROM expiry_runs"),
        ("behaviour_differs", "UPDATE credited_behaviours SET points = points + 1"),
        ("behaviour_differs", "UPDATE credited_behaviours SET member_id = x'00'"),
        ("behaviour_without_event", "DELETE FROM credited_behaviours"),
        ("correction_differs", "UPDATE corrections SET points = -points"),
        ("correction_without_event", "DELETE FROM corrections WHERE points > 0"),
        ("redemption_differs", "UPDATE redemptions SET points = points + 1"),
        ("redemption_without_event", "DELETE FROM redemptions WHERE n = 1"),
        ("unredeemed_differ", "DELETE FROM undone_redemptions"),
        ("undone_without_redemption", "UPDATE undone_redemptions SET redemption_id = x'00'"),
        ("redeemed_into_debt", "UPDATE transfers SET amount = amount + 1 WHERE cause = 'redeem'"),
        ("stock_moved_otherwise", "UPDATE reward_stock_moves SET change = 1 WHERE kind = 'undone'"),
        ("stock_moved_otherwise", "UPDATE redemptions SET code = 'pot'"),
        ("stock_below_nothing", "DELETE FROM reward_stock_moves WHERE kind = 'counted'"),
    ],
)
def test_each_kind_of_tampering_is_found(home: Home, what: str, statement: str) -> None:
    home.tamper(statement)
    assert what in {finding.what for finding in home.findings()}
