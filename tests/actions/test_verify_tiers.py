"""`verify` finds a tier that nobody gave: neither joining, nor an import, nor a kept change."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.actions.counter import new_basket
from core.actions.grant_tier import grant_tier
from core.actions.join_member import join_member
from core.actions.login import login
from core.members.consent import CONSENT
from tests.actions.test_return import file_of
from tests.actions.test_settle import GOLD, NORMAL, SILVER
from tests.actions.test_upgrade import OXYGEN, settled
from tests.actions.tier_schemes import SPEND, with_scheme
from tests.builders import PIN, Home


@pytest.fixture(scope="module")
def busy(furnished: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Imported members, one of whom bought her way to silver, one to whom gold was granted."""
    folder = tmp_path_factory.mktemp("busy")
    home = Home(Path(shutil.copytree(furnished.path, folder / "home")))
    with home.shop() as shop:
        staff = login(shop, PIN)
        with_scheme(shop, SPEND)
        join_member(
            shop,
            new_basket(shop).basket,
            name="赵雷",
            phone="13912341234",
            staff=staff,
            consent=CONSENT,
        )
        assert settled(shop, staff, NORMAL, OXYGEN).sale.tier_after == "silver"
        silver = file_of(shop, SILVER).member.id
        until = datetime.now(UTC).date() + timedelta(90)
        grant_tier(shop, silver, tier="gold", until=until, reason="老客", staff=staff)
    assert home.findings() == []
    return home


@pytest.fixture
def home(busy: Home, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(busy.path, tmp_path / "home")))


@pytest.mark.parametrize(
    ("what", "statement"),
    [
        # Imported as gold, reached by buying, had since joining.
        ("tier_differs", f"UPDATE members SET tier = 'normal' WHERE card_no = '{GOLD}'"),
        ("tier_differs", f"UPDATE members SET tier = 'gold' WHERE card_no = '{NORMAL}'"),
        ("tier_differs", "UPDATE members SET tier = 'gold' WHERE name = '赵雷'"),
        (
            "tier_differs",
            f"UPDATE members SET tier_until = tier_until + 365 WHERE card_no = '{NORMAL}'",
        ),
        ("tier_differs", "UPDATE tier_changes SET tier_after = 'gold'"),
        ("hold_not_standing", "UPDATE tier_standings SET held_tier = NULL"),
        ("tier_held_differs", "UPDATE tier_standings SET held_tier = 'silver'"),
    ],
)
def test_a_tier_that_nobody_gave_is_found(home: Home, what: str, statement: str) -> None:
    home.tamper(statement)
    assert what in {finding.what for finding in home.findings()}


def test_a_later_import_that_raises_a_tier_is_the_last_word(home: Home, tmp_path: Path) -> None:
    table = tmp_path / "members.csv"
    table.write_text(f"卡号,姓名,等级\n{NORMAL},王小明,金卡\n", "utf-8")
    home.command("import", "members", str(table))
    with home.shop() as shop:
        assert file_of(shop, NORMAL).member.tier == "gold"
    assert home.findings() == []
