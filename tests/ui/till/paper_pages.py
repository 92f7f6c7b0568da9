"""The sheet of the designs of papers, for the album."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from core.errors import BadPicture, StatementTooLong
from core.sales.design import Design
from ui.devices.designs import Designs, Draft, shipped
from ui.devices.profile import GB18030
from ui.devices.rows import rows_of
from ui.devices.strip import strip
from ui.look import Look
from ui.paper_samples import sample
from ui.paper_words import paper_names
from ui.text import sentence, tr
from ui.till import paper_draft as drafts
from ui.till.member_papers import MemberPapersSheet
from ui.till.papers import PapersSheet
from ui.widgets.choices import Choice

Draw = Callable[[Look, QWidget], QWidget | None]


def _sheet(
    look: Look, window: QWidget, design: Design, at: int, *, mm: int = 80, problem: str = ""
) -> PapersSheet:
    sheet = PapersSheet(look, window)
    rows = [
        Choice(paper, name, tr("还没有保存") if paper == design.paper else "", icon="receipt")
        for paper, name in paper_names().items()
    ]
    sheet.begin(rows, design.paper, mm)
    sheet.show_paper(design, at=at, is_draft=True, is_own=True)
    store = "永安堂大药房连锁有限公司中山路店"
    slip = sample(design.paper, store, 2)
    sheet.show_preview(strip(rows_of(slip, Draft(Designs(), design)), mm, GB18030), mm, "")
    sheet.show_problem(problem)
    return sheet


def papers(look: Look, window: QWidget) -> QWidget:
    design = shipped("receipt")
    return _sheet(look, window, design, 7)


def papers_text(look: Look, window: QWidget) -> QWidget:
    design = shipped("receipt")
    last = len(design.parts) - 1
    design = drafts.with_text(design, last)
    part = design.parts[last + 1]
    said = drafts.replace(part, text="谢谢光临 {member}，欢迎再来")
    design = drafts.with_part(design, last + 1, said)
    return _sheet(look, window, design, last + 1, mm=58)


def papers_logo(look: Look, window: QWidget) -> QWidget:
    problem = sentence(BadPicture("big.png", tr("文件超过 {mb} MB", mb=4)))
    return _sheet(look, window, shipped("coupon"), 0, problem=problem)


def member_papers(look: Look, window: QWidget) -> QWidget:
    sheet = MemberPapersSheet(look, window)
    sheet.begin("李*华", has_coupons=True)
    slip = sample("statement", "永安堂大药房连锁有限公司中山路店", 2)
    sheet.show_strip(strip(rows_of(slip), 80, GB18030), 80, "", can_print=True)
    return sheet


def member_papers_refused(look: Look, window: QWidget) -> QWidget:
    sheet = MemberPapersSheet(look, window)
    sheet.begin("李*华", has_coupons=False)
    sheet.show_nothing(sentence(StatementTooLong("2026-01-01", "2026-11-26", 400)))
    return sheet


PAGES: tuple[Draw, ...] = (
    papers,
    papers_text,
    papers_logo,
    member_papers,
    member_papers_refused,
)
