"""在线 · 离线: how the till stands with its server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from core.errors import (
    CopyFound,
    ServerBusy,
    ServerStrange,
    ServerUnreachable,
    SessionOver,
    TillRevoked,
    TillUnknown,
)

if TYPE_CHECKING:
    from core.actions.received import Received
    from core.actions.take_snapshot import Known, Progress
    from core.ports.central import Waiting

_OF_SERVER = (
    ServerUnreachable,
    ServerBusy,
    ServerStrange,
    TillUnknown,
    TillRevoked,
    CopyFound,
    SessionOver,
)


class LinkState(Struct, frozen=True):
    """How the till stands with its server.

    `is_online`: its last question was answered. `since_us`: since when that is so, or is not.
    `clock_behind_us`: how much later it is at the server. `has_met_copy`: a person has to read it.
    `not_taken`: why what head office has could not be taken, though it answers.
    `received`: what was, once somebody has looked; `directory`: how that of its members is.
    `taking`: how far a snapshot is that is being taken, `not_loaded` why it stands.
    `members_us`: when members here became others than they were.
    """

    chain_name: str
    url: str
    waiting: Waiting
    kept_apart: int = 0
    is_online: bool = False
    since_us: int | None = None
    answered_us: int | None = None
    error: Exception | None = None
    clock_behind_us: int = 0
    has_met_copy: bool = False
    not_taken: Exception | None = None
    received: Received | None = None
    directory: Known | None = None
    taking: Progress | None = None
    not_loaded: Exception | None = None
    members_us: int = 0

    @property
    def is_out(self) -> bool:
        """Whether the server wants to have nothing to do with this till."""
        return isinstance(self.error, TillRevoked | TillUnknown)

    @property
    def is_fault_here(self) -> bool:
        """Whether nothing goes because of this machine: its store, its disk, its program."""
        return self.error is not None and not isinstance(self.error, _OF_SERVER)
