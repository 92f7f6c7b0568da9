"""Answer, ledger, PDF and printer's bytes show the same figures; events price again the same."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.pricing.record import price_again
from core.values.gtin import check_digit
from storage.store import TillStore
from tests.builders import Home, obeyed
from tests.outside.paper_figures import Figures, of_pdf, of_stream
from tests.outside.program import HOUSE
from ui.console.till import ConsoleTill

WHOLE = (
    *("6901234567809", "6901234567816", "6901234567823", "6901234567830"),
    *("6901234567847", "6901234567854", "6901234567861", "6901234567878"),
)
CARDS = ("", "800001", "800002", "800003")
KINDS = ("cash", "card", "alipay", "wechat", "insurance", "voucher")


def label(prefix: str, value: int) -> str:
    payload = f"{prefix}10086{value:05d}"
    return payload + check_digit(payload)


products = st.tuples(st.sampled_from(WHOLE), st.integers(1, 30)).map(
    lambda line: [f"scan {line[0]}", f"qty {line[1]}"]
)
weighed = st.integers(1, 20_000).map(lambda g: ["scan 10086", f"qty {g / 1000:.3f}"])
labels = st.tuples(st.sampled_from(("20", "21", "22")), st.integers(1, 99_999)).map(
    lambda code: [f"scan {label(*code)}"]
)
baskets = st.lists(st.one_of(products, weighed, labels), min_size=1, max_size=8)
parts = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(1, 90)), max_size=4)


def sell(
    console: ConsoleTill,
    basket: list[list[str]],
    card: str,
    shares: list[tuple[str, int]],
    over: int,
) -> dict[str, Any]:
    """One sale; `shares` are tenders by percent of what is due, the rest is paid in cash."""
    lines = [line for product in basket for line in product]
    member = [f"scan {card}"] if card else ["drop-member"]
    state = obeyed(console, *lines, *member).record()["basket"]
    paid: list[tuple[str, int]] = []
    for kind, share in shares:
        part = state["due_fen"] * share // 100
        if part:
            state = obeyed(console, f"pay {kind} {yuan(part)}").record()["basket"]
            paid.append((kind, part))
    paid.append(("cash", state["due_fen"] + over))
    payable, listed = state["payable_fen"], state["list_fen"]
    last = obeyed(console, f"pay cash {yuan(state['due_fen'] + over)}", "receipt").record()
    assert sum(fen for _, fen in paid) == payable + last["sale"]["change_fen"]
    return {**last["sale"], "tenders": tuple(paid), "list_fen": listed, "was_payable": payable}


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def of_ledger(store: TillStore, no: str) -> Figures:
    """The same figures from the tables: the sale, its tenders, its transfers and all of them."""
    with store.reader() as connection:
        sale_id, member_id, *sale = connection.execute(
            "SELECT id, member_id, list_fen, payable_fen, change_fen FROM sales WHERE no = ?", (no,)
        ).fetchone() or (None, None)
        tenders = connection.execute(
            "SELECT kind, amount_fen FROM tenders WHERE sale_id = ? ORDER BY no", (sale_id,)
        ).fetchall()
        earned = connection.execute(
            "SELECT coalesce(sum(amount), 0) FROM transfers WHERE sale_id = ?", (sale_id,)
        ).fetchall()[0][0]
        balance = connection.execute(
            "SELECT coalesce(sum(CASE WHEN credit_member = ?1 THEN amount ELSE -amount END), 0) "
            "FROM transfers WHERE ?1 IN (credit_member, debit_member)",
            (member_id,),
        ).fetchall()[0][0]
    is_member = member_id is not None
    return Figures(
        no=no,
        list_fen=sale[0],
        payable_fen=sale[1],
        paid_fen=sum(fen for _, fen in tenders),
        change_fen=sale[2],
        tenders=tuple((kind, fen) for kind, fen in tenders),
        points=earned if is_member else None,
        balance=balance if is_member else None,
        saved_fen=sale[0] - sale[1],
    )


def of_answer(sale: dict[str, Any], card: str) -> Figures:
    return Figures(
        no=sale["no"],
        list_fen=sale["list_fen"],
        payable_fen=sale["payable_fen"],
        paid_fen=sale["paid_fen"],
        change_fen=sale["change_fen"],
        tenders=sale["tenders"],
        points=sale["points_earned"] if card else None,
        balance=sale["points_balance"] if card else None,
        saved_fen=sale["list_fen"] - sale["payable_fen"],
    )


@pytest.fixture(scope="module")
def shop_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, ConsoleTill]]:
    folder = tmp_path_factory.mktemp("receipts")
    home = Home.prepared(folder, products="products.csv", members="members.csv")
    with home.console() as console:
        obeyed(console, "login 246810", "open-day 0")
        yield home, console


@given(
    basket=baskets,
    card=st.sampled_from(CARDS),
    shares=parts,
    over=st.sampled_from((0, 1, 500, 9999)),
)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_four_witnesses_of_a_sale_agree(
    shop_day: tuple[Home, ConsoleTill],
    basket: list[list[str]],
    card: str,
    shares: list[tuple[str, int]],
    over: int,
) -> None:
    home, console = shop_day
    sale = sell(console, basket, card, shares, over)
    assert sale["payable_fen"] == sale["was_payable"]
    stem = home.path / "receipts" / sale["no"]
    said = of_answer(sale, card)
    assert of_ledger(console.shop.store, sale["no"]) == said
    assert of_pdf(stem.with_suffix(".pdf")) == said
    assert of_stream(stem.with_suffix(".bin").read_bytes()) == said


AGAIN = """
import json, sys
from core.pricing.record import price_again
for line in sys.stdin:
    quoted = price_again(json.loads(line)["body"])
    print(quoted.hash, quoted.payable_fen, quoted.points)
