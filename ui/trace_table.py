"""追溯码表: what went out and came back, as the rows of a table file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from core.sales.trace import TraceRow
from core.values.moment import local_time
from ui.text import tr


def trace_headings() -> tuple[str, ...]:
    """What stands above."""
    goods = (tr("追溯码"), tr("条码"), tr("名称"), tr("批号"), tr("效期"))
    return (tr("类型"), tr("时间"), tr("单号"), *goods)


def trace_cells(rows: Iterable[TraceRow], zone: tzinfo) -> list[tuple[str, ...]]:
    """Each row in words, with the time of the shop."""
    kinds = {"sale": tr("销售"), "return": tr("退货"), "void": tr("作废")}

    def cells(row: TraceRow) -> tuple[str, ...]:
        at = f"{local_time(row.at_us, zone):%Y-%m-%d %H:%M:%S}"
        expires_on = row.expires_on.isoformat() if row.expires_on else ""
        goods = (row.code, row.product_code, row.name, row.batch, expires_on)
        return (kinds[row.kind], at, row.no, *goods)

    return [cells(row) for row in rows]
