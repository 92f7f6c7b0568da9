"""快照架: snapshots that tills are taking; everybody's rows are made once for all of them.

What the feed tells is another thing for each till, and made when it is asked for. The rows of the
directory are the same for all: each chunk is made when somebody first asks for it, and kept in a
file without a name until the snapshot is forgotten. A server that was started again has none of
them: it says so, and tills begin anew.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from threading import Lock
from typing import IO
from uuid import UUID
from weakref import finalize

from core.actions.tell_snapshot import (
    Place,
    begin_snapshot,
    rows_part,
    told_again,
    told_part,
    who_takes,
)
from core.errors import SnapshotGone
from core.shop import HeadOffice
from core.sync.snapshot import Chunk, Manifest, pack_rows, pack_told, seal, sum_up
from storage.faults import faults_of

FRESH_US = 10 * 60 * 1_000_000
"""So long after it was begun others take the same one."""
KEPT_US = 24 * 60 * 60 * 1_000_000
MOST = 3
"""Of more than these the one that nobody has asked of for longest is forgotten."""


class Shelf:
    """Any thread may ask."""

    def __init__(self, office: HeadOffice) -> None:
        self.office = office
        self._lock = Lock()
        self._kept: OrderedDict[UUID, _Kept] = OrderedDict()

    def begin(self, token: str) -> Manifest:
        """One for the till of this session, perhaps that of a moment ago; raises SessionOver."""
        manifest, now_us = begin_snapshot(self.office, token), self.office.clock.steady_us()
        with self._lock:
            for kept in reversed(self._kept.values()):
                if now_us - kept.begun_us < FRESH_US:
                    return kept.manifest
            self._forget(now_us)
            self._kept[manifest.id] = _Kept(self.office, manifest, now_us)
        return manifest

    def chunk(self, token: str, snapshot_id: UUID, n: int) -> tuple[bytes, bool]:
        """One part of it, and whether it is the last; raises SessionOver, SnapshotGone."""
        store_code = who_takes(self.office, token).store_code
        with self._lock:
            kept = self._kept.get(snapshot_id)
            if kept is None:
                raise SnapshotGone()
            self._kept.move_to_end(snapshot_id)
        return kept.chunk(token, store_code, n)

    def prepare(self, snapshot_id: UUID) -> None:
        """Make the next rows of it, while the till is at work with the last."""
        with self._lock:
            kept = self._kept.get(snapshot_id)
        if kept is not None:
            kept.prepare()

    def close(self) -> None:
        """Forget them all."""
        with self._lock:
            while self._kept:
                self._kept.popitem()[1].close()

    def _forget(self, now_us: int) -> None:
        old = [ident for ident, kept in self._kept.items() if now_us - kept.begun_us > KEPT_US]
        for ident in old:
            self._kept.pop(ident).close()
        while len(self._kept) >= MOST:
            self._kept.popitem(last=False)[1].close()


class _Kept:
    """One snapshot; each store is told another part of it, and all get the same rows."""

    def __init__(self, office: HeadOffice, manifest: Manifest, begun_us: int) -> None:
        self.manifest, self.begun_us = manifest, begun_us
        self._office = office
        self._told: dict[str, list[Place | None]] = {}
        self._lock = Lock()
        self._rows = _Rows(office)

    def chunk(self, token: str, store_code: str, n: int) -> tuple[bytes, bool]:
        """That of this number, for a till of this store."""
        with self._lock:
            places = self._told.setdefault(store_code, [Place()])
            place = places[n] if n < len(places) else None
            first = len(places) - 1
            if place is None and (n < first or places[-1] is not None):
                raise SnapshotGone()  # nobody was told that it goes on there
        if place is None:
            part = self._rows.part(n - first)
            chunk = Chunk(self.manifest.id, n, b"", True, *part)
        else:
            chunk = self._chunk_behind(token, places, n, place)
        return seal(chunk), chunk.is_last

    def _chunk_behind(self, token: str, places: list[Place | None], n: int, place: Place) -> Chunk:
        """Where the next one goes on is settled by whoever asks first: later ones end there."""
        is_settled = n + 1 < len(places)
        if is_settled:
            part = told_again(self._office, token, place, places[n + 1])
        else:
            part = told_part(self._office, token, place)
        with self._lock:
            if n + 1 == len(places):
                places.append(part.next)
            next_place = places[n + 1]
        if not is_settled and next_place != part.next:
            return self._chunk_behind(token, places, n, place)  # another till was a moment earlier
        return Chunk(self.manifest.id, n, pack_told(part.changes), next_place is None)

    def prepare(self) -> None:
        """The next rows, where somebody has come as far as those that there are."""
        self._rows.prepare()

    def close(self) -> None:
        """Nobody asks any more."""
        self._rows.close()


class _Rows:
    """The rows of a snapshot, in a file without a name: nothing of it outlives the server."""

    def __init__(self, office: HeadOffice) -> None:
        self._office = office
        self._lock = Lock()
        self._file: IO[bytes] | None = None
        self._parts: list[tuple[int, int, int, bytes]] = []
        self._after: UUID | None = None
        self._is_whole = False
        self._asked = -1

    def part(self, index: int) -> tuple[bytes, int, bytes, bool]:
        """Packed rows, how many there are with them, what they add up to, whether all are there."""
        with self._lock, faults_of(Path(gettempdir())):
            if index > len(self._parts) or (index == len(self._parts) and self._is_whole):
                raise SnapshotGone()
            if index == len(self._parts):
                self._make()
            self._asked = max(self._asked, index)
            start, size, total, summed = self._parts[index]
            file = self._opened()
            file.seek(start)
            is_last = self._is_whole and index == len(self._parts) - 1
            return file.read(size), total, summed, is_last

    def prepare(self) -> None:
        """One part ahead of whoever has come furthest."""
        with self._lock, faults_of(Path(gettempdir())):
            if not self._is_whole and len(self._parts) == self._asked + 1:
                self._make()

    def close(self) -> None:
        """The file is gone."""
        with self._lock:
            self._is_whole, self._parts = True, []
            if self._file is not None:
                self._file.close()
                self._file = None

    def _make(self) -> None:
        """The next one: empty where there are no rows at all."""
        rows = rows_part(self._office, self._after)
        packed = pack_rows(rows)
        end = self._opened().seek(0, os.SEEK_END)
        self._opened().write(packed)
        _, _, total, before = self._parts[-1] if self._parts else (0, 0, 0, b"")
        self._parts.append((end, len(packed), total + len(rows), sum_up(before, packed)))
        self._is_whole = not rows
        if rows:
            self._after = UUID(bytes=rows[-1][0])

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            self._file = TemporaryFile(prefix="shuke-snapshot-")  # noqa: SIM115 - until it is forgotten
            finalize(self, self._file.close)
        return self._file
