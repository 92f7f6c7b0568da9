"""一条记录: at the right of the log, what one row says, each part below its own small heading."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.proof import AuditLine, AuditPage
from core.values.ident import read_paper_no
from ui.look import Look
from ui.manage.proof.kinds import kind_words
from ui.manage.proof.words import detail_words, subject_words, time_words, who_words
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.scroll import Scroll
from ui.widgets.words import Rule, Words

VOIDED = "sale_voided"


class ProofDetail(QWidget):
    """One row, or the sentence that none is chosen; `has_row` tells which.

    `paper_asked` gives the number of the receipt that a row is about, and whether it was voided.
    """

    paper_asked = Signal(str, bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("proof_detail")
        self.setAccessibleName(tr("这一条"))
        inner = QWidget()
        self._body = QVBoxLayout(inner)
        self._body.setContentsMargins(look.space[4], 0, 0, 0)
        self._body.setSpacing(look.space[1])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Rule(look, upright=True))
        row.addWidget(Scroll(inner), 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No row is chosen."""
        self.has_row = False
        self._clear()
        self._body.addWidget(
            Words(self._look, tr("点一条，看它的细节。"), "body", "ink_2", wraps=True)
        )
        self._body.addStretch(1)

    def show_line(self, line: AuditLine, page: AuditPage) -> None:
        """What this row says."""
        self.has_row = True
        self._clear()
        title = kind_words(line.row.what) if line.row.what else tr("这一条读不出来了")
        if not line.is_there:
            title = tr("这一条不见了")
        self._body.addWidget(Words(self._look, title, "item", bold=True, wraps=True))
        for heading, words in (
            (tr("时间"), time_words(line, page.zone)),
            (tr("谁"), who_words(line)),
            (tr("谁授权的"), line.approver),
            (tr("对象"), subject_words(line)),
            (tr("细节"), detail_words(line, page)),
            (tr("第几条"), f"{line.row.seq:,}"),
        ):
            if words:
                self._body.addSpacing(self._look.space[2])
                self._body.addWidget(Words(self._look, heading, "small", "ink_2"))
                self._body.addWidget(Words(self._look, words, "body", wraps=True))
        self._add_paper(line.row.subject, is_void=line.row.what == VOIDED)
        self._body.addStretch(1)

    def _add_paper(self, subject: str, *, is_void: bool) -> None:
        no = read_paper_no(subject)
        if no is None:
            return
        button = Button(self._look, tr("看小票"), icon="receipt", name="proof_paper")
        button.clicked.connect(lambda: self.paper_asked.emit(no, is_void))
        self._body.addSpacing(self._look.space[3])
        self._body.addWidget(button)

    def _clear(self) -> None:
        while (item := self._body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
