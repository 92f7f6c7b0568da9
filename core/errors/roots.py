"""The roots of all expected errors."""

from __future__ import annotations

from inspect import get_annotations
from typing import Any, ClassVar, dataclass_transform


@dataclass_transform(eq_default=False)
class Shortfall(Exception):
    """Root of all expected errors; what a subclass annotates are its facts, as in a dataclass.

    A dataclass would generate its methods anew for each of them, a thirtieth of a start.
    """

    facts: ClassVar[dict[str, str]] = {}
    """The names of the facts with their types."""

    def __init_subclass__(cls) -> None:
        cls.facts = cls.facts | get_annotations(cls)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(type(self).__name__)
        facts = dict(zip(self.facts, given, strict=False), **named)
        has_all = all(name in facts or hasattr(type(self), name) for name in self.facts)
        is_clear = len(facts) == len(given) + len(named) and facts.keys() <= self.facts.keys()
        if not (has_all and is_clear):
            raise TypeError(f"{type(self).__name__} has {self.facts}, not {given} {named}")
        self.__dict__.update(facts)

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={fact!r}" for name, fact in self._facts().items())
        return f"{type(self).__name__}({told})"

    def __reduce__(self) -> tuple[Any, ...]:
        """So that an error goes from one process to another with its facts."""
        return type(self), tuple(self._facts().values()), self.__dict__

    def _facts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.facts}


class Refused(Shortfall):
    """A person asked for something that the rules do not allow."""


class Unavailable(Shortfall):
    """The world does not allow it now."""
