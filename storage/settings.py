"""设置: what a person set for this machine, in `settings.json` of the home: nothing personal.

Its mark is made of all that stands beside it, so that a disk that lost a bit is no other paper
width. Without a mark, as a person may write it, it is believed.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from msgspec.structs import asdict, replace

from core.errors import BadSettings
from core.values.settings import Settings
from storage.faults import faults_of
from storage.files import write_private

MARK = "mark"


def settings_path(home: Path) -> Path:
    """Where the settings of a home lie."""
    return home / "settings.json"


def load_settings(home: Path) -> Settings:
    """The settings of a home, or the ordinary ones; raises BadSettings for a spoilt file."""
    path = settings_path(home)
    with faults_of(path):
        text = path.read_text("utf-8", "replace") if path.exists() else "{}"
    try:
        found = dict(json.loads(text))
        if found.pop(MARK, None) not in (None, _mark_of(found)):
            raise ValueError(MARK)
        settings = Settings(
            **{name: found[name] for name in Settings.__struct_fields__ if name in found}
        )
    except (ValueError, TypeError) as error:
        raise BadSettings(str(path)) from error
    if not settings.is_sound:
        raise BadSettings(str(path))
    return settings


def save_settings(home: Path, settings: Settings) -> None:
    """Keep the settings of a home."""
    with faults_of(settings_path(home)):
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        record = asdict(settings)
        text = json.dumps(record | {MARK: _mark_of(record)}, ensure_ascii=False, indent=2)
        write_private(settings_path(home), text.encode())


def _mark_of(record: dict[str, object]) -> str:
    text = json.dumps(record, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def settings_or_usual(home: Path) -> Settings:
    """What was set before; where nobody can read that any more, the ordinary settings."""
    try:
        return load_settings(home)
    except BadSettings:
        return Settings()


class Choices:
    """What is chosen at a counter, one choice after the other, from those it `started` with.

    What was not chosen there may have been set by a command, or in the office, meanwhile: so it
    stays. Where nobody can read that any more, all is kept as it is at the counter.
    """

    def __init__(self, home: Path, started: Settings) -> None:
        self._home = home
        self._last = started

    def keep(self, chosen: Settings) -> None:
        """Keep the settings of a home as they are chosen now."""
        touched = {name: getattr(chosen, name) for name in self._last.differences(chosen)}
        try:
            save_settings(self._home, replace(load_settings(self._home), **touched))
        except BadSettings:
            save_settings(self._home, chosen)
        self._last = chosen


def keep_scanners(home: Path, scanners: str) -> None:
    """Other scanners on serial ports; the rest stays as it was chosen at the counter."""
    save_settings(home, replace(settings_or_usual(home), scanners=scanners))


def keep_printer(home: Path, printer: str, paper_mm: int, profile: str) -> None:
    """Another receipt printer; the rest stays as it was chosen at the counter."""
    kept = settings_or_usual(home)
    save_settings(home, replace(kept, printer=printer, paper_mm=paper_mm, profile=profile))
