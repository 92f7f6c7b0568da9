"""核对积分: what was to expire is gone, and no more than that."""

from __future__ import annotations

LEDGER = {
    "points_out_of_balance": "SELECT sum(points) FROM balances HAVING sum(points) <> 0",
    "balance_differs": (
        "SELECT hex(member) || ' ' || kind FROM ("
        "SELECT debit_member AS member, debit_kind AS kind, -amount AS points FROM transfers "
        "UNION ALL SELECT credit_member, credit_kind, amount FROM transfers "
        "UNION ALL SELECT member_id, kind, -points FROM balances) "
        "GROUP BY member, kind HAVING sum(points) <> 0"
    ),
    "lot_without_transfer": (
        "SELECT hex(lots.id) FROM lots LEFT JOIN transfers ON transfers.id = lots.id "
        "AND transfers.amount = lots.amount AND transfers.credit_member = lots.member_id "
        "WHERE transfers.id IS NULL"
    ),
    "transfer_without_lot": (
        "SELECT hex(transfers.id) FROM transfers LEFT JOIN lots "
        "ON lots.member_id = transfers.credit_member AND lots.id = transfers.id "
        "WHERE transfers.credit_kind = 'available' AND lots.id IS NULL"
    ),
    "points_of_nobody": (
        "SELECT hex(member_id) FROM balances WHERE member_id <> x'' "
        "AND member_id NOT IN (SELECT id FROM members)"
    ),
}
"""The double entry itself, and the balances that are kept of it."""

EXPIRY = {
    "lot_not_expired": (
        "SELECT hex(id) FROM lots WHERE expires_on < (SELECT place_on FROM expiry_runs "
        "ORDER BY n DESC LIMIT 1) AND amount > "
        "coalesce((SELECT sum(amount) FROM allocations WHERE lot_id = lots.id), 0) "
        "AND NOT EXISTS (SELECT 1 FROM link WHERE chain_name <> '')"  # there the server does it
    ),
    "expired_too_early": (
        "SELECT hex(lots.id) FROM transfers JOIN allocations ON transfer_id = transfers.id "
        "JOIN lots ON lots.id = lot_id AND lots.member_id = debit_member "
        "WHERE cause = 'expiry' AND expires_on >= business_on"
    ),
    "expired_differ": (
        "SELECT 'points' WHERE (SELECT coalesce(sum(points), 0) FROM expiry_runs) <> "
        "(SELECT coalesce(sum(amount), 0) FROM transfers WHERE cause = 'expiry')"
    ),
}
"""By lots, their transfers and the runs."""

DEEDS = {
    "behaviour_differs": (
        "SELECT hex(id) FROM (SELECT id, member_id AS member, points FROM credited_behaviours "
        "UNION ALL SELECT id, credit_member, -amount FROM transfers WHERE cause = 'behaviour') "
        "GROUP BY id, member HAVING count(*) <> 2 OR sum(points) <> 0"
    ),
    "correction_differs": (
        "SELECT hex(id) FROM (SELECT id, member_id AS member, points FROM corrections "
        "UNION ALL SELECT id, credit_member, -amount FROM transfers "
        "WHERE cause = 'correction' AND debit_kind = 'corrected' "
        "UNION ALL SELECT id, debit_member, amount FROM transfers "
        "WHERE cause = 'correction' AND credit_kind = 'corrected') "
        "GROUP BY id, member HAVING count(*) <> 2 OR sum(points) <> 0"
    ),
}
"""What was done without a sale, and its transfer, are two sides of one thing."""

REWARDS = {
    "redemption_differs": (
        "SELECT hex(id) FROM (SELECT id, member_id AS member, points FROM redemptions "
        "UNION ALL SELECT id, debit_member, -amount FROM transfers WHERE cause = 'redeem') "
        "GROUP BY id, member HAVING count(*) <> 2 OR sum(points) <> 0"
    ),
    "redeemed_into_debt": (
        "SELECT hex(id) FROM transfers WHERE cause IN ('redeem', 'correction') "
        "AND debit_kind = 'available' AND amount <> "
        "(SELECT coalesce(sum(amount), 0) FROM allocations WHERE transfer_id = transfers.id)"
    ),
    "unredeemed_differ": (
        "SELECT 'points' WHERE (SELECT coalesce(sum(points), 0) FROM redemptions WHERE id IN "
        "(SELECT redemption_id FROM undone_redemptions)) <> "
        "(SELECT coalesce(sum(amount), 0) FROM transfers WHERE cause = 'unredeem')"
    ),
    "undone_without_redemption": (
        "SELECT hex(redemption_id) FROM undone_redemptions "
        "WHERE redemption_id NOT IN (SELECT id FROM redemptions)"
    ),
    "stock_moved_otherwise": (
        "SELECT code FROM reward_stock_moves AS moves WHERE kind NOT IN "
        "('counted', 'received') AND NOT EXISTS "
        "(SELECT 1 FROM redemptions LEFT JOIN undone_redemptions ON redemption_id = id WHERE "
        "id = moves.redemption_id AND redemptions.code = moves.code AND (kind = 'redeemed' AND "
        "change = -units OR kind = 'undone' AND change = units AND undone_redemptions.at_us > 0))"
    ),
    "stock_below_nothing": (
        "SELECT code FROM reward_stock_moves WHERE code NOT IN (SELECT code FROM stock_elsewhere) "
        "GROUP BY code HAVING sum(change) < 0"
    ),
}
"""What was had for points, its transfer, and the shelf that it came from."""

TOLD = (
    ("expiry_without_event", "PointsExpired", "SELECT count(*) FROM expiry_runs WHERE lots > 0"),
    ("behaviour_without_event", "BehaviourCredited", "SELECT count(*) FROM credited_behaviours"),
    ("correction_without_event", "PointsCorrected", "SELECT count(*) FROM corrections"),
    ("redemption_without_event", "RewardRedeemed", "SELECT count(*) FROM redemptions"),
    ("undone_without_event", "RedemptionUndone", "SELECT count(*) FROM undone_redemptions"),
)
"""Each of these rows has its event."""
