"""收件: what tills send is kept for good; what does not fit becomes a case, never a refusal.

One bad event never blocks those behind it, and no sale is refused: it has been sold.
"""

from __future__ import annotations

from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from core.actions.begin_session import till_of
from core.errors import BadEvent, BadRecord
from core.ports.office import Apart, Case, OfficeWriting
from core.pricing.engine import ENGINE, engine_of
from core.pricing.record import price_again
from core.shop import HeadOffice
from core.sync.fact import Event
from core.sync.wire import (
    FORK,
    Answer,
    EventSent,
    Push,
    Pushed,
    Status,
    check_size,
    event_of,
    mark_of,
)
from core.values.fields import LARGEST

SALE = "SaleSettled"
LONGEST_REASON = 120
"""It may hold the name of a field that a till made up."""


class _Seen(Struct, frozen=True):
    """An event that was looked at before the transaction: pricing again takes its time."""

    sent: EventSent
    incarnation: int
    event: Event | None
    reason: str
    doubt: str = ""


def receive(office: HeadOffice, token: str, push: Push) -> Pushed:
    """Answered after commit; raises TooMuchSent, SessionOver, TillRevoked."""
    check_size(push)
    with office.store.read() as reading:
        till = till_of(office, reading, token)
    seen = _with_doubts(office, [_look_at(sent, push.incarnation, till.id) for sent in push.events])
    with office.store.write() as tx:
        tx.lock_till(till.id)
        till = till_of(office, tx, token)
        _look_ahead(tx, seen, till.id, push.incarnation)
        answers = tuple(_keep(office, tx, each, till.id) for each in seen)
        through = tx.received.durable_through(till.id, push.incarnation)
    return Pushed(answers, push.incarnation, through)


def _look_at(sent: EventSent, incarnation: int, till_id: UUID) -> _Seen:
    try:
        event = event_of(sent, incarnation)
    except BadEvent as bad:
        return _Seen(sent, incarnation, None, _short(bad.reason))
    if event.till_id != till_id:
        return _Seen(sent, incarnation, None, "foreign")
    return _Seen(sent, incarnation, event, "")


def _with_doubts(office: HeadOffice, seen: list[_Seen]) -> list[_Seen]:
    """Every sale priced again, by as many as there are."""
    sales = [each.event for each in seen if each.event is not None and each.event.kind == SALE]
    doubts = iter(office.crew.each(doubt_of, [sale.data for sale in sales]))
    return [
        replace(each, doubt=next(doubts)) if each.event and each.event.kind == SALE else each
        for each in seen
    ]


def _look_ahead(tx: OfficeWriting, seen: list[_Seen], till_id: UUID, incarnation: int) -> None:
    events = [each.event for each in seen if each.event is not None]
    seqs = {event.seq + step for event in events for step in (-1, 0)}
    tx.received.look_ahead({event.id for event in events}, till_id, incarnation, seqs)


def _short(reason: str) -> str:
    return "".join(filter(str.isprintable, reason))[:LONGEST_REASON]


def doubt_of(sale: bytes) -> str:
    """Why a person should look at a sale that is kept; "" where its price is the same again."""
    try:
        body = msgspec.json.decode(sale)["body"]
        if engine_of(body) != ENGINE:
            return "other_engine" if engine_of(body) > ENGINE else ""
        quoted = price_again(body)
    except BadRecord as bad:
        return _short(f"unreadable {bad.path}")
    except Exception as fault:  # noqa: BLE001 - a strange sale was sold, too: somebody looks at it
        return f"unreadable {type(fault).__name__}"
    here = {"payable_fen": quoted.payable_fen, "points": quoted.points, "quote_hash": quoted.hash}
    other = [
        f"{name} {body.get(name)}≠{ours}" for name, ours in here.items() if body.get(name) != ours
    ]
    return _short(f"price {' '.join(other)}") if other else ""


def _keep(office: HeadOffice, tx: OfficeWriting, seen: _Seen, till_id: UUID) -> Answer:
    event = seen.event
    if event is None:
        return _keep_apart(office, tx, seen, till_id, seen.reason)
    known = tx.received.hash_of(event.id)
    at_place = tx.received.hash_at(event.till_id, event.incarnation, event.seq)
    if known == event.hash:
        return Answer(Status.DUPLICATE)
    if known is not None or at_place is not None:
        return _keep_apart(office, tx, seen, till_id, FORK)
    before = tx.received.hash_at(event.till_id, event.incarnation, event.seq - 1)
    if before is not None and before != event.prev:
        return _keep_apart(office, tx, seen, till_id, FORK)
    now_us = office.clock.now_us()
    tx.received.add(event, at_us=now_us)
    if seen.doubt:
        kind, _, detail = seen.doubt.partition(" ")
        tx.cases.add(Case(office.new_id(), kind, till_id, event.id.hex, detail, now_us))
    return Answer(Status.ACCEPTED)


def _keep_apart(
    office: HeadOffice, tx: OfficeWriting, seen: _Seen, till_id: UUID, reason: str
) -> Answer:
    """It is kept with the personal values beside it, and a person is told, once."""
    mark, event = mark_of(seen.sent), seen.event
    if tx.received.is_apart(mark):
        return Answer(Status.DUPLICATE)
    now_us = office.clock.now_us()
    seq = seen.sent.seq if 0 < seen.sent.seq <= LARGEST else 0
    tx.received.keep_apart(
        Apart(
            mark,
            seen.sent.data,
            till_id,
            seen.incarnation,
            seq,
            reason,
            now_us,
            seen.sent.private,
        )
    )
    about = event.id.hex if event else mark.hex()
    kind, _, detail = reason.partition(" ")
    tx.cases.add(Case(office.new_id(), kind, till_id, about, detail, now_us))
    return Answer(Status.QUARANTINED, reason)
