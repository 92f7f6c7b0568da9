"""预留的对话: points of a chain are asked for before they are spent, and let go when they are not.

At most a moment is waited for: then the till goes on as without a line. What stands at the counter
says what is needed; whatever else was asked for goes back, also what a crash left behind.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from core.actions import counter as counters
from core.actions.counter import Counter
from core.actions.reserve import Wanted, let_go_but, note_line
from core.errors import ServerUnreachable, Unavailable
from core.sync.own_escrow import OwnEscrow
from core.sync.spending import ANSWER_US
from ui.chain_desk import ChainDesk
from ui.till.flow import TillFlow
from ui.work import Failed, Work

Done = Callable[[], object]
Needed = frozenset[tuple[UUID, UUID]]


class Reserving(QObject):
    """Of one window of a till in a chain."""

    def __init__(self, desk: ChainDesk, work: Work, flow: TillFlow, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work = work
        self._flow = flow
        self._asked: Wanted | None = None
        self._answered: tuple[Done, Failed] | None = None
        self._is_kept = False
        self._needed: Needed | None = None
        self._is_online: bool | None = None
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(ANSWER_US // 1000)
        self._limit.timeout.connect(self._on_limit)
        flow.shown.connect(lambda counter, _sold: self._look(counter))
        if flow.counter is not None:
            self._look(flow.counter)

    @property
    def is_online(self) -> bool:
        """Whether the server answers: without it nothing is asked."""
        return self._desk.state is not None and self._desk.state.is_online

    def look(self) -> None:
        """The line broke, or is there again: what may be spent is another thing now."""
        if self.is_online == self._is_online:
            return
        is_first, self._is_online = self._is_online is None, self.is_online
        counter = self._flow.counter
        if not is_first and counter is not None and counter.file is not None:
            self._flow.put(counters.reprice)

    def reserve(self, wanted: Wanted, then: Done, failed: Failed, *, is_kept: bool = True) -> None:
        """Ask; one of the two is called, within the time that a customer waits.

        `is_kept`: it stays set aside until `cancel`, whatever stands at the counter.
        """
        self.cancel()
        self._asked, self._answered, self._is_kept = wanted, (then, failed), is_kept
        self._look(self._flow.counter)
        self._limit.start()
        self._desk.reserve(
            wanted,
            lambda own: self._on_own(wanted, own),
            lambda error: self._on_error(wanted, error),
        )

    def asks_for(self, counter: Counter) -> bool:
        """Whether what was just chosen is asked for: also where more was, which then goes back.

        Without a line a lease may cover it.
        """
        return self.is_online or not counter.is_reserved

    def reserve_for(self, counter: Counter, then: Done, failed: Failed) -> None:
        """Just what a basket spends."""
        member_id = counter.basket.member_id
        if member_id is None:
            then()
        else:
            points = counter.quote.points_spent
            wanted = Wanted(member_id, points, counter.basket.sale_id)
            self.reserve(wanted, then, failed, is_kept=False)

    def cancel(self) -> None:
        """Nobody waits any more: what was asked is let go, unless what stands here needs it."""
        self._limit.stop()
        self._asked = self._answered = None
        self._look(self._flow.counter)

    def _look(self, counter: Counter | None) -> None:
        """Let go of whatever neither the counter needs nor anybody waits for."""
        pairs = []
        if counter is not None and counter.basket.member_id and counter.quote.points_spent:
            pairs.append((counter.basket.sale_id, counter.basket.member_id))
        if self._asked is not None:
            pairs.append((self._asked.purpose, self._asked.member_id))
        before, needed = self._needed, frozenset(pairs)
        if counter is None or needed == before:
            return
        self._needed = needed
        if before is None or before - needed:
            self._work.act(let_go_but, needed, then=self._on_let_go, failed=self._flow.say)

    def _on_let_go(self, is_told: bool) -> None:
        if is_told:
            self._desk.tidy()

    def _on_own(self, wanted: Wanted, _own: OwnEscrow) -> None:
        if wanted is self._asked and self._answered is not None:
            self._limit.stop()
            then, self._answered = self._answered[0], None
            if not self._is_kept:
                self.cancel()
            then()

    def _on_error(self, wanted: Wanted, error: Exception) -> None:
        if wanted is not self._asked or self._answered is None:
            return
        failed = self._answered[1]
        self.cancel()
        if isinstance(error, Unavailable):
            self._is_online = False  # what is priced next is without a line
        failed(error)

    def _on_limit(self) -> None:
        """No answer in time: from here on as without a line, until there is one."""
        wanted = self._asked
        if wanted is None:
            return
        error = ServerUnreachable("silent")
        self._work.act(
            note_line,
            is_open=False,
            then=lambda _: self._on_error(wanted, error),
            failed=lambda _: self._on_error(wanted, error),
        )
