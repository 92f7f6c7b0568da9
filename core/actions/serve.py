"""接待: whether the member that was found is served today, or answered in words."""

from __future__ import annotations

from datetime import date

from core.catalog.barcode import clean, read_code
from core.errors import (
    BadCheckDigit,
    BadScan,
    CardReplaced,
    ConsentWithdrawn,
    EnrolmentScanned,
    MemberMerged,
    NoSuchMember,
)
from core.members.consent import is_withdrawn
from core.members.masks import mask_card, mask_name
from core.members.member import Member, MemberFile
from core.members.member_code import read_member_code
from core.members.standing import check_served
from core.ports import Reading
from core.shop import Shop
from core.values.coupon_code import holds_enrolment
from core.values.payment_code import refuse_payment
from core.values.stripe import LONGEST as LONGEST_STRIPE
from core.values.stripe import is_stripe, stripe_numbers


def require_served(reading: Reading, file: MemberFile, today: date) -> None:
    """Raises what `check_served` does, MemberMerged or ConsentWithdrawn for who is not served.

    Of somebody who is frozen and took their consent back, the consent comes first: nobody thaws
    them before they give it again.
    """
    if file.merged_into is not None:
        now = reading.members.get(file.merged_into)
        assert now is not None, "a merged member became nobody"
        raise MemberMerged(mask_name(now.name), now.card_no)
    member = file.member
    if file.frozen_for is not None and is_withdrawn(reading.consents.steps(member.id)):
        raise ConsentWithdrawn(mask_name(member.name), member.card_no)
    check_served(file, today)


def card_holder(shop: Shop, text: str) -> Member | None:
    """The member of a card, a member's code or a stripe, served or not; None for all else."""
    with shop.store.read() as reading:
        return holder_of_card(reading, text)


def holder_of_card(reading: Reading, text: str) -> Member | None:
    """The same within a look at the store."""
    found = map(reading.members.by_card, numbers_of(text))
    return next((member for member in found if member is not None), None)


def refuse_old_scan(reading: Reading, text: str) -> None:
    """Raises CardReplaced for an old card, its code or its stripe."""
    for number in numbers_of(text):
        refuse_old_card(reading, number)


def numbers_of(text: str) -> list[str]:
    """What a scan may be as a card."""
    try:
        scanned = clean_scan(text)
        numbers = stripe_numbers(scanned) if is_stripe(scanned) else (scanned,)
        return [number for number in (*numbers, read_member_code(scanned)) if number]
    except (BadScan, BadCheckDigit, EnrolmentScanned):
        return []


def clean_scan(text: str) -> str:
    """A clean scan; a stripe is longer than any other code.

    Raises BadScan, and EnrolmentScanned for an address with a code that joins a chain.
    """
    if holds_enrolment(text):
        raise EnrolmentScanned()
    try:
        return clean(text)
    except BadScan:
        stripe = text.strip("\r\n\t \x02\x03")
        if len(stripe) <= LONGEST_STRIPE and is_stripe(stripe):
            return stripe
        raise


def check_scan(text: str) -> str:
    """A clean scan that may be shown and kept; raises BadScan, and for what may not PaymentCode,
    EnrolmentScanned.

    Of a stripe only the numbers of cards count; a serial number within a GS1 code is no card.
    """
    scanned = clean_scan(text)
    if is_stripe(scanned):
        for number in stripe_numbers(scanned):
            refuse_payment(number)
        return scanned
    code = read_code(scanned)
    if not code.trace and code.candidates[0] == code.text:
        refuse_payment(code.text)
    return scanned


def find_member(shop: Shop, card_no: str) -> Member:
    """The member of a card, served or not; raises NoSuchMember, CardReplaced."""
    with shop.store.read() as reading:
        return member_of_card(reading, clean(card_no))


def member_of_card(reading: Reading, card_no: str) -> Member:
    """The same within a look at the store, by a clean number."""
    member = reading.members.by_card(card_no)
    if member is None:
        refuse_old_card(reading, card_no)
        raise NoSuchMember(card_no)
    return member


def is_card(reading: Reading, code: str) -> bool:
    """Whether a code is the card of somebody, or was."""
    is_now = reading.members.by_card(code) is not None
    return is_now or reading.standings.old_card(code) is not None


def refuse_old_card(
    reading: Reading, card_no: str, refused: type[CardReplaced] = CardReplaced
) -> None:
    """Raises CardReplaced for a card whose member has another one."""
    old = reading.standings.old_card(card_no)
    if old is None:
        return
    member = reading.members.get(old.member_id)
    now = mask_card(member.card_no) if member else ""
    raise refused(now, old.replaced_on.isoformat())
