"""规则行: a rule on the page: name, sentence below it, its dates and whether it runs today."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.look import Look
from ui.rule_lines import MISSED, RuleLine
from ui.text import capital, tr
from ui.widgets import paint
from ui.widgets.button import Button
from ui.widgets.words import Rule, Words


class RuleRow(QWidget):
    """As tall as its sentence is long; of an offer of a draft with what may be done with it.

    `acted` gives "edit", "copy", "off" or "on". What is `gone` stands there to be taken in again.
    `warns`: with what it collides.
    """

    acted = Signal(str)

    def __init__(
        self,
        look: Look,
        line: RuleLine,
        *,
        is_draft: bool = False,
        gone: bool = False,
        warns: str = "",
    ) -> None:
        super().__init__()
        self._look = look
        self.setObjectName(f"rule_{line.key}")
        state = state_words(line) if line.dates else ""
        if gone:
            state = tr("草稿里关掉了")
        told = (line.title, line.text, line.dates, state, warns)
        self.setAccessibleName(" ".join(word for word in told if word))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.title = Words(look, line.title, "body", bold=True, elides=True)
        self.text = Words(look, capital(line.text), "body", "ink_2", wraps=True)
        words = QVBoxLayout()
        words.setSpacing(look.space[0])
        words.addWidget(self.title)
        words.addWidget(self.text)
        beside = QHBoxLayout()
        beside.setContentsMargins(0, look.space[3], 0, look.space[3])
        beside.setSpacing(look.space[4])
        beside.addLayout(words, 1)
        if line.dates:
            beside.addLayout(self._build_state(line, state, runs=line.missed is None and not gone))
        deeds = (("edit", tr("改")), ("copy", tr("照抄")), ("off", tr("关掉")))
        for deed, label in (("on", tr("打开")),) if gone else deeds:
            if is_draft and line.dates:
                button = Button(look, label, kind="text", name=f"rule_{line.key}_{deed}")
                button.setAccessibleName(f"{label} {line.title}")
                button.clicked.connect(lambda _on=False, deed=deed: self.acted.emit(deed))
                beside.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(beside)
        if warns:
            column.addWidget(Words(look, warns, "small", "warn_text", wraps=True))
            column.addSpacing(look.space[3])
        column.addWidget(Rule(look))

    def _build_state(self, line: RuleLine, state: str, *, runs: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self._look.space[0])
        role = "accent_text" if runs else "ink_2"
        column.addWidget(Words(self._look, state, "body", role, bold=runs, align=paint.RIGHT))
        column.addWidget(
            Words(self._look, capital(line.dates), "small", "ink_2", align=paint.RIGHT)
        )
        column.addStretch(1)
        return column


def state_words(line: RuleLine) -> str:
    """Whether it runs today."""
    return tr("今天有效") if line.missed is None else tr(MISSED[line.missed])
