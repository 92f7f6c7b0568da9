"""对话框: a dialog inside the window, on a scrim that darkens the page but leaves it visible.

It is not a window of its own, so it cannot get lost behind another one. Tab stays inside; Esc and
the button at the top right close it. Its size never exceeds the window less 16 px; in a
window lower than LOW_WINDOW what stands in it is set a step smaller.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui.look import Look
from ui.text import tr
from ui.widgets import paint
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.key_hint import ENTER
from ui.widgets.list_form import ListForm
from ui.widgets.low_foot import TINY_WINDOW, LowFoot
from ui.widgets.sheet_body import SheetBody
from ui.widgets.stops import step, stops
from ui.widgets.words import Rule, Words

HEAD, TINY_HEAD = 64, 48
MARGIN, TINY_MARGIN = 16, 8
ONCE = frozenset({*ENTER, Qt.Key.Key_Escape, Qt.Key.Key_Delete})
"""Keys that do something each time: held down, as one with Ctrl, they do it once."""
LOW_WINDOW = 660


class _Panel(QFrame):
    """The dialog's paper: surface, radius 12, border 1."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        paint.box(
            QPainter(self),
            self.rect(),
            radius=look.radii.dialog,
            fill=look.colour("surface"),
            border=look.colour("line_strong"),
            width=look.borders.control,
        )


