"""`python -m tests.flips [--flips 10000] [--seed N]`: another bit in the files of a till."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.flips.flipping import FILES, flip_many, furnished


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.flips")
    parser.add_argument("--flips", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = flip_many(furnished(Path(folder)), flips=given.flips, seed=given.seed)
    for trouble in tally.troubles:
        print(trouble)
    for name in FILES:
        print(f"{name}: {tally.same[name]} same data, {tally.seen[name]} seen")
    print(f"{tally.flips} flips, {len(tally.troubles)} silently wrong")
    return 1 if tally.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
