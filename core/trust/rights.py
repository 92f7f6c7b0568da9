"""权限: every single right, the roles made of them, and a manager's approval in place of one.

An action that asks for a right calls `require`; what it gets back goes into its audit row.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

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


def may(staff: Staff, right: Right) -> bool:
    """Whether the person has the right."""
    return right in RIGHTS[staff.role]


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
