"""审计的行: a log of any length as rows of a table; asked for by pages while they are in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.actions.proof import AuditLine, AuditPage
from ui.manage.proof_words import cells_of
from ui.widgets.row_table import Cell

A_PAGE = 100
Ask = Callable[[int, Sequence[int]], None]


class AuditRows:
    """Implements `ui.widgets.row_table.Rows` for these numbers of rows.

    `ask` is called once for each page that comes into sight; the answer goes to `take`.
    """

    def __init__(self, seqs: Sequence[int], ask: Ask) -> None:
        self.seqs = seqs
        self._ask = ask
        self._pages: dict[int, AuditPage | None] = {}

    def __len__(self) -> int:
        return len(self.seqs)

    def cells(self, at: int) -> Sequence[Cell]:
        """Those of one row; none until its page is there."""
        line = self.line(at)
        page = self._pages.get(at // A_PAGE)
        if line is None or page is None:
            return ()
        time, who, what, about, detail = cells_of(line, page)
        role = "ink" if line.row.what else "danger_text"
        return Cell(time, "ink_2"), Cell(who), Cell(what, role), Cell(about), Cell(detail, "ink_2")

    def line(self, at: int) -> AuditLine | None:
        """A row; asks for its page where nobody did."""
        no, place = divmod(at, A_PAGE)
        if no not in self._pages:
            self._pages[no] = None
            self._ask(no, self.seqs[no * A_PAGE : (no + 1) * A_PAGE])
        page = self._pages[no]
        return page.lines[place] if page is not None and place < len(page.lines) else None

    def page_of(self, at: int) -> AuditPage | None:
        """The page that a row is on."""
        return self._pages.get(at // A_PAGE)

    def take(self, no: int, page: AuditPage) -> tuple[int, int]:
        """A page is there; its first and last row."""
        self._pages[no] = page
        return no * A_PAGE, min((no + 1) * A_PAGE, len(self.seqs)) - 1

    def grown(self, seqs: Sequence[int]) -> AuditRows:
        """With more rows behind these; pages that were whole stay."""
        more = AuditRows(seqs, self._ask)
        whole = len(self.seqs) // A_PAGE
        more._pages = {no: page for no, page in self._pages.items() if no < whole and page}
        return more
