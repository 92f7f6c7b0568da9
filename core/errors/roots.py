"""The roots of all expected errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import dataclass_transform


@dataclass_transform(eq_default=False)
@dataclass(eq=False)
class Shortfall(Exception):
    """Root of all expected errors; the fields of a subclass are the facts."""

    def __init_subclass__(cls) -> None:
        dataclass(eq=False)(cls)

    def __post_init__(self) -> None:
        super().__init__(type(self).__name__)


class Refused(Shortfall):
    """A person asked for something that the rules do not allow."""


class Unavailable(Shortfall):
    """The world does not allow it now."""
