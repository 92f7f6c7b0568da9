"""核对价格: each sale priced again from its event; one of an older engine is added up instead."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from uuid import UUID

from core.errors import BadRecord
from core.pricing.engine import ENGINE, FIRST, engine_of
from core.pricing.quote import Quote
from core.pricing.record import inputs_of, price_again
from core.rulebook.parse import rulebook_of
from core.sales.offer_use import Take, takes_of
from core.sales.receipt import FigureLine, ItemLine, Receipt, SavingLine
from core.values.fields import Fields
from storage.columns import Connection
from storage.receipts import receipt_from
from storage.verify_offers import UNITS, USED
from storage.verify_spent import is_spent_as_priced

_OLDER = (
    "SELECT count(*) FROM events WHERE kind = 'SaleSettled' AND "
    "coalesce(json_extract(data, '$.body.engine'), ?) <> ?"
)
_FIGURES = ("list_fen", "payable_fen", "change_fen", "points", "spend_fen")
_SALE = f"SELECT id, quote_hash, {', '.join(_FIGURES)} FROM sales WHERE no = ?"  # noqa: S608  (constants)
_TENDERS = "SELECT kind, amount_fen FROM tenders WHERE sale_id = ? ORDER BY no"
_RECEIPT = "SELECT record FROM receipts WHERE sale_id = ?"
_SPENT = "SELECT coalesce(sum(points), 0) FROM spent_points WHERE sale_id = ?"


def of_other_engines(connection: Connection) -> int:
    """How many sales the present engine did not price, and so does not price again."""
    row = connection.execute(_OLDER, (FIRST, ENGINE)).fetchone()
    return int(row[0]) if row else 0


def price_findings(connection: Connection, body: dict[str, Any], no: str) -> Iterator[str]:
    """What is wrong with the price of a sale, whose event has this body."""
    try:
        if engine_of(body) == ENGINE:
            yield from _priced_again(connection, body, no)
        else:
            yield from _added_up(connection, body, no)
    except BadRecord:
        yield "sale_unreadable"


def _priced_again(connection: Connection, body: dict[str, Any], no: str) -> Iterator[str]:
    """The same inputs give the same bytes, and the sale that is kept has those figures."""
    quoted = price_again(body)
    if quoted.hash != body["quote_hash"]:
        yield "price_differs"
    sql = "SELECT quote_hash, payable_fen, points FROM sales WHERE no = ?"
    kept = connection.execute(sql, (no,)).fetchone()
    is_spent = is_spent_as_priced(connection, UUID(body["basket"]["sale_id"]), quoted)
    if kept != (quoted.hash, quoted.payable_fen, quoted.points) or not is_spent:
        yield "sale_differs"
    units = connection.execute(UNITS, (no,)).fetchall()
    if sorted(units) != sorted(quoted.used_units):
        yield "units_differ"
    taken = _taken(body, quoted) if quoted.used else {}
    uses = connection.execute(USED, (no,)).fetchall()
    if sorted(uses) != sorted((offer, *take) for offer, take in taken.items()):
        yield "uses_differ"


def _taken(body: dict[str, Any], quoted: Quote) -> dict[str, Take]:
    """What the sale of an event takes of the offers that are counted."""
    basket, standing, *_ = inputs_of(body)
    return takes_of(basket, standing, quoted, rulebook_of(body["rulebook"]))


def _added_up(connection: Connection, body: dict[str, Any], no: str) -> Iterator[str]:
    """The sale that is kept has the figures of its event, and its receipt adds up to them."""
    fields, (basket, *_) = Fields(body), inputs_of(body)
    digest, figures = fields.free_text("quote_hash"), [fields.whole(name) for name in _FIGURES]
    spent = 0 if fields.is_null("spent") else fields.inner("spent").whole("points")
    kept = connection.execute(_SALE, (no,)).fetchone()
    key = (basket.sale_id.bytes,)
    tenders = [(str(each.kind), each.amount_fen) for each in basket.tenders]
    if (
        kept != (*key, digest, *figures)
        or connection.execute(_TENDERS, key).fetchall() != tenders
        or connection.execute(_SPENT, key).fetchone() != (spent,)
    ):
        yield "sale_differs"
    receipt = connection.execute(_RECEIPT, key).fetchone()
    if receipt is not None and not _adds_up(receipt_from(receipt[0]), *figures[:2]):
        yield "receipt_differs"


def _adds_up(receipt: Receipt, list_fen: int, payable_fen: int) -> bool:
    """Whether list less savings is what each line costs, and all lines are the payable."""
    items = [at for at, line in enumerate(receipt.lines) if isinstance(line, ItemLine)]
    listed = left = 0
    for at, end in pairwise([*items, len(receipt.lines)]):
        item, *below = receipt.lines[at:end]
        assert isinstance(item, ItemLine)
        saved = sum(line.amount_fen for line in below if isinstance(line, SavingLine))
        if item.list_fen - saved != item.payable_fen:
            return False
        listed, left = listed + item.list_fen, left + item.payable_fen
    figures = {line.kind: line.amount for line in receipt.lines if isinstance(line, FigureLine)}
    left -= figures.get("points", 0) + figures.get("rounding", 0)
    is_said = figures.get("list") == list_fen and figures.get("payable") == payable_fen
    return is_said and (listed, left) == (list_fen, payable_fen)
