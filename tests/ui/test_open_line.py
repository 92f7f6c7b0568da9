"""线路: where the thread of the network rests around what it asks."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from core.ports.central import Central
from ui.open_line import OpenLine


def test_it_rests_around_each_question_but_not_around_the_clocks() -> None:
    steps = list[str]()

    def asked(name: str) -> Any:
        return lambda *_of: steps.append(name)

    central = SimpleNamespace(begin=asked("begin"), push=asked("push"), look=asked("look"))
    line = OpenLine(lambda: cast("Central", central), lambda: steps.append("rest"))
    line.begin("", cast("Any", None))
    line.push("", "", cast("Any", None))
    line.look("")
    assert steps == ["begin", "rest", "push", "rest", "rest", "look", "rest"]
