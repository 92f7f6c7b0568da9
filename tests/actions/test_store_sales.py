"""全店的销售: an office PC counts what both tills of its store sold, each of it once."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from core.actions.bring_store_sales import hear_of_tills, next_page, take_page
from core.actions.day import open_day
from core.actions.enrol_till import make_enrolment
from core.actions.look_at_store_sales import store_sales_seen
from core.actions.merge_members import merge_members
from core.actions.return_sale import return_sale
from core.actions.sync import begin, join_chain
from core.actions.tickets import Asked, tickets
from core.actions.today import today
from core.actions.void import void_sale
from core.errors import (
    OfficeSellsNothing,
    ServerStrange,
    ServerUnreachable,
)
from core.sales.receipt import ItemLine
from core.shop import Shop
from core.sync.session import OFFICE
from core.trust.staff import Staff
from storage.signatures import Ed25519
from tests.actions.test_return_elsewhere import (
    MISTAKE,
    TOO_MANY,
    fetched,
    pulled,
    returned,
    told,
)
from tests.actions.test_return_elsewhere import line as line
from tests.actions.test_return_elsewhere import other as other
from tests.actions.test_return_elsewhere import second_till as second_till
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, VITAMIN, settled
from tests.builders import PIN, Home, audit_rows, file_of, manager_of
from tests.chained import PROGRAM, URL, Crash, Line, events_of


@pytest.fixture(scope="session")
def bare_pc(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home of nobody's till, with the goods of the store."""
    home = Home(tmp_path_factory.mktemp("pc") / "home")
    place = ("--store-code", "S01", "--store", "中山路店", "--till", "9")
    home.command("setup", *place, "--manager", "店长", "--pin", PIN)
    home.command("import", "products", "tests/stories/products.csv")
    with home.shop() as shop, shop.store.write() as tx:
        tx.set_till(replace(tx.till, till_no=0))
    return home


@pytest.fixture
def pc(bare_pc: Home, tmp_path: Path, line: Line) -> Iterator[Shop]:
    """The office PC of the store, which has joined; afterwards everything must verify."""
    home = copied(bare_pc, tmp_path)
    with joined(home, line) as opened:
        yield opened
    assert home.findings() == []


def copied(bare_pc: Home, folder: Path) -> Home:
    """A home of one's own."""
    return Home(Path(shutil.copytree(bare_pc.path, folder / "pc")))


@contextmanager
def joined(home: Home, line: Line) -> Iterator[Shop]:
    """The home of an office PC, in the chain."""
    with home.shop() as opened:
        code = make_enrolment(line.office, "S01", 0, kind=OFFICE)
        who = {"staff": manager_of(opened), "program": PROGRAM}
        join_chain(opened, line, Ed25519(), url=URL, code=code, **who)
        yield opened


def token(shop: Shop, line: Line) -> str:
    return begin(shop, line, Ed25519(), program=PROGRAM)[0].token


def brought(pc: Shop, line: Line) -> int:
    """All that there is; how many came."""
    own, came = token(pc, line), 0
    hear_of_tills(pc, line, own)
    while (page := next_page(pc)) is not None:
        came += take_page(pc, line, own, page)
    return came


def figures(*shops: Shop) -> Counter[str]:
    """Sums of what these count today, and of every table of sales that reports are made of."""
    sums: Counter[str] = Counter()
    for shop in shops:
        now = today(shop, staff=manager_of(shop)).now
        sums.update({"taken": now.taken_fen, "tickets": now.tickets})
        store: Any = shop.store
        with store.reader() as connection:
            for name, sql in _SUMS.items():
                sums[name] += connection.execute(sql).fetchone()[0]
    return sums


