"""扫码: whatever lies over the counter, a scan goes where a person expects it, or is said.

A sheet that is new has to decide, too: it wants a row here.
"""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from itertools import chain
from pkgutil import iter_modules

from PySide6.QtWidgets import QLineEdit

from core.actions.counter import clear_basket
from core.sales.held import held_no
from tests.ui.till.counter.at_counter import (
    CALCIUM,
    CARD,
    MASKS,
    VITAMIN,
    Cashier,
)
from ui import till
from ui.till.sheets import Sheets
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

WAITS, REFUSED = "先放着", "没有收"
"""The code waits for the counter; it is not taken: what the sheet says of it."""
TAKEN = ""
"""The sheet does something with the code, and its own tests say what."""
OF_SHEETS = {
    "payment": TAKEN,
    "join": WAITS,  # goods; a card is the new member's
    "product": WAITS,
    "close_day": REFUSED,
    "shift": REFUSED,
    "cash": REFUSED,
    "drawer": REFUSED,
    "returns": TAKEN,
    "void": TAKEN,
    "find_sale": TAKEN,
    "report": REFUSED,
    "change_shift": REFUSED,
    "take_over": "不能当 PIN",
    "help": WAITS,
    "price": TAKEN,
    "hold": WAITS,
    "recall": WAITS,  # goods; the slip of a held basket takes it up
    "by_hand": WAITS,
    "points": WAITS,
    "gifts": WAITS,  # unless it is one of the gifts
    "offers": WAITS,
    "rewards": WAITS,
    "override": "不能当 PIN",
    "change_pin": "不能当 PIN",
    "scanner": TAKEN,
    "ports": REFUSED,
    "member_papers": WAITS,
    "papers": REFUSED,
    "tags": TAKEN,
    "settings": REFUSED,
    "examination": REFUSED,
    "display": REFUSED,
    "drawer_test": REFUSED,
    "printer": REFUSED,
    "devices": REFUSED,
    "member": WAITS,  # unless a card is asked for
    "trace": TAKEN,
    "trace_name": TAKEN,
    "ask": WAITS,
    # made by the conversation that alone has them
    "coupons": TAKEN,
    "labels": TAKEN,
    "badges": TAKEN,
    "trace_export": REFUSED,
    "blank_cards": REFUSED,
    "partners": REFUSED,
    "chain": REFUSED,  # unless it is an enrolment code and there is no chain yet
}
PAYING = "134567890123456789"
STRIPE = "%B4111111111111111^WANG/FANG^29121010000000000?;4111111111111111=2912101?"
INVITATION = "https://hq.example.com#R000-0000-00008"
OF_NO_SHEET = (PAYING, "4111111111111111", "4111 1111 1111 1111", STRIPE, "9" * 200, "a\x07b")
"""What a customer pays with, and what no code can be."""


def kinds_of(kind: type[Sheet]) -> set[type[Sheet]]:
    """All that are sheets of the till, each loaded."""
    return {kind, *chain.from_iterable(kinds_of(each) for each in kind.__subclasses__())}


def all_sheets(sheets: Sheets) -> dict[str, Sheet]:
    """Every sheet by its name: those of the counter, and one of each other kind."""
    for module in iter_modules(till.__path__):
        import_module(f"{till.__name__}.{module.name}")
    names = [name for name, what in vars(Sheets).items() if isinstance(what, cached_property)]
    found: dict[str, Sheet] = {name: getattr(sheets, name) for name in names}
    known = set(chain.from_iterable(type(sheet).__mro__ for sheet in found.values()))
    others = [each for each in kinds_of(Sheet) - known if each.__module__.startswith(till.__name__)]
    return found | {sheet.objectName(): sheet for sheet in map(sheets.make, others)}


def said(sheet: Sheet) -> str:
    return " ".join(words.text() for words in sheet.findChildren(Words) if words.isVisible())


def test_every_sheet_says_what_becomes_of_a_scan(cashier: Cashier) -> None:
    window = cashier.window
    sheets = all_sheets(window.sheets)
    assert sorted(sheets) == sorted(OF_SHEETS)
    wrong: dict[str, object] = {}
    for name, sheet in sheets.items():
        if OF_SHEETS[name] == TAKEN:
            assert type(sheet).take_scan is not Sheet.take_scan, name
            continue
        sheet.open()
        window.take_scan(CALCIUM)
        words, behind = said(sheet), cashier.codes()
        sheet.shut()
        cashier.settle_down()
        expected = [CALCIUM] if OF_SHEETS[name] == WAITS else []
        if OF_SHEETS[name] not in words or behind or cashier.codes() != expected:
            wrong[name] = (words, behind, cashier.codes())
        window.flow.put(clear_basket)
        cashier.settle_down()
    assert wrong == {}


