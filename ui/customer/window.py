"""客显窗口: the second window. It takes neither focus nor key nor press, and ends no program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.customer.due import Due, Thanks
from ui.customer.goods import Goods
from ui.customer.part import DRAWN_FOR, Part, scale_for
from ui.customer.slides import Slides
from ui.customer.state import NOTHING, CustomerState, Scene
from ui.look import Look
from ui.text import tr

LEFT = 0.6018
"""The part of the goods: 822 of 1366."""
SMALLEST = (480, 320)


class CustomerWindow(QWidget):
    """`show_state` paints only what is new; `stand_on` fills a screen, `stand_alone` none."""

    def __init__(self, look: Look, folder: Path | None = None) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setObjectName("customer_window")
        self.setWindowTitle(tr("客显"))
        self.setAccessibleName(tr("客显"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setMinimumSize(*SMALLEST)
        self.resize(*DRAWN_FOR)
        self._store = ""
        self._state = NOTHING
        self._stands = QRect()
        self.goods, self.thanks, self.due = Goods(look), Thanks(look), Due(look)
        self.slides = Slides(look, folder)
        self._left = QStackedWidget()
        self._left.addWidget(self.goods)
        self._left.addWidget(self.thanks)
        self.sale = QWidget(self)
        self._left.setParent(self.sale)
        self.due.setParent(self.sale)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.slides)
        self._pages.addWidget(self.sale)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that is drawn."""
        return (self.goods, self.thanks, self.due, self.slides)

    @property
    def scene(self) -> Scene:
        """What it is about now."""
        return self._state.scene

    def show_state(self, state: CustomerState) -> None:
        """What may be seen of the counter."""
        self._state = state
        if state.scene is Scene.IDLE:
            self._pages.setCurrentWidget(self.slides)
            self._run_slides()
            return
        self.slides.end()
        if state.scene is Scene.PAID:
            self.thanks.show_state(state)
            self._left.setCurrentWidget(self.thanks)
        else:
            self.goods.show_state(state, self._store)
            self._left.setCurrentWidget(self.goods)
        self.due.show_state(state)
        self._pages.setCurrentWidget(self.sale)

    def show_place(self, store: str, clock: str) -> None:
        """Where this is, and how late it is."""
        self.slides.show_place(store, clock)
        if store != self._store:
            self._store = store
            self.show_state(self._state)

    def stand_on(self, place: QRect) -> None:
        """Fill this screen, without a frame."""
        if not self.isVisible() or self._stands != place:
            self._stands = place
            self.setWindowFlag(Qt.WindowType.FramelessWindowHint, on=True)
            self.setGeometry(place)
            self.showFullScreen()
        self._run_slides()

    def stand_alone(self) -> None:
        """A window beside the till, where a person puts it."""
        if not self.isVisible() or not self._stands.isEmpty():
            self._stands = QRect()
            self.setWindowFlag(Qt.WindowType.FramelessWindowHint, on=False)
            self.resize(*DRAWN_FOR)
            self.showNormal()
        self._run_slides()

    def _run_slides(self) -> None:
        if self._state.scene is Scene.IDLE and self.isVisible():
            self.slides.begin()

    def leave(self) -> None:
        """Out of sight."""
        self.slides.end()
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, high = self.width(), self.height()
        left = round(wide * LEFT)
        self._left.setGeometry(0, 0, left, high)
        self.due.setGeometry(left, 0, wide - left, high)
        scale = scale_for(wide, high)
        for part in self.parts:
            part.set_scale(scale)
