"""线路: the server as a thread speaks with it that must be able to end at any time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from msgspec import Struct

from core.errors import Cancelled
from core.ports.central import Central
from core.sync.feed import Page
from core.sync.session import Enrolled, Enrolment, Invited, Session, SignedHello
from core.sync.snapshot import Manifest
from core.sync.spending import (
    LeasesAsked,
    LeasesGiven,
    LeasesOver,
    NotNeeded,
    PointsAsked,
    SetAside,
)
from core.sync.wire import Push, Pushed

STEP_S = 0.02
T = TypeVar("T")


class OpenLine:
    """Implements `Central` by another one, until it is cut: then its answers end in Cancelled.

    `rest` is done before each question, and behind its answer before anything is done with it; but
    not around the one that begins a session: the clocks of both are read for it.
    """

    def __init__(
        self, central: Callable[[], Central], rest: Callable[[], object] = lambda: None
    ) -> None:
        self._made = central
        self._rest = rest
        self._central: Central | None = None
        self._gate = threading.Lock()
        self._is_cut = False
        self._is_waited_for = False

    def cut(self, thread: threading.Thread) -> None:
        """From here on no answer comes back: whoever still waits for one does nothing with it.

        What the thread does otherwise is finished when this returns.
        """
        with self._gate:
            self._is_cut = True
        while thread.is_alive() and not self._is_waited_for:
            thread.join(STEP_S)

    def ask(self, url: str, code: str) -> Invited:
        return self._ask(lambda central: central.ask(url, code))

    def enrol(self, url: str, code: str, enrolment: Enrolment) -> Enrolled:
        return self._ask(lambda central: central.enrol(url, code, enrolment))

    def begin(self, url: str, hello: SignedHello) -> Session:
        return self._asked(lambda central: central.begin(url, hello))

    def look(self, url: str) -> None:
        self._ask(lambda central: central.look(url))

    def push(self, url: str, token: str, push: Push) -> Pushed:
        return self._ask(lambda central: central.push(url, token, push))

    def changes(self, url: str, token: str, cursor: str) -> Page:
        return self._ask(lambda central: central.changes(url, token, cursor))

    def authorise(self, url: str, token: str, asked: PointsAsked) -> SetAside:
        return self._ask(lambda central: central.authorise(url, token, asked))

    def void(self, url: str, token: str, voided: NotNeeded) -> SetAside:
        return self._ask(lambda central: central.void(url, token, voided))

    def lease(self, url: str, token: str, asked: LeasesAsked) -> LeasesGiven:
        return self._ask(lambda central: central.lease(url, token, asked))

    def leases_over(self, url: str, token: str, over: LeasesOver) -> LeasesGiven:
        return self._ask(lambda central: central.leases_over(url, token, over))

    def say(self, url: str, token: str, place: str, asked: Struct | None, answers: type[T]) -> T:
        return self._ask(lambda central: central.say(url, token, place, asked, answers))

    def snapshot(self, url: str, token: str) -> Manifest:
        return self._ask(lambda central: central.snapshot(url, token))

    def chunk(self, url: str, token: str, snapshot_id: UUID, n: int) -> bytes:
        return self._ask(lambda central: central.chunk(url, token, snapshot_id, n))

    def close(self) -> None:
        """For the thread itself, when it asks no more."""
        if self._central is not None:
            self._central.close()

    def _ask(self, do: Callable[[Central], T]) -> T:
        self._rest()
        answer = self._asked(do)
        self._rest()
        return answer

    def _asked(self, do: Callable[[Central], T]) -> T:
        self._pass(is_waited_for=True)
        try:
            if self._central is None:
                self._central = self._made()
            return do(self._central)
        finally:
            self._pass(is_waited_for=False)

    def _pass(self, *, is_waited_for: bool) -> None:
        with self._gate:
            if self._is_cut:
                raise Cancelled()
            self._is_waited_for = is_waited_for