def test_what_waits_comes_in_its_order_and_is_said_on_the_next_sheet(cashier: Cashier) -> None:
    sheets = cashier.window.sheets
    cashier.press("F1")
    cashier.wait(sheets.help.isVisible)
    for code in (CALCIUM, MASKS, CARD):
        cashier.burst(code)
    assert "扫到 3 个码" in said(sheets.help)
    sheets.hold.open()
    sheets.help.shut()
    assert "扫到 3 个码" in said(sheets.hold)
    sheets.hold.shut()
    cashier.burst(VITAMIN)
    cashier.settle_down()
    assert cashier.codes() == [CALCIUM, MASKS, VITAMIN]
    assert cashier.counter.file is not None
    sheets.help.open()
    assert "扫到" not in said(sheets.help)


def test_a_question_is_no_end_of_the_sheet_beneath(cashier: Cashier) -> None:
    """A card during the payment asks whose it is; goods behind it wait in line as before."""
    cashier.scan(VITAMIN)
    cashier.press("F9")
    cashier.wait(cashier.window.sheets.payment.isVisible)
    cashier.burst(CARD)
    cashier.wait(lambda: cashier.window.sheets.open_names == ("payment", "ask"))
    cashier.burst(CALCIUM)
    cashier.press("Enter")
    cashier.wait(lambda: cashier.window.sheets.open_names == ("payment",))
    cashier.burst(MASKS)
    cashier.press("Enter")
    cashier.wait(lambda: cashier.window.sheets.payment.is_settled)
    cashier.settle_down()
    assert cashier.codes() == [CALCIUM, MASKS]
    assert cashier.counter.file is not None


def test_what_a_customer_pays_with_stands_on_no_sheet_and_waits_nowhere(cashier: Cashier) -> None:
    window = cashier.window
    for name, sheet in all_sheets(window.sheets).items():
        sheet.open()
        for code in OF_NO_SHEET if sheet.takes_secrets else (*OF_NO_SHEET, INVITATION):
            window.take_scan(code)
            assert "没有记下" in said(sheet) or "不是能用的码" in said(sheet), (name, code)
            shown = said(sheet).join(edit.text() for edit in sheet.findChildren(QLineEdit))
            assert code[:9] not in shown and "4111" not in shown, (name, code)
        sheet.shut()
        assert window.kept.is_empty, name


def test_a_stripe_is_shown_on_no_sheet(cashier: Cashier) -> None:
    """A card of ours has one too: it waits where it is for the counter, and stands nowhere."""
    window = cashier.window
    for name, sheet in all_sheets(window.sheets).items():
        if sheet.shows_scans:
            sheet.open()
            window.take_scan(";800001=99121010000?")
            assert "没有收" in said(sheet) and window.kept.is_empty, name
            sheet.shut()


def test_what_waits_outlives_a_lock(cashier: Cashier) -> None:
    cashier.press("F1")
    cashier.wait(cashier.window.sheets.help.isVisible)
    cashier.burst(CALCIUM)
    cashier.window.lock.lock()
    cashier.wait(lambda: cashier.window.lock.is_laid)
    cashier.window.sheets.help.shut()
    cashier.unlock()
    cashier.settle_down()
    assert cashier.codes() == [CALCIUM]


def test_the_slip_of_a_held_basket_takes_it_up_among_them(cashier: Cashier) -> None:
    sheets = cashier.window.sheets
    cashier.scan(VITAMIN)
    held = cashier.counter.basket.sale_id
    cashier.press("F6")
    cashier.wait(sheets.hold.isVisible)
    cashier.press("Enter")
    cashier.wait(lambda: cashier.counter.basket.is_empty and not sheets.has_open)
    cashier.press("F7")
    cashier.wait(sheets.recall.isVisible)
    cashier.burst(held_no(held))
    cashier.wait(lambda: not sheets.has_open)
    cashier.settle_down()
    assert cashier.codes() == [VITAMIN]
