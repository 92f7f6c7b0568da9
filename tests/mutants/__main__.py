"""`python -m tests.mutants [FOLDER …] [--sample N] [--seed N]`: a long run; not on Windows.

Each change is made in a process of its own, which runs the worked cases first and, where none of
them notices, the tests of the room. A change that makes it run for ever counts as noticed.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import random
import resource
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

from tests.cases import test_cases
from tests.mutants.sites import ROOT, Site, changed, sites_of

# Folder → its tests. Rules are held by tests of rules: what only a story notices is told.
ROOMS = {
    "core/pricing": ("tests/core/pricing",),
    "core/points": ("tests/core/points", "tests/core/sales"),
}
AT_ONCE = 2
MOST_CPU_S = 240
NOTICED, UNNOTICED = 1, 0


def main() -> int:
    """1 where a change went unnoticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("rooms", nargs="*", default=list(ROOMS), metavar="FOLDER")
    parser.add_argument("--sample", type=int, help="so many changes, picked at random")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sites = [site for room in given.rooms for site in _of_room(room)]
    if given.sample is not None:
        sites = random.Random(given.seed).sample(sites, min(given.sample, len(sites)))
    noticed: Counter[Path] = Counter()
    for site, is_noticed in _tried(sites):
        noticed[site.path] += is_noticed
        if not is_noticed:
            say(f"unnoticed  {site}")
    of = Counter(site.path for site in sites)
    for path in sorted(of):
        say(f"{noticed[path]:>5} of {of[path]:>4}  {path}")
    say(f"{noticed.total()} of {len(sites)} changes noticed")
    return 0 if noticed.total() == len(sites) else 1


def say(text: str) -> None:
    """A line of the answer, at once: the run is long."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _of_room(room: str) -> Iterator[Site]:
    for path in sorted((ROOT / room).rglob("*.py")):
        yield from sites_of(path.relative_to(ROOT))


def _tried(sites: Iterable[Site]) -> Iterator[tuple[Site, bool]]:
    """Each with whether it was noticed, so many at once."""
    context, running = get_context("fork"), dict[Any, Site]()
    for site in sites:
        if len(running) >= AT_ONCE:
            yield _ended(running)
        process = context.Process(target=_try, args=(site,))
        process.start()
        running[process] = site
    while running:
        yield _ended(running)


def _ended(running: dict[Any, Site]) -> tuple[Site, bool]:
    from multiprocessing.connection import wait

    ready = wait([process.sentinel for process in running])
    process = next(each for each in running if each.sentinel in ready)
    process.join()
    return running.pop(process), process.exitcode != UNNOTICED


def _try(site: Site) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    _make(site)
    with contextlib.suppress(Exception):
        _run_cases()
        room = next(room for room in ROOMS if str(site.path).startswith(room))
        plain = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly"]
        if pytest.main([*plain, *ROOMS[room]]) == pytest.ExitCode.OK:
            os._exit(UNNOTICED)
    os._exit(NOTICED)


def _run_cases() -> None:
    """Each raises where it does not come to what was worked out."""
    for param in test_cases.CASES:
        case = param.values[0]
        test_cases.test_a_case_comes_to_what_was_worked_out_by_hand(case)
        if "returns" in case:
            test_cases.test_a_return_comes_to_what_was_worked_out_by_hand(case)


def _make(site: Site) -> None:
    module = importlib.import_module(".".join(site.path.with_suffix("").parts))
    found: Any = module
    *owners, name = site.name.split(".")
    for owner in owners:
        found = getattr(found, owner)
    _function(vars(found)[name]).__code__ = changed(site)


def _function(found: Any) -> FunctionType:
    """The function beneath a property, a class method or a cache."""
    if isinstance(found, property):
        found = found.fget
    elif isinstance(found, cached_property):
        found = found.func
    elif isinstance(found, classmethod | staticmethod):
        found = found.__func__
    return getattr(found, "__wrapped__", found)  # type: ignore[no-any-return]


if __name__ == "__main__":
    sys.exit(main())
