"""退别台的单: what one till sold another takes back, once, and the server reads the same of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.actions.counter import new_basket
from core.actions.day import open_day
from core.actions.exchange import begin_exchange
from core.actions.head_office import open_cases
from core.actions.login import login
from core.actions.pull import pull
from core.actions.read_sales import RETURNED_TWICE, read_sales
from core.actions.return_elsewhere import fetch_sale, give_up_claims, return_elsewhere
from core.actions.return_sale import SaleReturned, preview_return, return_sale
from core.actions.shift import takings_now
from core.actions.sync import begin
from core.actions.void import void_sale
from core.errors import (
    AskedElsewhere,
    ExchangeThere,
    LineElsewhere,
    NoSuchSale,
    SaleIsVoid,
    SessionOver,
    TooMuchReturned,
)
from core.errors import SaleReturned as HasReturns
from core.ports import StoredSale
from core.sales.explanation import CounterReason, Explanation
from core.shop import Shop
from core.sync.together import CLAIMED_US
from core.trust.staff import Staff
from storage.signatures import Ed25519
from tests.actions.test_settle import CALCIUM, NORMAL, VITAMIN, settled
from tests.builders import PIN, GoingOn, Home, file_of, later, manager_of
from tests.chained import PROGRAM, Crash, Line, an_office, join, send_all
from tests.server.arrival import read_all

TOO_MANY = Explanation(CounterReason.TOO_MANY)
MISTAKE = Explanation(CounterReason.WRONG_PRODUCT)


@pytest.fixture(scope="session")
def second_till(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Of the same store, with the same goods and no members; its day open."""
    home = Home(tmp_path_factory.mktemp("second") / "home")
    place = ("--store-code", "S01", "--store", "中山路店", "--till", "2")
    home.command("setup", *place, "--manager", "店长", "--pin", PIN)
    home.command("import", "products", "tests/stories/products.csv")
    with home.shop() as shop:
        open_day(shop, float_fen=500_00, staff=login(shop, PIN))
    return home


@pytest.fixture
def line(shop: Shop, tmp_path: Path) -> Iterator[Line]:
    """A line to a server whose chain the till has joined."""
    office = an_office(tmp_path, shop.clock)
    made = Line(office)
    join(shop, made)
    yield made
    office.store.close()  # type: ignore[attr-defined]


@pytest.fixture
def other(second_till: Home, tmp_path: Path, line: Line) -> Iterator[Shop]:
    """The other till, which has joined, too; afterwards everything must verify."""
    home = Home(Path(shutil.copytree(second_till.path, tmp_path / "second")))
    with home.shop() as opened:
        join(opened, line)
        yield opened
    assert home.findings() == []


def token(shop: Shop, line: Line) -> str:
    return begin(shop, line, Ed25519(), program=PROGRAM)[0].token


def told(shop: Shop, line: Line) -> None:
    """All that a till has is sent and read."""
    send_all(shop, line)
    read_all(line.office)
    while read_sales(line.office).is_more:
        pass


def pulled(shop: Shop, line: Line) -> None:
    session, _ = begin(shop, line, Ed25519(), program=PROGRAM)
    while not pull(shop, line, session).is_last:
        pass


def fetched(shop: Shop, line: Line, no: str) -> str:
    return fetch_sale(shop, line, token(shop, line), no, staff=manager_of(shop))


def returned(shop: Shop, line: Line, sale: StoredSale, chosen: dict[int, int]) -> SaleReturned:
    return return_elsewhere(
        shop,
        line,
        token(shop, line),
        sale.sale_id,
        chosen,
        return_id=shop.new_id(),
        explanation=TOO_MANY,
        staff=manager_of(shop),
    )


@contextmanager
def refused(kind: type[Exception]) -> Iterator[None]:
    with pytest.raises(kind):
        yield


def points(line: Line, shop: Shop) -> int:
    """What the member has in the whole chain."""
    with line.office.store.read() as look:
        found = look.members.get(file_of(shop, NORMAL).member.id)
        assert found is not None
        return look.accounts.balance(found.id).points


