"""报表命令: a report in words, or into a file."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from core.actions.reports import Reported, report, unasked
from core.ports.insight import OnAsked, OnCopied
from core.shop import Shop
from ui.asked_time import AskedTime
from ui.devices.files import write_named
from ui.report_words import about, span_words, table_of, title_of
from ui.text import tr

WORTH_SAYING = 20_000
EACH_S = 1.0
ANEW = "\r\x1b[K"
"""The line of a terminal is written once more."""


def asks_for_list(given: Namespace) -> bool:
    """Whether the words ask which reports there are."""
    return not given.due and (given.list or not given.name)


def listed(names: Iterable[str]) -> str:
    """Each with how its figures are counted."""
    return "\n".join(f"{name:<12} {title_of(name)}　{about(name)}" for name in names)


def obey_report(shop: Shop, given: Namespace) -> str:
    """A table in words, or where the file is."""
    if given.due:
        return _due(shop)
    if given.rebuild:
        shop.store.insight.rebuild(_progress())
    on = shop.now().business_on
    first, last = given.first or on.replace(day=1), given.last or on
    against = given.against or given.last_year
    with _counting() as on_asked:
        heard: dict[str, Any] = {"on_copied": _progress(), "on_asked": on_asked}
        span = first, last
        found = report(shop, given.name, *span, against=against, a_year=given.last_year, **heard)
    if given.out is None:
        return _table(found)
    from ui.devices.report_files import report_bytes

    write_named(given.out, report_bytes(found, given.out))
    return tr("存好了：{path}", path=given.out)


def _due(shop: Shop) -> str:
    """Where the files are; what could not be written is said on the page of the office, too."""
    from ui.routine import write_reports

    found = write_reports(shop)
    lines = [tr("存好了：{path}", path=path) for path in found.paths]
    return "\n".join([*lines, *found.troubles]) or tr("没有到时候的报表。")


def _progress() -> OnCopied:
    """Says to a person who waits how far the copy is; nothing where there is little to copy."""

    def say(copied: int, total: int) -> None:
        if total > WORTH_SAYING and sys.stderr.isatty():
            words = tr("列存：{copied} / {total} 单", copied=f"{copied:,}", total=f"{total:,}")
            print(f"\r{words}", end="\n" if copied == total else "", file=sys.stderr, flush=True)

    return say


@contextmanager
def _counting() -> Iterator[OnAsked]:
    """Says to a person who waits how long the answer takes still, from two seconds on."""
    if not sys.stderr.isatty():
        yield unasked
        return
    asked, is_over = AskedTime(time.monotonic), Event()

    def say() -> None:
        while not is_over.wait(EACH_S):
            if (told := asked.at()) is not None:
                print(f"{ANEW}{told[1]}", end="", file=sys.stderr, flush=True)

    thread = Thread(target=say, name="counting", daemon=True)
    thread.start()
    try:
        yield asked.hear
    finally:
        is_over.set()
        thread.join()
        if asked.at() is not None:
            print(ANEW, end="", file=sys.stderr, flush=True)


def _table(found: Reported) -> str:
    heads, rows = table_of(found)
    lines = [title_of(found.found.question) + "　" + span_words(found), "\t".join(heads)]
    lines += ["\t".join(row) for row in rows]
    return "\n".join(lines if rows else [*lines, tr("这些天没有。")])
