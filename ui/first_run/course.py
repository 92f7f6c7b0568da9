"""途中: what the way to a new shop stands on, and what was typed on it so far."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from ui.first_run.founding import Founding


class Course:
    """The steps share it, also across another language. The PIN is kept here and nowhere else."""

    def __init__(self, founding: Founding) -> None:
        self.founding = founding
        self.run = founding.run
        self.settings = founding.settings
        self.pin = ""

    def set(self, **values: Any) -> None:
        """Take what was typed."""
        self.run = replace(self.run, **values)

    def skip(self, step: str, *, is_skipped: bool) -> None:
        """Whether a step waits for another day."""
        others = tuple(each for each in self.run.skipped if each != step)
        self.set(skipped=(*others, step) if is_skipped else others)

    def keep(self) -> None:
        """Write it down; raises DiskFull, ReadOnly."""
        self.founding.keep(self.run)

    def set_device(self, **values: Any) -> None:
        """A device was found out about: it holds from now on. Raises as `keep` does."""
        settings = replace(self.settings, language=self.run.language, **values)
        self.founding.keep_settings(settings)
        self.settings = settings

    def end(self) -> None:
        """The counter comes from now on. Raises as `keep` does."""
        self.set_device()
        self.founding.end()
