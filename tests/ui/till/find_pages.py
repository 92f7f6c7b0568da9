"""The sheet that finds earlier sales in all its states, for the album."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.actions.find_sales import SalesFound, SaleShown
from core.ports import StoredSale
from core.sales.receipt import Receipt
from core.sales.void import SoldRow
from ui.look import Look
from ui.paper_samples import sample
from ui.till.find_sale import FindSaleSheet
from ui.till.found_state import FoundState

Draw = Callable[[Look, QWidget], QWidget | None]
TODAY = date(2026, 11, 24)
GOODS = (
    (("维生素C咀嚼片", 2000), ("医用外科口罩", 1000)),
    (("复方丹参滴丸（薄膜滴丸）家庭常备特惠装 27mg×180丸", 3000), ("枸杞子（散装）", 375)),
    (("阿托伐他汀钙片", 1000),),
)
MEMBERS = ("李小华", "", "阿卜杜勒·热合曼", "")
TENDERS = (("cash", "wechat"), ("wechat",), ("insurance", "cash"), ("cash",))


def _row(n: int) -> SoldRow:
    day = TODAY if n < 5 else date(2026, 11, 20)
    at = datetime(day.year, day.month, day.day, 18, 59, tzinfo=UTC) - timedelta(minutes=7 * n)
    return SoldRow(
        UUID(int=n),
        f"S01-T2-{128 - n:06d}",
        int(at.timestamp()) * 1_000_000,
        55_60 + n * 10_10,
        TENDERS[n % 4],
        2,
        MEMBERS[n % 4],
        n == 2,
        day,
        20_00 if n == 3 else 0,
        GOODS[n % 3],
    )


def _found(count: int = 12, **more: bool) -> FoundState:
    rows = tuple(map(_row, range(count)))
    return FoundState.of(SalesFound(rows, TODAY, UTC, TODAY, TODAY, **more))


def found_sales() -> FoundState:
    """Made anew in each language."""
    return _found()


def _sheet(look: Look, window: QWidget) -> FindSaleSheet:
    sheet = FindSaleSheet(look, window)
    sheet.begin()
    return sheet


def _shown(*, is_voided: bool = False) -> SaleShown:
    receipt = sample("receipt", "中山路店", 2)
    assert isinstance(receipt, Receipt)
    sale = StoredSale(
        UUID(int=1),
        "S01-T2-000128",
        receipt,
        55_60,
        60_00,
        4_40,
        50,
        12_480,
        "gold",
        0,
        None,
        is_voided=is_voided,
    )
    return SaleShown(sale, can_return=not is_voided, can_void=not is_voided)


def find_sale(look: Look, window: QWidget) -> QWidget:
    sheet = _sheet(look, window)
    sheet.finder.show_found(found_sales())
    sheet.show_sale(_shown())
    return sheet


def find_sale_before(look: Look, window: QWidget) -> QWidget:
    sheet = _sheet(look, window)
    sheet.finder.search.set_text("5678 维生素")
    sheet.finder.show_found(_found(is_wider=True))
    sheet.show_sale(_shown(is_voided=True))
    return sheet


def find_sale_none(look: Look, window: QWidget) -> QWidget:
    sheet = _sheet(look, window)
    sheet.finder.search.set_text("35.80 阿莫西林")
    sheet.finder.show_found(_found(0))
    return sheet


def find_sale_today_none(look: Look, window: QWidget) -> QWidget:
    sheet = _sheet(look, window)
    sheet.finder.show_found(_found(0))
    return sheet


PAGES: tuple[Draw, ...] = (find_sale, find_sale_before, find_sale_none, find_sale_today_none)
