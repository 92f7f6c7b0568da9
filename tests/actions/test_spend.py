"""积分抵扣 in the store: what is spent leaves the lots, and comes back to them, exactly."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter as Tally
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.actions.counter import Counter, change_quantity, remove_line
from core.actions.day import close_day, open_day
from core.actions.expire_points import expire_all
from core.actions.hold import hold, keep_open, recall, resume
from core.actions.merge_members import merge_members
from core.actions.report import x_report
from core.actions.return_sale import preview_return
from core.actions.settle import settle
from core.actions.shift import takings_now
from core.actions.spend_points import spend_points
from core.actions.void import preview_void, void_sale
from core.errors import BadPointsWish, MemberNeeded, PointsPayNothing, PriceChanged
from core.points.ledger import ISSUED, SPENT, Account, AccountKind, Cause, Lot, Transfer
from core.ports import StoredSale
from core.rulebook.points_policy import SpendPolicy
from core.sales.receipt import ExpiryLine, FigureLine, PointsBackLine, PointsLine
from core.sales.report import SpentLine
from core.shop import Shop
from core.trust.staff import Staff
from storage.verify import verify
from tests.actions.test_return import MISTAKE, QUALITY, TOO_MANY, file_of, returned
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, SILVER, VITAMIN, paid, scanned
from tests.actions.test_shift import facts
from tests.builders import Home, later, manager_of

DAY_S = 86_400
START = date(2100, 1, 1)
HALF = SpendPolicy(fen=100, per_points=100, most_bp=5000)


def let_points_pay(shop: Shop, policy: SpendPolicy = HALF) -> None:
    with shop.store.write() as tx:
        book = tx.rulebooks.current()
        points = replace(book.points, spend=policy)
        tx.rulebooks.add(replace(book, version=book.version + 1, points=points))


def give_lot(shop: Shop, card: str, points: int, expires_on: date | None) -> None:
    member_id = file_of(shop, card).member.id
    with shop.store.write() as tx:
        ident = shop.new_id()
        to = Account(AccountKind.AVAILABLE, member_id)
        transfer = Transfer(ident, ISSUED, to, points, Cause.IMPORT, date(2099, 12, 1), 1)
        lot = Lot(ident, member_id, points, date(2099, 12, 1), expires_on, 1)
        tx.ledger.post(transfer, lot)


def chosen(shop: Shop, points: int, *codes: str) -> Counter:
    basket = scanned(shop, *codes).basket
    return spend_points(shop, basket, points, staff=manager_of(shop))


def sold_for(shop: Shop, staff: Staff, points: int, *codes: str) -> StoredSale:
    ready = paid(shop, chosen(shop, points, *codes))
    return settle(shop, ready.basket, shown=ready.quote.hash, staff=staff).sale


def lots_of(shop: Shop, card: str) -> Tally[date | None]:
    """Points by expiry: what a member has, whatever rows it lies in."""
    held = Tally[date | None]()
    with shop.store.read() as reading:
        for lot in reading.ledger.lots(file_of(shop, card).member.id):
            held[lot.expires_on] += lot.left
    return held


def sum_of_accounts(shop: Shop) -> int:
    with shop.store.reader() as connection:  # type: ignore[attr-defined]
        return int(connection.execute("SELECT sum(points) FROM balances").fetchone()[0])


def spent_account(shop: Shop) -> int:
    with shop.store.reader() as connection:  # type: ignore[attr-defined]
        sql = "SELECT coalesce(sum(points), 0) FROM balances WHERE kind = ?"
        return int(connection.execute(sql, (str(SPENT.kind),)).fetchone()[0])


def test_a_sale_spends_what_was_chosen_and_earns_on_the_rest(shop: Shop, staff: Staff) -> None:
    let_points_pay(shop)
    sale = sold_for(shop, staff, 1000, GOLD, CALCIUM)
    assert (sale.payable_fen, sale.points_earned) == (54_60, 81)  # 64.60 less 10.00, × 1.5
    assert sale.points_balance == 12_480 - 1000 + 81
    assert file_of(shop, GOLD).points == sale.points_balance
    assert (spent_account(shop), sum_of_accounts(shop)) == (1000, 0)
    assert FigureLine("points", 10_00) in sale.receipt.lines
    assert PointsLine(81, sale.points_balance, 1000) in sale.receipt.lines
    (fact,) = facts(shop, "SaleSettled")
    assert (fact["basket"]["points"], fact["standing"]["points"]) == (1000, 12_480)
    assert fact["spent"]["points"] == 1000
    assert sum(points for _, points in fact["spent"]["lots"]) == 1000


def test_nobody_pays_with_points_where_the_shop_takes_none(shop: Shop, staff: Staff) -> None:
    basket = scanned(shop, GOLD, CALCIUM).basket
    with pytest.raises(PointsPayNothing):
        spend_points(shop, basket, 100, staff=staff)
    let_points_pay(shop)
    with pytest.raises(MemberNeeded):
        spend_points(shop, scanned(shop, CALCIUM).basket, 100, staff=staff)
    with pytest.raises(BadPointsWish):
        spend_points(shop, basket, -1, staff=staff)


def test_the_wish_outlives_changes_of_the_basket_and_zero_takes_it_back(
    shop: Shop, staff: Staff
) -> None:
    let_points_pay(shop)
    counter = chosen(shop, 5000, GOLD, CALCIUM, VITAMIN)
    assert counter.quote.points_spent == 5000
    fewer = remove_line(shop, counter.basket, counter.basket.lines[0].no)
    assert (fewer.quote.points_spent, fewer.basket.points) == (1800, 5000)  # half of 37.00
    more = change_quantity(shop, fewer.basket, fewer.basket.lines[0].no, 9000)
    assert more.quote.points_spent == 5000
    none = spend_points(shop, more.basket, 0, staff=staff)
    assert (none.quote.points_spent, none.quote.most_points) == (0, 12_400)


def test_a_held_basket_and_one_after_a_crash_keep_the_wish(shop: Shop, staff: Staff) -> None:
    let_points_pay(shop)
    counter = chosen(shop, 500, GOLD, CALCIUM)
    hold(shop, counter.basket, staff=staff)
    again = recall(shop, None, counter.basket.sale_id, staff=staff)
    assert (again.basket.points, again.quote.points_spent) == (500, 500)
    keep_open(shop, again.basket)
    assert resume(shop).counter.basket.points == 500


def test_points_that_are_gone_meanwhile_are_not_spent(shop: Shop, staff: Staff) -> None:
    let_points_pay(shop)
    give_lot(shop, NORMAL, 500, None)
    slow = paid(shop, chosen(shop, 500, NORMAL, CALCIUM))
    sold_for(shop, staff, 300, NORMAL, VITAMIN)
    with pytest.raises(PriceChanged):
        settle(shop, slow.basket, shown=slow.quote.hash, staff=staff)
    assert spent_account(shop) == 300


def test_the_lots_that_expire_first_give_first_and_what_expires_next_is_printed(
    shop: Shop, staff: Staff
) -> None:
    let_points_pay(shop)
    now, soon, late = later(shop, 12 * 3600), START + timedelta(5), START + timedelta(50)
    for points, day in ((300, late), (200, soon)):
        give_lot(shop, NORMAL, points, day)
    sale = sold_for(now, staff, 400, NORMAL, CALCIUM)
    assert lots_of(shop, NORMAL)[soon] == 0
    assert lots_of(shop, NORMAL)[late] == 100
    assert ExpiryLine(100, late.isoformat()) in sale.receipt.lines


def test_what_expired_yesterday_cannot_be_spent_today(shop: Shop, staff: Staff) -> None:
    let_points_pay(shop)
    now = later(shop, 12 * 3600)
    give_lot(shop, NORMAL, 300, START - timedelta(1))
    give_lot(shop, NORMAL, 200, START)
    counter = chosen(now, 500, NORMAL, CALCIUM)
    assert counter.file is not None
    assert (counter.file.spendable, counter.quote.points_spent) == (200, 200)


def test_a_void_gives_everything_back(shop: Shop, staff: Staff) -> None:
    let_points_pay(shop)
    before, lots = file_of(shop, GOLD), lots_of(shop, GOLD)
    sale = sold_for(shop, staff, 1000, GOLD, CALCIUM)
    shown = preview_void(shop, sale.no, staff=staff)
    assert sum(each.points for each in shown.given) == 1000
    assert shown.balance == before.points
    made = void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    assert PointsBackLine(81, before.points, 1000) in made.receipt.lines
    assert file_of(shop, GOLD).points == before.points
    assert +lots_of(shop, GOLD) == +lots
    assert (spent_account(shop), sum_of_accounts(shop)) == (0, 0)
    assert preview_void(shop, sale.no, staff=staff).given == ()


def test_parts_give_back_their_share_the_last_taken_first(shop: Shop, staff: Staff) -> None:
    let_points_pay(shop)
    soon, late = START + timedelta(5), START + timedelta(50)
    give_lot(shop, NORMAL, 300, soon)
    give_lot(shop, NORMAL, 700, late)
    now = later(shop, 12 * 3600)
    sale = sold_for(now, staff, 1000, NORMAL, VITAMIN, VITAMIN, VITAMIN)  # 10.00 of 111.00
    shown = preview_return(now, sale.no, {1: 1000}, staff=staff)
    assert [(each.points, each.expires_on) for each in shown.given] == [(333, late)]
    assert shown.balance == sale.points_balance + 333 - shown.refund.points
    returned(now, sale, {1: 1000}, staff)
    shown = preview_return(now, sale.no, {1: 2000}, staff=staff)
    assert [(each.points, each.expires_on) for each in shown.given] == [(367, late), (300, soon)]
    made = returned(now, sale, {1: 2000}, staff)
    assert lots_of(shop, NORMAL) == {soon: 300, late: 700}
    (*_, fact) = facts(shop, "SaleReturned")
    assert fact["given"] == [[1, 667]]
    assert any(
        isinstance(line, PointsBackLine) and line.given == 667 for line in made.receipt.lines
    )


def test_the_takings_say_what_points_paid_net_of_what_came_back(shop: Shop, staff: Staff) -> None:
    let_points_pay(shop)
    give_lot(shop, NORMAL, 2000, None)
    first = sold_for(shop, staff, 300, NORMAL, VITAMIN, VITAMIN, VITAMIN)
    second = sold_for(shop, staff, 700, NORMAL, CALCIUM)
    now = takings_now(shop, staff=staff).of_day
    assert (now.spent_points, now.points_fen) == (1000, 10_00)
    returned(shop, first, {1: 1000}, staff)
    void_sale(shop, second.sale_id, explanation=MISTAKE, staff=staff)
    now = takings_now(shop, staff=staff).of_day
    assert (now.spent_points, now.points_fen) == (200, 2_00)
    assert SpentLine(200, 2_00) in x_report(shop, staff=staff).lines


def test_a_lot_that_expired_meanwhile_lives_for_thirty_more_days(shop: Shop, staff: Staff) -> None:
    let_points_pay(shop)
    now, then = later(shop, 12 * 3600), later(shop, 3 * DAY_S)
    give_lot(shop, NORMAL, 400, START + timedelta(1))
    sale = sold_for(now, staff, 300, NORMAL, CALCIUM)
    close_day(now, counted_fen=200_00 + sale.payable_fen, staff=staff)
    open_day(then, float_fen=200_00, staff=staff)
    returned(then, sale, {1: 1000}, staff)
    assert +lots_of(shop, NORMAL) == {START + timedelta(3 + 30): 300}


def test_what_expired_of_a_sale_counts_as_taken_back(shop: Shop, staff: Staff) -> None:
    with shop.store.write() as tx:
        book = tx.rulebooks.current()
        points = replace(book.points, expiry="rolling", months=1, spend=HALF)
        tx.rulebooks.add(replace(book, version=book.version + 1, points=points))
    now, then = later(shop, 12 * 3600), later(shop, 60 * DAY_S)
    give_lot(shop, NORMAL, 1000, None)
    sale = sold_for(now, staff, 0, NORMAL, VITAMIN, VITAMIN, VITAMIN)  # earns 111, for a month
    close_day(now, counted_fen=200_00 + sale.payable_fen, staff=staff)
    open_day(then, float_fen=200_00, staff=staff)
    expire_all(then)
    assert file_of(shop, NORMAL).points == 1000
    for milli, left in ((1000, 74), (2000, 0)):
        shown = preview_return(then, sale.no, {1: milli}, staff=staff)
        assert (shown.points_taken, shown.shortage.points, shown.balance) == (0, 0, 1000)
        returned(then, sale, {1: milli}, staff, has_receipt=True)
        with shop.store.read() as reading:
            member_id = file_of(shop, NORMAL).member.id
            assert reading.ledger.expired_of(member_id, sale.sale_id) == left
    assert file_of(shop, NORMAL).points == 1000
    assert sum_of_accounts(shop) == 0


def test_a_merged_member_keeps_the_lot_of_a_sale_as_it_was(shop: Shop, staff: Staff) -> None:
    let_points_pay(shop)
    sale = sold_for(shop, staff, 0, NORMAL, CALCIUM)  # earns 68
    merge_members(shop, NORMAL, SILVER, staff=staff)
    give_lot(shop, SILVER, 500, START + timedelta(9))
    before = lots_of(shop, SILVER)
    shown = preview_return(shop, sale.no, {1: 1000}, staff=staff)
    assert shown.points_taken == 68
    returned(shop, sale, {1: 1000}, staff, told=QUALITY)
    (gone,) = (before - lots_of(shop, SILVER)).items()
    assert gone[1] == 68 and gone[0] != START + timedelta(9)
    with shop.store.reader() as connection:  # type: ignore[attr-defined]
        lots = "SELECT DISTINCT earned_on, rulebook_version FROM lots WHERE sale_id = ?"
        assert len(connection.execute(lots, (sale.sale_id.bytes,)).fetchall()) == 1


@pytest.mark.parametrize("is_merged_first", [True, False])
def test_what_expired_counts_as_taken_back_also_of_who_was_merged(
    shop: Shop, staff: Staff, is_merged_first: bool
) -> None:
    with shop.store.write() as tx:
        book = tx.rulebooks.current()
        points = replace(book.points, expiry="rolling", months=1, spend=HALF)
        tx.rulebooks.add(replace(book, version=book.version + 1, points=points))
    now, then = later(shop, 12 * 3600), later(shop, 60 * DAY_S)
    give_lot(shop, SILVER, 1000, None)
    sale = sold_for(now, staff, 0, NORMAL, VITAMIN, VITAMIN, VITAMIN)  # earns 111, for a month
    close_day(now, counted_fen=200_00 + sale.payable_fen, staff=staff)
    if is_merged_first:
        merge_members(now, NORMAL, SILVER, staff=staff)
    open_day(then, float_fen=200_00, staff=staff)
    expire_all(then)
    if not is_merged_first:
        merge_members(then, NORMAL, SILVER, staff=staff)
    balance = file_of(then, SILVER).points
    returned(then, sale, {1: 3000}, staff, has_receipt=True)
    assert file_of(then, SILVER).points == balance >= 1000
    assert list(verify(shop.store)) == []  # type: ignore[arg-type]


def test_a_debt_takes_first_of_what_comes_back(shop: Shop, staff: Staff) -> None:
    let_points_pay(shop)
    first = sold_for(shop, staff, 0, NORMAL, CALCIUM, CALCIUM)  # earns 136
    second = sold_for(shop, staff, 100, NORMAL, CALCIUM)  # spends 100 of them, earns 67
    returned(shop, first, {1: 2000}, staff)
    assert file_of(shop, NORMAL).points == 136 - 100 + 67 - 136
    returned(shop, second, {1: 1000}, staff)
    assert file_of(shop, NORMAL).points == 0
    assert +lots_of(shop, NORMAL) == Tally()


def test_points_come_back_to_whom_their_member_became(shop: Shop, staff: Staff) -> None:
    let_points_pay(shop)
    give_lot(shop, NORMAL, 500, None)
    before = file_of(shop, SILVER).points
    sale = sold_for(shop, staff, 500, NORMAL, CALCIUM)
    merge_members(shop, NORMAL, SILVER, staff=staff)
    returned(shop, sale, {1: 1000}, staff, told=QUALITY)
    assert file_of(shop, SILVER).points == before + 500
    assert sum_of_accounts(shop) == 0


@pytest.fixture(scope="module")
def rich(furnished: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(Path(shutil.copytree(furnished.path, tmp_path_factory.mktemp("rich") / "home")))
    with home.shop() as shop:
        let_points_pay(shop, replace(HALF, fen=7, per_points=10))
        for points, day in ((90, date(2099, 12, 31)), (310, date(2100, 6, 1)), (777, None)):
            give_lot(shop, NORMAL, points, day)
    return home


@given(
    st.integers(0, 1200),
    st.lists(st.tuples(st.integers(1, 2), st.sampled_from([1000, 2000, 333, 667])), max_size=8),
)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_parts_that_are_everything_restore_money_points_and_lots(
    rich: Home, points: int, parts: list[tuple[int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(shutil.copytree(rich.path, Path(folder) / "home")))
        with home.shop() as shop:
            staff = manager_of(shop)
            before, lots = file_of(shop, NORMAL).points, lots_of(shop, NORMAL)
            sale = sold_for(shop, staff, points, NORMAL, VITAMIN, VITAMIN, CALCIUM, CALCIUM)
            back_fen, left = 0, {1: 2000, 2: 2000}
            for no, milli in [*parts, (1, 2000), (2, 2000)]:
                if part := min(milli, left[no]):
                    left[no] -= part
                    back_fen += returned(shop, sale, {no: part}, staff, told=TOO_MANY).back_fen
            assert back_fen == sale.payable_fen
            assert file_of(shop, NORMAL).points == before
            assert +lots_of(shop, NORMAL) == +lots
            assert (spent_account(shop), sum_of_accounts(shop)) == (0, 0)
        assert home.findings() == []
