"""别台的退货, at the server: each line comes back at one till, on both databases."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from core.actions import read_sales
from core.actions.duties import AT_ONCE
from core.actions.feed import page_behind
from core.actions.head_office import open_cases
from core.actions.read_sales import RETURNED_TWICE
from core.actions.take_back_elsewhere import claim, find_sale, give_up
from core.errors import (
    ClaimDiffers,
    ClaimLate,
    LineElsewhere,
    NoSuchSale,
    SaleIsVoid,
    ServerBusy,
    SessionOver,
)
from core.sync.sold import sold_by
from core.sync.together import (
    CLAIMED_US,
    RETURNED,
    SILENT_US,
    ClaimStatus,
    LineBack,
    ReturnAsked,
    ReturnNotMade,
    back_of,
)
from tests.server.tills import TillAtWork, new_id, sent


class Sold:
    """A till that sold two of one thing and one of another, and another till."""

    def __init__(self, office, *, is_told=True):
        self.office = office
        self.here, self.there = TillAtWork().join(office), TillAtWork().join(office)
        self.no = f"S01-T{self.here.no}-000001"
        event = self.here.sell(no=self.no)
        self.id = sold_by(event).basket.sale_id
        if is_told:
            self.tell(self.here)

    def tell(self, till):
        sent(self.office, till.begin(self.office), *till.events)
        while read_sales.read_sales(self.office).is_more:
            pass

    def token(self, till):
        return till.begin(self.office).token

    def asked(self, *lines, ident=None):
        return ReturnAsked(ident or new_id(), self.id, tuple(LineBack(*line) for line in lines))

    def claim(self, till, *lines, ident=None):
        return claim(self.office, self.token(till), self.asked(*lines, ident=ident))

    def take_back(self, till, ident, *lines):
        body = {"return": ident, "sale": self.id, "points": 0, "transfer": None, "lots": []}
        body["lines"] = [[no, milli, 0, 0, 0, 0] for no, milli in lines]
        till.make("SaleReturned", body)
        self.tell(till)

    def cases(self):
        return [case.kind for case in open_cases(self.office)]


@pytest.fixture
def sold(office):
    return Sold(office)


def test_a_sale_is_told_as_its_till_hashed_it(office, sold):
    found = find_sale(office, sold.token(sold.there), sold.no)
    assert found.event.encode() == sold.here.events[0].data
    assert (found.id, found.till_no, found.store_name) == (sold.id, sold.here.no, "中山路店")
    with pytest.raises(NoSuchSale):
        find_sale(office, sold.token(sold.there), "S01-T1-999999")


def test_behind_very_much_that_is_unread_a_till_comes_again(office, sold, monkeypatch):
    monkeypatch.setattr(read_sales, "MOST_STEPS", 1)
    many = [sold.here.note() for _ in range(AT_ONCE + 1)]
    for at in range(0, len(many), AT_ONCE):
        sent(office, sold.here.begin(office), *many[at : at + AT_ONCE])
    with pytest.raises(ServerBusy):
        sold.claim(sold.there, (1, 1000))
    assert sold.claim(sold.there, (1, 1000)), "what was read meanwhile is not read again"


def test_who_has_no_session_has_nothing_read(office, sold):
    sold.here.note()
    sent(office, sold.here.begin(office), sold.here.events[-1])
    with office.store.read() as reading:
        place = reading.duties.get(read_sales.SOLD)
    with pytest.raises(SessionOver):
        find_sale(office, "nobody", sold.no)
    with office.store.read() as reading:
        assert reading.duties.get(read_sales.SOLD) == place


def test_what_one_till_has_claimed_the_others_have_not(office, sold):
    ident = new_id()
    made = sold.claim(sold.there, (1, 2000), ident=ident)
    assert made.until_us == office.clock.now_us() + CLAIMED_US
    assert sold.claim(sold.there, (1, 2000), ident=ident) == made, "said twice, done once"
    with pytest.raises(ClaimDiffers):
        sold.claim(sold.here, (1, 2000), ident=ident)
    with pytest.raises(LineElsewhere) as refused:
        sold.claim(sold.here, (2, 1000), (1, 1000))
    assert (refused.value.line_no, refused.value.left_milli) == (1, 0)
    sold.claim(sold.here, (2, 1000))
    sold.take_back(sold.there, ident, (1, 2000))
    found = find_sale(office, sold.token(sold.there), sold.no)
    assert back_of(found.parts) == {1: 2000, 2: 1000}
    assert [part.until_us > 0 for part in found.parts] == [False, True]


def test_what_is_given_up_others_have_and_comes_too_late_when_it_comes(office, sold):
    ident = new_id()
    sold.claim(sold.there, (1, 2000), ident=ident)
    token = sold.token(sold.there)
    assert give_up(office, token, ReturnNotMade(ident, sold.id)).status is ClaimStatus.VOIDED
    sold.claim(sold.here, (1, 2000))
    late = new_id()
    give_up(office, sold.token(sold.there), ReturnNotMade(late, sold.id))
    with pytest.raises(ClaimLate):
        sold.claim(sold.there, (2, 1000), ident=late)


def test_a_claim_ends_when_its_till_has_told_all_or_is_silent_for_a_week(office, sold):
    sold.claim(sold.there, (1, 2000))
    office.clock.us += CLAIMED_US + 1
    with pytest.raises(LineElsewhere):
        sold.claim(sold.here, (1, 2000))
    office.clock.us += 1
    sold.there.note()
    sold.token(sold.there)
    with pytest.raises(LineElsewhere):
        sold.claim(sold.here, (1, 1000))
    sold.tell(sold.there)
    sold.claim(sold.here, (1, 1000))
    sold.claim(sold.there, (2, 1000))
    office.clock.us += CLAIMED_US + SILENT_US
    with pytest.raises(LineElsewhere):
        sold.claim(sold.here, (2, 1000))
    office.clock.us += 1
    sold.claim(sold.here, (2, 1000))


def test_who_asks_again_after_their_time_has_what_others_left(office, sold):
    ident = new_id()
    sold.claim(sold.there, (1, 2000), ident=ident)
    office.clock.us += CLAIMED_US + 1
    renewed = sold.claim(sold.there, (1, 2000), ident=ident)
    assert renewed.until_us == office.clock.now_us() + CLAIMED_US
    office.clock.us += CLAIMED_US + 2
    sold.token(sold.there)
    sold.claim(sold.here, (1, 1000))
    with pytest.raises(LineElsewhere):
        sold.claim(sold.there, (1, 2000), ident=ident)


def test_what_came_back_before_it_was_asked_for_is_not_claimed_as_well(office, sold):
    ident = new_id()
    sold.take_back(sold.here, ident, (1, 1000))
    late = sold.claim(sold.here, (1, 1000), ident=ident)
    assert late.status is ClaimStatus.USED
    sold.claim(sold.there, (1, 1000))


def test_what_is_asked_for_later_is_not_given_up_by_what_was_said_before(office, sold):
    ident, token = new_id(), sold.token(sold.there)

    def asked(at_us):
        return claim(office, token, replace(sold.asked((1, 2000), ident=ident), at_us=at_us))

    def given_up(at_us):
        return give_up(office, token, ReturnNotMade(ident, sold.id, at_us)).status

    assert asked(1).status is ClaimStatus.OPEN
    assert asked(3).status is ClaimStatus.OPEN
    assert given_up(1) is ClaimStatus.OPEN
    assert given_up(3) is ClaimStatus.VOIDED
    with pytest.raises(ClaimLate):
        asked(2)
    assert asked(4).status is ClaimStatus.OPEN
    assert given_up(0) is ClaimStatus.VOIDED, "by an older till, whatever came of it"


def test_how_long_it_lasts_is_told_whatever_the_clock_of_a_till_says(office, sold):
    ident = new_id()
    assert sold.claim(sold.there, (1, 2000), ident=ident).left_us == CLAIMED_US
    office.clock.us += 1000
    assert sold.claim(sold.there, (1, 2000), ident=ident).left_us == CLAIMED_US - 1000


def test_who_sold_it_is_told_what_others_did_and_not_what_it_did(office, sold):
    sold.claim(sold.there, (1, 1000))
    sold.take_back(sold.here, new_id(), (2, 1000))
    for till, known in ((sold.here, "[1]"), (sold.there, "[2]")):
        page = page_behind(office, sold.token(till), "")
        (change,) = (each for each in page.changes if each.topic == RETURNED)
        assert change.about == sold.id.hex
        assert str([part[2] for part in _parts(change)]) == known


def test_more_than_was_sold_is_a_case_whatever_comes_first(office, sold):
    sold.take_back(sold.here, new_id(), (1, 2000))
    sold.take_back(sold.there, new_id(), (1, 1000))
    assert sold.cases() == [RETURNED_TWICE]


def test_it_is_a_case_too_where_the_return_comes_before_its_sale(office):
    sold = Sold(office, is_told=False)
    sold.take_back(sold.there, new_id(), (1, 3000))
    assert sold.cases() == []
    sold.tell(sold.here)
    assert sold.cases() == [RETURNED_TWICE]


def test_a_sale_that_is_void_has_nothing_to_come_back(office, sold):
    sold.here.make(
        "SaleVoided", {"sale": sold.id, "points": 0, "transfer": None, "lots": [], "void": new_id()}
    )
    sold.tell(sold.here)
    with pytest.raises(SaleIsVoid):
        sold.claim(sold.there, (1, 1000))


def _parts(change):
    return msgspec.json.decode(change.value)["parts"]
