"""怎么开始: a new shop, a till of a chain, or what stands in a backup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.values.coupon_code import holds_enrolment
from core.values.first_run import CHAIN, NEW, RESTORE
from ui.first_run.course import Course
from ui.first_run.step import Step
from ui.look import Look
from ui.text import tr
from ui.widgets.tile import Tile


class WayStep(Step):
    """Which steps there are hangs on it; what was typed on others stays.

    Whoever scans an invitation here has chosen.
    """

    name = "way"

    def __init__(self, look: Look, course: Course) -> None:
        line = tr("选错了随时可以回来；店建好以前什么都不算数。")
        super().__init__(look, course, tr("这台电脑要做什么？"), line)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(look.space[3])
        self._tiles: dict[str, Tile] = {}
        for way, label, sub in (
            (NEW, tr("新开一家店"), tr("单独一家，或连锁以后再入")),
            (CHAIN, tr("加入连锁"), tr("总部发了入网码；换机也选它")),
            (RESTORE, tr("用备份恢复"), tr("原来的收银台坏了，有备份和恢复文件")),
        ):
            tile = Tile(look, label, sub=sub, name=f"first_way_{way}")
            tile.setMaximumWidth(640)
            tile.clicked.connect(lambda _=False, one=way: self._choose(one))
            self._tiles[way] = tile
            column.addWidget(tile)
        column.addStretch(1)
        self._show()
        self.put(body)

    def begin(self) -> None:
        self._tiles[self.course.run.way].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        for way, tile in self._tiles.items():
            tile.set_chosen(way == self.course.run.way)

    def _choose(self, way: str) -> None:
        self.course.set(way=way)
        self._show()
        self.begin()
        self.turned.emit()

    def takes(self, text: str) -> bool:
        return holds_enrolment(text)

    def take_scan(self, text: str) -> None:
        self.course.scanned = text.strip()
        self._choose(CHAIN)
        self.go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
            return
        ways = list(self._tiles)
        self._choose(ways[(ways.index(self.course.run.way) + move) % len(ways)])
