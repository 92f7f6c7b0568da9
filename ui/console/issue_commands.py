"""下发命令: what `main.py office rulebook` and `office rulebooks` do and say."""

from __future__ import annotations

import json
from argparse import Namespace
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

from core.actions.issue import Issued, check_issue, holding, issue_rulebook
from core.actions.issue_prices import issue_prices
from core.catalog.product_table import ProductRow, read_products
from core.errors import BadRows, NoGoodRows
from core.ports.intake import Table
from core.rulebook.rulebook import Rulebook
from core.shop import HeadOffice
from core.values.table import BadRow
from ui.console.command_words import warn
from ui.console.points_desk import table
from ui.console.rulebook_commands import checked_words
from ui.text import bad_row, quoted, tr


class Files(Protocol):
    """Reads what people bring (`server.program`)."""

    def rulebook_in(self, path: Path) -> Rulebook: ...

    def table_in(self, path: Path) -> AbstractContextManager[Table]: ...


def rulebook_words(office: HeadOffice, given: Namespace, files: Files) -> str:
    """Check a rulebook, or issue it; the sentences to say."""
    rulebook, today = files.rulebook_in(given.file), today_of(office)
    begins_on: date = given.since or today
    if given.what == "check":
        check_issue(office, rulebook, begins_on=begins_on, today=today)
        return checked_words(rulebook)
    issued = issue_rulebook(office, rulebook, begins_on=begins_on, today=today)
    return "\n".join([_issued_words(rulebook, issued), *_replaced_words(issued)])


def _issued_words(rulebook: Rulebook, issued: Issued) -> str:
    words = "规则册“{name}”第 {version} 版下发了，每台收银台从 {day} 起用它；那天离线的，接通就换。"
    if not issued.is_new:
        words = "规则册“{name}”第 {version} 版早已下发，从 {day} 起用，没有变。"
    day = issued.begins_on.isoformat()
    return tr(words, name=rulebook.name, version=issued.version, day=day)


def _replaced_words(issued: Issued) -> list[str]:
    if issued.replaced_by is None:
        return []
    version, day = issued.replaced_by
    return [tr("到 {day} 换成第 {version} 版。", version=version, day=day.isoformat())]


def prices_words(office: HeadOffice, given: Namespace, files: Files) -> str:
    """Issue a table of products; where a row is bad, none is. Raises BadRows."""
    good: list[ProductRow] = []
    bad = 0
    with files.table_in(given.file) as opened:
        for row in read_products(opened.headings, opened.rows()):
            if isinstance(row, BadRow):
                bad += 1
                warn(bad_row(row))
            else:
                good.append(row)
    if bad:
        raise BadRows(bad)
    if not good:
        raise NoGoodRows()
    today = today_of(office)
    begins_on: date = given.since or today
    came = issue_prices(office, good, begins_on=begins_on, today=today, store_code=given.store)
    words = (
        "从 {day} 起：新商品 {added}，改了的 {changed}，没有变的 {unchanged}。"
        "那天离线的收银台，接通就换。"
    )
    counts = {"added": came.added, "changed": came.changed, "unchanged": came.unchanged}
    told = {name: f"{count:,}" for name, count in counts.items()}
    return tr(words, day=begins_on.isoformat(), **told)


def rulebooks_words(office: HeadOffice) -> str:
    """A row for each, in the order in which they begin."""
    with office.store.read() as reading:
        begins = reading.issued_rulebooks.begins()
        kept = reading.issued_rulebooks.some([version for version, _ in begins])
    now = holding(begins, today_of(office))
    rows = [
        (
            str(each.version),
            quoted(json.loads(each.record)["name"]),
            each.begins_on.isoformat(),
            tr("现在用") if each.version == now else "",
        )
        for each in kept
    ]
    headings = (tr("版本"), tr("名称"), tr("从哪天起"), tr("状态"))
    return table(headings, rows) if rows else tr("还没有下发过规则册。")


def today_of(office: HeadOffice) -> date:
    """In the zone of the machine."""
    now_s = office.clock.now_us() // 1_000_000
    return datetime.fromtimestamp(now_s, UTC).astimezone().date()
