"""网络: the thread that sends what waits to the server, on its own beat (sync.md 4).

It knows no Qt, and outlives the windows as the hands of the store do. It opens short transactions
only, between two of which it waits for the network or rests: the counter does not feel it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache

from msgspec.structs import replace

from core.actions.claim_coupons import give_up_coupons
from core.actions.received import look_at_received
from core.actions.reserve import note_line
from core.actions.return_elsewhere import give_up_claims
from core.actions.share_held import share_held, what_is_held
from core.actions.sync import Linked, Sending, begin, look_at_link, send
from core.actions.take_snapshot import look_at_directory
from core.errors import (
    Cancelled,
    NotInChain,
    ServerBusy,
    ServerStrange,
    ServerUnreachable,
    SessionOver,
    Shortfall,
)
from core.ports.central import Central, Uplink
from core.shop import Shop
from core.sync.held import HeldTold
from core.sync.pace import LONGEST_MS, ROLL_BYTES, Pace, asked_ms
from core.sync.session import Session
from core.sync.wire import MOST_BYTES
from ui.give_way import GiveWay, polite
from ui.lease_keeper import LeaseKeeper
from ui.link_state import LinkState
from ui.open_line import OpenLine
from ui.puller import Puller
from ui.snapshot_loader import SnapshotLoader
from ui.store_sales_loader import StoreSalesLoader
from ui.tills_hearer import TillsHearer

IDLE_MS = 30_000
"""Where nothing waits, the server is asked so often whether it is there."""
SOON_MS = 2000
"""After something was sold: several sales in a row go together."""
REST_MS = 50
LITTLE_BYTES = MOST_BYTES // 16
"""Beside whoever types a batch holds no more than this, or one event."""
LOOK, SOON, NOW = 1, 2, 3
EARLY_US = 60_000_000
"""So long before its end a session is no good any more."""
_log = logging.getLogger(__name__)


class Sender:
    """`report` is called on its thread with each state that is another one."""

    def __init__(
        self,
        shop: Shop,
        uplink: Callable[[], Uplink],
        state: LinkState,
        report: Callable[[Sender, LinkState], None],
    ) -> None:
        self._way = GiveWay()
        shop = replace(shop, store=polite(shop.store, self._way))
        self._shop = shop
        self._uplink = cache(uplink)  # loaded on the thread: it takes its time
        self._report = report
        self._line = OpenLine(lambda: self._uplink().central(), lambda: self._way.rest())
        self._session: Session | None = None
        self._puller = Puller(shop)
        self._leases = LeaseKeeper(shop)
        self._tills = TillsHearer(shop)
        self._loader = SnapshotLoader(shop, self._tell_progress)
        self._store_sales = StoreSalesLoader(shop)
        self._has_all = False
        self._held = HeldTold(0)
        self._pace = Pace()
        self._bell = threading.Condition()
        self._asked = 0
        self._is_stopped, self._wants_another = False, False
        self.state = state
        self._thread = threading.Thread(target=self._run, name="network", daemon=True)

    def begin(self) -> None:
        """Send until `stop`, or until the chain is left."""
        self._thread.start()

    def nudge(self) -> None:
        """Something happened here: it goes soon, where the server is there."""
        self._ask(SOON)

    def hurry(self) -> None:
        """Now, however long one would have waited, and whoever types meanwhile."""
        self._way.hurry()
        self._ask(NOW)

    def give_way(self) -> None:
        """Somebody types or scans."""
        self._way.used()

    def look(self) -> None:
        """Something else stands in the store: what is shown is looked at again."""
        self._ask(LOOK)

    def _ask(self, when: int) -> None:
        with self._bell:
            self._asked = max(when, self._asked)
            self._bell.notify()

    @contextmanager
    def asking(self, *, is_brief: bool = False) -> Iterator[tuple[Central, str]]:
        """A line of its own, and the token of the session that stands, for what somebody waits for.

        A brief one soon gives up.
        Raises ServerUnreachable where there is none, or what keeps the till from its server; a
        session that has ended meanwhile is begun again, and counts as no line.
        """
        session = self.session
        if session is None or session.until_us <= self._now_there():
            self.hurry()
            raise self.state.error or ServerUnreachable("silent")
        means = self._uplink()
        make = means.counter if is_brief and means.counter else means.central
        with closing(make()) as central:
            try:
                yield central, session.token
            except SessionOver:
                self.hurry()
                raise ServerUnreachable("cut") from None

    @property
    def session(self) -> Session | None:
        """The one that is good, for who asks beside it."""
        return self._session if self.state.is_online else None

    def renew(self) -> None:
        """Somebody beside it got no answer, or not in this session: another one, now."""
        self._wants_another = True
        self.hurry()

    def stop(self) -> None:
        """What was begun with the store is finished; nobody waits for the network."""
        with self._bell:
            self._is_stopped = True
            self._bell.notify()
        self._way.end()
        self._line.cut(self._thread)

    def _run(self) -> None:
        with closing(self._line), closing(self._loader):
            self._beat()

    def _beat(self) -> None:
        while not self._is_stopped:
            try:
                self._rest(self.turn())
                self._way.rest()
            except NotInChain as left:
                self._show(replace(self.state, error=left))
                return
            except Cancelled:
                return
            except Exception:  # noqa: BLE001 - not even how it is could be said: later again
                _log.exception("the network thread failed")
                self._bell_once(LONGEST_MS)

    def _rest(self, wait_ms: int) -> None:
        """A nudge ends a wait soon, or, after a failure, only has counted what waits."""
        due_us = self._shop.clock.steady_us() + wait_ms * 1000
        while not self._is_stopped:
            left_ms = (due_us - self._shop.clock.steady_us()) // 1000
            asked = self._bell_once(min(left_ms, IDLE_MS))
            self._puller.keep_up(may_go_on=self._is_quiet)
            if asked == NOW:
                self._puller.hurry()
                self._loader.hurry()
                self._store_sales.hurry()
                self._pace = replace(self._pace, failures=0)
                return
            if asked == LOOK or (asked and self._pace.failures):
                self._tell_waiting()
            elif asked:
                due_us = min(due_us, self._shop.clock.steady_us() + SOON_MS * 1000)
            if due_us <= self._shop.clock.steady_us():
                return

    def _bell_once(self, wait_ms: int) -> int:
        with self._bell:
            if not self._asked and wait_ms > 0 and not self._is_stopped:
                self._bell.wait(wait_ms / 1000)
            asked, self._asked = self._asked, 0
        return asked

    def turn(self) -> int:
        """One turn of the beat; how long to wait until the next, in milliseconds."""
        try:
            return self._turned()
        finally:
            if not (self._asked == NOW or self._wants_another):
                self._way.unhurried()

    def _turned(self) -> int:
        started_us = self._shop.clock.steady_us() - self._way.rested_us
        try:
            sending = self._sent()
        except (NotInChain, Cancelled):
            raise
        except SessionOver:
            self._session = None
            self._pace = self._pace.failed()
            return self._pace.wait_ms(self._roll())
        except Exception as error:  # noqa: BLE001 - it is shown, and tried again later
            return self._failed(error)
        took_ms = (self._shop.clock.steady_us() - self._way.rested_us - started_us) // 1000
        self._pace = self._pace.went_well(sending.sent, took_ms)
        self._answered(sending)
        is_idle = not sending.waiting.count and self._has_all
        return self._loader.wait_ms(IDLE_MS) if is_idle else max(REST_MS, min(took_ms, 1000))

    def _sent(self) -> Sending:
        shop, line = self._shop, self._line
        if self._wants_another:
            self._session, self._wants_another = None, False
        if self._session is None or self._session.until_us - EARLY_US <= self._now_there():
            self._tell_waiting()
            means = self._uplink()
            self._session, behind_us = begin(shop, line, means.keys(), program=means.program)
            self.state = replace(self.state, clock_behind_us=behind_us)
        self._way.rest()
        most = LITTLE_BYTES if self._way.is_somebody_there else MOST_BYTES
        sending = send(shop, line, self._session, limit=self._pace.batch, most_bytes=most)
        give_up_claims(shop, line, self._session.token)
        give_up_coupons(shop, line, self._session.token)
        self._share_held(self._session.token)
        may_go_on = self._is_quiet if not sending.waiting.count else _at_once
        self._way.rest()
        if not self._loader.must_come_first(self._session):
            self._has_all = self._puller.take(line, sending.url, self._session, may_go_on)
            if self._has_all and self._is_quiet():
                self._leases.keep_up(line, self._session)
                self._tills.keep_up(line, self._session.token)
            if not self._has_all or sending.waiting.count:
                return sending
        self._answered(sending)  # a snapshot takes its time
        self._has_all = self._loader.take(line, self._session, may_go_on)
        self._puller.keep_up(may_go_on)  # what a snapshot brought may hold today
        if self._has_all:
            self._has_all = self._store_sales.take(line, self._session, may_go_on)
        return sending

    def _tell_progress(self) -> None:
        """A chunk came, or did not."""
        loader = self._loader
        directory = look_at_directory(self._shop) if loader.is_done else self.state.directory
        state = replace(self.state, directory=directory)
        self._show(replace(state, taking=loader.progress, not_loaded=loader.error))

    def _share_held(self, token: str) -> None:
        """Where something else is held than was told last; an older server knows nothing of it."""
        held = what_is_held(self._shop)
        if held != self._held:
            try:
                share_held(self._shop, self._line, token)
            except ServerStrange as error:
                _log.warning("what is held could not be told: %r", error)
            self._held = held

    def _is_quiet(self) -> bool:
        """Whether nothing was sold meanwhile: what is sent goes before what is taken.

        It is asked between two steps: whoever types or scans goes before both.
        """
        self._way.rest()
        return not (self._asked or self._is_stopped)

    def _now_there(self) -> int:
        """The clock of the server: sessions end by that."""
        return self._shop.clock.now_us() + self.state.clock_behind_us

    def _tell_waiting(self) -> None:
        """What waits, before anything is asked: it may be long until there is an answer."""
        linked = look_at_link(self._shop)
        if linked is None:
            raise NotInChain()
        self._show(self._standing(linked))

    def _answered(self, sending: Sending) -> None:
        now_us, before = self._shop.clock.now_us(), self.state
        note_line(self._shop, is_open=True)
        self._show(
            replace(
                self._standing(sending),
                is_online=True,
                since_us=before.since_us if before.is_online else now_us,
                answered_us=now_us,
                error=None,
                not_taken=self._puller.error,
                members_us=self._puller.members_us,
            )
        )

    def _failed(self, error: Exception) -> int:
        if not isinstance(error, Shortfall):
            _log.exception("sending failed")
        self._pace = self._pace.failed()
        now_us, failed = self._shop.clock.now_us(), replace(self.state, error=error)
        if not failed.is_fault_here:
            is_first = failed.is_online or failed.since_us is None
            since_us = now_us if is_first else failed.since_us
            failed = replace(failed, is_online=False, since_us=since_us)
            note_line(self._shop, is_open=False)
        self._show(failed)
        self._tell_waiting()
        if isinstance(error, ServerBusy):
            return asked_ms(error.wait_s, self._roll())
        return LONGEST_MS if self.state.is_out else self._pace.wait_ms(self._roll())

    def _roll(self) -> bytes:
        return self._shop.dice.roll(ROLL_BYTES)

    def _standing(self, linked: Linked) -> LinkState:
        """The state with what the store tells of it."""
        return replace(
            self.state,
            chain_name=linked.chain_name,
            url=linked.url,
            waiting=linked.waiting,
            kept_apart=linked.kept_apart,
            has_met_copy=linked.has_met_copy,
            received=look_at_received(self._shop),
            directory=look_at_directory(self._shop),
        )

    def _show(self, state: LinkState) -> None:
        if state != self.state:
            self.state = state
            self._report(self, state)


def _at_once() -> bool:
    """One page behind each batch, while much waits."""
    return False
