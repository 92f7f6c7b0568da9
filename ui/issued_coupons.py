"""发出去的券: the codes as a table, the sentence of what was withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from core.actions.issued_coupons import NamedBatch
from core.actions.withdraw_coupons import Withdrawn
from core.sales.coupon_code import BatchUse
from ui.text import tr


def coupon_headings() -> tuple[str, ...]:
    """What stands above the codes."""
    return (tr("券码"), tr("券"), tr("从"), tr("到"))


def coupon_cells(
    name: str, codes: Sequence[str], since: date | None, until: date | None
) -> list[tuple[str, ...]]:
    """Each code with the coupon that it is for and its days."""
    first, last = (day.isoformat() if day else "" for day in (since, until))
    return [(code, name, first, last) for code in codes]


def batch_headings() -> tuple[str, ...]:
    """What stands above the batches."""
    told = (tr("发券日"), tr("券"), tr("发了"), tr("用了"), tr("收回了"), tr("还剩"))
    return (*told, tr("批次"))


def batch_cells(batches: Iterable[NamedBatch]) -> list[tuple[str, ...]]:
    """One row for each, its id last: `coupons codes` takes it."""
    return [_row(each.name, each.use) for each in batches]


def _row(name: str, use: BatchUse) -> tuple[str, ...]:
    counts = (use.count, use.used, use.withdrawn, use.left)
    return (use.business_on.isoformat(), name, *map(str, counts), str(use.id))


def withdrawn_words(done: Withdrawn) -> str:
    """How many are worth nothing from now on."""
    count = len(done.codes)
    if not count:
        return tr("{name}发到的早就收回了；还没有发到的不再发。", name=done.name)
    if done.used:
        words = "{name}收回了 {count} 张，其中 {used} 张已经用过，退回来也不能再用。"
        return tr(words, name=done.name, count=count, used=done.used)
    return tr("{name}收回了 {count} 张。", name=done.name, count=count)
