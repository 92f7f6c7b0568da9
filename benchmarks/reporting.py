"""17, 18: every report over a copy of many lines, against the same SQL put to DuckDB alone.

The copy is made inside DuckDB: two years of tickets of five lines, three of five tickets of a
member. Ours opens the file, looks whether anything is new, asks and closes, as a report does; the
limit asks a connection of its own that stays open. The small copy has a hundredth of the lines.
"""

from __future__ import annotations

import resource
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID
from zoneinfo import ZoneInfo

import duckdb

from benchmarks.timing import Row, pair
from core.actions.reports import unheard
from core.ports import Till
from storage.insight.copy import Copy, copy_path
from storage.insight.insight import StoredInsight, sql_of
from storage.insight.memory import SETTINGS
from storage.insight.questions import QUESTIONS
from storage.store import create_store

KEY = bytes(32)
FIRST, LAST = date(2025, 7, 1), date(2026, 6, 30)
TIMES = 5
A_TICKET = 5
GROWN = 100
WHOLE_MS = 5000
MOST_MB, MOST_GROWTH, MOST_RATIO = 500, 1.2, 2
DAY = "DATE '2025-01-01' + CAST({at} * 730 // {tickets} AS INTEGER)"
MEMBER = "CASE WHEN hash({at}) % 5 < 3 THEN CAST(hash({at} * 7) % {members} AS BIGINT) END"
FILL = """
INSERT INTO sales SELECT i, {day}, 8 + i % 13, {member},
    'tier' || hash(i * 3) % 4, hash(i * 5) % 8,
    20000, 5000 + hash(i * 11) % 15000, 50 FROM range({tickets}) AS every(i);
INSERT INTO lines SELECT i // 5, {day_of_line}, hash(i * 13) % 20000, 1000, 4000,
    1000 + hash(i * 17) % 3000 FROM range({lines}) AS every(i);
INSERT INTO products SELECT i, 'code' || i, '商品' || i, '类' || i % 40, '牌' || i % 300
    FROM range(20000) AS every(i);
INSERT INTO members SELECT i, DATE '2024-01-01' + CAST(hash(i) % 900 AS INTEGER)
    FROM range({members}) AS every(i);
INSERT INTO offers SELECT i * 4, 'offer' || i % 12, 1, 500, {day_of_use}
    FROM range({tickets} // 4) AS every(i);
INSERT INTO given SELECT i, {day}, 'percentage', '95折' || i % 12, 300
    FROM range({tickets}) AS every(i);
INSERT INTO cards SELECT i * 20, 'gold', DATE '2024-08-01' + CAST(hash(i) % 700 AS INTEGER), 12
    FROM range({members} // 20) AS every(i);
INSERT INTO voids SELECT i * 500 FROM range({tickets} // 500) AS every(i);
INSERT INTO returns SELECT i * 100 + 1, {day_of_return}, 10, NULL, 1, 1000, 10
    FROM range({tickets} // 100) AS every(i);
INSERT INTO return_lines SELECT i * 100 + 1, {day_of_return}, hash(i) % 20000, 1000, 1000
    FROM range({tickets} // 100) AS every(i);
CHECKPOINT
"""


def rows(size: int) -> list[Row]:
    """One of each question, of the slowest, of memory, of growth; `size` is the number of lines."""
    small = sum(ours for _, ours, _ in _measured(size // GROWN)[0])
    found = 0.0
    told: list[Row] = []
    times, most_mb = _measured(size)
    for question, ours, limit in times:
        found += ours
        work = f"report {question}, {size:,} lines"
        told.append(Row(17, work, limit / 1000, ours / 1000, MOST_RATIO, "ms"))
    slowest = max(ours for _, ours, _ in times) / 1000
    told.append(Row(17, f"the slowest, {size:,} lines, within 5 s", WHOLE_MS, slowest, 1, "ms"))
    told.append(Row(17, f"memory of it all, {size:,} lines", MOST_MB, most_mb, 1, "MB"))
    linear = small * GROWN / 1000
    work = f"growth from {size // GROWN:,} to {size:,} lines"
    told.append(Row(18, work, linear, found / 1000, MOST_GROWTH, "ms"))
    return told


def _measured(lines: int) -> tuple[list[tuple[str, float, float]], float]:
    """Question, microseconds of ours and of the limit; the most memory before the limit was asked.

    Its own connection has as much once more.
    """
    with TemporaryDirectory(prefix="reports-") as folder:
        home = Path(folder) / "home"
        till = Till(UUID(int=1), "中山路店", "S01", 1, 1, ZoneInfo("Asia/Shanghai"))
        store = create_store(home, key=KEY, till=till)
        try:
            with Copy(store, KEY).opened() as copy:
                copy.keep_up(unheard)  # of goods and cards it has what the store has: nothing
                for sql in FILL.format(**words_of(lines)).split(";"):
                    copy.run(sql)
            insight = StoredInsight(store, KEY)
            for name in QUESTIONS:
                _answer(insight, name)
            most_mb = _memory_mb()
            return [(name, *_times(insight, home, name)) for name in QUESTIONS], most_mb
        finally:
            store.close()


def words_of(lines: int) -> dict[str, object]:
    """What stands in `FILL` for so many lines of sales."""
    tickets = max(lines // A_TICKET, 1)
    members = max(tickets // 10, 10)
    whole = {"tickets": tickets, "members": members}
    return whole | {
        "lines": tickets * A_TICKET,
        "day": DAY.format(at="i", **whole),
        "day_of_line": DAY.format(at="(i // 5)", **whole),
        "day_of_use": DAY.format(at="(i * 4)", **whole),
        "day_of_return": DAY.format(at="(i * 100 + 1)", **whole),
        "member": MEMBER.format(at="i", **whole),
    }


def _times(insight: StoredInsight, home: Path, name: str) -> tuple[float, float]:
    sql = sql_of(name, FIRST, LAST)
    bare = home / "bare.duckdb"
    if not bare.exists():
        bare.write_bytes(copy_path(home).read_bytes())
    with duckdb.connect(str(bare), read_only=True, config=dict(SETTINGS)) as alone:
        ours, limit = pair(
            lambda: _answer(insight, name),
            lambda: alone.execute(sql).fetchall(),
            times=TIMES,
        )
    return ours.median_us, limit.median_us


def _answer(insight: StoredInsight, name: str) -> None:
    with insight.opened() as copy:
        copy.keep_up(unheard)
        copy.ask(name, FIRST, LAST)


def _memory_mb() -> float:
    """The most that this process ever had."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)
