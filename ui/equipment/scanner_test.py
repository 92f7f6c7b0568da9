"""扫码枪自检: a code to scan, three times, and what that tells of the scanner.

measured(Measured)   after each scan
accepted()           Enter was pressed by a hand: take what was measured
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui.devices.scan_trial import ENOUGH, SAMPLES, Measured, Trial, measure
from ui.equipment.code_picture import CodePicture
from ui.equipment.key_trials import KeyTrials
from ui.equipment.scanner_words import Said, facts, tips, verdict
from ui.look import Look
from ui.text import tr
from ui.widgets.banner import Banner
from ui.widgets.panel_row import PanelRow
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Rule, Words

NARROW, LOW = 800, 430
SIDE, BETWEEN = 24, 40
KINDS = tuple(SAMPLES)
KEPT = 2 * ENOUGH


class ScannerTest(QWidget):
    """It takes every key while it has the focus: a scanner's signs, and what ends them."""

    measured = Signal(object)
    accepted = Signal()

    takes_every_key = True

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._trials: list[Trial] = []
        self._has_title = True
        self.found: Measured | None = None
        self.setObjectName("scanner_test")
        self.setAccessibleName(tr("扫码枪自检"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self._keys = KeyTrials(self)
        self._keys.tried.connect(self._on_tried)
        self._keys.entered.connect(self.accepted)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(SIDE, 16, SIDE, 16)
        self._halves.setSpacing(BETWEEN)
        self._halves.addLayout(self._left(), 1)
        self._halves.addLayout(self._right(), 1)
        self.begin()

    def stand_in_page(self) -> None:
        """The page around it has a title and margins of its own."""
        self._has_title = False
        self.title.hide()
        self.hint.hide()
        self._halves.setContentsMargins(0, 0, 0, 0)

    def begin(self) -> None:
        """Forget what was measured."""
        self._trials.clear()
        self._show(None)

    @property
    def trials(self) -> tuple[Trial, ...]:
        """What it measures by: for whoever shows another test of the same scanner later."""
        return tuple(self._trials)

    def take_up(self, trials: Sequence[Trial]) -> None:
        """Go on behind what was scanned before."""
        self._trials = list(trials)
        self._show(measure(self._trials) if trials else None)

    def take_code(self, code: str) -> None:
        """A code that came otherwise than as keys: from a serial port."""
        self._on_tried(Trial(code))

    def _left(self) -> QVBoxLayout:
        look = self._look
        self.title = Words(look, tr("扫一下这个码，三次"), "title", wraps=False)
        self.hint = Words(look, tr("或拿一盒商品，同一个码扫三次"), "body", "ink_2", elides=True)
        names = {"ean13": "EAN-13", "code128": "Code 128", "qr": tr("二维码")}
        self.kinds = Segments(
            look,
            [Segment(kind, names[kind]) for kind in KINDS],
            name="scanner_kind",
            spoken=tr("哪一种码"),
        )
        self.kinds.chosen.connect(self.show_kind)
        self.picture = CodePicture(look, "scanner_code")
        self._place = QVBoxLayout()
        self._banner: Banner | None = None
        column = QVBoxLayout()
        column.setSpacing(look.space[2])
        for widget in (self.title, self.hint):
            column.addWidget(widget)
        column.addWidget(self.kinds)
        column.addWidget(self.picture, 1)
        column.addLayout(self._place)
        return column

    def _right(self) -> QVBoxLayout:
        look = self._look
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Words(look, tr("扫码枪"), "body", bold=True))
        column.addSpacing(look.space[2])
        column.addWidget(Rule(look, strong=True))
        self._facts = [
            PanelRow(look, each.title, icon="scan", line=each.line, name=f"scanner_fact_{at}")
            for at, each in enumerate(facts(None))
        ]
        for row in self._facts:
            column.addWidget(row)
        self._tips = QWidget()
        below = QVBoxLayout(self._tips)
        below.setContentsMargins(0, 16, 0, 0)
        below.setSpacing(2)
        below.addWidget(Words(look, tr("没有反应？"), "body", bold=True))
        for tip in tips():
            below.addWidget(Words(look, tip, "small", "ink_2", elides=True))
        column.addWidget(self._tips)
        column.addStretch(1)
        return column

    def show_kind(self, kind: str) -> None:
        """Another code to scan."""
        self.kinds.set_current(kind)
        self.picture.show_code(kind, SAMPLES[kind])
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_tried(self, trial: Trial) -> None:
        self._trials = [*self._trials[1 - KEPT :], trial]
        self._show(measure(self._trials))

    def _show(self, found: Measured | None) -> None:
        self.found = found
        if found is None:
            self.kinds.set_current(KINDS[1])
            self.picture.show_code(KINDS[1], SAMPLES[KINDS[1]])
        for row, said in zip(self._facts, facts(found), strict=True):
            row.set_words(said.title, said.line, icon=_icon(said), icon_role=_role(said))
        self._say(verdict(found))
        if found is not None:
            self.measured.emit(found)

    def _say(self, said: Said) -> None:
        if self._banner is not None:
            self._place.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
        tone = "warn" if said.is_good is False else "good"
        self._banner = Banner(
            self._look, said.title, said.line, tone=tone, icon=_icon(said), name="scanner_verdict"
        )
        self._banner.setToolTip(said.line)
        self._place.addWidget(self._banner)

    # Of Qt

    def event(self, event: QEvent) -> bool:
        """Tab ends a code, where there is one; else it goes on to the next widget."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_tab = event.key() == Qt.Key.Key_Tab
            if is_tab and self._keys.take(event):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            at = KINDS.index(self.kinds.current()) + step
            self.show_kind(KINDS[at % len(KINDS)])
        elif not self._keys.take(event):
            event.ignore()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.commitString() or event.preeditString():
            self._keys.compose(event.commitString())
        event.accept()

    def sizeHint(self) -> QSize:
        return QSize(960, 470)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tips.setVisible(self.height() >= LOW)
        self.hint.setVisible(self._has_title and self.height() >= LOW)
        is_narrow = self.width() < NARROW
        self._halves.setSpacing(SIDE if is_narrow else BETWEEN)


def _icon(said: Said) -> str:
    return {True: "check", False: "alert", None: "scan"}[said.is_good]


def _role(said: Said) -> str:
    return {True: "accent", False: "warn", None: "ink_3"}[said.is_good]
