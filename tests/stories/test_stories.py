"""Each story is a shop day: its commands are obeyed, its `= path value` lines must come true.

Beside the language of the till (docs/till.md) a story has two kinds of lines of its own:
`$ staff 王芳 --pin 135246` is a command of `main.py`, before the till starts where it stands on
top, else beside it; a table or a rulebook is one of this folder. A story that begins with
`$ setup` makes its own shop, others find one. `@ 2027-09-15 09:00` sets the store's clock.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.builders import Home
from tests.server.arrival import complaints
from ui.console.till import ConsoleTill

FOLDER = Path(__file__).parent
STORIES = sorted(FOLDER.glob("*.txt"))
ZONE = ZoneInfo("Asia/Shanghai")


def reached(state: Any, path: str) -> Any:
    """What stands at `basket.lines.0.payable_fen` of an answer."""
    for step in path.split("."):
        state = state[int(step)] if step.isdigit() else state[step]
    return state


def told(state: Any) -> str:
    """How a story writes a value: texts plainly, everything else as JSON."""
    return state if isinstance(state, str) else json.dumps(state)


def instant(text: str) -> datetime:
    """A time of the store's clock."""
    return datetime.strptime(text.strip(), "%Y-%m-%d %H:%M").replace(tzinfo=ZONE).astimezone(UTC)


def obey_command(home: Home, line: str) -> None:
    """A `$` line; files are those of this folder."""
    words = shlex.split(line.removeprefix("$ "))
    home.command(
        *(str(FOLDER / word) if word.endswith((".csv", ".toml")) else word for word in words)
    )


def numbered(story: Path) -> Iterator[tuple[int, str]]:
    """The lines that are neither empty nor remarks."""
    for number, line in enumerate(story.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def play(console: ConsoleTill, home: Home, clock: Any, lines: list[tuple[int, str]]) -> None:
    answer: dict[str, Any] = {}
    for number, line in lines:
        if line.startswith("= "):
            path, _, value = line[2:].partition(" ")
            where = f"line {number} {line} after: {answer['say']}"
            assert told(reached(answer, path)) == value, where
        elif line.startswith("@ "):
            clock.move_to(instant(line[2:]))
        elif line.startswith("$ "):
            obey_command(home, line)
        else:
            said = console.obey(line)
            assert said is not None
            answer = json.loads(json.dumps(said.record()))


def shop_of(lines: list[tuple[int, str]], folder: Path) -> Home:
    """Where nothing was set up yet, or a shop with the tables of this folder."""
    if lines[0][1].startswith("$ setup"):
        return Home(folder / "home")
    return Home.prepared(folder, products="products.csv", members="members.csv")


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_story(story: Path, tmp_path: Path) -> None:
    lines = list(numbered(story))
    times = [line[2:] for _, line in lines if line.startswith("@ ")]
    begin = instant(times[0]) if times else datetime.now(UTC)
    with time_machine.travel(begin) as clock:
        home = shop_of(lines, tmp_path)
        while lines and lines[0][1].startswith("$ "):
            obey_command(home, lines.pop(0)[1])
        with home.console() as console:
            play(console, home, clock, lines)
        assert home.findings() == []
        with home.shop() as shop:
            assert complaints(shop, tmp_path) == [], "a server takes all of it in"
