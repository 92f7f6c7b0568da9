"""一次券 in a chain: a code that one till issued is used once, whichever till it is used at."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.actions.claim_coupons import claim_coupons, codes_wanted, give_up_coupons
from core.actions.coupon_codes import issue_coupons
from core.actions.coupon_rounds import follow_coupons, round_codes
from core.actions.head_office import open_cases
from core.actions.hold import hold, keep_open, recall
from core.actions.read_sales import COUPON_TWICE
from core.actions.return_sale import return_sale
from core.actions.settle import Settled, settle
from core.actions.share_held import recall_taken, share_held, take_held
from core.actions.sync import leave_chain
from core.actions.void import void_sale
from core.actions.withdraw_coupons import withdraw_coupons
from core.errors import (
    CouponAsksLine,
    CouponElsewhere,
    CouponUsed,
    CouponWithdrawn,
    SessionOver,
)
from core.rulebook.offers import CouponOffer
from core.shop import Shop
from core.sync.together import CLAIMED_US
from core.trust.staff import Staff
from tests.actions.test_offer_uses import rules
from tests.actions.test_return_elsewhere import (
    MISTAKE,
    TOO_MANY,
    fetched,
    pulled,
    returned,
    token,
    told,
)
from tests.actions.test_return_elsewhere import line as line
from tests.actions.test_return_elsewhere import other as other
from tests.actions.test_return_elsewhere import second_till as second_till
from tests.actions.test_settle import CALCIUM, VITAMIN, paid, scanned
from tests.actions.test_store_sales import bare_pc as bare_pc
from tests.actions.test_store_sales import brought
from tests.actions.test_store_sales import pc as pc
from tests.builders import GoingOn, manager_of
from tests.chained import Line

FIVE = CouponOffer(id="five", name="五元券", off_fen=500, from_fen=1000)


@pytest.fixture
def code(shop: Shop, staff: Staff, line: Line, other: Shop) -> str:
    """Issued at one till, and known at both."""
    for till in (shop, other):
        rules(till, manager_of(till), FIVE)
    made = issue_coupons(shop, "five", 1, batch_id=shop.new_id(), staff=staff).batch.codes[0]
    told(shop, line)
    pulled(other, line)
    return made


def sells(shop: Shop, line: Line, code: str) -> Settled:
    """A vitamin with the code, which is asked for before it is paid."""
    ready = paid(shop, scanned(shop, VITAMIN, code))
    session = token(shop, line)
    claim_coupons(shop, line, session, ready.basket)
    return settle(shop, ready.basket, shown=ready.quote.hash, staff=manager_of(shop))


def cases(line: Line) -> list[str]:
    return [case.kind for case in open_cases(line.office)]


def test_a_basket_comes_without_a_code_that_its_new_till_has_not_heard_of(
    shop: Shop, staff: Staff, line: Line, other: Shop, code: str
) -> None:
    fresh = issue_coupons(shop, "five", 1, batch_id=shop.new_id(), staff=staff).batch.codes[0]
    for each in (code, fresh):
        held = scanned(shop, VITAMIN, each).basket
        hold(shop, held, staff=staff)
        share_held(shop, line, token(shop, line))
        session, by = token(other, line), manager_of(other)
        taken = take_held(other, line, session, held.sale_id, staff=by)
        assert taken is not None
        counter = recall_taken(other, None, taken, staff=by)
        assert [e.code for e in counter.basket.coupons] == ([code] if each == code else [])
        ready = paid(other, counter)
        claim_coupons(other, line, session, ready.basket)
        settle(other, ready.basket, shown=ready.quote.hash, staff=by)


def test_it_is_used_once_in_the_whole_chain(shop: Shop, line: Line, other: Shop, code: str) -> None:
    sale = sells(other, line, code).sale
    with pytest.raises(CouponElsewhere):
        sells(shop, line, code)
    told(other, line)
    with pytest.raises(CouponUsed) as refused:
        sells(shop, line, code)
    assert refused.value.no == sale.no
    void_sale(other, sale.sale_id, explanation=MISTAKE, staff=manager_of(other))
    told(other, line)
    again = sells(shop, line, code).sale
    told(shop, line)
    all_of_it = {"return_id": shop.new_id(), "explanation": TOO_MANY, "staff": manager_of(shop)}
    return_sale(shop, again.sale_id, {1: 1000}, **all_of_it)
    told(shop, line)
    sells(other, line, code)
    assert cases(line) == []


@pytest.mark.parametrize("is_last_here", [False, True])
def test_of_a_sale_that_came_back_whole_it_can_be_used_again_at_every_till(
    shop: Shop, staff: Staff, line: Line, other: Shop, code: str, *, is_last_here: bool
) -> None:
    ready = paid(shop, scanned(shop, VITAMIN, CALCIUM, code))
    sale = settle(shop, ready.basket, shown=ready.quote.hash, staff=staff).sale
    told(shop, line)
    fetched(other, line, sale.no)
    returned(other, line, sale, {1: 1000})
    told(other, line)
    pulled(shop, line)
    assert used_by(shop, code) == sale.no, "half of it stands"
    if is_last_here:
        ways = {"return_id": shop.new_id(), "explanation": TOO_MANY, "staff": staff}
        return_sale(shop, sale.sale_id, {2: 1000}, **ways)
        told(shop, line)
    else:
        returned(other, line, sale, {2: 1000})
        told(other, line)
    pulled(shop, line)
    pulled(shop, line)
    assert used_by(shop, code) == used_by(other, code) == ""
    sells(shop, line, code)
    assert cases(line) == []


def used_by(shop: Shop, code: str) -> str:
    """The sale that stands and has used it."""
    with shop.store.read() as reading:
        found = reading.coupon_codes.get(code)
    assert found is not None
    return found.used_by


@pytest.mark.parametrize("fault", ["request", "answer", "twice"])
def test_whatever_is_lost_of_the_asking_it_is_used_once(
    shop: Shop, line: Line, other: Shop, code: str, fault: str
) -> None:
    line.faults = ["", fault]
    sells(other, line, code)
    told(other, line)
    with pytest.raises(CouponUsed):
        sells(shop, line, code)
    assert give_up_coupons(other, line, token(other, line)) == 1
    assert cases(line) == []


def test_what_is_dropped_others_may_use(shop: Shop, line: Line, other: Shop, code: str) -> None:
    ready = paid(other, scanned(other, VITAMIN, code))
    claim_coupons(other, line, token(other, line), ready.basket)
    with pytest.raises(CouponElsewhere):
        sells(shop, line, code)
    assert give_up_coupons(other, line, token(other, line)) == 1
    sells(shop, line, code)


def test_who_asks_again_after_their_time_is_told_what_happened_meanwhile(
    shop: Shop, line: Line, other: Shop, code: str
) -> None:
    clock = GoingOn(shop)
    shop, other = replace(shop, clock=clock), replace(other, clock=clock)
    line.office = replace(line.office, clock=clock)
    ready = paid(other, scanned(other, VITAMIN, code))
    assert claim_coupons(other, line, token(other, line), ready.basket) == 1
    clock.ahead_us += CLAIMED_US + 1
    assert claim_coupons(other, line, token(other, line), ready.basket) == 1
    with pytest.raises(CouponElsewhere):
        sells(shop, line, code)
    clock.ahead_us += CLAIMED_US + 1
    told(other, line)
    sells(shop, line, code)
    with pytest.raises(CouponElsewhere):
        claim_coupons(other, line, token(other, line), ready.basket)
    told(shop, line)
    with pytest.raises(CouponUsed):
        claim_coupons(other, line, token(other, line), ready.basket)


@pytest.mark.parametrize("ahead_us", [-CLAIMED_US, 0, 2 * CLAIMED_US])
def test_a_till_has_it_for_as_long_as_the_server_says_whatever_its_clock_does(
    shop: Shop, line: Line, other: Shop, code: str, ahead_us: int
) -> None:
    clock = GoingOn(other)
    clock.ahead_us = ahead_us
    wrong = replace(other, clock=clock)
    ready = paid(wrong, scanned(wrong, VITAMIN, code))
    assert claim_coupons(wrong, line, token(wrong, line), ready.basket) == 1
    assert codes_wanted(wrong, ready.basket) == ()
    clock.ahead_us += CLAIMED_US
    assert codes_wanted(wrong, ready.basket) == (code,)


def test_what_is_said_twice_does_not_last_longer(
    shop: Shop, line: Line, other: Shop, code: str
) -> None:
    """The server goes by what was asked first, and a clock that is put back asks nothing anew."""
    clock = GoingOn(other)
    back = replace(other, clock=clock)
    ready = paid(other, scanned(other, VITAMIN, code))
    claim_coupons(other, line, token(other, line), ready.basket)
    line.office = replace(line.office, clock=(there := GoingOn(shop)))
    there.ahead_us, clock.ahead_us = CLAIMED_US // 2, -CLAIMED_US
    with other.store.write() as tx:
        tx.elsewhere.end_code_claim(code, ready.basket.sale_id)
    claim_coupons(back, line, token(other, line), ready.basket)
    with other.store.read() as reading:
        (claim,) = reading.elsewhere.code_claims()
    assert claim.until_us - claim.at_us < CLAIMED_US // 2


def test_a_basket_that_is_laid_aside_has_it_no_more_and_asks_again_when_it_is_taken_up(
    shop: Shop, line: Line, other: Shop, code: str
) -> None:
    ready, staff = scanned(other, VITAMIN, code), manager_of(other)
    keep_open(other, ready.basket)
    assert claim_coupons(other, line, token(other, line), ready.basket) == 1
    assert give_up_coupons(other, line, token(other, line)) == 0, "it stands at the counter"
    hold(other, ready.basket, staff=staff, name="红衣")
    assert give_up_coupons(other, line, token(other, line)) == 1
    here = scanned(shop, VITAMIN, code)
    assert claim_coupons(shop, line, token(shop, line), here.basket) == 1
    again = recall(other, None, ready.basket.sale_id, staff=staff)
    with pytest.raises(CouponElsewhere):
        claim_coupons(other, line, token(other, line), again.basket)
    assert give_up_coupons(shop, line, token(shop, line)) == 1
    assert claim_coupons(other, line, token(other, line), again.basket) == 1


def test_a_session_that_has_ended_gives_nothing_up(
    shop: Shop, line: Line, other: Shop, code: str
) -> None:
    ready = paid(other, scanned(other, VITAMIN, code))
    claim_coupons(other, line, token(other, line), ready.basket)
    with pytest.raises(SessionOver):
        give_up_coupons(other, line, "of yesterday")
    assert give_up_coupons(other, line, token(other, line)) == 1
    sells(shop, line, code)


def test_without_a_line_only_the_store_that_issued_it_uses_it_and_twice_is_a_case(
    shop: Shop, staff: Staff, line: Line, other: Shop, code: str
) -> None:
    ready = paid(other, scanned(other, VITAMIN, code))
    with other.store.write() as tx:
        tx.set_till(replace(tx.till, store_code="S02"))
    by = {"shown": ready.quote.hash, "staff": manager_of(other)}
    with pytest.raises(CouponAsksLine):
        settle(other, ready.basket, **by)
    with other.store.write() as tx:
        tx.set_till(replace(tx.till, store_code="S01"))
    settle(other, ready.basket, **by)
    here = paid(shop, scanned(shop, VITAMIN, code))
    settle(shop, here.basket, shown=here.quote.hash, staff=staff)
    told(shop, line)
    told(other, line)
    assert cases(line) == [COUPON_TWICE]


def test_two_tills_that_took_it_offline_used_one_code(
    shop: Shop, staff: Staff, line: Line, other: Shop, code: str, pc: Shop
) -> None:
    taken_fen = 0
    for till in (shop, other):
        ready = paid(till, scanned(till, VITAMIN, code))
        by = {"shown": ready.quote.hash, "staff": manager_of(till)}
        taken_fen += settle(till, ready.basket, **by).sale.payable_fen
        told(till, line)
    pulled(pc, line)
    brought(pc, line)
    boss = manager_of(pc)
    ((_, found),) = follow_coupons(pc, staff=boss).rounds
    assert (found.used, found.held + found.used) == (1, found.count)
    assert found.turnover_fen == taken_fen
    assert len(round_codes(pc, found.id, staff=boss)) == found.count


def test_what_one_till_withdraws_no_till_takes(
    shop: Shop, staff: Staff, line: Line, other: Shop, code: str
) -> None:
    withdraw_coupons(shop, code, staff=staff)
    told(shop, line)
    pulled(other, line)
    with pytest.raises(CouponWithdrawn):
        scanned(other, VITAMIN, code)


def test_whoever_left_the_chain_asks_nobody_for_a_code(line: Line, other: Shop, code: str) -> None:
    ready = paid(other, scanned(other, VITAMIN, code))
    claim_coupons(other, line, token(other, line), ready.basket)
    with other.store.write() as tx:
        tx.set_till(replace(tx.till, store_code="S02"))
    leave_chain(other, staff=manager_of(other))
    with other.store.read() as reading:
        assert reading.elsewhere.code_claims() == ()
    settle(other, ready.basket, shown=ready.quote.hash, staff=manager_of(other))
