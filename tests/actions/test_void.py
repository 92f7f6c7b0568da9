"""作废: everything of a sale goes back, once, on the day it was sold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.actions.day import close_day, open_day
from core.actions.deeds import correct_points
from core.actions.merge_members import merge_members
from core.actions.reprint import last_sale, reprint
from core.actions.return_sale import preview_return
from core.actions.settle import settle
from core.actions.shift import change_shift, takings_now
from core.actions.void import preview_void, sales_of_today, void_sale
from core.errors import (
    DayNotOpen,
    NoSuchSale,
    NotAllowed,
    NothingSold,
    ReasonNeeded,
    SaleNotOfToday,
)
from core.pricing.tender import Tender, TenderKind
from core.rulebook.returns import ReturnPolicy
from core.sales.explanation import CounterReason, Explanation
from core.sales.receipt import FigureLine, VoidLine
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from storage.verify import verify
from tests.actions.test_return import with_policy
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
from tests.builders import Home, file_of, manager_of

MISTAKE = Explanation(CounterReason.WRONG_PRODUCT)


def test_money_points_tier_and_spend_are_as_before(shop: Shop, staff: Staff) -> None:
    before, takings = file_of(shop, NORMAL), takings_now(shop, staff=staff)
    sale = settled(shop, staff, NORMAL, OXYGEN).sale
    assert file_of(shop, NORMAL).member.tier == "silver"
    voided = void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    assert not voided.is_repeat
    assert file_of(shop, NORMAL) == before
    after = takings_now(shop, staff=staff)
    assert after.expected_fen == takings.expected_fen
    assert after.of_day.tenders == takings.of_day.tenders
    assert (after.of_day.sales, after.of_day.voids) == (1, 1)
    assert after.of_day.sold_fen == after.of_day.voided_fen


def test_the_points_come_out_of_the_sales_own_lot(shop: Shop, staff: Staff) -> None:
    settled(shop, staff, GOLD, CALCIUM)
    sale = settled(shop, staff, GOLD, VITAMIN).sale
    void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    with shop.store.read() as reading:
        assert sale.member_id is not None
        left = reading.ledger.lots(sale.member_id)
        assert sale.sale_id not in {lot.sale_id for lot in left}
        assert sum(lot.left for lot in left) == reading.ledger.balance(sale.member_id)
    (fact,) = facts(shop, "SaleVoided")
    assert [amount for _, amount in fact["lots"]] == [sale.points_earned]


def test_what_expires_first_is_what_is_left_of_it(shop: Shop, staff: Staff) -> None:
    """A lot that was taken back whole no longer expires."""
    expiring = file_of(shop, NORMAL).expiring_points
    sale = settled(shop, staff, NORMAL, VITAMIN).sale
    void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    assert file_of(shop, NORMAL).expiring_points == expiring


def test_a_second_void_gives_nothing_back(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, GOLD, VITAMIN).sale
    first = void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    again = void_sale(shop, sale.sale_id, explanation=None, staff=staff)
    assert again.is_repeat
    assert again.receipt == first.receipt
    assert takings_now(shop, staff=staff).of_day.voids == 1
    close_day(shop, counted_fen=200_00, staff=staff)
    assert void_sale(shop, sale.sale_id, explanation=None, staff=staff).is_repeat


def test_it_goes_back_by_the_same_tenders(shop: Shop, staff: Staff) -> None:
    ready = paid(
        shop,
        scanned(shop, VITAMIN),
        Tender(TenderKind.WECHAT, 10_00),
        Tender(TenderKind.CASH, 50_00),
    )
    sale = settle(shop, ready.basket, shown=ready.quote.hash, staff=staff).sale
    shown = preview_void(shop, staff=staff)
    assert shown.back == (Tender(TenderKind.WECHAT, 10_00), Tender(TenderKind.CASH, 29_00))
    void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    now = takings_now(shop, staff=staff)
    assert now.of_day.tenders == ()
    assert now.expected_fen == 200_00


def test_the_preview_says_what_then_happens(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, NORMAL, OXYGEN).sale
    shown = preview_void(shop, sale.no, staff=staff)
    assert (shown.points_back, shown.tier_name, shown.fallen_to) == (
        sale.points_earned,
        "银卡",
        "普通",
    )
    void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    assert file_of(shop, NORMAL).points == shown.balance
    again = preview_void(shop, sale.no, staff=staff)
    assert again.sale.is_voided
    assert again.fallen_to is None


def test_an_upgrade_that_still_stands_stays(shop: Shop, staff: Staff) -> None:
    first = settled(shop, staff, NORMAL, VITAMIN).sale
    settled(shop, staff, NORMAL, OXYGEN)
    void_sale(shop, first.sale_id, explanation=MISTAKE, staff=staff)
    assert file_of(shop, NORMAL).member.tier == "silver"


def test_an_upgrade_falls_with_the_sale_that_made_up_its_figures(shop: Shop, staff: Staff) -> None:
    """The sale that is voided is not the one that brought the upgrade."""
    big = settled(shop, staff, NORMAL, OXYGEN).sale
    void_sale(shop, big.sale_id, explanation=MISTAKE, staff=staff)
    while file_of(shop, NORMAL).member.tier == "normal":
        last = settled(shop, staff, NORMAL, *([CALCIUM] * 14)).sale
    rows = sales_of_today(shop, staff=staff)
    first = next(row for row in reversed(rows) if not row.is_voided)
    assert first.no != last.no
    void_sale(shop, first.sale_id, explanation=MISTAKE, staff=staff)
    assert file_of(shop, NORMAL).member.tier == "normal"
    changes = facts(shop, "SaleVoided")[-1]
    assert (changes["tier_before"], changes["tier_after"]) == ("silver", "normal")


def test_the_shift_that_gives_the_money_back_answers_for_it(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    change_shift(shop, counted_fen=239_00, staff=staff, to=fang)
    void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    now = takings_now(shop, staff=staff)
    assert (now.of_shift.sales, now.of_shift.voids) == (0, 1)
    assert now.of_shift.tender("cash") == -39_00
    assert now.expected_fen == 200_00


def test_a_closed_day_is_not_voided_into(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    close_day(shop, counted_fen=239_00, staff=staff)
    with pytest.raises(DayNotOpen):
        void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    open_day(shop, float_fen=0, staff=staff)
    with pytest.raises(SaleNotOfToday) as refused:
        void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    assert refused.value.no == sale.no
    with pytest.raises(SaleNotOfToday):
        preview_void(shop, sale.no, staff=staff)


def test_what_was_never_sold_is_not_voided(shop: Shop, staff: Staff) -> None:
    with pytest.raises(NothingSold):
        preview_void(shop, staff=staff)
    with pytest.raises(NoSuchSale):
        preview_void(shop, "S01-T1-999999", staff=staff)
    with pytest.raises(NoSuchSale):
        void_sale(shop, shop.new_id(), explanation=MISTAKE, staff=staff)


def test_a_cashier_voids_with_a_managers_pin_and_a_reason(
    shop: Shop, staff: Staff, fang: Staff
) -> None:
    sale = settled(shop, fang, VITAMIN).sale
    with pytest.raises(NotAllowed):
        void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=fang)
    approval = Approval(Right.VOID_SALE, staff.no, shop.clock.now_us())
    for told in (None, Explanation(CounterReason.BANK), Explanation(CounterReason.OTHER)):
        with pytest.raises(ReasonNeeded):
            void_sale(shop, sale.sale_id, explanation=told, staff=fang, approval=approval)
    void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=fang, approval=approval)
    row = last_audit(shop)
    assert (row["what"], row["subject"]) == ("sale_voided", sale.no)
    assert row["detail"] == f"3900 wrong_product approved_by {staff.no}"


def test_a_reprint_of_a_voided_sale_says_so(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    assert VoidLine() in reprint(shop, staff=staff, sale_no=sale.no).lines
    last = last_sale(shop)
    assert last is not None
    assert last.is_voided


def test_the_list_of_today_is_newest_first_and_knows_what_is_void(shop: Shop, staff: Staff) -> None:
    first = settled(shop, staff, GOLD, VITAMIN).sale
    second = settled(shop, staff, CALCIUM).sale
    void_sale(shop, first.sale_id, explanation=MISTAKE, staff=staff)
    rows = sales_of_today(shop, staff=staff)
    assert [(row.no, row.is_voided) for row in rows] == [(second.no, False), (first.no, True)]
    assert [row.member_name for row in rows] == ["", "李小华"]
    assert rows[0].tenders == ("cash",)


def test_a_stranger_gets_the_money_back_and_nothing_else_changes(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    shown = preview_void(shop, staff=staff)
    assert (shown.file, shown.points_back, shown.fallen_to) == (None, 0, None)
    void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    assert facts(shop, "SaleVoided")[0]["transfer"] is None


def test_the_points_of_a_member_who_was_merged_come_from_whom_they_became(
    shop: Shop, staff: Staff
) -> None:
    sale = settled(shop, staff, NORMAL, VITAMIN).sale
    before = file_of(shop, GOLD)
    merge_members(shop, NORMAL, GOLD, staff=staff)
    assert preview_void(shop, staff=staff).balance == before.points
    void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    after = file_of(shop, GOLD)
    assert (after.points, after.spend_fen) == (before.points, before.spend_fen)
    assert after.member.tier == before.member.tier


def with_60_points_gone(shop: Shop, staff: Staff) -> None:
    """A sale of 68.00 that earned 68 points, of which 60 are gone, under the policy of money."""
    with_policy(shop, ReturnPolicy(shortfall="money", point_fen=5, per_points=1))
    settled(shop, staff, NORMAL, CALCIUM)
    member_id = file_of(shop, NORMAL).member.id
    correct_points(
        shop, member_id, -60, reason="多记了", correction_id=shop.new_id(), staff=manager_of(shop)
    )


def test_points_that_are_gone_are_held_back_from_the_money_as_a_return_does(
    shop: Shop, staff: Staff
) -> None:
    with_60_points_gone(shop, staff)
    back = preview_return(shop, None, {1: 1000}, staff=staff)
    shown = preview_void(shop, staff=staff)
    assert shown.back == back.back == (Tender(TenderKind.CASH, 65_00),)
    assert (shown.points_back, shown.balance) == (back.points_taken, back.balance) == (8, 0)
    done = void_sale(shop, shown.sale.sale_id, explanation=MISTAKE, staff=staff)
    assert FigureLine("withheld", 3_00) in done.receipt.lines
    assert FigureLine("back", 65_00) in done.receipt.lines
    assert file_of(shop, NORMAL).points == 0
    now = takings_now(shop, staff=staff)
    assert (now.of_day.taken_fen, now.of_day.tenders) == (3_00, (("cash", 3_00),))
    assert now.of_shift == now.of_day
    assert facts(shop, "SaleVoided")[0]["withheld_fen"] == 3_00
    assert list(verify(shop.store)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("what", "statement"),
    [
        ("withheld_differs", "UPDATE void_withheld SET amount_fen = 1"),
        ("withheld_differs", "DELETE FROM void_shortages"),
        ("taken_back_differ", "UPDATE void_shortages SET paid_points = 61"),
    ],
)
def test_who_changes_what_a_void_held_back_is_found(
    furnished: Home, tmp_path: Path, what: str, statement: str
) -> None:
    home = Home(Path(shutil.copytree(furnished.path, tmp_path / "home")))
    with home.shop() as shop:
        manager = manager_of(shop)
        with_60_points_gone(shop, manager)
        void_sale(shop, last_sale(shop).sale_id, explanation=MISTAKE, staff=manager)
        with shop.store.writer() as connection:  # type: ignore[attr-defined]
            for table in ("void_withheld", "void_shortages"):
                connection.execute(f"DROP TRIGGER {table}_no_update")
                connection.execute(f"DROP TRIGGER {table}_no_delete")
            connection.execute(statement)
        assert what in {finding.what for finding in verify(shop.store)}  # type: ignore[arg-type]
