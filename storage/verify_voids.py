"""核对作废: what was voided went back once, and points left the lots that had them."""

from __future__ import annotations

from storage.verify_store_sales import OF_OTHERS, OWN

ERASED = "SELECT id FROM members WHERE name = ''"
"""Of whom nothing is taken any more: they have no points, and what they sold comes back all the
same."""
VOIDS = {
    "void_without_sale": (
        "SELECT hex(sale_id) FROM voids WHERE sale_id NOT IN (SELECT id FROM sales)"
    ),
    "void_differs": (
        "SELECT no FROM sales JOIN voids ON voids.sale_id = sales.id WHERE "
        "(voids.day_id, voids.member_id, voids.sold_on, voids.spend_fen, voids.points) IS NOT "
        "(sales.day_id, sales.member_id, sales.business_on, sales.spend_fen, sales.points)"
    ),
    "taken_back_differ": (
        "SELECT no FROM sales LEFT JOIN voids ON voids.sale_id = sales.id "  # noqa: S608  (constant)
        "LEFT JOIN void_shortages ON void_shortages.sale_id = sales.id "
        f"WHERE {OWN} AND sales.member_id NOT IN ({ERASED}) "
        "AND coalesce(voids.points, 0) - coalesce(paid_points, 0) <> "
        "(SELECT coalesce(sum(amount), 0) FROM transfers "
        "WHERE sale_id = sales.id AND cause = 'void')"
    ),
    "withheld_differs": (
        "SELECT hex(sale_id) FROM (SELECT sale_id, withheld_fen AS fen FROM void_shortages "
        "UNION ALL SELECT sale_id, -amount_fen FROM void_withheld) "
        "GROUP BY sale_id HAVING sum(fen) <> 0 OR sale_id NOT IN (SELECT sale_id FROM voids)"
    ),
    "void_without_shift": (
        "SELECT hex(voids.sale_id) FROM voids LEFT JOIN shifts "  # noqa: S608  (constants)
        "ON shifts.id = voids.shift_id AND shifts.day_id = voids.day_id WHERE shifts.id IS NULL "
        f"AND voids.id NOT IN ({OF_OTHERS})"
    ),
}
"""By sales and voids."""

LOTS = {
    "lot_overdrawn": (
        "SELECT hex(id) FROM lots JOIN (SELECT lot_id, sum(amount) AS taken FROM allocations "
        "GROUP BY lot_id) ON lot_id = lots.id WHERE taken > lots.amount"
    ),
    "allocation_of_nothing": (
        "SELECT hex(allocations.transfer_id) FROM allocations "
        "LEFT JOIN transfers ON transfers.id = transfer_id AND debit_kind = 'available' "
        "LEFT JOIN lots ON lots.id = lot_id AND lots.member_id = debit_member "
        "WHERE lots.id IS NULL"
    ),
    "allocations_differ": (
        "SELECT hex(id) FROM transfers WHERE amount < (SELECT coalesce(sum(amount), 0) "
        "FROM allocations WHERE transfer_id = transfers.id)"
    ),
    # A debt only where no lot has anything left: what the lots hold is the balance, or nothing.
    "lots_differ": (
        "SELECT hex(member_id) FROM balances WHERE kind = 'available' AND max(points, 0) <> "
        "(SELECT coalesce(sum(lots.amount - coalesce((SELECT sum(amount) FROM allocations "
        "WHERE lot_id = lots.id), 0)), 0) FROM lots WHERE lots.member_id = balances.member_id)"
    ),
}
"""By lots and what was taken from them."""
