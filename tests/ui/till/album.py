"""The album: every page, sheet and state as a picture, to hold beside the drawings.

`python -m tests.ui.till.album --out DIR` leaves DIR/LANGUAGE/THEME/NAME_WIDTHxHEIGHT.png in three
languages and three themes. `--languages en --themes dark --sizes 911x512 --pages counter_sale`
leaves less;
sizes are logical pixels, so that 911x512 is 1366x768 at 150 %.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from core.actions.day import LastClose
from core.errors import NamesakeFound, PhoneTaken
from core.pricing.tender import TenderKind
from core.sales.day import Day
from core.values.settings import LANGUAGES
from tests.ui.till import (
    baskets,
    by_hand_pages,
    chain_pages,
    chore_pages,
    code_pages,
    counter_pages,
    crowd,
    customer_pages,
    device_pages,
    drawer_pages,
    find_pages,
    first_run_pages,
    gift_pages,
    line_pages,
    paper_pages,
    points_pages,
    return_pages,
    reward_pages,
    tag_pages,
    tier_pages,
)
from ui.app import application
from ui.catalogue import speak
from ui.look import Look
from ui.till.join import JoinSheet
from ui.till.new_product import NewProductSheet
from ui.till.open_day import OpenDayPage
from ui.till.payment import PaymentSheet
from ui.till.payment_state import PaymentState

Draw = Callable[[Look, QWidget], QWidget | None]


def _payment(look: Look, window: QWidget, *paid: tuple[TenderKind, int]) -> PaymentSheet:
    made = baskets.basket(12_345, 8_026, prescription_fen=4_260)
    rules = baskets.rulebook(rounding_fen=10, insurance_pays="prescription")
    counter = baskets.counter(made, *paid, file=baskets.member(), rules=rules)
    sheet = PaymentSheet(look, window)
    sheet.show_payment(PaymentState.of(counter))
    return sheet


def payment_cash(look: Look, window: QWidget) -> QWidget:
    return _payment(look, window)


def payment_scans_wait(look: Look, window: QWidget) -> QWidget:
    sheet = _payment(look, window)
    sheet.show_waiting(2)
    return sheet


def payment_change_due(look: Look, window: QWidget) -> QWidget:
    sheet = _payment(look, window, (TenderKind.INSURANCE, 4_260))
    sheet.findChild(QWidget, "quick_4").click()
    return sheet


def payment_split(look: Look, window: QWidget) -> QWidget:
    sheet = _payment(look, window, (TenderKind.INSURANCE, 4_260), (TenderKind.WECHAT, 10_000))
    sheet.findChild(QWidget, "payment_amount").setText("50")
    return sheet


def payment_wrong(look: Look, window: QWidget) -> QWidget:
    sheet = _payment(look, window)
    sheet.findChild(QWidget, "tender_card").click()
    sheet.findChild(QWidget, "payment_amount").setText("10000")
    sheet.findChild(QWidget, "payment_done").click()
    return sheet


def payment_pad(look: Look, window: QWidget) -> QWidget:
    sheet = _payment(look, window)
    sheet.findChild(QWidget, "payment_amount_keyboard").click()
    return sheet


def change(look: Look, window: QWidget) -> QWidget:
    sheet = _payment(look, window)
    made = baskets.basket(12_345, 8_026)
    file = baskets.member("silver", points=200, spend_fen=499_000)
    sheet.show_change(baskets.with_change(made, 25_000, file))
    return sheet


def join(look: Look, window: QWidget) -> QWidget:
    sheet = JoinSheet(look, window)
    sheet.open()
    sheet.prefill("13812345678")
    sheet.name.set_text("张小敏")
    sheet.birthday.set_text("农历八月十五")
    sheet.consent.click()
    return sheet


def join_wrong(look: Look, window: QWidget) -> QWidget:
    sheet = JoinSheet(look, window)
    sheet.open()
    sheet.prefill("1381234567")
    sheet.birthday.set_text("1990-02-30")
    sheet.findChild(QWidget, "join_done").click()
    return sheet


def join_existing(look: Look, window: QWidget) -> QWidget:
    sheet = JoinSheet(look, window)
    sheet.open()
    sheet.prefill("13812345678")
    sheet.name.set_text("张小敏")
    sheet.show_refused(PhoneTaken("", "李*华", "900102000012"))
    return sheet


def join_namesake(look: Look, window: QWidget) -> QWidget:
    sheet = JoinSheet(look, window)
    sheet.open()
    sheet.prefill("13812345678")
    sheet.name.set_text("阿卜杜勒·热合曼·买买提")
    sheet.birthday.set_text("1988-03-05")
    sheet.show_refused(NamesakeFound("", "阿***提", "139****0481", "900102000012"))
    return sheet


DAY = Day(UUID(int=1), date(2026, 11, 24), 0, 1, 200_00, 1, 1, 200_00)
LAST = LastClose(DAY, "20:05", 0)


def open_day_again(look: Look, window: QWidget) -> QWidget:
    page = OpenDayPage(look)
    page.show_day(date(2026, 11, 24), staff="王芳", last=replace(LAST, today=1))
    return page


def open_day(look: Look, window: QWidget) -> QWidget:
    page = OpenDayPage(look)
    page.show_day(date(2026, 11, 24), staff="王芳", last=LAST)
    page.entry.set_text("200")
    return page


def new_product(look: Look, window: QWidget) -> QWidget:
    sheet = NewProductSheet(look, window)
    sheet.show_code("6901234567892")
    sheet.name.set_text("维生素B族片")
    sheet.price.set_text("0")
    sheet.findChild(QWidget, "new_product_done").click()
    return sheet


PAGES: dict[str, Draw] = {
    draw.__name__: draw
    for draw in (
        payment_cash,
        payment_scans_wait,
        payment_change_due,
        payment_split,
        payment_wrong,
        payment_pad,
        change,
        join,
        join_wrong,
        join_existing,
        join_namesake,
        *crowd.PAGES,
        *counter_pages.PAGES,
        *tier_pages.PAGES,
        *reward_pages.PAGES,
        *by_hand_pages.PAGES,
        *chain_pages.PAGES,
        *chore_pages.PAGES,
        *code_pages.PAGES,
        *customer_pages.PAGES,
        *device_pages.PAGES,
        *drawer_pages.PAGES,
        *find_pages.PAGES,
        *first_run_pages.PAGES,
        *gift_pages.PAGES,
        *line_pages.PAGES,
        *paper_pages.PAGES,
        *points_pages.PAGES,
        *return_pages.PAGES,
        *tag_pages.PAGES,
        open_day,
        open_day_again,
        new_product,
    )
}


THEMES = ("light", "dark", "high_contrast")
SIZES = ("1366x768",)


def draw_all(
    folder: Path, languages: list[str], themes: list[str], sizes: list[str], *names: str
) -> None:
    """One picture for each language, theme, page and size."""
    app = application(100)
    for theme in themes:
        look = Look.load(theme)
        look.apply(app)
        for language in languages:
            speak(language)
            place = folder / language / theme
            place.mkdir(parents=True, exist_ok=True)
            for name in names or PAGES:
                for size in sizes:
                    picture(app, look, name, size).save(str(place / f"{name}_{size}.png"))


def picture(app: QApplication, look: Look, name: str, size: str) -> QPixmap:
    """A page or a sheet over an empty window of this size."""
    width, height = map(int, size.split("x"))
    window = QWidget()
    window.resize(width, height)
    window.show()
    page = PAGES[name](look, window)
    shown = page if page is not None and page.window() is page else window
    shown.resize(width, height)
    shown.show()
    for _ in range(4):
        app.processEvents()
    taken = shown.grab()
    for each in {shown, window}:
        delete(each)
    return taken


def main() -> None:
    parser = ArgumentParser(prog="python -m tests.ui.till.album")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--languages", nargs="+", default=list(LANGUAGES))
    parser.add_argument("--themes", nargs="+", default=list(THEMES))
    parser.add_argument("--sizes", nargs="+", default=list(SIZES))
    parser.add_argument("--pages", nargs="+", default=list(PAGES))
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    draw_all(given.out, given.languages, given.themes, given.sizes, *given.pages)


if __name__ == "__main__":
    main()
