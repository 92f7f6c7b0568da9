"""票据样式的对话: drafts of designs, looked at as they change, kept by whoever may."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject

from core.actions.change_paper import change_paper
from core.errors import BadDesign
from core.sales.design import Design
from core.shop import Shop
from ui.devices.design_files import put_back, save_design, take_picture
from ui.devices.designs import Designs, Draft, design_in, design_text
from ui.devices.paper import PaperDesk
from ui.devices.row import spoken
from ui.devices.rows import rows_of
from ui.devices.strip import strip
from ui.login.allowed import Allowed
from ui.not_done import say_not_done
from ui.paper_samples import sample
from ui.paper_words import paper_names
from ui.record_words import why_words
from ui.text import sentence, tr
from ui.till.papers import PapersSheet
from ui.widgets.choices import Choice
from ui.work import Work


def where(shop: Shop) -> tuple[str, int]:
    """The store and the till as they stand on paper; a question for `work.ask`."""
    with shop.store.read() as reading:
        return reading.till.store_name, reading.till.till_no


def picture_taken(_shop: Shop, designs: Designs, given: Path) -> str:
    """The name of a picture beside the designs, where it is copied; for `work.ask`."""
    place = given if given.is_absolute() else designs.picture(str(given))
    return take_picture(designs, place)


class PapersFlow(QObject):
    """A draft stays while the till runs, also when the sheet is left, until it is saved."""

    def __init__(
        self,
        work: Work,
        sheet: PapersSheet,
        paper: PaperDesk,
        allowed: Allowed,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._sheet = sheet
        self._desk = paper
        self._allowed = allowed
        self._drafts: dict[str, Design] = {}
        self._paper = next(iter(paper_names()))
        self._width_mm = paper.width_mm
        self._where = ("", 1)
        sheet.paper_chosen.connect(self._choose)
        sheet.edited.connect(self._edit)
        sheet.logo_chosen.connect(self._take_logo)
        sheet.width_chosen.connect(self._choose_width)
        sheet.saved.connect(self._save)
        sheet.reset_asked.connect(self._reset)

    def begin(self) -> None:
        """Show the papers, the one that was looked at last chosen."""
        self._width_mm = self._desk.width_mm
        self._work.ask(where, topic="papers", then=self._begin, failed=self._failed)

    def _begin(self, found: tuple[str, int]) -> None:
        self._where = found
        self._sheet.begin(self._choices(), self._paper, self._width_mm)
        self._choose(self._paper)

    def _choices(self) -> list[Choice]:
        return [
            Choice(paper, name, self._state(paper), icon="receipt")
            for paper, name in paper_names().items()
        ]

    def _state(self, paper: str) -> str:
        designs = self._desk.designs
        if paper in self._drafts:
            return tr("还没有保存")
        if designs.problem(paper) is not None:
            return tr("有错")
        return tr("自己的") if designs.is_own(paper) else ""

    @property
    def _design(self) -> Design:
        return self._drafts.get(self._paper) or self._desk.designs.of(self._paper)

    def _choose(self, paper: str) -> None:
        """Another paper; what is wrong with its file is said at once."""
        self._paper = paper
        problem = self._desk.designs.problem(paper)
        self._show(at=0)
        if problem is not None and paper not in self._drafts:
            self._sheet.show_problem(sentence(problem))

    def _choose_width(self, width_mm: int) -> None:
        self._width_mm = width_mm
        self._show(at=self._sheet.at)

    def _edit(self, design: Design) -> None:
        self._drafts[self._paper] = design
        if design == self._desk.designs.of(self._paper):
            del self._drafts[self._paper]
        self._show(at=self._sheet.at)

    def _take_logo(self, text: str) -> None:
        """A picture is copied beside the designs; "" takes the logo away."""
        if not text:
            self._use_logo(self._paper, "")
            return
        # Where it lies may be slow, or not answer at all.
        self._work.ask(
            picture_taken,
            self._desk.designs,
            Path(text).expanduser(),
            topic="logo",
            then=partial(self._use_logo, self._paper),
            failed=self._failed,
        )

    def _use_logo(self, paper: str, name: str) -> None:
        """Nothing where another paper has been chosen since."""
        if paper == self._paper:
            self._edit(replace(self._design, logo=name))

    def _show(self, *, at: int) -> None:
        design, designs = self._design, self._desk.designs
        is_draft = self._paper in self._drafts
        self._sheet.show_papers(self._choices(), self._paper)
        self._sheet.show_paper(design, at=at, is_draft=is_draft, is_own=designs.is_own(self._paper))
        self._sheet.show_problem(wrong := self._wrong(design) if is_draft else "")
        if wrong:
            self._sheet.save.setEnabled(False)
            return
        rows = rows_of(sample(self._paper, *self._where), Draft(designs, design))
        dots = strip(rows, self._width_mm, self._desk.profile)
        self._sheet.show_preview(dots, self._width_mm, spoken(rows))

    def _wrong(self, design: Design) -> str:
        """What a reader of its file would complain of."""
        try:
            design_in(design_text(design), design.paper, f"{design.paper}.toml")
        except BadDesign as bad:
            return tr("还不能保存：{reason}", reason=why_words(bad.reason))
        return ""

    def _save(self) -> None:
        design = self._drafts.get(self._paper)
        if design is not None and self._sheet.save.isEnabled():
            keep = partial(save_design, self._desk.designs, design)
            self._keep(self._paper, design, keep)

    def _reset(self) -> None:
        """The draft goes first; then the shop's own file gives way to the shipped design."""
        if self._paper in self._drafts:
            del self._drafts[self._paper]
            self._show(at=0)
            return
        designs, paper = self._desk.designs, self._paper
        self._keep(paper, None, lambda: put_back(designs, paper))

    def _keep(self, paper: str, design: Design | None, keep: Callable[[], object]) -> None:
        self._allowed.act(
            change_paper, paper, design, keep=keep, then=self._kept, failed=self._failed
        )

    def _kept(self, paper: str) -> None:
        self._drafts.pop(paper, None)
        self._show(at=self._sheet.at)
        self._sheet.show_problem(tr("从下一张起这样打印。"), is_done=True)

    def _failed(self, error: Exception) -> None:
        say_not_done(error, self._sheet.show_problem)
