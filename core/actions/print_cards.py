"""印卡: cards of members for the printer, and numbered cards that nobody has yet.

A full name is personal data: who prints it needs the right to see it, and each member gets a row
in the audit. Masked cards are noted once, by their number.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.actions.allow import allow, noted
from core.actions.join_member import fresh_card_no
from core.actions.serve import member_of_card
from core.catalog.barcode import clean
from core.errors import BadCardCount, MemberMerged, NoCardsBetween
from core.members.masks import mask_name
from core.members.member import Member
from core.members.printed_card import CardRun, Named, PrintedCard, printed_cards
from core.ports import Reading
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff

MOST_CARDS = 1000


def print_cards(
    shop: Shop,
    card_nos: Sequence[str],
    *,
    named: Named,
    staff: Staff,
    approval: Approval | None = None,
) -> CardRun:
    """The cards of the members who have these numbers, in this order.

    Raises NotAllowed, BadCardCount, NoSuchMember, CardReplaced, MemberMerged, BadScan.
    """
    _check_count(len(card_nos))
    right = Right.SEE_PERSONAL if named is Named.FULL else Right.PRINT_CARDS
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        answers = allow(tx, staff, right, now_us=now_us, approval=approval)
        members = [_holder(tx, card_no) for card_no in card_nos]
        detail = noted(f"card {named}", staff, answers)
        if named is Named.FULL:
            for member in members:
                tx.audit.note(
                    "personal_seen",
                    at_us=now_us,
                    staff_no=staff.no,
                    subject=member.id.hex,
                    detail=detail,
                )
        else:
            subject = members[0].id.hex if len(members) == 1 else str(len(members))
            tx.audit.note(
                "cards_printed", at_us=now_us, staff_no=staff.no, subject=subject, detail=detail
            )
        return CardRun(tx.till.store_name, printed_cards(members, named))


def print_cards_between(
    shop: Shop,
    first: str,
    last: str,
    *,
    named: Named,
    staff: Staff,
    approval: Approval | None = None,
) -> CardRun:
    """The cards of all members whose numbers lie between two of one length, both inclusive.

    Raises NoCardsBetween, BadCardCount, and as `print_cards`.
    """
    with shop.store.read() as reading:
        found = reading.members.cards_between(first, last, limit=MOST_CARDS + 1)
        card_nos = [each for each in found if not _is_gone(reading, each)]
    if not card_nos:
        raise NoCardsBetween(first, last)
    return print_cards(shop, card_nos, named=named, staff=staff, approval=approval)


def number_cards(
    shop: Shop, count: int, *, staff: Staff, approval: Approval | None = None
) -> CardRun:
    """空白卡: cards with numbers of this till, to be given to members who join later.

    Each number ends in its check digit and is given out once. Raises NotAllowed, BadCardCount.
    """
    _check_count(count)
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        answers = allow(tx, staff, Right.PRINT_CARDS, now_us=now_us, approval=approval)
        cards = tuple(PrintedCard(fresh_card_no(tx)) for _ in range(count))
        tx.audit.note(
            "cards_numbered",
            at_us=now_us,
            staff_no=staff.no,
            subject=str(count),
            detail=noted(f"{cards[0].card_no} {cards[-1].card_no}", staff, answers),
        )
        return CardRun(tx.till.store_name, cards)


def _holder(reading: Reading, card_no: str) -> Member:
    member = member_of_card(reading, clean(card_no))
    into = reading.standings.merged_into(member.id)
    now = reading.members.get(into) if into is not None else None
    if now is not None:
        raise MemberMerged(mask_name(now.name), now.card_no)
    return member


def _is_gone(reading: Reading, card_no: str) -> bool:
    """Whether its member was merged into another: a range passes over them."""
    member = reading.members.by_card(card_no)
    return member is not None and reading.standings.merged_into(member.id) is not None


def _check_count(count: int) -> None:
    if not 0 < count <= MOST_CARDS:
        raise BadCardCount(count, MOST_CARDS)
