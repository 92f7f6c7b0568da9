"""Pictures of what a scan asks back, and of goods with their trace codes."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from core.actions.check_price import PriceChecked
from core.actions.scan import CARD, PRODUCT
from core.catalog.trace import TraceReason
from core.pricing.basket import Basket
from tests.ui.till import baskets
from tests.ui.till.counter_pages import CALCIUM, GIFT, STATIN, Draw, basket_of, counter_page
from ui.look import Look
from ui.scan_words import meaning_name, trace_reason
from ui.text import tr
from ui.till.ask import AskSheet
from ui.till.price import PriceSheet
from ui.till.price_state import PriceState
from ui.till.scan_talk import lacking_choice
from ui.till.state import TillState
from ui.till.trace import TraceSheet
from ui.till.trace_name import TraceNameSheet
from ui.widgets.choices import Choice

PACK = "8123456000000000000{}"


def _traced() -> Basket:
    wanted = replace(STATIN, requires_trace=True)
    basket = basket_of((wanted, 2000), (replace(GIFT, requires_trace=True), 1000))
    basket = basket.add(wanted, trace=PACK.format(1))
    return basket.add(CALCIUM, batch="B20261", expires_on=date(2026, 12, 31))


def _page(look: Look, window: QWidget) -> None:
    counter_page(look, window, TillState.of(baskets.counter(_traced(), file=baskets.member())))


def counter_traced(look: Look, window: QWidget) -> None:
    _page(look, window)


def ask_meaning(look: Look, window: QWidget) -> None:
    _page(look, window)
    rows = [Choice(kind, meaning_name(kind), icon="user") for kind in (CARD, PRODUCT)]
    AskSheet(look, window).ask(tr("“{text}”是哪一个？", text="800001"), "", rows, lambda _key: None)


def ask_stray(look: Look, window: QWidget) -> None:
    _page(look, window)
    rows = list(map(lacking_choice, _traced().lacking_traces()))
    rows.append(Choice("", tr("不是追溯码"), tr("当作没有登记的码"), icon="search"))
    code = "+H123ABC01234567890/$$3271231B20261/16D20261126S4711000815"
    line = tr("{code}　像是别的追溯系统的码。", code=code)
    AskSheet(look, window).ask(tr("是哪一行的追溯码？"), line, rows, lambda _key: None)


def ask_why_untraced(look: Look, window: QWidget) -> None:
    _page(look, window)
    rows = [Choice(reason, trace_reason(reason), icon="right") for reason in TraceReason]
    line = tr("会记下是谁放行、为什么。")
    AskSheet(look, window).ask(tr("为什么没有追溯码？"), line, rows, lambda _key: None)


def trace_missing(look: Look, window: QWidget) -> None:
    _page(look, window)
    sheet = TraceSheet(look, window)
    sheet.show_lines(list(map(lacking_choice, _traced().lacking_traces())))
    sheet.show_error(tr("这里没有追溯码 {code}。什么都没有改动；请核对再扫。", code=PACK.format(7)))


def trace_name(look: Look, window: QWidget) -> None:
    _page(look, window)
    lines = _traced().lines
    rows = [Choice(e.product.code, e.product.name, e.product.spec, icon="pill") for e in lines]
    TraceNameSheet(look, window).begin(PACK.format(1), rows)


def price_check(look: Look, window: QWidget) -> None:
    _page(look, window)
    made = baskets.counter(basket_of((CALCIUM, 1000)), file=baskets.member())
    sheet = PriceSheet(look, window)
    sheet.begin()
    sheet.show_price(PriceState.of(PriceChecked(CALCIUM, made, ())))


def trace_name_scanned(look: Look, window: QWidget) -> None:
    _page(look, window)
    sheet = TraceNameSheet(look, window)
    sheet.begin(PACK.format(1), [])
    sheet.propose(Choice(CALCIUM.code, CALCIUM.name, CALCIUM.spec, icon="pill"))


PAGES: tuple[Draw, ...] = (
    counter_traced,
    ask_meaning,
    ask_stray,
    ask_why_untraced,
    trace_missing,
    trace_name,
    trace_name_scanned,
    price_check,
)
