"""导入记录: imports that came to their end, and how one of them is taken back."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from core.ports.past_imports import OnDone, Outlook, PastImport
from core.values.moment import Moment
from storage.import_record import UNDOING, ImportRow, begin_taking_back, past
from storage.import_turn import alone
from storage.import_undo import Tally, look_ahead, undo
from storage.store import TillStore


class StoredPastImports(Struct, frozen=True):
    """Implements `core.ports.past_imports.PastImports`."""

    store: TillStore

    def all(self) -> tuple[PastImport, ...]:
        """The newest first."""
        with self.store.reader() as connection:
            return tuple(_past(row) for row in past(connection))

    def get(self, import_id: UUID) -> PastImport | None:
        """One of them."""
        row = self._row(import_id)
        return None if row is None else _past(row)

    def look(self, import_id: UUID, on_done: OnDone) -> Outlook:
        """What taking it back would come to now."""
        row = self._row(import_id)
        tally = Tally() if row is None else look_ahead(self.store, row, on_done)
        return tally.outlook()

    def take_back(self, import_id: UUID, moment: Moment, on_done: OnDone) -> Outlook:
        """Take it back; where it was begun already, the rest of it."""
        with alone(self.store.home):
            with self.store.writer() as connection:
                begin_taking_back(connection, import_id.bytes, moment.at_us)
            row = self._row(import_id)
            tally = None
            if row is not None and row.state == UNDOING:
                whole = row.added + row.changed

                def tell(done: Tally) -> None:
                    on_done(min(done.rows, whole), whole)

                tally = undo(self.store, row, moment, lambda: False, tell)
            return (tally or Tally()).outlook()

    def _row(self, import_id: UUID) -> ImportRow | None:
        with self.store.reader() as connection:
            return next((row for row in past(connection) if row.id == import_id.bytes), None)


def _past(row: ImportRow) -> PastImport:
    return PastImport(
        id=UUID(bytes=row.id),
        what=row.kind,
        file_name=row.file_name,
        staff_no=row.staff_no,
        started_us=row.started_us,
        added=row.added,
        changed=row.changed,
        unchanged=row.unchanged,
        bad=row.bad,
        taken_back_us=row.taken_back_us,
        is_under_way=row.state == UNDOING,
    )
