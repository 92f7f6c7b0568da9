"""Facts hang on one chain; personal values stand beside the hashed bytes."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.sync.fact import GENESIS, Fact, Head, Private, chain, is_linked

TILL, ONE, TWO = UUID(int=7), UUID(int=1), UUID(int=2)
START = Head(TILL, 1, 0, GENESIS)


def fact(value: str = "张三", salt: bytes = b"s" * 16) -> Fact:
    private = Private(TWO, "name", value, salt)
    return Fact(ONE, "MemberJoined", 5, date(2026, 11, 24), {"member": TWO}, (private,))


def test_an_event_follows_the_head() -> None:
    event = chain(START, fact())
    assert (event.seq, event.prev, event.incarnation) == (1, GENESIS, 1)
    second = chain(Head(TILL, 1, event.seq, event.hash), fact())
    assert (second.seq, second.prev) == (2, event.hash)
    assert is_linked(event)
    assert is_linked(second)


@given(st.text(min_size=2).filter(lambda text: not text.isascii()))
def test_a_personal_value_never_enters_the_hashed_bytes(value: str) -> None:
    event = chain(START, fact(value))
    assert value.encode("utf-8", "surrogatepass") not in event.data
    assert json.loads(event.data)["private"] == [[TWO.hex, "name", fact(value).private[0].digest]]


def test_the_same_value_with_another_salt_has_another_digest() -> None:
    assert fact(salt=b"a" * 16).private[0].digest != fact(salt=b"b" * 16).private[0].digest


def test_an_event_without_its_private_values_is_still_linked() -> None:
    assert is_linked(replace(chain(START, fact()), private=()))


def test_any_changed_byte_breaks_the_link() -> None:
    event = chain(START, fact())
    for place in range(len(event.data)):
        data = bytearray(event.data)
        data[place] ^= 1
        assert not is_linked(replace(event, data=bytes(data)))
    assert not is_linked(replace(event, prev=b"x" * 32))
