"""全店的单: what a till of the store told, made into what this office PC keeps of it.

A sale is priced again by its own rulebook, as one of another till is that comes back here
(`core.sales.elsewhere`); a void and a return say their figures themselves. Nothing personal stands
in an event, and no paper made here names anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from core.errors import BadRecord, ReturnThere, ServerStrange
from core.pricing.tender import Tender, TenderKind
from core.sales.elsewhere import SoldElsewhere, made_again
from core.sales.explanation import CounterReason, Explanation
from core.sales.receipt import Heading, Receipt
from core.sales.return_receipt import make_return_receipt
from core.sales.returns import LinePart, Refund, Return, SoldLine, share
from core.sales.shortage import Shortage, held_by_tender
from core.sales.void import SaleFacts, Void, money_back
from core.sales.void_receipt import make_void_receipt
from core.sync.effects import derived_id
from core.sync.lean import rulebook_in, with_rulebook, without_rulebook
from core.sync.sold import CAME_BACK, SETTLED, VOIDED
from core.sync.store_sales import DeedTold, SaleOf
from core.trust.staff import staff_of_till
from core.values.fields import LARGEST
from core.values.moment import day_and_time

Amount = Annotated[int, Meta(ge=0, le=LARGEST)]


class Place(Struct, frozen=True):
    """Which event it is, and where it stands in the chain of its till."""

    id: UUID
    till_id: UUID
    incarnation: int
    seq: int


class Kept(Struct, frozen=True):
    """The event as it is kept: its rulebook is one of many sales, and beside it."""

    place: Place
    kind: str
    text: str
    rulebook: bytes = b""


class SaleBrought(Struct, frozen=True):
    """A sale of a till of this store."""

    kept: Kept
    there: SoldElsewhere


class VoidBrought(Struct, frozen=True):
    """Its void."""

    kept: Kept
    sale: SaleBrought
    void: Void
    receipt: Receipt


class ReturnBrought(Struct, frozen=True):
    """What came back at a till of this store; `sale` None: another store sold it."""

    kept: Kept
    sale: SaleBrought | None
    made: Return
    receipt: Receipt


class Unreadable(Struct, frozen=True):
    """A later program made it, or head office has no sale of what it takes back."""

    kept: Kept


Brought = SaleBrought | VoidBrought | ReturnBrought | Unreadable


class Store(Struct, frozen=True):
    """The store of this office PC, as papers name it."""

    name: str
    zone: tzinfo


class _Head(Struct, frozen=True):
    id: UUID
    kind: str
    till: UUID
    incarnation: int
    seq: int


class _Told(Struct, frozen=True):
    at_us: int
    business_on: date
    body: msgspec.Raw


class _Numbered(Struct, frozen=True):
    no: str


class _VoidTold(Struct, frozen=True):
    void: UUID
    shift: UUID
    staff_no: int
    approved_by: int
    reason: str
    back: tuple[tuple[TenderKind, Amount], ...]
    tier_before: str = ""
    tier_after: str = ""
    short_points: Amount = 0
    withheld_fen: Amount = 0
    paid_points: Amount = 0
    expired_points: Amount = 0


class _ReturnTold(Struct, frozen=True):
    number: int
    shift: UUID
    staff_no: int
    approved_by: int
    reason: str
    has_receipt: bool
    lines: tuple[tuple[int, Amount, Amount, Amount, Amount, Amount], ...]
    back: tuple[tuple[TenderKind, Amount], ...]
    points: Amount
    return_id: UUID = msgspec.field(name="return")
    withheld_fen: Amount = 0
    points_taken: Amount | None = None
    expired: Amount = 0
    given: tuple[tuple[int, Amount], ...] = ()
    tier_before: str = ""
    tier_after: str = ""


def store_day(on: date) -> UUID:
    """The id of a business date of the whole store: its tills open days of their own."""
    return derived_id("store day", on.isoformat())


def strange_goods(code: str) -> UUID:
    """The id of goods that the office PC does not know: each till has one of its own for them."""
    return derived_id("store goods", code)


def brought(told: DeedTold, till_no: int, rulebooks: Sequence[str], store: Store) -> Brought:
    """What is kept of it; raises ServerStrange where it is no event at all."""
    kept, text = _kept(told.data, told.rulebook, rulebooks)
    try:
        if kept.kind == SETTLED:
            return _sale(kept, text, till_no, store.name, store.zone)
        if kept.kind == CAME_BACK and told.sale is not None:
            return _return(kept, text, told.sale, till_no, rulebooks, store)
        if kept.kind == VOIDED and told.sale is not None and told.sale.is_here:
            sold = _sold(told.sale, rulebooks, store)
            return _void(kept, text, sold, till_no, store)
    except (msgspec.MsgspecError, BadRecord, ReturnThere, ValueError, RecursionError, LookupError):
        pass  # another version of us may know better: it is kept, and looked at again then
    return Unreadable(kept)


def _kept(data: str, rulebook: int | None, rulebooks: Sequence[str]) -> tuple[Kept, bytes]:
    """As it is kept, and the whole of it."""
    try:
        whole = data.encode()
        if rulebook is not None:
            whole = with_rulebook(whole, rulebooks[rulebook].encode())
        head = msgspec.json.decode(whole, type=_Head)
    except (msgspec.MsgspecError, IndexError, RecursionError):
        raise ServerStrange("unread") from None
    if head.kind not in (SETTLED, VOIDED, CAME_BACK):
        raise ServerStrange("unread")
    found = rulebook_in(whole)
    place = Place(head.id, head.till, head.incarnation, head.seq)
    if found is None:
        return Kept(place, head.kind, whole.decode()), whole
    return Kept(place, head.kind, without_rulebook(whole, *found).decode(), found[1]), whole


def _sold(told: SaleOf, rulebooks: Sequence[str], store: Store) -> SaleBrought:
    kept, text = _kept(told.data, told.rulebook, rulebooks)
    return _sale(kept, text, told.till_no, told.store_name, store.zone)


def _sale(kept: Kept, text: bytes, till_no: int, store_name: str, zone: tzinfo) -> SaleBrought:
    body = msgspec.json.decode(text, type=_Told).body
    no = msgspec.json.decode(body, type=_Numbered).no
    there = made_again(no, text.decode(), zone, store_name=store_name, till_no=till_no)
    facts = replace(there.facts, day_id=store_day(there.facts.business_on))
    sale = replace(there.sale, staff_no=staff_of_till(till_no, there.sale.staff_no))
    return SaleBrought(kept, replace(there, facts=facts, sale=sale))


def _void(kept: Kept, text: bytes, sale: SaleBrought, till_no: int, store: Store) -> VoidBrought:
    told = msgspec.json.decode(text, type=_Told)
    body = msgspec.json.decode(told.body, type=_VoidTold)
    facts, back = sale.there.facts, _tenders(body.back)
    given = money_back(facts.tenders, facts.change_fen)
    void = Void(
        id=body.void,
        sale=facts,
        shift_id=body.shift,
        at_us=told.at_us,
        business_on=told.business_on,
        staff_no=body.staff_no,
        approved_by=body.approved_by,
        explanation=_why(body.reason),
        tier_before=body.tier_before,
        tier_after=body.tier_after,
        shortage=Shortage(
            body.short_points, body.withheld_fen, body.paid_points, body.expired_points
        ),
        withheld=held_by_tender(given, back),
    )
    receipt = make_void_receipt(
        void,
        sale.there.receipt,
        back,
        member=None,
        balance=0,
        tier_name="",
        fallen_to=None,
        local_time=day_and_time(told.at_us, store.zone),
        sold_time=day_and_time(facts.at_us, store.zone),
    )
    return VoidBrought(kept, sale, replace(void, **_who(till_no, void)), receipt)


def _return(
    kept: Kept,
    text: bytes,
    sale: SaleOf,
    till_no: int,
    rulebooks: Sequence[str],
    store: Store,
) -> ReturnBrought:
    told = msgspec.json.decode(text, type=_Told)
    body = msgspec.json.decode(told.body, type=_ReturnTold)
    sold = _sold(sale, rulebooks, store)
    taken = body.points if body.points_taken is None else body.points_taken
    back = _tenders(body.back)
    withheld = (Tender(TenderKind.CASH, body.withheld_fen),) if body.withheld_fen else ()
    made = Return(
        id=body.return_id,
        number=body.number,
        sale=_facts(sold, is_here=sale.is_here),
        refund=Refund(_parts(body, sold.there.lines), back + withheld),
        back=back,
        shortage=Shortage(0, body.withheld_fen, max(0, body.points - taken), body.expired),
        day_id=store_day(told.business_on),
        shift_id=body.shift,
        at_us=told.at_us,
        business_on=told.business_on,
        staff_no=body.staff_no,
        approved_by=body.approved_by,
        explanation=_why(body.reason),
        has_receipt=body.has_receipt,
        tier_before=body.tier_before,
        tier_after=body.tier_after,
    )
    receipt = make_return_receipt(
        made,
        Heading(store.name, till_no),
        sold.there.lines,
        member=None,
        balance=0,
        tier_name="",
        fallen_to=None,
        local_time=day_and_time(told.at_us, store.zone),
        sold_time=day_and_time(sold.there.facts.at_us, store.zone),
    )
    made = replace(made, **_who(till_no, made))
    return ReturnBrought(kept, sold if sale.is_here else None, made, receipt)


def _facts(sold: SaleBrought, *, is_here: bool) -> SaleFacts:
    """What another store sold counts for nobody's figures in this one, as at its till."""
    facts = sold.there.facts
    return facts if is_here else replace(facts, member_id=None)


