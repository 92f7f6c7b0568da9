"""期初积分: the lots that imported members bring, and the way back.

A lot expires as the rulebook says or, where its table says so, on a day of its own; a member may
bring several of the latter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import compress
from typing import Any

from msgspec import Struct

from core.points.ledger import ISSUED, Cause
from core.rulebook.rulebook import Rulebook
from core.values.moment import Moment
from storage.columns import Connection
from storage.import_record import ImportRow
from storage.import_runs import MemberRun
from storage.ledger import INSERT_LOT, MEMBER_POINTS, MOVE, NEVER, move

OwnLot = tuple[bytes, int, int]
"""A member's id, so many points, and the ordinal of their last day."""
OwnOpening = tuple[str, str, int, date | None]
"""The same as it is told: ids of the member and the lot, points, and the day."""

# What all rows of an import have alike is no value but part of the statement: to hand a value over
# takes longer than to store it.
_INSERT_TRANSFERS = (
    "INSERT INTO transfers (id, credit_member, amount, debit_kind, debit_member, credit_kind, "  # noqa: S608 - the words are ours
    "cause, rulebook_version, business_on, import_id) "
    f"VALUES (?, ?, ?, '{ISSUED.kind}', x'', '{MEMBER_POINTS}', '{Cause.IMPORT}', %d, %s)"
)
_OF_TRANSFERS = "FROM transfers WHERE id BETWEEN ? AND ? AND import_id = ?"
_INSERT_LOTS = (
    "INSERT INTO lots (member_id, expires_on, id, amount, earned_on, rulebook_version, sale_id, "
    "import_id) SELECT credit_member, ?, id, amount, business_on, rulebook_version, sale_id, "
    f"import_id {_OF_TRANSFERS}"
)
_INSERT_BALANCES = (
    "INSERT INTO balances (member_id, kind, points) "
    f"SELECT credit_member, credit_kind, amount {_OF_TRANSFERS}"
)
_HERE = "SELECT card_no, id FROM members WHERE import_id = ? AND card_no IN (%s)"
_LOTS_OF = (
    "SELECT member_id, expires_on, id, amount FROM lots WHERE import_id = ? AND member_id IN (%s)"
)
_DELETE_LOT = "DELETE FROM lots WHERE member_id = ? AND expires_on = ? AND id = ?"


class Opened(Struct, frozen=True):
    """The lots of a chunk: ids of those that expire as the rulebook says, and all others."""

    usual: list[bytes]
    own: list[OwnOpening]


class Openings(Struct, frozen=True):
    """Opens the accounts of one import; `new_ids` makes so many ids in ascending order."""

    row: ImportRow
    moment: Moment
    rulebook: Rulebook
    new_ids: Callable[[int], list[bytes]]

    @property
    def of_all(self) -> str:
        """The day and the import, as SQL."""
        return f"{self.moment.business_on.toordinal()}, x'{self.row.id.hex()}'"

    @property
    def expires_on(self) -> date | None:
        """The last day of points of which the table does not say it."""
        return self.rulebook.points.expires_on(self.moment.business_on)

    def open(
        self, connection: Connection, run: MemberRun, fresh: Sequence[int], idents: Sequence[bytes]
    ) -> Opened:
        """The lots of new members, who stand at these places of their run."""
        points, days = [run.points[i] for i in fresh], [run.last_days[i] for i in fresh]
        if not any(days):
            return Opened(self._open_usual(connection, idents, points), [])
        own = [lot for lot in zip(idents, points, days, strict=True) if lot[2]]
        points = [0 if day else some for some, day in zip(points, days, strict=True)]
        return Opened(self._open_usual(connection, idents, points), self._open_own(connection, own))

    def open_further(
        self, connection: Connection, run: MemberRun, places: Sequence[int]
    ) -> list[OwnOpening]:
        """More lots of members whom this import has added: of others it touches no points."""
        cards = [run.card_no[i] for i in places]
        sql = _HERE % ",".join("?" * len(cards))
        ids = dict(connection.execute(sql, (self.row.id, *cards)).fetchall())
        otherwise = _ordinal(self.expires_on)
        lots = [
            (ids[card], run.points[i], run.last_days[i] or otherwise)
            for card, i in zip(cards, places, strict=True)
            if card in ids
        ]
        return self._open_own(connection, lots)

    def _open_usual(
        self, connection: Connection, idents: Sequence[bytes], points: Sequence[int]
    ) -> list[bytes]:
        """One transfer, lot and balance for each member that brings points; the lots' ids."""
        members, amounts = list(compress(idents, points)), list(filter(None, points))
        if not members:
            return []
        lots, ours = self.new_ids(len(members)), self.row.id
        connection.executemany(self._transfers, zip(lots, members, amounts, strict=True))
        # Lot and balance say once more what the transfer says: the store copies it faster than we.
        expiry = _ordinal(self.expires_on)
        connection.execute(_INSERT_LOTS, (expiry, lots[0], lots[-1], ours))
        connection.execute(_INSERT_BALANCES, (lots[0], lots[-1], ours))
        move(connection, ISSUED, -sum(amounts))
        return lots

    def _open_own(self, connection: Connection, lots: Sequence[OwnLot]) -> list[OwnOpening]:
        """A transfer and a lot for each; a member may have a balance already."""
        if not lots:
            return []
        ids, today = self.new_ids(len(lots)), self.moment.business_on.toordinal()
        named = [(ident, *lot) for ident, lot in zip(ids, lots, strict=True)]
        transfers = ((ident, member, points) for ident, member, points, _ in named)
        connection.executemany(self._transfers, transfers)
        version, ours = self.rulebook.version, self.row.id
        rows = (
            (member, day, ident, points, today, version, None, ours)
            for ident, member, points, day in named
        )
        INSERT_LOT.many(connection, rows)
        MOVE.many(connection, ((member, MEMBER_POINTS, points) for member, points, _ in lots))
        move(connection, ISSUED, -sum(points for _, points, _ in lots))
        return [
            (member.hex(), ident.hex(), points, None if day == NEVER else date.fromordinal(day))
            for ident, member, points, day in named
        ]

    @property
    def _transfers(self) -> str:
        return _INSERT_TRANSFERS % (self.rulebook.version, self.of_all)


def points_of(connection: Connection, row: ImportRow, idents: Sequence[bytes]) -> int:
    """So many points this import brought them."""
    asked = ",".join("?" * len(idents))
    lots = connection.execute(_LOTS_OF % asked, (row.id, *idents)).fetchall()
    return sum(amount for *_, amount in lots)


def close_accounts(connection: Connection, row: ImportRow, idents: Sequence[bytes]) -> None:
    """Take back the opening points of members who go."""
    asked = ",".join("?" * len(idents))
    lots: list[Any] = connection.execute(_LOTS_OF % asked, (row.id, *idents)).fetchall()
    connection.executemany(_DELETE_LOT, [place for *place, _ in lots])
    connection.executemany("DELETE FROM transfers WHERE id = ?", [(lot,) for *_, lot, _ in lots])
    connection.executemany(
        "DELETE FROM balances WHERE member_id = ?", [(ident,) for ident in idents]
    )
    if lots:
        move(connection, ISSUED, sum(amount for *_, amount in lots))


def _ordinal(day: date | None) -> int:
    return NEVER if day is None else day.toordinal()
