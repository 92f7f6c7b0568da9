"""`python -m tests.kill [--kills 1000] [--seed N]`: kill a working till many times."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.builders import Home
from tests.kill.killing import kill_many


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kill")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
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


if __name__ == "__main__":
    sys.exit(main())
