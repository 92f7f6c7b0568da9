"""商品的空: codes to fill in, a button to choose them by, and below what they are called."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Signal

from ui.look import Look
from ui.rule_blank import texts_in
from ui.rule_conditions import Names
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.words import Words


class GoodsField(Field):
    """`wanted` where goods are to be chosen; `takes_one`: one product, and not several."""

    wanted = Signal()

    def __init__(self, look: Look, label: str, *, name: str, takes_one: bool) -> None:
        self.takes_one = takes_one
        choose = Button(look, tr("选…"), name=f"{name}_choose", spoken=f"{tr('选…')} {label}")
        super().__init__(look, label, name=name, beside=choose)
        self.said = label
        choose.clicked.connect(self.wanted)
        self.told = Words(look, "", "small", "ink_2", elides=True, name=f"{name}_told")
        self.missing = Words(look, "", "small", "warn_text", elides=True, name=f"{name}_missing")
        column = self.layout()
        assert column is not None
        for words in (self.told, self.missing):
            column.addWidget(words)
            words.hide()

    def codes(self) -> tuple[str, ...]:
        """What is written there as codes."""
        return tuple(texts_in(self.text()))

    def take(self, codes: Collection[str]) -> None:
        """Write these."""
        self.set_text(tr("、").join(codes))
        self.edit.setCursorPosition(0)

    def show_names(self, known: Mapping[str, str], asked: Collection[str]) -> None:
        """What they are called, and which of those that were asked for are not there."""
        codes, names = self.codes(), Names(known)
        there = [known[code] for code in codes if code in known]
        gone = [code for code in codes if code in asked and code not in known]
        missing = tr("店里没有：{codes}", codes=names.listed(gone)) if gone else ""
        told = tr("、").join(there)
        if len(there) > 1:
            told = tr("{count} 样：{names}", count=len(there), names=told)
        for words, said in ((self.told, told), (self.missing, missing)):
            words.setText(said)
            words.setVisible(bool(said))
        self.told.setToolTip("\n".join(there))
        self.missing.setToolTip("\n".join(gone))
