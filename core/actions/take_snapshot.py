"""快照，收银台的一边: what a till that knows nothing yet is told, chunk by chunk (sync.md 4).

What the feed tells comes first and goes into the store: the till is usable then. Everybody else
comes into a file that nobody looks at; it holds from the moment at which the store says so, in one
transaction with the cursor. Whatever was pulled meanwhile is pulled once more: it says how things
are, and not what happened to them.
"""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.pull import known, read_changes, take_changes
from core.actions.sync import joined, still
from core.errors import ChunkBroken
from core.ports.central import Central, Link
from core.ports.directory import Condition, Current, Filled, Filling, Loading
from core.shop import Shop
from core.sync.feed import MOST_KEYS
from core.sync.session import Session
from core.sync.snapshot import Chunk, rows_in, sum_up, told_in, unseal


class Progress(Struct, frozen=True):
    """How far it is: members that came, of about so many.

    `is_told`: what the feed tells is here. `is_done`: the new directory holds.
    """

    total: int
    members: int
    is_told: bool = False
    is_done: bool = False


class Known(Struct, frozen=True):
    """名录: how the directory is, how many are in it, and since when it holds."""

    condition: Condition
    members: int = 0
    at_us: int | None = None


def is_needed(shop: Shop, session: Session) -> bool:
    """Whether this till has no cursor, no directory that can be read, or one half taken."""
    if not session.chain_key:
        return False  # of a server that has none
    with shop.store.read() as reading:
        if reading.snapshots.loading() is not None or not reading.feed.cursor(known()):
            return True
    return shop.store.directory.condition() is not Condition.THERE


def comes_first(shop: Shop, session: Session) -> bool:
    """Whether there is no place yet from which one could pull."""
    if not session.chain_key:
        return False
    with shop.store.read() as reading:
        return not reading.feed.cursor(known())


def ask_anew(shop: Shop) -> None:
    """重新要: what is half taken is let go, and another one is begun; what holds goes on till then.

    Raises NotInChain.
    """
    with shop.store.write() as tx:
        joined(tx.links.get())
        tx.snapshots.ask()


def begin_anew(shop: Shop) -> None:
    """The server does not know the place from which one pulled: all is told once more.

    A server that was restored may have lost what it had issued. What is not told again is not to
    begin here: another till never heard of it, and each would sell by its own.
    """
    with shop.store.write() as tx:
        tx.rulebooks.forget_planned()
        tx.plans.forget_waiting()
        tx.snapshots.ask()
        tx.feed.move("", known())


def look_at_directory(shop: Shop) -> Known:
    """What stands in the store and its directory; opens the directory where there is one."""
    with shop.store.read() as reading:
        current = reading.snapshots.current()
    if current is None:
        return Known(Condition.NONE)
    condition = shop.store.directory.condition()
    return Known(condition, shop.store.directory.count(), current.at_us)


class SnapshotTaker:
    """One chunk after another; between two of them the till may end, at any point of each."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._filling: Filling | None = None
        self._is_of: UUID | None = None

    def step(self, central: Central, session: Session) -> Progress:
        """One chunk, or a part of putting all into order; begins one where none is being taken.

        Raises NotInChain, SessionOver, SnapshotGone (after `give_up` another one begins),
        ChunkBroken where a chunk is not as it must be, Disk… errors, and what asking does.
        """
        shop = self._shop
        with shop.store.read() as reading:
            link, loading = joined(reading.links.get()), reading.snapshots.loading()
        if loading is None or not loading.is_begun:
            return self._begin(central, session, link)
        if not loading.is_told:
            return self._take_told(central, session, link, loading)
        return self._take_rows(central, session, link, loading)

    def give_up(self) -> None:
        """The server has it no more, or it is not as it must be: another one is to begin."""
        self.close()
        with self._shop.store.write() as tx:
            tx.snapshots.ask()
        self._shop.store.directory.sweep()

    def close(self) -> None:
        """It goes on another time."""
        filling, self._filling = self._filling, None
        if filling is not None:
            filling.close()

    def _begin(self, central: Central, session: Session, link: Link) -> Progress:
        self.close()
        manifest = central.snapshot(link.url, session.token)
        file = self._shop.new_id()
        loading = Loading(manifest.id, manifest.cursor, manifest.members, file)
        with self._shop.store.write() as tx:
            still(tx, link)
            tx.snapshots.load(loading)
        self._shop.store.directory.sweep()
        return Progress(0, loading.members)

    def _take_told(
        self, central: Central, session: Session, link: Link, loading: Loading
    ) -> Progress:
        """Into the store, in short transactions; each can be done once more."""
        shop, chunk = self._shop, _asked(central, session, link, loading, loading.taken)
        told = told_in(chunk)
        for at in range(0, len(told), MOST_KEYS):
            changes = read_changes(shop, session, told[at : at + MOST_KEYS])
            with shop.store.write() as tx:
                still(tx, link)
                take_changes(shop, tx, changes)
        after = replace(loading, taken=chunk.n + 1, is_told=chunk.is_told)
        with shop.store.write() as tx:
            still(tx, link)
            if tx.snapshots.loading() == loading:  # nobody takes it beside us
                tx.snapshots.load(after)
                if after.is_told and not tx.feed.cursor(known()):
                    tx.feed.move(loading.cursor, known())
        return Progress(0, loading.members, after.is_told)

    def _take_rows(
        self, central: Central, session: Session, link: Link, loading: Loading
    ) -> Progress:
        filling = self._filling_of(loading)
        filled = filling.filled()
        if not filled.is_whole:
            n = filled.next_n or loading.taken
            chunk = _asked(central, session, link, loading, n)
            filled = _fill(filling, chunk, filled)
        elif not filling.index():
            return self._switch(filling, filled, link, loading)
        return Progress(filled.total, max(filled.total, loading.members), is_told=True)

    def _filling_of(self, loading: Loading) -> Filling:
        """Another one than before where somebody beside us has begun one meanwhile."""
        if self._filling is None or self._is_of != loading.file:
            self.close()
            self._filling = self._shop.store.directory.fill(loading.file)
            self._is_of = loading.file
        return self._filling

    def _switch(self, filling: Filling, filled: Filled, link: Link, loading: Loading) -> Progress:
        if filling.count() != filled.total:
            raise ChunkBroken()
        self.close()
        with self._shop.store.write() as tx:
            still(tx, link)
            if tx.snapshots.loading() == loading:
                tx.snapshots.switch(Current(loading.file, self._shop.clock.now_us()))
                tx.feed.move(loading.cursor, known())
        self._shop.store.directory.sweep()
        return Progress(filled.total, filled.total, is_told=True, is_done=True)


def _asked(central: Central, session: Session, link: Link, loading: Loading, n: int) -> Chunk:
    sealed = central.chunk(link.url, session.token, loading.id, n)
    chunk = unseal(sealed, loading.id, n)
    if bool(chunk.told) is loading.is_told:  # one kind in the place of the other
        raise ChunkBroken()
    return chunk


def _fill(filling: Filling, chunk: Chunk, filled: Filled) -> Filled:
    """Only what goes on where the last one ended, and adds up."""
    rows, summed = rows_in(chunk), sum_up(filled.summed, chunk.rows)
    after = Filled(chunk.n + 1, filled.total + len(rows), summed, chunk.is_last)
    if (chunk.total, chunk.summed) != (after.total, after.summed):
        raise ChunkBroken()
    filling.add(rows, filled, after)
    return after
