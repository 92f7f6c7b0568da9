"""案件命令: what was found is listed, after a look at all that happened since the last one."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from core.actions.cases import CaseLine, cases_here
from core.actions.look_for_signals import look_for_signals
from core.shop import Shop
from core.trust.cases import Decision
from core.values.moment import day_and_time
from ui.case_text import case_name, decision_name
from ui.console.points_desk import table
from ui.text import tr


def obey_cases(shop: Shop, given: Namespace) -> str:
    """The cases that are open, or those that are decided; whom they are about is masked."""
    while look_for_signals(shop).is_more:
        pass
    zone = cases_here(shop).zone
    rows = [
        (
            day_and_time(line.file.case.at_us, zone),
            case_name(line.file.case.kind),
            line.who or line.file.place,
            f"{line.file.pieces:,}",
            f"{line.file.points:,}",
            line.file.case.detail,
            _decided(line.file.decision) if given.decided else "",
        )
        for line in _all(shop, is_open=not given.decided)
    ]
    headings = (tr("发现"), tr("什么事"), tr("会员或员工"), tr("证据"), tr("值多少分"), tr("说明"))
    if given.decided:
        return table((*headings, tr("怎么处理")), rows) if rows else tr("还没有结过案件。")
    open_rows = [row[:-1] for row in rows]
    return table(headings, open_rows) if rows else tr("没有未结的案件。")


def _decided(decision: Decision | None) -> str:
    return tr("总部结了") if decision is None else decision_name(decision)


def _all(shop: Shop, *, is_open: bool) -> Iterator[CaseLine]:
    found = cases_here(shop, is_open=is_open)
    yield from found.lines
    while found.rest is not None:
        found = cases_here(shop, is_open=is_open, behind=found.rest)
        yield from found.lines