"""


def test_each_sale_is_priced_again_from_its_event_alone(
    shop_day: tuple[Home, ConsoleTill],
) -> None:
    """Also in another process, which hashes otherwise and has no store."""
    _, console = shop_day
    sell(console, [["scan 6901234567809"], ["scan 6901234567830"]], "800001", [("card", 40)], 500)
    with console.shop.store.reader() as connection:
        sql = "SELECT CAST(data AS BLOB) FROM events WHERE kind = 'SaleSettled' ORDER BY seq"
        events = [data.decode() for (data,) in connection.execute(sql).fetchall()]
        sql = "SELECT quote_hash, payable_fen, points FROM sales ORDER BY n"
        kept = connection.execute(sql).fetchall()
    bodies = [json.loads(event)["body"] for event in events]
    assert [price_again(body).hash for body in bodies] == [body["quote_hash"] for body in bodies]
    done = subprocess.run(
        [sys.executable, "-c", AGAIN],
        input="\n".join(events),
        capture_output=True,
        text=True,
        check=True,
        cwd=HOUSE,
        env={"PYTHONHASHSEED": "7", "LC_ALL": "C"},
    )
    assert done.stdout.splitlines() == [" ".join(map(str, row)) for row in kept]


def test_a_changed_event_does_not_price_the_same(shop_day: tuple[Home, ConsoleTill]) -> None:
    _, console = shop_day
    sell(console, [["scan 6901234567847"]], "800002", [], 0)
    with console.shop.store.reader() as connection:
        sql = "SELECT CAST(data AS BLOB) FROM events WHERE kind = 'SaleSettled' ORDER BY seq DESC"
        body = json.loads(connection.execute(sql).fetchone()[0])["body"]
    body["basket"]["lines"][0]["product"]["price_fen"] += 1
    assert price_again(body).hash != body["quote_hash"]


def test_a_reprint_shows_the_figures_of_then(shop_day: tuple[Home, ConsoleTill]) -> None:
    home, console = shop_day
    paper: Path = home.path / "paper.bin"
    sale = sell(console, [["scan 6901234567816"]], "800002", [("wechat", 50)], 500)
    later = sell(console, [["scan 6901234567878"]], "800002", [], 0)
    assert later["points_balance"] > sale["points_balance"]
    console.paper.wait(5)
    before = paper.stat().st_size
    obeyed(console, f"reprint {sale['no']}")
    console.paper.wait(5)
    printed = paper.read_bytes()[before:]
    assert of_stream(printed) == of_answer(sale, "800002")
    assert "补打，非原件".encode("gb18030") in printed
    assert b"\x1bp" not in printed, "a reprint does not open the drawer"
