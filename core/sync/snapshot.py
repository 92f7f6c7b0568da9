"""快照: all that a till must know, chunk by chunk, with the cursor of the feed inside (sync.md 4).

First what the feed tells: rulebook, prices, and the members of the till's own store as they stand.
Behind it everybody of the chain as a row of the directory, masked, in the order of their ids.

A chunk travels behind its digest, and says of which snapshot it is and the how manieth: so one that
was changed on its way, came in another's place, or once more, is found where it is read. Rows are
summed up from the first one on, so that whoever has the last chunk knows that all were right.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from uuid import UUID

import msgspec
from msgspec import Raw, Struct

from core.errors import ChunkBroken
from core.sync.directory import KEY_BYTES
from core.sync.feed import Change, Cursor
from core.sync.session import Whole

DIGEST_BYTES, ID_BYTES = 32, 16
MOST_ROWS = 8000
MOST_KEYS = 200
"""So many things the feed tells are in one chunk, or fewer where they are large."""
MOST_BYTES = 1 << 19
"""Of what a chunk holds, before it is packed; one thing alone may be larger."""
MOST_UNPACKED = 1 << 24
MOST_OF_ONE = 255 * KEY_BYTES
"""So many cards, or phones, of one member find them; nobody has more."""
Row = tuple[bytes, str, str, int, int, bytes, bytes]
"""As it lies in a directory: id, name, tier, points, is frozen, cards and phones one by one."""


class Manifest(Struct, frozen=True):
    """What a snapshot is: the cursor was taken before anything else, `members` are about so many.

    Whatever changes while it is taken lies behind the cursor.
    """

    id: UUID
    cursor: Cursor
    members: Whole


class Chunk(Struct, frozen=True, array_like=True):
    """One part. `told` and `rows` are packed, and only one of them is there.

    `is_told`: the feed tells nothing more. With this one `total` rows have come, and `summed` is
    what they add up to (`sum_up`).
    """

    id: UUID
    n: Whole
    told: bytes = b""
    is_told: bool = False
    rows: bytes = b""
    total: Whole = 0
    summed: bytes = b""
    is_last: bool = False


class _Told(Struct, frozen=True, array_like=True):
    topic: str
    about: str
    value: bytes


class _Small(Struct, frozen=True, array_like=True):
    """Of rows what can be made smaller."""

    names: tuple[str, ...]
    tiers: tuple[str, ...]
    of_tier: tuple[int, ...]
    points: tuple[int, ...]
    frozen: bytes
    cards: bytes
    phones: bytes


class _Columns(Struct, frozen=True, array_like=True):
    """Rows; ids and keys are as if drawn by dice, and nothing makes them smaller."""

    ids: bytes
    cards: bytes
    phones: bytes
    small: bytes


def seal(chunk: Chunk) -> bytes:
    """As it travels."""
    packed = msgspec.msgpack.encode(chunk)
    return hashlib.sha256(packed).digest() + packed


def sum_up(before: bytes, rows: bytes) -> bytes:
    """What all rows up to these add up to; `before` is that of those before, b"" of none."""
    return hashlib.sha256(before + rows).digest()


def unseal(sealed: bytes, snapshot_id: UUID, n: int) -> Chunk:
    """The chunk that was asked for; raises ChunkBroken where it is another or not whole."""
    packed = sealed[DIGEST_BYTES:]
    if hashlib.sha256(packed).digest() != sealed[:DIGEST_BYTES]:
        raise ChunkBroken()
    try:
        chunk = msgspec.msgpack.decode(packed, type=Chunk)
    except msgspec.DecodeError as error:
        raise ChunkBroken() from error
    if (chunk.id, chunk.n) != (snapshot_id, n):
        raise ChunkBroken()
    return chunk


def pack_told(changes: Iterable[Change]) -> bytes:
    """What the feed tells."""
    told = [_Told(each.topic, each.about, bytes(each.value)) for each in changes]
    return zlib.compress(msgspec.msgpack.encode(told), 6)


def told_in(chunk: Chunk) -> tuple[Change, ...]:
    """The same again; raises ChunkBroken."""
    try:
        told = msgspec.msgpack.decode(_unpacked(chunk.told), type=tuple[_Told, ...])
    except (msgspec.DecodeError, zlib.error) as error:
        raise ChunkBroken() from error
    return tuple(Change(each.topic, each.about, Raw(each.value)) for each in told)


def pack_rows(rows: Sequence[Row]) -> bytes:
    """Rows of the directory by columns."""
    tiers = {tier: no for no, tier in enumerate(dict.fromkeys(row[2] for row in rows))}
    cards = [row[5][:MOST_OF_ONE] for row in rows]
    phones = [row[6][:MOST_OF_ONE] for row in rows]
    small = _Small(
        tuple(row[1] for row in rows),
        tuple(tiers),
        tuple(tiers[row[2]] for row in rows),
        tuple(row[3] for row in rows),
        bytes(row[4] for row in rows),
        bytes(len(joined) // KEY_BYTES for joined in cards),
        bytes(len(joined) // KEY_BYTES for joined in phones),
    )
    packed = zlib.compress(msgspec.msgpack.encode(small), 1)
    ids = b"".join(row[0] for row in rows)
    return msgspec.msgpack.encode(_Columns(ids, b"".join(cards), b"".join(phones), packed))


def rows_in(chunk: Chunk) -> list[Row]:
    """The same again, as they lie in a directory; raises ChunkBroken."""
    try:
        columns = msgspec.msgpack.decode(chunk.rows, type=_Columns)
        small = msgspec.msgpack.decode(_unpacked(columns.small), type=_Small)
        ids = _cut(columns.ids, [ID_BYTES] * len(small.names))
        cards = _cut(columns.cards, [KEY_BYTES * count for count in small.cards])
        phones = _cut(columns.phones, [KEY_BYTES * count for count in small.phones])
        tiers = [small.tiers[no] for no in small.of_tier]
        rows = zip(ids, small.names, tiers, small.points, small.frozen, cards, phones, strict=True)
        return list(rows)
    except (msgspec.DecodeError, zlib.error, ValueError, IndexError) as error:
        raise ChunkBroken() from error


def _cut(joined: bytes, sizes: Sequence[int]) -> Iterator[bytes]:
    """The parts that stand one behind the other; ValueError where they are not so many bytes."""
    ends = list(accumulate(sizes, initial=0))
    if ends[-1] != len(joined):
        raise ValueError("other bytes than they say")
    return (joined[start:end] for start, end in pairwise(ends))


def _unpacked(packed: bytes) -> bytes:
    """Never more than is allowed, however small it was made."""
    unpack = zlib.decompressobj()
    whole = unpack.decompress(packed, MOST_UNPACKED)
    if not unpack.eof or unpack.unused_data:
        raise zlib.error("not as it must be")
    return whole
