"""预演的话: what `main.py rulebook preview` says, as text and as one JSON object."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from core.rulebook.rulebook import Rulebook
from core.sales.preview import Change, OfTier, Preview, Repriced
from core.values.money import format_money
from ui.console.progress import Progress
from ui.text import tr


def preview_words(
    look: Callable[[Callable[[int, int], None]], Preview], draft: Rulebook, *, as_json: bool
) -> str:
    """Look, telling how far it is; the answer to say."""
    progress = Progress()
    try:
        preview = look(partial(progress.tell, tr("重算")))
    finally:
        progress.end()
    return preview_text(preview, draft, as_json=as_json)


def preview_record(preview: Preview, draft: Rulebook) -> dict[str, Any]:
    """Amounts in fen; a cost above zero is what the shop gives more than it did."""
    every = preview.all
    return {
        "rulebook": {"name": draft.name, "version": draft.version},
        "sales": every.sales,
        "unreadable": preview.unreadable,
        "parted": preview.parted,
        "returned": preview.returned,
        "unchanged": preview.unchanged,
        "cheaper": preview.cheaper,
        "dearer": preview.dearer,
        "before_fen": every.before_fen,
        "after_fen": every.after_fen,
        "before_points": every.before_points,
        "after_points": every.after_points,
        "cost_fen": every.cost(preview.rate),
        "tiers": [_tier_record(row, preview) for row in _tiers(preview, draft)],
        "days": [_day_record(day, each, preview) for day, each in preview.by_day],
        "most_changed": [_sale_record(each, preview) for each in preview.most_changed],
    }


def preview_text(preview: Preview, draft: Rulebook, *, as_json: bool) -> str:
    """What a draft would cost, who wins and loses by it, and what changes most."""
    if as_json:
        return json.dumps(preview_record(preview, draft), ensure_ascii=False, indent=2)
    every, rows = preview.all, [_head(preview, draft)]
    if preview.unreadable:
        rows.append(tr("{count} 笔的记录读不出来，没有算。", count=f"{preview.unreadable:,}"))
    if preview.parted:
        rows.append(tr("其中 {count} 笔退过一部分，只算留下的。", count=f"{preview.parted:,}"))
    if preview.returned:
        rows.append(tr("另有 {count} 笔后来全退了，没有算。", count=f"{preview.returned:,}"))
    if not every.sales:
        return "\n".join(rows)
    rows += [
        tr(
            "应收：原来 {before}，新规则 {after}，相差 {more}。",
            before=format_money(every.before_fen),
            after=format_money(every.after_fen),
            more=format_money(every.after_fen - every.before_fen),
        ),
        tr(
            "积分：原来 {before}，新规则 {after}，相差 {more}，合 {worth} 元。",
            before=f"{every.before_points:,}",
            after=f"{every.after_points:,}",
            more=f"{every.after_points - every.before_points:,}",
            worth=format_money(preview.rate.worth(every.after_points - every.before_points)),
        ),
        tr("一共多让：{cost} 元。", cost=format_money(every.cost(preview.rate))),
        tr("按当时的等级："),
        *(_tier_text(row, preview, draft) for row in _tiers(preview, draft)),
    ]
    if preview.most_changed:
        rows.append(tr("变得最多的小票："))
        rows += [_sale_text(each) for each in preview.most_changed]
    return "\n".join(rows)


def _head(preview: Preview, draft: Rulebook) -> str:
    return tr(
        "按“{name}”第 {version} 版重算了 {sales} 笔：{cheaper} 笔便宜了，{dearer} 笔贵了，"
        "{unchanged} 笔没有变。什么都没有写下。",
        name=draft.name,
        version=draft.version,
        sales=f"{preview.all.sales:,}",
        cheaper=f"{preview.cheaper:,}",
        dearer=f"{preview.dearer:,}",
        unchanged=f"{preview.unchanged:,}",
    )


def _tiers(preview: Preview, draft: Rulebook) -> list[OfTier]:
    return preview.by_tier([tier.code for tier in draft.scheme.tiers])


def _tier_text(row: OfTier, preview: Preview, draft: Rulebook) -> str:
    name = draft.scheme.tier(row.tier).name if row.tier else tr("没有会员")
    return "  " + tr(
        "{name}：{sales} 笔，{winners} 位得利，{losers} 位吃亏，一共多让 {cost} 元",
        name=name,
        sales=f"{row.sales:,}",
        winners=f"{row.winners:,}",
        losers=f"{row.losers:,}",
        cost=format_money(row.cost(preview.rate)),
    )


def _sale_text(each: Repriced) -> str:
    return "  " + tr(
        "{no}  {day}  {before} → {after}，积分 {had} → {has}",
        no=each.no,
        day=each.business_on,
        before=format_money(each.before_fen),
        after=format_money(each.after_fen),
        had=f"{each.before_points:,}",
        has=f"{each.after_points:,}",
    )


def _tier_record(row: OfTier, preview: Preview) -> dict[str, Any]:
    return {
        "tier": row.tier or None,
        "sales": row.sales,
        "winners": row.winners,
        "losers": row.losers,
        "before_fen": row.before_fen,
        "after_fen": row.after_fen,
        "before_points": row.before_points,
        "after_points": row.after_points,
        "cost_fen": row.cost(preview.rate),
    }


def _day_record(day: str, each: Change, preview: Preview) -> dict[str, Any]:
    return {
        "business_on": day,
        "sales": each.sales,
        "before_fen": each.before_fen,
        "after_fen": each.after_fen,
        "cost_fen": each.cost(preview.rate),
    }


def _sale_record(each: Repriced, preview: Preview) -> dict[str, Any]:
    return {
        "no": each.no,
        "business_on": each.business_on,
        "tier": each.tier or None,
        "before_fen": each.before_fen,
        "after_fen": each.after_fen,
        "before_points": each.before_points,
        "after_points": each.after_points,
        "cost_fen": preview.cost_of(each),
    }
