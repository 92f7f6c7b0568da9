"""`python -m benchmarks [NAME …] [--size N] [--display] [--json]`: a table of ratios, or JSON."""

from __future__ import annotations

import argparse
import importlib
import json
import sys

from benchmarks.timing import Row

# Name → module of benchmarks with `rows()` or `rows(size)`.
BENCHMARKS = {
    "scan": "benchmarks.scanning",
    "search": "benchmarks.searching",
    "screen": "benchmarks.screen",
    "members": "benchmarks.members",
    "today": "benchmarks.todaying",
    "pricing": "benchmarks.pricing",
    "preview": "benchmarks.previewing",
    "settle": "benchmarks.settling",
    "start": "benchmarks.starting",
    "import": "benchmarks.importing",
    "merge": "benchmarks.merging",
    "push": "benchmarks.pushing",
    "drain": "benchmarks.draining",
    "snapshot": "benchmarks.snapshotting",
    "sync": "benchmarks.syncing",
    "office": "benchmarks.officing",
    "insight": "benchmarks.reporting",
}
SIZED = (
    "scan", "search", "screen", "members", "today", "start", "import", "snapshot", "sync",
    "office", "insight",
)  # fmt: skip
SIZE = 1_000_000


def main() -> int:
    """0 where every target is met, else 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], metavar="NAME")
    parser.add_argument("--size", type=int, default=SIZE, help="members, or lines of sales")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--display", action="store_true", help="screen: with a customer's window beside it"
    )
    parser.add_argument("--tills", type=int, default=500, help="drain: so many come back")
    parser.add_argument("--sales", type=int, default=40, help="drain: what each has sold meanwhile")
    given = parser.parse_args()
    found: list[Row] = []
    for name in given.names or BENCHMARKS:
        module = importlib.import_module(BENCHMARKS[name])
        asked = _asked(name, given)
        rows = module.rows(*([given.size] if name in SIZED else []), **asked)
        for row in rows:
            found.append(row)
            print(as_json(row) if given.json else as_text(row), flush=True)
    return 0 if all(row.is_met for row in found) else 1


def _asked(name: str, given: argparse.Namespace) -> dict[str, int]:
    """What one of them is told beside the size."""
    if name == "drain":
        return {"tills": given.tills, "sales": given.sales}
    return {"has_display": True} if name == "screen" and given.display else {}


def as_text(row: Row) -> str:
    """number · work · limit · ours · ratio · target · verdict."""
    tail = ""
    if row.tail is not None:
        bound = "" if row.most_tail is None else f" ≤ {row.most_tail:,.0f}"
        noise = "" if row.limit_tail is None else f" (limit {row.limit_tail:,.0f})"
        tail = f"  p99 {row.tail:,.0f}{bound}{noise}"
    verdict = "ok" if row.is_met else "TOO SLOW"
    return (
        f"{row.number:>3}  {row.work:<44} {row.limit:>12,.1f} {row.ours:>12,.1f} {row.unit:<3}"
        f" {row.ratio:>7.2f}×  ≤ {row.target:g}×{tail}  {verdict}"
    )


def as_json(row: Row) -> str:
    """The same for machines."""
    record = {
        "number": row.number,
        "work": row.work,
        "unit": row.unit,
        "limit": row.limit,
        "ours": row.ours,
        "ratio": row.ratio,
        "target": row.target,
        "tail": row.tail,
        "most_tail": row.most_tail,
        "limit_tail": row.limit_tail,
        "is_met": row.is_met,
    }
    return json.dumps(record, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
