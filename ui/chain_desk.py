"""连锁: how the till stands with its server, and what is done about it; it outlives the windows.

A till that has joined no chain pays one look for it, when it has long been standing. Joining speaks
with the server on a thread of its own: the counter does not wait for the network.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from core.errors import NotInChain, Shortfall
from ui.link_state import LinkState

if TYPE_CHECKING:
    from core.actions.reserve import Wanted
    from core.actions.sync import Linked
    from core.ports.central import Central, Uplink
    from core.shop import Shop
    from core.sync.own_escrow import OwnEscrow
    from ui.counter_line import CounterLine
    from ui.open_line import OpenLine
    from ui.sender import Sender
    from ui.work import Failed, Hands, Then

Post = Callable[[Callable[[], object]], object]
_log = logging.getLogger(__name__)


class ChainDesk:
    """`state` says how it stands; None where the till has joined no chain.

    `refused`: why the last try to join one failed.
    """

    def __init__(self, uplink: Callable[[], Uplink] | None = None) -> None:
        self._uplink = uplink
        self._hands: Hands | None = None
        self._sender: Sender | None = None
        self._counter: CounterLine | None = None
        self._joining: tuple[OpenLine, threading.Thread] | None = None
        self._post: Post | None = None
        self._changed: Callable[[], object] = _forget
        self._telling = threading.Lock()
        self._own = threading.RLock()
        self._swap = threading.Lock()
        self.refused: Exception | None = None
        self.state: LinkState | None = None

    @property
    def can_join(self) -> bool:
        """Whether there is a shop that could join: none does in a lesson."""
        return self._uplink is not None

    @property
    def is_sending(self) -> bool:
        """Whether what waits is being sent, or will be."""
        return self._sender is not None

    @property
    def is_busy(self) -> bool:
        """Whether it is joining just now."""
        return self._joining is not None

    def report_to(self, post: Post | None, changed: Callable[[], object] | None = None) -> None:
        """`post` has `changed`, and what else there is to tell, done on the thread of the screen.

        Whoever was told before may be gone when this returns.
        """
        with self._telling:
            self._post, self._changed = post, changed or _forget

    def found(self, hands: Hands, linked: Linked | None) -> None:
        """A look in the store said this: somebody may have joined a chain beside the window."""
        if not self.is_sending and not self.is_busy:
            self.begin(hands, linked)

    def missed(self, error: Exception) -> None:
        """A look in the store failed: there will be another."""
        _log.warning("not seen whether there is a chain: %r", error)

    def begin(self, hands: Hands, linked: Linked | None) -> None:
        """Send from now on, where the till has joined a chain."""
        self._hands = hands
        if linked is None or self._uplink is None or hands.shop is None:
            return
        from ui.counter_line import CounterLine
        from ui.sender import Sender

        with self._own:
            self.stop()
            state = LinkState(linked.chain_name, linked.url, linked.waiting, linked.kept_apart)
            state = replace(state, has_met_copy=linked.has_met_copy)
            sender = Sender(hands.shop, self._uplink, state, self._on_state)
            with self._swap:
                self._sender = sender
            self._on_state(sender, state)
            sender.begin()
            means = cache(self._uplink)
            counter = CounterLine(
                hands.shop,
                lambda: (means().counter or means().central)(),
                lambda: sender.session,
                sender.renew,
            )
            self._counter = counter
            counter.begin()

    def nudge(self, _changes: object = None) -> None:
        """Something happened at the counter."""
        if self._sender is not None:
            self._sender.nudge()

    def give_way(self) -> None:
        """Somebody types or scans: what goes over the network rests for a moment."""
        if self._sender is not None:
            self._sender.give_way()

    def hurry(self) -> None:
        """Somebody wants it sent now."""
        if self._sender is not None:
            self._sender.hurry()

    def reserve(self, wanted: Wanted, then: Then, failed: Failed) -> None:
        """Ask for points that a customer wants to spend: `then` gets what was set aside."""
        counter, post = self._counter, self._post
        if counter is None:
            failed(NotInChain())
            return

        def told(own: OwnEscrow | None, error: Exception | None) -> None:
            self._tell(partial(then, own) if error is None else partial(failed, error), post)

        counter.reserve(wanted, told)

    def tidy(self) -> None:
        """Points that were asked for are not needed any more: the server is told."""
        if self._counter is not None:
            self._counter.tidy()

    def join(self, *, url: str, code: str, then: Then, failed: Failed, **by: Any) -> None:
        """Join a chain as somebody, and begin to send; `then` gets what the server said."""
        hands, uplink = self._hands, self._uplink
        if hands is None or hands.shop is None or uplink is None or self.is_busy:
            return
        from ui.open_line import OpenLine

        shop, means, post = hands.shop, cache(uplink), self._post
        line = OpenLine(lambda: means().central())
        words = {"url": url, "code": code, **by}
        self.refused = None

        def do() -> None:
            with closing(line):
                outcome, self.refused = _outcome(partial(_join, shop, line, means, words))
            self._joining, error = None, self.refused
            if error is None:
                enrolled, linked = outcome
                self.begin(hands, linked)
                self._tell(lambda: then(enrolled), post)
            else:
                self._tell(lambda: failed(error), post)

        thread = threading.Thread(target=do, name="join", daemon=True)
        self._joining = line, thread
        thread.start()

    def errand(
        self,
        do: Callable[[Shop, Central, str], Any],
        *,
        then: Then,
        failed: Failed,
        is_brief: bool = False,
    ) -> None:
        """Ask the server something that somebody waits for, on a thread of its own.

        A brief one is given up soon, where a customer stands there.
        It is asked in the session that stands; without one it fails with NotInChain, or with what
        keeps the till from its server.
        """
        sender, hands, post = self._sender, self._hands, self._post

        def run() -> None:
            outcome, error = _outcome(lambda: _asked(sender, hands, do, is_brief=is_brief))
            if error is None:
                self._tell(lambda: then(outcome), post)
            else:
                self._tell(lambda: failed(error), post)

        threading.Thread(target=run, name="errand", daemon=True).start()

    def left(self) -> None:
        """The chain was left."""
        self.stop()
        self.state = None
        self._tell_changed()

    def stop(self) -> None:
        """Send no more; what goes over the network just now is not waited for."""
        with self._own, self._swap:
            sender, self._sender = self._sender, None
            counter, self._counter = self._counter, None
        for thread in (sender, counter):
            if thread is not None:
                thread.stop()

    def close(self) -> None:
        """The shop is about to be closed."""
        self.report_to(None)
        if (joining := self._joining) is not None:
            line, thread = joining
            line.cut(thread)
        self.stop()

    def look(self, _outcome: object = None) -> None:
        """Something else stands in the store."""
        if self._sender is not None:
            self._sender.look()

    def _on_state(self, sender: Sender, state: LinkState) -> None:
        with self._swap:
            if sender is not self._sender:
                return
            self.state = state
            if isinstance(state.error, NotInChain):  # left by somebody beside the window
                self.state = self._sender = None
        self._tell_changed()

    def _tell_changed(self) -> None:
        self._tell(lambda: self._changed())

    def _tell(self, do: Callable[[], object], whom: Post | None = None) -> None:
        """`whom` is who asked: in a window that was made anew meanwhile nobody did."""
        with self._telling:
            if self._post is not None and whom in (None, self._post):
                self._post(do)


def _asked(
    sender: Sender | None,
    hands: Hands | None,
    do: Callable[[Shop, Central, str], Any],
    *,
    is_brief: bool,
) -> Any:
    if sender is None or hands is None or hands.shop is None:
        raise NotInChain()
    with sender.asking(is_brief=is_brief) as (central, token):
        return do(hands.shop, central, token)


def _join(shop: Shop, line: OpenLine, means: Callable[[], Uplink], words: dict[str, Any]) -> Any:
    from core.actions.sync import join_chain, look_at_link

    made = means()
    enrolled = join_chain(shop, line, made.keys(), program=made.program, **words)
    return enrolled, look_at_link(shop)


def _outcome(do: Callable[[], Any]) -> tuple[Any, Exception | None]:
    try:
        return do(), None
    except Shortfall as refused:
        return None, refused
    except Exception as bug:  # noqa: BLE001 - it must reach the screen, not end the thread
        _log.exception("joining failed")
        return None, bug


def _forget() -> None:
    """Nobody listens."""
