"""途中: what the way to a new shop stands on, and what was typed on it so far."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from core.sync.session import Invited
from ui.devices.scan_trial import Trial
from ui.first_run.founding import Founding


class Course:
    """The steps share it, also across another language; `trials` are what was scanned to try,
    `scanned` is a code for the next step.

    The PIN, and the code by which the till joins a chain, are kept here and nowhere else.
    """

    def __init__(self, founding: Founding) -> None:
        self.founding = founding
        self.run = founding.run
        self.settings = founding.settings
        self.pin = ""
        self.invitation = ""
        self.invited: Invited | None = None
        self.scanned = ""
        self.trials: tuple[Trial, ...] = ()

    def take_invitation(self, text: str, invited: Invited) -> None:
        """The head office says which store and which till this is."""
        self.invitation, self.invited = text, invited
        self.set(
            chain_name=invited.chain_name,
            store_name=invited.store_name,
            store_code=invited.store_code,
            till_no=str(invited.till_no),
        )

    def forget_invitation(self) -> None:
        """Another code is typed."""
        self.invitation, self.invited = "", None

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
