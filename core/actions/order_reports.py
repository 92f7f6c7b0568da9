"""定时报表: reports that were ordered into a folder are written when their days are over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from core.actions.keep_running import AGAIN_US, Said, note_trouble
from core.actions.reports import Reported, report
from core.errors import Shortfall
from core.ports.keeping import Done
from core.shop import Shop
from core.values.routine import ReportOrder, periods_due

Write = Callable[[ReportOrder, Reported], str]
"""Makes the file of a report in its folder, and says where it lies."""


class Written(Struct, frozen=True):
    """Where the files lie, and why others could not be written."""

    paths: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()


def name_of(order: ReportOrder) -> str:
    """What it is known by among what happens by itself: one that is changed begins anew."""
    words = (order.question, order.every, order.kind, str(order.back_days), order.folder)
    return "|".join(("report", *words))


def write_due(shop: Shop, *, write: Write, said: Said, is_asked: bool = False) -> Written:
    """All that is due, whatever was missed first, at whose turn it is.

    What failed is said by `said`, kept, and tried again after half an hour; at once where a person
    asked for it. Raises RoutineBroken.
    """
    keeping = shop.store.keeping
    done, now = keeping.done(), shop.now()
    paths: list[str] = []
    troubles: list[str] = []
    for order in keeping.routine().reports:
        name = name_of(order)
        before = done.get(name, Done())
        if not is_asked and now.at_us - before.failed_us < AGAIN_US:
            continue
        try:
            for first, last in periods_due(order, before.through, now.business_on):
                paths.append(_written(shop, order, (first, last), write))
        except Shortfall as error:
            troubles.append(said(error))
            note_trouble(shop, name, troubles[-1])
    return Written(tuple(paths), tuple(troubles))


def _written(shop: Shop, order: ReportOrder, days: tuple[date, date], write: Write) -> str:
    keeping, name = shop.store.keeping, name_of(order)
    path = write(order, report(shop, order.question, *days, against=True))
    before = keeping.done().get(name, Done())
    now_us = shop.clock.now_us()
    kept = replace(before, done_us=now_us, through=days[1], facts={"path": path}, trouble="")
    keeping.note(name, replace(kept, failed_us=0))
    return path
