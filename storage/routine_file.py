"""例行的文件: what is to happen by itself, as a home keeps it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from core.values.routine import Routine
from storage.faults import faults_of


def routine_path(home: Path) -> Path:
    """Where it lies."""
    return home / "routine.json"


def load_routine(home: Path) -> Routine | None:
    """What was kept last; None where nobody can read it."""
    path = routine_path(home)
    with faults_of(path):
        if not path.exists():
            return Routine()
        data = path.read_bytes()
    try:
        found = msgspec.json.decode(data, type=Routine)
    except msgspec.MsgspecError:
        return None
    return found if found.is_sound else None


def backups_kept(home: Path) -> int:
    """How many backups stay; the usual number where nobody can read it."""
    return (load_routine(home) or Routine()).backups_kept
