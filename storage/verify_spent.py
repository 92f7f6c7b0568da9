"""核对积分抵扣: what was spent is what the sale says, and came back to the lots that gave it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from core.points.give_back import coming_back, good_until
from core.points.ledger import LotTaken
from core.pricing.quote import Quote
from storage.columns import Connection, bytes_or_none
from storage.ledger import NEVER, StoredLedger
from storage.verify_store_sales import OWN, OWN_IDS
from storage.verify_voids import ERASED

SPENT = {
    "spent_differ": (
        f"SELECT no FROM sales WHERE {OWN} AND "  # noqa: S608  (constant)
        "(SELECT coalesce(sum(points), 0) FROM spent_points WHERE sale_id = sales.id) <> "
        "(SELECT coalesce(sum(amount), 0) FROM transfers "
        "WHERE sale_id = sales.id AND cause = 'spend')"
    ),
    "spent_without_sale": (
        "SELECT hex(sale_id) FROM (SELECT sale_id, 'spend' AS cause FROM spent_points "
        "UNION SELECT sale_id, cause FROM transfers WHERE cause IN ('spend', 'give_back')) "
        "WHERE sale_id IS NULL OR (sale_id NOT IN (SELECT id FROM sales) "
        "AND (cause = 'spend' OR sale_id NOT IN (SELECT id FROM sales_elsewhere)))"
    ),
    "spent_into_debt": (
        "SELECT hex(id) FROM transfers WHERE cause = 'spend' AND amount <> "
        "(SELECT coalesce(sum(amount), 0) FROM allocations WHERE transfer_id = transfers.id)"
    ),
    "given_back_differ": (
        f"SELECT no FROM sales WHERE {OWN} AND coalesce(member_id, '') NOT IN ({ERASED}) AND "  # noqa: S608  (constant)
        "(SELECT coalesce(sum(amount), 0) FROM transfers "
        "WHERE sale_id = sales.id AND cause = 'give_back') <> "
        "(SELECT coalesce(sum(points), 0) FROM spent_points "
        "WHERE sale_id IN (SELECT sale_id FROM voids WHERE sale_id = sales.id)) + "
        "(SELECT coalesce(sum(returned_points.points), 0) FROM returns "
        "JOIN returned_points ON return_id = returns.id WHERE sale_id = sales.id)"
    ),
}
"""By sales, and by what was booked for them."""

_ROWS = "SELECT no, points, fen FROM spent_points WHERE sale_id = ? ORDER BY no"
_GIVEN = (
    "SELECT transfers.sale_id, transfers.business_on, lots.amount, lots.expires_on, "  # noqa: S608
    "lots.earned_on, lots.rulebook_version, lots.sale_id FROM transfers JOIN lots "
    "ON lots.member_id = transfers.credit_member AND lots.id = transfers.id "
    f"WHERE transfers.cause = 'give_back' AND transfers.sale_id IN ({OWN_IDS}) "
    "ORDER BY transfers.id"
)


def is_spent_as_priced(connection: Connection, sale_id: UUID, quoted: Quote) -> bool:
    """Whether a sale keeps the points of its lines as its price has them."""
    rows = connection.execute(_ROWS, (sale_id.bytes,)).fetchall()
    return rows == list(quoted.points_rows)


def given_findings(connection: Connection) -> Iterator[tuple[str, str]]:
    """Lots that were given back and do not carry on those that were taken, the last taken first."""
    ledger, of_sale = StoredLedger(connection), dict[UUID, list[_Given]]()
    for sale_id, on, points, expires_on, *rule in connection.execute(_GIVEN).fetchall():
        until = None if expires_on == NEVER else date.fromordinal(expires_on)
        given = _Given(date.fromordinal(on), points, until, tuple(rule))
        of_sale.setdefault(UUID(bytes=sale_id), []).append(given)
    for sale_id, made in of_sale.items():
        if not _carry_on(ledger.spent_in(sale_id), made):
            yield "given_back_to_other_lots", sale_id.hex


class _Given(NamedTuple):
    """A lot that was given back on a day; `rule` is when and under which rules it was earned."""

    on: date
    points: int
    until: date | None
    rule: tuple[Any, ...]


def _carry_on(taken: tuple[LotTaken, ...], made: list[_Given]) -> bool:
    """Whether these are the lots to be given back. In which steps they were does not matter."""
    points = sum(each.points for each in made)
    if points > sum(lot.taken for lot in taken):
        return False
    due, booked = Counter[Any](), Counter[Any]()
    for each in coming_back(taken, points, before=0, on=date.min):
        due[_rule(each.lot)] += each.points
    for given in made:
        booked[given.rule] += given.points
    return due == booked and all(
        any(_rule(lot) == given.rule and good_until(lot, given.on) == given.until for lot in taken)
        for given in made
    )


def _rule(lot: LotTaken) -> tuple[Any, ...]:
    return lot.earned_on.toordinal(), lot.rulebook_version, bytes_or_none(lot.sale_id)
