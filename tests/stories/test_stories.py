"""Each story is a shop day: its commands are obeyed, its `= path value` lines must come true."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import Home

STORIES = sorted(Path(__file__).parent.glob("*.txt"))


def reached(state: Any, path: str) -> Any:
    """What stands at `basket.lines.0.payable_fen` of an answer."""
    for step in path.split("."):
        state = state[int(step)] if step.isdigit() else state[step]
    return state


def told(state: Any) -> str:
    """How a story writes a value: texts plainly, everything else as JSON."""
    return state if isinstance(state, str) else json.dumps(state)


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_story(story: Path, tmp_path: Path) -> None:
    home = Home.prepared(tmp_path, products="products.csv", members="members.csv")
    with home.console() as console:
        answer: dict[str, Any] = {}
        for number, line in enumerate(story.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("= "):
                path, _, value = line[2:].partition(" ")
                where = f"{story.name}:{number} {line} after: {answer['say']}"
                assert told(reached(answer, path)) == value, where
            elif line.strip() and not line.startswith("#"):
                said = console.obey(line)
                assert said is not None
                answer = json.loads(json.dumps(said.record()))
    assert home.findings() == []
