"""使用权益: counted when used, given back when it was none, anew in each period."""

from __future__ import annotations

import pytest

from core.actions.use_benefit import give_back_benefit, member_benefits, use_benefit
from core.errors import BenefitNotCounted, BenefitNotUsed, BenefitUsedUp, NoSuchBenefit, Refused
from core.members.benefits import BenefitLeft
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_settle import GOLD, NORMAL
from tests.actions.test_shift import facts
from tests.actions.tier_schemes import FIRST, MAIL, PAID, seen, with_scheme
from tests.builders import later

DAY_S = 86_400


@pytest.fixture
def member(shop: Shop):  # type: ignore[no-untyped-def]
    with_scheme(shop, PAID)
    return seen(shop, GOLD).member.id


def left(given: tuple[BenefitLeft, ...]) -> dict[str, int | None]:
    return {each.benefit.code: each.left for each in given}


def test_a_tier_gives_its_own_benefits_and_those_below(shop: Shop, member) -> None:  # type: ignore[no-untyped-def]
    shown = member_benefits(shop, member)
    assert [each.benefit for each in shown] == [MAIL, FIRST]
    assert left(shown) == {"mail": 1, "first": None}
    assert member_benefits(shop, seen(shop, NORMAL).member.id) == ()


def test_used_up_it_is_there_again_in_the_next_quarter(  # type: ignore[no-untyped-def]
    shop: Shop, staff: Staff, member
) -> None:
    # later than the review of the imported tier would be, which nobody ran
    march, april = later(shop, 60 * DAY_S), later(shop, 95 * DAY_S)
    assert left(use_benefit(march, member, benefit="免邮卡", staff=staff))["mail"] == 0
    with pytest.raises(BenefitUsedUp) as used:
        use_benefit(march, member, benefit="mail", staff=staff)
    assert used.value.next_on == "2100-04-01"
    assert left(member_benefits(april, member))["mail"] == 1


def test_given_back_it_can_be_used_again(shop: Shop, staff: Staff, member) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BenefitNotUsed):
        give_back_benefit(shop, member, benefit="mail", staff=staff)
    use_benefit(shop, member, benefit="mail", staff=staff)
    assert left(give_back_benefit(shop, member, benefit="mail", staff=staff))["mail"] == 1
    assert left(use_benefit(shop, member, benefit="mail", staff=staff))["mail"] == 0
    assert len(facts(shop, "BenefitUsed")) == 2


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ("first", BenefitNotCounted),
        ("优先服务", BenefitNotCounted),
        ("bread", NoSuchBenefit),
    ],
)
def test_only_what_is_counted_can_be_used(  # type: ignore[no-untyped-def]
    shop: Shop, staff: Staff, member, what: str, error: type[Refused]
) -> None:
    with pytest.raises(error):
        use_benefit(shop, member, benefit=what, staff=staff)
