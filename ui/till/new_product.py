"""新增商品: a code nobody knew becomes a product, and the queue goes on.

added(code, name, price_text, is_prescription)   answer with `shut`, `show_refused`, `show_error`
cancelled()                                      the person turned back
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from core.errors import BadMoney, BadName, BadPrice, Refused, Shortfall
from core.values.money import parse_money
from ui.look import Look
from ui.text import sentence, tr
from ui.till.form import Form
from ui.widgets.field import Field
from ui.widgets.key_hint import ENTER
from ui.widgets.sheet import Sheet
from ui.widgets.tile import Tile

SIZE = (816, 400)
TOGGLE = Qt.Key.Key_F4


class NewProductSheet(Sheet):
    """Name and price of a new product; Enter goes on, and adds it in the last field."""

    added = Signal(str, str, str, bool)
    cancelled = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("新增商品"), size=SIZE, name="new_product")
        self._code = ""
        self._is_busy = False
        self.name = Field(look, tr("名称"), name="new_product_name")
        self.price = Field(look, tr("售价（元）"), placeholder="12.50", name="new_product_price")
        self.code = Field(look, tr("条码"), name="new_product_code")
        self.code.edit.setReadOnly(True)
        self.code.edit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.prescription = Tile(
            look,
            tr("处方药"),
            sub=tr("不参加优惠，不积分"),
            icon="pill",
            key="F4",
            height=look.sizes.control,
            name="new_product_prescription",
        )
        self._form = Form(look, tr("加入本单"), name="new_product")
        self._form.add_row(self.code, self.name)
        self._form.add_row(self.price, self._aligned(self.prescription))
        self._form.set_hint(tr("存下后马上放进这一单"))
        self.set_body(self._form, self._form.foot)
        self.name.submitted.connect(self._on_name)
        self.price.submitted.connect(self._add)
        self._form.done.clicked.connect(self._add)
        self.left.connect(self.cancelled)

    def show_code(self, code: str) -> None:
        """A new product with this code: opens the sheet, empty."""
        self._code = code
        self.code.set_text(code)
        for field in (self.name, self.price):
            field.set_text("")
            field.set_problem("")
        self.prescription.set_chosen(False)
        self._ready()
        if self.isHidden():
            self.open()
        self.name.focus()

    def show_refused(self, error: Shortfall) -> None:
        """Say below its field why it cannot be taken."""
        owners: dict[type[Shortfall], Field] = {
            BadName: self.name,
            BadPrice: self.price,
            BadMoney: self.price,
        }
        owner = owners.get(type(error))
        if owner is None:
            self.show_error(sentence(error))
            return
        self._ready()
        owner.set_problem(sentence(error))
        owner.focus()

    def show_error(self, text: str) -> None:
        """One sentence that belongs to no field."""
        self._ready()
        self._form.show_problem(text)

    def _aligned(self, tile: Tile) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        look = self._look
        column.setContentsMargins(0, look.line("small") + look.space[1], 0, 0)
        column.addWidget(tile)
        return holder

    def _on_name(self) -> None:
        if self._has_name():
            self.price.focus()

    def _has_name(self) -> bool:
        if self.name.text():
            return True
        self.name.set_problem(tr("请输入名称。"))
        self.name.focus()
        return False

    def _has_price(self) -> bool:
        try:
            fen = parse_money(self.price.text())
            if fen <= 0:
                raise BadPrice(self.price.text())
        except Refused as refused:
            is_empty = not self.price.text()
            self.price.set_problem(tr("请输入售价。") if is_empty else sentence(refused))
            self.price.focus()
            return False
        return True

    def _add(self) -> None:
        # both say what is wrong, the first gets the caret
        is_good = all([self._has_price(), self._has_name()])
        if self._is_busy or not is_good:
            return
        self._is_busy = True
        self._form.set_busy(True)
        is_prescription = self.prescription.isChecked()
        self.added.emit(self._code, self.name.text(), self.price.text(), is_prescription)

    def _ready(self) -> None:
        self._is_busy = False
        self._form.set_busy(False)
        self._form.show_problem("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        if event.key() == TOGGLE:
            self.prescription.toggle()
        elif event.key() in ENTER and isinstance(focus, QAbstractButton):
            (self._form.done if focus is self.prescription else focus).click()
        else:
            super().keyPressEvent(event)
            return
        event.accept()
