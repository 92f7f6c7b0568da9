"""积分排行 · 介绍有礼: who earned most in a span of days, and who brought whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from core.ports.board import Brought, Earned
from storage.columns import Connection, day_or_none

# For what its store's tills sold an office PC books nothing. A till has no such row, and goes
# through none of its own for them.
_ELSEWHERE = "(SELECT 1 FROM brought_lives LIMIT 1) CROSS JOIN"
_EARNED_ELSEWHERE = (
    f"SELECT sales.member_id, sales.points FROM {_ELSEWHERE} sales "  # noqa: S608  (constants)
    "WHERE sales.business_on BETWEEN ?1 AND ?2 AND +sales.incarnation < 0 UNION ALL "
    "SELECT voids.member_id, coalesce(data ->> '$.body.paid_points', 0) "
    f"+ coalesce(data ->> '$.body.expired_points', 0) - voids.points FROM {_ELSEWHERE} voids "
    "CROSS JOIN brought ON about = voids.id WHERE voids.business_on BETWEEN ?1 AND ?2 UNION ALL "
    "SELECT returns.member_id, coalesce(data ->> '$.body.expired', 0) - points_taken "
    f"FROM {_ELSEWHERE} returns CROSS JOIN brought ON about = returns.id "
    "WHERE returns.business_on BETWEEN ?1 AND ?2"
)
_EARNED = (
    "WITH moves AS ("  # noqa: S608  (constants)
    "SELECT credit_member AS member, amount FROM transfers WHERE business_on BETWEEN ?1 AND ?2 "
    "AND cause IN ('sale', 'behaviour') AND credit_kind = 'available' UNION ALL "
    "SELECT debit_member, -amount FROM transfers WHERE business_on BETWEEN ?1 AND ?2 "
    "AND cause IN ('void', 'return') AND debit_kind = 'available' "
    f"UNION ALL {_EARNED_ELSEWHERE}), "
    "summed AS (SELECT coalesce(into_id, member) AS who, sum(amount) AS points FROM moves "
    "LEFT JOIN merged_members ON merged_members.member_id = member GROUP BY who) "
    "SELECT who, name, card_no, points FROM summed JOIN members ON members.id = who "
    "WHERE points > 0 AND name <> '' "
    "AND NOT EXISTS (SELECT 1 FROM frozen_members WHERE frozen_members.member_id = who) "
    "ORDER BY points DESC, card_no LIMIT ?3"
)
_FIRST = "(SELECT id FROM sales WHERE sales.member_id = members.id ORDER BY business_on, n LIMIT 1)"
_BROUGHT = (
    "SELECT members.id, members.name, members.card_no, members.joined_on, bringer.id, "  # noqa: S608
    "bringer.name, bringer.card_no, sales.business_on, "
    "coalesce(sales.payable_fen > 0 AND sales.payable_fen <= (SELECT coalesce(sum(back_fen), 0) "
    "FROM returns WHERE returns.sale_id = sales.id) "
    "OR EXISTS (SELECT 1 FROM voids WHERE voids.sale_id = sales.id), 0) "
    "FROM member_profiles AS known JOIN members ON members.id = known.member_id "
    "JOIN members AS bringer ON bringer.id = unhex(known.value) "
    f"LEFT JOIN sales ON sales.id = {_FIRST} "
    "WHERE known.field = 'referrer' AND members.name <> '' "
    "ORDER BY members.joined_on DESC, members.n DESC LIMIT ?"
)


class StoredBoard:
    """Implements `core.ports.board.Board`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def earned(self, first: date, last: date, most: int) -> Sequence[Earned]:
        """Those with most first."""
        given = (first.toordinal(), last.toordinal(), most)
        rows = self._connection.execute(_EARNED, given).fetchall()
        return [Earned(UUID(bytes=ident), *told) for ident, *told in rows]

    def brought(self, most: int) -> Sequence[Brought]:
        """Who joined last first."""
        found = []
        for row in self._connection.execute(_BROUGHT, (most,)).fetchall():
            ident, name, card, joined, by_id, by_name, by_card, first_on, is_back = row
            found.append(
                Brought(
                    member_id=UUID(bytes=ident),
                    name=name,
                    card_no=card,
                    joined_on=date.fromordinal(joined),
                    by_id=UUID(bytes=by_id),
                    by_name=by_name,
                    by_card=by_card,
                    first_on=day_or_none(first_on),
                    is_back=bool(is_back),
                )
            )
        return found
