"""`python -m tests.faults [--every 1]`: a fault at every reading and writing of a sale."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.builders import Home
from tests.faults.failing import Tally, all_faults, count_calls, fail_once


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--every", type=int, default=1)
    given = parser.parse_args()
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        home = Home.prepared(Path(folder), products="products.csv", members="members.csv")
        (home.path / "store.reserve").unlink(missing_ok=True)
        faults = list(all_faults(count_calls(home.path), every=given.every))
        for number, fault in enumerate(faults, 1):
            fail_once(home.path, fault, tally)
            if number % 20 == 0:
                print(f"{number} of {len(faults)} faults", flush=True)
    for trouble in tally.troubles:
        print(trouble)
    print(
        f"{tally.faults} faults, {tally.refused} lines refused and asked again, "
        f"{tally.closed_out} starts refused, {tally.sold} sales, {len(tally.troubles)} troubles"
    )
    return 1 if tally.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
