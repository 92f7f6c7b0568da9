"""The simulator finds nothing in the program as it is, and what is broken on purpose soon."""

from __future__ import annotations
import __future__ as future

import inspect
import sys
import textwrap
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType

import pytest
from msgspec.structs import replace

from benchmarks.simulate import network
from benchmarks.simulate.chance import Crash
from benchmarks.simulate.run import Outcome, run
from benchmarks.simulate.shorten import kinds_of, shorten
from benchmarks.simulate.story import Step, story_of
from core.actions import claim_code, set_aside, take_back_elsewhere
from core.actions import receive as receiving
from core.actions import sync as sending
from core.sync import wire
from storage.office.received import StoredReceived

EARLY = (
    "with office.store.write() as tx:",
    "answers, through, on = (), 0, 0\n    with suppress(Crash), office.store.write() as tx:",
)
OFTEN = {"return any": 12, "issue codes": 3}
SOON = 15
"""Worlds of two till-days, in which a mistake is to be noticed."""

LATE, CALM, ON_TIME, TOO_LATE = 34, 4, 6, 8
"""Seeds: of weather in which requests come late, and in which none does; of such requests."""
OVERTAKEN = [
    Step(what, 0, seed, after_s)
    for what, seed, after_s in (
        ("open", 1, 1),
        ("sell", 2, 1),
        ("sync", ON_TIME, 1),
        ("server back up", 1, 1),
        ("sell", 3, 1),
        ("sync", ON_TIME, 1),
        ("weather", LATE, 1),
        ("sell", 4, 1),
        ("sync", TOO_LATE, 1),
        ("weather", CALM, 1),
        ("sync", ON_TIME, 1),
        ("server restore", 1, 1),
        ("sell", 5, 600),
        ("sync", ON_TIME, 1),
        ("close", 1, 1),
    )
]
"""One session: what was sent late arrives at a server that forgot what lies before it."""


def played(seed: str, *, tills: int = 2, days: int = 2, times: float = 1) -> Outcome:
    return run(seed, story_of(seed, tills=tills, days=days, times=times), tills=tills)


def broken(function: Callable[..., object], old: str, new: str) -> Callable[..., object]:
    """The function with other words in its source."""
    text = textwrap.dedent(inspect.getsource(function))
    assert text.count(old) == 1, f"{function.__qualname__} says {old!r} {text.count(old)} times"
    space = dict(vars(sys.modules[function.__module__]), suppress=suppress, Crash=Crash)
    flags = future.annotations.compiler_flag
    code = compile(text.replace(old, new), function.__qualname__, "exec", flags, dont_inherit=True)
    exec(code, space)
    made: Callable[..., object] = space[function.__name__]
    return made


def test_nothing_is_lost_and_nothing_doubled() -> None:
    outcome = played("ci 2", tills=3, days=2, times=6)
    assert outcome.troubles == ()
    done = outcome.done
    assert done["till-days"] == 6
    assert done["sell"] >= 18 * done["till-days"], "a few are crashed or refused"
    for what in ("clone", "elsewhere", "server restore", "server dies", "put back", "restore"):
        assert done[f"fault: {what}"], f"no {what}: the run saw nothing of it"
    assert done["crashed"] and done["apart"]
    assert any(done[f"network: {fate}"] for fate in ("lost", "unanswered", "doubled", "late"))


def test_one_seed_is_one_run() -> None:
    first, second, other = (played(seed, tills=1, days=1) for seed in "aab")
    assert first == second
    assert first.done["tills compared by balance"]
    assert first.digest != other.digest


@pytest.mark.parametrize(
    ("place", "name", "old", "new", "first"),
    [
        pytest.param(wire, "is_linked", "event.hash ==", "True or", 0, id="hash"),
        pytest.param(receiving, "_keep", "not in (None, event.prev)", "is ...", 2, id="chain"),
        pytest.param(receiving, "receive", *EARLY, 9, id="acknowledged before durable"),
        pytest.param(
            sending, "_go_back", "if through <", "if False and through <", 2, id="restored server"
        ),
        pytest.param(receiving, "how_far", "return 0", "pass", 2, id="forgotten"),
    ],
)
def test_what_is_broken_is_noticed(
    monkeypatch: pytest.MonkeyPatch, place: object, name: str, old: str, new: str, first: int
) -> None:
    """`first` is the world in which it was noticed last: others are tried where it moved."""
    times = 8 if name == "receive" else 4
    changed = broken(getattr(place, name), old, new)
    monkeypatch.setattr(place, name, changed)
    if name == "receive":
        monkeypatch.setattr(network, name, changed)
    worlds = range(first, first + SOON)
    assert any(played(f"mutant {no}", days=1, times=times).troubles for no in worlds)


def test_a_lease_of_more_than_there_is_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is given back and nobody is copied, spending takes no member below zero."""
    limit = "max(0, min(asked.points, spendable, half // tills, half - balance.leased))"
    monkeypatch.setattr(set_aside, "_lease", broken(set_aside._lease, limit, "asked.points"))
    assert any(spent(f"lease {no}").troubles for no in range(SOON))


def spent(seed: str) -> Outcome:
    """Two days of tills whose customers spend points, and give nothing back."""
    usual = ("open", "close", "sell", "join", "reward", "read", "sync", "cut", "weather")
    story = [step for step in story_of(seed, tills=3, days=2) if step.what in usual]
    return run(seed, story, tills=3)


def test_more_said_durable_than_is_kept_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a push that comes late can lie behind what a restored server forgot, and hide that."""
    assert run("overtaken", OVERTAKEN, tills=1).troubles == ()
    changed = broken(StoredReceived._move, "> through + 1", "< 0")
    monkeypatch.setattr(StoredReceived, "_move", changed)
    outcome = run("overtaken", OVERTAKEN, tills=1)
    assert {"lost", "progress"} <= kinds_of(outcome)


@pytest.mark.parametrize(
    ("place", "name", "old", "first"),
    [
        pytest.param(claim_code, "_claim", "not is_over(tx, each, now_us)", 3, id="a code"),
        pytest.param(
            take_back_elsewhere, "_claimed", "not is_over(reading, each, now_us)", 0, id="a return"
        ),
    ],
)
def test_what_is_claimed_by_two_is_noticed(
    monkeypatch: pytest.MonkeyPatch, place: ModuleType, name: str, old: str, first: int
) -> None:
    """Of a till that has not told yet what it did with it."""
    monkeypatch.setattr(place, name, broken(getattr(place, name), old, "False"))
    assert any(shared(f"claim {no}").troubles for no in range(first, first + SOON))


def shared(seed: str) -> Outcome:
    """A day of tills whose customers go with a receipt or for a code from each to the next."""
    usual = ("open", "close", "sell", "issue codes", "return any", "sync", "cut", "read")
    story = [step for step in story_of(seed, tills=3, days=1) if step.what in usual]
    told = [
        replace(step, at=(step.at + more) % 3, seed=step.seed + more // 3)
        for step in story
        for more in range(OFTEN.get(step.what, 1))
    ]
    return run(seed, told, tills=3)


def test_a_story_is_shortened_to_what_shows_the_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not known again is noticed within a few steps, too."""
    changed = broken(receiving._is_known, "== event.hash", "is ...")
    monkeypatch.setattr(receiving, "_is_known", changed)
    story = story_of("mutant 2", tills=1, days=1, times=3)[:16]
    outcome = run("mutant 2", story, tills=1)
    short = shorten("mutant 2", story, outcome, tills=1)
    assert len(short) < 6 < len(story)
    assert kinds_of(run("mutant 2", short, tills=1)) & kinds_of(outcome)
