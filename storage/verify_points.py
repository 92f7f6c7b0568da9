"""核对积分: what was to expire is gone, and no more than that."""

from __future__ import annotations

EXPIRY = {
    "lot_not_expired": (
        "SELECT hex(id) FROM lots WHERE expires_on < (SELECT place_on FROM expiry_runs "
        "ORDER BY n DESC LIMIT 1) AND amount > "
        "coalesce((SELECT sum(amount) FROM allocations WHERE lot_id = lots.id), 0)"
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

TOLD = (
    ("expiry_without_event", "PointsExpired", "SELECT count(*) FROM expiry_runs WHERE lots > 0"),
    ("behaviour_without_event", "BehaviourCredited", "SELECT count(*) FROM credited_behaviours"),
    ("correction_without_event", "PointsCorrected", "SELECT count(*) FROM corrections"),
)
"""Each of these rows has its event."""
