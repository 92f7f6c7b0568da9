"""10 and 11: start of the till until it takes input, and its memory, against the barest window."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import start_child
from benchmarks.homes import home_of
from benchmarks.timing import Row

TIMES = 7


def rows(size: int) -> list[Row]:
    """Both started turn by turn, with warm caches; medians of several starts."""
    home = home_of(size)
    for what in ("bare", str(home)):
        _start(what)
    bare, ours = [], []
    for _ in range(TIMES):
        bare.append(_start("bare"))
        ours.append(_start(str(home)))
    of = f"{size:,} members"

    def row(number: int, work: str, field: str, unit: str, target: float) -> Row:
        limit = statistics.median(each[field] for each in bare)
        mine = statistics.median(each[field] for each in ours)
        return Row(number, work, limit, mine, target, unit=unit)

    return [
        row(10, "start → first frame", "frame", "s", 2),
        row(10, f"start → takes input, {of}", "ready", "s", 5),
        row(10, f"start, processor, {of}", "cpu", "s", 5),
        row(11, f"resident memory, idle, {of}", "mib", "MiB", 2.2),
    ]


def _start(what: str) -> dict[str, float]:
    places = dict(os.environ, QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    places.pop("PYTHONDONTWRITEBYTECODE", None)
    # The child leaves at once when it has told: no start measured here is one after a sudden end.
    (Path(what) / "crashes" / "running").unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", start_child.__name__, what, str(time.time())],
        cwd=Path(__file__).parents[1],
        env=places,
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told
