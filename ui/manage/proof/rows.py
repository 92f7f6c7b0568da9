"""审计的行: a log of any length as rows of a table; asked for by pages while they are in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.actions.proof import AuditLine, AuditPage
from ui.manage.proof.words import cells_of
from ui.widgets.row_table import Cell

A_PAGE = 100
Ask = Callable[[int, Sequence[int]], None]


class AuditRows:
    """Implements `ui.widgets.row_table.Rows` for these numbers of rows; more may come behind them.

    `ask` is called once for each page that comes into sight; the answer goes to `take`.
    """

    def __init__(self, seqs: Sequence[int], ask: Ask) -> None:
        self.seqs = seqs
        self._ask = ask
        self._pages: dict[int, AuditPage] = {}
        self._asked: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self.seqs)

    def cells(self, at: int) -> Sequence[Cell]:
        """Those of one row; none until its page is there."""
        line = self.line(at)
        if line is None:
            return ()
        time, who, what, about, detail = cells_of(line, self._pages[at // A_PAGE])
        role = "ink" if line.row.what else "danger_text"
        return Cell(time, "ink_2"), Cell(who), Cell(what, role), Cell(about), Cell(detail, "ink_2")

    def line(self, at: int) -> AuditLine | None:
        """A row; asks for its page where nobody did, or where it has grown since."""
        no, place = divmod(at, A_PAGE)
        wanted = self.seqs[no * A_PAGE : (no + 1) * A_PAGE]
        if self._asked.get(no, 0) < len(wanted):
            self._asked[no] = len(wanted)
            self._ask(no, wanted)
        page = self._pages.get(no)
        return page.lines[place] if page is not None and place < len(page.lines) else None

    def page_of(self, at: int) -> AuditPage | None:
        """The page that a row is on."""
        return self._pages.get(at // A_PAGE)

    def take(self, no: int, page: AuditPage) -> tuple[int, int]:
        """A page is there; its first and last row."""
        self._pages[no] = page
        return no * A_PAGE, no * A_PAGE + len(page.lines) - 1
