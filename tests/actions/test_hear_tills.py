"""同店的机器: what a till hears of those beside it stays here, by the clock here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.actions.head_office import revoke_at
from core.actions.hear_tills import hear_tills
from core.actions.look_at_place import FRESH_US, Line, look_at_place
from core.actions.reserve import note_line
from core.actions.sync import begin, leave_chain, look_at_link
from core.errors import ServerStrange, SessionOver, TillRevoked
from core.ports.central import TillsHeard, Uplink
from core.shop import Shop
from core.sync.store_tills import StoreTills, TillThere
from core.trust.staff import Staff
from storage.signatures import Ed25519
from tests.chained import PROGRAM, an_office, join
from tests.chained import Line as Cable
from tests.server.tills import TillAtWork
from ui.here import here
from ui.link_state import LinkState
from ui.sender import Sender
from ui.tills_hearer import ROUND_US

HOUR_US = 3600 * 1_000_000


@pytest.fixture
def line(shop: Shop, tmp_path: Path) -> Iterator[Cable]:
    office = an_office(tmp_path, shop.clock)
    made = Cable(office)
    join(shop, made)
    yield made
    office.store.close()  # type: ignore[attr-defined]


def heard(shop: Shop) -> TillsHeard | None:
    with shop.store.read() as reading:
        return reading.links.tills()


def sender_of(shop: Shop, line: Cable) -> Sender:
    linked = look_at_link(shop)
    assert linked is not None
    state = LinkState(linked.chain_name, linked.url, linked.waiting)
    uplink = Uplink(lambda: line, Ed25519, PROGRAM)
    return Sender(shop, lambda: uplink, state, lambda _, told: None)


def turned(sender: Sender) -> None:
    """Until nothing waits, and once more: at first a snapshot is taken."""
    for _ in range(50):
        sender.turn()
        if not sender.state.waiting.count and sender._has_all:
            break
    sender.turn()


def test_who_sends_hears_by_itself_who_is_beside_it(
    shop: Shop, line: Cable, monkeypatch: pytest.MonkeyPatch
) -> None:
    TillAtWork(7).join(line.office)
    sender = sender_of(shop, line)
    turned(sender)
    kept = heard(shop)
    assert kept is not None
    assert [till.till_no for till in kept.told.tills] == [1, 7]
    TillAtWork(8).join(line.office)
    turned(sender)
    assert heard(shop) == kept, "it asked again before its time"
    later_us = shop.clock.steady_us() + ROUND_US
    monkeypatch.setattr(type(shop.clock), "steady_us", lambda _: later_us)
    turned(sender)
    kept = heard(shop)
    assert kept is not None
    assert [till.till_no for till in kept.told.tills] == [1, 7, 8]


def test_a_server_that_does_not_know_it_holds_up_nothing(
    shop: Shop, line: Cable, monkeypatch: pytest.MonkeyPatch
) -> None:
    say = line.say

    def older(url: str, token: str, place: str, *words: object) -> object:
        if place == "tills":
            raise ServerStrange("unread")
        return say(url, token, place, *words)

    monkeypatch.setattr(line, "say", older)
    sender = sender_of(shop, line)
    turned(sender)
    assert (sender.state.is_online, sender.state.error, heard(shop)) == (True, None, None)


def test_what_was_heard_goes_with_the_chain_and_is_not_kept_of_another(
    shop: Shop, line: Cable, staff: Staff
) -> None:
    session, _ = begin(shop, line, Ed25519(), program=PROGRAM)
    hear_tills(shop, line, session.token)
    assert heard(shop) is not None
    with pytest.raises(SessionOver):
        hear_tills(shop, line, "f" * 64)
    leave_chain(shop, staff=staff)
    assert heard(shop) is None
    assert look_at_place(shop).tills == ()


def test_times_are_told_by_the_clock_here(shop: Shop, line: Cable) -> None:
    """Head office is an hour ahead: whom it heard a minute ago was heard a minute ago."""
    now_us = shop.clock.now_us()
    there_us = now_us + HOUR_US
    minute_us = 60_000_000
    till = TillThere(2, "till", "shuke", there_us - HOUR_US, there_us - minute_us, None, 0, 3)
    gone = replace(till, revoked_us=there_us - minute_us)
    with shop.store.write() as tx:
        tx.links.keep_tills(TillsHeard(now_us, StoreTills("S01", "店", there_us, (till, gone))))
    found = look_at_place(shop)
    assert found.told_us == now_us
    assert [each.heard_us for each in found.tills] == [now_us - minute_us] * 2
    assert [each.revoked_us for each in found.tills] == [None, now_us - minute_us]
    assert found.tills[0].enrolled_us == now_us - HOUR_US


def test_the_line_is_open_broken_or_asked_by_nobody(shop: Shop, line: Cable) -> None:
    assert look_at_place(shop).line is Line.BROKEN, "it never was open"
    session, _ = begin(shop, line, Ed25519(), program=PROGRAM)
    note_line(shop, is_open=True)
    hear_tills(shop, line, session.token)
    assert look_at_place(shop).line is Line.OPEN
    kept = heard(shop)
    assert kept is not None
    with shop.store.write() as tx:
        tx.links.keep_tills(replace(kept, at_us=kept.at_us - FRESH_US))
    assert look_at_place(shop).line is Line.UNASKED
    note_line(shop, is_open=False)
    assert look_at_place(shop).line is Line.BROKEN


def test_that_head_office_put_it_out_is_kept_until_it_leaves(
    shop: Shop, line: Cable, staff: Staff
) -> None:
    session, _ = begin(shop, line, Ed25519(), program=PROGRAM)
    TillAtWork(7).join(line.office)
    hear_tills(shop, line, session.token)
    revoke_at(line.office, "S01", 1)
    for _ in range(2):
        with pytest.raises(TillRevoked):
            begin(shop, line, Ed25519(), program=PROGRAM)
    found = look_at_place(shop)
    assert found.line is Line.OUT
    assert [(each.till_no, each.revoked_us is None) for each in found.tills] == [
        (7, True),
        (1, False),
    ]
    assert here(shop).counts == "总部停用了这台，只算这台的销售"
    leave_chain(shop, staff=staff)
    assert (look_at_place(shop).line, here(shop).counts) == (Line.UNASKED, "")


def test_so_it_is_where_no_list_was_ever_told(shop: Shop, line: Cable) -> None:
    revoke_at(line.office, "S01", 1)
    with pytest.raises(TillRevoked):
        begin(shop, line, Ed25519(), program=PROGRAM)
    found = look_at_place(shop)
    assert found.line is Line.OUT
    assert [(each.till_no, each.is_here) for each in found.tills] == [(1, True)]
