"""票据样式的命令: what `main.py papers` does and says; a till may be selling meanwhile."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from core.actions.login import login
from core.actions.serve import find_member
from core.actions.statement import statement
from core.sales.design import PAPERS
from core.shop import Shop
from ui.console.points_desk import table
from ui.devices.columns import as_text
from ui.devices.design_files import adopt, put_back
from ui.devices.designs import (
    Designs,
    design_text,
    read_design,
    shipped_text,
)
from ui.devices.paper import PaperDesk
from ui.paper_samples import sample
from ui.paper_words import paper_name
from ui.text import sentence, tr


def obey_papers(desk: PaperDesk, given: Namespace) -> str:
    """Do what the words say to the designs of a home; the sentences to say."""
    designs = desk.designs
    match given.verb:
        case "show":
            return _shown(designs, given.paper, is_shipped=given.shipped)
        case "preview":
            return _previewed(desk, given.paper, given.to)
        case "check":
            design = read_design(given.file)
            return tr("{paper}的样式没有错。", paper=paper_name(design.paper))
        case "use":
            return _used(designs, given.file)
        case "reset":
            return _reset(designs, given.paper)
    return _listed(designs)


def statement_words(shop: Shop, given: Namespace, paper: PaperDesk) -> str:
    """会员对账单: made and saved as PDF and as printer's bytes; where it lies."""
    staff = login(shop, given.by_pin, name=given.by)
    member = find_member(shop, given.card)
    made = statement(shop, member.id, given.since, given.until, staff=staff)
    pdf, _ = paper.save(made, given.to or paper.folder)
    return tr("对账单存到 {path}", path=pdf)


def _listed(designs: Designs) -> str:
    problems = designs.problems()
    rows = []
    for paper in PAPERS:
        state = tr("自己的") if designs.is_own(paper) else tr("随程序的")
        if paper in problems:
            state = sentence(problems[paper])
        rows.append((paper, paper_name(paper), state))
    return table((tr("名字"), tr("票据"), tr("样式")), rows)


def _shown(designs: Designs, paper: str, *, is_shipped: bool) -> str:
    path = designs.path(paper)
    if is_shipped or path is None or not path.exists():
        return shipped_text(paper).rstrip()
    if designs.problem(paper) is not None:
        return path.read_text("utf-8", "replace").rstrip()
    return design_text(designs.of(paper)).rstrip()


def _previewed(desk: PaperDesk, paper: str, to: Path | None) -> str:
    slip = sample(paper, tr("样张门店"), 1)
    if to is None:
        return as_text(slip, desk.profile.paper(desk.width_mm).columns, designs=desk.designs)
    pdf, _ = desk.save(slip, to)
    return tr("样张存到 {path}", path=pdf)


def _used(designs: Designs, file: Path) -> str:
    design = adopt(designs, file)
    return tr("{paper}从下一张起用这个样式。", paper=paper_name(design.paper))


def _reset(designs: Designs, paper: str) -> str:
    kept = put_back(designs, paper)
    if kept is None:
        return tr("{paper}用的本来就是随程序的样式。", paper=paper_name(paper))
    words = "{paper}改回了随程序的样式；原来那份在 {path}"
    return tr(words, paper=paper_name(paper), path=kept)
