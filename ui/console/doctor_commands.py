"""检查命令: what `main.py doctor` says of this machine."""

from __future__ import annotations

import json
from collections.abc import Iterable

from core.ports.upkeep import Check, Grade
from ui.check_words import graded, said, summary, title
from ui.console.command_words import say
from ui.text import tr


def obey_doctor(checks: Iterable[Check], *, as_json: bool) -> int:
    """Each finding as soon as it is there; 0 where nothing is bad, else 1."""
    found: list[Check] = []
    for check in checks:
        found.append(check)
        if not as_json:
            say(line(check))
    if as_json:
        say(json.dumps(record(found), ensure_ascii=False, indent=2))
    else:
        say(summary(found))
    return 0 if is_well(found) else 1


def line(check: Check) -> str:
    """One finding in one line."""
    words = "[{grade}] {what}：{how}"
    return tr(words, grade=graded(check.grade), what=title(check), how=said(check))


def is_well(checks: Iterable[Check]) -> bool:
    """Whether a till can work here."""
    return all(check.grade is not Grade.BAD for check in checks)


def record(checks: list[Check]) -> dict[str, object]:
    """For programs: the names, the figures, and the sentences that a person reads."""
    return {
        "ok": is_well(checks),
        "say": summary(checks),
        "checks": [
            {
                "what": check.what,
                "grade": check.grade.value,
                "state": check.state,
                "facts": check.facts,
                "say": said(check),
            }
            for check in checks
        ],
    }
