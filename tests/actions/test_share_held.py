"""同店挂单: what one till holds the other sees and takes up, once; nothing of it is lost."""

from __future__ import annotations

import pytest

from core.actions.counter import new_basket
from core.actions.hold import held_baskets, hold, recall
from core.actions.settle import settle
from core.actions.share_held import recall_taken, share_held, take_held
from core.actions.sync import leave_chain
from core.errors import HeldAsksLine, HeldTaken, NoSuchHeld
from core.pricing.tender import Tender, TenderKind
from core.shop import Shop
from core.sync.held import TAKEN_US
from core.trust.staff import Staff
from tests.actions.test_return_elsewhere import line as line
from tests.actions.test_return_elsewhere import other as other
from tests.actions.test_return_elsewhere import second_till as second_till
from tests.actions.test_return_elsewhere import token
from tests.actions.test_settle import CALCIUM, NORMAL, VITAMIN, paid, scanned
from tests.builders import later, manager_of
from tests.chained import Crash, Line

Held = tuple[str, int, int]


def there(shop: Shop, line: Line) -> list[Held]:
    """What a till is told that others hold."""
    said = share_held(shop, line, token(shop, line)).there
    return [(each.called, each.lines, each.payable_fen) for each in said]


def takes(shop: Shop, line: Line, name: str = "红衣"):
    """The till takes the first one up; the counter with it."""
    session = token(shop, line)
    found = next(e for e in share_held(shop, line, session).there if e.called == name)
    taken = take_held(shop, line, session, found.id, staff=manager_of(shop))
    assert taken is not None
    return recall_taken(shop, new_basket(shop).basket, taken, staff=manager_of(shop))


@pytest.fixture
def held(shop: Shop, staff: Staff, line: Line) -> int:
    """What 红衣 comes to, which lies at the first till."""
    counter = scanned(shop, NORMAL, VITAMIN, CALCIUM)
    hold(shop, counter.basket, staff=staff, name="红衣")
    share_held(shop, line, token(shop, line))
    return counter.quote.payable_fen


def test_its_own_till_takes_it_up_before_it_says_so_and_nobody_else_does(
    shop: Shop, staff: Staff, line: Line, other: Shop, held: int
) -> None:
    (own,) = held_baskets(shop)
    assert take_held(shop, line, token(shop, line), own.sale_id, staff=staff) is None
    assert there(other, line) == [], "between the asking and what it tells next"
    with pytest.raises(HeldTaken):
        take_held(other, line, token(other, line), own.sale_id, staff=manager_of(other))
    assert share_held(shop, line, token(shop, line)).away == ()
    assert there(other, line) == [("红衣", 2, held)], "it lies there still: nothing came of it"


def test_it_is_seen_taken_and_sold_and_lies_nowhere_then(
    shop: Shop, staff: Staff, line: Line, other: Shop, held: int
) -> None:
    assert there(other, line) == [("红衣", 2, held)]
    assert there(shop, line) == [], "its own are no others'"
    counter = takes(other, line)
    assert [each.product.code for each in counter.basket.lines] == [VITAMIN, CALCIUM]
    assert there(other, line) == []
    share_held(shop, line, token(shop, line))
    assert held_baskets(shop) == ()
    mine = shop.store.read
    with mine() as reading:
        (own,) = reading.baskets.held()
    with pytest.raises(HeldTaken) as refused:
        recall(shop, None, own.sale_id, staff=staff)
    assert refused.value.till_no == 2
    with pytest.raises(HeldTaken):
        take_held(shop, line, token(shop, line), own.sale_id, staff=staff)
    ready = paid(other, counter)
    settle(other, ready.basket, shown=ready.quote.hash, staff=manager_of(other))
    assert ready.basket.sale_id != own.sale_id
    share_held(other, line, token(other, line))
    share_held(shop, line, token(shop, line))
    with mine() as reading:
        assert reading.baskets.held() == ()


def test_what_is_sold_is_gone_though_the_clock_of_its_till_stands(
    shop: Shop, line: Line, other: Shop, held: int
) -> None:
    """As it does that was put back: what is told last counts all the same."""
    still = later(other, 0)
    ready = paid(still, takes(still, line))
    settle(still, ready.basket, shown=ready.quote.hash, staff=manager_of(still))
    assert there(still, line) == []
    assert there(still, line) == [], "told as sold once, it is told no more"
    share_held(shop, line, token(shop, line))
    assert held_baskets(shop) == ()


@pytest.mark.parametrize("fault", ["answer", "crash", "request"])
def test_what_was_taken_and_never_sold_comes_back(
    shop: Shop, staff: Staff, line: Line, other: Shop, held: int, fault: str
) -> None:
    session = token(other, line)
    (found,) = share_held(other, line, session).there
    line.faults = [fault]
    with pytest.raises(Crash if fault == "crash" else HeldAsksLine):  # type: ignore[arg-type]
        take_held(other, line, session, found.id, staff=manager_of(other))
    late = later(other, 10)
    assert [each.id for each in share_held(late, line, token(other, line)).there] == [found.id]
    share_held(shop, line, token(shop, line))
    assert [each.name for each in held_baskets(shop)] == ["红衣"]
    recall(shop, None, found.id, staff=staff)


def test_what_is_taken_and_held_again_lies_at_the_other(
    shop: Shop, line: Line, other: Shop, held: int
) -> None:
    hold(other, takes(other, line).basket, staff=manager_of(other), name="红衣")
    share_held(other, line, token(other, line))
    dearer = held + 200  # the member is not known there, and is asked for again
    assert there(shop, line) == [("红衣", 2, dearer)]
    assert held_baskets(shop) == ()


def test_money_stays_with_its_basket_and_so_does_the_basket(
    shop: Shop, staff: Staff, line: Line, other: Shop
) -> None:
    counter = paid(shop, scanned(shop, VITAMIN), Tender(TenderKind.WECHAT, 1000))
    hold(shop, counter.basket, staff=staff)
    share_held(shop, line, token(shop, line))
    assert there(other, line) == []


def test_a_till_that_dies_with_it_gives_it_back_in_time(
    shop: Shop, line: Line, other: Shop, held: int
) -> None:
    takes(other, line)
    with line.office.store.write() as tx:
        (row,) = tx.held.of_store("S01")
        assert row.is_taken(row.until_us)
        assert not row.is_taken(row.until_us + 1)
        assert row.until_us - line.office.clock.now_us() <= TAKEN_US
    with pytest.raises(NoSuchHeld):
        take_held(other, line, token(other, line), other.new_id(), staff=manager_of(other))


def test_what_another_till_had_taken_is_its_own_again_when_the_chain_is_left(
    shop: Shop, line: Line, other: Shop, held: int
) -> None:
    takes(other, line)
    share_held(shop, line, token(shop, line))
    assert held_baskets(shop) == ()
    leave_chain(shop, staff=manager_of(shop))
    (own,) = held_baskets(shop)
    assert recall(shop, None, own.sale_id, staff=manager_of(shop)).quote.payable_fen == held
    leave_chain(other, staff=manager_of(other))
    with other.store.read() as reading:
        assert reading.held_away.taken() == ()
