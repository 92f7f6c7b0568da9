"""A payment sheet with a counter behind it, and hands that press and tap."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from core.pricing.tender import TenderKind
from tests.ui.till import baskets
from ui.look import Look
from ui.till.payment import PaymentSheet
from ui.till.payment_state import PaymentState
from ui.widgets.amount import Amount
from ui.widgets.words import Words

LEFT = Qt.MouseButton.LeftButton


class Payment:
    """The sheet with a counter behind it, as the till's wiring would hold it."""

    def __init__(self, look: Look, window: QWidget, qtbot, counter) -> None:
        self.qtbot, self.window, self.counter = qtbot, window, counter
        self.sheet = PaymentSheet(look, window)
        self.confirmed: list[tuple[str, int]] = []
        self.added: list[tuple[str, int]] = []
        self.removed: list[int] = []
        self.cancelled: list[bool] = []
        self.sheet.confirmed.connect(lambda kind, fen: self.confirmed.append((kind, fen)))
        self.sheet.tender_added.connect(self._on_added)
        self.sheet.tender_removed.connect(self._on_removed)
        self.sheet.cancelled.connect(lambda: self.cancelled.append(True))
        self.show()

    def show(self) -> None:
        self.sheet.show_payment(PaymentState.of(self.counter))

    def _on_added(self, kind: str, fen: int) -> None:
        self.added.append((kind, fen))
        self._again((*self._tenders(), (TenderKind(kind), fen)))

    def _on_removed(self, at: int) -> None:
        self.removed.append(at)
        tenders = self._tenders()
        self._again((*tenders[:at], *tenders[at + 1 :]))

    def _tenders(self) -> tuple[tuple[TenderKind, int], ...]:
        return tuple((each.kind, each.amount_fen) for each in self.counter.basket.tenders)

    def _again(self, tenders) -> None:
        old = self.counter
        self.counter = baskets.counter(old.basket, *tenders, file=old.file, rules=old.rulebook)
        self.show()

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            assert QApplication.focusWidget() is not None
            self.qtbot.keyClick(QApplication.focusWidget(), key)

    def typed(self, text: str) -> None:
        for sign in text:
            self.qtbot.keyClicks(QApplication.focusWidget(), sign)

    def pick(self, digit: str) -> None:
        focus = QApplication.focusWidget()
        self.qtbot.keyClick(focus, Qt.Key(ord(digit)), Qt.KeyboardModifier.ControlModifier)

    def tap(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(QAbstractButton, name), LEFT)

    def find(self, kind: type, name: str):
        found = self.sheet.findChild(kind, name)
        assert found is not None, name
        return found

    @property
    def line(self) -> QLineEdit:
        return self.find(QLineEdit, "payment_amount")

    def figure(self) -> tuple[str, str]:
        shown = self.find(Amount, "payment_change_figure")
        return shown.accessibleName().split()[0], shown.text()

    def problem(self) -> str:
        words = self.find(Words, "payment_change_problem")
        return words.text() if words.isVisible() else ""
