"""抽奖: a lucky draw from its promise to the last prize (core.trust.draw)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct

from core.actions.activities import known_activity
from core.actions.allow import allow
from core.actions.telling import tell
from core.changes import Changes
from core.errors import BadDraw, DrawElsewhere, DrawEmpty, NoSuchDraw, NoSuchMember, PrizeGiven
from core.members.activity import Place
from core.members.consent import is_withdrawn
from core.ports import Reading, Writing
from core.ports.draws import Closed, Committed, Draw, Drawn, Given, Gone
from core.shop import Shop
from core.trust.draw import (
    LONGEST,
    SEED_BYTES,
    DrawPlan,
    Entry,
    Prize,
    Won,
    check_plan,
    commitment,
    entry_key,
    in_order,
    list_hash,
    seed_hash,
    winners,
)
from core.trust.draw_record import Made, certificate
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.moment import Moment, business_date, day_and_time

MOST_DRAWS = 100


class CameTo(Struct, frozen=True):
    """Everybody who was at an activity, with one ticket."""

    activity_id: UUID


class SpentEach(Struct, frozen=True):
    """One ticket for each full `per_fen` that a member spent on these business dates, inclusive."""

    first: date
    last: date
    per_fen: int


class OfSegment(Struct, frozen=True):
    """Whom saved conditions mean when the list is closed, with one ticket."""

    segment_id: UUID


Source = CameTo | SpentEach | OfSegment


class Listed(Struct, frozen=True):
    """One of the list: the number that stands on it, the member, and how many tickets they have.

    `is_gone`: left since the list was closed. Name and card are whole here.
    """

    no: int
    member_id: UUID
    key: str
    tickets: int
    name: str
    card_no: str
    is_gone: bool


class Winner(Struct, frozen=True):
    """中奖: a piece of a prize, and who won it; None where nobody is left. `given_us`: 已领."""

    prize: int
    piece: int
    listed: Listed | None
    given_us: int | None


class TookPart(Struct, frozen=True):
    """参加过: a draw on whose list a member is, since when, and what of it is theirs.

    `won` are the names of prizes and whether each was handed over; none before it is drawn.
    """

    draw_id: UUID
    name: str
    on: date
    at_us: int
    is_drawn: bool
    is_gone: bool
    won: tuple[tuple[str, bool], ...]


class DrawSeen(Struct, frozen=True):
    """抽奖 as far as it has come; winners once it is drawn, in the order of the prizes.

    `list_sha256` "" until the list is closed, `seed` "" until it is drawn.
    """

    draw: Draw
    commitment: str
    list_sha256: str
    seed: str
    listed: tuple[Listed, ...]
    won: tuple[Winner, ...]
    changes: Changes = Changes.NOTHING


def look_at_draws(shop: Shop) -> tuple[Draw, ...]:
    """抽奖: the newest first."""
    with shop.store.read() as reading:
        return reading.draws.last(most=MOST_DRAWS)


def look_at_draw(shop: Shop, draw_id: UUID, *, staff: Staff) -> DrawSeen:
    """One with who takes part, and who won; raises NoSuchDraw, NotAllowed for who runs none."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.RUN_DRAWS, now_us=shop.clock.now_us())
        return _seen(reading, _known(reading, draw_id))


def took_part(reading: Reading, member_id: UUID) -> tuple[TookPart, ...]:
    """Draws of a member, and of whoever became them."""
    till, ids = reading.till, {member_id, *reading.forgotten.known_as(member_id)}
    found = []
    for draw_id in reading.life.draws(member_id):
        draw, keys = _known(reading, draw_id), {entry_key(draw_id, each) for each in ids}
        had = {(each.prize, each.piece) for each in draw.given}
        won = [
            (draw.plan.prizes[each.prize].name, (each.prize, each.piece) in had)
            for each in _won(draw, _entries(draw))
            if each.key in keys
        ]
        stage = draw.drawn or draw.closed
        assert stage is not None, "there is a list"
        is_gone = any(each.member_id in ids for each in draw.gone)
        is_drawn = draw.drawn is not None
        on = business_date(stage.at_us, till.zone, till.day_ends_hour)
        found.append(
            TookPart(draw_id, draw.plan.name, on, stage.at_us, is_drawn, is_gone, tuple(won))
        )
    return tuple(found)


def commit_draw(
    shop: Shop,
    draw_id: UUID,
    name: str,
    prizes: Sequence[Prize],
    *,
    may_repeat: bool = False,
    staff: Staff,
) -> DrawSeen:
    """承诺: prizes are fixed, and a seed is made that nobody sees; its hash is to be shown.

    Its id is made before it is said, so that it is done once. Raises NotAllowed, BadDraw.
    """
    name, found = check_plan(name, prizes)
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        allow(tx, staff, Right.RUN_DRAWS, now_us=moment.at_us)
        if (known := tx.draws.get(draw_id)) is not None:
            return _seen(tx, known)
        seed = shop.dice.roll(SEED_BYTES)
        plan = DrawPlan(draw_id, name, found, may_repeat, seed_hash(seed))
        tx.draws.commit(Committed(plan, seed, moment.at_us, staff.no))
        body = {"draw": draw_id, "commitment": commitment(plan)}
        _leave(shop, tx, moment, staff, name, "committed", body, commitment(plan))
        return _seen(tx, _known(tx, draw_id))


