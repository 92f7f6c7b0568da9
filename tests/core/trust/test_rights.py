"""Every right and every role as one table; an approval stands in for one right, for two minutes."""

from __future__ import annotations

from uuid import UUID

import pytest
from msgspec.structs import replace

from core.errors import ApprovalSpent, NotAllowed
from core.trust.rights import (
    APPROVAL_LASTS_US,
    RIGHTS,
    Approval,
    Right,
    Source,
    is_whole_manager,
    may,
    not_to_give,
    require,
    source,
    with_rights,
)
from core.trust.staff import Role, Staff

# cashier, pharmacist, manager, office
TABLE = """
sell                    yes yes yes no
join_member             yes yes yes no
add_product             yes yes yes no
reprint                 yes yes yes no
open_day                yes yes yes no
close_day               yes yes yes no
change_shift            yes yes yes no
look_at_takings         no  no  yes yes
read_audit              no  no  yes yes
pay_in                  yes yes yes no
pay_out                 no  no  yes no
open_drawer             no  no  yes no
sell_untraced           no  no  yes no
export_members          no  no  yes yes
import_tables           no  no  yes yes
export_traces           no  no  yes yes
set_labels              no  no  yes yes
void_sale               no  no  yes no
return_within_rules     yes yes yes no
return_beyond_rules     no  no  yes no
discount_within_limit   yes yes yes no
discount_beyond_limit   no  no  yes no
credit_behaviour        yes yes yes yes
correct_within_limit    yes yes yes yes
correct_beyond_limit    no  no  yes yes
redeem                  yes yes yes no
undo_redemption         no  no  yes no
count_rewards           no  no  yes yes
see_personal            no  yes yes yes
see_health              yes yes yes yes
edit_member             no  no  yes yes
export_person           no  no  yes no
erase_member            no  no  yes no
write_note              yes yes yes yes
replace_card            yes yes yes no
renew_card              no  no  yes yes
print_cards             yes yes yes yes
grant_tier              no  no  yes no
use_benefit             yes yes yes no
freeze_member           no  no  yes yes
merge_members           no  no  yes yes
discard_held            no  no  yes no
manage_staff            no  no  yes yes
manage_managers         no  no  yes no
change_settings         no  no  yes yes
issue_coupons           no  no  yes yes
issue_beyond_limit      no  no  yes yes
withdraw_coupons        no  no  yes yes
decide_cases            no  no  yes yes
change_birthday         yes yes yes yes
change_birthday_after_benefit no no yes no
plan_activities         no  no  yes yes
sign_up                 yes yes yes yes
run_draws               no  no  yes yes
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
ROLES = (Role.CASHIER, Role.PHARMACIST, Role.MANAGER, Role.OFFICE)


def somebody(role: Role, no: int = 2) -> Staff:
    return Staff(UUID(int=no), no, role.value, role, "")


def test_the_table_names_every_right_once() -> None:
    assert sorted(row[0] for row in ROWS) == sorted(right.value for right in Right)


@pytest.mark.parametrize(
    ("right", "role", "said"),
    [(row[0], role, said) for row in ROWS for role, said in zip(ROLES, row[1:], strict=True)],
)
def test_who_may_do_what(right: str, role: Role, said: str) -> None:
    person, now = somebody(role), 10**15
    assert may(person, Right(right)) == (said == "yes")
    if said == "yes":
        assert require(person, Right(right), now_us=now) == person.no
    else:
        with pytest.raises(NotAllowed):
            require(person, Right(right), now_us=now)
        approval = Approval(Right(right), 1, now - APPROVAL_LASTS_US)
        assert require(person, Right(right), now_us=now, approval=approval) == 1


def test_an_approval_is_for_one_right_and_two_minutes() -> None:
    person, now = somebody(Role.CASHIER), 10**15
    with pytest.raises(NotAllowed):
        require(person, Right.PAY_OUT, now_us=now, approval=Approval(Right.VOID_SALE, 1, now))
    old = Approval(Right.PAY_OUT, 1, now - APPROVAL_LASTS_US - 1)
    with pytest.raises(ApprovalSpent):
        require(person, Right.PAY_OUT, now_us=now, approval=old)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.value)
def test_each_right_is_given_to_or_taken_from_one_person_and_comes_back(role: Role) -> None:
    plain, now = somebody(role), 10**15
    for right in Right:
        has = may(plain, right)
        other = with_rights(plain, {right: not has})
        assert may(other, right) is not has
        assert source(other, right) is (Source.TAKEN if has else Source.GIVEN)
        assert {each for each in Right if may(other, each) != may(plain, each)} == {right}
        assert with_rights(other, {right: has}) == with_rights(plain, {right: has}) == plain
        if has:
            with pytest.raises(NotAllowed):
                require(other, right, now_us=now)
        else:
            assert require(other, right, now_us=now) == other.no


def test_what_was_taken_stays_away_in_every_role_and_what_was_given_stays() -> None:
    cashier = with_rights(somebody(Role.CASHIER), {Right.SELL: False, Right.PAY_OUT: True})
    for role in ROLES:
        other = replace(cashier, role=role)
        assert source(other, Right.SELL) is Source.TAKEN
        assert may(other, Right.PAY_OUT)
    assert source(replace(cashier, role=Role.MANAGER), Right.PAY_OUT) is Source.ROLE


def test_a_right_that_only_a_newer_program_knows_stays_and_means_nothing_here() -> None:
    newer = replace(somebody(Role.CASHIER), given=frozenset({"fly"}), taken=frozenset({"swim"}))
    changed = with_rights(newer, {Right.PAY_OUT: True, Right.SELL: False})
    assert changed.given == {"fly", "pay_out"}
    assert changed.taken == {"swim", "sell"}
    assert is_whole_manager(replace(newer, role=Role.MANAGER))


def test_nobody_hands_out_what_was_taken_from_them_or_what_is_given_to_one_alone() -> None:
    cashier, office, manager = (
        somebody(role) for role in (Role.CASHIER, Role.OFFICE, Role.MANAGER)
    )
    assert not_to_give(office, cashier) is None, "what a role brings goes with the role"
    assert Right.SELL not in RIGHTS[Role.OFFICE]
    favoured = with_rights(cashier, {Right.PAY_OUT: True})
    assert not_to_give(office, favoured) is Right.PAY_OUT
    assert not_to_give(manager, favoured) is None
    limited = with_rights(manager, {Right.EXPORT_MEMBERS: False})
    assert not_to_give(limited, manager) is Right.EXPORT_MEMBERS
    assert not_to_give(limited, limited) is None
    assert not_to_give(limited, cashier) is None
    assert is_whole_manager(manager)
    assert not is_whole_manager(limited)
    assert not is_whole_manager(office)
    assert not is_whole_manager(replace(manager, removed_us=1))
