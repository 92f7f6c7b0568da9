"""店里怎么样: the second row of figures: members' tickets, gifts, what waits to be sent, backup."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.actions.today import Today, Waiting
from ui.look import Look
from ui.manage.today import state
from ui.text import tr
from ui.widgets.key_figure import KeyFigure
from ui.widgets.words import Rule


class Standing(QWidget):
    """`opened` gives the name of the figure that was pressed."""

    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.figures = {
            name: KeyFigure(look, label, name=f"today_{name}", style="title")
            for name, label in (
                ("ticket", tr("会员客单")),
                ("gifts", tr("{all:兑换品|兑换品}", all="")),
                ("sync", tr("等着上传")),
                ("backup", tr("最近的备份")),
            )
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space[4])
        for at, (name, figure) in enumerate(self.figures.items()):
            if at:
                row.addWidget(Rule(look, upright=True))
            row.addWidget(figure, 1)
            figure.opened.connect(lambda name=name: self.opened.emit(name))

    def show_today(self, found: Today) -> None:
        """Members' tickets against those of others."""
        number, line, role = state.ticket_figure(found)
        self.figures["ticket"].show_figure(number, line, role=role)

    def show_waiting(self, found: Waiting) -> None:
        """Gifts, what is not sent, and backups."""
        for name, figure in (
            ("gifts", state.gift_figure(found)),
            ("sync", state.sync_figure(found)),
            ("backup", state.backup_figure(found)),
        ):
            number, line, role = figure
            self.figures[name].show_figure(number, line, role=role)
