"""收件: what tills send is kept for good; what does not fit becomes a case, never a refusal.

One bad event never blocks those behind it, and no sale is refused: it has been sold.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from core.actions.begin_session import branch_of, own_branch
from core.actions.branches import how_far, next_one
from core.actions.note_members import note_members
from core.actions.share_cases import hear_case
from core.errors import BadEvent, BadRecord
from core.ports.office import Apart, Branch, OfficeReading, OfficeWriting
from core.ports.received import Ahead
from core.pricing.engine import ENGINE, engine_of
from core.pricing.record import price_again
from core.shop import HeadOffice
from core.sync.fact import Event
from core.sync.feed import LEFT
from core.sync.lean import RULEBOOK
from core.sync.reading import named_by
from core.sync.wire import (
    FORK,
    MOST_EVENTS,
    Answer,
    EventSent,
    Push,
    Pushed,
    Status,
    event_of,
    glimpse,
    mark_of,
    texts_of,
    whole_of,
)
from core.trust.cases import Case
from core.values.fields import LARGEST

SALE = "SaleSettled"
FEW = 4
"""So many are looked at and priced while the store looks, which could be asked no sooner."""
LONGEST_REASON = 120
"""It may hold the name of a field that a till made up."""


class _Seen(Struct, frozen=True):
    """An event that was looked at before the transaction; `text` is the whole of it."""

    sent: EventSent
    text: bytes
    incarnation: int
    event: Event | None
    reason: str


class _Sale(Struct, frozen=True):
    """Its event, of which the body alone is read."""

    body: dict[str, msgspec.Raw]


def receive(office: HeadOffice, token: str, push: Push) -> Pushed:
    """Answered after commit; raises TooMuchSent, SessionOver."""
    texts = texts_of(push)
    ahead, seen, doubts = _ahead_of(push, texts), list[_Seen](), dict[bytes, str]()

    def look() -> None:
        """What takes its time, while the store looks, or before that where it takes much."""
        seen.extend(map(_look_at, push.events, texts, repeat(push.incarnation)))
        events = (each.event for each in seen if each.event is not None)
        sales = [each for each in events if each.kind == SALE and not office.prices_behind]
        news = sales if len(sales) <= FEW else _news(office, token, sales, ahead)
        doubts.update(_priced(office, news))

    is_long = len(texts) > FEW and not office.prices_behind
    if is_long:
        look()
    with office.store.write() as tx:
        branch = own_branch(office, tx, token, ahead, None if is_long else look)
        seen = [_of_till(each, branch.till_id) for each in seen]
        answers = tuple(_keep(office, tx, each, branch.till_id, doubts) for each in seen)
        through = how_far(tx, branch.till_id, push.incarnation, push.told)
        is_fork = any(each.reason == FORK for each in answers)
        on = _next_one(tx, branch, push.incarnation) if is_fork else 0
    return Pushed(answers, push.incarnation, through, on)


def keep_later(
    office: HeadOffice, tx: OfficeWriting, sent: EventSent, till_id: UUID, incarnation: int
) -> bool:
    """What was kept apart, and may be known by now: whether it is an event like any other."""
    seen = _of_till(_look_at(sent, sent.data.encode(), incarnation), till_id)
    if seen.event is None:
        return False
    is_priced = seen.event.kind == SALE and not office.prices_behind
    doubts = _priced(office, [seen.event]) if is_priced else {}
    return _keep(office, tx, seen, till_id, doubts).status is Status.ACCEPTED


def _next_one(tx: OfficeWriting, branch: Branch, incarnation: int) -> int:
    """0 where it is a branch that this till has left behind already."""
    till = tx.tills.get(branch.till_id)
    if till is None or incarnation < branch.incarnation:
        return 0
    return next_one(tx, till, branch.nonce, incarnation)


def _is_known(reading: OfficeReading, event: Event) -> bool:
    return reading.received.hash_of(event.id) == event.hash


def _look_at(sent: EventSent, text: bytes, incarnation: int) -> _Seen:
    try:
        return _Seen(sent, text, incarnation, event_of(sent, incarnation, text), "")
    except BadEvent as bad:
        return _Seen(sent, text, incarnation, None, _short(bad.reason))


def _of_till(seen: _Seen, till_id: UUID) -> _Seen:
    """A till sends its own events only."""
    if seen.event is None or seen.event.till_id == till_id:
        return seen
    return replace(seen, event=None, reason="foreign")


def _ahead_of(push: Push, texts: Sequence[bytes]) -> Ahead | None:
    """What will be asked of them, as far as it is seen before they are looked at."""
    ids = frozenset(found for each in texts if (found := glimpse(each, "id")) is not None)
    till_id = glimpse(texts[0], "till") if texts else None
    seqs = [sent.seq for sent in push.events if 0 < sent.seq < LARGEST]
    if not ids or till_id is None or not seqs:
        return None
    first = min(seqs) - 1
    # All but broken tills send what lies side by side; what does not is asked for one by one.
    last = min(max(seqs) + 1, first + 1 + MOST_EVENTS)
    return Ahead(ids, till_id, push.incarnation, first, last)


def _news(
    office: HeadOffice, token: str, sales: Sequence[Event], ahead: Ahead | None
) -> list[Event]:
    """Those that are not here yet."""
    with office.store.read() as reading:
        till_id = branch_of(office, reading, token).till_id
        if ahead is not None:
            reading.received.look_ahead(ahead)
        return [e for e in sales if e.till_id == till_id and not _is_known(reading, e)]


def _priced(office: HeadOffice, sales: Sequence[Event]) -> dict[bytes, str]:
    """What there is to say of each, by its hash: all are priced again, by as many as there are."""
    doubts = office.crew.each(doubt_of, [sale.data for sale in sales])
    return dict(zip((sale.hash for sale in sales), doubts, strict=True))


def _short(reason: str) -> str:
    return "".join(filter(str.isprintable, reason))[:LONGEST_REASON]


def doubt_of(sale: bytes) -> str:
    """Why a person should look at a sale that is kept; "" where its price is the same again."""
    try:
        body = _body_of(sale)
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


def _body_of(sale: bytes) -> dict[str, Any]:
    """What its event says, but for its rulebook: that is most of it, and known by its bytes."""
    parts = msgspec.json.decode(sale, type=_Sale).body
    return {
        name: part if name == RULEBOOK else msgspec.json.decode(part)
        for name, part in parts.items()
    }


def _keep(
    office: HeadOffice, tx: OfficeWriting, seen: _Seen, till_id: UUID, doubts: dict[bytes, str]
) -> Answer:
    event = seen.event
    if event is None:
        return _keep_apart(office, tx, seen, till_id, seen.reason)
    at_place = tx.received.hash_at(event.till_id, event.incarnation, event.seq)
    if _is_known(tx, event):
        return Answer(Status.DUPLICATE)
    if tx.received.hash_of(event.id) is not None or at_place is not None:
        return _keep_apart(office, tx, seen, till_id, FORK)
    before = tx.received.hash_at(event.till_id, event.incarnation, event.seq - 1)
    # Behind a gap one of another branch may lie already.
    after = tx.received.prev_at(event.till_id, event.incarnation, event.seq + 1)
    if before not in (None, event.prev) or after not in (None, event.hash):
        return _keep_apart(office, tx, seen, till_id, FORK)
    tx.received.add(event, at_us=office.clock.now_us())
    if doubt := doubts.get(event.hash):
        tx.cases.add(case_of(office, event, doubt))
    if event.kind == LEFT:
        tx.cases.add(case_of(office, event, _left(event)))
    try:
        hear_case(tx, event, at_us=office.clock.now_us())
    except BadRecord:
        tx.cases.add(case_of(office, event, f"record {event.kind}"))
    return Answer(Status.ACCEPTED)


def _left(event: Event) -> str:
    """What a till of ours could not use; what it says is as far as anybody can know a text."""
    body = msgspec.json.decode(event.data)["body"]
    return _short(f"left {body.get('topic')} {body.get('about')} {body.get('error')}")


def case_of(office: HeadOffice, event: Event, reason: str) -> Case:
    """What a person is told of an event: its kind is the first word of the reason."""
    kind, _, detail = reason.partition(" ")
    return Case(office.new_id(), kind, event.till_id, event.id.hex, detail, office.clock.now_us())


def _keep_apart(
    office: HeadOffice, tx: OfficeWriting, seen: _Seen, till_id: UUID, reason: str
) -> Answer:
    """It is kept with the personal values beside it, and a person is told, once."""
    sent, event = whole_of(seen.sent, seen.text), seen.event
    mark = mark_of(sent)
    if tx.received.is_apart(mark):
        return Answer(Status.DUPLICATE)
    now_us = office.clock.now_us()
    seq = sent.seq if 0 < sent.seq <= LARGEST else 0
    apart = mark, sent.data, till_id, seen.incarnation, seq, reason, now_us, sent.private
    tx.received.keep_apart(Apart(*apart))
    if event is not None:
        # Its till has passed them over until this is read, which it never will be.
        note_members(tx, tx.members.roots(named_by(event)))
    about = event.id.hex if event else mark.hex()
    kind, _, detail = reason.partition(" ")
    tx.cases.add(Case(office.new_id(), kind, till_id, about, detail, now_us))
    return Answer(Status.QUARANTINED, reason)
