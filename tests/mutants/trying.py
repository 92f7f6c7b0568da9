"""A process in which everything is imported and every test is collected, forked for each change.

Tests that noticed a change nearby come first, then the quickest; the first that fails ends it. A
change that makes the engine run for ever, or take ever more memory, counts as noticed.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest

from tests.mutants.sites import ROOT, SETTER, Site, changed, watched

CASES = "tests/cases"
# Folder → its tests. Rules are held by tests of rules: what only a story notices is told.
ROOMS = {
    "core/pricing": (CASES, "tests/core/pricing"),
    "core/points": (CASES, "tests/core/points", "tests/core/sales"),
}
AT_ONCE = 2
MOST_S, MOST_BYTES = 8, 4 * 2**30
"""What a change may take beyond what each test takes without it."""
NOTICED, UNNOTICED = "!", "."
# The one compares other processes, where nothing is changed; the other is a test of the tests.
BLIND = {
    "test_another_process_with_another_hash_seed_gives_the_same_bytes",
    "test_a_bound_that_says_too_much_is_noticed",
}
PROFILE = "mutants"
TELL = "__reached__"


class Tried:
    """What came of a change: `by` is the test that noticed it, "" for none."""

    def __init__(self, site: Site, by: str) -> None:
        self.site, self.by = site, by


class Trying:
    """A plugin: in place of running the tests it runs `work` with itself, which tries changes."""

    def __init__(
        self, work: Callable[[Trying], None], examples: int, most_s: float | None = None
    ) -> None:
        self._work, self._most_s = work, most_s
        self._rooms: dict[str, list[pytest.Item]] = {}
        self._cost: dict[str, float] = {}
        self._reaching: dict[tuple[str, str], set[str]] = {}
        self._noticed: dict[Path, Counter[str]] = {}
        self._failed = False
        self._examples = examples

    def run(self) -> None:
        """Collect the tests, and work."""
        folders = sorted({folder for folders in ROOMS.values() for folder in folders})
        plain = ["-qq", "-s", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist"]
        pytest.main([*plain, *folders], plugins=[self])

    def pytest_configure(self) -> None:
        """Laws are tried with the same few examples each time; nothing is made smaller."""
        from hypothesis import HealthCheck, Phase, settings  # pytest wants to see it first

        settings.register_profile(
            PROFILE,
            derandomize=True,
            database=None,
            deadline=None,
            max_examples=self._examples,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        settings.load_profile(PROFILE)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Everything is collected."""
        items = [item for item in session.items if item.name not in BLIND]
        self._measure(items)
        if self._most_s is not None:
            items = [item for item in items if self._cost[item.nodeid] <= self._most_s]
        for room, folders in ROOMS.items():
            self._rooms[room] = [item for item in items if item.nodeid.startswith(folders)]
        self._work(self)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test went wrong, in any of its parts."""
        self._failed = self._failed or report.failed

    def _measure(self, items: Sequence[pytest.Item]) -> None:
        """What each takes, and reaches, where nothing is changed; all must pass."""

        def timed(tell: Callable[[str], None]) -> None:
            reached = set[tuple[str, str]]()
            forget = list(watch(reached))
            for item in items:
                reached.clear()
                for each in forget:
                    each()
                start = time.process_time()
                is_passed = self._passes(item)
                cost = time.process_time() - start if is_passed else -1.0
                tell(json.dumps([item.nodeid, cost, sorted(reached)]) + "\n")

        for line in _Child(timed).said().splitlines():
            name, self._cost[name], reached = json.loads(line)
            for place in reached:
                self._reaching.setdefault(tuple(place), set()).add(name)
        broken = [item.nodeid for item in items if self._cost.get(item.nodeid, -1.0) < 0]
        if broken:
            raise SystemExit("fails though nothing is changed: " + ", ".join(broken))

    def _passes(self, item: pytest.Item) -> bool:
        self._failed = False
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        return not self._failed

    def tried(self, sites: Iterable[Site]) -> Iterator[Tried]:
        """Each change with what came of it, so many at once."""
        gc.freeze()
        running: dict[int, tuple[Site, _Child]] = {}
        for site in sites:
            if len(running) >= AT_ONCE:
                yield self._ended(running)
            child = _Child(self._trial(site))
            running[child.pid] = site, child
        while running:
            yield self._ended(running)

    def _ended(self, running: dict[int, tuple[Site, _Child]]) -> Tried:
        pid = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT).si_pid  # type: ignore[union-attr]
        site, child = running.pop(pid)
        said = child.said()
        if said == UNNOTICED:
            return Tried(site, "")
        by = said.removeprefix(NOTICED)
        self._noticed.setdefault(site.path, Counter())[by] += 1
        return Tried(site, by or "time or memory")

    def _trial(self, site: Site) -> Callable[[Callable[[str], None]], None]:
        room = next(room for room in ROOMS if site.path.is_relative_to(room))
        noticed = self._noticed.get(site.path, Counter[str]())
        reaching = self._reaching.get((str(site.path), site.name), set())
        items = sorted(
            [item for item in self._rooms[room] if item.nodeid in reaching],
            key=lambda item: (-noticed[item.nodeid], self._cost[item.nodeid]),
        )

        def run(tell: Callable[[str], None]) -> None:
            resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
            make(site)
            for item in items:
                enough_s = int(time.process_time() + MOST_S + 3 * self._cost[item.nodeid])
                resource.setrlimit(resource.RLIMIT_CPU, (enough_s, resource.RLIM_INFINITY))
                if not self._passes(item):
                    tell(NOTICED + item.nodeid)
                    return
            tell(UNNOTICED)

        return run


class _Child:
    """A fork that does one thing, says what it found, and is gone whatever happens."""

    def __init__(self, work: Callable[[Callable[[str], None]], None]) -> None:
        self._read, write = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(write)
            return
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.dup2(nowhere, sys.stderr.fileno())
            work(lambda text: _write(write, text))
        finally:
            os._exit(0)

    def said(self) -> str:
        """All that it said, once it is gone."""
        with os.fdopen(self._read, encoding="utf-8") as pipe:
            text = pipe.read()
        os.waitpid(self.pid, 0)
        return text


def _write(pipe: int, text: str) -> None:
    os.write(pipe, text.encode("utf-8"))


def make(site: Site) -> None:
    """Put the change into the loaded module."""
    function_of(site.path, site.name).__code__ = changed(site)


def watch(reached: set[tuple[str, str]]) -> Iterator[Callable[[], None]]:
    """Have each function of the rooms note that it was called; what empties their caches."""
    for path in [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]:
        place = path.relative_to(ROOT)
        vars(_module(place))[TELL] = lambda name, place=place: reached.add((str(place), name))
        for name, code in watched(place, TELL):
            function_of(place, name).__code__ = code
        found = vars(_module(place)).values()
        yield from [each.cache_clear for each in found if hasattr(each, "cache_clear")]


def _module(path: Path) -> ModuleType:
    return importlib.import_module(".".join(path.with_suffix("").parts))


def function_of(path: Path, name: str) -> FunctionType:
    """The function of that name, beneath a property, a class method or a cache."""
    found: Any = _module(path)
    *owners, last = name.removesuffix(SETTER).split(".")
    for owner in owners:
        found = getattr(found, owner)
    found = vars(found)[last]
    if isinstance(found, property):
        found = found.fset if name.endswith(SETTER) else found.fget
    elif isinstance(found, cached_property):
        found = found.func
    elif isinstance(found, classmethod | staticmethod):
        found = found.__func__
    return getattr(found, "__wrapped__", found)  # type: ignore[no-any-return]
