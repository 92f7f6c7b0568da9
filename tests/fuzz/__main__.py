"""`python -m tests.fuzz [TARGET …] [--inputs 1000000] [--seed N] [--first N]`: strange inputs."""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.fuzzing import Tally, fuzz
from tests.fuzz.targets import TARGETS


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], metavar="TARGET")
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="as a trouble names it")
    given = parser.parse_args()
    chosen = given.targets or list(TARGETS)
    shares = sum(TARGETS[name][1] for name in chosen)
    tally = Tally()
    for name in chosen:
        count = max(1, given.inputs * TARGETS[name][1] // shares)
        fuzz(name, seed=given.seed, first=given.first, count=count, tally=tally)
    for trouble in tally.troubles[:50]:
        print(trouble)
    for name, count in tally.inputs.items():
        print(f"{count:>9,}  {name}")
    print(f"{sum(tally.inputs.values()):,} inputs, {len(tally.troubles)} troubles")
    return 1 if tally.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