_SUMS = {
    "sales": "SELECT coalesce(sum(payable_fen * 7 + list_fen + points * 3 + spend_fen), 0) "
    "FROM sales",
    "change": "SELECT coalesce(sum(change_fen + paid_fen * 2), 0) FROM sales",
    "members": "SELECT count(member_id) FROM sales",
    "lines": "SELECT coalesce(sum(payable_fen * 3 + quantity_milli + list_fen), 0) FROM sale_lines",
    "products": "SELECT coalesce(sum(products.price_fen * quantity_milli), 0) FROM sale_lines "
    "JOIN products ON products.id = product_id",
    "tenders": "SELECT coalesce(sum(amount_fen * length(kind)), 0) FROM tenders",
    "voids": "SELECT coalesce(sum(1 + points + spend_fen), 0) FROM voids",
    "returns": "SELECT coalesce(sum(back_fen * 5 + saved_fen + points_taken + spend_fen), 0) "
    "FROM returns",
    "back": "SELECT coalesce(sum(money_fen + quantity_milli + points), 0) FROM return_lines",
    "uses": "SELECT coalesce(sum(delta * (1 + amount_fen)), 0) FROM offer_uses",
    "given": "SELECT coalesce(sum(amount_fen * length(kind)), 0) FROM return_tenders",
}


def deeds(shop: Shop, other: Shop, line: Line, staff: Staff) -> None:
    """Sales at both tills, a void, a return of one's own, and one of what the other till sold."""
    theirs = manager_of(other)
    first = settled(shop, staff, GOLD, VITAMIN, VITAMIN, CALCIUM).sale
    settled(other, theirs, CALCIUM)
    wrong = settled(shop, staff, NORMAL, VITAMIN).sale
    void_sale(shop, wrong.sale_id, explanation=MISTAKE, staff=staff)
    own = settled(other, theirs, VITAMIN, VITAMIN, VITAMIN).sale
    ident = other.new_id()
    what = {"return_id": ident, "explanation": TOO_MANY, "staff": theirs}
    return_sale(other, own.sale_id, {1: 1000}, **what)
    told(shop, line)
    fetched(other, line, first.no)
    returned(other, line, first, {1: 1000})
    told(other, line)


def test_it_counts_what_both_tills_sold_to_the_fen(
    shop: Shop, staff: Staff, line: Line, other: Shop, pc: Shop
) -> None:
    deeds(shop, other, line, staff)
    events, rows = len(events_of(pc)), len(audit_rows(pc))
    assert brought(pc, line) == 7
    assert figures(pc) == figures(shop, other)
    assert brought(pc, line) == 0, "what is here is not asked for again"
    assert (len(events_of(pc)), len(audit_rows(pc))) == (events, rows), "it is no deed of here"
    settled(other, manager_of(other), CALCIUM)
    told(other, line)
    assert brought(pc, line) == 1
    assert figures(pc) == figures(shop, other)


def test_its_tickets_are_those_of_the_tills_and_what_is_a_tills_own_is_refused(
    shop: Shop, staff: Staff, line: Line, other: Shop, pc: Shop
) -> None:
    deeds(shop, other, line, staff)
    brought(pc, line)
    on = shop.now().business_on
    asked, boss = Asked(on, on), manager_of(pc)
    shown = tickets(pc, asked, staff=boss).rows
    there = {
        row.no: row for each in (shop, other) for row in tickets(each, asked, staff=staff).rows
    }
    assert {row.no: (row.fen, row.is_voided) for row in shown} == {
        no: (row.fen, row.is_voided) for no, row in there.items()
    }
    assert len(shown) == 6
    assert {row.cashier for row in shown} == {"T1-1", "T2-1"}, "number 1 here is somebody else"
    (no,) = {row.no for row in shown if row.no.startswith("S01-T1") and row.returned_fen}
    with pc.store.read() as look, shop.store.read() as here:
        sold, own = look.sales.by_no(no), here.sales.by_no(no)
        assert sold is not None and own is not None
        assert look.sales.last() is None, "no till stands here"
        goods = [line for line in own.receipt.lines if isinstance(line, ItemLine)]
        assert [line for line in sold.receipt.lines if isinstance(line, ItemLine)] == goods
        named = ["李*华" in str(each.receipt) for each in (own, sold)]
        assert named == [True, False], "no paper made here names anybody"
    explained = {"explanation": MISTAKE, "staff": boss}
    with pytest.raises(OfficeSellsNothing):
        void_sale(pc, sold.sale_id, **explained)
    with pytest.raises(OfficeSellsNothing):
        return_sale(pc, sold.sale_id, {1: 1000}, return_id=pc.new_id(), **explained)
    with pytest.raises(OfficeSellsNothing):
        open_day(pc, float_fen=0, staff=boss)


