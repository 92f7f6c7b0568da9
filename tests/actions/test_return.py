"""退货: lines of a sale come back in parts, by whoever may, and everything adds up after it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.actions.day import close_day, open_day
from core.actions.reprint import reprint
from core.actions.return_sale import (
    SaleReturned,
    preview_return,
    return_sale,
)
from core.actions.settle import settle
from core.actions.shift import change_shift, takings_now
from core.actions.void import void_sale
from core.errors import (
    DayNotOpen,
    NoSuchLine,
    NoSuchSale,
    NotAllowed,
    NothingSold,
    NothingToReturn,
    OnlyForQuality,
    ReasonNeeded,
    SaleIsVoid,
    TooMuchReturned,
)
from core.errors import SaleReturned as HasReturns
from core.ports import StoredSale
from core.pricing.tender import Tender, TenderKind
from core.rulebook.returns import ReturnPolicy
from core.sales.explanation import CounterReason, Explanation
from core.sales.receipt import CopyLine, Heading, ItemLine, ReturnInfo, ReturnLine
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from tests.actions.test_settle import (
    CALCIUM,
    GOLD,
    NORMAL,
    OXYGEN,
    VITAMIN,
    paid,
    scanned,
    settled,
)
from tests.actions.test_shift import facts, last_audit
from tests.builders import file_of, later

TOO_MANY = Explanation(CounterReason.TOO_MANY)
QUALITY = Explanation(CounterReason.QUALITY)
MISTAKE = Explanation(CounterReason.WRONG_PRODUCT)
COLD_POWDER = "6901234567823"
ATORVASTATIN = "6901234567830"
DAY_S = 86_400


def returned(
    shop: Shop,
    sale: StoredSale,
    chosen: dict[int, int],
    staff: Staff,
    *,
    told: Explanation | None = TOO_MANY,
    approval: Approval | None = None,
    has_receipt: bool = True,
) -> SaleReturned:
    return return_sale(
        shop,
        sale.sale_id,
        chosen,
        return_id=shop.new_id(),
        explanation=told,
        staff=staff,
        approval=approval,
        has_receipt=has_receipt,
    )


def with_policy(shop: Shop, policy: ReturnPolicy) -> None:
    with shop.store.write() as tx:
        book = tx.rulebooks.current()
        tx.rulebooks.add(replace(book, version=book.version + 1, returns=policy))


def test_all_of_it_in_parts_leaves_everything_as_before(shop: Shop, staff: Staff) -> None:
    before, takings = file_of(shop, NORMAL), takings_now(shop, staff=staff)
    sale = settled(shop, staff, NORMAL, OXYGEN, VITAMIN, VITAMIN, CALCIUM).sale
    assert file_of(shop, NORMAL).member.tier == "silver"
    returned(shop, sale, {2: 1000}, staff)
    assert file_of(shop, NORMAL).member.tier == "silver"
    returned(shop, sale, {1: 1000, 2: 500}, staff)
    assert file_of(shop, NORMAL).member.tier == "normal"
    returned(shop, sale, {2: 500, 3: 1000}, staff)
    assert file_of(shop, NORMAL) == before
    after = takings_now(shop, staff=staff)
    assert after.expected_fen == takings.expected_fen
    assert after.of_day.tenders == takings.of_day.tenders
    assert (after.of_day.sales, after.of_day.returns, after.of_day.saved_fen) == (1, 3, 0)
    assert after.of_day.sold_fen == after.of_day.returned_fen == sale.payable_fen


def test_the_preview_says_what_then_happens(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, NORMAL, OXYGEN, VITAMIN).sale
    shown = preview_return(shop, sale.no, {1: 1000}, staff=staff)
    assert shown.back == (Tender(TenderKind.CASH, 1_000_00),)
    assert (shown.refund.points, shown.tier_name, shown.fallen_to) == (1000, "银卡", "普通")
    assert shown.right is Right.RETURN_WITHIN_RULES
    made = returned(shop, sale, {1: 1000}, staff)
    assert (made.no, made.back_fen) == (f"{sale.no}-R1", 1_000_00)
    assert file_of(shop, NORMAL).points == shown.balance
    again = preview_return(shop, sale.no, staff=staff)
    assert [line.left_milli for line in again.lines] == [0, 1000]
    assert again.refund.lines == ()


def test_never_more_than_is_left(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, VITAMIN, VITAMIN).sale
    returned(shop, sale, {1: 1500}, staff)
    with pytest.raises(TooMuchReturned) as refused:
        returned(shop, sale, {1: 501}, staff)
    assert refused.value.left_milli == 500
    with pytest.raises(NoSuchLine):
        returned(shop, sale, {2: 1000}, staff)
    with pytest.raises(NothingToReturn):
        returned(shop, sale, {}, staff)
    assert returned(shop, sale, {1: 500}, staff).no == f"{sale.no}-R2"


def test_pressing_twice_returns_once(shop: Shop, staff: Staff) -> None:
    sale, return_id = settled(shop, staff, VITAMIN, VITAMIN).sale, shop.new_id()

    def press() -> SaleReturned:
        return return_sale(
            shop,
            sale.sale_id,
            {1: 1000},
            return_id=return_id,
            explanation=TOO_MANY,
            staff=staff,
        )

    first, second = press(), press()
    assert (first.is_repeat, second.is_repeat) == (False, True)
    assert second.receipt == first.receipt
    assert takings_now(shop, staff=staff).of_day.returns == 1


def test_money_goes_back_by_the_tenders_of_the_sale(shop: Shop, staff: Staff) -> None:
    ready = paid(
        shop,
        scanned(shop, VITAMIN, CALCIUM),
        Tender(TenderKind.WECHAT, 60_00),
        Tender(TenderKind.CASH, 50_00),
    )
    sale = settle(shop, ready.basket, shown=ready.quote.hash, staff=staff).sale
    returned(shop, sale, {1: 1000}, staff)
    now = takings_now(shop, staff=staff)
    assert now.of_day.tenders == (("cash", 47_00), ("wechat", 21_00))
    returned(shop, sale, {2: 1000}, staff)
    now = takings_now(shop, staff=staff)
    assert now.of_day.tenders == ()
    assert now.expected_fen == 200_00


def test_what_was_sold_yesterday_is_on_todays_shift(shop: Shop, staff: Staff, fang: Staff) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    close_day(shop, counted_fen=239_00, staff=staff)
    with pytest.raises(DayNotOpen):
        returned(shop, sale, {1: 1000}, staff)
    open_day(shop, float_fen=100_00, staff=staff)
    change_shift(shop, counted_fen=100_00, staff=staff, to=fang)
    returned(shop, sale, {1: 1000}, fang)
    now = takings_now(shop, staff=staff)
    assert (now.of_shift.sales, now.of_shift.returns, now.expected_fen) == (0, 1, 61_00)
    close_day(shop, counted_fen=61_00, staff=staff)


def test_void_and_return_exclude_each_other(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, VITAMIN, VITAMIN).sale
    returned(shop, sale, {1: 1000}, staff)
    with pytest.raises(HasReturns):
        void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    other = settled(shop, staff, VITAMIN).sale
    void_sale(shop, other.sale_id, explanation=MISTAKE, staff=staff)
    with pytest.raises(SaleIsVoid):
        preview_return(shop, other.no, staff=staff)
    with pytest.raises(SaleIsVoid):
        returned(shop, other, {1: 1000}, staff)


def test_what_was_never_sold_does_not_come_back(shop: Shop, staff: Staff) -> None:
    with pytest.raises(NothingSold):
        preview_return(shop, staff=staff)
    with pytest.raises(NoSuchSale):
        preview_return(shop, "S01-T1-000009", staff=staff)
    with pytest.raises(NoSuchSale):
        return_sale(
            shop,
            shop.new_id(),
            {1: 1000},
            return_id=shop.new_id(),
            explanation=TOO_MANY,
            staff=staff,
        )


def test_a_cashier_returns_within_the_days_and_beyond_them_with_a_manager(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    start = later(shop, 0)
    sale = settled(start, staff, VITAMIN, VITAMIN, VITAMIN).sale
    week = later(shop, 7 * DAY_S)
    returned(week, sale, {1: 1000}, fang)
    late = later(shop, 8 * DAY_S)
    with pytest.raises(NotAllowed) as refused:
        returned(late, sale, {1: 1000}, fang)
    assert refused.value.right == Right.RETURN_BEYOND_RULES
    approval = Approval(Right.RETURN_BEYOND_RULES, staff.no, late.clock.now_us())
    returned(late, sale, {1: 1000}, fang, approval=approval)
    row = last_audit(shop)
    assert (row["what"], row["subject"]) == ("sale_returned", f"{sale.no}-R2")
    assert row["detail"] == f"3900 too_many late approved_by {staff.no}"
    returned(late, sale, {1: 1000}, staff)


def test_without_the_receipt_a_manager_has_to_say_yes(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    sale = settled(shop, staff, VITAMIN, VITAMIN).sale
    with pytest.raises(NotAllowed):
        returned(shop, sale, {1: 1000}, fang, has_receipt=False)
    returned(shop, sale, {1: 1000}, staff, has_receipt=False)
    assert last_audit(shop)["detail"] == "3900 too_many no_receipt"
    with_policy(shop, ReturnPolicy(is_receipt_needed=False))
    returned(shop, sale, {1: 1000}, fang, has_receipt=False)


def test_medicines_come_back_for_quality_with_a_manager(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    sale = settled(shop, staff, COLD_POWDER, ATORVASTATIN, VITAMIN).sale
    shown = preview_return(shop, sale.no, {3: 1000}, staff=staff)
    assert (shown.restricted, shown.has_medicine) == ({1, 2}, False)
    for line in (1, 2):
        with pytest.raises(OnlyForQuality):
            returned(shop, sale, {line: 1000}, staff)
        with pytest.raises(OnlyForQuality):  # before somebody is asked to allow it
            returned(shop, sale, {line: 1000}, fang)
        with pytest.raises(NotAllowed):
            returned(shop, sale, {line: 1000}, fang, told=QUALITY)
    returned(shop, sale, {3: 1000}, fang)
    returned(shop, sale, {2: 1000}, staff, told=QUALITY)
    with_policy(shop, ReturnPolicy(is_medicine_restricted=False))
    returned(shop, sale, {1: 1000}, fang)


def test_a_return_needs_a_reason(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    for told in (None, MISTAKE, Explanation(CounterReason.OTHER)):
        with pytest.raises(ReasonNeeded):
            returned(shop, sale, {1: 1000}, staff, told=told)
    returned(shop, sale, {1: 1000}, staff, told=Explanation(CounterReason.OTHER, "尺寸不合"))


def test_the_paper_says_what_came_back_and_a_copy_says_so(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, GOLD, VITAMIN, VITAMIN, CALCIUM).sale
    made = returned(shop, sale, {1: 1000}, staff)
    assert made.receipt.no == f"{sale.no}-R1"
    assert ReturnLine() in made.receipt.lines
    (item,) = (line for line in made.receipt.lines if isinstance(line, ItemLine))
    assert (item.name, item.quantity_milli, item.payable_fen) == ("维生素C咀嚼片", 1000, 37_00)
    assert made.receipt.opens_drawer
    copy = reprint(shop, staff=staff, sale_no=made.no)
    assert isinstance(copy.lines[0], Heading) and copy.lines[0].is_copy
    assert copy.lines[1:] == (CopyLine(1), *made.receipt.lines[1:])
    assert not copy.opens_drawer
    assert not any(isinstance(line, ReturnInfo) for line in sale.receipt.lines)


def test_the_fact_holds_lines_money_points_and_lots(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, GOLD, CALCIUM, CALCIUM).sale
    returned(shop, sale, {1: 1000}, staff)
    (fact,) = facts(shop, "SaleReturned")
    assert fact["lines"] == [[1, 1000, 68_00, 64_60, 64_60, fact["points"]]]
    assert fact["back"] == [["cash", 64_60]]
    assert fact["sale"] == sale.sale_id.hex
    assert [amount for _, amount in fact["lots"]] == [fact["points_taken"]] == [fact["points"]]


def test_what_came_back_is_said_of_the_last_purchases(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, GOLD, VITAMIN, VITAMIN).sale
    returned(shop, sale, {1: 1000}, staff)
    with shop.store.read() as reading:
        assert sale.member_id is not None
        (bought,) = reading.purchases(sale.member_id, limit=5)
    assert (bought.quantity_milli, bought.returned_milli) == (2000, 1000)
