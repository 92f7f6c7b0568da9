"""单据: whatever goes to paper: a receipt, a report of the drawer, a coupon, a statement."""

from __future__ import annotations

from typing import Protocol


class Slip(Protocol):
    """Typed lines from top to bottom; `no` names it to people and its file."""

    @property
    def no(self) -> str: ...
    @property
    def lines(self) -> tuple[object, ...]: ...
    @property
    def opens_drawer(self) -> bool:
        """Whether the drawer has to open for its first print."""
        ...
