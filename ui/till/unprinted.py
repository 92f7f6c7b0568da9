"""没打出来的纸: what is said of papers that did not come out, and what its buttons do."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from ui.devices.print_queue import Paper
from ui.text import tr
from ui.widgets.banner import Action


class Unprinted(Struct, frozen=True):
    """A notice: its buttons are for all papers that it counts."""

    title: str
    line: str
    actions: tuple[Action, ...]

    @staticmethod
    def of(papers: Sequence[Paper], *, can_file: bool) -> Unprinted:
        """There is at least one. Whether a doubtful one is printed again, a person says."""
        doubtful = [paper.no for paper in papers if paper.is_doubtful]
        if len(papers) > 1:
            title, line, words = _of_several(papers, doubtful)
        elif doubtful:
            title, words = tr("小票可能没有打完"), (tr("没打完，重打"), tr("打好了，不用"))
            line = tr("看一下纸：{no} 打好了就不用再打；收款照常。", no=doubtful[0])
        else:
            title, words = tr("小票打印机没有打出来"), (tr("装好了，重打"), tr("不打了"))
            line = tr("{no} 没有打出来；收款照常。", no=papers[0].no)
        to_file = tr("都存 PDF") if len(papers) > 1 else tr("存 PDF")
        actions = [Action("again", words[0]), Action("file", to_file), Action("drop", words[1])]
        return Unprinted(title, line, tuple(actions if can_file else actions[::2]))


def _of_several(
    papers: Sequence[Paper], doubtful: Sequence[str]
) -> tuple[str, str, tuple[str, str]]:
    count, first, last = len(papers), papers[0].no, papers[-1].no
    words = tr("重打 {count} 张", count=count), tr("{count} 张都不打了", count=count)
    title = tr("{count} 张纸没有打出来", count=count)
    line = tr("第一张 {first}，最后一张 {last}；收款照常。", first=first, last=last)
    if len(doubtful) == 1:
        line = tr("看一下纸：其中 {no} 可能打好了；收款照常。", no=doubtful[0])
    elif doubtful:
        line = tr("看一下纸：其中 {count} 张可能打好了；收款照常。", count=len(doubtful))
    return title, line, words
