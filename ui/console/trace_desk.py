"""追溯码命令: what `main.py trace` does."""

from __future__ import annotations

from argparse import Namespace

from core.actions.login import login
from core.actions.trace import export_traces
from core.shop import Shop
from ui.devices.files import write_table
from ui.text import tr
from ui.trace_table import trace_cells, trace_headings


def obey_trace(shop: Shop, given: Namespace) -> str:
    """Write the file; the sentence to say."""
    staff = login(shop, given.by_pin, name=given.by)
    rows = export_traces(shop, given.since, given.until, staff=staff)
    with shop.store.read() as reading:
        zone = reading.till.zone
    write_table(given.file, trace_headings(), trace_cells(rows, zone))
    return tr("导出了 {count} 行，存在 {file}。", count=len(rows), file=given.file)
