"""挂单: what the list of held baskets shows, in words."""

from __future__ import annotations

from core.members.masks import mask_name
from core.sales.held import Held
from core.sync.held import HeldThere
from core.values.money import format_money
from ui.text import tr
from ui.widgets.choices import Choice

_MINUTE_US = 60_000_000


def choice_of(held: Held, now_us: int) -> Choice:
    """A row: its name or first product, whose it is and what is in it, and what it comes to."""
    lines = held.basket.lines
    first = lines[0].product.name if lines else ""
    facts = [age_words(now_us - held.held_us), tr("{count} 行", count=len(lines))]
    if held.taken_fen:
        facts.append(tr("已收 {taken}", taken=format_money(held.taken_fen)))
    if held.member_name:
        facts.append(tr("会员 {name}", name=mask_name(held.member_name)))
    if held.name:
        facts.append(first)
    return Choice(
        key=held.sale_id,
        text=held.called,
        sub="　".join(facts),
        right=format_money(held.payable_fen),
        icon="hold",
    )


def choice_there(held: HeldThere, now_us: int) -> Choice:
    """A row of another till of the store: which till holds it, and the same."""
    facts = [
        tr("在 {till} 号台", till=held.till_no),
        age_words(now_us - held.held_us),
        tr("{count} 行", count=held.lines),
    ]
    return Choice(
        key=held.id,
        text=held.called,
        sub="　".join(facts),
        right=format_money(held.payable_fen),
        icon="device",
    )


def age_words(age_us: int) -> str:
    """How long ago, to the minute, then to the hour, then to the day."""
    minutes = max(0, age_us) // _MINUTE_US
    if minutes < 1:
        return tr("刚刚")
    if minutes < 60:
        return tr("{count} 分钟前", count=minutes)
    if minutes < 24 * 60:
        return tr("{count} 小时前", count=minutes // 60)
    return tr("{count} 天前", count=minutes // (24 * 60))
