"""断电: run a real till, feed it sales, SIGKILL it at a random moment, look at what is left.

A sale counts as confirmed when its answer was read before the kill. Confirmed sales must be in
the store with the figures that were answered; the store must verify; numbers stay dense.
"""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from storage.home import open_home

MAIN = Path(__file__).resolve().parents[2] / "main.py"
CODES = ("6901234567809", "6901234567816", "6901234567823", "6901234567847")


# Of a sale, as the till answered them: payable, paid, change, points earned, balance after it.
Figures = tuple[int, ...]
FIGURES = ("payable_fen", "paid_fen", "change_fen", "points_earned", "points_balance")


@dataclass(slots=True)
class Tally:
    """What many kills came to: sales confirmed, sales kept beyond those, and what went wrong."""

    kills: int = 0
    confirmed: dict[str, Figures] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)


def till_command(home: Path, *words: str) -> list[str]:
    """The command line of a till of this home."""
    return [sys.executable, str(MAIN), *words, "--home", str(home)]


def kill_once(home: Path, dice: random.Random, tally: Tally) -> None:
    """Sell until the moment chosen by `dice`, then SIGKILL; confirmed sales go to the tally."""
    words = till_command(home, "till", "--headless", "--json")
    till = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert till.stdin is not None and till.stdout is not None
    till.stdin.write("login 246810\nopen-day 0\n")
    till.stdin.flush()
    till.stdout.readline(), till.stdout.readline()
    timer = threading.Timer(dice.uniform(0.0, 0.25), till.kill)
    timer.start()
    with contextlib.suppress(BrokenPipeError):
        _sell(till, dice, tally)
    timer.join()
    till.wait()
    with contextlib.suppress(BrokenPipeError):
        till.stdin.close()
    till.stdout.close()
    tally.kills += 1


def _sell(till: subprocess.Popen[str], dice: random.Random, tally: Tally) -> None:
    assert till.stdin is not None and till.stdout is not None
    while till.poll() is None:
        lines = [f"scan {dice.choice(('800001', '800002', '800003'))}"]
        lines += [f"scan {dice.choice(CODES)}" for _ in range(dice.randint(1, 4))]
        lines += ["pay cash 500.00"]
        for line in lines:
            till.stdin.write(line + "\n")
            till.stdin.flush()
            said = till.stdout.readline()
            if not said.endswith("\n"):
                return
            answer = json.loads(said)
            if line.startswith("pay") and answer["ok"]:
                sale = answer["sale"]
                tally.confirmed[sale["no"]] = tuple(sale[name] for name in FIGURES)
            elif not answer["ok"]:
                tally.troubles.append(f"{line}: {answer['say']}")


def look(home: Path, tally: Tally) -> None:
    """Ask the store for every confirmed sale, and `verify` for the rest."""
    with open_home(home) as found, found.store.read() as reading:
        for no, figures in tally.confirmed.items():
            sale = reading.sales.by_no(no)
            if sale is None:
                tally.troubles.append(f"{no} is lost")
            elif tuple(getattr(sale, name) for name in FIGURES) != figures:
                tally.troubles.append(f"{no} is not as it was answered: {figures}")
        kept = reading.sales.next_number() - 1
    # Killed between commit and answer: kept, but nobody was told. One a kill at most.
    if not 0 <= kept - len(tally.confirmed) <= tally.kills:
        tally.troubles.append(f"{kept} sales kept, {len(tally.confirmed)} confirmed")
    verified = subprocess.run(
        till_command(home, "verify"), capture_output=True, text=True, check=False
    )
    if verified.returncode:
        tally.troubles.append(f"verify: {verified.stdout} {verified.stderr}")


def kill_many(home: Path, *, kills: int, seed: int) -> Tally:
    """Kill so many times, with one seed; then look."""
    dice, tally = random.Random(seed), Tally()
    began = time.monotonic()
    for number in range(kills):
        kill_once(home, dice, tally)
        if number % 20 == 19:
            took = time.monotonic() - began
            print(f"{number + 1} kills, {len(tally.confirmed)} sales, {took:.0f} s", flush=True)
    look(home, tally)
    return tally