def close_draw(shop: Shop, draw_id: UUID, source: Source, *, words: str, staff: Staff) -> DrawSeen:
    """封名单: who takes part is fixed from now on; `words` say where they come from.

    Said twice it is done once. Who is frozen, took their consent back or was erased takes no part.
    Raises NotAllowed, NoSuchDraw, NoSuchActivity, BadDraw, and what `members_of_segment` does;
    DrawEmpty where nobody takes part.
    """
    meant = _meant(shop, source, staff)
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        allow(tx, staff, Right.RUN_DRAWS, now_us=moment.at_us)
        draw = _known(tx, draw_id)
        if draw.closed is not None:
            return _seen(tx, draw)
        members = tuple(sorted(_taking_part(tx, source, meant).items()))
        if not members:
            raise DrawEmpty(draw.plan.name)
        tx.draws.close(draw_id, Closed(members, words, moment.at_us, staff.no))
        seen = _seen(tx, _known(tx, draw_id))
        body = {"draw": draw_id, "list": seen.list_sha256, "entries": len(members)}
        _leave(shop, tx, moment, staff, draw.plan.name, "closed", body, seen.list_sha256)
        return seen


def draw_winners(shop: Shop, draw_id: UUID, *, word: str, staff: Staff) -> DrawSeen:
    """开奖: a word that somebody in the room says, and the seed is shown; the winners follow.

    Said twice it is done once: another word does not draw again. Raises NotAllowed, NoSuchDraw,
    BadDraw for a word too long; DrawElsewhere before the list is closed.
    """
    word = word.strip()
    if len(word) > LONGEST or not (word.isprintable() or not word):
        raise BadDraw()
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        allow(tx, staff, Right.RUN_DRAWS, now_us=moment.at_us)
        draw = _known(tx, draw_id)
        if draw.drawn is not None:
            return _seen(tx, draw)
        if draw.closed is None:
            raise DrawElsewhere(draw.plan.name)
        tx.draws.draw(draw_id, Drawn(word, moment.at_us, staff.no))
        seen = _seen(tx, _known(tx, draw_id))
        won = [None if each.listed is None else each.listed.no for each in seen.won]
        body = {"draw": draw_id, "seed": seen.seed, "word": word, "won": won}
        _leave(shop, tx, moment, staff, draw.plan.name, "drawn", body, seen.seed)
        return seen


def leave_draw(shop: Shop, draw_id: UUID, member_id: UUID, *, staff: Staff) -> DrawSeen:
    """退出: one of the list wins nothing; what they had won goes to the next in the ranking.

    Raises NotAllowed, NoSuchDraw, DrawElsewhere before the list is closed, NoSuchMember for who is
    not on it, PrizeGiven for who has had what they won.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        allow(tx, staff, Right.RUN_DRAWS, now_us=moment.at_us)
        draw = _known(tx, draw_id)
        if draw.closed is None:
            raise DrawElsewhere(draw.plan.name)
        if member_id not in dict(draw.closed.members):
            raise NoSuchMember(member_id.hex)
        if any(each.member_id == member_id for each in draw.given):
            raise PrizeGiven(draw.plan.name)
        if all(each.member_id != member_id for each in draw.gone):
            tx.draws.let_go(draw_id, Gone(member_id, moment.at_us, staff.no))
            _note(tx, moment, staff, "draw_left", member_id.hex, draw.plan.name)
            key = entry_key(draw_id, member_id)
            tell(shop, tx, moment, "DrawLeft", {"draw": draw_id, "entry": key})
        return _seen(tx, _known(tx, draw_id))


def give_prize(
    shop: Shop, draw_id: UUID, prize: int, piece: int, member_id: UUID, *, staff: Staff
) -> DrawSeen:
    """领奖: a piece is handed to who won it, as whoever hands it sees them. Twice is done once.

    Raises NotAllowed, NoSuchDraw; DrawElsewhere where it is not theirs any more.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        allow(tx, staff, Right.RUN_DRAWS, now_us=moment.at_us)
        draw = _known(tx, draw_id)
        won = {(each.prize, each.piece): each for each in _seen(tx, draw).won}
        found = won.get((prize, piece))
        if found is None or found.listed is None or found.listed.member_id != member_id:
            raise DrawElsewhere(draw.plan.name)
        if found.given_us is None:
            given = Given(prize, piece, member_id, moment.at_us, staff.no)
            tx.draws.give(draw_id, given)
            name = draw.plan.prizes[prize].name
            _note(tx, moment, staff, "prize_given", member_id.hex, name)
            body = {"draw": draw_id, "prize": prize, "piece": piece}
            tell(shop, tx, moment, "PrizeGiven", body)
        return _seen(tx, _known(tx, draw_id))


