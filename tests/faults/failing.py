"""坏盘: a real till whose n-th write, sync or cut of the store's files fails, as strace makes it.

The kernel's answer is replaced, so that everything from SQLite up sees what a full or a broken disk
would say. The till must answer every line; what it refuses may be asked again; each sale is sold
once, with the figures that were answered, and the store verifies.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from storage.home import open_home
from tests.kill.killing import FIGURES, Figures, till_command

CALLS = ("pwrite64", "fsync", "fdatasync", "ftruncate", "write")
ERRORS = ("ENOSPC", "EIO")
FILES = ("store.db", "store.db-wal", "store.db-shm", "store.witness", "store.witness.new")
TRIES = 4
CLOSED_OUT = 2
DAY = ("login 246810", "open-day 0")
SALE = ("scan 800001", "scan 6901234567809", "scan 6901234567816", "pay cash 9000.00")


class Fault(Struct, frozen=True):
    """The `nth` call of its name, counted from the start of the till, fails with `error`."""

    call: str
    nth: int
    error: str


class Tally(Struct):
    """What many faults came to."""

    faults: int = 0
    refused: int = 0
    closed_out: int = 0
    sold: int = 0
    troubles: list[str] = field(default_factory=list)


def count_calls(home: Path) -> Counter[str]:
    """How often a till that sells twice calls each of CALLS on the files of its store."""
    with tempfile.TemporaryDirectory() as folder:
        log, copy = Path(folder) / "log", Path(folder) / "home"
        shutil.copytree(home, copy)
        _sell_twice(copy, ["-o", str(log)], Tally(), "without a fault")
        names = re.findall(r"^\d+ +(\w+)\(", log.read_text("utf-8", "replace"), re.MULTILINE)
    return Counter(name for name in names if name in CALLS)


def all_faults(counts: Counter[str], *, every: int = 1) -> Iterator[Fault]:
    """Each call × each error; `every` takes a sample."""
    faults = [
        Fault(call, nth, error)
        for call, count in sorted(counts.items())
        for nth in range(1, count + 1)
        for error in ERRORS
    ]
    yield from faults[::every]


def fail_once(home: Path, fault: Fault, tally: Tally) -> None:
    """Sell twice in a copy of a home, with one fault on the way, and look at what is there."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "home"
        shutil.copytree(home, copy)
        inject = f"inject={fault.call}:error={fault.error}:when={fault.nth}"
        options = ["-o", "/dev/null", "-e", inject]
        sales = _sell_twice(copy, options, tally, str(fault))
        if sales is None:
            # It could not open its store, and said so; the next start has a disk that works.
            tally.closed_out += 1
            sales = _sell_twice(copy, ["-o", "/dev/null"], tally, str(fault)) or {}
        _look(copy, sales, tally, str(fault))
    tally.faults += 1
    tally.sold += len(sales)


def _sell_twice(
    home: Path, options: list[str], tally: Tally, what: str
) -> dict[str, Figures] | None:
    """The sales as they were answered; None where the till ended before its first answer."""
    paths = [word for name in FILES for word in ("-P", str(home / name))]
    calls = ["-e", f"trace={','.join(CALLS)}"]
    words = ["strace", "-f", "--seccomp-bpf", "-qq", *paths, *calls, *options]
    till = subprocess.Popen(
        [*words, *till_command(home, "till", "--headless", "--json")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    sales: dict[str, Figures] = {}
    try:
        for line in (*DAY, *SALE, *SALE):
            answer = _ask(till, line, tally)
            if answer is None and line == DAY[0]:
                said = till.communicate()[1]
                if till.returncode != CLOSED_OUT or "。" not in said:
                    tally.troubles.append(f"{what}: ended with {till.returncode}: {said}")
                return None
            if answer is None or not answer["ok"]:
                tally.troubles.append(f"{what}: {line}: {answer and answer['say']}")
                break
            if line.startswith("pay"):
                sale = answer["sale"]
                sales[sale["no"]] = tuple(sale[name] for name in FIGURES)
    finally:
        if till.poll() is None:
            till.communicate()
    return sales


def _ask(till: subprocess.Popen[str], line: str, tally: Tally) -> dict[str, Any] | None:
    """The answer to a line, asked again as a person would where the disk was to blame."""
    assert till.stdin is not None and till.stdout is not None
    answer: dict[str, Any] | None = None
    for _ in range(TRIES):
        try:
            till.stdin.write(line + "\n")
            till.stdin.flush()
        except BrokenPipeError:
            return None
        said = till.stdout.readline()
        if not said:
            return None
        answer = json.loads(said)
        if answer["ok"] or "已经开店" in answer["say"]:
            answer["ok"] = True
            return answer
        tally.refused += 1
    return answer


def _look(home: Path, sales: dict[str, Figures], tally: Tally, what: str) -> None:
    with open_home(home) as found, found.store.read() as reading:
        kept = reading.sales.next_number() - 1
        for no, figures in sales.items():
            sale = reading.sales.by_no(no)
            if sale is None or tuple(getattr(sale, name) for name in FIGURES) != figures:
                tally.troubles.append(f"{what}: {no} is not as it was answered")
    if kept != len(sales):
        tally.troubles.append(f"{what}: {kept} sales kept, {len(sales)} answered")
    words = till_command(home, "verify")
    verified = subprocess.run(words, capture_output=True, text=True, check=False)
    if verified.returncode:
        tally.troubles.append(f"{what}: {verified.stdout} {verified.stderr}")
