"""总部: what a till needs of the server, and what it remembers of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar
from uuid import UUID

from msgspec import Struct

from core.sync.fact import Event
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
from core.sync.store_tills import StoreTills
from core.sync.wire import Push, Pushed

T = TypeVar("T")


class Central(Protocol):
    """The server over the network; each call may raise ServerUnreachable, and what it refuses.

    A time-out means nothing: the same is sent again until there is an answer.
    """

    def ask(self, url: str, code: str) -> Invited:
        """What a code is for. Raises CodeUnknown, CodeSpent, ServerStrange."""
        ...

    def enrol(self, url: str, code: str, enrolment: Enrolment) -> Enrolled:
        """Raises CodeUnknown, CodeSpent, EnrolmentDiffers, CodeForOffice, TillTaken,
        ServerStrange."""
        ...

    def begin(self, url: str, hello: SignedHello) -> Session:
        """Raises TillUnknown, TillRevoked, CopyFound, ServerStrange."""
        ...

    def look(self, url: str) -> None:
        """Whether it answers at all; no token is sent. Raises ServerBusy, ServerStrange."""
        ...

    def push(self, url: str, token: str, push: Push) -> Pushed:
        """Raises SessionOver (begin another), ServerBusy, ServerStrange."""
        ...

    def changes(self, url: str, token: str, cursor: str) -> Page:
        """Raises SessionOver (begin another), ServerBusy, ServerStrange."""
        ...

    def authorise(self, url: str, token: str, asked: PointsAsked) -> SetAside:
        """Points for one sale. Raises NotEnoughPoints, NoSuchMember, MemberUnserved, EscrowDiffers,
        SessionOver, ServerBusy, ServerStrange."""
        ...

    def void(self, url: str, token: str, voided: NotNeeded) -> SetAside:
        """Nothing was spent of it. Raises NoSuchMember, EscrowDiffers, SessionOver, …"""
        ...

    def lease(self, url: str, token: str, asked: LeasesAsked) -> LeasesGiven:
        """Points to be spent offline. Raises EscrowDiffers, SessionOver, …"""
        ...

    def leases_over(self, url: str, token: str, over: LeasesOver) -> LeasesGiven:
        """Nothing more is spent of these. Raises EscrowDiffers, SessionOver, …"""
        ...

    def say(self, url: str, token: str, place: str, asked: Struct | None, answers: type[T]) -> T:
        """Something that tills ask of each other through the server; nothing is said to look.

        Raises SessionOver, ServerBusy, ServerStrange, and what is refused there.
        """
        ...

    def snapshot(self, url: str, token: str) -> Manifest:
        """One begins. Raises SessionOver (begin another), ServerBusy, ServerStrange."""
        ...

    def chunk(self, url: str, token: str, snapshot_id: UUID, n: int) -> bytes:
        """A part of it, as it travels. Raises SnapshotGone, and what `snapshot` does."""
        ...

    def close(self) -> None:
        """Nothing is asked any more."""
        ...


class Keys(Protocol):
    """Ed25519; keys and signatures as their raw bytes."""

    def make(self) -> bytes:
        """A fresh private key."""
        ...

    def public_of(self, private_key: bytes) -> bytes: ...

    def sign(self, private_key: bytes, data: bytes) -> bytes: ...

    def is_signed(self, public_key: bytes, data: bytes, signature: bytes) -> bool: ...


class Uplink(Struct, frozen=True):
    """线路: what a till speaks with its server by, each made when it is first needed.

    `counter` is for what a customer waits for: it soon gives up. None: the same as the other.
    """

    central: Callable[[], Central]
    keys: Callable[[], Keys]
    program: str
    counter: Callable[[], Central] | None = None


class Link(Struct, frozen=True):
    """连锁: the server this till belongs to, and what it proves itself with.

    `next_nonce` is written down before it is sent: after a lost answer the same hello is sent.
    `has_met_copy`: the server knows another copy of this till, and nobody has read that yet.
    """

    url: str
    chain_name: str
    private_key: bytes
    nonce: bytes
    next_nonce: bytes
    enrolled_us: int
    has_met_copy: bool = False


class TillsHeard(Struct, frozen=True):
    """同店的机器, as head office told them last, and when it was asked by the clock here."""

    at_us: int
    told: StoreTills

    @property
    def is_out(self) -> bool:
        """停用: whether head office wants the machine that asked no more."""
        return any(till.is_asking and till.revoked_us is not None for till in self.told.tills)


class Waiting(Struct, frozen=True):
    """待上传: how many events the server does not have yet, and since when the oldest waits."""

    count: int
    since_us: int | None


class Links(Protocol):
    """Where the till stands with its server."""

    def get(self) -> Link | None: ...

    def keep(self, link: Link) -> None: ...

    def drop(self) -> None:
        """The till belongs to no chain any more; what was acknowledged is forgotten with it."""
        ...

    def incarnations(self) -> tuple[int, ...]:
        """All of which the till has events, the first one first."""
        ...

    def waiting(self) -> Waiting: ...

    def next_events(self, *, limit: int, most_bytes: int) -> tuple[Event, ...]:
        """The oldest that wait, all of one incarnation; at least one where any waits."""
        ...

    def events_behind(
        self, incarnation: int, through: int, *, limit: int, most_bytes: int, bare: str
    ) -> tuple[Event, ...]:
        """The next of an incarnation behind that number, at least one where there is any.

        Those of the kind `bare` come without what stands beside them.
        """
        ...

    def sales_waiting(self, *, most: int) -> int:
        """How many of those that wait are sales, counted up to so many."""
        ...

    def acknowledge(self, incarnation: int, through: int) -> None:
        """The server has all up to this one. It may go back: a server that was restored."""
        ...

    def acknowledged(self, incarnation: int) -> int:
        """Up to which one the server has all of an incarnation."""
        ...

    def last_acknowledged(self, incarnation: int) -> Event | None:
        """That one, without what stands beside it; None where nothing is acknowledged."""
        ...

    def quarantine(self, event: Event, reason: str, *, at_us: int) -> None:
        """The server keeps this one apart until a person has looked."""
        ...

    def quarantined(self) -> int:
        """How many it keeps apart."""
        ...

    def tills(self) -> TillsHeard | None:
        """What was told last; None where nothing was yet, or what was cannot be read."""
        ...

    def keep_tills(self, heard: TillsHeard) -> None: ...
