"""核对等级: cards, grants and benefits fit what they belong to, and each has its event."""

from __future__ import annotations

TOLD = (
    (
        "grant_without_event",
        "TierGranted",
        "SELECT count(*) FROM tier_holds WHERE cause = 'granted'",
    ),
    ("benefit_without_event", "BenefitUsed", "SELECT count(*) FROM benefit_uses"),
    ("benefit_without_event", "BenefitGivenBack", "SELECT count(*) FROM benefit_returns"),
)
"""Each of these rows has its event, and each event its row."""

TIERS = {
    "card_without_sale": (
        "SELECT hex(tier_holds.id) FROM tier_holds LEFT JOIN sale_lines "
        "ON sale_lines.sale_id = tier_holds.sale_id AND sale_lines.no = line_no "
        "WHERE cause = 'card' AND sale_lines.no IS NULL"
    ),
    "hold_missing": (
        "SELECT hex(hold_id) FROM tier_hold_ends WHERE hold_id NOT IN (SELECT id FROM tier_holds)"
    ),
    "benefit_missing": (
        "SELECT hex(use_id) FROM benefit_returns WHERE use_id NOT IN (SELECT id FROM benefit_uses)"
    ),
    "tier_held_differs": (
        "SELECT hex(member_id) FROM tier_standings WHERE held_tier IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM tier_holds WHERE tier_holds.tier = held_tier "
        "AND tier_holds.cause = held_by AND id NOT IN (SELECT hold_id FROM tier_hold_ends) "
        "AND (tier_holds.member_id = tier_standings.member_id OR tier_holds.member_id IN "
        "(SELECT member_id FROM merged_members WHERE into_id = tier_standings.member_id)))"
    ),
    "hold_not_standing": (
        "SELECT hex(tier_holds.member_id) FROM tier_holds "
        "WHERE id NOT IN (SELECT hold_id FROM tier_hold_ends) AND NOT EXISTS "
        "(SELECT 1 FROM tier_standings WHERE held_tier IS NOT NULL AND member_id IN "
        "(tier_holds.member_id, (SELECT into_id FROM merged_members "
        "WHERE merged_members.member_id = tier_holds.member_id)))"
    ),
    "tier_figures_missing": (
        "SELECT change_n FROM tier_measures WHERE change_n NOT IN (SELECT n FROM tier_changes)"
    ),
}
"""By the rows that they belong to."""
