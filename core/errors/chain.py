"""连锁: what can go wrong between a till and its server."""

from __future__ import annotations

from core.errors.roots import Refused, Unavailable


class ChangeUnread(Refused):
    """A change of head office that this program cannot read: it is kept until another one can."""

    topic: str
    about: str


class PointsDiffer(Refused):
    """校验不符: what lies here of a member's points is not what head office says it is."""

    member: str


class CardOfAnother(Refused):
    """Head office gives a member a card that is somebody else's at this till; masked."""

    card: str


class TierNotHere(Refused):
    """Head office says that a member has a tier which the rulebook of this till does not know."""

    tier: str


class RulebookUnread(Refused):
    """A rulebook of head office that this program cannot use; `path` names what of it."""

    version: int
    path: str


class RulebookDiffers(Refused):
    """Head office has issued another rulebook under a number that this till used before."""

    version: int
    now: int


class RulebookOfOffice(Refused):
    """The rulebooks of this till are those of head office."""

    chain: str


class PriceOfOffice(Refused):
    """Head office says what this product costs."""

    code: str


class BadEvent(Refused):
    """An event that contradicts itself; `reason` is a word for the log."""

    reason: str


class ServerUnreachable(Unavailable):
    """No answer: selling goes on, and the same is sent again later."""

    detail: str


class NotAsked(ServerUnreachable):
    """No answer, or a strange one, to who wants to join: nobody asks again by itself."""


class ServerBusy(Unavailable):
    """The server asks for patience, for so many seconds."""

    wait_s: int


class ServerStrange(Unavailable):
    """What answers is no server of ours, or one that this program does not understand."""

    detail: str


class ChunkBroken(Unavailable):
    """A part of a snapshot is not as it was made, or not the one that was asked for."""


class SnapshotGone(Refused):
    """The server has this snapshot no more: another one is begun."""


class BadAddress(Refused):
    """No address of a server."""

    text: str


class PlainAddress(Refused):
    """An address outside of the shop's own network that is not encrypted."""

    text: str


class BadInvitation(Refused):
    """No address of a server with a code behind it; nothing of the text is kept: it is a secret."""


class OfficeSellsNothing(Refused):
    """An office PC of a chain: no till of its store, with no number for a receipt."""


class TillNumberMissing(Refused):
    """A new shop needs the number of its till, too."""


class NotInChain(Refused):
    """This till has joined no chain."""


class VisitorFrozen(Refused):
    """A frozen member of another store: why is known there, and there they are thawed."""

    masked_name: str
    card_no: str


class SeveralKnown(Refused):
    """Several members of the chain were known by this card or phone: only an id says which."""

    text: str
    members: tuple[str, ...]


class InChain(Refused):
    """This till belongs to a chain already."""

    name: str


class CodeUnknown(Refused):
    """No enrolment code is like this one."""


class CodeSpent(Refused):
    """The enrolment code was used, or is too old."""


class EnrolmentDiffers(Refused):
    """The code is for another place than that of the till."""

    store_code: str
    till_no: int


class CodeForOffice(Refused):
    """The code is for an office PC, and no till."""


class OnlyForOffice(Refused):
    """Head office tells of the sales of a whole store to its office PCs, and to no till."""


class TillTaken(Refused):
    """Another till stands at this place of the chain: it has to be revoked first."""

    store_code: str
    till_no: int


class StoreUnknown(Refused):
    """The chain has no store of this code."""

    code: str


class NoTillThere(Refused):
    """No till of the chain stands at this place; number 0: no office PC of this store."""

    store_code: str
    till_no: int


class TillUnknown(Refused):
    """The server does not know this till, or its proof is not right."""


class TillRevoked(Refused):
    """A manager took this till out of the chain."""


class SessionOver(Refused):
    """The till has to say again who it is."""


class CopyFound(Refused):
    """Another copy of this till has spoken: a new incarnation, at least `next_one`, begins."""

    next_one: int


class LineElsewhere(Refused):
    """Of this line more came back, or comes back just now, at another till."""

    line_no: int
    left_milli: int


class ClaimDiffers(Refused):
    """A claim of this id is another till's."""

    ident: str


class ClaimLate(Refused):
    """It was given up before it was heard of: it has to be asked anew."""


class AskedElsewhere(Refused):
    """Only the server knows this receipt, and there is no line to it."""

    no: str


class ExchangeThere(Refused):
    """Goods of another till's sale come back by themselves, not for others."""

    no: str


class ReturnThere(Refused):
    """This sale can be taken back at its own till only."""

    no: str


class CouponElsewhere(Refused):
    """Another sale is about to use this code."""

    code: str


class CouponAsksLine(Refused):
    """A code of another store: only the server knows whether it was used."""

    code: str


class HeldTaken(Refused):
    """Another till of the store has taken this basket up."""

    till_no: int


class HeldAsksLine(Refused):
    """Another till's basket: without a line nobody knows who else takes it up."""


class HeldThereOnly(Refused):
    """Another till's basket: it is discarded, and its slip printed, where it is held."""

    till_no: int
