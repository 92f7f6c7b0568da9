"""权限: every single right, the roles made of them, what one person has beside their role, and a
manager's approval in place of a right.

An action that asks for a right calls `require`; what it gets back goes into its audit row.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from core.errors import ApprovalSpent, NotAllowed
from core.trust.staff import Role, Staff

APPROVAL_LASTS_US = 120_000_000


class Right(StrEnum):
    """One thing that a person may do or not."""

    SELL = "sell"
    JOIN_MEMBER = "join_member"
    ADD_PRODUCT = "add_product"
    REPRINT = "reprint"
    OPEN_DAY = "open_day"
    CLOSE_DAY = "close_day"
    CHANGE_SHIFT = "change_shift"
    LOOK_AT_TAKINGS = "look_at_takings"
    READ_AUDIT = "read_audit"
    PAY_IN = "pay_in"
    PAY_OUT = "pay_out"
    OPEN_DRAWER = "open_drawer"
    SELL_UNTRACED = "sell_untraced"
    EXPORT_TRACES = "export_traces"
    SET_LABELS = "set_labels"
    VOID_SALE = "void_sale"
    RETURN_WITHIN_RULES = "return_within_rules"
    RETURN_BEYOND_RULES = "return_beyond_rules"
    DISCOUNT_WITHIN_LIMIT = "discount_within_limit"
    DISCOUNT_BEYOND_LIMIT = "discount_beyond_limit"
    CREDIT_BEHAVIOUR = "credit_behaviour"
    CORRECT_WITHIN_LIMIT = "correct_within_limit"
    CORRECT_BEYOND_LIMIT = "correct_beyond_limit"
    REDEEM = "redeem"
    UNDO_REDEMPTION = "undo_redemption"
    COUNT_REWARDS = "count_rewards"
    SEE_PERSONAL = "see_personal"
    SEE_HEALTH = "see_health"
    WRITE_NOTE = "write_note"
    EDIT_MEMBER = "edit_member"
    EXPORT_PERSON = "export_person"
    ERASE_MEMBER = "erase_member"
    REPLACE_CARD = "replace_card"
    RENEW_CARD = "renew_card"
    PRINT_CARDS = "print_cards"
    GRANT_TIER = "grant_tier"
    USE_BENEFIT = "use_benefit"
    FREEZE_MEMBER = "freeze_member"
    MERGE_MEMBERS = "merge_members"
    DISCARD_HELD = "discard_held"
    MANAGE_STAFF = "manage_staff"
    MANAGE_MANAGERS = "manage_managers"
    CHANGE_SETTINGS = "change_settings"
    ISSUE_COUPONS = "issue_coupons"
    ISSUE_BEYOND_LIMIT = "issue_beyond_limit"
    WITHDRAW_COUPONS = "withdraw_coupons"
    CHANGE_BIRTHDAY = "change_birthday"
    CHANGE_BIRTHDAY_AFTER_BENEFIT = "change_birthday_after_benefit"
    PLAN_ACTIVITIES = "plan_activities"
    SIGN_UP = "sign_up"
    RUN_DRAWS = "run_draws"
    EXPORT_MEMBERS = "export_members"
    DECIDE_CASES = "decide_cases"
    IMPORT_TABLES = "import_tables"


_AT_THE_COUNTER = frozenset(
    {
        Right.SELL,
        Right.JOIN_MEMBER,
        Right.ADD_PRODUCT,
        Right.REPRINT,
        Right.OPEN_DAY,
        Right.CLOSE_DAY,
        Right.CHANGE_SHIFT,
        Right.PAY_IN,
        Right.RETURN_WITHIN_RULES,
        Right.DISCOUNT_WITHIN_LIMIT,
        Right.CREDIT_BEHAVIOUR,
        Right.CORRECT_WITHIN_LIMIT,
        Right.REDEEM,
        Right.SEE_HEALTH,
        Right.WRITE_NOTE,
        Right.REPLACE_CARD,
        Right.PRINT_CARDS,
        Right.USE_BENEFIT,
        Right.CHANGE_BIRTHDAY,
        Right.SIGN_UP,
    }
)
BY_ANOTHER = frozenset({Right.ISSUE_BEYOND_LIMIT})
"""What nobody allows themselves, where somebody else can."""
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CASHIER: _AT_THE_COUNTER,
    Role.PHARMACIST: _AT_THE_COUNTER | {Right.SEE_PERSONAL},
    Role.MANAGER: frozenset(Right),
    Role.OFFICE: frozenset(
        {
            Right.LOOK_AT_TAKINGS,
            Right.READ_AUDIT,
            Right.CREDIT_BEHAVIOUR,
            Right.CORRECT_WITHIN_LIMIT,
            Right.CORRECT_BEYOND_LIMIT,
            Right.COUNT_REWARDS,
            Right.SEE_PERSONAL,
            Right.SEE_HEALTH,
            Right.EDIT_MEMBER,
            Right.WRITE_NOTE,
            Right.RENEW_CARD,
            Right.PRINT_CARDS,
            Right.FREEZE_MEMBER,
            Right.MERGE_MEMBERS,
            Right.MANAGE_STAFF,
            Right.CHANGE_SETTINGS,
            Right.EXPORT_TRACES,
            Right.SET_LABELS,
            Right.ISSUE_COUPONS,
            Right.ISSUE_BEYOND_LIMIT,
            Right.WITHDRAW_COUPONS,
            Right.CHANGE_BIRTHDAY,
            Right.PLAN_ACTIVITIES,
            Right.SIGN_UP,
            Right.RUN_DRAWS,
            Right.EXPORT_MEMBERS,
            Right.DECIDE_CASES,
            Right.IMPORT_TABLES,
        }
    ),
}


class Approval(Struct, frozen=True):
    """授权: somebody with the right allowed it with a PIN, just now, for this one right."""

    right: Right
    staff_no: int
    at_us: int


class Source(StrEnum):
    """从哪来: why a person may do something or not."""

    ROLE = "role"
    GIVEN = "given"
    TAKEN = "taken"
    NONE = "none"


def source(staff: Staff, right: Right) -> Source:
    """Of the role or beside it; what was taken away is gone, whatever the role has."""
    if right in staff.taken:
        return Source.TAKEN
    if right in RIGHTS[staff.role]:
        return Source.ROLE
    return Source.GIVEN if right in staff.given else Source.NONE


def may(staff: Staff, right: Right) -> bool:
    """Whether the person has the right."""
    return source(staff, right) in (Source.ROLE, Source.GIVEN)


def with_rights(staff: Staff, wanted: Mapping[Right, bool]) -> Staff:
    """The person with each of these rights, or without it; of their role's nothing is noted."""
    of_role = RIGHTS[staff.role]
    left_given, left_taken = staff.given - wanted.keys(), staff.taken - wanted.keys()
    given = (right.value for right, has in wanted.items() if has and right not in of_role)
    taken = (right.value for right, has in wanted.items() if not has and right in of_role)
    return replace(staff, given=left_given.union(given), taken=left_taken.union(taken))


def not_to_give(by: Staff, person: Staff) -> Right | None:
    """A right of the person that `by` must not hand out: taken from `by`, or given to the person
    alone while `by` has it not. What a role brings goes with the role.
    """
    for right in Right:
        if may(person, right) and not may(by, right):
            is_single = source(person, right) is Source.GIVEN
            if is_single or source(by, right) is Source.TAKEN:
                return right
    return None


def is_whole_manager(staff: Staff) -> bool:
    """A manager who works here and may do everything: one of them has to stay."""
    is_manager = staff.is_active and staff.role is Role.MANAGER
    return is_manager and not any(right in staff.taken for right in Right)


def require(staff: Staff, right: Right, *, now_us: int, approval: Approval | None = None) -> int:
    """The number of whoever answers for it: the person, or who approved.

    Raises NotAllowed where neither has the right, ApprovalSpent for an approval older than two
    minutes.
    """
    if may(staff, right):
        return staff.no
    if approval is None or approval.right is not right:
        raise NotAllowed(right.value)
    if now_us - approval.at_us > APPROVAL_LASTS_US:
        raise ApprovalSpent(right.value)
    return approval.staff_no
