"""抽奖: fair by counting every case, the same for everybody, and whatever is changed is noticed."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations, product
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadDraw, NoCertificate
from core.trust.draw import (
    DrawPlan,
    Entry,
    Prize,
    below,
    check_plan,
    entry_key,
    ranked,
    seed_hash,
    winners,
)
from core.trust.draw_record import (
    Made,
    certificate,
    certificate_bytes,
    certificate_hash,
    replay,
)

DRAW = UUID("01940000-0000-7000-8000-000000000001")
SEED = bytes(range(32))
PRIZES = (Prize("电饭煲", 1), Prize("大米 5 公斤", 2))


def plan_of(*, may_repeat: bool = False, prizes: tuple[Prize, ...] = PRIZES) -> DrawPlan:
    return DrawPlan(DRAW, "重阳抽奖", prizes, may_repeat, seed_hash(SEED))


def entries_of(count: int) -> tuple[Entry, ...]:
    return tuple(Entry(entry_key(DRAW, UUID(int=no + 1))) for no in range(count))


def made(*, gone: tuple[str, ...] = (), may_repeat: bool = False) -> dict[str, Any]:
    times = ("2026-10-18 09:00", "2026-10-18 15:00", "2026-10-18 15:05")
    plan, listed = plan_of(may_repeat=may_repeat), entries_of(6)
    return certificate(Made(plan, listed, SEED, "菊花 39", gone, *times))


# Fair


@pytest.mark.parametrize("limit", range(1, 7))
def test_each_number_below_a_limit_is_as_likely_as_the_others(limit: int) -> None:
    """All that a stream of two numbers of seven values may say: what is passed over favours none"""
    found = Counter[int]()
    for stream in product(range(7), repeat=2):
        try:
            found[below(limit, iter(stream), 7)] += 1
        except StopIteration:
            continue
    assert len(found) == limit
    assert len(set(found.values())) == 1


def test_each_order_of_three_is_as_likely_as_the_others() -> None:
    """Every stream of six values, counted: 3 × 2 × 1 orders of three people with one ticket."""
    entries = [Entry("a"), Entry("b"), Entry("c")]
    found = Counter(
        tuple(ranked(entries, iter(stream), may_repeat=False, size=6))
        for stream in product(range(6), repeat=3)
    )
    assert found == dict.fromkeys(permutations(range(3)), 6**3 // 6)


def test_who_has_twice_as_many_tickets_wins_first_twice_as_often() -> None:
    entries, size = [Entry("a", 1), Entry("b", 2), Entry("c", 3)], 60
    first, whole = Counter[int](), Fraction(0)
    seen: dict[tuple[int, ...], Fraction] = {}
    for stream in product(range(size), repeat=2):
        order = tuple(ranked(entries, iter((*stream, 0)), may_repeat=False, size=size))
        seen[order] = seen.get(order, Fraction(0)) + Fraction(1, size**2)
        first[order[0]] += 1
    assert [first[at] * 6 for at in range(3)] == [size**2 * tickets for tickets in (1, 2, 3)]
    # a first, then b before c: 1/6 of all tickets, then 2 of the 5 that are left
    assert seen[(0, 1, 2)] == Fraction(1, 6) * Fraction(2, 5)
    whole = sum(seen.values(), Fraction(0))
    assert whole == 1


def test_where_one_may_win_again_each_piece_is_drawn_from_all() -> None:
    entries = [Entry("a"), Entry("b")]
    found = Counter[tuple[int, int]]()
    for stream in product(range(2), repeat=2):
        order = ranked(entries, iter(stream), may_repeat=True, size=2)
        found[next(order), next(order)] += 1
    assert found == dict.fromkeys(product(range(2), repeat=2), 1)


# The same for everybody


@given(st.permutations(range(9)), st.binary(min_size=32, max_size=32), st.text(max_size=9))
def test_in_whatever_order_they_came_the_same_ones_win(
    order: list[int], seed: bytes, word: str
) -> None:
    listed = [Entry(entry_key(DRAW, UUID(int=no)), no + 1) for no in range(9)]
    plan = DrawPlan(DRAW, "抽奖", PRIZES, False, seed_hash(seed))
    once = winners(plan, listed, seed, word)
    assert winners(plan, [listed[at] for at in order], seed, word) == once
    keys = [each.key for each in once]
    assert len(set(keys)) == len(keys) == 3


def by_hand(record: dict[str, Any]) -> list[str]:
    """The winners of a certificate without leavers, as docs/draws.md says it, and no faster."""

    def sha(data: bytes) -> bytes:
        return hashlib.sha256(data).digest()

    def spelt(what: object) -> bytes:
        said = json.dumps(what, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return said.encode()

    names = ("draw", "name", "prizes", "may_repeat", "seed_sha256")
    first = {"v": 1} | {name: record[name] for name in names}
    promised = sha(
        json.dumps(first, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    )
    second = {"v": 1, "commitment": promised.hex(), "entries": record["entries"]}
    listed = sha(spelt(second))
    head = bytes.fromhex(record["seed"]) + listed + sha(record["word"].encode())
    tickets = [key for key, count in record["entries"] for _ in range(count)]
    won: list[str] = []
    at = 0
    while len(won) < sum(count for _, count in record["prizes"]):
        block = sha(head + (at // 4).to_bytes(8, "big"))
        number = int.from_bytes(block[at % 4 * 8 : at % 4 * 8 + 8], "big")
        at += 1
        if number < 2**64 - 2**64 % len(tickets):
            won.append(tickets[number % len(tickets)])
            tickets = [key for key in tickets if key != won[-1]]
    return won


@given(st.lists(st.integers(1, 5), min_size=3, max_size=12), st.binary(min_size=32, max_size=32))
def test_another_program_comes_to_the_same(tickets: list[int], seed: bytes) -> None:
    listed = [Entry(entry_key(DRAW, UUID(int=at)), each) for at, each in enumerate(tickets)]
    plan = DrawPlan(DRAW, "抽奖", PRIZES, False, seed_hash(seed))
    record = certificate(Made(plan, tuple(listed), seed, "菊花", (), "", "", ""))
    assert by_hand(record) == [key for _, _, key in record["winners"]]


def test_a_certificate_of_today_is_good_for_ever() -> None:
    """What was shown years ago is drawn again by every later program."""
    record = made()
    assert record["commitment"] == (
        "b42eeff5cc49585a6c1b319a40d34bc645c76038407e3599dfe6a5aff793e55d"
    )
    assert record["list_sha256"] == (
        "b79b9a7968e1802b9ed24e83930fe38fb3eb5c2496d3410f6453ccf8f2e78e66"
    )
    place = [key for key, _ in record["entries"]]
    assert [place.index(key) + 1 for _, _, key in record["winners"]] == [1, 5, 2]


def test_more_prizes_than_people_leave_some_to_nobody() -> None:
    won = winners(plan_of(prizes=(Prize("米", 4),)), entries_of(2), SEED, "")
    assert [each.key is None for each in won] == [False, False, True, True]


# Who leaves


@given(st.lists(st.integers(0, 7), unique=True, max_size=7), st.booleans())
def test_who_leaves_wins_nothing_and_keeps_the_places_of_all_others(
    left: list[int], may_repeat: bool
) -> None:
    plan, listed = plan_of(may_repeat=may_repeat), entries_of(8)
    whole = winners(plan, listed, SEED, "")
    gone = [listed[at].key for at in left]
    now = winners(plan, listed, SEED, "", gone)
    assert not {each.key for each in now} & set(gone)
    for before, after in zip(whole, now, strict=True):
        assert before.key in gone or after == before
    if not may_repeat:
        keys = [each.key for each in now if each.key]
        assert len(set(keys)) == len(keys) == min(3, 8 - len(gone))


def test_one_after_the_other_is_as_it_was_when_the_first_had_left() -> None:
    """What was said to the heir of the first holds when the second leaves."""
    plan, listed = plan_of(), entries_of(8)
    first, second, third = (each.key or "" for each in winners(plan, listed, SEED, ""))
    once = winners(plan, listed, SEED, "", [third])
    twice = winners(plan, listed, SEED, "", [third, first])
    assert once[2] == twice[2]
    assert twice[1].key == second
    assert twice[0].key not in (first, third, None)


def test_nobody_is_left() -> None:
    listed = entries_of(3)
    for may_repeat in (False, True):
        plan = plan_of(may_repeat=may_repeat)
        won = winners(plan, listed, SEED, "", [entry.key for entry in listed])
        assert [each.key for each in won] == [None] * 3


# What is changed is noticed


def test_a_certificate_is_drawn_again_with_the_same_winners() -> None:
    record = made(gone=(entries_of(6)[0].key,))
    again = replay(certificate_bytes(record))
    assert again.is_good
    assert [[won.prize, won.piece, won.key] for won in again.won] == record["winners"]
    assert (again.entries, again.tickets, again.word) == (6, 6, "菊花 39")
    assert all(again.numbers)
    assert again.commitment == record["commitment"]


def changed(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """One change of everything that the winners follow from, or that names them."""
    keys = [key for key, _ in record["entries"]]
    other_seed = bytes(32).hex()
    changes: dict[str, Any] = {
        "seed": other_seed,
        "seed_sha256": seed_hash(bytes(32)),
        "commitment": "0" * 64,
        "list_sha256": "0" * 64,
        "word": "菊花 40",
        "name": "重阳抽奖 2",
        "draw": UUID(int=5).hex,
        "may_repeat": True,
        "prizes": [["电饭煲", 2], ["大米 5 公斤", 1]],
        "gone": [record["winners"][0][2]],
        "winners": [[0, 0, keys[at]] for at in range(3)],
        "entries": record["entries"][1:],
    }
    for name, value in changes.items():
        assert record[name] != value
        yield name, {**record, name: value}
    yield "one more", {**record, "entries": [["0" * 24, 1], *record["entries"]]}
    yield "twice", {**record, "entries": [record["entries"][0], *record["entries"]]}
    yield "another order", {**record, "entries": record["entries"][::-1]}
    yield "more tickets", {**record, "entries": [[keys[0], 9], *record["entries"][1:]]}
    yield "nobody of the list", {**record, "gone": ["0" * 24]}


@pytest.mark.parametrize("what", [what for what, _ in changed(made())])
def test_whatever_is_changed_is_noticed(what: str) -> None:
    record = dict(changed(made()))[what]
    assert not replay(certificate_bytes(record)).is_good
    assert certificate_hash(record) != certificate_hash(made())


def test_another_seed_with_all_hashes_made_anew_has_another_commitment() -> None:
    """Such a file agrees with itself: what was shown beforehand tells it from the true one."""
    seed, times = bytes(32), ("", "", "")
    plan = DrawPlan(DRAW, "重阳抽奖", PRIZES, False, seed_hash(seed))
    forged = certificate(Made(plan, entries_of(6), seed, "菊花 39", (), *times))
    again = replay(certificate_bytes(forged))
    assert again.is_good
    assert again.commitment != made()["commitment"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"[" * 100_000,
        json.dumps({**made(), "v": 2}).encode(),
        json.dumps({**made(), "more": 1}).encode(),
        json.dumps({**made(), "entries": [["a"]]}).encode(),
        json.dumps({**made(), "entries": [["a", 0]]}).encode(),
        json.dumps({**made(), "entries": [["a", 1.5]]}).encode(),
        json.dumps({**made(), "prizes": [["米", 10**12]]}).encode(),
        json.dumps({**made(), "seed": "xyz"}).encode(),
        json.dumps({**made(), "winners": None}).encode(),
    ],
)
def test_what_is_no_certificate_is_said_so(data: bytes) -> None:
    with pytest.raises(NoCertificate):
        replay(data)


@pytest.mark.parametrize(
    ("name", "prizes"),
    [
        ("", PRIZES),
        ("抽" * 61, PRIZES),
        ("抽奖", ()),
        ("抽奖", (Prize(" ", 1),)),
        ("抽奖", (Prize("米", 0),)),
        ("抽奖", (Prize("米", 1001),)),
        ("抽奖", (Prize("米\n", 1), Prize("面\n粉", 1))),
        ("抽奖", (Prize("米", 1),) * 21),
    ],
)
def test_what_is_no_draw_is_refused(name: str, prizes: tuple[Prize, ...]) -> None:
    with pytest.raises(BadDraw):
        check_plan(name, prizes)
