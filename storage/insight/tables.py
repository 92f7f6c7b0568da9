"""列存的表: what the copy holds. Numbers of sales and products, never a name, card or phone.

A member is a number made of their id with a key of the store: without the store it says nothing.
Days are dates, amounts fen, quantities thousandths.
"""

# ruff: noqa: S608 - numbers and names of our own

from __future__ import annotations

from msgspec import Struct

MARKS = "marks_4"
"""How far the copy has each table; a copy of another version is made anew, since it lacks this."""
DAY_ZERO = "DATE '0001-01-01'"
TYPES = {
    "int64": "BIGINT",
    "int32": "INTEGER",
    "int16": "SMALLINT",
    "int8": "TINYINT",
    "date": "DATE",
    "string": "VARCHAR",
    "boolean": "BOOLEAN",
}


class CopyTable(Struct, frozen=True):
    """A table of the copy: its columns with their types, and the rows of the store it is made of.

    `source` gives the columns in order for rows with numbers above `after` up to `last`; days are
    ordinals there. `marks` is the table of the store whose row numbers say how far the copy is;
    "" where all rows are copied whenever one of them is another. `hangs_on` says sooner that none
    can be: the same words, the same rows; "" where only the rows tell.
    """

    name: str
    columns: dict[str, str]
    source: str
    marks: str = ""
    hangs_on: str = ""


# Goods that an office PC first heard of by a sale keep that number below zero for good: they are
# the same in a report when somebody has imported them.
_GOODS = "coalesce(-g.n, p.n, 0)"
_JOIN_GOODS = (
    "LEFT JOIN brought_goods g ON g.code = l.code LEFT JOIN products p ON p.id = l.product_id"
)

