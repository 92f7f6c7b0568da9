"""追溯码命令: what `main.py trace` does."""

from __future__ import annotations

from argparse import Namespace

from core.actions.trace import trace_rows
from core.sales.trace import TraceRow
from core.shop import Shop
from core.values.moment import local_time
from ui.console.points_desk import write_table
from ui.text import tr


def obey_trace(shop: Shop, given: Namespace) -> str:
    """Write the file; the sentence to say."""
    rows = trace_rows(shop, given.since, given.until)
    with shop.store.read() as reading:
        zone = reading.till.zone
    kinds = {"sale": tr("销售"), "return": tr("退货"), "void": tr("作废")}

    def cells(row: TraceRow) -> tuple[str, ...]:
        at = f"{local_time(row.at_us, zone):%Y-%m-%d %H:%M:%S}"
        expires_on = row.expires_on.isoformat() if row.expires_on else ""
        goods = (row.code, row.product_code, row.name, row.batch, expires_on)
        return (kinds[row.kind], at, row.no, *goods)

    headings = (
        tr("类型"),
        tr("时间"),
        tr("单号"),
        tr("追溯码"),
        tr("条码"),
        tr("名称"),
        tr("批号"),
        tr("效期"),
    )
    write_table(given.file, headings, map(cells, rows))
    return tr("导出了 {count} 行，存在 {file}。", count=len(rows), file=given.file)
