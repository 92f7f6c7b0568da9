"""商品的空: what is written there can be chosen by a button, and is told from what is not there."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from ui.look import Look
from ui.rule_blank import texts_in
from ui.rule_conditions import Names
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.words import Words


class ChoiceField(Field):
    """`wanted` where something is to be chosen for it.

    `told` says what it is, `missing` what of it the shop does not have.
    """

    wanted = Signal()

    def __init__(self, look: Look, label: str, *, name: str) -> None:
        choose = Button(look, tr("选…"), name=f"{name}_choose", spoken=f"{tr('选…')} {label}")
        super().__init__(look, label, name=name, beside=choose)
        self.said = label
        choose.clicked.connect(self.wanted)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        self.told = Words(look, "", "small", "ink_2", elides=True, name=f"{name}_told")
        self.missing = Words(look, "", "small", "warn_text", elides=True, name=f"{name}_missing")
        for words in (self.told, self.missing):
            column.addWidget(words)
            words.hide()

    def written(self) -> tuple[str, ...]:
        """What is written there, one by one."""
        return tuple(texts_in(self.text()))

    def take(self, chosen: Collection[str]) -> None:
        """Write these."""
        self.set_text(tr("、").join(chosen))
        self.edit.setCursorPosition(0)

    def show_missing(self, gone: list[str]) -> None:
        """Those of them that the shop does not have."""
        said = tr("店里没有：{codes}", codes=Names({}).listed(gone)) if gone else ""
        self.missing.setText(said)
        self.missing.setVisible(bool(said))
        self.missing.setToolTip("\n".join(gone))


class GoodsField(ChoiceField):
    """Codes, and below what they are called; `takes_one`: one product, and not several."""

    def __init__(self, look: Look, label: str, *, name: str, takes_one: bool) -> None:
        super().__init__(look, label, name=name)
        self.takes_one = takes_one

    def show_names(self, known: Mapping[str, str], asked: Collection[str]) -> None:
        """What they are called, and which of those that were asked for are not there."""
        codes = self.written()
        there = [known[code] for code in codes if code in known]
        told = tr("、").join(there)
        if len(there) > 1:
            told = tr("{count} 样：{names}", count=len(there), names=told)
        self.told.setText(told)
        self.told.setVisible(bool(told))
        self.told.setToolTip("\n".join(there))
        self.show_missing([code for code in codes if code in asked and code not in known])


class SortField(ChoiceField):
    """Categories, or brands."""

    def __init__(self, look: Look, label: str, *, name: str, is_brands: bool) -> None:
        super().__init__(look, label, name=name)
        self.is_brands = is_brands