def test_what_a_member_bought_at_any_till_counts_once_whoever_they_became(
    shop: Shop, staff: Staff, line: Line, other: Shop, pc: Shop
) -> None:
    told(shop, line)
    for each in (other, pc):
        pulled(each, line)
    first = settled(shop, staff, GOLD, VITAMIN).sale
    second = settled(other, manager_of(other), GOLD, CALCIUM, CALCIUM).sale
    third = settled(shop, staff, NORMAL, VITAMIN).sale
    for each in (shop, other):
        told(each, line)
    pulled(pc, line)
    gold, since = file_of(shop, GOLD).member.id, shop.now().business_on
    with pc.store.read() as look:
        counted = set(look.tiers.counted(gold, since=since, is_payable=True))
    brought(pc, line)
    with pc.store.read() as look:
        assert set(look.tiers.counted(gold, since=since, is_payable=True)) == counted
    assert len(counted) == 2, "it was told of them, and has them now"
    merge_members(shop, NORMAL, GOLD, staff=staff)
    told(shop, line)
    pulled(pc, line)
    brought(pc, line)
    with pc.store.read() as look:
        bought = look.figures.bought(gold, since=since)
        assert {row.no for row in bought} == {first.no, second.no, third.no}
        assert sum(row.taken_fen for row in bought) == sum(
            sale.payable_fen for sale in (first, second, third)
        )
        balance = look.ledger.balance(gold)
    with shop.store.read() as look:
        assert balance == look.ledger.balance(gold) + second.points_earned


def test_a_preview_prices_the_sales_of_all_tills(
    shop: Shop, staff: Staff, line: Line, other: Shop, pc: Shop
) -> None:
    deeds(shop, other, line, staff)
    brought(pc, line)
    on = shop.now().business_on
    with pc.store.read() as look:
        rulebook = look.rulebooks.current()
        assert look.rulebooks.first_on(rulebook.version) == on
    past, priced = pc.store.past, []
    found = past.preview(rulebook, lambda *at: priced.append(at), since=on, until=on, most=9)
    assert priced[-1][1] == 3 and found.unreadable == 0
    with pc.store.reader() as connection:  # type: ignore[attr-defined]
        (n,) = connection.execute(
            "SELECT max(n) FROM brought WHERE kind = 'SaleSettled'"
        ).fetchone()
    assert past.settled(-n)["no"].startswith("S01-T")


