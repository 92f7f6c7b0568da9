"""兑换目录: what was had of each reward, how its shelf moved, and what it looks like.

A picture lies in the encrypted file, small: so it is in every backup, and comes and goes with the
audit of who changed it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from core.ports.catalogue import Had, HadRow, RewardPicture, ShelfMove
from storage.columns import METADATA, Connection

REWARD_PICTURES = Table(
    "reward_pictures",
    METADATA,
    Column("code", String, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("at_us", Integer, nullable=False),
    Column("staff_no", Integer, nullable=False),
)

_HAD = (
    "SELECT code, sum(units), sum(points) FROM redemptions WHERE id NOT IN "
    "(SELECT redemption_id FROM undone_redemptions) GROUP BY code"
)
_ROWS = (
    "SELECT redemptions.no, redemptions.business_on, coalesce(members.name, ''), "
    "coalesce(members.card_no, ''), units, points, redemptions.staff_no, "
    "EXISTS (SELECT 1 FROM undone_redemptions WHERE redemption_id = redemptions.id) "
    "FROM redemptions LEFT JOIN members ON members.id = redemptions.member_id "
    "WHERE code = ? ORDER BY redemptions.n DESC LIMIT ?"
)
_MOVES = (
    "SELECT moves.at_us, kind, change, sum(change) OVER (ORDER BY moves.n), moves.staff_no, "
    "coalesce(redemptions.no, '') FROM reward_stock_moves AS moves "
    "LEFT JOIN redemptions ON redemptions.id = moves.redemption_id "
    "WHERE moves.code = ? ORDER BY moves.n DESC LIMIT ?"
)
_KEEP = "INSERT OR REPLACE INTO reward_pictures VALUES (?, ?, ?, ?)"


class StoredCatalogue:
    """Implements `core.ports.catalogue.Catalogue`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def had(self) -> dict[str, Had]:
        """By the code of the reward."""
        rows = self._connection.execute(_HAD, ()).fetchall()
        return {code: Had(units, points) for code, units, points in rows}

    def rows(self, code: str, most: int) -> Sequence[HadRow]:
        """Its redemptions, the newest first."""
        rows = self._connection.execute(_ROWS, (code, most)).fetchall()
        return [
            HadRow(no, date.fromordinal(on), name, card, units, points, staff_no, bool(undone))
            for no, on, name, card, units, points, staff_no, undone in rows
        ]

    def moves(self, code: str, most: int) -> Sequence[ShelfMove]:
        """How its shelf moved, the newest first."""
        rows = self._connection.execute(_MOVES, (code, most)).fetchall()
        return [ShelfMove(*row) for row in rows]

    def pictured(self) -> frozenset[str]:
        """The codes of rewards that have a picture."""
        rows = self._connection.execute("SELECT code FROM reward_pictures", ()).fetchall()
        return frozenset(code for (code,) in rows)

    def picture(self, code: str) -> bytes | None:
        """The file of a picture."""
        asked = "SELECT data FROM reward_pictures WHERE code = ?"
        row = self._connection.execute(asked, (code,)).fetchone()
        return None if row is None else bytes(row[0])

    def keep_picture(self, picture: RewardPicture) -> None:
        """In the place of what was there."""
        given = (picture.code, picture.data, picture.at_us, picture.staff_no)
        self._connection.execute(_KEEP, given)

    def drop_picture(self, code: str) -> None:
        """There is none any more."""
        self._connection.execute("DELETE FROM reward_pictures WHERE code = ?", (code,))