def test_it_comes_back_by_the_same_tenders_and_the_server_takes_the_points(
    shop: Shop, staff: Staff, line: Line, other: Shop
) -> None:
    told(shop, line)
    before = points(line, shop)
    sale = settled(shop, staff, NORMAL, VITAMIN, VITAMIN, CALCIUM).sale
    told(shop, line)
    assert points(line, shop) == before + sale.points_earned
    with refused(NoSuchSale):
        preview_return(other, sale.no, staff=manager_of(other))
    fetched(other, line, sale.no.lower())
    here = preview_return(shop, sale.no, {1: 1000, 2: 1000}, staff=staff)
    there = preview_return(other, sale.no, {1: 1000, 2: 1000}, staff=manager_of(other))
    assert (there.lines, there.refund, there.back) == (here.lines, here.refund, here.back)
    assert there.balance == here.balance
    cash = takings_now(other, staff=manager_of(other)).expected_fen
    first = returned(other, line, sale, {1: 1000, 2: 1000})
    fetched(other, line, sale.no)
    second = returned(other, line, sale, {1: 1000})
    assert first.back_fen + second.back_fen == sale.payable_fen
    assert (first.no, second.no) == (f"{sale.no}-R1", f"{sale.no}-R2")
    assert takings_now(other, staff=manager_of(other)).expected_fen == cash - sale.payable_fen
    told(other, line)
    assert points(line, shop) == before
    assert open_cases(line.office) == ()


def test_who_sold_it_hears_of_it_and_takes_nothing_back_twice(
    shop: Shop, staff: Staff, line: Line, other: Shop
) -> None:
    sale = settled(shop, staff, VITAMIN, VITAMIN, CALCIUM).sale
    told(shop, line)
    fetched(other, line, sale.no)
    returned(other, line, sale, {1: 1000})
    pulled(shop, line)
    ways = {"return_id": shop.new_id(), "explanation": TOO_MANY, "staff": staff}
    with refused(TooMuchReturned):
        return_sale(shop, sale.sale_id, {1: 2000}, **ways)
    with refused(HasReturns):
        void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    told(other, line)
    pulled(shop, line)
    made = return_sale(shop, sale.sale_id, {1: 1000, 2: 1000}, **ways)
    assert made.no == f"{sale.no}-R2", "each return of a sale has a number of its own"
    told(shop, line)
    assert open_cases(line.office) == ()
    fetched(other, line, sale.no)
    with refused(TooMuchReturned):
        returned(other, line, sale, {1: 1000})


def test_what_comes_back_at_both_without_a_line_is_a_case_and_nobody_is_refused(
    shop: Shop, staff: Staff, line: Line, other: Shop
) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    told(shop, line)
    fetched(other, line, sale.no)
    returned(other, line, sale, {1: 1000})
    ways = {"return_id": shop.new_id(), "explanation": TOO_MANY, "staff": staff}
    return_sale(shop, sale.sale_id, {1: 1000}, **ways)
    told(shop, line)
    told(other, line)
    cases = [case for case in open_cases(line.office) if case.kind == RETURNED_TWICE]
    assert [case.about for case in cases] == [sale.sale_id.hex]


def test_two_tills_never_have_the_same_line(
    shop: Shop, staff: Staff, line: Line, other: Shop
) -> None:
    sale = settled(shop, staff, VITAMIN, CALCIUM).sale
    told(shop, line)
    fetched(other, line, sale.no)
    # The other's answer is lost: what it claimed is its own until it gives that up.
    line.faults = ["", "answer"]
    with refused(AskedElsewhere):
        returned(other, line, sale, {1: 1000})
    pulled(shop, line)
    ways = {"return_id": shop.new_id(), "explanation": TOO_MANY, "staff": staff}
    with refused(TooMuchReturned):
        return_sale(shop, sale.sale_id, {1: 1000}, **ways)
    late = later(other, 10**9)
    with refused(SessionOver):
        give_up_claims(late, line, "of yesterday")
    assert give_up_claims(late, line, token(other, line)) == 1
    pulled(shop, line)
    return_sale(shop, sale.sale_id, {1: 1000}, **ways)
    told(shop, line)
    with refused(LineElsewhere):
        returned(other, line, sale, {1: 1000})
    seen = preview_return(other, sale.no, staff=manager_of(other)).lines
    assert [each.returned_milli for each in seen] == [1000, 0], "it was asked anew"


@pytest.mark.parametrize("fault", ["request", "answer"])
def test_who_asks_anew_is_not_stopped_by_what_this_till_asked_before(
    shop: Shop, staff: Staff, line: Line, other: Shop, fault: str
) -> None:
    sale = settled(shop, staff, VITAMIN, CALCIUM).sale
    told(shop, line)
    fetched(other, line, sale.no)
    line.faults = ["", fault]
    with refused(AskedElsewhere):
        returned(other, line, sale, {1: 1000})
    line.faults = ["", "request"]
    with refused(AskedElsewhere):
        returned(other, line, sale, {1: 1000})
    assert returned(other, line, sale, {1: 1000, 2: 1000}).no == f"{sale.no}-R1"
    told(other, line)
    pulled(shop, line)
    lines = preview_return(shop, sale.no, staff=staff).lines
    assert [each.returned_milli for each in lines] == [1000, 1000]
    assert open_cases(line.office) == ()


