"""礼品小票 on the screen: scan a receipt, choose, and a paper without prices comes out."""

from __future__ import annotations

from tests.ui.till.counter.at_counter import MASKS, VITAMIN, Cashier
from tests.ui.till.counter.test_counter_return import FIRST, sell


def test_a_gift_receipt_of_one_of_the_goods(cashier: Cashier) -> None:
    sell(cashier, VITAMIN, MASKS)
    cashier.wait(lambda: len(cashier.printer.printed) == 1)
    ask = cashier.window.sheets.ask
    cashier.burst(FIRST)
    cashier.wait(ask.isVisible)
    cashier.type_in("3")
    cashier.wait(lambda: ask.isVisible() and ask.title.text().startswith("礼品小票"))
    cashier.type_in("3")
    cashier.wait(lambda: len(cashier.printer.printed) == 2)
    paper = cashier.printer.printed[1].decode("gb18030", errors="ignore")
    assert "医用外科口罩" in paper
    assert "维生素" not in paper
    assert "29.90" not in paper
