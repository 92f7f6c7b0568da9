"""退货与会员: points that are spent, and upgrades whose figures are gone."""

from __future__ import annotations

from datetime import date

from core.actions.day import close_day, open_day
from core.actions.merge_members import merge_members
from core.actions.return_sale import preview_return
from core.actions.shift import takings_now
from core.points.ledger import ISSUED, Account, AccountKind, Allocation, Cause, Transfer
from core.rulebook.returns import ReturnPolicy
from core.sales.receipt import FigureLine
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_return import DAY_S, file_of, returned, with_policy
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, OXYGEN, VITAMIN, settled
from tests.builders import later


def spend_points(shop: Shop, card: str, points: int) -> None:
    """Points that are gone when goods come back."""
    file = file_of(shop, card)
    with shop.store.write() as tx:
        account = Account(AccountKind.AVAILABLE, file.member.id)
        spent = Transfer(shop.new_id(), account, ISSUED, points, Cause.VOID, date(2026, 11, 24), 1)
        left, parts = points, []
        for lot in tx.ledger.lots(file.member.id):
            part = min(left, lot.left)
            parts.append(Allocation(spent.id, lot.id, part))
            left -= part
        tx.ledger.post(spent, allocations=tuple(part for part in parts if part.amount))


def lots_hold(shop: Shop, card: str) -> int:
    with shop.store.read() as reading:
        return sum(lot.left for lot in reading.ledger.lots(file_of(shop, card).member.id))


def test_points_that_are_spent_are_a_debt_that_the_next_earnings_fill(
    shop: Shop, staff: Staff
) -> None:
    sale = settled(shop, staff, NORMAL, CALCIUM).sale
    spend_points(shop, NORMAL, 60)
    shown = preview_return(shop, sale.no, {1: 1000}, staff=staff)
    assert (shown.shortage.points, shown.balance, shown.back_fen) == (60, -60, 68_00)
    returned(shop, sale, {1: 1000}, staff)
    assert (file_of(shop, NORMAL).points, lots_hold(shop, NORMAL)) == (-60, 0)
    settled(shop, staff, NORMAL, VITAMIN)
    assert (file_of(shop, NORMAL).points, lots_hold(shop, NORMAL)) == (-23, 0)
    settled(shop, staff, NORMAL, VITAMIN)
    assert (file_of(shop, NORMAL).points, lots_hold(shop, NORMAL)) == (14, 14)


def test_or_their_value_is_held_back_from_the_money(shop: Shop, staff: Staff) -> None:
    with_policy(shop, ReturnPolicy(shortfall="money", point_fen=5, per_points=1))
    sale = settled(shop, staff, NORMAL, CALCIUM, VITAMIN).sale
    spend_points(shop, NORMAL, 100)
    shown = preview_return(shop, sale.no, {1: 1000}, staff=staff)
    assert shown.shortage.withheld_fen == 63 * 5
    made = returned(shop, sale, {1: 1000}, staff)
    assert FigureLine("withheld", 3_15) in made.receipt.lines
    assert (made.back_fen, file_of(shop, NORMAL).points) == (64_85, 0)
    # What was held back is not paid out by a later return.
    assert returned(shop, sale, {2: 1000}, staff).back_fen == 37_00 - 37 * 5
    assert takings_now(shop, staff=staff).of_day.taken_fen == 3_15 + 1_85


def test_an_upgrade_of_another_day_falls_with_its_figures(shop: Shop, staff: Staff) -> None:
    start = later(shop, 0)
    open_again = later(shop, DAY_S)
    sale = settled(start, staff, NORMAL, OXYGEN).sale
    held = file_of(shop, NORMAL).member.tier_until
    close_day(start, counted_fen=1_200_00, staff=staff)
    open_day(open_again, float_fen=1_000_00, staff=staff)
    settled(open_again, staff, NORMAL, VITAMIN)
    shown = preview_return(open_again, sale.no, {1: 1000}, staff=staff)
    assert (shown.tier_name, shown.fallen_to) == ("银卡", "普通")
    returned(open_again, sale, {1: 1000}, staff)
    file = file_of(shop, NORMAL)
    assert (file.member.tier, file.spend_fen) == ("normal", 37_00)
    assert file.member.tier_until != held


def test_an_upgrade_that_another_sale_gives_all_the_same_stays(shop: Shop, staff: Staff) -> None:
    first = settled(shop, staff, NORMAL, OXYGEN).sale
    second = settled(shop, staff, NORMAL, OXYGEN, OXYGEN).sale
    returned(shop, first, {1: 1000}, staff)
    assert file_of(shop, NORMAL).member.tier == "silver"
    returned(shop, second, {1: 1000}, staff)
    assert file_of(shop, NORMAL).member.tier == "normal"


def test_points_of_a_merged_member_come_from_whom_they_became(shop: Shop, staff: Staff) -> None:
    sale = settled(shop, staff, NORMAL, VITAMIN).sale
    before = file_of(shop, GOLD)
    merge_members(shop, NORMAL, GOLD, staff=staff)
    returned(shop, sale, {1: 1000}, staff)
    after = file_of(shop, GOLD)
    assert (after.points, after.spend_fen) == (before.points, before.spend_fen)
