"""`python -m tests.kill [--kills 1000] [--seed N] [--chain]`: kill a working till many times.

With `--chain` two of them, what sends beside them, and their server, on a line that fails, too.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.builders import Home
from tests.kill.chain import kill_chain
from tests.kill.killing import kill_many


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kill")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chain", action="store_true")
    given = parser.parse_args()
    if given.chain:
        return _chain(given.kills, given.seed)
    with tempfile.TemporaryDirectory() as folder:
        home = Home.prepared(Path(folder), products="products.csv", members="members.csv")
        home.command("printer", f"file:{home.path / 'paper.bin'}")
        tally = kill_many(home.path, kills=given.kills, seed=given.seed)
    for trouble in tally.troubles:
        print(trouble)
    print(
        f"{tally.kills} kills, {len(tally.confirmed)} sales confirmed, "
        f"{tally.resumed} baskets came back, {tally.recalled} recalled, "
        f"{len(tally.troubles)} troubles"
    )
    return 1 if tally.troubles else 0


def _chain(kills: int, seed: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        tally = kill_chain(Path(folder), kills=kills, seed=seed)
    for trouble in tally.troubles:
        print(trouble)
    confirmed = sum(len(each.confirmed) for each in tally.tills)
    print(
        f"{tally.kills} kills ({tally.senders} of what sends, {tally.servers} of the server), "
        f"{confirmed} sales confirmed, {tally.events} events arrived, "
        f"{len(tally.troubles)} troubles"
    )
    print(", ".join(f"{count} {fate}" for fate, count in sorted(tally.fates.items())))
    return 1 if tally.troubles or not confirmed else 0


if __name__ == "__main__":
    sys.exit(main())
