"""别店会员: who has a card or a phone in the chain, and is no member of this till.

They come in masked, with the tier and the points that the directory tells of them: they earn as
everybody does. Nothing is asked of the network here; what the server says later is made to hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from core.actions.counter import Counter, known_file, priced
from core.actions.serve import numbers_of, require_served
from core.errors import BadPhone, SeveralMembers
from core.members.card import check_card, no_card
from core.members.member import LONG_AGO, Member
from core.members.phone import parse_phone
from core.ports import Reading, Writing
from core.ports.directory import Directory
from core.ports.mirror import Confirmed
from core.pricing.basket import Basket
from core.shop import Shop
from core.sync.directory import Blind, LotHeld, blind_key
from core.sync.entry import Entry
from core.sync.mirror import Book, Here, There, equalise
from core.values.moment import Moment


def serve_visitor(shop: Shop, basket: Basket, text: str) -> Counter | None:
    """The basket for whom the directory has by this card or phone; None where it has nobody.

    Raises SeveralMembers for a shared phone, and what `require_served` does.
    """
    member_id = _visitor(shop, text)
    return None if member_id is None else serve_now(shop, basket, member_id)


def serve_now(shop: Shop, basket: Basket, member_id: UUID) -> Counter:
    """The basket for a member who came in just now; raises what `require_served` does."""
    with shop.store.read() as reading:
        moment, rulebook = shop.moment(reading), reading.rulebooks.current()
        file = known_file(reading, member_id, rulebook, moment)
        require_served(reading, file, moment.business_on)
        served = basket.with_member(member_id)
        return priced(reading, moment, served, file=file, rulebook=rulebook)


def _visitor(shop: Shop, text: str) -> UUID | None:
    """Who it is; a member of this till from now on, if they were none."""
    with shop.store.read() as reading:
        key = reading.mirror.chain_key()
        numbers = numbers_of(text)
    if not key:
        return None
    found = _find(shop.store.directory, key, numbers, text)
    if found is None:
        return None
    entry, card_no = found
    with shop.store.write() as tx:
        if tx.mirror.was_erased([entry.id]):
            return None  # the directory has not heard of it yet
        if tx.members.get(entry.id) is None:
            _bring_in(shop, tx, entry, card_no)
    return entry.id


def _find(
    directory: Directory, key: bytes, numbers: Iterable[str], text: str
) -> tuple[Entry, str] | None:
    """With the card by which they were found, "" for a phone."""
    for number in numbers:
        for entry in directory.by_key(Blind.CARD, blind_key(key, Blind.CARD, number)):
            return entry, number
    try:
        phone = parse_phone(text)
    except BadPhone:
        return None
    holders = directory.by_key(Blind.PHONE, blind_key(key, Blind.PHONE, phone))
    if len(holders) > 1:
        raise SeveralMembers(text)
    return (holders[0], "") if holders else None


def _bring_in(shop: Shop, tx: Writing, entry: Entry, card_no: str) -> None:
    """Their points lie in one lot until the server tells of all."""
    moment, rulebook = shop.moment(tx), tx.rulebooks.current()
    tiers = {tier.code for tier in rulebook.scheme.tiers}
    tier = entry.tier if entry.tier in tiers else rulebook.scheme.tiers[0].code
    card = check_card(card_no) if card_no else no_card(entry.id)
    tx.members.add(Member(entry.id, card, entry.name, tier, LONG_AGO))
    if entry.is_frozen:
        tx.standings.freeze(entry.id, reason="", at_us=moment.at_us, staff_no=0)
    book = Book(shop.new_id, moment.business_on, rulebook.version, {})
    lots = (LotHeld(shop.new_id(), entry.points, None),) if entry.points > 0 else ()
    tx.mirror.post(equalise(entry.id, Here(), There(entry.points, lots), book))
    known_us = _known_us(tx, moment)
    tx.mirror.confirm([Confirmed(entry.id, entry.points, 0, 0, 0, known_us)])
    tx.audit.note("visitor_came", at_us=moment.at_us, staff_no=0, subject=entry.id.hex)


def _known_us(tx: Reading, moment: Moment) -> int:
    """Since when the directory says so at least: changes of points are told only where they come.

    So that a change of somebody was taken later says nothing of how old this one is.
    """
    current = tx.snapshots.current()
    return moment.at_us if current is None else current.at_us
