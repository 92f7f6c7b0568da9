"""A window with an input for scans and one of every kind of widget, and scanners at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from msgspec import Struct, field
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDateEdit,
    QDialog,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QTableWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ui.devices.habits import Habits
from ui.login.pin_entry import PinEntry
from ui.look import Look
from ui.wedge import Wedge
from ui.widgets.big_input import BigInput
from ui.widgets.key_strip import Key, KeyStrip
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet

PACES = [2, 12.5, 30, 60]
CODE = "6901234567892"
MIXED = "Sk-3d2%/7"
NO_KEY = Qt.KeyboardModifier.NoModifier
TRACKS = ("%B6212345678901232^LI/XIAOHUA^3012?", ";6212345678901232=3012?")


class Landing(BigInput):
    """The counter's own input."""

    def put_back(self, text: str, cursor: int) -> None:
        self.edit.setText(text)
        self.edit.setCursorPosition(cursor)


class Bench(Struct):
    """A window with an input for scans, and hands and scanners at it, in a time of their own."""

    bot: QtBot
    look: Look
    window: QWidget
    landing: Landing
    wedge: Wedge | None = None
    at_ms: float = 10**9
    scanned: list[str] = field(default_factory=list)

    def begin(self, habits: Habits | None = None) -> None:
        self.wedge = Wedge(
            self.landing, self.window, habits=habits or Habits(), now_ms=lambda: int(self.at_ms)
        )
        self.wedge.scanned.connect(self.scanned.append)

    def put(self, widget: QWidget) -> QWidget:
        """A widget in the window that has the focus."""
        self.window.layout().addWidget(widget)
        widget.show()
        widget.setFocus()
        return widget

    def type(
        self, signs: str, *, gap_ms: float = 2, held_ms: int = 1, after_ms: int = 1_000
    ) -> None:
        self.at_ms += after_ms
        for sign in signs:
            key = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}.get(
                sign, Qt.Key(ord(sign.upper()[:1]))
            )
            for kind, late_ms in ((QEvent.Type.KeyPress, 0), (QEvent.Type.KeyRelease, held_ms)):
                event = QKeyEvent(kind, key, NO_KEY, sign)
                event.setTimestamp(int(self.at_ms) + late_ms)
                QApplication.sendEvent(QApplication.focusWidget() or self.window, event)
            self.at_ms += gap_ms
        self.at_ms -= gap_ms

    def shifted(self, sign: str, alone: str, *, gap_ms: float = 3) -> None:
        """A sign whose Shift is let go before its key: what is let go is another sign."""
        self.at_ms += gap_ms
        for kind, it, late_ms in (
            (QEvent.Type.KeyPress, sign, 0),
            (QEvent.Type.KeyRelease, alone, 1),
        ):
            event = QKeyEvent(kind, ord(it), NO_KEY, 10 + ord(alone), 0, 0, it)
            event.setTimestamp(int(self.at_ms) + late_ms)
            QApplication.sendEvent(QApplication.focusWidget() or self.window, event)

    def compose(self, preedit: str, *, gap_ms: float = 2) -> None:
        """An input method shows what it composes."""
        self.at_ms += gap_ms
        self._send(QInputMethodEvent(preedit, []))

    def commit(self, text: str, *, gap_ms: float = 2) -> None:
        """An input method writes what it composed."""
        self.at_ms += gap_ms
        event = QInputMethodEvent()
        event.setCommitString(text)
        self._send(event)

    def _send(self, event: QInputMethodEvent) -> None:
        QApplication.sendEvent(QApplication.focusWidget() or self.window, event)


@contextmanager
def bench_of(qtbot: QtBot, look: Look) -> Iterator[Bench]:
    window = QWidget()
    QVBoxLayout(window)
    landing = Landing(look, name="scan")
    window.layout().addWidget(landing)
    window.resize(900, 600)
    window.show()
    window.activateWindow()
    landing.edit.setFocus()
    yield Bench(qtbot, look, window, landing)
    delete(window)


def spin(bench: Bench) -> QWidget:
    box = QSpinBox()
    box.setMaximum(10**6)
    return bench.put(box)


def listed(bench: Bench) -> QWidget:
    box = QListWidget()
    box.addItems(["1", "6", "9", "S", "k"])
    return bench.put(box)


def table(bench: Bench) -> QWidget:
    box = QTableWidget(2, 2)
    box.setCurrentCell(0, 0)
    return bench.put(box)


def combo(bench: Bench) -> QWidget:
    box = QComboBox()
    box.addItems(["1", "6", "9", "S", "k"])
    return bench.put(box)


def typed_combo(bench: Bench) -> QWidget:
    box = QComboBox()
    box.setEditable(True)
    return bench.put(box)


def button(bench: Bench) -> QWidget:
    box = QPushButton("6")
    box.setAutoDefault(True)
    box.clicked.connect(lambda: box.setText("pressed"))
    return bench.put(box)


def sheet(bench: Bench) -> QWidget:
    box = Sheet(bench.look, bench.window, "…")
    edit = QLineEdit()
    box.set_body(edit)
    box.open(edit)
    box.left.connect(lambda: edit.setText("left"))
    return edit


def dialog(bench: Bench) -> QWidget:
    box = QDialog(bench.window)
    edit = QLineEdit(box)
    box.finished.connect(lambda: edit.setText("closed"))
    box.open()
    box.activateWindow()
    edit.setFocus()
    return edit


def pin(bench: Bench) -> QWidget:
    box = PinEntry(bench.look, name="pin")
    bench.put(box)
    box.field.focus()
    return box


def strip(bench: Bench) -> QWidget:
    box = KeyStrip(bench.look)
    box.set_keys([Key("F1", "帮助"), Key("F9", "收款")])
    return bench.put(box)


def segments(bench: Bench) -> QWidget:
    box = Segments(bench.look, [Segment(each, each) for each in "169"], name="s", spoken="s")
    bench.put(box)
    box.focus()
    return box


WIDGETS: list[Callable[[Bench], QWidget]] = [
    lambda bench: bench.put(QLineEdit("12")),
    lambda bench: bench.put(QTextEdit("12")),
    lambda bench: bench.put(QPlainTextEdit("12")),
    lambda bench: bench.put(QDateEdit()),
    lambda bench: bench.put(QSlider()),
    spin,
    listed,
    table,
    combo,
    typed_combo,
    button,
    sheet,
    dialog,
    pin,
    strip,
    segments,
    lambda bench: bench.landing.edit,
]
NAMES = (
    "line edit,text edit,plain text,date,slider,spin,list,table,combo,combo to type in,button,sheet"
    ",dialog"
    ",pin,key strip,segments,the input itself"
).split(",")


def seen(widget: QWidget) -> list[object]:
    """All that a key could have changed."""
    found: list[object] = []
    for each in (widget, *widget.findChildren(QWidget)):
        for what in ("text", "toPlainText", "value", "currentText", "currentRow"):
            ask = getattr(each, what, None)
            if callable(ask):
                found.append(ask())
        if isinstance(each, QAbstractSpinBox):
            found.append(each.text())
    return found
