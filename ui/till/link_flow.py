"""总部的线: what the header says of it; what a person has to know of it is told by a notice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ui.chain_desk import ChainDesk
from ui.text import halves, sentence, tr
from ui.till.flow import TillFlow
from ui.till.notices import CHAIN
from ui.widgets.banner import Action
from ui.widgets.header import Status
from ui.work import Work

if TYPE_CHECKING:
    from core.actions.sync import Unsafe


class LinkFlow(QObject):
    """`changed`: the header has something else to show; `renamed`: the store has another name."""

    changed = Signal()
    renamed = Signal()
    _posted = Signal(object)

    def __init__(self, desk: ChainDesk, work: Work, flow: TillFlow, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work = work
        self._flow, self._page = flow, flow.page
        self._said = ""
        self._has_told = False
        self._store = ""
        self.zone: tzinfo = UTC
        self._posted.connect(self._do, Qt.ConnectionType.QueuedConnection)
        self._page.trouble_answered.connect(self._on_answered)

    def begin(self) -> None:
        """What another window was told is told again."""
        self._desk.report_to(self._posted.emit, self._on_changed)
        self._on_changed()

    def end(self) -> None:
        """Look no more."""
        self._desk.report_to(None)

    def statuses(self) -> Sequence[Status]:
        """Nothing of a till that has joined no chain."""
        state = self._desk.state
        if state is None:
            return []
        from ui.chain_words import chip

        said = chip(state, self._work.now_us(), self.zone)
        return [Status(CHAIN, said.icon, said.text, said.tone)]

    def holds(self, leave: Callable[[], object]) -> bool:
        """Whether a person should read once, before leaving, what is on this machine alone.

        `leave` is called where there turns out to be nothing; who leaves again goes.
        """
        state = self._desk.state
        if state is None or self._has_told or not self._page.isVisible():
            return False
        from core.actions.sync import MANY_SALES, unsafe_sales
        from ui.chain_words import is_old

        if state.waiting.count <= MANY_SALES and not is_old(state, self._work.now_us()):
            return False
        self._has_told = True

        def tell(unsafe: Unsafe | None) -> None:
            from ui.chain_words import unsafe_words

            if unsafe is None:
                leave()
            else:
                words = unsafe_words(unsafe, is_leaving=True)
                self._page.basket.notices.say_warning(words)

        def failed(_error: Exception) -> None:
            leave()

        self._work.ask(unsafe_sales, topic="unsafe", then=tell, failed=failed)
        return True

    @Slot(object)
    def _do(self, deed: object) -> None:
        if callable(deed):
            deed()

    def _on_changed(self) -> None:
        state, said = self._desk.state, ""
        if state is not None:
            from ui.chain_words import notice

            said = notice(state)
        if said != self._said:
            self._said = said
            notices = self._page.basket.notices
            if said:
                title, line = halves(said)
                read = (Action("read", tr("知道了")),)
                notices.put(CHAIN, title, line, icon="alert", actions=read)
            else:
                notices.take(CHAIN)
        self._reserve(is_in_chain=state is not None)
        self.changed.emit()
        self._look_at_name()

    def _reserve(self, *, is_in_chain: bool) -> None:
        """In a chain points are asked for before they are spent."""
        flow = self._flow
        if not is_in_chain:
            flow.reserving = None
            return
        if flow.reserving is None:
            from ui.till.reserving import Reserving

            flow.reserving = Reserving(self._desk, self._work, flow, self)
        flow.reserving.look()

    def _look_at_name(self) -> None:
        """Of the store: head office may have given it another one."""
        state = self._desk.state
        if state is None or state.received is None:
            return
        before, self._store = self._store, state.received.store_name
        if before not in ("", self._store):
            self.renamed.emit()

    def _on_answered(self, place: str, _action: str) -> None:
        if place == CHAIN:
            from core.actions.sync import read_copy

            self._work.act(read_copy, then=self._desk.look, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        """It is told again at the next start."""
        self._page.say_error(sentence(error))
