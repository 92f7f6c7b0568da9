"""核对退货: nothing came back beyond what was sold, and money and points are worked out anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC
from uuid import UUID

import msgspec
from msgspec.structs import replace

from core.errors import ReturnThere, Shortfall
from core.pricing.tender import Tender, TenderKind
from core.rulebook.rulebook import Rulebook
from core.sales.elsewhere import sold_elsewhere
from core.sales.returns import LinePart, SoldLine, refund
from core.sales.shortage import hold_back
from core.sales.void import SaleFacts
from core.sync.together import SaleSaid
from storage.columns import Connection
from storage.elsewhere import StoredElsewhere
from storage.ledger import HAS_EXPIRED
from storage.returns import StoredReturns
from storage.rulebooks import StoredRulebooks
from storage.verify_store_sales import OF_OTHERS, OWN_IDS
from storage.verify_voids import ERASED
from storage.voids import StoredVoids

_OWN_RETURNS = f"returns.id NOT IN ({OF_OTHERS})"
RETURNS = {
    "return_without_sale": "SELECT no FROM returns WHERE sale_id NOT IN (SELECT id FROM sales) "  # noqa: S608
    f"AND sale_id NOT IN (SELECT id FROM sales_elsewhere) AND {_OWN_RETURNS}",
    "returned_and_void": (
        "SELECT no FROM returns WHERE sale_id IN (SELECT sale_id FROM voids) "  # noqa: S608
        f"AND {_OWN_RETURNS}"
    ),
    "return_differs": (
        "SELECT returns.no FROM returns JOIN sales ON sales.id = returns.sale_id WHERE "
        "(returns.member_id, returns.sold_on) IS NOT (sales.member_id, sales.business_on)"
    ),
    "return_missing": (
        f"SELECT hex(sale_id) FROM returns WHERE {_OWN_RETURNS} "  # noqa: S608  (constant)
        "GROUP BY sale_id HAVING count(*) <> max(number) "
        "- (SELECT count(DISTINCT return_id) FROM returned_elsewhere "
        "WHERE sale_id = returns.sale_id AND until_us = 0) AND count(*) <> max(number)"
    ),
    "returned_too_much": (
        "SELECT sales.no FROM returns JOIN return_lines ON return_id = returns.id "  # noqa: S608
        "JOIN sales ON sales.id = returns.sale_id "
        "LEFT JOIN sale_lines ON sale_lines.sale_id = sales.id AND sale_lines.no = return_lines.no "
        f"WHERE {_OWN_RETURNS} GROUP BY sales.id, return_lines.no "
        "HAVING sum(return_lines.quantity_milli) > coalesce(max(sale_lines.quantity_milli), 0)"
    ),
    "points_of_return_differ": (
        f"SELECT hex(sale_id) FROM returns WHERE sale_id IN ({OWN_IDS}) "  # noqa: S608  (constants)
        f"AND coalesce(member_id, '') NOT IN ({ERASED}) "
        "GROUP BY sale_id HAVING sum(points_taken) <> "
        "(SELECT coalesce(sum(amount), 0) FROM transfers "
        "WHERE sale_id = returns.sale_id AND cause = 'return')"
    ),
    "expired_taken_back_twice": (
        "SELECT hex(sale_id) FROM transfers AS told WHERE debit_kind = 'expired' "  # noqa: S608  (constants)
        "GROUP BY sale_id HAVING sum(amount) > (SELECT coalesce(sum(allocations.amount), 0) "
        "FROM transfers JOIN allocations ON transfer_id = transfers.id "
        "JOIN lots ON lots.id = lot_id AND lots.member_id = debit_member "
        f"WHERE {HAS_EXPIRED} AND lots.sale_id = told.sale_id)"
    ),
    "points_without_return": (
        "SELECT hex(id) FROM transfers WHERE cause = 'return' "
        "AND (sale_id IS NULL OR sale_id NOT IN (SELECT sale_id FROM returns))"
    ),
    "exchange_differs": (
        "SELECT hex(exchanges.sale_id) FROM exchanges "
        "LEFT JOIN sales ON sales.id = exchanges.sale_id "
        "LEFT JOIN returns ON returns.id = exchanges.return_id "
        "WHERE (sales.day_id, sales.at_us, sales.staff_no) "
        "IS NOT (returns.day_id, returns.at_us, returns.staff_no) "
        "OR credit_fen > min(returns.back_fen, sales.payable_fen + sales.change_fen)"
    ),
    "return_without_shift": (
        "SELECT returns.no FROM returns LEFT JOIN shifts "  # noqa: S608  (constants)
        "ON shifts.id = returns.shift_id AND shifts.day_id = returns.day_id "
        f"WHERE shifts.id IS NULL AND {_OWN_RETURNS}"
    ),
}
"""By returns, their lines and their transfers."""

_SALES = f"SELECT DISTINCT sale_id FROM returns WHERE sale_id IN ({OWN_IDS})"  # noqa: S608
_AWAY = "SELECT id, record FROM sales_elsewhere WHERE id IN (SELECT sale_id FROM returns)"
_OF_SALE = (
    "SELECT id, no, withheld_fen, back_fen, saved_fen, spend_fen, points FROM returns "
    "WHERE sale_id = ? ORDER BY number"
)
_PARTS = (
    "SELECT return_lines.no, quantity_milli, list_fen, money_fen, spend_fen, return_lines.points, "
    "coalesce(returned_points.points, 0), coalesce(returned_points.fen, 0) "
    "FROM return_lines LEFT JOIN returned_points USING (return_id, no) "
    "WHERE return_id = ? ORDER BY return_lines.no"
)
_BACK = "SELECT kind, amount_fen FROM return_tenders WHERE return_id = ? ORDER BY kind"


def return_findings(connection: Connection) -> Iterator[tuple[str, str]]:
    """What is wrong, and the number of the return."""
    for (sale_id,) in connection.execute(_SALES).fetchall():
        facts = StoredVoids(connection).facts(UUID(bytes=sale_id))
        assert facts is not None
        rulebook = StoredRulebooks(connection).get(facts.rulebook_version)
        lines = [
            replace(line, returned_milli=0)
            for line in StoredReturns(connection).lines(facts.sale_id)
        ]
        yield from _of_sale(connection, facts, rulebook, lines)
    yield from _of_sales_elsewhere(connection)


def _of_sales_elsewhere(connection: Connection) -> Iterator[tuple[str, str]]:
    """The same of what other tills sold, by what the server told of it."""
    for _, record in connection.execute(_AWAY).fetchall():
        said = msgspec.json.decode(record, type=SaleSaid)
        try:
            there = sold_elsewhere(said.no, said.event, UTC, store_name="", till_no=0)
        except ReturnThere:
            yield "sale_elsewhere_unread", said.no
            continue
        yield from _of_sale(connection, there.facts, there.rulebook, [*there.lines])


def _of_sale(
    connection: Connection, facts: SaleFacts, rulebook: Rulebook, lines: list[SoldLine]
) -> Iterator[tuple[str, str]]:
    """Return after return, from nothing; each with what others had taken back before it."""
    elsewhere = StoredElsewhere(connection)
    for ident, no, withheld_fen, *figures in connection.execute(
        _OF_SALE, (facts.sale_id.bytes,)
    ).fetchall():
        parts = [LinePart(*row) for row in connection.execute(_PARTS, (ident,)).fetchall()]
        back = [
            Tender(TenderKind(kind), fen)
            for kind, fen in connection.execute(_BACK, (ident,)).fetchall()
        ]
        chosen = {part.no: part.quantity_milli for part in parts}
        try:
            before = elsewhere.before(UUID(bytes=ident))
            anew = refund(_with(lines, before), facts, rulebook, chosen)
        except Shortfall:
            yield "return_impossible", no
            return
        given = hold_back(anew.tenders, withheld_fen)
        sums = [sum(tender.amount_fen for tender in given), anew.saved_fen, anew.spend_fen]
        if list(anew.lines) != parts or [*sums, anew.points] != figures:
            yield "refund_differs", no
        if sorted(given, key=lambda tender: tender.kind) != back:
            yield "refund_tenders_differ", no
        lines = [
            replace(line, returned_milli=line.returned_milli + chosen.get(line.no, 0))
            for line in lines
        ]


def _with(lines: list[SoldLine], before: Mapping[int, int]) -> list[SoldLine]:
    """With what had come back at other tills."""
    return [
        replace(
            line,
            returned_milli=min(line.quantity_milli, line.returned_milli + before.get(line.no, 0)),
        )
        for line in lines
    ]