def _parts(body: _ReturnTold, lines: Sequence[SoldLine]) -> tuple[LinePart, ...]:
    """Also of the points that come back: the money that they had paid goes with them.

    That is not told. Of the first that comes back of a line it is what the till says, to the fen.
    """
    sold, given = {line.no: line for line in lines}, dict(body.given)
    parts = []
    for no, milli, list_fen, money_fen, spend_fen, points in body.lines:
        line, back = sold[no], given.get(no, 0)
        given_fen = share(line.spent_fen, milli, line.quantity_milli)
        parts.append(LinePart(no, milli, list_fen, money_fen, spend_fen, points, back, given_fen))
    return tuple(parts)


def _tenders(told: Sequence[tuple[TenderKind, int]]) -> tuple[Tender, ...]:
    return tuple(Tender(kind, fen) for kind, fen in told if fen)


def _who(till_no: int, deed: Void | Return) -> dict[str, int]:
    """Papers say the number of a person; among those of other tills it says at which."""
    return {
        "staff_no": staff_of_till(till_no, deed.staff_no),
        "approved_by": staff_of_till(till_no, deed.approved_by),
    }


def _why(reason: str) -> Explanation:
    """Without the words: they stay at the till, and beside the event."""
    known = reason in CounterReason.__members__.values()
    return Explanation(CounterReason(reason) if known else CounterReason.OTHER, "")
