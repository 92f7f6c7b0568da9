"""管理: what who keeps the chain asks of its server over HTTP; times are the server's."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from core.sync.session import TILL, Token, Whole, Words

Place = Annotated[int, Meta(ge=1, le=99)]


class AdminAsking(Struct, frozen=True):
    """What is sent to begin: a one-time code, as the server's keeper printed it."""

    code: Words


class AdminSession(Struct, frozen=True):
    """Until when `token` serves. `now_us` is the server's clock."""

    token: Token
    until_us: Whole
    now_us: Whole
    chain_name: Words


class StoreSaid(Struct, frozen=True):
    """A store by its code, with its name."""

    code: Words
    name: Words


class TillSaid(Struct, frozen=True):
    """A till of the chain; `till_no` 0 is an office PC."""

    store_code: Words
    till_no: Whole
    kind: Words
    program: Words
    enrolled_us: Whole
    seen_us: Whole | None
    clock_behind_us: int
    is_revoked: bool


class ChainSaid(Struct, frozen=True):
    """All stores and tills, those that were revoked, too."""

    stores: tuple[StoreSaid, ...]
    tills: tuple[TillSaid, ...]


class TillPlace(Struct, frozen=True):
    """Where a till stands."""

    store_code: Words
    till_no: Place


class CodeWanted(Struct, frozen=True):
    """A code for whom: `kind` is `till`, or `office` without a number. `replaces` who is there."""

    store_code: Words
    till_no: Annotated[int, Meta(ge=0, le=99)] = 0
    kind: Words = TILL
    replaces: bool = False


class CodeMade(Struct, frozen=True):
    """The line to scan or type once within a day.

    `unsent` of what the till that goes had made never came; None where none goes.
    """

    line: str
    until_us: Whole
    unsent: Whole | None = None


class CaseSaid(Struct, frozen=True):
    """What a person should look at; `about` is a number or an id, never a name."""

    id: UUID
    kind: Words
    till_id: UUID
    about: str
    detail: str
    at_us: Whole


class CasesSaid(Struct, frozen=True):
    """Those that are open, oldest first."""

    cases: tuple[CaseSaid, ...]


class CaseLooked(Struct, frozen=True):
    """Which one somebody has looked at."""

    id: UUID


class ErasureWanted(Struct, frozen=True):
    """Whom to forget: by id, card number or phone."""

    member: Words


class ErasureDone(Struct, frozen=True):
    """It is done, for ever: so many values are gone. `seal` proves that it was done here."""

    member_id: UUID
    at_us: Whole
    values: Whole
    seal: Words


class Done(Struct, frozen=True):
    """It is done."""

    is_done: bool = True
