"""追溯码 of other systems at the window: asked about once, taken where it is clear, found again."""

from __future__ import annotations

from tests.ui.till.counter.at_counter import CALCIUM, VITAMIN, Cashier

STRAY = "86123456789012345678901{}"
"""A pack of another system: nothing in it names its product."""


def test_a_pack_of_another_system_is_asked_about_and_found_again(demanding: Cashier) -> None:
    cashier, sheets = demanding, demanding.window.sheets
    cashier.scan(CALCIUM)
    cashier.burst(STRAY.format(1))
    cashier.wait(lambda: sheets.open_names == ("ask",))
    cashier.burst(VITAMIN)  # waits behind the question
    cashier.press("Enter")
    cashier.settle_down()
    assert [(line.product.code, line.traces) for line in cashier.counter.basket.lines] == [
        (CALCIUM, (STRAY.format(1),)),
        (VITAMIN, ()),
    ]
    assert cashier.error() == ""
    cashier.burst(STRAY.format(1))
    cashier.settle_down()
    assert "扫过了" in cashier.error()
    cashier.pay()
    no = cashier.window.flow.standing().last.no  # type: ignore[union-attr]
    cashier.press("Esc")
    cashier.settle_down()
    cashier.wait(lambda: cashier.page._now().has_last)
    cashier.press("F8")
    cashier.wait(lambda: sheets.open_names == ("returns",))
    cashier.burst(STRAY.format(1))
    cashier.wait(lambda: no in sheets.returns.subtitle.text())
    cashier.wait(lambda: sheets.returns.lines.chosen == {1: 1000})
    cashier.burst(STRAY.format(1))
    cashier.wait(lambda: "扫过了" in sheets.returns.goods.problem.text())
    assert sheets.returns.lines.chosen == {1: 1000}


def test_what_is_no_pack_is_a_code_that_nobody_knows(demanding: Cashier) -> None:
    cashier, sheets = demanding, demanding.window.sheets
    cashier.scan(CALCIUM)
    cashier.burst(STRAY.format(1))
    cashier.wait(lambda: sheets.open_names == ("ask",))
    cashier.press("2")
    cashier.wait(lambda: "新增商品" in cashier.error())
    assert cashier.counter.basket.lines[0].traces == ()
    assert cashier.window.flow.unknown_code == STRAY.format(1)


def test_a_pack_of_another_system_fills_the_line_that_stands_out(demanding: Cashier) -> None:
    cashier, sheets = demanding, demanding.window.sheets
    cashier.scan(CALCIUM)
    cashier.press("F9")
    cashier.settle_down()
    assert sheets.open_names == ("trace",)
    cashier.burst(STRAY.format(1))
    cashier.wait(lambda: sheets.open_names == ("payment",))
    assert cashier.counter.basket.lines[0].traces == (STRAY.format(1),)
