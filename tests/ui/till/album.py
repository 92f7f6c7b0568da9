"""The album of the sheets: each as a picture, to hold beside the drawings.

`python -m tests.ui.till.album FOLDER [THEME] [WIDTHxHEIGHT] [NAME...]`
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from core.pricing.tender import TenderKind
from tests.ui.till import baskets
from ui.look import Look
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


PAGES: dict[str, Draw] = {
    draw.__name__: draw
    for draw in (
        payment_cash,
        payment_change_due,
        payment_split,
        payment_wrong,
        payment_pad,
        change,
    )
}


def main(folder: Path, theme: str = "light", size: str = "1366x768", *names: str) -> None:
    app = QApplication.instance() or QApplication([])
    look = Look.load(theme)
    look.apply(app)
    width, height = map(int, size.split("x"))
    for name in names or PAGES:
        window = QWidget()
        window.resize(width, height)
        QLabel("柜台", window)
        window.show()
        page = PAGES[name](look, window)
        if page is not None and page.window() is page:
            page.resize(width, height)
            page.show()
        app.processEvents()
        shown = page if page is not None and page.window() is page else window
        shown.grab().save(str(folder / f"{name}_{width}.png"))
        window.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