@pytest.mark.parametrize("fault", ["request", "answer", "crash", "twice"])
def test_whatever_is_lost_of_a_claim_it_comes_back_once(
    shop: Shop, staff: Staff, line: Line, other: Shop, fault: str
) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    told(shop, line)
    fetched(other, line, sale.no)
    return_id, session = other.new_id(), token(other, line)

    def again() -> SaleReturned:
        how = {"return_id": return_id, "explanation": TOO_MANY, "staff": manager_of(other)}
        return return_elsewhere(other, line, session, sale.sale_id, {1: 1000}, **how)

    line.faults = [fault]
    if fault != "twice":
        with refused(Crash if fault == "crash" else AskedElsewhere):  # type: ignore[arg-type]
            again()
    assert not again().is_repeat
    assert again().is_repeat
    told(other, line)
    assert open_cases(line.office) == ()


def test_without_a_line_another_tills_sale_stays_where_it_is(
    shop: Shop, staff: Staff, line: Line, other: Shop
) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    told(shop, line)
    session = token(other, line)
    line.faults = ["request"]
    with pytest.raises(AskedElsewhere):
        fetch_sale(other, line, session, sale.no, staff=manager_of(other))
    fetched(other, line, sale.no)
    ways = {"return_id": other.new_id(), "explanation": TOO_MANY, "staff": manager_of(other)}
    with pytest.raises(AskedElsewhere):
        return_sale(other, sale.sale_id, {1: 1000}, **ways)
    with pytest.raises(ExchangeThere):
        begin_exchange(other, new_basket(other).basket, sale.sale_id, {1: 1000}, **ways)
    with pytest.raises(NoSuchSale):
        fetched(other, line, "S01-T1-999999")


def test_what_is_void_does_not_come_back(shop: Shop, staff: Staff, line: Line, other: Shop) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    told(shop, line)
    fetched(other, line, sale.no)
    void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    told(shop, line)
    with pytest.raises(SaleIsVoid):
        returned(other, line, sale, {1: 1000})


def test_who_took_all_back_at_another_till_has_bought_nothing(
    shop: Shop, staff: Staff, line: Line, other: Shop
) -> None:
    """首单: what is only claimed there still stands."""
    sale = settled(shop, staff, NORMAL, VITAMIN, CALCIUM).sale
    told(shop, line)
    fetched(other, line, sale.no)
    returned(other, line, sale, {1: 1000})
    told(shop, line)
    line.faults = ["", "answer"]
    with refused(AskedElsewhere):
        returned(other, line, sale, {2: 1000})
    for stands in (True, False):
        told(other, line)
        pulled(shop, line)
        with shop.store.read() as reading:
            assert reading.offer_uses.has_bought(file_of(shop, NORMAL).member.id) is stands
        if stands:
            returned(other, line, sale, {2: 1000})


@pytest.mark.parametrize("ahead_us", [-2 * CLAIMED_US, 2 * CLAIMED_US])
def test_what_is_claimed_elsewhere_is_kept_for_as_long_whatever_the_clock_of_here_says(
    shop: Shop, staff: Staff, line: Line, other: Shop, ahead_us: int
) -> None:
    """Then who sold it takes it back, or voids it all, without a line too."""
    sale = settled(shop, staff, VITAMIN).sale
    told(shop, line)
    fetched(other, line, sale.no)
    line.faults = ["", "answer"]
    with refused(AskedElsewhere):
        returned(other, line, sale, {1: 1000})
    clock = GoingOn(shop)
    clock.ahead_us = ahead_us
    wrong = replace(shop, clock=clock)
    pulled(wrong, line)
    ways = {"explanation": MISTAKE, "staff": staff}
    with refused(TooMuchReturned):
        return_sale(wrong, sale.sale_id, {1: 1000}, return_id=shop.new_id(), **ways)
    with refused(HasReturns):
        void_sale(wrong, sale.sale_id, **ways)
    clock.ahead_us += CLAIMED_US
    void_sale(wrong, sale.sale_id, **ways)
