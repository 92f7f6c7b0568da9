"""断电: run a real till, work at it, SIGKILL it at a random moment, look at what is left.

It sells, is refused, holds, recalls and prints. What was answered before the kill is confirmed, and
what was asked last may have happened or not: nothing else may. Confirmed sales must be in the store
with the figures that were answered; the basket that stood at the counter and those that were held
must be there when the till starts again; the store must verify; numbers stay dense.
"""

from __future__ import annotations

import contextlib
import json
import random
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from storage.home import open_home

MAIN = Path(__file__).resolve().parents[2] / "main.py"
MERGED = re.compile(r"已并入.*卡号 (\d+)")
CARDS = ("800001", "800002", "800003")
CODES = ("6901234567809", "6901234567816", "6901234567823", "6901234567847")
REFUSED = (
    "scan 6999999999997",
    "scan 6901234567800",
    "qty 0",
    "remove 99",
    "pay card 0",
    "recall 100",
)
MOST_HELD = 30

# Of a sale, as the till answered them: payable, paid, change, points earned, balance after it.
Figures = tuple[int, ...]
FIGURES = ("payable_fen", "paid_fen", "change_fen", "points_earned", "points_balance")
Basket = tuple[str, tuple[tuple[str, int], ...]]


class Tally(Struct):
    """What many kills came to: sales confirmed, sales kept beyond those, and what went wrong.

    `basket` and `held` are as the last answer left them; `asked` is the line that was not answered.
    """

    kills: int = 0
    confirmed: dict[str, Figures] = field(default_factory=dict)
    basket: Basket | None = None
    held: set[str] = field(default_factory=set)
    asked: str = ""
    resumed: int = 0
    recalled: int = 0
    troubles: list[str] = field(default_factory=list)


class Till:
    """One run of a real till; `say` is None once it is dead."""

    def __init__(self, home: Path, tally: Tally) -> None:
        words = till_command(home, "till", "--headless", "--json")
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._tally = tally

    def say(self, line: str) -> dict[str, Any] | None:
        """The answer to one line."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None and stdout is not None
        self._tally.asked = line
        try:
            stdin.write(line + "\n")
            stdin.flush()
        except BrokenPipeError:
            return None
        said = stdout.readline()
        if not said.endswith("\n"):
            return None
        self._tally.asked = ""
        answer: dict[str, Any] = json.loads(said)
        self._tally.basket = basket_of(answer)
        if "held" in answer:
            self._tally.held = {each["sale_id"] for each in answer["held"]}
        return answer

    def close(self) -> None:
        """Take it away."""
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def till_command(home: Path, *words: str) -> list[str]:
    """The command line of a till of this home."""
    return [sys.executable, str(MAIN), *words, "--home", str(home)]


def basket_of(answer: dict[str, Any]) -> Basket | None:
    """What stands at the counter, None for nothing."""
    found = answer["basket"]
    if found is None or not found["lines"]:
        return None
    lines = tuple((line["code"], line["quantity_milli"]) for line in found["lines"])
    return found["sale_id"], lines


def kill_once(home: Path, dice: random.Random, tally: Tally, *, longest_s: float = 0.25) -> None:
    """Work until the moment chosen by `dice`, then SIGKILL; the tally has what was confirmed."""
    before, held, asked = tally.basket, set(tally.held), tally.asked
    till = Till(home, tally)
    try:
        answer = till.say("login 246810")
        assert answer is not None and answer["ok"], answer
        till.say("open-day 0")
        answer = till.say("held")
        assert answer is not None and answer["ok"], answer
        compare(tally, before, held, asked)
        timer = threading.Timer(dice.uniform(0.0, longest_s), till.process.kill)
        timer.start()
        work(till, dice, tally)
        timer.join()
    finally:
        till.process.kill()
        till.close()
    tally.kills += 1


def compare(tally: Tally, before: Basket | None, held: set[str], asked: str) -> None:
    """What the new start found, with what the last one had answered and was asked."""
    now = tally.basket
    standing = {before[0]} if before else set()
    word = asked.partition(" ")[0]
    may_be = now == before and tally.held == held
    if word == "scan" and tally.held == held and now is not None:
        is_same = before is None or now[0] == before[0]
        may_be = may_be or (is_same and pieces(now) == pieces(before) + 1000)
    elif word == "hold":
        may_be = may_be or (now is None and tally.held == held | standing)
    elif word == "recall" and now is not None:
        rest = held - {now[0]}
        may_be = may_be or (now[0] in held and tally.held == rest | standing)
    elif word == "pay":
        may_be = may_be or (now is None and tally.held == held)
    if not may_be:
        tally.troubles.append(f"after {asked!r}: {before}, {held} became {now}, {tally.held}")
    tally.resumed += now is not None


def pieces(basket: Basket | None) -> int:
    """All quantities of a basket together."""
    return sum(quantity for _, quantity in basket[1]) if basket else 0


def work(till: Till, dice: random.Random, tally: Tally) -> None:
    """Whatever happens at a counter, until nobody answers any more."""
    while True:
        if dice.random() < 0.7 and till.say(f"scan {dice.choice(CARDS)}") is None:
            return
        for _ in range(dice.randint(1, 4)):
            if till.say(f"scan {dice.choice(CODES)}") is None:
                return
        if dice.random() < 0.3:
            refused = till.say(dice.choice(REFUSED))
            if refused is None:
                return
            if refused["ok"]:
                tally.troubles.append(f"not refused: {refused['say']}")
        if not (set_aside(till, dice, tally) if dice.random() < 0.3 else sell(till, dice, tally)):
            return


def set_aside(till: Till, dice: random.Random, tally: Tally) -> bool:
    """Hold the basket, or take up another in its place; False once the till is dead.

    Where many are held one is taken up after a sale, so that there is one less.
    """
    if len(tally.held) >= MOST_HELD and not sell(till, dice, tally):
        return False
    is_full = len(tally.held) >= MOST_HELD
    line = "recall" if is_full or (tally.held and dice.random() < 0.6) else "hold"
    answer = till.say(line)
    if answer is None:
        return False
    if not answer["ok"]:
        tally.troubles.append(f"{line}: {answer['say']}")
    tally.recalled += line == "recall"
    return True


def sell(till: Till, dice: random.Random, tally: Tally) -> bool:
    """Take the money, and sometimes print once more; False once the till is dead."""
    for line in ["pay cash 9000.00", *(["reprint"] if dice.random() < 0.2 else [])]:
        answer = _obeyed(till, line)
        if answer is None:
            return False
        if not answer["ok"]:
            tally.troubles.append(f"{line}: {answer['say']}")
        elif line.startswith("pay"):
            sale = answer["sale"]
            tally.confirmed[sale["no"]] = tuple(sale[name] for name in FIGURES)
    return True


def _obeyed(till: Till, line: str) -> dict[str, Any] | None:
    """Who was brought in at two tills may become one while they stand here: then as it says."""
    answer = till.say(line)
    merged = None if answer is None or answer["ok"] else MERGED.search(answer["say"])
    if merged is None:
        return answer
    return None if till.say(f"scan {merged[1]}") is None else till.say(line)


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
