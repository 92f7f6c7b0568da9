"""一次模拟: one story in one world, and what came of it."""

from __future__ import annotations

import hashlib
import random
import shutil
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from benchmarks.simulate.chance import Crash
from benchmarks.simulate.demands import AT_ANY_TIME, AT_THE_END
from benchmarks.simulate.happenings import HAPPENINGS, USUAL
from benchmarks.simulate.records import Kept
from benchmarks.simulate.seen import look_at
from benchmarks.simulate.story import Step
from benchmarks.simulate.world import World
from core.actions.head_office import open_cases
from core.errors import (
    CopyFound,
    NotInChain,
    Shortfall,
    TillRevoked,
    TillUnknown,
)

MOST_TOLD = 5
"""Of one kind; the rest says the same."""


class Outcome(Struct, frozen=True):
    """What happened, what was refused, and what is wrong; `digest` tells one run from another.

    `reached` is how many steps had happened when it was seen.
    """

    digest: str
    done: Counter[str]
    troubles: tuple[str, ...]
    reached: int


def run(seed: str, steps: Sequence[Step], *, tills: int) -> Outcome:
    """The story from its beginning to its end, in a folder of its own that lies in memory."""
    folder = Path(tempfile.mkdtemp(prefix="simulated-", dir=_in_memory()))
    try:
        return _Run(folder, seed, tills).whole(steps)
    finally:
        shutil.rmtree(folder)


def _in_memory() -> Path | None:
    """No simulated second waits for a real disk."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else None


class _Run:
    def __init__(self, folder: Path, seed: str, tills: int) -> None:
        self._world = World(folder, seed, tills)
        self._trace = hashlib.sha256(seed.encode())
        self._lives = self._world.server.lives

    def whole(self, steps: Sequence[Step]) -> Outcome:
        """All steps, until one shows a mistake; then everything heals, and is looked at."""
        world, troubles, reached = self._world, list[str](), 0
        try:
            for reached, step in enumerate(steps, 1):  # noqa: B007 - told at the end
                troubles += self._step(step)
                if troubles:
                    break
            else:
                troubles += self._end()
        except Exception:  # noqa: BLE001 - whatever it is, the story that led to it is told
            troubles.append(f"bug: {traceback.format_exc()}")
        finally:
            world.close()
        told = tuple(_shortened(troubles))
        return Outcome(self._trace.hexdigest(), self._tally(), told, reached)

    def _step(self, step: Step) -> Iterator[str]:
        world = self._world
        world.sun.us += step.after_s * 1_000_000
        world.network.deliver_late()
        dice, place = random.Random(step.seed), world.places[step.at]
        machine = dice.choice(place)
        machine.line.dice = dice
        said = "done"
        try:
            HAPPENINGS[step.what](world, place, machine, dice)
        except Crash:
            machine.restart()
            world.done["crashed"] += 1
            said = "crashed"
        except (CopyFound, TillUnknown, TillRevoked, NotInChain) as refused:
            machine.session = None
            said = type(refused).__name__
        except Shortfall as refused:
            said = type(refused).__name__
        if step.what not in USUAL:
            world.done[f"fault: {step.what}"] += 1
        elif said == "done":
            world.done[step.what] += 1
        else:
            world.done[f"not done: {said}"] += 1
        self._trace.update(f"{step} {machine.home.name} {said}\n".encode())
        if world.server.lives != self._lives or step.what in ("close", "sync"):
            self._lives = world.server.lives
            for demand in AT_ANY_TIME:
                yield from demand(world)

    def _end(self) -> Iterator[str]:
        yield from self._world.heal()
        for at_any_time in AT_ANY_TIME:
            yield from at_any_time(self._world)
        seen = look_at(self._world)
        self._note(seen.kept)
        for demand in AT_THE_END:
            yield from demand(seen)

    def _note(self, kept: Kept) -> None:
        """What the server has at the end is part of the digest."""
        for place in sorted(kept.events):
            self._trace.update(kept.events[place].hash)
        for mark in sorted(kept.apart):
            self._trace.update(mark)
        cases = open_cases(self._world.server.office)
        for case in cases:
            self._trace.update(f"{case.kind} {case.about} {case.detail}\n".encode())
        self._world.done["events"] += len(kept.events)
        self._world.done["apart"] += len(kept.apart)
        spent = sum(b'"escrow":"' in event.data for event in kept.events.values())
        self._world.done["spent of what was set aside"] += spent
        self._world.done.update(f"case: {case.kind}" for case in cases)

    def _tally(self) -> Counter[str]:
        world = self._world
        fates = {f"network: {fate}": count for fate, count in world.network.fates.items()}
        return world.done + Counter(fates) + Counter({"server lives": world.server.lives})


def _shortened(troubles: list[str]) -> Iterator[str]:
    counted: Counter[str] = Counter()
    for trouble in troubles:
        kind = trouble.partition(":")[0]
        counted[kind] += 1
        if counted[kind] <= MOST_TOLD:
            yield trouble
    for kind, count in counted.items():
        if count > MOST_TOLD:
            yield f"{kind}: and {count - MOST_TOLD} more"
