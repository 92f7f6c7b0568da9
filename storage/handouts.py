"""发放: which members are to get a coupon and have it, and what became of what was issued.

Nothing here is kept for ever: the codes are, and so is the audit of who issued them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, Integer, SmallInteger, String, Table

from core.sales.handout import CodeState, Handout, Round, RoundCode
from storage.columns import (
    METADATA,
    Connection,
    day_column,
    day_or_none,
    ordinal_or_none,
    uuid_column,
)

HANDOUTS = Table(
    "handouts",
    METADATA,
    Column("n", Integer, primary_key=True),
    uuid_column("id", nullable=False, unique=True),
    Column("offer", String, nullable=False),
    Column("title", String, nullable=False),
    Column("wanted", Integer, nullable=False),
    day_column("starts_on"),
    day_column("ends_on"),
    Column("at_us", Integer, nullable=False),
    day_column("business_on", nullable=False),
    Column("staff_no", Integer, nullable=False),
    Column("stopped_us", Integer),
)
HANDOUT_MEMBERS = Table(
    "handout_members",
    METADATA,
    uuid_column("handout_id", primary_key=True),
    uuid_column("member_id", primary_key=True),
    uuid_column("batch_id"),
    Column("state", SmallInteger, nullable=False),
    Index("handout_of_batch", "batch_id", sqlite_where=Column("batch_id").is_not(None)),
    Index("handout_waiting", "handout_id", "state"),
    sqlite_with_rowid=False,
)
WAITING, HANDED, LEFT_OUT = range(3)

_BEGIN = "INSERT INTO handouts VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)"
_MEANT = "INSERT INTO handout_members VALUES (?, ?, NULL, 0)"
_GET = (
    "SELECT id, offer, title, wanted, starts_on, ends_on, at_us, business_on, staff_no, "
    "stopped_us IS NOT NULL FROM handouts WHERE id = ?"
)
_OF_BATCH = "SELECT handout_id FROM handout_members WHERE batch_id = ?"
_WAITING = "SELECT member_id FROM handout_members WHERE handout_id = ? AND state = 0 LIMIT ?"
_COUNTS = (
    "SELECT coalesce(sum(state = 1), 0), coalesce(sum(state = 0), 0) "
    "FROM handout_members WHERE handout_id = ?"
)
_SET = (
    "UPDATE handout_members SET state = ?, batch_id = ? WHERE handout_id = ? AND member_id = ? "
    "AND state = 0"
)
_STOP = "UPDATE handouts SET stopped_us = ? WHERE id = ? AND stopped_us IS NULL"
_NOT_SERVED = (
    "SELECT id FROM members WHERE id IN (%s) AND (name = '' "
    "OR EXISTS (SELECT 1 FROM frozen_members WHERE frozen_members.member_id = id) "
    "OR EXISTS (SELECT 1 FROM merged_members WHERE merged_members.member_id = id))"
)
_ASKED_AT_ONCE = 500
_STATE = (
    "CASE WHEN used.code IS NOT NULL THEN 'used' WHEN withdrawn_codes.code IS NOT NULL "
    "THEN 'withdrawn' WHEN coupon_codes.ends_on < :today THEN 'expired' ELSE 'held' END"
)
# Tills without a line may use one code twice: it is used once all the same, and in two sales.
_USED = (
    "uses AS MATERIALIZED (SELECT code, sale_id FROM offer_uses WHERE code <> '' "
    "GROUP BY code, sale_id HAVING sum(delta) > 0), "
    "used AS MATERIALIZED (SELECT code, min(sale_id) AS sale_id FROM uses GROUP BY code)"
)
_TAKEN = (
    "sales.payable_fen - coalesce((SELECT sum(back_fen) FROM returns "
    "WHERE returns.sale_id = sales.id), 0)"
)
_JOINED = (
    "LEFT JOIN used ON used.code = coupon_codes.code "
    "LEFT JOIN withdrawn_codes ON withdrawn_codes.code = coupon_codes.code"
)
_HOLDERS = (
    f"WITH {_USED} SELECT DISTINCT coupon_codes.member_id FROM coupon_codes {_JOINED} "  # noqa: S608
    "WHERE coupon_codes.offer = :offer AND coupon_codes.member_id IS NOT NULL "
    f"AND {_STATE} = 'held'"
)
# Whose batches belong together is one round; a batch of no handout is one by itself.
_LAST = (
    "last AS MATERIALIZED (SELECT round, max(at_us) AS newest FROM ("
    "SELECT id AS round, at_us FROM handouts UNION ALL "
    "SELECT batch_id, max(at_us) FROM coupon_codes WHERE NOT EXISTS (SELECT 1 FROM "
    "handout_members AS meant WHERE meant.batch_id = coupon_codes.batch_id) AND NOT EXISTS ("
    "SELECT 1 FROM redemptions WHERE redemptions.at_us = coupon_codes.at_us "
    "AND redemptions.member_id = coupon_codes.member_id) GROUP BY batch_id) "
    "GROUP BY round ORDER BY newest DESC LIMIT :most)"
)
_ISSUED_BY = (
    "SELECT offer, sum(number) FROM ("
    "SELECT offer, count(*) AS number FROM coupon_codes "
    "WHERE business_on = :on AND staff_no = :staff_no AND NOT EXISTS ("
    "SELECT 1 FROM redemptions WHERE redemptions.at_us = coupon_codes.at_us "
    "AND redemptions.member_id = coupon_codes.member_id) GROUP BY offer UNION ALL "
    "SELECT offer, count(*) FROM handouts JOIN handout_members ON handout_id = id AND state = 0 "
    "WHERE business_on = :on AND staff_no = :staff_no AND stopped_us IS NULL GROUP BY offer"
    ") GROUP BY offer"
)
_CODED = (
    "coded AS MATERIALIZED (SELECT coalesce(meant.handout_id, coupon_codes.batch_id) AS round, "  # noqa: S608
    f"coupon_codes.*, {_STATE} AS state FROM coupon_codes {_JOINED} "
    "LEFT JOIN handout_members AS meant ON meant.batch_id = coupon_codes.batch_id)"
)
_ROUNDS = (
    f"WITH {_USED}, {_LAST}, {_CODED}, "  # noqa: S608  (constants)
    "counted AS (SELECT round, min(offer) AS offer, min(business_on) AS on_day, "
    "min(staff_no) AS staff_no, count(*) AS count, sum(state = 'held') AS held, "
    "sum(state = 'used') AS used, sum(state = 'expired') AS expired, "
    "sum(state = 'withdrawn') AS withdrawn, max(member_id IS NOT NULL) AS is_for_members "
    "FROM coded WHERE round IN (SELECT round FROM last) GROUP BY round), "
    f"turned AS (SELECT round, sum({_TAKEN}) AS fen FROM (SELECT DISTINCT round, uses.sale_id "
    "FROM coded JOIN uses ON uses.code = coded.code) JOIN sales ON sales.id = sale_id "
    "GROUP BY round) "
    "SELECT last.round, coalesce(handouts.offer, counted.offer), coalesce(handouts.title, ''), "
    "coalesce(handouts.business_on, on_day), coalesce(handouts.staff_no, counted.staff_no), "
    "coalesce(count, 0), coalesce(held, 0), coalesce(used, 0), coalesce(expired, 0), "
    "coalesce(withdrawn, 0), coalesce(fen, 0), "
    "(SELECT count(*) FROM handout_members AS meant WHERE meant.handout_id = last.round "
    "AND meant.state = 0), coalesce(is_for_members, 1), stopped_us IS NOT NULL "
    "FROM last LEFT JOIN counted ON counted.round = last.round "
    "LEFT JOIN turned ON turned.round = last.round LEFT JOIN handouts ON handouts.id = last.round "
    "ORDER BY newest DESC"
)
_OF_ROUND = (
    "coupon_codes.batch_id IN (SELECT batch_id FROM handout_members WHERE handout_id = :round "
    "AND batch_id IS NOT NULL UNION ALL SELECT :round)"
)
_CODES = (
    f"WITH {_USED} SELECT coupon_codes.code, {_STATE} AS state, coupon_codes.starts_on, "  # noqa: S608
    "coupon_codes.ends_on, coalesce(members.name, ''), coalesce(members.card_no, ''), "
    f"coalesce(sales.no, ''), sales.business_on, coalesce({_TAKEN}, 0) "
    f"FROM coupon_codes {_JOINED} LEFT JOIN members ON members.id = coupon_codes.member_id "
    f"LEFT JOIN sales ON sales.id = used.sale_id WHERE {_OF_ROUND} "
    "AND (:state IS NULL OR state = :state) ORDER BY coupon_codes.n LIMIT :most"
)
_LIVE = (
    "SELECT coupon_codes.batch_id, coupon_codes.offer, coupon_codes.code FROM coupon_codes "  # noqa: S608  (constants)
    "LEFT JOIN withdrawn_codes ON withdrawn_codes.code = coupon_codes.code "
    f"WHERE {_OF_ROUND} AND withdrawn_codes.code IS NULL ORDER BY coupon_codes.n LIMIT :most"
)


class StoredHandouts:
    """Implements `core.ports.handouts.Handouts`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, handout_id: UUID) -> Handout | None:
        """As it was begun, and whether it was stopped."""
        row = self._connection.execute(_GET, (handout_id.bytes,)).fetchone()
        if row is None:
            return None
        ident, offer, title, wanted, starts, ends, at_us, on, staff_no, is_stopped = row
        return Handout(
            id=UUID(bytes=ident),
            offer=offer,
            title=title,
            wanted=wanted,
            starts_on=day_or_none(starts),
            ends_on=day_or_none(ends),
            at_us=at_us,
            business_on=date.fromordinal(on),
            staff_no=staff_no,
            is_stopped=bool(is_stopped),
        )

    def of_batch(self, batch_id: UUID) -> UUID | None:
        """The handout of which a batch is a member's share."""
        row = self._connection.execute(_OF_BATCH, (batch_id.bytes,)).fetchone()
        return None if row is None else UUID(bytes=row[0])

    def begin(self, handout: Handout, members: Collection[UUID]) -> None:
        """Keep whom it is meant for."""
        given = (
            handout.id.bytes,
            handout.offer,
            handout.title,
            handout.wanted,
            ordinal_or_none(handout.starts_on),
            ordinal_or_none(handout.ends_on),
            handout.at_us,
            handout.business_on.toordinal(),
            handout.staff_no,
        )
        self._connection.execute(_BEGIN, given)
        rows = [(handout.id.bytes, member.bytes) for member in members]
        self._connection.executemany(_MEANT, rows)

    def waiting(self, handout_id: UUID, most: int) -> tuple[UUID, ...]:
        """Members who have none yet."""
        rows = self._connection.execute(_WAITING, (handout_id.bytes, most)).fetchall()
        return tuple(UUID(bytes=row[0]) for row in rows)

    def counts(self, handout_id: UUID) -> tuple[int, int]:
        """How many members have theirs, and how many still wait."""
        row = self._connection.execute(_COUNTS, (handout_id.bytes,)).fetchone()
        assert row is not None, "sums are one row"
        return row[0], row[1]

    def handed(self, handout_id: UUID, member_id: UUID, batch_id: UUID) -> None:
        """A member has theirs."""
        given = (HANDED, batch_id.bytes, handout_id.bytes, member_id.bytes)
        self._connection.execute(_SET, given)

    def leave_out(self, handout_id: UUID, member_id: UUID) -> None:
        """A member gets none."""
        given = (LEFT_OUT, None, handout_id.bytes, member_id.bytes)
        self._connection.execute(_SET, given)

    def stop(self, handout_id: UUID, *, at_us: int) -> None:
        """Whoever waits gets none."""
        self._connection.execute(_STOP, (at_us, handout_id.bytes))

    def not_served(self, among: Sequence[UUID]) -> frozenset[UUID]:
        """Those of them who are frozen, were merged into another, or are gone."""
        found: set[UUID] = set()
        for first in range(0, len(among), _ASKED_AT_ONCE):
            ids = [each.bytes for each in among[first : first + _ASKED_AT_ONCE]]
            marks = ",".join("?" * len(ids))
            rows = self._connection.execute(_NOT_SERVED % marks, ids).fetchall()
            found.update(UUID(bytes=row[0]) for row in rows)
        return frozenset(found)

    def holders(self, offer: str, today: date) -> frozenset[UUID]:
        """Members who have a code that can be used today or later."""
        rows = self._rows(_HOLDERS, offer=offer, today=today.toordinal())
        return frozenset(UUID(bytes=row[0]) for row in rows)

    def issued_by(self, staff_no: int, on: date) -> dict[str, int]:
        """How many of each offer: codes that are there, and members who still wait for theirs."""
        return dict(self._rows(_ISSUED_BY, staff_no=staff_no, on=on.toordinal()))

    def rounds(self, today: date, most: int) -> tuple[Round, ...]:
        """What somebody issued, the newest first."""
        rows = self._rows(_ROUNDS, today=today.toordinal(), most=most)
        return tuple(_round(row) for row in rows)

    def codes(
        self, round_id: UUID, today: date, *, state: CodeState | None = None, most: int
    ) -> tuple[RoundCode, ...]:
        """Those of a round that are in a state."""
        asked = {"round": round_id.bytes, "state": state and state.value, "most": most}
        return tuple(_code(row) for row in self._rows(_CODES, today=today.toordinal(), **asked))

    def live(self, round_id: UUID, most: int) -> Sequence[tuple[UUID, str, tuple[str, ...]]]:
        """Batch, offer and codes of a round that were not withdrawn yet."""
        rows = self._rows(_LIVE, round=round_id.bytes, most=most)
        return [
            (UUID(bytes=batch), offer, tuple(code for *_, code in those))
            for (batch, offer), those in groupby(rows, key=lambda row: row[:2])
        ]

    def _rows(self, asked: str, **values: Any) -> list[tuple[Any, ...]]:
        # the driver takes names as well as places, which the protocol of a connection does not say
        return self._connection.execute(asked, values).fetchall()  # type: ignore[arg-type]


def _round(row: tuple[Any, ...]) -> Round:
    ident, offer, title, on, staff_no, count, held, used, expired, withdrawn, *rest = row
    turnover_fen, waiting, is_for_members, is_stopped = rest
    return Round(
        id=UUID(bytes=ident),
        offer=offer,
        title=title,
        business_on=date.fromordinal(on),
        staff_no=staff_no,
        count=count,
        held=held,
        used=used,
        expired=expired,
        withdrawn=withdrawn,
        turnover_fen=turnover_fen,
        waiting=waiting,
        is_for_members=bool(is_for_members),
        is_stopped=bool(is_stopped),
    )


def _code(row: tuple[Any, ...]) -> RoundCode:
    code, state, starts, ends, name, card, sale_no, sold_on, taken = row
    days = (day_or_none(starts), day_or_none(ends))
    return RoundCode(
        code, CodeState(state), *days, name, card, sale_no, day_or_none(sold_on), taken
    )
