"""`python -m tests.outside [--members N] [--products N]`: a big shop from outside, with times.

Imports everything through `main.py`, while a till sells; then finds and sells to one of the many,
and verifies. Prints seconds; ends with 1 where anything is not as it must be.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin

from tests.builders import Home
from tests.outside.program import LOGIN, Till, begin, run_process, sell_lines
from tests.outside.tables import FIRST_CARD, member, product, write_members, write_products

KIB_PER_MIB = 1024
MIB = 1 << 20


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.outside", description=__doc__)
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--products", type=int, default=50_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return walk(Path(folder), members=given.members, products=given.products)


def walk(folder: Path, *, members: int, products: int) -> int:
    home = Home.prepared(folder, products="products.csv", members="members.csv").path
    tables = {
        "products": write_products(folder / "products.csv", products),
        "members": write_members(folder / "members.csv", members),
    }
    bring_in(home, "products", tables["products"], products)
    with Till(home) as till:
        till.obeyed(LOGIN, "open-day 0")
        sell_beside(home, till, tables["members"], members)
        look(till, members, products)
        sell(till, members // 2)
        took, answer = timed(lambda: till.say("close-day 0 unknown"))
        tell("close the day with a verified backup", took)
        assert "备份已核对" in answer["say"], answer["say"]
    took, done = timed(lambda: run_process(home, "till", "--headless", lines=[LOGIN]))
    tell("start, log in, end", took)
    bring_in(home, "members", tables["members"], members)
    took, done = timed(lambda: run_process(home, "verify"))
    tell("verify", took)
    print(f"store {(home / 'store.db').stat().st_size / MIB:,.0f} MiB, {done.said.strip()}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KIB_PER_MIB
    print(f"largest process {peak:,.0f} MiB")
    return done.code


def bring_in(home: Path, what: str, table: Path, count: int) -> None:
    took, done = timed(lambda: run_process(home, "import", what, str(table), timeout=3600))
    assert done.code == 0, done.said
    tell(f"import {count:,} {what}, nobody sells", took)
    print(f"    {done.out.splitlines()[-1]}")


def sell_beside(home: Path, till: Till, table: Path, count: int) -> None:
    """The members come in while a till sells a sale every tenth of a second."""
    began = time.monotonic()
    importing = begin(home, "import", "members", str(table))
    waits = []
    while importing.poll() is None:
        took, _ = timed(lambda: till.obeyed(*sell_lines("6901234567823", member="800001")))
        waits.append(took)
        time.sleep(0.1)
    out, err = importing.communicate()
    assert importing.returncode == 0, out + err
    tell(f"import {count:,} members, beside a selling till", time.monotonic() - began)
    waits.sort()
    print(
        f"    {len(waits):,} sales of three commands meanwhile: median "
        f"{statistics.median(waits) * 1000:.0f} ms, 99 of 100 within "
        f"{waits[len(waits) * 99 // 100] * 1000:.0f} ms, slowest {waits[-1] * 1000:.0f} ms"
    )


def look(till: Till, members: int, products: int) -> None:
    """Find one of the many by each of the ways, and see that what is found is right."""
    card, name, phone = member(members // 2)
    code, title = product(products // 2)
    ways: tuple[tuple[str, str, Callable[[dict[str, Any]], bool]], ...] = (
        ("card", card, lambda row: row["key"] == card),
        ("phone", phone, lambda row: row["key"] == card),
        ("last four of the phone", phone[-4:], lambda row: phone_of(row).endswith(phone[-4:])),
        ("name", name, lambda row: name_of(row) == name),
        ("initials", "zww", lambda row: initials(row) == "zww"),
        ("pinyin", "zhaoweiwei", lambda row: pinyin(row) == "zhaoweiwei"),
        ("barcode", code, lambda row: row["key"] == code),
        ("product name", title, lambda row: row["key"] == code),
        ("product initials", "blgkl", lambda row: row["name"].startswith("板蓝根颗粒")),
    )
    for way, text, fits in ways:
        took, answer = timed(partial(till.obeyed, f"find {text}"))
        kind = "product" if way.startswith(("product", "barcode")) else "member"
        meant = [row for row in answer["found"] if row["kind"] == kind]
        assert meant, f"nothing found by {way}: {text}"
        wrong = [row for row in meant if not fits(row)]
        assert not wrong, f"found by {way} {text}: {wrong}"
        tell(f"find by {way}, {len(answer['found'])} found", took)


def phone_of(row: dict[str, Any]) -> str:
    return member(int(row["key"]) - FIRST_CARD)[2]


def name_of(row: dict[str, Any]) -> str:
    return member(int(row["key"]) - FIRST_CARD)[1]


def pinyin(row: dict[str, Any]) -> str:
    return "".join(lazy_pinyin(name_of(row)))


def initials(row: dict[str, Any]) -> str:
    return "".join(syllable[0] for syllable in lazy_pinyin(name_of(row)))


def sell(till: Till, number: int) -> None:
    card, _, phone = member(number)
    code, _ = product(3)
    took, answer = timed(lambda: till.obeyed(f"scan {phone}"))
    assert answer["member"]["card_no"] == card
    tell("scan a member by phone", took)
    before = answer["member"]["points"]
    took, _ = timed(lambda: till.obeyed(f"scan {code}"))
    tell("scan a product", took)
    took, answer = timed(lambda: till.obeyed("pay cash 500"))
    tell("settle", took)
    sale = answer["sale"]
    assert sale["points_balance"] == before + sale["points_earned"]


def timed(do: Callable[[], Any]) -> tuple[float, Any]:
    began = time.monotonic()
    outcome = do()
    return time.monotonic() - began, outcome


def tell(what: str, seconds: float) -> None:
    print(f"{seconds:9.3f} s  {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
