"""一次券 in a chain: a code that one till issued is used once, whichever till it is used at."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.actions.claim_coupons import claim_coupons, give_up_coupons
from core.actions.coupon_codes import issue_coupons
from core.actions.head_office import open_cases
from core.actions.read_sales import COUPON_TWICE
from core.actions.return_sale import return_sale
from core.actions.settle import Settled, settle
from core.actions.void import void_sale
from core.actions.withdraw_coupons import withdraw_coupons
from core.errors import CouponAsksLine, CouponElsewhere, CouponUsed, CouponWithdrawn
from core.rulebook.offers import CouponOffer
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_offer_uses import rules
from tests.actions.test_return_elsewhere import MISTAKE, TOO_MANY, pulled, token, told
from tests.actions.test_return_elsewhere import line as line
from tests.actions.test_return_elsewhere import other as other
from tests.actions.test_return_elsewhere import second_till as second_till
from tests.actions.test_settle import VITAMIN, paid, scanned
from tests.builders import manager_of
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


def test_what_one_till_withdraws_no_till_takes(
    shop: Shop, staff: Staff, line: Line, other: Shop, code: str
) -> None:
    withdraw_coupons(shop, code, staff=staff)
    told(shop, line)
    pulled(other, line)
    with pytest.raises(CouponWithdrawn):
        scanned(other, VITAMIN, code)
