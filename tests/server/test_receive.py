"""收件: nothing is lost, nothing doubled, nothing refused; what does not fit is looked at."""

from __future__ import annotations

import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.actions.head_office import open_cases
from core.actions.receive import FEW, receive
from core.errors import TooMuchSent
from core.ports.office import Alone
from core.sync.fact import Event, Private
from core.sync.wire import MOST_BYTES, MOST_EVENTS, PrivateSent, sent_of
from core.values.canonical import canonical
from tests.server.kept import kept, kept_apart, private_apart, private_of
from tests.server.tills import TillAtWork, push_of, said, sent


@pytest.fixture(scope="module")
def office(lasting):
    """One for all: each test has tills of its own."""
    return lasting


@pytest.fixture
def till(office):
    return TillAtWork().join(office)


class Asked(Alone):
    """Alone, and it knows of what it was asked."""

    def __init__(self):
        self.sales = []

    def each(self, do, many):
        self.sales += many
        return super().each(do, many)


def cases(office, till):
    """What there is to look at of this till: kind and detail."""
    return [(each.kind, each.detail) for each in open_cases(office) if each.till_id == till.id]


def test_what_is_sent_twice_is_there_once(office, till):
    session = till.begin(office)
    sales = [till.sell() for _ in range(FEW + 1)]
    events = [*sales, till.note("换零钱")]
    asked = Asked()
    office = replace(office, crew=asked)
    first, second = sent(office, session, *events), sent(office, session, *events)
    assert asked.sales == [each.data for each in sales], "what is here is not priced again"
    assert said(first) == ["accepted"] * len(events)
    assert said(second) == ["duplicate"] * len(events)
    assert first.durable_through == second.durable_through == len(events)
    assert kept(office, till.id) == events
    assert cases(office, till) == []


def test_a_sale_comes_back_whole_whose_rulebook_was_said_once(office, till):
    session, sales = till.begin(office), [till.sell() for _ in range(3)]
    push = push_of(*sales)
    assert len(push.rulebooks) == 1
    assert said(receive(office, session.token, push)) == ["accepted"] * 3
    assert kept(office, till.id) == sales


@pytest.mark.parametrize("no", [-1, 1, 99])
def test_a_rulebook_that_nobody_sent_makes_an_event_that_is_not_what_was_hashed(office, till, no):
    session, sales = till.begin(office), [till.sell() for _ in range(3)]
    push = push_of(*sales)
    first, *others = push.events
    push = replace(push, events=(replace(first, rulebook=no), *others))
    answered = receive(office, session.token, push)
    assert said(answered) == ["quarantined hash", "accepted", "accepted"]
    assert said(sent(office, session, sales[0])) == ["accepted"]
    assert kept(office, till.id) == sales


