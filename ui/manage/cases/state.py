"""案件，在话里: rows of the list, the lines of a case, and what a decision would do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from core.actions.allow import Second
from core.actions.cases import CaseDetail, CaseLine, EvidenceLine, StepLine
from core.actions.decide_case import Weighed
from core.trust.cases import CaseFile, Decision, StepKind
from core.trust.signals import What
from core.values.moment import day_and_time
from ui.case_text import case_name, decision_name, step_name, what_name
from ui.manage.members.file_words import FileLine
from ui.manage.proof.kinds import kind_words
from ui.text import tr
from ui.widgets.row_table import Cell, Column

SINCE, PIECES, POINTS, DECIDED = "since", "pieces", "points", "decided"
_LESS = (What.RETURN, What.VOID, What.REDEMPTION)
_DAY_SIGNS = 10
PAPERS = (What.SALE, What.RETURN, What.VOID, What.REDEMPTION)


def columns() -> tuple[Column, ...]:
    """Of open and of decided ones; the page hides what is not for those that it shows."""
    return (
        Column("kind", tr("出了什么事"), 200, grows=True, is_strong=True),
        Column("who", tr("会员或员工"), 132),
        Column(SINCE, tr("发现"), 160),
        Column(PIECES, tr("证据"), 80, is_number=True),
        Column(POINTS, tr("值多少分"), 112, is_number=True),
        Column(DECIDED, tr("怎么处理"), 150),
    )


def cells(line: CaseLine, zone: tzinfo) -> tuple[Cell, ...]:
    """Those of one row."""
    file = line.file
    return (
        Cell(case_name(file.case.kind)),
        Cell(who_words(line), "ink" if line.who else "ink_2"),
        Cell(day_and_time(file.case.at_us, zone), "ink_2"),
        Cell(f"{file.pieces:,}" if file.pieces else "–", "ink" if file.pieces else "ink_2"),
        Cell(f"{file.points:,}" if file.points else "–", "ink" if file.points else "ink_2"),
        Cell(decided_words(file)),
    )


def who_words(line: CaseLine) -> str:
    """The member, masked; a person who works here; the till that head office means."""
    if line.is_erased:
        return tr("已抹去的会员")
    return line.who or line.file.place or "–"


def decided_words(file: CaseFile) -> str:
    """What was decided; "" while it is open."""
    if file.is_open:
        return ""
    if file.decision is None:
        return tr("总部结了")
    return closing_name(file, file.decision)


def closing_name(file: CaseFile, decision: Decision) -> str:
    """What a decision is called: where there is nothing else to decide, somebody has seen it."""
    if decision is Decision.NOTHING and len(file.decisions) == 1:
        return tr("看过了")
    return decision_name(decision)


def about_words(line: CaseLine, zone: tzinfo) -> str:
    """Whom it is about, and since when."""
    file = line.file
    when = tr("{time} 发现", time=day_and_time(file.case.at_us, zone))
    if line.is_erased or (file.member_id is not None and line.who):
        who = tr("会员 {name}", name=f"{line.who} {line.card}".strip())
        who = tr("已抹去的会员") if line.is_erased else who
        return "　".join(filter(None, [file.place, who, when]))
    if file.staff_no:
        return "　".join([tr("员工 {name}", name=line.who), when])
    return "　".join(filter(None, [file.place, line.who, when]))


def evidence_line(each: EvidenceLine, detail: CaseDetail) -> FileLine:
    """One piece: what it is, when, by whom, of whom, and the points that it moved."""
    told, file = each.evidence, detail.line.file
    when = day_and_time(told.at_us, detail.zone)
    if told.what is What.MEMBER:
        title = each.member or tr("已抹去的会员")
        when = tr("{day} 入会", day=when[:_DAY_SIGNS])
    elif told.what is What.CHANGE:
        title = kind_words(told.no)
    else:
        title = f"{what_name(told.what)} {told.no}".strip()
    is_own = told.member_id == file.member_id or told.what is What.MEMBER
    facts = [when, each.by, "" if is_own else each.member]
    return FileLine(title, "　".join(filter(None, facts)), _points(told.what, told.points))


def _points(what: What, points: int) -> str:
    if not points:
        return ""
    if what is What.MEMBER:
        return tr("{points} 分", points=f"{points:,}")
    return tr("{points} 分", points=signed(-points if what in _LESS else points))


def signed(points: int) -> str:
    """+96, −10."""
    return f"{points:+,}".replace("-", "−")


def step_line(each: StepLine, detail: CaseDetail) -> FileLine:
    """What happened, when, by whom, and why."""
    step = each.step
    title = step_name(step.kind)
    if step.decision is not None:
        name = closing_name(detail.line.file, step.decision)
        title = tr("{step}：{what}", step=title, what=name)
    amount = ""
    if step.kind in (StepKind.OPENED, StepKind.ADDED):
        amount = tr("{count} 条", count=f"{step.points:,}") if step.points else ""
    elif step.points:
        amount = tr("{points} 分", points=signed(-step.points))
    by = each.by
    if each.approved_by:
        by = tr("{name}，{by}", name=by, by=tr("{name} 授权", name=each.approved_by))
    facts = [day_and_time(step.at_us, detail.zone), by, step.words]
    return FileLine(title, "　".join(filter(None, facts)), amount)


def weighed_words(seen: Weighed, file: CaseFile) -> Sequence[str]:
    """What a decision would do, in numbers."""
    match seen.decision:
        case Decision.NOTHING:
            if len(file.decisions) == 1:
                return [tr("只记下看过。")]
            return [tr("什么都不改；这些证据以后不再算。")]
        case Decision.TAKE_BACK:
            words = [_moved(seen)]
        case Decision.FREEZE:
            return [_frozen(seen)]
        case Decision.CANCEL:
            gone = [_moved(seen)] if seen.points else [tr("没有积分可收。")]
            words = [*gone, _frozen(seen)]
    if seen.second is Second.NEEDED:
        words.append(tr("超过一个人一天能改的，要另一位授权。"))
    if seen.second is Second.LACKING:
        words.append(tr("超过一个人一天能改的，现在没有第二位能授权：由你一个人定，会记进审计。"))
    return words


def _moved(seen: Weighed) -> str:
    return tr(
        "收回 {points} 分：现有 {before} 分，之后 {after} 分。",
        points=f"{seen.points:,}",
        before=f"{seen.before:,}",
        after=f"{seen.after:,}".replace("-", "−"),
    )


def _frozen(seen: Weighed) -> str:
    if not seen.freezes:
        return tr("这位会员已经冻结着，理由不变。")
    return tr("冻结以后不积分、不优惠，商品照常买。案件重开就解冻。")


def deed_words(seen: Weighed, file: CaseFile) -> str:
    """What the button does, with the points that move."""
    if seen.decision is Decision.TAKE_BACK:
        return tr("收回 {points} 分", points=f"{seen.points:,}")
    if seen.decision is Decision.NOTHING:
        return tr("结案：{what}", what=closing_name(file, seen.decision))
    return decision_name(seen.decision)