def draw_certificate(shop: Shop, draw_id: UUID) -> dict[str, Any]:
    """证书: the record by which anybody draws again. Raises NoSuchDraw, DrawElsewhere before it."""
    with shop.store.read() as reading:
        draw, zone = _known(reading, draw_id), reading.till.zone
        if draw.closed is None or draw.drawn is None:
            raise DrawElsewhere(draw.plan.name)
        stages = (draw.committed, draw.closed, draw.drawn)
        times = [day_and_time(stage.at_us, zone) for stage in stages]
        gone = tuple(entry_key(draw_id, each.member_id) for each in draw.gone)
        seed, word = draw.committed.seed, draw.drawn.word
        return certificate(Made(draw.plan, _entries(draw), seed, word, gone, *times))


def _known(reading: Reading, draw_id: UUID) -> Draw:
    draw = reading.draws.get(draw_id)
    if draw is None:
        raise NoSuchDraw()
    return draw


def _entries(draw: Draw) -> tuple[Entry, ...]:
    members = draw.closed.members if draw.closed is not None else ()
    return in_order(Entry(entry_key(draw.plan.id, who), tickets) for who, tickets in members)


def _seen(reading: Reading, draw: Draw) -> DrawSeen:
    promised = commitment(draw.plan)
    if draw.closed is None:
        return DrawSeen(draw, promised, "", "", (), ())
    entries, listed = _entries(draw), tuple(_listed(reading, draw))
    by_key = {each.key: each for each in listed}
    had = {(each.prize, each.piece): each.at_us for each in draw.given}
    won = tuple(
        Winner(each.prize, each.piece, by_key.get(each.key or ""),
               had.get((each.prize, each.piece)))
        for each in _won(draw, entries)
    )  # fmt: skip
    seed = "" if draw.drawn is None else draw.committed.seed.hex()
    return DrawSeen(draw, promised, list_hash(promised, entries), seed, listed, won)


def _won(draw: Draw, entries: Sequence[Entry]) -> tuple[Won, ...]:
    """None before it is drawn."""
    if draw.drawn is None:
        return ()
    gone = [entry_key(draw.plan.id, each.member_id) for each in draw.gone]
    return tuple(winners(draw.plan, entries, draw.committed.seed, draw.drawn.word, gone))


def _listed(reading: Reading, draw: Draw) -> Iterator[Listed]:
    assert draw.closed is not None, "there is a list"
    gone = {each.member_id for each in draw.gone}
    keys = ((entry_key(draw.plan.id, who), who, tickets) for who, tickets in draw.closed.members)
    for no, (key, who, tickets) in enumerate(sorted(keys), 1):
        member = reading.members.get(reading.standings.merged_into(who) or who)
        name, card = ("", "") if member is None else (member.name, member.card_no)
        yield Listed(no, who, key, tickets, name, card, who in gone)


def _meant(shop: Shop, source: Source, staff: Staff) -> tuple[UUID, ...]:
    """Of a segment, which the roll alone knows."""
    if not isinstance(source, OfSegment):
        return ()
    from core.actions.segments import members_of_segment

    return members_of_segment(shop, source.segment_id, staff=staff)


def _taking_part(tx: Writing, source: Source, meant: Iterable[UUID]) -> dict[UUID, int]:
    """Members with their tickets: everybody once, also where two became one."""
    if isinstance(source, CameTo):
        activity = known_activity(tx, source.activity_id)
        came = (e for e in tx.activities.enrolled(activity.id) if e.place is Place.CAME)
        found: Iterable[tuple[UUID, int]] = ((each.member_id, 1) for each in came)
    elif isinstance(source, OfSegment):
        found = ((member_id, 1) for member_id in meant)
    else:
        if source.per_fen <= 0 or source.first > source.last:
            raise BadDraw()
        spent = tx.draws.spent(source.first, source.last)
        found = ((who, fen // source.per_fen) for who, fen in spent if fen >= source.per_fen)
    taking: dict[UUID, int] = {}
    for who, tickets in found:
        member_id = tx.standings.merged_into(who) or who
        if _may_win(tx, member_id):
            taking[member_id] = max(tickets, taking.get(member_id, 0))
    return taking


def _may_win(reading: Reading, member_id: UUID) -> bool:
    if reading.standings.frozen_at(member_id) is not None:
        return False
    member = reading.members.get(member_id)
    is_known = member is not None and bool(member.name)  # nobody wins who was erased
    return is_known and not is_withdrawn(reading.consents.steps(member_id))


def _leave(
    shop: Shop, tx: Writing, moment: Moment, staff: Staff, name: str, what: str,
    body: dict[str, Any], detail: str,
) -> None:  # fmt: skip
    _note(tx, moment, staff, f"draw_{what}", name, detail)
    tell(shop, tx, moment, f"Draw{what.title()}", body)


def _note(tx: Writing, moment: Moment, staff: Staff, what: str, about: str, detail: str) -> None:
    tx.audit.note(what, at_us=moment.at_us, staff_no=staff.no, subject=about, detail=detail)
