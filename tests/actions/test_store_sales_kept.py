"""全店的销售，在这台上: `verify` holds it against what was told, and nothing of it is personal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.actions.return_sale import return_sale
from core.actions.void import void_sale
from core.members.masks import mask_name
from core.sales.explanation import CounterReason, Explanation
from core.shop import Shop
from core.trust.staff import Staff
from storage.verify import verify
from tests.actions.test_return_elsewhere import TOO_MANY, fetched, returned, told
from tests.actions.test_return_elsewhere import line as line
from tests.actions.test_return_elsewhere import other as other
from tests.actions.test_return_elsewhere import second_till as second_till
from tests.actions.test_settle import GOLD, VITAMIN, settled
from tests.actions.test_store_sales import bare_pc as bare_pc
from tests.actions.test_store_sales import brought, copied, deeds, figures, joined
from tests.actions.test_store_sales import pc as pc
from tests.builders import Home, file_of
from tests.chained import Line
from tests.storage.making import forget_triggers

SPOILT = (
    ("UPDATE sales SET points = points + 1", "brought_differs", 4),
    ("UPDATE voids SET spend_fen = spend_fen + 1", "brought_differs", 5),
    ("UPDATE returns SET back_fen = back_fen + 1", "brought_differs", 7),
    ("DELETE FROM returns", "brought_missing", 2),
    ("DELETE FROM brought WHERE kind = 'SaleSettled'", "brought_unknown", 4),
)


def test_verify_holds_what_stands_here_against_what_was_told(
    shop: Shop, staff: Staff, line: Line, other: Shop, bare_pc: Home, tmp_path: Path
) -> None:
    deeds(shop, other, line, staff)
    with joined(copied(bare_pc, tmp_path), line) as spoilt:
        brought(spoilt, line)
        store: Any = spoilt.store
        assert verify(store) == []
        with store.writer() as connection:
            forget_triggers(connection)
        for statement, finding, count in SPOILT:
            with store.writer() as connection:
                assert connection.execute(statement, ()).rowcount > 0
            assert [each.what for each in verify(store)].count(finding) == count, statement


def test_returns_that_two_tills_gave_one_number_both_count(
    shop: Shop, staff: Staff, line: Line, other: Shop, pc: Shop
) -> None:
    sale = settled(shop, staff, VITAMIN, VITAMIN, VITAMIN).sale
    told(shop, line)
    fetched(other, line, sale.no)
    returned(other, line, sale, {1: 1000})
    told(other, line)
    what: dict[str, Any] = {"explanation": TOO_MANY, "staff": staff}
    return_sale(shop, sale.sale_id, {1: 1000}, return_id=shop.new_id(), **what)
    told(shop, line)
    brought(pc, line)
    with pc.store.read() as look:
        assert look.returns.count(sale.sale_id) == 2
        assert {look.returns.receipt(f"{sale.no}-R{no}") is None for no in (1, 2)} == {False}
    assert figures(pc)["given"] == figures(shop, other)["given"]


def test_no_name_phone_or_word_comes_with_it(
    shop: Shop, staff: Staff, line: Line, other: Shop, pc: Shop
) -> None:
    sale = settled(shop, staff, GOLD, VITAMIN).sale
    words = "她说太甜了"
    void_sale(shop, sale.sale_id, explanation=Explanation(CounterReason.OTHER, words), staff=staff)
    settled(shop, staff, GOLD, VITAMIN)
    told(shop, line)
    brought(pc, line)
    member = file_of(shop, GOLD).member
    store: Any = pc.store
    with store.reader() as connection:
        kept = [
            text
            for sql in (
                "SELECT data FROM brought",
                "SELECT record FROM receipts",
                "SELECT record || words FROM voids",
            )
            for (text,) in connection.execute(sql).fetchall()
        ]
    assert len(kept) == 6
    for personal in (member.name, mask_name(member.name), member.phone, member.card_no, words):
        assert personal and not any(personal in text for text in kept), personal
