"""入网码: what it is for is asked before anybody joins by it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from core.actions.set_up import check_store_code
from core.errors import (
    CodeForOffice,
    NotAsked,
    Refused,
    ServerBusy,
    ServerStrange,
    ServerUnreachable,
)
from core.members.names import check_name
from core.ports.central import Central
from core.sync.invitation import read_invitation
from core.sync.session import OFFICE, Invited
from core.values.first_run import TILL_NUMBERS


def look_at_invitation(central: Central, text: str, *, may_be_office: bool = False) -> Invited:
    """Which till an invitation is for, or, where that `may_be`, that it is for an office PC.

    Raises BadInvitation, BadAddress, PlainAddress, CodeUnknown, CodeSpent, CodeForOffice, NotAsked.
    """
    invitation = read_invitation(text)
    with answered():
        invited = central.ask(invitation.url, invitation.code)
        if invited.kind == OFFICE and not may_be_office:
            raise CodeForOffice()
        _check(invited)
    return invited


def _check(invited: Invited) -> None:
    is_right = not invited.till_no if invited.kind == OFFICE else invited.till_no in TILL_NUMBERS
    if not is_right:
        raise ServerStrange("unread")
    try:
        check_store_code(invited.store_code)
        check_name(invited.store_name)
    except Refused:
        raise ServerStrange("unread") from None


@contextmanager
def answered() -> Iterator[None]:
    """Who joins waits for the answer: where there is none, that is no matter of sending later."""
    try:
        yield
    except (ServerUnreachable, ServerStrange) as error:
        raise NotAsked(error.detail) from error
    except ServerBusy as error:
        raise NotAsked("busy") from error
