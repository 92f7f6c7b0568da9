"""单据: whatever goes to paper: a receipt, the paper of a void, a report of the drawer."""

from __future__ import annotations

from typing import Protocol

from core.sales.receipt import Line
from core.sales.report import ReportLine


class Slip(Protocol):
    """Typed lines from top to bottom; `no` names it to people and its file."""

    @property
    def no(self) -> str: ...
    @property
    def lines(self) -> tuple[Line | ReportLine, ...]: ...
    @property
    def opens_drawer(self) -> bool:
        """Whether the drawer has to open for its first print."""
        ...