class Sheet(QWidget):
    """A dialog frame over `window`; put the content in with `set_body`, then `open()`.

    `closed` is emitted once, however the sheet goes away; `left` only when the person gave up
    (Esc or the button). A size of (0, 0) takes what the content asks for. What is given as `foot`
    always stands at the lower edge: however low the window, the deed of the sheet is in sight.
    `scan_refused`: a code was scanned that is taken nowhere, and that was said.
    """

    refuses_scans = False
    """Whether no code that is scanned while this lies open is meant for anything."""
    shows_scans = False
    """Whether a code stands here as it was scanned: nothing of a stripe does."""
    takes_secrets = False
    """Whether a code is asked for here that must be kept nowhere else."""
    scan_refused = Signal()
    opened = Signal()
    closed = Signal()
    left = Signal()

    def __init__(
        self,
        look: Look,
        window: QWidget,
        title: str,
        *,
        subtitle: str = "",
        size: tuple[int, int] = (0, 0),
        name: str = "sheet",
        leave: str = "",
    ) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._wanted = size
        self._before: QWidget | None = None
        self._said: Banner | None = None
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.panel = _Panel(look, self)
        self.panel.setObjectName(f"{name}_panel")
        self.panel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = Words(look, title, "title", name=f"{name}_title")
        self.subtitle = Words(look, subtitle, "body", "ink_2", halves=True)
        self.leave = Button(
            look, leave or tr("返回"), kind="quiet", icon="close", key="Esc", name=f"{name}_leave"
        )
        self.leave.clicked.connect(self.give_up)
        self._area = SheetBody(self.panel)
        self._area.asked.connect(self._grow)
        self._lowest: QWidget | None = None
        self._arrange()
        self.hide()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 12, 0)
        head.setSpacing(16)
        head.addWidget(self.title)
        head.addWidget(self.subtitle, 1)
        head.addWidget(self.leave)
        self._bar = bar = QWidget(self.panel)
        bar.setLayout(head)
        self._parts = column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(Rule(self._look))
        column.addWidget(self._area, 1)

    @property
    def has_body(self) -> bool:
        """Whether anything stands below the head."""
        return self._area.widget() is not None

    def set_body(self, body: QWidget, foot: QWidget | None = None) -> None:
        """Put the content below the head; it fills the paper above the foot."""
        before = self._area.takeWidget()
        if before is not None:
            before.hide()
            before.deleteLater()
        self._area.setWidget(body)
        self._set_foot(foot)
        # What scrolls to the lower edge ends above the round corners.
        is_last = foot is None and isinstance(body, QScrollArea)
        low = self._look.radii.dialog if is_last else 1
        self._parts.setContentsMargins(1, 0, 1, low)
        body.setAutoFillBackground(False)
        self._area.updateGeometry()
        self._place()
        self._area.fit()
        self._area.verticalScrollBar().setValue(0)

    def _set_foot(self, foot: QWidget | None) -> None:
        before, self._lowest = self._lowest, foot
        if before is not None and before is not foot:
            before.hide()
            before.deleteLater()
        if foot is not None and foot is not before:
            self._parts.addWidget(foot)

    def show_top(self) -> None:
        """What stands first is what must be read now."""
        QTimer.singleShot(0, self._area, lambda: self._area.verticalScrollBar().setValue(0))

    def set_titles(self, title: str, subtitle: str = "") -> None:
        """Change the words in the head."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.setAccessibleName(title)

    def open(self, focus: QWidget | None = None) -> None:
        """Cover the window and put the caret into `focus` (or the first thing that takes it)."""
        self._before = QApplication.focusWidget()
        self._window.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keep_in_sight)
        target = focus or next(iter(self._stops()), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit()

    def shut(self) -> None:
        """Take the sheet away and give the focus back to who had it."""
        if self.isHidden():
            return
        self._window.removeEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._keep_in_sight)
        # Who left it may have been led to another sheet already, which has the keys now.
        holder = self.window().focusWidget()
        has_keys = holder is None or self.isAncestorOf(holder)
        self.hide()
        self._unsay()
        # who had the focus may have been removed since, as a row's stepper is
        before = self._before
        if has_keys and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self.closed.emit()

    def give_up(self) -> None:
        """Close because the person turned back: `left`, then `closed`."""
        if self.isHidden():
            return
        self.left.emit()
        self.shut()

    def take_scan(self, _text: str) -> bool:
        """What becomes of a code that is scanned while the sheet is open.

        True: the sheet took it, or said why not. False: it is for whatever lies beneath.
        """
        if self.refuses_scans:
            self.refuse_scan()
        return self.refuses_scans

    def refuse_scan(self, words: str = "") -> None:
        """Say that a code was not taken, and why."""
        self.say_scan(
            tr("扫的码没有收"), words or tr("先把这里办完，或按 Esc 退回，再扫。"), tone="warn"
        )
        self.scan_refused.emit()

    def say_scan(self, title: str, line: str, *, tone: str = "good") -> None:
        """Say below the head what became of a code, until the sheet goes away."""
        self._unsay()
        icon = "alert" if tone == "warn" else "scan"
        self._said = Banner(self._look, title, line, tone=tone, icon=icon, name="sheet_scan")
        self._parts.insertWidget(self._parts.indexOf(self._area), self._said)
        self._said.show()
        self._place()

    def _unsay(self) -> None:
        said, self._said = self._said, None
        if said is not None:
            said.hide()
            self._parts.removeWidget(said)
            said.deleteLater()

    def _place(self) -> None:
        window = self._window.rect()
        is_tiny = window.height() < TINY_WINDOW
        if isinstance(self._lowest, LowFoot):
            self._lowest.set_tiny(is_tiny)
        body = self._area.widget()
        if isinstance(body, ListForm):
            body.fit(window.width(), is_low=window.height() < LOW_WINDOW)
        self._bar.setFixedHeight((TINY_HEAD if is_tiny else HEAD) - self._look.borders.rule)
        self.setGeometry(window)
        margin = TINY_MARGIN if is_tiny else MARGIN
        room = window.size() - QSize(margin, margin)
        wanted = QSize(*self._wanted)
        hint = self.panel.sizeHint()
        height = wanted.height() + (self._said.height() if self._said else 0)
        width = min(wanted.width() or hint.width(), room.width())
        size = QSize(width, height if wanted.height() else self._high(width)).boundedTo(room)
        corner = QRect(0, 0, window.width(), window.height()).center()
        left, top = corner.x() - size.width() // 2 + 1, corner.y() - size.height() // 2 + 1
        self.panel.setGeometry(QRect(max(left, 0), max(top, 0), size.width(), size.height()))

    def _high(self, width: int) -> int:
        """What the content asks for, and its paragraphs at this width."""
        hint, area = self.panel.sizeHint().height(), self._area
        return hint + max(area.least_height(width - 2) - area.sizeHint().height(), 0)

    def _grow(self) -> None:
        """Words that came since may take more lines than there were: the paper grows, up to the
        window, and stays so.
        """
        if self.isVisible() and not self._wanted[1] and self._is_cramped():
            self._place()

    def _is_cramped(self) -> bool:
        room = self._area.maximumViewportSize()
        return self._area.least_height(room.width()) > room.height()

    def _keep_in_sight(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.panel.isAncestorOf(now):
            return
        around = now.parentWidget()
        while around is not self.panel:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(now, 0, MARGIN)
            around = around.parentWidget()

    def _stops(self) -> list[QWidget]:
        """The widgets that Tab visits, the leave button last."""
        return [each for each in stops(self.panel) if each is not self.leave] + [self.leave]

    def focusNextPrevChild(self, forward: bool) -> bool:
        step(self._stops(), forward=forward)
        return True

    def event(self, event: QEvent) -> bool:
        """A key that is held down does its deed once: no sheet hears it again."""
        if isinstance(event, QKeyEvent) and event.isAutoRepeat():
            is_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if is_ctrl or event.key() in ONCE:
                event.accept()
                return True
        return super().event(event)

    def _fit(self) -> None:
        """What stands in it takes its measures for the window as it is now."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif event.key() in ENTER:
            if isinstance(focus, QAbstractButton):
                focus.click()
        elif event.isAutoRepeat() or not self._press_by(event):
            self._area.scroll_by(event)
        event.accept()

    def _press_by(self, event: QKeyEvent) -> bool:
        """A button in sight that tells its key is pressed by it; whether there is one."""
        for button in self.panel.findChildren(Button):
            if button.isVisible() and button.is_pressed_by(event):
                button.click()
                return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._look.colour("scrim"))
