"""礼品小票 on the screen: scan a receipt, choose, and a paper without prices comes out."""

from __future__ import annotations

from tests.ui.till.counter.at_counter import CALCIUM, MASKS, VITAMIN, Cashier
from tests.ui.till.counter.test_counter_return import FIRST


def test_a_gift_receipt_of_some_of_the_goods(cashier: Cashier) -> None:
    cashier.sell(VITAMIN, MASKS, CALCIUM)
    cashier.wait(lambda: len(cashier.printer.printed) == 1)
    ask = cashier.window.sheets.ask
    cashier.burst(FIRST)
    cashier.wait(ask.isVisible)
    cashier.type_in("3")
    cashier.wait(lambda: ask.isVisible() and ask.title.text().startswith("礼品小票"))
    for digit in "3424":  # masks, calcium, vitamin; calcium not after all
        cashier.type_in(digit)
        cashier.wait(ask.isVisible)
    assert "2" in ask.list.rows()[0].text
    cashier.type_in("2")
    assert "1" in ask.list.rows()[0].text, "vitamin not after all"
    cashier.type_in("1")
    cashier.wait(lambda: len(cashier.printer.printed) == 2)
    paper = cashier.printer.printed[1].decode("gb18030", errors="ignore")
    assert "医用外科口罩" in paper
    assert "维生素" not in paper
    assert "钙" not in paper
    assert "29.90" not in paper


def test_right_after_a_sale_a_key_gives_its_gift_receipt(cashier: Cashier) -> None:
    cashier.press("Ctrl+G")
    assert cashier.printer.printed == []
    cashier.sell(VITAMIN)
    cashier.wait(lambda: len(cashier.printer.printed) == 1)
    cashier.press("Ctrl+G")
    cashier.wait(lambda: len(cashier.printer.printed) == 2)
    paper = cashier.printer.printed[1].decode("gb18030", errors="ignore")
    assert "维生素" in paper
    assert "37.00" not in paper
