"""班次: whose turn it is at the drawer, what it took, and everything one does with it.

asked(name)   what the person chose: one of `ACTS`, "takings" or "drawer"
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QVBoxLayout, QWidget

from core.actions.shift import DrawerNow, TakingsNow
from core.values.money import format_money
from ui.drawer_text import sales_of_shift, unsettled_words
from ui.here import day_words
from ui.look import Look
from ui.text import tender_name, tr
from ui.widgets.button import Button
from ui.widgets.key_hint import ENTER
from ui.widgets.panel_row import FactRow
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import LOW_WINDOW, Sheet
from ui.widgets.tile import Tile
from ui.widgets.words import Rule, Words

SIZE = (900, 660)
RIGHT = 380
ACTS = ("pay_in", "pay_out", "x", "change", "close", "z")
ICONS = ("plus", "minus", "today", "staff", "calendar", "printer")


class ShiftSheet(Sheet):
    """Facts at the left, acts at the right; each act has its digit."""

    asked = Signal(str)
    refuses_scans = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("班次"), size=SIZE, name="shift")
        self._tiles: dict[str, Tile] = {}

    def show_shift(self, now: DrawerNow | TakingsNow, *, can_close: bool) -> None:
        """Whose turn it is; `can_close`: nothing stands at the counter that keeps the day open."""
        drawer = now if isinstance(now, DrawerNow) else now.drawer
        shift = tr("第 {no} 班", no=drawer.shift.no)
        self.set_titles(tr("班次"), f"{day_words(drawer.day.business_on)}　{shift}")
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(Scroll(self._facts(drawer, now)), 1)
        row.addWidget(Rule(self._look, upright=True))
        row.addWidget(self._acts(can_close=can_close, can_change=drawer.waits is None))
        self.set_body(body)
        self._fit()
        if self.isHidden():
            self.open(self._tiles[ACTS[0]])
        else:
            self._tiles[ACTS[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _facts(self, drawer: DrawerNow, now: DrawerNow | TakingsNow) -> QWidget:
        look = self._look
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(0)
        if drawer.waits is not None:
            why = unsettled_words(drawer.waits)
            column.addWidget(Words(look, why, "small", "warn_text", wraps=True, name="shift_waits"))
            column.addSpacing(8)
        for name, label, value in (
            ("cashier", tr("当班收银员"), drawer.cashier),
            ("since", tr("接班时间"), drawer.since),
            ("float", tr("接手时的现金"), format_money(drawer.shift.float_fen)),
        ):
            column.addWidget(FactRow(look, label, value, name=f"shift_{name}"))
        if isinstance(now, TakingsNow):
            column.addSpacing(16)
            for row in self._takings(now):
                column.addWidget(row)
            column.addStretch(1)
            return page
        column.addStretch(1)
        hint = tr("营业数只给有权限的人看：先点钱箱，再对账。")
        column.addWidget(Words(look, hint, "small", "ink_2", wraps=True))
        look_at = Button(look, tr("看营业数"), icon="eye", name="shift_takings")
        look_at.clicked.connect(lambda: self.asked.emit("takings"))
        line = QHBoxLayout()
        line.setContentsMargins(0, 12, 0, 0)
        line.addWidget(look_at)
        line.addStretch(1)
        column.addLayout(line)
        return page

    def _takings(self, now: TakingsNow) -> list[QWidget]:
        look, took = self._look, now.of_shift
        title = sales_of_shift(took)
        rows: list[QWidget] = [Words(look, title, "body", bold=True, name="shift_sales")]
        height = look.sizes.control
        for kind, fen in took.tenders:
            label = tender_name(kind)
            rows.append(
                FactRow(look, label, format_money(fen), height=height, name=f"shift_{kind}")
            )
        total = format_money(took.taken_fen)
        rows.append(FactRow(look, tr("合计"), total, strong=True, name="shift_total"))
        moved = took.paid_in_fen - took.paid_out_fen
        if moved:
            label = tr("放入减取出")
            rows.append(FactRow(look, label, format_money(moved), name="shift_moved"))
        expected = format_money(now.expected_fen)
        rows.append(FactRow(look, tr("钱箱应有"), expected, strong=True, name="shift_expected"))
        return rows

    def _acts(self, *, can_close: bool, can_change: bool) -> QWidget:
        page = QWidget()
        page.setFixedWidth(RIGHT)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(self._look.space[2])
        labels = (
            tr("放入现金"),
            tr("取出现金"),
            tr("X 看营业数"),
            tr("交接班"),
            tr("日结"),
            tr("看日结单，补打"),
        )
        self._tiles = {}
        for at, (act, label, icon) in enumerate(zip(ACTS, labels, ICONS, strict=True), 1):
            tile = Tile(
                self._look,
                label,
                icon=icon,
                key=str(at),
                height=self._look.sizes.choice,
                name=f"shift_{act}",
            )
            tile.clicked.connect(lambda _on=True, act=act, tile=tile: self._ask(act, tile))
            self._tiles[act] = tile
            column.addWidget(tile)
        self._tiles["change"].setEnabled(can_change)
        self._tiles["close"].setEnabled(can_close and can_change)
        column.addStretch(1)
        if can_change and not can_close:
            why = tr("还有一单没有结完，不能日结。")
            column.addWidget(Words(self._look, why, "small", "ink_2", wraps=True))
        drawer = Button(self._look, tr("开钱箱"), icon="drawer", key="F10", name="shift_drawer")
        drawer.clicked.connect(lambda: self.asked.emit("drawer"))
        column.addWidget(drawer)
        return page

    def _ask(self, act: str, tile: Tile) -> None:
        """A tile is pressed, not chosen: it must not stay marked."""
        tile.set_chosen(False)
        self.asked.emit(act)

    def _fit(self) -> None:
        """Lower tiles in a low window: all of them in sight."""
        low, sizes = self.parentWidget().height() < LOW_WINDOW, self._look.sizes
        for tile in self._tiles.values():
            tile.setFixedHeight(sizes.control if low else sizes.choice)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, focus = event.text(), QApplication.focusWidget()
        acts = list(self._tiles)
        if event.key() in ENTER:
            if isinstance(focus, QAbstractButton):
                focus.click()
        elif text.isascii() and text.isdigit() and 0 < int(text) <= len(acts):
            self._tiles[acts[int(text) - 1]].click()
        elif event.key() == Qt.Key.Key_F10:
            self.asked.emit("drawer")
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)
            return
        event.accept()
