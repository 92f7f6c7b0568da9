"""草稿条: begins a draft, says what is different in it, drops it, publishes it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.segments import Segment, Segments

HELD, DRAFT = "held", "draft"


class DraftBar(QWidget):
    """`begun`: a copy is wanted; `from_file`: a file; `turned`: which of the two is to be shown."""

    begun = Signal()
    from_file = Signal()
    turned = Signal(str)
    dropped = Signal()
    published = Signal()
    tried = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.which = Segments(
            look,
            (Segment(HELD, tr("正在用的")), Segment(DRAFT, tr("草稿"))),
            name="rules_which",
            spoken=tr("看哪一份"),
        )
        self.which.chosen.connect(self.turned)
        self.chip = Chip(look, kind="warn", name="rules_draft_chip")
        self.begin = Button(look, tr("写草稿"), kind="secondary", name="rules_begin")
        self.open = Button(look, tr("从文件写草稿…"), kind="secondary", name="rules_from_file")
        self.try_out = Button(look, tr("试一单"), kind="secondary", name="rules_try")
        self.drop = Button(look, tr("放弃草稿"), kind="secondary", name="rules_drop")
        words, high = tr("发布…"), look.sizes.control
        self.publish = Button(look, words, kind="primary", height=high, name="rules_publish")
        for button, signal in (
            (self.begin, self.begun),
            (self.open, self.from_file),
            (self.try_out, self.tried),
            (self.drop, self.dropped),
            (self.publish, self.published),
        ):
            button.clicked.connect(signal)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space[3])
        row.addWidget(self.which)
        row.addWidget(self.chip)
        row.addStretch(1)
        for button in (self.begin, self.open, self.try_out, self.drop, self.publish):
            row.addWidget(button)
        self.try_out.hide()
        self.show_state(None)

    def show_state(self, differences: int | None, *, is_broken: bool = False) -> None:
        """How many rules of the draft are other than now; None where there is no draft."""
        has_one = differences is not None
        for widget in (self.which, self.chip, self.publish):
            widget.setVisible(has_one)
        self.drop.setVisible(has_one or is_broken)
        for button in (self.begin, self.open):
            button.setVisible(not has_one and not is_broken)
        self.chip.set_text(tr("草稿 {count} 处不同", count=differences or 0) if has_one else "")
        self.publish.setEnabled(bool(differences))
        if not has_one:
            self.which.set_current(HELD)
