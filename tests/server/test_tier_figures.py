"""等级依据, of the chain: what each member bought at any till, less what came back."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from core.actions.enrol_till import enrol, make_enrolment, name_store
from core.actions.feed import page_behind
from core.actions.read_events import read_events
from core.ports.office import Arrived
from core.sync.directory import MEMBER, MemberTold, SaleCounted
from tests.server.arrival import read_all
from tests.server.speech import joins, merges, takes_back
from tests.server.tills import NOW_US, TODAY, TillAtWork, new_id, sent

SINCE = date(2026, 1, 1)


def sells(till, member, fen, *, points=0):
    """A sale of so much money; its id."""
    sale = new_id()
    body = {"basket": {"sale_id": sale.hex, "member_id": member.hex}, "points": points}
    till.make("SaleSettled", body | {"spend_fen": fen, "payable_fen": fen + 5})
    return sale


def returns(till, member, sale, fen):
    body = {"return": new_id(), "sale": sale, "member": member, "points": 0, "transfer": None}
    more = {"lots": [], "lines": [], "spend_fen": fen, "back": [["cash", fen]], "withheld_fen": 0}
    till.make("SaleReturned", body | more)


def fold(office, events):
    came = [Arrived(no, NOW_US, event) for no, event in enumerate(events, 1)]
    with office.store.write() as tx:
        read_events(office, came)(tx)


def counted(office, member, since=SINCE):
    """Money, all of it, and points of each sale that counts still."""
    with office.store.read() as reading:
        root = reading.members.get(member).id
        sales = reading.tier_figures.of([root], since).get(root, ())
    return sorted((each.spend_fen, each.payable_fen, each.points) for each in sales)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_it_is_the_same_in_whatever_order_tills_tell(office, order):
    one, two = TillAtWork(1), TillAtWork(2)
    member = joins(one)
    kept, whole = sells(one, member, 300), sells(one, member, 50, points=4)
    sells(two, member, 20, points=2)
    returns(two, member, kept, 100)
    takes_back(one, member, whole, 4, [])
    tills = (one, two)
    for _ in range(2):
        for no in order:
            fold(office, tills[no].events)
    assert counted(office, member) == [(20, 25, 2), (200, 205, 0)]
    assert counted(office, member, TODAY.replace(year=2027)) == []


def test_who_was_merged_has_both(office):
    till = TillAtWork(1)
    one, two = joins(till), joins(till)
    sells(till, one, 30)
    sells(till, two, 40)
    merges(till, one, two)
    fold(office, till.events)
    assert counted(office, two) == [(30, 35, 0), (40, 45, 0)]


def test_tills_of_their_own_store_are_told_and_no_others(office):
    till = TillAtWork().join(office)
    member = joins(till)
    sale = sells(till, member, 30, points=3)
    sent(office, till.begin(office), *till.events)
    read_all(office)
    name_store(office, "S02", "北京路店")
    other = TillAtWork(1)
    enrol(office, make_enrolment(office, "S02", 1), other.enrolment(store_code="S02"))
    told = []
    for asks in (till, other):
        page = page_behind(office, asks.begin(office).token, "")
        (change,) = [each for each in page.changes if each.topic == MEMBER]
        told.append(msgspec.json.decode(change.value, type=MemberTold).counted)
    assert told == [(SaleCounted(sale, TODAY, 30, 35, 3),), ()]