def test_a_rulebook_makes_no_push_larger_than_it_may_be(office, till):
    session, sales = till.begin(office), [till.sell() for _ in range(3)]
    push = replace(push_of(*sales), rulebooks=("{" + " " * (MOST_BYTES // 2) + "}",))
    with pytest.raises(TooMuchSent):
        receive(office, session.token, push)


def test_the_bytes_come_back_as_they_were(office, till):
    event, private = till.join_member()
    sent(office, till.begin(office), event)
    (there,) = kept(office, till.id)
    assert there == replace(event, private=())
    assert private_of(office, event.id) == [private]


def test_personal_values_that_were_erased_are_not_missed(office, till):
    event, _ = till.join_member()
    answer = sent(office, till.begin(office), replace(event, private=()))
    assert said(answer) == ["accepted"]
    assert private_of(office, event.id) == []


def test_personal_values_are_those_of_their_digest(office, till):
    event, private = till.join_member()
    for other in (
        replace(private, value="+8613900000000"),
        replace(private, field="name"),
        replace(private, value="\0"),
    ):
        forged = sent_of(replace(event, private=(other,)))
        answer = sent(office, till.begin(office), replace(forged, prev=os.urandom(32).hex()))
        assert said(answer)[0].startswith("quarantined")
        answer = sent(office, till.begin(office), forged)
        assert said(answer)[0] in ("quarantined private", "duplicate")
    assert "private" in [kind for kind, _ in cases(office, till)]


def test_a_gap_is_waited_for_and_closes(office, till):
    session = till.begin(office)
    one, two, three, four = (till.note(str(no)) for no in range(4))
    assert sent(office, session, one, four).durable_through == 1
    assert sent(office, session, three).durable_through == 1
    assert sent(office, session, two).durable_through == 4


def test_what_closes_a_gap_must_lead_to_what_lies_behind_it(office, till):
    session = till.begin(office)
    one, two, three = till.note(), till.note(), till.note()
    till.go_back_to(one)
    other = till.note("of another copy")
    assert said(sent(office, session, one, three)) == ["accepted"] * 2
    assert said(sent(office, session, other)) == ["quarantined fork"]
    assert said(sent(office, session, two)) == ["accepted"]
    assert kept(office, till.id) == [one, two, three]


def bad(till: TillAtWork) -> dict[str, object]:
    """Events that are none, by the reason that is told."""
    other = TillAtWork()
    event = till.note()
    return {
        "hash": replace(sent_of(event), hash=os.urandom(32).hex()),
        "foreign": [sent_of(other.note()) for _ in range(event.seq)][-1],
        "spelling": replace(sent_of(event), data="{"),
        "place": replace(sent_of(event), seq=event.seq + 1),
        "record": replace(sent_of(event), data='{"v":1}'),
        "future": replace(sent_of(event), data='{"v":2,"what":"nobody knows"}'),
    }


@pytest.mark.parametrize("reason", ["hash", "foreign", "spelling", "place", "record", "future"])
def test_what_is_no_good_event_is_kept_apart_and_blocks_nobody(office, till, reason):
    session = till.begin(office)
    before = till.note()
    forged = bad(till)[reason]
    behind = till.sell()
    answers = sent(office, session, before, forged, behind)
    first, second, third = said(answers)
    assert (first, third) == ("accepted", "accepted")
    assert second.startswith(f"quarantined {reason}")
    assert reason in [kind for kind, _ in cases(office, till)]
    assert kept_apart(office, till.id) == [forged.data.encode()]
    again = sent(office, session, before, forged, behind)
    assert said(again) == ["duplicate"] * 3
    assert len(cases(office, till)) == 1, "a person is told once"
    if reason != "place":  # it claimed the place of the one behind it
        assert again.durable_through == 3, "its place is taken"


def test_both_branches_of_a_fork_are_kept(office, till):
    session = till.begin(office)
    first = till.note("甲")
    sent(office, session, first)
    branch = TillAtWork(till.no)
    branch.id, branch._head = till.id, replace(branch._head, till_id=till.id)
    other, behind = branch.note("乙"), branch.note("丙")
    answers = sent(office, session, other, behind)
    assert said(answers) == ["quarantined fork", "quarantined fork"]
    assert kept(office, till.id)[0] == first
    assert other.data in kept_apart(office, till.id)


def test_personal_values_are_kept_beside_what_is_kept_apart(office, till):
    session = till.begin(office)
    sent(office, session, till.note())
    branch = TillAtWork(till.no)
    branch.id, branch._head = till.id, replace(branch._head, till_id=till.id)
    event, _ = branch.join_member()
    strange = PrivateSent("nobody", "phone\0", "\0", "no salt")
    odd = replace(sent_of(till.note()), private=(strange, strange))
    answers = said(sent(office, session, event, odd))
    assert answers == ["quarantined fork", "quarantined private"]
    assert private_apart(office, sent_of(event)) == sent_of(event).private
    assert private_apart(office, odd) == (strange, strange)
    assert said(sent(office, session, event)) == ["duplicate"]


def test_an_id_that_comes_with_other_bytes_is_a_fork(office, till):
    session = till.begin(office)
    first = till.note()
    sent(office, session, first)
    other = TillAtWork().join(office)
    theirs = other.note()
    data = theirs.data.replace(theirs.id.hex.encode(), first.id.hex.encode())
    stolen = replace(
        sent_of(theirs),
        data=data.decode(),
        hash=hashlib.sha256(theirs.prev + data).hexdigest(),
    )
    assert said(sent(office, other.begin(office), stolen)) == ["quarantined fork"]
    assert kept(office, till.id) == [first]


def test_an_event_that_seems_to_be_another_is_known_again_all_the_same(office, till):
    """What is asked ahead is what it looks like; what is decided is what it says."""
    session, other = till.begin(office), till.note()
    made = till.note()
    record = json.loads(made.data) | {"x": {"id": other.id.hex, "till": other.id.hex}}
    data = canonical(record)
    strange = replace(
        sent_of(made), data=data.decode(), hash=hashlib.sha256(made.prev + data).hexdigest()
    )
    assert said(sent(office, session, other, strange)) == ["accepted"] * 2
    assert said(sent(office, session, strange)) == ["duplicate"]
    assert said(sent(office, session, strange, other)) == ["duplicate"] * 2


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ({"payable_fen": 1}, "price"),
        ({"quote_hash": "0" * 64}, "price"),
        ({"points": 10_000}, "price"),
        ({"engine": 10_000}, "other_engine"),
        ({"basket": None}, "unreadable"),
        ({"basket": {"lines": [[]]}}, "unreadable"),
        ({"rulebook": {"tiers": 3}}, "unreadable"),
    ],
)
def test_a_sale_that_is_priced_otherwise_here_is_accepted_and_looked_at(office, till, other, kind):
    answers = sent(office, till.begin(office), till.sell(**other), till.sell())
    assert said(answers) == ["accepted", "accepted"]
    assert [found for found, _ in cases(office, till)] == [kind]


def test_a_case_says_what_was_told_and_what_it_is_here(office, till):
    sent(office, till.begin(office), till.sell(payable_fen=1))
    assert cases(office, till) == [("price", "payable_fen 1≠8799")]


def test_a_sale_of_an_older_engine_is_believed(office, till):
    assert said(sent(office, till.begin(office), till.sell(engine=1, payable_fen=1))) == [
        "accepted"
    ]
    assert cases(office, till) == []


def test_a_push_has_its_limits_but_one_large_event_passes(office, till):
    session = till.begin(office)
    large = till.note("大" * MOST_BYTES)
    assert said(sent(office, session, large)) == ["accepted"]
    with pytest.raises(TooMuchSent):
        sent(office, session, large, till.note())
    many = [till.note() for _ in range(MOST_EVENTS)]
    with pytest.raises(TooMuchSent):
        sent(office, session, many[0], *many)
    assert sent(office, session, *many).durable_through == 1, "the second was never sent"
    assert len(kept(office, till.id)) == 1 + MOST_EVENTS


def test_nothing_is_said_of_nothing(office, till):
    answers = sent(office, till.begin(office))
    assert (answers.answers, answers.durable_through) == ((), 0)


@settings(max_examples=12)
@given(data=st.data())
def test_however_often_and_in_whatever_order_batches_come_all_is_there_once(office, data):
    tills = [TillAtWork().join(office) for _ in range(2)]
    for till in tills:
        for _ in range(data.draw(st.integers(1, 6))):
            data.draw(st.sampled_from([till.note, till.sell]))()
    batches: list[tuple[TillAtWork, list[Event]]] = []
    for till in tills:
        cuts = data.draw(st.lists(st.integers(0, len(till.events)), max_size=3))
        edges = sorted({0, *cuts, len(till.events)})
        batches += [(till, till.events[a:b]) for a, b in pairwise(edges)]
    again = data.draw(st.lists(st.sampled_from(batches), max_size=4))
    sessions = {till.id: till.begin(office) for till in tills}
    answers = []
    for till, events in data.draw(st.permutations(batches + again)):
        answers += said(sent(office, sessions[till.id], *events))
    assert answers.count("accepted") == sum(len(till.events) for till in tills)
    assert set(answers) <= {"accepted", "duplicate"}
    for till in tills:
        assert kept(office, till.id) == till.events
        assert sent(office, sessions[till.id]).durable_through == len(till.events)
        assert cases(office, till) == []


def test_tills_that_send_at_once_and_each_batch_twice_lose_nothing(office):
    tills = [TillAtWork().join(office) for _ in range(3)]
    for till in tills:
        for _ in range(12):
            till.note()

    def send(at: int) -> list[str]:
        till, session = tills[at // 2], sessions[at // 2]
        batches = [till.events[first : first + 3] for first in range(0, 12, 3)]
        return [word for batch in batches for word in said(sent(office, session, *batch))]

    sessions = [till.begin(office) for till in tills]
    with ThreadPoolExecutor(6) as threads:
        answers = [word for words in threads.map(send, range(6)) for word in words]
    assert sorted(answers) == ["accepted"] * 36 + ["duplicate"] * 36
    for till, session in zip(tills, sessions, strict=True):
        assert kept(office, till.id) == till.events
        assert sent(office, session).durable_through == 12


def test_a_push_spells_its_events_as_they_are(till):
    event, private = till.join_member()
    (told,) = push_of(event).events
    assert told.data.encode() == event.data
    assert isinstance(private, Private)
