"""三本账: what each till of a chain has, and its server, put beside each other."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import select

import main
from core.actions.sold import sold_by_no
from core.rulebook.parse import record_of
from core.shop import HeadOffice
from core.values.canonical import canonical
from server.program import opened_office
from storage.office.together_tables import COUPON_CODES, SOLD
from tests.server.arrival import differences

Sale = tuple[int, int, tuple[tuple[int, int], ...]]
"""Its sum in fen, its points, and of each line that came back how much."""


class Books(Struct, frozen=True):
    """账: sales by number; coupon codes, each with the sale that used it, or with "".

    `rulebook` is the digest of the one that holds. `strange` is what a till has of members that the
    server has not, person, tier, points and lots, and the other way round.
    """

    sales: dict[str, Sale]
    codes: dict[str, str]
    rulebook: str
    strange: list[str] = []


def books_of_all(homes: tuple[Path, ...], database: str) -> tuple[Books, list[Books]]:
    """Of the server, and of each till, which may be selling."""
    with opened_office(database, None) as office:
        return _of_office(office), [_of_till(home, office) for home in homes]


def _of_till(home: Path, office: HeadOffice) -> Books:
    with main.visited(home) as shop, shop.store.read() as reading:
        store: Any = reading
        sales, now_us = {}, shop.clock.now_us()
        for (no,) in store.connection.execute("SELECT no FROM sales").fetchall():
            sold = sold_by_no(reading, no, now_us)
            assert sold is not None
            back = {line.no: line.returned_milli for line in sold.lines if line.returned_milli}
            sale = sold.sale
            sales[no] = sale.payable_fen, sale.points_earned, tuple(sorted(back.items()))
        known = store.connection.execute("SELECT code FROM coupon_codes").fetchall()
        found = {code: reading.coupon_codes.get(code) for (code,) in known}
        codes = {code: each.used_by if each else "" for code, each in found.items()}
        rules = canonical(record_of(reading.rulebooks.current()))
        return Books(sales, codes, _digest(rules), differences(shop, office))


def _of_office(office: HeadOffice) -> Books:
    store: Any = office.store
    with store._engine.connect() as connection:
        numbers = connection.execute(select(SOLD.c.no)).scalars().all()
        known = connection.execute(select(COUPON_CODES.c.code)).scalars().all()
    assert len(numbers) == len(set(numbers)), "a sale came twice"
    sales: dict[str, Sale] = {}
    codes: dict[str, str] = {}
    with office.store.read() as reading:
        for no in numbers:
            (sold,) = reading.sold.by_no(no)
            told = json.loads(reading.sold.event_of(sold))["body"]
            back: Counter[int] = Counter()
            for part in reading.sold.parts(sold.id):
                back[part.no] += part.quantity_milli
            sales[no] = told["payable_fen"], told["points"], tuple(sorted(back.items()))
        for code in known:
            codes[code] = " ".join(reading.coupons.used_by(code))
        version, _ = reading.issued_rulebooks.begins()[-1]
        (issued,) = reading.issued_rulebooks.some([version])
    return Books(sales, codes, _digest(issued.record))


def _digest(record: bytes) -> str:
    return hashlib.sha256(record).hexdigest()
