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

MAIN = Path(__file__).resolve().parents[2] / "main.py"
CODES = ("6901234567809", "6901234567816", "6901234567823", "6901234567847")


@dataclass(slots=True)
class Tally:
    """What many kills came to: sales confirmed, sales kept beyond those, and what went wrong."""

    kills: int = 0
    confirmed: dict[str, int] = field(default_factory=dict)
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
                tally.confirmed[answer["sale"]["no"]] = answer["sale"]["points_balance"]
            elif not answer["ok"]:
                tally.troubles.append(f"{line}: {answer['say']}")


def look(home: Path, tally: Tally) -> None:
    """Ask a fresh till for every confirmed sale, and `verify` for the rest."""
    numbers = "".join(f"receipt {no}\n" for no in sorted(tally.confirmed))
    words = till_command(home, "till", "--headless", "--json")
    asked = f"login 246810\n{numbers}"
    done = subprocess.run(words, input=asked, capture_output=True, text=True, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()][1:]
    if len(answers) != len(tally.confirmed):
        tally.troubles.append(f"the till answered {len(answers)} times: {done.stderr}")
    for no, answer in zip(sorted(tally.confirmed), answers, strict=False):
        if not answer["ok"]:
            tally.troubles.append(f"{no} is lost: {answer['say']}")
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
