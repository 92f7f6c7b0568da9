"""抽奖证书: a draw as a record that anybody can check, and nobody's name is in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from core.errors import BadRecord, NoCertificate, Shortfall, Why
from core.trust.draw import (
    DrawPlan,
    Entry,
    Prize,
    Won,
    check_plan,
    commitment,
    in_order,
    list_hash,
    seed_hash,
    winners,
)
from core.values.canonical import canonical, digest

WHAT = "shuke lucky draw"
VERSION = 1
MOST_TICKETS = 2**40
SEED, COMMITMENT, LIST, GONE, WINNERS = "seed", "commitment", "list", "gone", "winners"
_NAMES = frozenset(
    "what v draw name prizes may_repeat seed_sha256 commitment committed entries list_sha256 "
    "closed word seed drawn gone winners".split()
)


class Replayed(Struct, frozen=True):
    """验证: what was drawn again from a certificate, and which parts of it do not agree.

    `numbers` are those of the winners on the list, 0 where nobody won.
    """

    plan: DrawPlan
    commitment: str
    list_sha256: str
    word: str
    entries: int
    tickets: int
    won: tuple[Won, ...]
    numbers: tuple[int, ...]
    wrong: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """Whether everything agrees."""
        return not self.wrong


class Made(Struct, frozen=True):
    """What a certificate is made of; the times are as the papers of the shop say them."""

    plan: DrawPlan
    entries: tuple[Entry, ...]
    seed: bytes
    word: str
    gone: tuple[str, ...]
    committed: str
    closed: str
    drawn: str


def certificate(made: Made) -> dict[str, Any]:
    """Plain JSON values."""
    plan, listed = made.plan, in_order(made.entries)
    promised = commitment(plan)
    won = winners(plan, listed, made.seed, made.word, made.gone)
    return {
        "what": WHAT,
        "v": VERSION,
        "draw": plan.id.hex,
        "name": plan.name,
        "prizes": [[prize.name, prize.count] for prize in plan.prizes],
        "may_repeat": plan.may_repeat,
        "seed_sha256": plan.seed_sha256,
        "commitment": promised,
        "committed": made.committed,
        "entries": [[entry.key, entry.tickets] for entry in listed],
        "list_sha256": list_hash(promised, listed),
        "closed": made.closed,
        "word": made.word,
        "seed": made.seed.hex(),
        "drawn": made.drawn,
        "gone": list(made.gone),
        "winners": [[each.prize, each.piece, each.key] for each in won],
    }


def certificate_bytes(record: dict[str, Any]) -> bytes:
    """The file: one spelling of a record, so that one certificate has one digest."""
    return canonical(record) + b"\n"


def certificate_hash(record: dict[str, Any]) -> str:
    """证书值: what stands on the paper beside it."""
    return digest(canonical(record))


def replay(data: bytes) -> Replayed:
    """Draw again what a certificate tells of. Raises NoCertificate for a file that is none."""
    record = _read(data)
    try:
        plan, entries = _plan(record), _entries(record["entries"])
        seed, word = bytes.fromhex(record["seed"]), _text(record["word"])
        gone = tuple(map(_text, record["gone"]))
        said = [Won(_whole(prize), _whole(piece), key) for prize, piece, key in record["winners"]]
    except (KeyError, TypeError, ValueError, Shortfall) as error:
        raise NoCertificate(str(error) or type(error).__name__) from None
    promised, keys = commitment(plan), [entry.key for entry in entries]
    listed = list_hash(promised, entries)
    won = winners(plan, entries, seed, word, gone)
    agrees = {
        SEED: seed_hash(seed) == plan.seed_sha256,
        COMMITMENT: promised == record["commitment"],
        LIST: listed == record["list_sha256"] and keys == sorted(set(keys)),
        GONE: len(set(gone)) == len(gone) and set(keys).issuperset(gone),
        WINNERS: tuple(said) == won,
    }
    place = {key: at for at, key in enumerate(keys, 1)}
    return Replayed(
        plan,
        promised,
        listed,
        word,
        len(entries),
        sum(entry.tickets for entry in entries),
        won,
        tuple(place.get(each.key or "", 0) for each in won),
        tuple(part for part, is_right in agrees.items() if not is_right),
    )


def _read(data: bytes) -> dict[str, Any]:
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):
        raise NoCertificate("JSON") from None
    if not isinstance(record, dict) or record.get("what") != WHAT or record.get("v") != VERSION:
        raise NoCertificate("what, v")
    if (strange := set(record) ^ _NAMES) != set():
        raise NoCertificate(", ".join(sorted(strange)))
    return record


def _plan(record: dict[str, Any]) -> DrawPlan:
    told = [Prize(_text(name), _whole(count, 1)) for name, count in record["prizes"]]
    name, prizes = check_plan(_text(record["name"]), told)
    if not isinstance(record["may_repeat"], bool):
        raise BadRecord("may_repeat", "not true or false")
    ident, seed_sha256 = UUID(hex=_text(record["draw"])), _text(record["seed_sha256"])
    return DrawPlan(ident, name, prizes, record["may_repeat"], seed_sha256)


def _entries(rows: Sequence[Any]) -> tuple[Entry, ...]:
    return tuple(Entry(_text(key), _whole(tickets, 1)) for key, tickets in rows)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadRecord("text", "not a text")
    return value


def _whole(value: object, least: int = 0) -> int:
    if type(value) is not int or not least <= value <= MOST_TICKETS:
        raise BadRecord(
            "number",
            Why.of("not an integer from {least} to {most}", least=least, most=MOST_TICKETS),
        )
    return value
