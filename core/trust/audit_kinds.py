"""审计的种类: every kind of audit row, what its subject is, and what is looked for first."""

from __future__ import annotations

from enum import StrEnum

from core.trust.audit import Noted


class About(StrEnum):
    """What the subject of a row is; NOTHING: an id that only the program knows, or none."""

    MEMBER = "member"
    STAFF = "staff"
    PRODUCT = "product"
    RIGHT = "right"
    REWARD = "reward"
    WRITTEN = "written"
    COUNT = "count"
    NOTHING = "nothing"


_KINDS = {
    About.MEMBER: (
        "members_told_apart "
        "member_joined member_frozen member_thawed member_erased members_merged members_parted "
        "card_renewed card_replaced consent_given consent_withdrawn behaviour_credited "
        "points_corrected personal_seen benefit_used benefit_given_back birthday_changed "
        "birthday_entered member_edited person_exported erasure_asked note_written "
        "note_erased tier_granted tier_withdrawn erasure_repeated "
        "visitor_came activity_joined activity_left activity_attended activity_told "
        "draw_left prize_given case_opened case_decided case_reopened"
    ),
    About.STAFF: (
        "staff_added staff_role_changed staff_rights_changed staff_removed staff_brought_back "
        "pin_set pin_changed manager_reset badge_bound badge_taken badge_printed"
    ),
    About.PRODUCT: "product_added",
    About.RIGHT: "approved approval_failed",
    About.REWARD: ("rewards_counted rewards_received reward_picture_set reward_picture_dropped"),
    About.WRITTEN: (
        "sale_settled sale_voided sale_returned offer_off price_by_hand discount_by_hand "
        "receipt_reprinted report_reprinted gift_slip_printed reward_redeemed redemption_undone "
        "trace_prefix_learned label_layout_set label_layout_removed chain_joined chain_left "
        "import_begun import_back_begun "
        "segment_kept segment_removed activity_planned activity_changed activity_cancelled "
        "activity_exported draw_committed draw_closed draw_drawn"
    ),
    About.COUNT: "cards_numbered traces_exported audit_exported cards_printed members_exported "
    "leaderboard_exported "
    "import_ended import_back_ended "
    "export_stopped",
    About.NOTHING: (
        "logged_in login_failed logged_out locked pin_proved pin_change_failed day_opened "
        "day_closed shift_opened shift_closed drawer_counted drawer_opened drawer_tried "
        "cash_paid_in cash_paid_out takings_seen basket_held basket_recalled basket_taken "
        "held_discarded held_gone traces_waived coupons_issued coupons_withdrawn handout_stopped "
        "points_expired tiers_reviewed settings_changed member_rules_set paper_changed "
        "rulebook_published rulebook_planned rulebook_plan_withdrawn rulebook_plan_refused "
        "rulebook_taken rulebook_began prices_began store_renamed change_left copy_found "
        "routine_changed backup_made backup_tried prices_planned"
    ),
}
ABOUT: dict[str, About] = {what: about for about, whats in _KINDS.items() for what in whats.split()}


class Group(StrEnum):
    """What whoever answers for a shop looks for first."""

    APPROVED = "approved"
    VOIDED = "voided"
    PRICES = "prices"
    DRAWER = "drawer"
    PERSONAL = "personal"
    CORRECTED = "corrected"
    FAILED = "failed"


KINDS_OF: dict[Group, frozenset[str]] = {
    Group.VOIDED: frozenset({"sale_voided"}),
    Group.PRICES: frozenset({"price_by_hand", "discount_by_hand", "offer_off"}),
    Group.DRAWER: frozenset({"drawer_opened", "drawer_tried"}),
    Group.PERSONAL: frozenset(
        {"personal_seen", "person_exported", "traces_exported", "audit_exported"}
    ),
    Group.CORRECTED: frozenset({"points_corrected"}),
    Group.FAILED: frozenset({"login_failed", "approval_failed", "pin_change_failed"}),
}
"""The kinds of each; `APPROVED` is every row that somebody else allowed, of whatever kind."""


def is_taken_over(row: Noted) -> bool:
    """Whether the points of a member may be in other hands since: a new card, or phone."""
    if row.what == "member_edited":
        return "phone" in row.said.split()
    return row.what == "card_replaced"
