"""核对全店的销售: what other tills told stands here as they told it, and nothing else of theirs."""

from __future__ import annotations

OWN = "sales.incarnation > 0"
"""Of a sale: this till sold it."""
OWN_IDS = f"SELECT id FROM sales WHERE {OWN}"  # noqa: S608  (constant)
OF_OTHERS = "SELECT about FROM brought WHERE about IS NOT NULL"
"""Sales, voids and returns of other tills."""

_BACK = "(SELECT coalesce(sum(value ->> '$[1]'), 0) FROM json_each(data, '$.body.back'))"
BROUGHT = {
    "brought_missing": (
        "SELECT hex(about) FROM brought WHERE about IS NOT NULL AND about NOT IN "
        "(SELECT id FROM sales UNION ALL SELECT id FROM voids UNION ALL SELECT id FROM returns)"
    ),
    "brought_unknown": (
        "SELECT no FROM sales WHERE sales.incarnation < 0 "  # noqa: S608  (constant)
        f"AND id NOT IN ({OF_OTHERS})"
    ),
    "brought_differs": (
        "SELECT no FROM brought JOIN sales ON sales.id = about WHERE "  # noqa: S608  (constant)
        "(data ->> '$.body.no', data ->> '$.body.payable_fen', data ->> '$.body.points', "
        "data ->> '$.body.spend_fen', data ->> '$.at_us') IS NOT "
        "(no, payable_fen, points, spend_fen, sales.at_us) "
        "UNION ALL SELECT hex(sale_id) FROM brought JOIN voids ON voids.id = about WHERE "
        "(data ->> '$.body.points', data ->> '$.body.spend_fen', data ->> '$.at_us') IS NOT "
        "(points, spend_fen, voids.at_us) "
        "UNION ALL SELECT no FROM brought JOIN returns ON returns.id = about WHERE "
        f"(data ->> '$.body.points', data ->> '$.body.spend_fen', {_BACK}, data ->> '$.at_us') "
        "IS NOT (points, spend_fen, back_fen, returns.at_us)"
    ),
}
"""By what was told, and the rows of it."""
