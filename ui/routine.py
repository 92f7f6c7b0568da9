"""例行: what is due is done, by a window that stands open or by a command."""

from __future__ import annotations

from pathlib import Path

from core.actions.keep_running import keep_up
from core.actions.office_prices import begin_prices
from core.actions.order_reports import Written, write_due
from core.actions.reports import Reported
from core.errors import NoFolder, RoutineBroken
from core.shop import Shop
from core.values.routine import ReportOrder
from ui.text import sentence


def do_due(shop: Shop) -> None:
    """Prices that begin, backups, drills and reports; nothing where another process does them."""
    with shop.store.keeping.turn() as is_ours:
        if not is_ours:
            return
        while begin_prices(shop):
            pass
        try:
            keep_up(shop, sentence)
            write_due(shop, write=write_report, said=sentence)
        except RoutineBroken:
            return  # the page says it, and who changes something there writes it anew


def write_reports(shop: Shop) -> Written:
    """The reports alone, because a person or a timer of the system asks. Raises RoutineBroken."""
    with shop.store.keeping.turn() as is_ours:
        if not is_ours:
            return Written()
        return write_due(shop, write=write_report, said=sentence, is_asked=True)


def write_report(order: ReportOrder, reported: Reported) -> str:
    """The file of a report; where it lies. Raises NoFolder, and what the disk does."""
    from ui.devices.files import write_file
    from ui.devices.report_files import report_bytes
    from ui.report_words import title_of

    folder, found = Path(order.folder), reported.found
    if not folder.is_dir():
        raise NoFolder(order.folder)
    path = folder / f"{title_of(found.question)} {found.first} {found.last}.{order.kind}"
    write_file(path, report_bytes(reported, path))
    return str(path)
