"""预演: recorded sales under a draft, alike in one process and in several; nothing is written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import main
import storage.preview
from core.errors import BadDates, SaleBroken
from core.members.member import Standing
from core.pricing.basket import Basket, Presented
from core.pricing.quote import quote
from core.pricing.record import pricing_record
from core.rulebook.offers import CouponOffer, PercentageOffer
from core.rulebook.points_policy import PointsPolicy, SpendPolicy
from core.sales.preview import LineBack, repriced
from core.values.canonical import canonical
from core.values.moment import Moment
from storage.columns import Connection
from storage.preview import previewed, priced
from tests.builders import PIN, Home, obeyed
from tests.storage.making import (
    NOW_US,
    TODAY,
    a_product,
    a_rulebook,
    a_store,
    new_id,
    return_in,
    sell,
    void_in,
)

# 九折, and two points for a yuan: 10.00 becomes 9.00, 10 points become 18.
DRAFT = replace(
    a_rulebook(2),
    offers=(PercentageOffer(id="nine", name="九折", rate_bp=9000),),
    points=PointsPolicy(points=2),
)


@pytest.fixture
def store(tmp_path: Path):
    """Three sales of 10.00 to a member, one of them void, and one to nobody."""
    store = a_store(tmp_path / "home")
    with store.write() as tx:
        member = tx.members.by_card("6001")
        for _ in range(2):
            sell(tx, member)
        sell(tx, None)
        gone = sell(tx, member)
    with store.write() as tx:
        sale = tx.sales.by_no(gone.no)
        assert sale is not None
        void_in(tx, sale)
    yield store
    store.close()


def quiet(done: int, total: int) -> None:
    return


def test_the_cost_is_less_money_and_what_more_points_are_worth(store):
    preview = previewed(store, DRAFT, quiet, since=TODAY)
    # 30.00 becomes 27.00; of two sales 10 points become 18, worth a fen each.
    assert (preview.all.before_fen, preview.all.after_fen) == (3000, 2700)
    assert (preview.all.before_points, preview.all.after_points) == (20, 36)
    assert preview.all.cost(preview.rate) == 300 + 16
    assert (preview.cheaper, preview.dearer, preview.unchanged) == (3, 0, 0)


def test_a_period_that_ends_before_it_begins_is_refused(store):
    with pytest.raises(BadDates):
        previewed(store, DRAFT, quiet, since=TODAY, until=TODAY - timedelta(days=1))


def test_points_that_a_draft_leaves_to_the_member_count_as_theirs():
    """100 points paid 1.00 of 12.50; where no points pay, the member keeps them and pays it."""
    pays = PointsPolicy(spend=SpendPolicy(fen=100, per_points=100))
    basket = Basket(new_id()).add(a_product()).with_member(new_id()).with_points(100)
    standing = Standing(basket.member_id, "normal", 500)
    moment = Moment(NOW_US, TODAY)
    book = replace(a_rulebook(), points=pays)
    quoted = quote(basket, standing, book, moment)
    body = pricing_record(basket, standing, book, moment) | {
        "no": "S01-T1-000001",
        "payable_fen": quoted.payable_fen,
        "points": quoted.points,
        "spent": {"points": quoted.points_spent},
    }
    told = repriced(json.loads(canonical(body)), a_rulebook(2))
    assert (told.before_fen, told.after_fen) == (1150, 1250)
    assert (told.before_points, told.after_points) == (11 - 100, 12)


def test_a_member_wins_once_however_often_they_bought(store):
    nobody, basic = previewed(store, DRAFT, quiet, since=TODAY).by_tier(["basic"])
    assert (nobody.tier, nobody.sales, nobody.winners, nobody.losers) == ("", 1, 1, 0)
    assert (basic.tier, basic.sales, basic.winners, basic.losers) == ("basic", 2, 1, 0)


def test_under_the_rulebook_they_were_sold_by_nothing_changes(store):
    preview = previewed(store, a_rulebook(), quiet, since=TODAY)
    assert (preview.unchanged, preview.all.cost(preview.rate)) == (3, 0)
    assert preview.most_changed == []


def test_each_day_has_its_sums_and_they_are_the_whole(store):
    preview = previewed(store, DRAFT, quiet, since=TODAY)
    [(day, change)] = preview.by_day
    assert (day, change.sales) == (TODAY.isoformat(), 3)
    assert change.cost(preview.rate) == preview.all.cost(preview.rate)
    assert preview.winners == 1, "nobody is no member"


def test_of_what_changes_most_as_many_are_kept_as_are_wanted_and_are_found_again(store):
    two = previewed(store, DRAFT, quiet, since=TODAY, most=2).most_changed
    assert len(two) == 2
    for each in two:
        assert store.past.settled(each.event)["no"] == each.no
    with pytest.raises(SaleBroken):
        store.past.settled(1_000_000)


def test_both_days_are_inclusive(store):
    for since, until, sales in [
        (TODAY, TODAY, 3),
        (TODAY + timedelta(1), None, 0),
        (TODAY - timedelta(9), TODAY - timedelta(1), 0),
    ]:
        assert previewed(store, DRAFT, quiet, since=since, until=until).all.sales == sales


def test_several_processes_come_to_the_same(store, monkeypatch):
    told = []
    alone = previewed(store, DRAFT, quiet, since=TODAY)
    monkeypatch.setattr(storage.preview, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(storage.preview, "AT_ONCE", 1)
    beside = previewed(store, DRAFT, lambda done, total: told.append((done, total)), since=TODAY)
    assert beside.all == alone.all
    assert beside.most_changed == alone.most_changed
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_record_that_cannot_be_read_is_counted_and_nothing_else():
    parts = [[(json.dumps({"body": {"no": "S01"}}).encode(), ())]]
    assert list(priced(parts, DRAFT, total=1)) == [[None]]


def test_a_coupon_is_known_by_its_code_whatever_its_offer_is_called():
    coupon = CouponOffer(id="old", name="券", code="C10", off_fen=100)
    book = replace(a_rulebook(), offers=(coupon,))
    basket = Basket(new_id(), coupons=(Presented("C10", "old"),)).add(a_product())
    moment = Moment(NOW_US, TODAY)
    was = quote(basket, None, book, moment)
    body = pricing_record(basket, None, book, moment)
    body |= {"no": "S01", "payable_fen": was.payable_fen, "points": was.points}
    draft = replace(book, offers=(replace(coupon, id="new", off_fen=300),))
    assert repriced(json.loads(json.dumps(body, default=str)), draft).fen == -200


def test_of_what_came_back_in_part_only_what_was_kept_counts(store):
    """Half of a line of 10.00 came back: 5.00 were kept, 4.50 under the draft; 5 points and 9."""
    with store.write() as tx:
        first = tx.sales.by_no("S01-T2-000001")
        assert first is not None
        return_in(tx, first)
    preview = previewed(store, DRAFT, quiet, since=TODAY)
    assert (preview.all.before_fen, preview.all.after_fen) == (2500, 2250)
    assert (preview.all.before_points, preview.all.after_points) == (15, 27)
    assert (preview.parted, preview.returned, preview.all.sales) == (1, 0, 3)
    (parted,) = [each for each in preview.most_changed if each.is_parted]
    assert (parted.before_fen, parted.after_fen, parted.points) == (500, 450, 4)


def test_a_sale_that_came_back_whole_counts_as_nothing(store):
    with store.write() as tx:
        first = tx.sales.by_no("S01-T2-000001")
        assert first is not None
        return_in(tx, first, of=1)
    preview = previewed(store, DRAFT, quiet, since=TODAY)
    assert (preview.all.sales, preview.returned, preview.parted) == (2, 1, 0)
    assert (preview.all.before_fen, preview.all.after_fen) == (2000, 1800)


@given(st.lists(st.integers(1, 3), min_size=1, max_size=4), st.data())
def test_parts_and_the_whole_of_a_sale_add_up(units, data):
    """What was kept and what came back are the sale, under its own rules and under a draft."""
    basket = Basket(new_id())
    for count in units:
        basket = basket.add(replace(a_product(), id=new_id(), code=f"{count}{len(basket.lines)}"))
        basket = basket.with_quantity(len(basket.lines), count * 1000)
    moment, book = Moment(NOW_US, TODAY), a_rulebook()
    was, draft = quote(basket, None, book, moment), quote(basket, None, DRAFT, moment)
    body = pricing_record(basket, None, book, moment)
    body |= {"no": "S01", "payable_fen": was.payable_fen, "points": was.points}
    back = tuple(
        LineBack(
            line.no,
            1000 * data.draw(st.integers(1, line.quantity_milli // 1000)),
            line.quantity_milli,
            line.payable_fen,
            line.points,
            0,
        )
        for line in was.lines
    )
    told = repriced(json.loads(json.dumps(body, default=str)), DRAFT, back)
    rest = tuple(replace(e, back_milli=e.quantity_milli - e.back_milli) for e in back)
    assert 0 <= told.before_fen <= was.payable_fen
    assert 0 <= told.after_fen <= draft.payable_fen
    # Rounded half up both ways a line may be one fen off, never more.
    assert abs(told.before_fen - sum(each.fen for each in rest)) <= len(rest)


def contents(connection: Connection) -> list[tuple[str, int]]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [
        (name, connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0])  # type: ignore[index]
        for (name,) in tables
    ]


def test_nothing_is_written(store):
    with store.reader() as connection:
        before = contents(connection)
    previewed(store, DRAFT, quiet, since=TODAY)
    with store.reader() as connection:
        assert contents(connection) == before


SUPERMARKET = Path(__file__).parents[2] / "resources" / "rulebooks" / "supermarket.toml"


def test_the_command_looks_beside_a_selling_till(tmp_path, capsys):
    home = Home.prepared(tmp_path, products="products.csv")
    words = ["rulebook", "preview", str(SUPERMARKET), "--from", "2026-01-01"]
    with home.console() as console:
        obeyed(console, f"login {PIN}", "open-day 200.00", "scan 6901234567809", "pay cash 100")
        capsys.readouterr()
        assert main.main([*words, "--json", "--home", str(home.path)]) == 0
        said = json.loads(capsys.readouterr().out)
        assert main.main([*words, "--home", str(home.path)]) == 0
    assert said["sales"] == 1
    assert said["tiers"][0]["tier"] is None
    assert "重算了 1 笔" in capsys.readouterr().out


# It hears Ctrl+C as in a console, also where these tests are deaf, as what a shell runs behind is.
ENDLESS = """
import itertools, json, signal, storage.preview
from tests.storage.test_preview import DRAFT
from storage.preview import priced
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    part = [(json.dumps({"body": {}}).encode(), ())] * 64
    print("begun", flush=True)
    for _ in priced(itertools.repeat(part), DRAFT, total=10**9):
        pass
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_leaves_no_process(tmp_path):
    script = tmp_path / "endless.py"
    script.write_text(ENDLESS, encoding="utf-8")
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, str(script)],
        env=os.environ | {"PYTHONPATH": root},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    process.stdout.readline()
    found = psutil.Process(process.pid)
    while not (children := found.children(recursive=True)):
        time.sleep(0.05)
    try:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        assert psutil.wait_procs(children, timeout=60)[1] == []
    finally:
        process.kill()
        process.stdout.close()
