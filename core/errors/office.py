"""总部: what can go wrong at the server, and between it and the people who keep it."""

from __future__ import annotations

from core.errors.roots import Refused, Unavailable


class NotUnderstood(Refused):
    """What was sent cannot be read; `detail` says where, in the words of the wire."""

    detail: str


class TooMuchSent(Refused):
    """More than one push may hold."""

    most_events: int
    most_bytes: int


class NoSuchCase(Refused):
    """No case of this id is open."""

    text: str


class NoSuchAlias(Refused):
    """These two members are not taken for one, or were parted already."""

    gone_id: str
    into_id: str


class ChainUnnamed(Refused):
    """The chain has no name yet: tills that join are told it."""


class AddressUnnamed(Refused):
    """Nobody has said yet where tills find the server: their codes are printed with it."""


class NoRulebook(Refused):
    """Head office has issued no rulebook that holds today."""


class BadRows(Refused):
    """So many rows of a table cannot be used: none was."""

    count: int


class BeginsTooEarly(Refused):
    """What is issued would hold on a day that is over."""

    begins_on: str


class AdminCodeUnknown(Refused):
    """No code for keeping the chain is like this one."""


class AdminCodeSpent(Refused):
    """The code for keeping the chain was used, or is too old, or another one was made since."""


class AdminOver(Refused):
    """Who keeps the chain has to begin again, with a fresh code."""


class BadPlace(Refused):
    """No code is made for such a place: a till has a number, an office PC has none."""

    kind: str
    till_no: int


class BadDatabase(Refused):
    """No database of ours can be at this address; `scheme` is what stands before its colon."""

    scheme: str


class OfficeDiffers(Refused):
    """What the server keeps is not what was sent, or does not add up; `named` says some of it."""

    count: int
    named: str


class ServerStoreUnreachable(Unavailable):
    """The database of the server does not answer as it should: tills go on, and send again."""

    detail: str


class PlaceTaken(Unavailable):
    """The server cannot listen there: something else does, or the machine has no such address."""

    place: str
