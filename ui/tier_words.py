"""等级的话: how somebody came to a tier, and what the tier gives, in words."""

from __future__ import annotations

from datetime import date

from core.actions.look_at_tiers import Ending, TierStep
from core.members.benefits import BenefitLeft
from core.members.tiers import Measured
from core.rulebook.schemes import Benefit
from core.values.money import format_money
from ui.text import tr


def step_words(step: TierStep) -> str:
    """普通升为银卡, 银卡到期，现为普通, 购卡得银卡."""
    match step.cause:
        case "sale":
            return tr("{before}升为{after}", before=step.before, after=step.after)
        case "void" | "return":
            return tr("作废或退货，恢复为{after}", after=step.after)
        case "merge":
            return tr("合并会员，改为{after}", after=step.after)
        case "part":
            return tr("合并撤销，恢复为{after}", after=step.after)
        case "chain":
            return tr("总部定为{after}", after=step.after)
        case "period":
            return tr("{before}到期，改为{after}", before=step.before, after=step.after)
        case "kept":
            return tr("{after}到期，达标续期", after=step.after)
        case "late":
            return tr("{before}补计迟到的消费，恢复为{after}", before=step.before, after=step.after)
        case "card":
            return tr("购卡得{after}，{months} 个月", after=step.after, months=step.months)
        case "granted":
            return tr("授予{after}", after=step.after)
        case "card_term" | "granted_term":
            return tr("{before}的期限到了", before=step.before)
        case "granted_withdrawn":
            return tr("授予的{before}收回了", before=step.before)
    return tr("买的{before}卡退了", before=step.before)


def why_words(step: TierStep) -> str:
    """The figures, or the reason, behind a step; empty where there are none."""
    if step.reason:
        return step.reason
    if step.measured is not None:
        return figures_words(step.measured)
    if step.spend_fen is not None:
        return tr("期内消费 {spend} 元", spend=format_money(step.spend_fen))
    return ""


def figures_words(measured: Measured) -> str:
    """得分 12：消费 1,000.00 元，1 次，最近 2026-11-26."""
    figures = measured.figures
    if measured.kind == "points":
        return tr("期内得 {points} 分", points=f"{figures.points:,}")
    last = figures.last_on.isoformat() if figures.last_on else "—"
    return tr(
        "评分 {score}：消费 {spend} 元，{count} 次，最近 {last}",
        score=measured.measure,
        spend=format_money(figures.spend_fen),
        count=figures.purchases,
        last=last,
    )


def until_words(until: date | None) -> str:
    """至 2027-11-26; empty where there is no end."""
    return "" if until is None else tr("至 {until}", until=until.isoformat())


def missing_words(ending: Ending) -> str:
    """What is missing to keep a tier."""
    if ending.missing is None:
        return ""
    match ending.kind:
        case "spend":
            return tr("还差 {left} 元", left=format_money(ending.missing))
        case "points":
            return tr("还差 {points} 分", points=f"{ending.missing:,}")
    return tr("评分还差 {score}", score=ending.missing)


def per_words(benefit: Benefit) -> str:
    """每季 1 次; what is not counted says nothing more."""
    match benefit.per:
        case "month":
            return tr("每月 {count} 次", count=benefit.count)
        case "quarter":
            return tr("每季 {count} 次", count=benefit.count)
        case "year":
            return tr("每年 {count} 次", count=benefit.count)
    return ""


def left_words(left: BenefitLeft) -> str:
    """剩 1 次."""
    return "" if left.left is None else tr("剩 {left} 次", left=left.left)
