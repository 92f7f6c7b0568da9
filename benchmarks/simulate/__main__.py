"""`python -m benchmarks.simulate [--seed N] [--till-days N]`: days of tills with all faults."""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator

from benchmarks.simulate.run import Outcome
from benchmarks.simulate.shorten import shorten
from benchmarks.simulate.story import story_of
from benchmarks.simulate.worlds import DAYS, TILLS, worlds_played


def main() -> int:
    """0 where all that is demanded held."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.simulate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--till-days", type=int, default=1000)
    parser.add_argument("--world", type=int, help="only this one, as a failure names it")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    given = parser.parse_args()
    begun, digest, done = time.monotonic(), hashlib.sha256(), Counter[str]()
    worlds = [given.world] if given.world else range(1, -(-given.till_days // (TILLS * DAYS)) + 1)
    seeds = [f"{given.seed}/{world}" for world in worlds]
    for seed, outcome in worlds_played(seeds, given.jobs):
        digest.update(outcome.digest.encode())
        done += outcome.done
        if outcome.troubles:
            _tell(seed, outcome)
            return 1
        if done["till-days"] % 1000 < TILLS * DAYS:
            print(f"{done['till-days']:,} till-days, {_spent(begun)}", flush=True)
    print("\n".join(_table(done)))
    speed = done["till-days"] * 60 / max(1e-3, time.monotonic() - begun)
    print(f"0 lost, 0 doubled, sum zero · {_spent(begun)} · {speed:,.0f} till-days a minute")
    print(f"digest {digest.hexdigest()}")
    return 0


def _tell(seed: str, outcome: Outcome) -> None:
    """What is wrong, how to see it again, and the shortest story of it."""
    print(f"world {seed}:")
    print("\n".join(outcome.troubles))
    number, _, world = seed.partition("/")
    print(f"again: python -m benchmarks.simulate --seed {number} --world {world}", flush=True)
    story = story_of(seed, tills=TILLS, days=DAYS)
    print("the shortest story that was found:")
    for step in shorten(seed, story, outcome, tills=TILLS):
        print(f"  {step}")


def _table(done: Counter[str]) -> Iterator[str]:
    first = ("till-days", "sell", "events")
    for what in (*first, *sorted(set(done) - set(first))):
        yield f"{done[what]:>10,}  {what}"


def _spent(begun: float) -> str:
    minutes, seconds = divmod(int(time.monotonic() - begun), 60)
    return f"{minutes} min {seconds:02} s"


if __name__ == "__main__":
    sys.exit(main())
