"""`python -m tests.proving [SET …] [--count N] [--first N] [--each]`: how much is proven, and when.

Of each kind of sets: how many were quoted, how many of these are not proven, by how much they could
be short in all, and the milliseconds that a quote took: the middle one, the 99th of 100, the worst.
"""

from __future__ import annotations

import argparse
import sys
import time
from multiprocessing import Pool, cpu_count

from msgspec.structs import replace

from core.pricing.quote import quote
from tests.core.pricing.examples import NOW, a_member
from tests.proving.sets import SETS

SOMEBODY = replace(a_member("normal"), points=1000)
Told = tuple[int, int, int, float]
"""Number, payable and gap in fen, milliseconds."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proving")
    parser.add_argument("sets", nargs="*", choices=[*SETS, []], metavar="SET")
    parser.add_argument("--count", type=int, help="so many of each instead of the usual")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--each", action="store_true", help="tell of each that is not proven")
    given = parser.parse_args()
    with Pool(min(2, cpu_count())) as pool:
        for name in given.sets or SETS:
            count = given.count or SETS[name][1]
            numbers = range(given.first, given.first + count)
            told = pool.starmap(quoted, [(name, number) for number in numbers], chunksize=1)
            print(line_of(name, told), flush=True)
            for number, payable_fen, gap_fen, ms in told if given.each else ():
                if gap_fen:
                    print(f"    {number}: {payable_fen} − {gap_fen}, {ms:.0f} ms")
    return 0


def quoted(name: str, number: int) -> Told:
    goods, book = SETS[name][0](number)
    started = time.process_time()
    made = quote(goods, SOMEBODY, book, NOW)
    return number, made.payable_fen, made.gap_fen, (time.process_time() - started) * 1000


def line_of(name: str, told: list[Told]) -> str:
    gaps = [gap_fen for _, _, gap_fen, _ in told if gap_fen]
    ms = sorted([each for _, _, _, each in told])
    middle, tail = ms[len(ms) // 2], ms[len(ms) * 99 // 100]
    payable = sum([payable_fen for _, payable_fen, _, _ in told])
    return (
        f"{name:<8} {len(told):>6,} sets, {len(gaps):>4,} not proven ({sum(gaps):,} of"
        f" {payable:,} fen); {middle:,.0f} ms, p99 {tail:,.0f}, worst {ms[-1]:,.0f}"
    )


if __name__ == "__main__":
    sys.exit(main())
