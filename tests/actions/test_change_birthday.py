"""改生日: who may, and that birthday benefits wait after another day was written (domain.md 5)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from core.actions.change_birthday import change_birthday
from core.actions.serve import find_member
from core.actions.set_up import add_staff
from core.errors import NotAllowed
from core.members.member import Birthday
from core.pricing.adjustment import Lost
from core.rulebook.conditions import BirthdayWindow, Conditions
from core.rulebook.offers import PercentageOffer
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Role, Staff
from tests.actions.test_offer_uses import rules
from tests.actions.test_settle import GOLD, SILVER, VITAMIN, scanned, settled
from tests.builders import Home, audit_rows

CAKE = PercentageOffer(
    id="cake",
    name="生日半价",
    rate_bp=5000,
    when=Conditions(birthday=BirthdayWindow(is_month=True)),
)


@pytest.fixture
def november(shop: Shop, staff: Staff):
    """A birthday benefit, and a day of the month in which 李小华 (25 November) was born."""
    rules(shop, staff, CAKE)
    with time_machine.travel(datetime(2027, 11, 10, 4, tzinfo=UTC)):
        yield shop


def lost(shop: Shop, card: str) -> list[Lost]:
    made = scanned(shop, card, VITAMIN).quote
    return [each.lost for each in made.rejected if each.offer == "cake"]


def member_id(shop: Shop, card: str):
    return find_member(shop, card).id


def test_another_day_waits_and_the_same_day_does_not(november: Shop, staff: Staff) -> None:
    who = member_id(november, GOLD)
    change_birthday(november, who, Birthday(11, 25), staff=staff)
    assert lost(november, GOLD) == []
    change_birthday(november, who, Birthday(11, 12), staff=staff)
    assert lost(november, GOLD) == [Lost.BIRTHDAY_EDITED]
    with time_machine.travel(datetime(2028, 11, 2, 4, tzinfo=UTC)):
        assert lost(november, GOLD) == []


def test_a_first_birthday_does_not_wait(november: Shop, staff: Staff) -> None:
    with november.store.write() as tx:
        who = member_id(november, SILVER)
        assert tx.members.get(who).birthday is None
    change_birthday(november, who, Birthday(11, 12), staff=staff)
    assert lost(november, SILVER) == []


def test_after_the_first_benefit_only_a_manager_may(november: Shop, staff: Staff) -> None:
    cashier = add_staff(november, name="王芳", pin="975318", role=Role.CASHIER)
    who = member_id(november, GOLD)
    change_birthday(november, who, Birthday(11, 25, 1988), staff=cashier)
    settled(november, staff, GOLD, VITAMIN)
    with pytest.raises(NotAllowed):
        change_birthday(november, who, Birthday(11, 12), staff=cashier)
    now_us = november.clock.now_us()
    approval = Approval(Right.CHANGE_BIRTHDAY_AFTER_BENEFIT, staff.no, now_us)
    change_birthday(november, who, Birthday(11, 12), staff=cashier, approval=approval)
    assert find_member(november, GOLD).birthday == Birthday(11, 12)
    row = audit_rows(november)[-1]
    assert row["what"] == "birthday_changed"
    assert "11" not in str(row["detail"])


def test_a_table_that_is_imported_edits_it_too(
    home: Home, november: Shop, staff: Staff, tmp_path: Path
) -> None:
    table = tmp_path / "again.csv"
    table.write_text("会员卡号,姓名,手机,生日\n800001,李小华,13800135678,1988-11-12\n", "utf-8")
    home.command("import", "members", str(table))
    assert find_member(november, GOLD).birthday == Birthday(11, 12, 1988)
    assert lost(november, GOLD) == [Lost.BIRTHDAY_EDITED]


def test_no_table_edits_it_after_the_first_benefit(
    home: Home, november: Shop, staff: Staff, tmp_path: Path
) -> None:
    settled(november, staff, GOLD, VITAMIN)
    table = tmp_path / "again.csv"
    table.write_text("会员卡号,姓名,手机,生日\n800001,李小花,13800135678,1988-12-12\n", "utf-8")
    home.command("import", "members", str(table))
    assert find_member(november, GOLD).birthday.month == 11
    assert find_member(november, GOLD).name == "李小花"
