"""Many strange inputs, each of its own seed, so that any of them can be had again alone."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from msgspec import Struct, field

from tests.fuzz.targets import TARGETS


class Tally(Struct):
    """How many there were of each target, and what went wrong."""

    inputs: dict[str, int] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)


def fuzz(name: str, *, seed: int, first: int, count: int, tally: Tally) -> None:
    """So many inputs of a target, beginning with the one of this number."""
    memory = Path("/dev/shm")
    place = memory if memory.is_dir() else None
    with (
        tempfile.TemporaryDirectory(dir=place) as folder,
        TARGETS[name][0](Path(folder)) as target,
    ):
        begun = time.monotonic()
        for number in range(first, first + count):
            try:
                target(random.Random(f"{seed} {name} {number}"))
            except Exception as trouble:  # noqa: BLE001 - whatever it is, nobody expects it
                told = f"{type(trouble).__name__} {str(trouble)[:300]}"
                tally.troubles.append(f"{name} {number}: {told}")
            if (number - first + 1) % 10_000 == 0:
                took = time.monotonic() - begun
                print(f"{name}: {number - first + 1:,} inputs, {took:.0f} s", flush=True)
    tally.inputs[name] = tally.inputs.get(name, 0) + count