SALES = CopyTable(
    "sales",
    {
        "sale": "int64",
        "day": "date",
        "hour": "int8",
        "member": "int64",
        "tier": "string",
        "staff": "int32",
        "list_fen": "int64",
        "taken_fen": "int64",
        "points": "int64",
    },
    "SELECT n, business_on, hour_of(at_us), blind(member_id), tier_before, staff_no, list_fen, "
    "payable_fen, points FROM sales WHERE n > ? AND n <= ? ORDER BY n",
    "sales",
)
LINES = CopyTable(
    "lines",
    {
        "sale": "int64",
        "day": "date",
        "product": "int64",
        "quantity_milli": "int64",
        "list_fen": "int64",
        "taken_fen": "int64",
    },
    f"SELECT s.n, s.business_on, {_GOODS}, l.quantity_milli, l.list_fen, l.payable_fen "
    f"FROM sales s JOIN sale_lines l ON l.sale_id = s.id {_JOIN_GOODS} "
    "WHERE s.n > ? AND s.n <= ? ORDER BY s.n",
    "sales",
)
VOIDS = CopyTable(
    "voids",
    {"sale": "int64"},
    "SELECT s.n FROM voids v JOIN sales s ON s.id = v.sale_id WHERE v.n > ? AND v.n <= ?",
    "voids",
)
RETURNS = CopyTable(
    "returns",
    {
        "sale": "int64",
        "day": "date",
        "hour": "int8",
        "member": "int64",
        "staff": "int32",
        "back_fen": "int64",
        "points": "int64",
    },
    "SELECT s.n, r.business_on, hour_of(r.at_us), blind(r.member_id), r.staff_no, r.back_fen, "
    "r.points_taken FROM returns r LEFT JOIN sales s ON s.id = r.sale_id WHERE r.n > ? AND "
    "r.n <= ?",
    "returns",
)
RETURN_LINES = CopyTable(
    "return_lines",
    {
        "sale": "int64",
        "day": "date",
        "product": "int64",
        "quantity_milli": "int64",
        "back_fen": "int64",
    },
    f"SELECT s.n, r.business_on, {_GOODS}, b.quantity_milli, b.money_fen FROM returns r "
    "LEFT JOIN sales s ON s.id = r.sale_id JOIN return_lines b ON b.return_id = r.id "
    "LEFT JOIN sale_lines l ON l.sale_id = r.sale_id AND l.no = b.no "
    f"{_JOIN_GOODS} WHERE r.n > ? AND r.n <= ?",
    "returns",
)
OFFERS = CopyTable(
    "offers",
    {"sale": "int64", "offer": "string", "times": "int32", "given_fen": "int64", "day": "date"},
    "SELECT s.n, u.offer, u.delta, u.amount_fen * u.delta, u.sold_on FROM offer_uses u "
    "JOIN sales s ON s.id = u.sale_id WHERE u.n > ? AND u.n <= ?",
    "offer_uses",
)
GIVEN = CopyTable(
    "given",
    {"sale": "int64", "day": "date", "reason": "string", "label": "string", "given_fen": "int64"},
    "SELECT s.n, s.business_on, value ->> '$[1].reason' AS reason, value ->> '$[1].label' AS label,"
    " sum(value ->> '$[1].amount_fen') FROM sales s JOIN receipts r ON r.sale_id = s.id, "
    "json_each(r.record) WHERE s.n > ? AND s.n <= ? AND instr(r.record, '[\"saving\",') "
    "AND value ->> '$[0]' = 'saving' GROUP BY s.n, reason, label ORDER BY s.n",
    "sales",
)
CARDS = CopyTable(
    "cards",
    {"member": "int64", "tier": "string", "day": "date", "months": "int32"},
    "SELECT blind(member_id), tier, business_on, months FROM tier_holds WHERE cause = 'card' "
    "AND id NOT IN (SELECT hold_id FROM tier_hold_ends)",
    hangs_on="SELECT coalesce((SELECT hex(id) FROM tier_holds ORDER BY n DESC LIMIT 1), '') "
    "|| ':' || (SELECT count(*) FROM tier_hold_ends)",
)
PRODUCTS = CopyTable(
    "products",
    {
        "product": "int64",
        "code": "string",
        "name": "string",
        "category": "string",
        "brand": "string",
    },
    "SELECT n, code, name, category, brand FROM products UNION ALL "
    "SELECT -g.n, g.code, coalesce(p.name, g.name), coalesce(p.category, g.category), "
    "coalesce(p.brand, g.brand) FROM brought_goods g LEFT JOIN products p ON p.code = g.code",
    hangs_on="SELECT CASE WHEN coalesce(sum(state IN ('applying', 'undoing')), 0) THEN '' ELSE "
    "coalesce((SELECT hex(hash) FROM audit ORDER BY seq DESC LIMIT 1), '') || ':' || count(*) "
    "|| ':' || coalesce(sum(state = 'undone'), 0) "
    "|| ':' || (SELECT coalesce(max(n), 0) FROM brought_goods) END FROM imports",
)
MEMBERS = CopyTable(
    "members",
    {"member": "int64", "joined": "date"},
    "SELECT blind(id), joined_on FROM members WHERE n > ? AND n <= ?",
    "members",
)
BECAME = CopyTable(
    "became",
    {"member": "int64", "into_member": "int64"},
    "SELECT blind(member_id), blind(into_id) FROM merged_members",
)
MARKED = {
    "sales": "hex(id)",
    "voids": "hex(id)",
    "returns": "hex(id)",
    "offer_uses": "hex(sale_id) || offer || delta",
    "members": "blind(id) || (SELECT ':' || coalesce(sum(state = 'undone'), 0) || ':' || "
    "coalesce(sum(state = 'undoing'), 0) FROM imports WHERE kind = 'members')",
}
"""What says of a row that it is the same still: another one may have come to its number."""
UNDOING_ONE = "SELECT 1 FROM imports WHERE kind = 'members' AND state = 'undoing' LIMIT 1"
"""Whether members are going at this moment."""
ALL = (
    SALES,
    LINES,
    VOIDS,
    RETURNS,
    RETURN_LINES,
    OFFERS,
    GIVEN,
    CARDS,
    PRODUCTS,
    MEMBERS,
    BECAME,
)
