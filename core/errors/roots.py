"""The roots of all expected errors."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, dataclass_transform


@dataclass_transform(eq_default=False)
@dataclass(eq=False)
class Shortfall(Exception):
    """Root of all expected errors; the fields of a subclass are the facts."""

    def __init_subclass__(cls) -> None:
        dataclass(eq=False)(cls)

    def __post_init__(self) -> None:
        super().__init__(type(self).__name__)

    def __reduce__(self) -> tuple[Any, ...]:
        """So that an error goes from one process to another with its facts."""
        facts = tuple(getattr(self, each.name) for each in fields(self))
        return type(self), facts, self.__dict__


class Refused(Shortfall):
    """A person asked for something that the rules do not allow."""


class Unavailable(Shortfall):
    """The world does not allow it now."""
