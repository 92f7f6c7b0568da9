"""案件 on their way: what head office tells of its own, and what tills tell of theirs."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from core.sync.session import Whole, Words

CASE = "case"
"""The topic of the feed: what head office found; it is about the id of a case."""
OPENED, DECIDED, REOPENED = "CaseOpened", "CaseDecided", "CaseReopened"
CASE_KINDS = frozenset({OPENED, DECIDED, REOPENED})
"""The kinds of events of tills."""


class CaseTold(Struct, frozen=True, omit_defaults=True):
    """A case of head office; `about` and `detail` hold numbers and ids, never a name.

    `place` is the store and number of its till, "" where it comes from none; `member` whom it is
    about where it is about one: what somebody writes about it goes with them.
    """

    id: UUID
    kind: Words
    till_id: UUID
    about: str
    detail: str
    at_us: Whole
    place: Words = ""
    closed_us: Whole | None = None
    member: UUID | None = None


class CaseMoved(Struct, frozen=True):
    """What an event of a till says of a case, as far as head office needs it."""

    case: UUID
    kind: Words = ""
    about: Words = ""
