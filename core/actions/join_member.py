"""入会: a new member at the counter, in under twenty seconds."""

from __future__ import annotations

from msgspec.structs import replace

from core.actions.allow import allow
from core.actions.counter import Counter, priced
from core.actions.serve import is_card, refuse_old_card
from core.catalog.barcode import clean
from core.changes import Changes
from core.errors import CardRetired, CardTaken, NamesakeFound, PhoneTaken
from core.members.birthday import birthday_text
from core.members.card import check_card, issue_card_no
from core.members.consent import check_consent
from core.members.masks import mask_name, mask_phone
from core.members.member import Birthday, Member
from core.members.member_code import read_member_code
from core.members.names import check_name
from core.members.phone import parse_phone
from core.ports import Writing
from core.pricing.basket import Basket
from core.shop import Shop
from core.sync.fact import SALT_BYTES, Fact, Private
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.payment_code import refuse_payment

APART = 618_034
"""So far from each other the lives of a till number their cards, of a million numbers: by the
golden section, so that however many there are lie as far apart as they can."""


def join_member(
    shop: Shop,
    basket: Basket,
    *,
    name: str,
    phone: str,
    staff: Staff,
    consent: int,
    card_no: str = "",
    birthday: Birthday | None = None,
    is_another: bool = False,
) -> Counter:
    """Make a member for this basket; without `card_no` a card number is issued.

    `consent`: the version of the words that the customer agreed to, kept for ever.

    Raises ConsentMissing, PhoneTaken or NamesakeFound with the member found instead of making a
    second (domain.md 8), CardTaken, PaymentCode, BadName, BadPhone, BadCard, BadScan.
    `is_another`: a person has looked, and it is somebody else of the same name and birthday.
    """
    check_consent(consent)
    good_name, good_phone = check_name(name), parse_phone(phone)
    with shop.store.write() as tx:
        allow(tx, staff, Right.JOIN_MEMBER, now_us=shop.clock.now_us())
        holders = tx.members.by_phone(good_phone)
        if holders:
            first = holders[0]
            raise PhoneTaken(first.id.hex, mask_name(first.name), first.card_no)
        namesake = _namesake(tx, good_name, birthday)
        if namesake is not None and not is_another:
            raise _found(namesake)
        moment = shop.moment(tx)
        member = Member(
            id=shop.new_id(),
            card_no=card_for(tx, card_no),
            name=good_name,
            tier=tx.rulebooks.current().scheme.tiers[0].code,
            joined_on=moment.business_on,
            phone=good_phone,
            birthday=birthday,
        )
        tx.members.add(member)
        tx.consents.add(member.id, consent, at_us=moment.at_us, staff_no=staff.no)
        tx.audit.note(
            "member_joined",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=member.id.hex,
            detail="" if namesake is None else f"namesake of {namesake.id.hex}",
        )
        body = {
            "member": member.id,
            "tier": member.tier,
            "staff_no": staff.no,
            "consent": consent,
        }
        private = _private(shop, member)
        at = (moment.at_us, moment.business_on)
        tx.outbox.append(Fact(shop.new_id(), "MemberJoined", *at, body, private))
        counter = priced(tx, moment, basket.with_member(member.id))
    return replace(counter, changes=Changes.BASKET | Changes.MEMBERS)


def _namesake(tx: Writing, name: str, birthday: Birthday | None) -> Member | None:
    found = tx.members.namesakes(name, birthday) if birthday else ()
    return found[0] if found else None


def _found(member: Member) -> NamesakeFound:
    phone = mask_phone(member.phone) if member.phone else ""
    return NamesakeFound(member.id.hex, mask_name(member.name), phone, member.card_no)


def card_for(tx: Writing, card_no: str) -> str:
    """The card that was scanned, or one that is issued here.

    Raises CardTaken, CardRetired, BadCard, BadScan, BadCheckDigit for a QR code that was misread,
    and PaymentCode for what a customer pays with: not kept.
    """
    if card_no:
        bare = clean(card_no)
        scanned = refuse_payment(check_card(read_member_code(bare) or bare))
        is_product = tx.products.by_code(scanned) is not None
        if is_product or tx.members.by_card(scanned) is not None:
            raise CardTaken(scanned)
        refuse_old_card(tx, scanned, CardRetired)
        return scanned
    return fresh_card_no(tx)


def fresh_card_no(tx: Writing) -> str:
    """A number that nobody has, had, or is waiting on a blank card for.

    Also of the cards that another machine gave out here before: this one may know none of them.
    """
    till = tx.till
    begins = (till.incarnation - 1) * APART
    while True:
        number = begins + tx.members.next_number()
        issued = issue_card_no(till.store_code, till.till_no, number)
        if not is_card(tx, issued):
            return issued


def _private(shop: Shop, member: Member) -> tuple[Private, ...]:
    values = {"name": member.name, "phone": member.phone or "", "card_no": member.card_no}
    if member.birthday is not None:
        values["birthday"] = birthday_text(member.birthday)
    return tuple(
        Private(member.id, field, value, shop.dice.roll(SALT_BYTES))
        for field, value in values.items()
    )
