"""单据: a paper in a sheet, beside those that belong to it: a sale, its void, its returns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.actions.papers_of import Paper, PaperKind
from core.sales.receipt import Receipt
from ui.look import Look
from ui.slip_view import SlipView
from ui.text import tr
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet

SIZE = (560, 640)
MOST_BESIDE = 5


class PaperSheet(Sheet):
    """Made for one number, gone when it is closed. `papers`: what each is called, and its rows."""

    refuses_scans = True

    def __init__(
        self,
        look: Look,
        window: QWidget,
        title: str,
        papers: Sequence[tuple[str, Receipt]],
        *,
        shown: int = 0,
    ) -> None:
        super().__init__(look, window, title, size=SIZE, name="paper")
        self.stack = QStackedWidget()
        for _, receipt in papers:
            self.stack.addWidget(SlipView(look, receipt, name="paper_receipt"))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, look.radii.dialog)
        column.setSpacing(0)
        if len(papers) > 1:
            column.addLayout(self._build_choice(look, [called for called, _ in papers], shown))
        column.addWidget(self.stack, 1)
        self.stack.setCurrentIndex(shown)
        self.set_body(body)
        self.closed.connect(self.deleteLater)

    def _build_choice(self, look: Look, called: Sequence[str], shown: int) -> QHBoxLayout:
        segments = [Segment(str(at), words) for at, words in enumerate(called)]
        self.choice = Segments(look, segments, name="paper_which", spoken=tr("单据"))
        self.choice.set_current(str(shown))
        self.choice.chosen.connect(lambda name: self.stack.setCurrentIndex(int(name)))
        row = QHBoxLayout()
        row.setContentsMargins(look.space[4], look.space[2], look.space[4], look.space[2])
        row.addWidget(self.choice)
        row.addStretch(1)
        return row


def paper_sheet(
    look: Look, window: QWidget, found: Sequence[Paper], no: str, *, wants_void: bool = False
) -> PaperSheet:
    """The papers of a number: that one first which was asked for, its void where it is wanted."""
    papers = found[:MOST_BESIDE]
    by_no = next((at for at, paper in enumerate(papers) if paper.no == no), 0)
    voids = [at for at, paper in enumerate(papers) if paper.kind is PaperKind.VOID]
    shown = voids[0] if wants_void and voids else by_no
    named = [(_called(paper), paper.receipt) for paper in papers]
    return PaperSheet(look, window, no, named, shown=shown)


def _called(paper: Paper) -> str:
    words = {
        PaperKind.SALE: tr("小票"),
        PaperKind.VOID: tr("作废单"),
        PaperKind.RETURN: tr("退货单"),
        PaperKind.REDEMPTION: tr("兑换单"),
    }[paper.kind]
    if paper.kind is PaperKind.RETURN:
        return f"{words} {paper.no.rpartition('-')[2]}"
    return words
