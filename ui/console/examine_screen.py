"""检查窗口: whether a window can be shown, and its letters; tried in a process that may break."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Sequence

from core.ports.upkeep import Check, Grade
from ui.console.screen_words import has_screen
from ui.devices.signs import named

SCREEN_S = 60.0


def examined_screen(program: Sequence[str]) -> Iterator[Check]:
    """The window, its letters and its pictures; `program` begins a process that may break."""
    try:
        done = subprocess.run(
            [*program, "doctor", "--screen"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=SCREEN_S,
            check=False,
            env=_environment(),
        )
        found = json.loads(done.stdout.splitlines()[-1])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        yield Check("window", Grade.BAD, "broken")
        return
    shown = "shown" if found["platform"] != "offscreen" else "no_screen"
    grade = Grade.GOOD if shown == "shown" else Grade.LOOK
    yield Check("window", grade, shown, {"platform": found["platform"], "size": found["size"]})
    if not found["draws_icons"]:
        yield Check("pictures", Grade.BAD, "none")
    yield _font(found["font"], found["missing"], found["rare"])


def _font(name: str, missing: str, rare: str) -> Check:
    if missing:
        return Check("font", Grade.BAD, "lacks", {"font": name, "signs": named(missing)})
    if rare:
        return Check("font", Grade.LOOK, "lacks_rare", {"font": name, "signs": named(rare)})
    return Check("font", Grade.GOOD, "has_all", {"font": name})


def _environment() -> dict[str, str]:
    """Without a screen Qt draws into memory: its letters can be looked at all the same."""
    places = dict(os.environ)
    if not has_screen():
        places.setdefault("QT_QPA_PLATFORM", "offscreen")
    return places
