"""票据样式: papers at the left, the parts of one in the middle, how it comes out at the right.

    paper_chosen(name)   another paper      edited(design)   the draft is another one
    logo_chosen(path)    a picture for it   saved()   reset_asked()
    width_chosen(mm)     80 or 58 mm paper

Answer with `show_paper`, `show_preview` or `show_problem`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.sales.design import Design
from ui.devices.dots import Dots
from ui.look import Look
from ui.text import tr
from ui.till.paper_draft import choices
from ui.till.paper_part import PaperPart
from ui.till.paper_preview import PaperPreview
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.scroll import Scroll
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words

SIZE = (1240, 720)
SIDE = 16
LEFT, RIGHT = (196, 188), (412, 252)
NARROW, TINY = 1100, 800
LEAST_STRIP = 300  # where it stands below the rest


class _Parts(ChoiceList):
    """The chosen part stays in sight also where the editor below it grows."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())


class PapersSheet(Sheet):
    """Everything is a draft until it is saved; Space switches a part, Ctrl+S saves."""

    paper_chosen = Signal(str)
    edited = Signal(object)
    logo_chosen = Signal(str)
    width_chosen = Signal(int)
    saved = Signal()
    reset_asked = Signal()
    refuses_scans = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, tr("票据样式"), size=SIZE, name="papers", leave=tr("好"))
        self.papers = ChoiceList(look, name="papers_list", spoken=tr("票据"))
        self.parts = _Parts(look, name="papers_parts", spoken=tr("内容"))
        self.part = PaperPart(look)
        self.paper_width = Segments(
            look,
            [Segment("80", tr("80 毫米")), Segment("58", tr("58 毫米"))],
            name="papers_width",
            spoken=tr("纸宽"),
        )
        self.preview = PaperPreview(look, name="papers_preview")
        self.problem = Words(look, "", "small", "danger_text", wraps=True, name="papers_problem")
        self.problem.hide()
        self.reset = Button(look, tr("改回原样"), name="papers_reset")
        self.save = Button(
            look, tr("保存"), kind="primary", key="Ctrl+S", height=44, name="papers_save"
        )
        self._design: Design | None = None
        self._at = 0
        self.set_body(self._body(), self._foot())
        self._connect()

    def _body(self) -> QWidget:
        look, body = self._look, QWidget()
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 8, 0, 8)
        left.addWidget(self.papers)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(SIDE, 12, SIDE, 0)
        right.setSpacing(look.space[3])
        right.addWidget(self.paper_width, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(Scroll(self.preview), 1)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.parts, 1)
        middle.addWidget(Rule(look))
        middle.addWidget(self.part)
        self._places = QGridLayout(body)
        self._places.setContentsMargins(0, 0, 0, 0)
        self._places.setSpacing(0)
        self._places.addWidget(self._left, 0, 0)
        self._places.addWidget(Rule(look, upright=True), 0, 1)
        self._places.addLayout(middle, 0, 2)
        self._places.setColumnStretch(2, 1)
        self._beside = Rule(look, upright=True)
        self._places.addWidget(self._beside, 0, 3)
        self._places.addWidget(self._right, 0, 4)
        return body

    def _foot(self) -> QWidget:
        foot, row = QWidget(), QHBoxLayout()
        row.setContentsMargins(SIDE, 8, SIDE, 8)
        row.setSpacing(12)
        row.addWidget(self.reset)
        row.addWidget(self.problem, 1)
        row.addStretch(0)
        row.addWidget(self.save)
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule(self._look))
        column.addLayout(row)
        return foot

    def _connect(self) -> None:
        self.papers.moved.connect(self._on_paper)
        self.parts.moved.connect(self._on_part)
        self.parts.chosen.connect(lambda _key: self.part.switch.click())
        self.part.edited.connect(self._on_edited)
        self.part.logo_chosen.connect(self.logo_chosen)
        self.part.file_asked.connect(self._ask_for_file)
        self.paper_width.chosen.connect(lambda mm: self.width_chosen.emit(int(mm)))
        self.reset.clicked.connect(self.reset_asked)
        self.save.clicked.connect(self.saved)

    # What is shown

    def begin(self, papers: Sequence[Choice], paper: str, width_mm: int) -> None:
        """Open with these papers, one of them chosen."""
        self.paper_width.set_current(str(width_mm))
        self._list(papers, paper)
        self._fit()
        self.open(self.papers)

    def show_papers(self, papers: Sequence[Choice], paper: str) -> None:
        """The papers as they are now: which are drafts, which have a mistake."""
        self._list(papers, paper)

    def _list(self, papers: Sequence[Choice], paper: str) -> None:
        if tuple(papers) == self.papers.rows():
            return
        self.papers.blockSignals(True)
        keys = [each.key for each in papers]
        self.papers.show_rows(papers, current=keys.index(paper))
        self.papers.blockSignals(False)

    def show_paper(self, design: Design, *, at: int, is_draft: bool, is_own: bool) -> None:
        """The parts of a paper, one of them chosen."""
        self._design, self._at = design, min(at, len(design.parts) - 1)
        self.parts.blockSignals(True)
        self.parts.show_rows(choices(design), current=self._at)
        self.parts.blockSignals(False)
        self.part.show_part(design, self._at)
        self.save.setEnabled(is_draft)
        self.reset.setEnabled(is_draft or is_own)

    def show_preview(self, dots: Dots, width_mm: int, spoken: str) -> None:
        """How it comes out of the printer."""
        self.preview.show_strip(dots, width_mm, spoken)

    def show_problem(self, sentence: str, *, is_done: bool = False) -> None:
        """Why it cannot be kept, or that it was; "" takes the sentence away."""
        self.problem.set_role("accent_text" if is_done else "danger_text")
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    # What the person does

    def _on_paper(self, key: object) -> None:
        if isinstance(key, str):
            self.paper_chosen.emit(key)

    def _on_part(self, key: object) -> None:
        if isinstance(key, int) and self._design is not None:
            self._at = key
            self.part.show_part(self._design, key)

    def _on_edited(self, design: Design, at: int) -> None:
        self._at = at
        self.edited.emit(design)

    def _ask_for_file(self) -> None:
        from ui.file_dialog import ask_for_logo

        ask_for_logo(self, self.logo_chosen.emit)

    @property
    def at(self) -> int:
        """Which part is chosen."""
        return self._at

    # Of Qt

    def _fit(self) -> None:
        wide = self._window.width()
        is_narrow, is_tiny = wide < NARROW, wide < TINY
        self._left.setFixedWidth(LEFT[is_narrow])
        self._beside.setVisible(not is_tiny)
        self._right.setMinimumWidth(0)
        self._right.setMaximumWidth(wide if is_tiny else RIGHT[is_narrow])
        if not is_tiny:
            self._right.setMinimumWidth(RIGHT[is_narrow])
        at = (1, 0, 1, 5) if is_tiny else (0, 4, 1, 1)
        self._right.setMinimumHeight(LEAST_STRIP if is_tiny else 0)
        self._places.addWidget(self._right, *at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.parts.hasFocus():
            self.part.switch.click()
            event.accept()
        else:
            super().keyPressEvent(event)