@pytest.mark.parametrize("seed", range(3))
def test_in_whatever_pieces_it_comes_in_the_end_it_is_the_same(
    shop: Shop,
    staff: Staff,
    line: Line,
    other: Shop,
    pc: Shop,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    """Small pages, answers lost and doubled, kills, a server that has less, new sales between."""
    dice = random.Random(seed)
    monkeypatch.setattr("core.actions.tell_sales.MOST_DEEDS", dice.choice((1, 2, 3)))
    monkeypatch.setattr("core.actions.tell_sales.MOST_PLACES", dice.choice((2, 3, 50)))
    deeds(shop, other, line, staff)
    own = token(pc, line)
    hear_of_tills(pc, line, own)
    for _ in range(60):
        line.faults = [dice.choice(("", "", "request", "answer", "twice", "crash"))]
        try:
            if (page := next_page(pc)) is not None:
                take_page(pc, line, own, page)
            if dice.random() < 0.1:
                settled(other, manager_of(other), CALCIUM)
                line.faults = []
                told(other, line)
            if dice.random() < 0.2:
                _stands_elsewhere(pc, dice)
                hear_of_tills(pc, line, own)
        except (ServerUnreachable, Crash):
            continue
    line.faults = []
    brought(pc, line)
    assert figures(pc) == figures(shop, other)


def _stands_elsewhere(pc: Shop, dice: random.Random) -> None:
    """As after a server was put back, or a program that knows more: much is gone through again."""
    with pc.store.write() as tx:
        for life in tx.store_sales.lives():
            if dice.random() < 0.5:
                tx.store_sales.move(replace(life, low=1, high=life.high // 2))
        if dice.random() < 0.3:
            tx.store_sales.go_back()
        elif dice.random() < 0.3:
            tx.store_sales.meet(())
        heard = tx.store_sales.heard()
        assert heard is not None
        tx.store_sales.hear(replace(heard, heard_us=0))


def test_the_newest_come_first_and_it_says_how_far_it_is(
    shop: Shop, staff: Staff, line: Line, other: Shop, pc: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.actions.tell_sales.MOST_DEEDS", 1)
    nos = [settled(shop, staff, VITAMIN).sale.no for _ in range(3)]
    told(shop, line)
    with pc.store.read() as look:
        assert store_sales_seen(look, 0).whole_us is None
    own = token(pc, line)
    hear_of_tills(pc, line, own)
    came = []
    while (page := next_page(pc)) is not None:
        take_page(pc, line, own, page)
        with pc.store.read() as look:
            came += [no for no in nos if no not in came and look.sales.by_no(no)]
            seen = store_sales_seen(look, pc.clock.now_us())
            assert seen.whole_us is not None and not seen.is_stale
            assert seen.is_whole == (next_page(pc) is None)
            assert seen.back_to in (None, shop.now().business_on)
    assert came == nos[::-1]
    assert [each.till_no for each in seen.tills] == [1, 2]
    later = seen.whole_us + 3_600_000_000
    with pc.store.read() as look:
        assert store_sales_seen(look, later).is_stale


def test_what_it_cannot_read_waits_for_a_program_that_can(
    shop: Shop, staff: Staff, line: Line, pc: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(shop, staff, GOLD, VITAMIN)
    told(shop, line)

    def made_again(*_: object, **__: object) -> None:
        raise ValueError("of a later program")

    with monkeypatch.context() as older:
        older.setattr("core.sync.brought.made_again", made_again)
        brought(pc, line)
    with pc.store.read() as look:
        assert look.store_sales.unread() == 1
        assert look.sales.by_no("S01-T1-000001") is None
    brought(pc, line)
    monkeypatch.setattr("core.actions.bring_store_sales.PROGRAM", "2")
    brought(pc, line)
    with pc.store.read() as look:
        assert look.store_sales.unread() == 0
    assert figures(pc) == figures(shop)


def test_of_a_sale_that_another_engine_priced_the_sums_are_its_tills(
    shop: Shop, staff: Staff, line: Line, other: Shop, pc: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(shop, staff, GOLD, VITAMIN, CALCIUM, CALCIUM)
    told(shop, line)
    from core.sales import elsewhere

    real = elsewhere.price_again

    def otherwise(body: dict[str, Any]) -> Any:
        quoted = real(body)
        cheaper = tuple(replace(line, payable_fen=line.payable_fen - 7) for line in quoted.lines)
        return replace(quoted, lines=cheaper, payable_fen=quoted.payable_fen - 14, points=1)

    monkeypatch.setattr(elsewhere, "price_again", otherwise)
    brought(pc, line)
    assert figures(pc) == figures(shop)


def test_a_page_that_leaves_something_out_is_not_taken(
    shop: Shop, staff: Staff, line: Line, pc: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(shop, staff, VITAMIN)
    told(shop, line)
    own = token(pc, line)
    hear_of_tills(pc, line, own)
    page = next_page(pc)
    assert page is not None
    real = Line.say

    def cut(self: Line, *asked: Any) -> Any:
        made = real(self, *asked)
        return replace(made, last=made.last - 1) if hasattr(made, "deeds") else made

    monkeypatch.setattr(Line, "say", cut)
    with pytest.raises(ServerStrange):
        take_page(pc, line, own, page)
