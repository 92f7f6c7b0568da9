"""预留，在收银台: a member's points are asked of the server before they are spent (sync.md 6).

What is asked is written down with its id before it is sent. Where no answer came, the same id is
asked again; what is not needed any more is let go, and that is told until it is answered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.cover import let_go
from core.actions.sync import joined, still
from core.errors import (
    EscrowDiffers,
    NoSuchMember,
    NotEnoughPoints,
    NotInChain,
    Refused,
    SessionOver,
)
from core.ports import Reading, Writing
from core.ports.central import Central, Link
from core.shop import Shop
from core.sync.escrow import EscrowKind, EscrowStatus
from core.sync.own_escrow import REFUSED_US, Line, OwnEscrow, OwnState
from core.sync.spending import MOST_LEASES, LeasesOver, NotNeeded, PointsAsked, SetAside


class Wanted(Struct, frozen=True):
    """So many points of a member, for a sale or a redemption of that id."""

    member_id: UUID
    points: int
    purpose: UUID


def reserve(shop: Shop, central: Central, token: str, wanted: Wanted) -> OwnEscrow:
    """预留: exactly so many, or what was set aside for the same before.

    Raises NotInChain, NotEnoughPoints with what there is instead, NoSuchMember for one of whom the
    server has not heard yet, MemberUnserved, SessionOver and what speaking with the server does.
    """
    with shop.store.write() as tx:
        link = joined(tx.links.get())
        own = _asking(shop, tx, wanted)
    if own.state is OwnState.HELD:
        return own
    tell_dropped(shop, central, token, of=wanted.member_id)
    try:
        answer = _authorised(shop, central, link, token, own)
    except (SessionOver, NotInChain):
        raise  # nothing is said of these points: the server may hold them, the same is asked again
    except Refused as refused:
        with shop.store.write() as tx:
            still(tx, link)
            tx.escrows.forget(own.id)
            if isinstance(refused, NotEnoughPoints):
                _forget_refusals(tx, own.member_id)
                most = max(0, refused.most)
                tx.escrows.keep(replace(own, state=OwnState.REFUSED, points=most))
        raise
    with shop.store.write() as tx:
        still(tx, link)
        return _note_answer(tx, own.id, answer)


def let_go_but(shop: Shop, needed: Collection[tuple[UUID | None, UUID]]) -> bool:
    """不用了: whatever was asked otherwise is let go; whether the server is to be told.

    `needed` are a sale or a redemption each, with its member. What was refused says for a while how
    many there are, whatever is needed.
    """
    with shop.store.write() as tx:
        old_us = shop.clock.now_us() - REFUSED_US
        for each in tx.escrows.all():
            is_old = each.state is not OwnState.REFUSED or each.at_us <= old_us
            if is_old and not each.is_lease and (each.purpose, each.member_id) not in needed:
                let_go(tx, each)
        return _is_dropped(tx)


def has_dropped(shop: Shop) -> bool:
    """Whether the server is still to be told that something was let go."""
    with shop.store.read() as reading:
        return _is_dropped(reading)


def note_line(shop: Shop, *, is_open: bool) -> bool:
    """The line to the chain broke, or the server answers again; whether that is news."""
    with shop.store.read() as reading:
        line = reading.escrows.line()
    if line is None or line.is_open == is_open:
        return False
    with shop.store.write() as tx:
        tx.escrows.set_line(Line(is_open))
    return True


def tell_dropped(shop: Shop, central: Central, token: str, *, of: UUID | None = None) -> None:
    """Say what is not needed any more; of one member, or of all.

    What an earlier life of the till was given is only forgotten: a copy may be spending of it.
    Raises NotInChain, SessionOver and what speaking with the server does.
    """
    with shop.store.write() as tx:
        link, incarnation = joined(tx.links.get()), tx.till.incarnation
        dropped = [each for each in tx.escrows.all() if each.state is OwnState.DROPPED]
        for each in dropped:
            if each.incarnation != incarnation:
                tx.escrows.forget(each.id)
    own = [each for each in dropped if each.incarnation == incarnation]
    mine = [each for each in own if of in (None, each.member_id)]
    for each in mine:
        if not each.is_lease:
            _tell_void(shop, central, link, token, each)
    give_back(shop, central, link, token, [each for each in mine if each.is_lease])


def give_back(
    shop: Shop, central: Central, link: Link, token: str, leases: Iterable[OwnEscrow]
) -> list[SetAside]:
    """还额度: nothing more is spent of these; each with the last event that did."""
    by_seq: dict[int, list[UUID]] = {}
    for each in leases:
        by_seq.setdefault(each.used_seq, []).append(each.id)
    told: list[SetAside] = []
    for seq, idents in by_seq.items():
        for at in range(0, len(idents), MOST_LEASES):
            some = tuple(idents[at : at + MOST_LEASES])
            try:
                told += central.leases_over(link.url, token, LeasesOver(some, seq)).leases
            except EscrowDiffers:  # one of them was never heard of: one by one
                told += _one_by_one(central, link, token, some, seq)
            with shop.store.write() as tx:
                still(tx, link)
                for ident in some:
                    tx.escrows.forget(ident)
    return told


def _one_by_one(
    central: Central, link: Link, token: str, idents: tuple[UUID, ...], seq: int
) -> list[SetAside]:
    told: list[SetAside] = []
    for ident in idents:
        try:
            told += central.leases_over(link.url, token, LeasesOver((ident,), seq)).leases
        except EscrowDiffers:
            continue
    return told


def _asking(shop: Shop, tx: Writing, wanted: Wanted) -> OwnEscrow:
    """What is asked, as it stands now; what was asked otherwise for the same is let go."""
    now_us, incarnation = shop.clock.now_us(), tx.till.incarnation
    for each in tx.escrows.of_member(wanted.member_id):
        if each.is_lease or each.purpose != wanted.purpose:
            continue
        if each.state is OwnState.REFUSED:  # it still says how many there are
            continue
        is_open = each.state in (OwnState.ASKED, OwnState.HELD)
        is_same = each.asked == wanted.points and not each.is_over(incarnation, now_us)
        if is_open and is_same:
            return each
        let_go(tx, each)
    made = OwnEscrow(
        shop.new_id(),
        EscrowKind.AUTHORISED,
        wanted.member_id,
        wanted.purpose,
        incarnation,
        wanted.points,
        shop.moment(tx).business_on,
        now_us,
    )
    tx.escrows.keep(made)
    return made


def _authorised(shop: Shop, central: Central, link: Link, token: str, own: OwnEscrow) -> SetAside:
    """Where there are too few, what this till has leased of the same member goes back first."""
    asked = PointsAsked(own.id, own.member_id, own.asked, own.on)
    try:
        return central.authorise(link.url, token, asked)
    except NotEnoughPoints as few:
        with shop.store.write() as tx:
            leases = _take_leases(tx, own, few)
        if not leases:
            raise
    give_back(shop, central, link, token, leases)
    return central.authorise(link.url, token, asked)


def _take_leases(tx: Writing, own: OwnEscrow, few: NotEnoughPoints) -> list[OwnEscrow]:
    """Those that would make enough together with the rest; let go, so that nobody spends them."""
    there = [
        each
        for each in tx.escrows.of_member(own.member_id)
        if each.is_lease and each.state is OwnState.HELD and each.incarnation == own.incarnation
    ]
    if few.most >= own.asked or not any(each.remaining for each in there):
        return []
    for each in there:
        let_go(tx, each)
    return there


def _forget_refusals(tx: Writing, member_id: UUID) -> None:
    for each in tx.escrows.of_member(member_id):
        if each.state is OwnState.REFUSED and not each.is_lease:
            tx.escrows.forget(each.id)


def _tell_void(shop: Shop, central: Central, link: Link, token: str, own: OwnEscrow) -> None:
    # Never heard of, and of nobody that is known there: nothing was set aside.
    with suppress(EscrowDiffers, NoSuchMember):
        central.void(link.url, token, NotNeeded(own.id, own.member_id))
    with shop.store.write() as tx:
        still(tx, link)
        tx.escrows.forget(own.id)


def note_given(own: OwnEscrow, answer: SetAside) -> OwnEscrow:
    """What was asked, with what it was answered."""
    is_open = answer.status is EscrowStatus.OPEN
    left = max(0, answer.points - answer.spent) if is_open else 0
    state = OwnState.HELD if left else OwnState.REFUSED
    given = {"points": answer.points, "remaining": left, "until_us": answer.until_us}
    return replace(own, state=state, **given)


def _note_answer(tx: Writing, escrow_id: UUID, answer: SetAside) -> OwnEscrow:
    """It may have been let go while the answer was on its way: then it stays so."""
    own = tx.escrows.get(escrow_id)
    if own is None or own.state is OwnState.DROPPED:
        raise EscrowDiffers(escrow_id.hex)
    own = note_given(own, answer)
    if own.state is OwnState.REFUSED:  # it is over at the server: another id is asked next
        tx.escrows.forget(own.id)
        raise NotEnoughPoints(own.asked, max(0, answer.available))
    tx.escrows.keep(own)
    return own


def _is_dropped(reading: Reading) -> bool:
    return any(each.state is OwnState.DROPPED for each in reading.escrows.all())
