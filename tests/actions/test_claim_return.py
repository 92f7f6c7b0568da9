"""退自己的单 in a chain: the till that sold it asks too, and goes on where nobody answers."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from core.actions.claim_ahead import asks_ahead, claim_ahead
from core.actions.enrol_till import revoke
from core.actions.exchange import begin_exchange, tendered
from core.actions.head_office import open_cases
from core.actions.return_elsewhere import claim_return, claim_void, give_up_claims
from core.actions.return_sale import preview_return, return_sale
from core.actions.void import void_sale
from core.errors import AskedElsewhere, LineElsewhere, SaleIsVoid, SaleReturned, TooMuchReturned
from core.ports import StoredSale
from core.ports.central import Uplink
from core.shop import Shop
from core.sync.together import CLAIMED_US, ClaimStatus, claim_of_void
from core.trust.staff import Staff
from storage.signatures import Ed25519
from tests.actions.test_return_elsewhere import (
    MISTAKE,
    TOO_MANY,
    fetched,
    pulled,
    refused,
    returned,
    token,
    told,
)
from tests.actions.test_return_elsewhere import line as line
from tests.actions.test_return_elsewhere import other as other
from tests.actions.test_return_elsewhere import second_till as second_till
from tests.actions.test_settle import CALCIUM, VITAMIN, scanned, settled
from tests.builders import PIN, GoingOn, manager_of, obeyed
from tests.chained import PROGRAM, Line
from ui.console.till import ConsoleTill
from ui.devices.paper import PaperDesk
from ui.devices.printer import FilePrinter


def asked(shop: Shop, line: Line, sale: StoredSale, chosen: dict[int, int]) -> dict[str, Any]:
    """A till asks for what it sold itself; what it returns it by."""
    ways = {"return_id": shop.new_id(), "explanation": TOO_MANY, "staff": manager_of(shop)}
    claim_return(shop, line, token(shop, line), sale.sale_id, chosen, **ways)
    return ways


def claims_of(shop: Shop) -> list[UUID]:
    """What a till asked for that nothing came of yet."""
    with shop.store.read() as reading:
        return [each.id for each in reading.elsewhere.claims()]


def left_at(shop: Shop, line: Line, sale: StoredSale) -> list[int]:
    """What of each line could come back there, as it is told now."""
    fetched(shop, line, sale.no)
    lines = preview_return(shop, sale.no, staff=manager_of(shop)).lines
    return [each.left_milli for each in lines]


def test_who_sold_it_asks_too_and_takes_back_nothing_that_another_till_is_about_to(
    shop: Shop, staff: Staff, line: Line, other: Shop
) -> None:
    sale = settled(shop, staff, VITAMIN, CALCIUM).sale
    told(shop, line)
    fetched(other, line, sale.no)
    returned(other, line, sale, {1: 1000})
    with pytest.raises(LineElsewhere) as error:
        asked(shop, line, sale, {1: 1000, 2: 1000})
    assert (error.value.line_no, error.value.left_milli) == (1, 0)
    left = [each.left_milli for each in preview_return(shop, sale.no, staff=staff).lines]
    assert left == [0, 1000], "it knows at once what is left"
    ways = asked(shop, line, sale, {2: 1000})
    with refused(LineElsewhere):
        returned(other, line, sale, {2: 1000})
    assert left_at(other, line, sale) == [0, 0]
    return_sale(shop, sale.sale_id, {2: 1000}, **ways)
    for till in (shop, other):
        told(till, line)
        with till.store.read() as reading:
            assert reading.elsewhere.claims() == ()
    assert open_cases(line.office) == ()


def test_what_another_till_may_have_claimed_stays_where_it_was_sold(
    shop: Shop, staff: Staff, line: Line, other: Shop
) -> None:
    """Its answer is lost: nobody but the server knows that it was heard."""
    sale = settled(shop, staff, VITAMIN).sale
    told(shop, line)
    fetched(other, line, sale.no)
    line.faults = ["", "answer"]
    with refused(AskedElsewhere):
        returned(other, line, sale, {1: 1000})
    with refused(LineElsewhere):
        asked(shop, line, sale, {1: 1000})


@pytest.mark.parametrize("fault", ["request", "answer"])
def test_who_sold_it_takes_it_back_without_an_answer_too(
    shop: Shop, staff: Staff, line: Line, other: Shop, fault: str
) -> None:
    sale = settled(shop, staff, VITAMIN, CALCIUM).sale
    told(shop, line)
    fetched(other, line, sale.no)
    line.faults = ["", fault]
    ways = asked(shop, line, sale, {1: 1000})
    return_sale(shop, sale.sale_id, {1: 1000}, **ways)
    told(shop, line)
    assert left_at(other, line, sale) == [0, 1000]
    returned(other, line, sale, {2: 1000})
    told(other, line)
    assert open_cases(line.office) == ()


def test_what_the_server_has_not_heard_of_no_other_till_takes_back(
    shop: Shop, staff: Staff, line: Line
) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    ways = asked(shop, line, sale, {1: 1000})
    with refused(TooMuchReturned):
        asked(shop, line, sale, {1: 2000})
    return_sale(shop, sale.sale_id, {1: 1000}, **ways)
    claim_return(shop, line, "nobody", sale.sale_id, {1: 1000}, **ways)
    with shop.store.read() as reading:
        assert reading.elsewhere.claims() == (), "what is back is not asked for"


def void_asked(shop: Shop, line: Line, sale: StoredSale) -> dict[str, Any]:
    """A till asks for the whole of what it sold; what it voids it by."""
    ways = {"explanation": MISTAKE, "staff": manager_of(shop)}
    claim_void(shop, line, token(shop, line), sale.sale_id, **ways)
    return ways


def test_what_is_about_to_be_void_comes_back_nowhere_else(
    shop: Shop, staff: Staff, line: Line, other: Shop
) -> None:
    sale = settled(shop, staff, VITAMIN, CALCIUM).sale
    told(shop, line)
    fetched(other, line, sale.no)
    ways = void_asked(shop, line, sale)
    with refused(LineElsewhere):
        returned(other, line, sale, {1: 1000})
    ways = void_asked(shop, line, sale)
    void_sale(shop, sale.sale_id, **ways)
    void_asked(shop, line, sale)
    with shop.store.read() as reading:
        assert reading.elsewhere.claims() == (), "what is void is not asked for"
    told(shop, line)
    with line.office.store.read() as look:
        claim = look.claims.get(claim_of_void(sale.sale_id))
    assert claim is not None
    assert claim.status is ClaimStatus.USED
    fetched(other, line, sale.no)
    with refused(SaleIsVoid):
        returned(other, line, sale, {1: 1000})
    assert open_cases(line.office) == ()


def test_what_another_till_is_about_to_take_back_is_not_void(
    shop: Shop, staff: Staff, line: Line, other: Shop
) -> None:
    """Nor does it say so by a line, of a sale that goes back whole."""
    sale = settled(shop, staff, VITAMIN, CALCIUM).sale
    told(shop, line)
    fetched(other, line, sale.no)
    line.faults = ["", "answer"]
    with refused(AskedElsewhere):
        returned(other, line, sale, {1: 1000})
    with refused(SaleReturned):
        void_asked(shop, line, sale)
    give_up_claims(other, line, token(other, line), of=claims_of(other)[0])
    pulled(shop, line)
    void_asked(shop, line, sale)


@pytest.mark.parametrize("fault", ["request", "answer"])
def test_a_sale_is_void_without_an_answer_too(
    shop: Shop, staff: Staff, line: Line, other: Shop, fault: str
) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    told(shop, line)
    line.faults = ["", fault]
    void_sale(shop, sale.sale_id, **void_asked(shop, line, sale))
    told(shop, line)
    fetched(other, line, sale.no)
    with refused(SaleIsVoid):
        returned(other, line, sale, {1: 1000})
    assert open_cases(line.office) == ()


def test_what_comes_back_in_exchange_is_asked_for_before_it_is_paid(
    shop: Shop, staff: Staff, line: Line, other: Shop
) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    told(shop, line)
    fetched(other, line, sale.no)
    ways = {"return_id": shop.new_id(), "explanation": TOO_MANY, "staff": staff}
    basket = scanned(shop, CALCIUM).basket
    basket = begin_exchange(shop, basket, sale.sale_id, {1: 1000}, **ways).basket
    clock = GoingOn(shop)
    shop = replace(shop, clock=clock)
    for _ in range(2):  # nobody came to pay for so long that it was given up
        assert asks_ahead(shop, basket)
        claim_ahead(shop, line, token(shop, line), basket)
        assert left_at(other, line, sale) == [0]
        assert give_up_claims(shop, line, token(shop, line)) == 0
        clock.ahead_us += CLAIMED_US + 1
        assert give_up_claims(shop, line, token(shop, line)) == 1
        assert left_at(other, line, sale) == [1000]
    returned(other, line, sale, {1: 1000})
    with refused(LineElsewhere):
        claim_ahead(shop, line, token(shop, line), basket)


@pytest.mark.parametrize("ahead_us", [-CLAIMED_US, 2 * CLAIMED_US])
def test_a_till_whose_clock_is_wrong_has_what_the_server_gave_it(
    shop: Shop, staff: Staff, line: Line, other: Shop, ahead_us: int
) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    told(shop, line)
    clock = GoingOn(other)
    clock.ahead_us = ahead_us
    wrong = replace(other, clock=clock)
    fetched(wrong, line, sale.no)
    returned(wrong, line, sale, {1: 1000})


def test_a_chain_that_does_not_want_this_till_keeps_it_from_nothing_of_its_own(
    shop: Shop, staff: Staff, line: Line, tmp_path: Path
) -> None:
    first, second = (settled(shop, staff, VITAMIN).sale for _ in range(2))
    told(shop, line)
    with shop.store.read() as reading:
        revoke(line.office, reading.till.id)
    with closing(PaperDesk(FilePrinter(tmp_path / "paper.bin"))) as paper:
        uplink = Uplink(lambda: line, Ed25519, PROGRAM)
        till = ConsoleTill(shop, paper, tmp_path / "receipts", lambda: uplink)
        obeyed(till, f"login {PIN}", f"return {first.no}", "yes too_many")
        obeyed(till, f"return {second.no}", "exchange too_many", f"scan {VITAMIN}", "pay cash 0")
    with shop.store.read() as reading:
        for sale in (first, second):
            assert reading.returns.came_back(sale.sale_id) == {1: 1000}


@pytest.mark.parametrize("left", [0, 1000])
def test_an_exchange_of_what_came_back_here_meanwhile_is_refused_by_what_is_left(
    shop: Shop, staff: Staff, line: Line, other: Shop, left: int
) -> None:
    """It was claimed and laid aside: whoever takes the sale back anew gives that claim up."""
    sale = settled(shop, staff, VITAMIN, VITAMIN).sale
    told(shop, line)
    shop = replace(shop, clock=GoingOn(shop))
    ways = {"return_id": shop.new_id(), "explanation": TOO_MANY, "staff": staff}
    basket = scanned(shop, CALCIUM).basket
    basket = begin_exchange(shop, basket, sale.sale_id, {1: 1000}, **ways).basket
    claim_ahead(shop, line, token(shop, line), basket)
    chosen = {1: 2000 - left}
    ways = asked(shop, line, sale, chosen)
    return_sale(shop, sale.sale_id, chosen, **ways)
    told(shop, line)
    claim_ahead(shop, line, token(shop, line), basket)
    if left:
        assert tendered(shop, basket, staff=staff).basket.exchange is not None
    else:
        with refused(TooMuchReturned):
            tendered(shop, basket, staff=staff)
        assert claims_of(shop) == []


def test_an_exchange_that_is_dropped_is_nobodys_any_more(
    shop: Shop, staff: Staff, line: Line, other: Shop, tmp_path: Path
) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    told(shop, line)
    with closing(PaperDesk(FilePrinter(tmp_path / "paper.bin"))) as paper:
        uplink = Uplink(lambda: line, Ed25519, PROGRAM)
        till = ConsoleTill(shop, paper, tmp_path / "receipts", lambda: uplink)
        obeyed(till, f"login {PIN}", f"return {sale.no}", "exchange too_many", f"scan {CALCIUM}")
        with shop.store.read() as reading:
            held = reading.baskets.open_one()
        assert held is not None
        claim_ahead(shop, line, token(shop, line), held)
        assert left_at(other, line, sale) == [0]
        obeyed(till, "drop-exchange")
    assert left_at(other, line, sale) == [1000]
    assert claims_of(shop) == []
