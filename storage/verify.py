"""核对: chains, ledger, personal values and prices, all computed anew; nothing is repaired.

A difference is an alarm, never silently mended (sync.md 3).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import chain as chained
from typing import Any
from uuid import UUID

from core.errors import DiskFailed, StoreDamaged
from core.ports.upkeep import Finding
from core.sync.fact import GENESIS, Event, Private, is_linked
from core.trust.audit import START, AuditRow, broken_rows
from storage.columns import Connection
from storage.faults import faults_within
from storage.heads import AUDIT_CHAIN, EVENTS_CHAIN, head_of
from storage.import_turn import half_imports
from storage.store import TillStore
from storage.tills import till_of
from storage.verify_drawer import drawer_findings
from storage.verify_judged import judged_findings
from storage.verify_member_tiers import HEARD, MemberTiers
from storage.verify_offers import OFFERS
from storage.verify_offers import TOLD as OFFERS_TOLD
from storage.verify_points import DEEDS, EXPIRY, LEDGER, REWARDS
from storage.verify_points import TOLD as POINTS_TOLD
from storage.verify_prices import of_other_engines, price_findings
from storage.verify_returns import RETURNS, return_findings
from storage.verify_spent import SPENT, given_findings
from storage.verify_store_sales import BROUGHT, OF_OTHERS, OWN
from storage.verify_tiers import TIERS
from storage.verify_tiers import TOLD as TIERS_TOLD
from storage.verify_traces import TRACES
from storage.verify_voids import LOTS, VOIDS
from storage.witness import Witness, witness_of

_AT_ONCE = 500
_TRIES = 3


def verify(store: TillStore) -> list[Finding]:
    """Everything that is wrong with a store; empty where all is well.

    Raises StoreDamaged where it cannot be read at all.
    """
    with faults_within(store.path):
        damaged = list(damaged_pages(store))
        witness = witness_of(store.path)
        try:
            return damaged + _content(store, witness)
        except (StoreDamaged, DiskFailed):
            if damaged:
                return damaged
            raise


def not_priced_again(store: TillStore) -> int:
    """How many sales another engine priced: `verify` adds them up, and does not price them."""
    with faults_within(store.path), store.reader() as connection:
        return of_other_engines(connection)


def _content(store: TillStore, witness: Witness | None) -> list[Finding]:
    with store.reader() as connection:
        return list(
            chained(
                _events(connection),
                _audit(connection),
                _behind(connection, witness),
                _half_imports(store),
                _ledger(connection),
                _sales(connection),
                (Finding(*found) for found in return_findings(connection)),
                (Finding(*found) for found in given_findings(connection)),
                (Finding(*found) for found in drawer_findings(connection)),
                (Finding(*found) for found in judged_findings(connection)),
            )
        )


def damaged_pages(store: TillStore) -> Iterator[Finding]:
    """Pages of the file that cannot be what was written, whatever stands in them."""
    connection = store.open_copy(store.path)
    try:
        for said in _broken_pages(connection):
            yield Finding("page_damaged", said)
        for (said,) in connection.execute("PRAGMA quick_check").fetchall():
            if said != "ok":
                yield Finding("tree_damaged", str(said))
    finally:
        connection.close()


def _broken_pages(connection: Connection) -> set[str]:
    """Pages that fail again and again.

    The check looks past the write-ahead log into the file, where a page may just be half written
    by a checkpoint: it is whole in the log, and whole in the file after the next checkpoint.
    """
    broken: set[str] | None = None
    for _ in range(_TRIES):
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        found = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        said = {str(row[0]) for row in found}
        broken = said if broken is None else broken & said
        if not broken:
            break
    return broken or set()


def _events(connection: Connection) -> Iterator[Finding]:
    """Each event follows from the one before it, and says in its bytes what its row says."""
    incarnation, seq, prev = 0, 0, GENESIS
    tiers = MemberTiers(connection)
    kinds: Counter[str] = Counter()
    sql = (
        "SELECT id, kind, till_id, incarnation, seq, prev, hash, CAST(data AS BLOB) FROM events "
        "ORDER BY incarnation, seq"
    )
    for row in _rows(connection, sql):
        event = Event(UUID(bytes=row[0]), row[1], UUID(bytes=row[2]), *row[3:])
        if event.incarnation != incarnation:
            incarnation, seq, prev = event.incarnation, 0, GENESIS
        where = f"{event.incarnation}/{event.seq}"
        if event.seq != seq + 1 or event.prev != prev:
            yield Finding("event_missing", where)
        if not is_linked(event) or not _says_itself(event):
            yield Finding("event_changed", where)
        else:
            yield from _private_values(connection, event)
            kinds[event.kind] += 1
            if event.kind in HEARD:
                tiers.hear(event.kind, json.loads(event.data))
            if event.kind == "SaleSettled":
                yield from _prices(connection, event)
        seq, prev = event.seq, event.hash
    yield from (Finding("tier_differs", member) for member in tiers.wrong())
    head = head_of(connection, EVENTS_CHAIN)
    now = till_of(connection).incarnation
    if head.seq and (now, head.seq, head.hash) != (incarnation, seq, prev):
        yield Finding("event_missing", f"{now}/{head.seq}")
    for what, kind, sql in _TOLD + OFFERS_TOLD + POINTS_TOLD + TIERS_TOLD:
        if kinds[kind] != _number(connection, sql):
            yield Finding(what, str(kinds[kind]))


_TOLD = (
    ("sale_without_event", "SaleSettled", f"SELECT count(*) FROM sales WHERE {OWN}"),  # noqa: S608
    (
        "void_without_event",
        "SaleVoided",
        f"SELECT count(*) FROM voids WHERE voids.id NOT IN ({OF_OTHERS})",  # noqa: S608
    ),
    (
        "return_without_event",
        "SaleReturned",
        f"SELECT count(*) FROM returns WHERE returns.id NOT IN ({OF_OTHERS})",  # noqa: S608
    ),
)
"""Each of these rows has its event, and each event its row."""


def _says_itself(event: Event) -> bool:
    said = json.loads(event.data)
    return (said["id"], said["kind"], said["till"], said["incarnation"], said["seq"]) == (
        event.id.hex,
        event.kind,
        event.till_id.hex,
        event.incarnation,
        event.seq,
    )


def _private_values(connection: Connection, event: Event) -> Iterator[Finding]:
    """Each personal value that is still there has the digest that was hashed."""
    digests = json.loads(event.data).get("private", [])
    sql = "SELECT no, member_id, field, value, salt FROM private_values WHERE event_id = ?"
    for no, member_id, field, value, salt in connection.execute(sql, (event.id.bytes,)).fetchall():
        private = Private(UUID(bytes=member_id), field, value, salt)
        said = digests[no] if no < len(digests) else None
        if said != [private.member_id.hex, private.field, private.digest]:
            yield Finding("private_value_changed", f"{event.incarnation}/{event.seq} {no}")


def _prices(connection: Connection, event: Event) -> Iterator[Finding]:
    body = json.loads(event.data)["body"]
    no = str(body.get("no", event.seq))
    for what in price_findings(connection, body, no):
        yield Finding(what, no)


def _audit(connection: Connection) -> Iterator[Finding]:
    seq, last = 0, START

    def rows() -> Iterator[AuditRow]:
        nonlocal seq, last
        for row in _rows(
            connection, "SELECT seq, prev, hash, CAST(data AS BLOB) FROM audit ORDER BY seq"
        ):
            seq, last = row[0], row[2]
            yield AuditRow(*row)

    for number in broken_rows(rows()):
        yield Finding("audit_broken", str(number))
    head = head_of(connection, AUDIT_CHAIN)
    if (head.seq, head.hash) != (seq, last):
        yield Finding("audit_missing", str(head.seq))


def _behind(connection: Connection, witness: Witness | None) -> Iterator[Finding]:
    """The store went at least as far as its witness saw it go."""
    if witness is None:
        yield Finding("witness_missing", "")
        return
    events, audit = (head_of(connection, chain).seq for chain in (EVENTS_CHAIN, AUDIT_CHAIN))
    now = till_of(connection).incarnation, events, audit
    if now < witness.place:
        yield Finding("behind_witness", f"{witness.incarnation}/{witness.seq}")


def _half_imports(store: TillStore) -> Iterator[Finding]:
    """What a killed import left; a till that is opened takes it back."""
    for row in half_imports(store):
        yield Finding("import_unfinished", f"{row.kind} {row.id.hex()}")


def _ledger(connection: Connection) -> Iterator[Finding]:
    for what, sql in (LEDGER | LOTS | EXPIRY | DEEDS | REWARDS).items():
        for (where,) in _rows(connection, sql):
            yield Finding(what, str(where))


_SALES = {
    "tenders_differ": (
        "SELECT no FROM sales WHERE payable_fen + change_fen <> "
        "(SELECT coalesce(sum(amount_fen), 0) FROM tenders WHERE sale_id = sales.id)"
    ),
    "lines_differ": (
        "SELECT no FROM sales WHERE (list_fen, payable_fen, spend_fen, points) <> "
        "(SELECT sum(list_fen), sum(payable_fen), sum(spend_fen), sum(points) "
        "FROM sale_lines WHERE sale_id = sales.id)"
    ),
    "earned_differ": (
        f"SELECT no FROM sales WHERE {OWN} AND member_id IS NOT NULL AND points <> "  # noqa: S608
        "(SELECT coalesce(sum(amount), 0) FROM transfers "
        "WHERE sale_id = sales.id AND cause = 'sale')"
    ),
    "receipt_missing": (
        "SELECT no FROM sales LEFT JOIN receipts ON receipts.sale_id = sales.id "
        "WHERE receipts.sale_id IS NULL"
    ),
    "number_missing": (
        f"SELECT incarnation FROM sales WHERE {OWN} "  # noqa: S608  (constant)
        "GROUP BY incarnation HAVING count(*) <> max(number)"
    ),
}


def _sales(connection: Connection) -> Iterator[Finding]:
    for what, sql in (_SALES | VOIDS | RETURNS | OFFERS | SPENT | TIERS | TRACES | BROUGHT).items():
        for (where,) in _rows(connection, sql):
            yield Finding(what, str(where))


def _rows(connection: Connection, sql: str) -> Iterator[tuple[Any, ...]]:
    cursor = connection.execute(sql)
    while rows := cursor.fetchmany(_AT_ONCE):
        yield from rows


def _number(connection: Connection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0
