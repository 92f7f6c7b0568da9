"""会员状态: frozen, merged, with an expired or a replaced card: whether a member may be served.

Whoever may not is answered in words with the next step; the goods are sold all the same.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from core.errors import BadNote, CardExpired, MemberFrozen, VisitorFrozen
from core.members.masks import mask_name
from core.members.member import MemberFile
from core.values.payment_code import refuse_payment_in

LONGEST_NOTE = 120


class OldCard(Struct, frozen=True):
    """旧卡: a card that was replaced by the one that its member has now."""

    card_no: str
    member_id: UUID
    replaced_on: date


class Purchase(Struct, frozen=True):
    """A line that a member bought, and what of it came back; fen and thousandths."""

    business_on: date
    code: str
    name: str
    quantity_milli: int
    payable_fen: int
    returned_milli: int = 0


def check_served(file: MemberFile, today: date) -> None:
    """Raises MemberFrozen, VisitorFrozen or CardExpired for a member who gets nothing today."""
    name, card = mask_name(file.member.name), file.member.card_no
    if file.frozen_for is not None and file.member.is_visitor:
        raise VisitorFrozen(name, card)
    if file.frozen_for is not None:
        raise MemberFrozen(name, card, file.frozen_for)
    if file.card_until is not None and file.card_until < today:
        raise CardExpired(name, card, file.card_until.isoformat())


def check_note(text: str) -> str:
    """A note or a reason without idle spaces.

    Raises BadNote when empty, too long, unprintable; PaymentCode for what a customer pays with.
    """
    note = refuse_payment_in(" ".join(text.split()))
    if not 0 < len(note) <= LONGEST_NOTE or not note.isprintable():
        raise BadNote(text)
    return note
