"""退货的行: one line of a sale: name, what was bought, how much of it comes back, its money."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from core.values.quantity import format_quantity
from ui.look import Look
from ui.text import tr
from ui.till.return_state import LineState
from ui.widgets import paint
from ui.widgets.button import Button
from ui.widgets.stepper import Stepper
from ui.widgets.words import Words

HEIGHT = 72
SIDE = 16
MONEY, MONEY_NARROW = 92, 76
NARROW = 520


class ReturnRow(QWidget):
    """`stepped` by ±1, `all_asked` for all that is left, `asked` to type a number, `picked`."""

    stepped = Signal(int)
    all_asked = Signal()
    asked = Signal()
    picked = Signal()

    def __init__(self, look: Look, line: LineState) -> None:
        super().__init__()
        self._look = look
        self._line = line
        self._is_current = self._is_chosen = False
        name = f"return_line_{line.no}"
        self.setObjectName(name)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.name = Words(look, line.name, "body", elides=True, name=f"{name}_name")
        self.sub = Words(look, line.sub, "small", "ink_2", halves=True, name=f"{name}_sub")
        self.bought = Words(look, line.bought, "small", "ink_2", align=paint.RIGHT)
        self.money = Words(look, "", "item", bold=True, align=paint.RIGHT, name=f"{name}_money")
        self.money.setFixedWidth(MONEY)
        self.stepper = Stepper(look, name=f"{name}_stepper")
        self.all = Button(look, tr("退这件"), name=f"{name}_all")
        self.all.set_spoken(tr("退这件：{name}", name=line.name))
        self.stepper.stepped.connect(self.stepped)
        self.stepper.asked.connect(self.asked)
        self.all.clicked.connect(self.all_asked)
        self._arrange()
        self.show_line(line)

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.name)
        words.addWidget(self.sub)
        words.addStretch(1)
        how = QWidget()
        how.setFixedSize(self.stepper.width(), self.stepper.height())
        self._how = QStackedLayout(how)
        for page in (self.all, self.stepper):
            page.setParent(how)
            self._how.addWidget(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 0, SIDE, 1)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.bought)
        row.addWidget(how)
        row.addWidget(self.money)

    def show_line(self, line: LineState) -> None:
        """What the line says now."""
        is_chosen = line.chosen_milli > 0
        self._is_chosen = is_chosen
        self._line = line
        self._say_sub()
        self.money.setText(line.money)
        self._how.setCurrentWidget(self.stepper if is_chosen else self.all)
        self.stepper.set_number(format_quantity(line.chosen_milli))
        self.stepper.set_limits(can_more=line.chosen_milli < line.left_milli)
        self.all.setVisible(not is_chosen and line.left_milli > 0)
        self.name.set_role("ink" if line.left_milli else "ink_3")
        self.setAccessibleName(" ".join((line.name, line.bought, line.sub, line.money)).strip())
        self.update()

    def set_current(self, is_current: bool) -> None:
        """Whether the keys mean this row."""
        self._is_current = is_current
        self.update()

    def _say_sub(self) -> None:
        """Where what was bought has no place of its own it stands before the rest."""
        line, is_narrow = self._line, self.width() < NARROW
        self.sub.setText(f"{line.bought}　{line.sub}" if is_narrow else line.sub)
        self.bought.setVisible(not is_narrow)
        self.money.setFixedWidth(MONEY_NARROW if is_narrow else MONEY)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_sub()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.picked.emit()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        if self._is_chosen:
            painter.fillRect(self.rect(), look.colour("selected"))
        if self._is_current:
            rail = QRectF(0, 0, look.borders.rail, self.height())
            painter.fillRect(rail, look.colour("accent"))
        rule = look.borders.rule
        line = QRectF(0, self.height() - rule, self.width(), rule)
        painter.fillRect(line, look.colour("line"))
