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

TOLD = (
    ("expiry_without_event", "PointsExpired", "SELECT count(*) FROM expiry_runs WHERE lots > 0"),
)
"""Each of these rows has its event."""
