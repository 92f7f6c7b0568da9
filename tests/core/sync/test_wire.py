"""What is recognised at once as canonical is what its only spelling says, and nothing else."""

from __future__ import annotations

import json
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadEvent
from core.sync.fact import GENESIS, Fact, Head, chain
from core.sync.lean import RULEBOOK
from core.sync.wire import _record_of, _record_read, glimpse, push_of, texts_of
from core.values.canonical import canonical

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
STRANGE = ("[1]", "{}", '{"a":1,"a":1}', '{"a":-0}', '{"a":1.0}', '{"a":NaN}', '{"a":"\\ud800"}')


def read(data, reader):
    try:
        return repr(reader(data))
    except BadEvent as bad:
        return bad.reason


@settings(max_examples=150)
@given(record=st.dictionaries(st.text(), PLAIN, max_size=4), spaces=st.booleans())
def test_both_readers_say_the_same(record, spaces):
    text = json.dumps(record) if spaces else json.dumps(record, ensure_ascii=False, sort_keys=True)
    for data in (text.encode("utf-8", "replace"), _canonical(record)):
        assert read(data, _record_of) == read(data, _record_read)


@settings(max_examples=150)
@given(
    rulebook=st.dictionaries(st.text(), PLAIN, max_size=3) | PLAIN,
    more=st.dictionaries(st.text(), PLAIN, max_size=2),
    spaces=st.booleans(),
)
def test_a_rulebook_is_known_again_and_judged_as_if_it_were_not(rulebook, more, spaces):
    text = json.dumps(rulebook, separators=(", ", ":") if spaces else (",", ":"))
    spelt = _canonical({"body": {**more, "rulebook": "?"}, "v": 1}).decode()
    data = spelt.replace('"rulebook":"?"', f'"rulebook":{text}').encode()
    for _ in range(2):
        quick, slow = (_tried(data, reader) for reader in (_record_of, _record_read))
        assert _without_rulebook(quick) == _without_rulebook(slow)


def _tried(data, reader):
    try:
        return reader(data)
    except BadEvent as bad:
        return bad.reason


def _without_rulebook(said):
    """What each of both says of the rest: one of them leaves the rulebook out."""
    if isinstance(said, dict) and isinstance(said.get("body"), dict):
        rest = {name: said["body"][name] for name in sorted(said["body"]) if name != "rulebook"}
        return repr({**said, "body": rest})
    return repr(said)


def _canonical(record):
    try:
        return canonical(record)
    except ValueError:  # no number
        return b"{}"


@pytest.mark.parametrize("text", [*STRANGE, *(f'{{"{chr(sign)}":1}}' for sign in range(0x80))])
def test_strange_spellings_are_judged_alike(text):
    for data in (text.encode(), canonical({"a": text})):
        assert read(data, _record_of) == read(data, _record_read)


RULEBOOKS = st.sampled_from([{}, {"offers": []}, {"offers": [{"rulebook": {}}], "name": "会员价"}])
BODIES = st.lists(
    st.fixed_dictionaries(
        {"basket": st.dictionaries(st.sampled_from(["rulebook", "a"]), RULEBOOKS | st.text())},
        optional={RULEBOOK: RULEBOOKS | st.just("x") | st.just([])},
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=200)
@given(bodies=BODIES, version=st.sampled_from([1, 2]))
def test_what_is_sent_says_what_was_written_to_the_last_byte(bodies, version):
    head, events = Head(uuid4(), 1, 0, GENESIS), []
    for body in bodies:
        events.append(chain(head, Fact(uuid4(), "SaleSettled", 1, date(2026, 11, 24), body)))
        head = Head(head.till_id, 1, events[-1].seq, events[-1].hash)
    assert texts_of(push_of(events, version=version)) == [each.data for each in events]


def test_a_rulebook_is_said_once_to_who_understands_it():
    rulebook = {"offers": [{"name": "满减"}] * 50}
    head = Head(uuid4(), 1, 0, GENESIS)
    events = [
        chain(head, Fact(uuid4(), "SaleSettled", 1, date(2026, 11, 24), {RULEBOOK: rulebook}))
        for _ in range(3)
    ]
    assert push_of(events).rulebooks == (canonical(rulebook).decode(),)
    assert [each.rulebook for each in push_of(events).events] == [0, 0, 0]
    assert push_of(events, version=1).rulebooks == ()


@settings(max_examples=100)
@given(
    body=st.dictionaries(st.sampled_from(["id", "till", "a"]), st.text() | st.just("1" * 32)),
    kind=st.text(min_size=1),
)
def test_the_ids_of_an_event_are_seen_before_it_is_read(body, kind):
    ident, till = uuid4(), uuid4()
    fact = Fact(ident, kind + '"id":"', 1, date(2026, 11, 24), {"basket": body} | body)
    data = chain(Head(till, 1, 0, GENESIS), fact).data
    assert (glimpse(data, "id"), glimpse(data, "till")) == (ident, till)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'{"id":"', b'{"id":"x"}', b'{"id":"\xff' + b"0" * 40]
)
def test_nothing_is_seen_of_what_is_no_event(data):
    assert glimpse(data, "id") is None
