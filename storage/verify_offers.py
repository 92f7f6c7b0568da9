"""核对优惠使用: each use has its sale, what was given back was used, and the sums add up."""

from __future__ import annotations

from storage.verify_store_sales import OWN_IDS

_BACK_ELSEWHERE = (
    "max((SELECT coalesce(sum(quantity_milli), 0) FROM returned_elsewhere AS there "
    "WHERE there.sale_id = offer_uses.sale_id AND there.no = sale_lines.no AND until_us = 0), "
    "(SELECT coalesce(max(quantity_milli), 0) FROM returned_before AS there "
    "JOIN returns ON returns.id = there.return_id "
    "WHERE returns.sale_id = offer_uses.sale_id AND there.no = sale_lines.no))"
)
_WHOLE_SALE_IS_BACK = (
    "(EXISTS (SELECT 1 FROM voids WHERE voids.sale_id = offer_uses.sale_id) OR NOT EXISTS ("  # noqa: S608
    "SELECT 1 FROM sale_lines WHERE sale_lines.sale_id = offer_uses.sale_id AND quantity_milli > "
    "(SELECT coalesce(sum(return_lines.quantity_milli), 0) FROM returns "
    "JOIN return_lines ON return_lines.return_id = returns.id "
    "WHERE returns.sale_id = offer_uses.sale_id AND return_lines.no = sale_lines.no) "
    f"+ {_BACK_ELSEWHERE}))"
)
_GIVEN_BACK = (
    "EXISTS (SELECT 1 FROM offer_uses AS back WHERE back.sale_id = offer_uses.sale_id "
    "AND back.offer = offer_uses.offer AND back.delta = -1)"
)

TOLD = (
    (
        "withdrawal_without_event",
        "CouponsWithdrawn",
        "SELECT count(DISTINCT withdrawal_id) FROM withdrawn_codes WHERE staff_no > 0",
    ),
)
"""Each withdrawal has its event, and each event its rows; nobody of here did what others told."""

OFFERS = {
    "use_without_sale": (
        "SELECT hex(sale_id) FROM offer_uses WHERE sale_id NOT IN (SELECT id FROM sales)"
    ),
    "use_differs": (
        "SELECT sales.no FROM offer_uses JOIN sales ON sales.id = sale_id WHERE "
        "(offer_uses.member_id, sold_on) IS NOT (sales.member_id, sales.business_on)"
    ),
    "given_back_unused": (
        "SELECT hex(back.sale_id) FROM offer_uses AS back LEFT JOIN offer_uses AS used "
        "ON used.sale_id = back.sale_id AND used.offer = back.offer AND used.delta = 1 "
        "WHERE back.delta = -1 AND used.n IS NULL"
    ),
    "use_not_given_back": (
        "SELECT hex(sale_id) FROM offer_uses "  # noqa: S608  (constants)
        f"WHERE delta = 1 AND {_GIVEN_BACK} <> {_WHOLE_SALE_IS_BACK}"
    ),
    "given_back_otherwise": (
        "SELECT hex(back.sale_id) FROM offer_uses AS back JOIN offer_uses AS used "
        "ON used.sale_id = back.sale_id AND used.offer = back.offer AND used.delta = 1 "
        "WHERE back.delta = -1 AND (back.amount_fen, back.year, back.code, back.partner) IS NOT "
        "(used.amount_fen, used.year, used.code, used.partner)"
    ),
    "use_counts_differ": (
        "SELECT offer FROM (SELECT offer, sold_on, delta FROM offer_uses UNION ALL "
        "SELECT offer, 0, delta FROM offer_uses UNION ALL "
        "SELECT offer, sold_on, -uses FROM offer_counts) "
        "GROUP BY offer, sold_on HAVING sum(delta) <> 0"
    ),
    "code_used_twice": (
        f"SELECT code FROM offer_uses WHERE code <> '' AND sale_id IN ({OWN_IDS}) "  # noqa: S608
        "GROUP BY code HAVING sum(delta) > 1"
    ),
    "unit_counts_differ": (
        "SELECT offer FROM (SELECT offer, sold_on, milli FROM offer_units UNION ALL "
        "SELECT offer, 0, milli FROM offer_units UNION ALL "
        "SELECT offer, sold_on, -milli FROM offer_unit_counts) "
        "GROUP BY offer, sold_on HAVING sum(milli) <> 0"
    ),
    "units_given_back_otherwise": (
        "SELECT hex(sale_id) FROM offer_units GROUP BY sale_id, offer "
        "HAVING count(*) = 2 AND sum(milli) <> 0"
    ),
    "units_not_given_back": (
        "SELECT hex(sale_id) FROM offer_units AS offer_uses WHERE delta = 1 "  # noqa: S608
        "AND EXISTS (SELECT 1 FROM offer_units AS back WHERE back.sale_id = offer_uses.sale_id "
        f"AND back.offer = offer_uses.offer AND back.delta = -1) <> {_WHOLE_SALE_IS_BACK}"
    ),
    "withdrawn_unknown": (
        "SELECT code FROM withdrawn_codes WHERE code NOT IN (SELECT code FROM coupon_codes)"
    ),
    "code_used_withdrawn": (
        "SELECT offer_uses.code FROM offer_uses JOIN withdrawn_codes "  # noqa: S608  (constant)
        f"ON withdrawn_codes.code = offer_uses.code WHERE delta = 1 AND sale_id IN ({OWN_IDS}) "
        "AND offer_uses.at_us > withdrawn_codes.at_us"
    ),
    "code_of_nobody": (
        "SELECT offer_uses.code FROM offer_uses LEFT JOIN coupon_codes "  # noqa: S608  (constant)
        "ON coupon_codes.code = offer_uses.code AND coupon_codes.offer = offer_uses.offer "
        f"WHERE offer_uses.code <> '' AND coupon_codes.n IS NULL AND sale_id IN ({OWN_IDS})"
    ),
}
"""By uses, codes, sales, voids and returns."""

USED = (
    "SELECT offer, amount_fen, year, code, partner "
    "FROM offer_uses JOIN sales ON sales.id = sale_id WHERE no = ? AND delta = 1"
)
"""The offers that a sale used, and what it took of each, as they are kept."""
UNITS = (
    "SELECT offer, milli FROM offer_units JOIN sales ON sales.id = sale_id "
    "WHERE no = ? AND delta = 1"
)
"""How much it took of those that are limited in units."""
