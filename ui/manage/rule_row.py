"""规则行: a rule on the page: name, sentence below it, its dates and whether it runs today."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.look import Look
from ui.rule_lines import MISSED, RuleLine
from ui.text import tr
from ui.widgets import paint
from ui.widgets.words import Rule, Words


class RuleRow(QWidget):
    """As tall as its sentence is long."""

    def __init__(self, look: Look, line: RuleLine) -> None:
        super().__init__()
        self._look = look
        self.setObjectName(f"rule_{line.key}")
        state = state_words(line) if line.dates else ""
        told = (line.title, line.text, line.dates, state)
        self.setAccessibleName(" ".join(word for word in told if word))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.title = Words(look, line.title, "body", bold=True, elides=True)
        self.text = Words(look, line.text, "body", "ink_2", wraps=True)
        words = QVBoxLayout()
        words.setSpacing(look.space[0])
        words.addWidget(self.title)
        words.addWidget(self.text)
        beside = QHBoxLayout()
        beside.setContentsMargins(0, look.space[3], 0, look.space[3])
        beside.setSpacing(look.space[4])
        beside.addLayout(words, 1)
        if line.dates:
            beside.addLayout(self._build_state(line, state))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(beside)
        column.addWidget(Rule(look))

    def _build_state(self, line: RuleLine, state: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self._look.space[0])
        role = "accent_text" if line.missed is None else "ink_2"
        column.addWidget(
            Words(self._look, state, "body", role, bold=line.missed is None, align=paint.RIGHT)
        )
        column.addWidget(Words(self._look, line.dates, "small", "ink_2", align=paint.RIGHT))
        column.addStretch(1)
        return column


def state_words(line: RuleLine) -> str:
    """Whether it runs today."""
    return tr("今天有效") if line.missed is None else tr(MISSED[line.missed])
