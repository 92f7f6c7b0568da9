"""抽奖: a lucky draw that anybody can draw again (domain.md 7).

Three steps, each of which fixes what the next one needs, so that nobody can choose the winners:

1. `commitment`: a hash of the prizes and of the hash of a seed is shown while people may still
   take part. From now on seed and prizes are fixed, and nobody knows the seed.
2. `list_hash`: the list is closed and its hash is shown. From now on who takes part is fixed.
3. Somebody in the room says a word, the seed is shown, and `ranked` follows from seed, list and
   word. The word is there because the shop has had the seed since step 1.

Whoever leaves after step 2 keeps the places of all others: only what they won goes on, to the next
in the ranking.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from msgspec import Struct

from core.errors import BadDraw
from core.values.canonical import canonical, digest

RECORD = 1
"""The version of what is hashed."""
SEED_BYTES = 32
KEY_SIGNS = 24
NUMBERS = 1 << 64
"""So many values has one number of the stream."""
LONGEST, MOST_PRIZES, MOST_PIECES = 60, 20, 1_000
_BYTES = 8
_CONTROL = 32


class Prize(Struct, frozen=True):
    """奖品: so many pieces of it; the first prize of a draw is drawn first."""

    name: str
    count: int


class Entry(Struct, frozen=True):
    """参加的人: a key that says nothing of who it is, and how many tickets they have."""

    key: str
    tickets: int = 1


class DrawPlan(Struct, frozen=True):
    """What is fixed first. `may_repeat`: one may win more than once."""

    id: UUID
    name: str
    prizes: tuple[Prize, ...]
    may_repeat: bool
    seed_sha256: str

    @property
    def pieces(self) -> int:
        """How many are won."""
        return sum(prize.count for prize in self.prizes)


class Won(Struct, frozen=True):
    """中奖: a piece of a prize, counted from 0; `key` None where nobody is left to win it."""

    prize: int
    piece: int
    key: str | None


def check_plan(name: str, prizes: Sequence[Prize]) -> tuple[str, tuple[Prize, ...]]:
    """Name and prizes as they are kept; raises BadDraw."""
    found = tuple(Prize(prize.name.strip(), prize.count) for prize in prizes)
    if not _is_text(name.strip()):
        raise BadDraw()
    if not 0 < len(found) <= MOST_PRIZES or not all(
        _is_text(prize.name) and 0 < prize.count <= MOST_PIECES for prize in found
    ):
        raise BadDraw()
    return name.strip(), found


def _is_text(text: str) -> bool:
    return 0 < len(text) <= LONGEST and all(ord(sign) >= _CONTROL for sign in text)


def seed_hash(seed: bytes) -> str:
    """What is told of a seed before it is shown: SHA-256 in hexadecimal."""
    return digest(seed)


def entry_key(draw_id: UUID, member_id: UUID) -> str:
    """The same member has another key in each draw: a list tells of nobody, nor do two lists."""
    return digest(b"shuke draw entry" + draw_id.bytes + member_id.bytes)[:KEY_SIGNS]


def commitment(plan: DrawPlan) -> str:
    """承诺值: what is shown before the list is closed."""
    return digest(
        canonical(
            {
                "v": RECORD,
                "draw": plan.id,
                "name": plan.name,
                "prizes": [[prize.name, prize.count] for prize in plan.prizes],
                "may_repeat": plan.may_repeat,
                "seed_sha256": plan.seed_sha256,
            }
        )
    )


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """As they are numbered and hashed, in whatever order they came."""
    return tuple(sorted(entries, key=lambda entry: entry.key))


def list_hash(committed: str, entries: Iterable[Entry]) -> str:
    """名单值: what is shown when the list is closed."""
    rows = [[entry.key, entry.tickets] for entry in in_order(entries)]
    return digest(canonical({"v": RECORD, "commitment": committed, "entries": rows}))


def numbers(seed: bytes, listed: str, word: str) -> Iterator[int]:
    """Numbers below `NUMBERS` without an end: SHA-256 of seed, list, word and a counter."""
    head = seed + bytes.fromhex(listed) + hashlib.sha256(word.encode()).digest()
    at = 0
    while True:
        block = hashlib.sha256(head + at.to_bytes(_BYTES)).digest()
        for begin in range(0, len(block), _BYTES):
            yield int.from_bytes(block[begin : begin + _BYTES])
        at += 1


def below(limit: int, stream: Iterator[int], size: int = NUMBERS) -> int:
    """A number below `limit`, each as likely as the others: what would favour some is passed over.

    `size`: so many values has a number of the stream; at least `limit`.
    """
    fair = size - size % limit
    return next(number for number in stream if number < fair) % limit


def ranked(
    entries: Sequence[Entry], stream: Iterator[int], *, may_repeat: bool, size: int = NUMBERS
) -> Iterator[int]:
    """Places in `entries` in the order in which they are drawn, by their tickets.

    Each once; where one may win again, without an end.
    """
    tickets = _Tickets([entry.tickets for entry in entries])
    while tickets.left:
        place = tickets.holder(below(tickets.left, stream, size))
        if not may_repeat:
            tickets.take(place)
        yield place


def winners(
    plan: DrawPlan, entries: Iterable[Entry], seed: bytes, word: str, gone: Sequence[str] = ()
) -> tuple[Won, ...]:
    """Who wins what; `gone` are keys of those who left since, in the order in which they did.

    What one who left had won goes to the next in the ranking who is there: nobody else's changes.
    """
    listed = in_order(entries)
    stream = numbers(seed, list_hash(commitment(plan), listed), word)
    order = ranked(listed, stream, may_repeat=plan.may_repeat)
    holders = [_next_key(listed, order) for _ in range(plan.pieces)]
    out: set[str] = set()
    for key in gone:
        out.add(key)
        if key in holders:
            is_anybody = any(entry.key not in out for entry in listed)
            heir = (_next_key(listed, order, out) if is_anybody else None for _ in holders)
            holders = [next(heir) if holder == key else holder for holder in holders]
    pieces = ((at, piece) for at, prize in enumerate(plan.prizes) for piece in range(prize.count))
    return tuple(
        Won(prize, piece, key) for (prize, piece), key in zip(pieces, holders, strict=True)
    )


def _next_key(
    listed: Sequence[Entry], order: Iterator[int], out: Iterable[str] = frozenset()
) -> str | None:
    return next((listed[place].key for place in order if listed[place].key not in out), None)


class _Tickets:
    """Whose ticket a number is, and one taken out, each in log n steps (a Fenwick tree)."""

    def __init__(self, tickets: Sequence[int]) -> None:
        self._of = list(tickets)
        self._sums = [0] * (len(tickets) + 1)
        self.left = 0
        for place, count in enumerate(tickets):
            self._add(place, count)

    def _add(self, place: int, count: int) -> None:
        self.left += count
        at = place + 1
        while at < len(self._sums):
            self._sums[at] += count
            at += at & -at

    def take(self, place: int) -> None:
        """This one has none any more."""
        self._add(place, -self._of[place])

    def holder(self, ticket: int) -> int:
        """The place whose tickets, counted from the first one on, hold this one."""
        at, step = 0, 1 << (len(self._sums) - 1).bit_length()
        while step:
            if at + step < len(self._sums) and self._sums[at + step] <= ticket:
                at += step
                ticket -= self._sums[at]
            step >>= 1
        return at
