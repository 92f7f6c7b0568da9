"""删除个人资料: at a shop alone at once; in a chain head office is asked, and every till follows.

What happened stays, with ids that say nothing of anybody (sync.md 5): vouchers of sales, the books
of points, the audit log.
"""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions.activities import give_up_places
from core.actions.allow import allow, noted
from core.actions.change_profile import file_of
from core.actions.telling import tell
from core.changes import Changes
from core.errors import BadRetention
from core.members.certificate import Certificate, Kept, Why
from core.members.masks import mask_card, mask_name
from core.members.member import Member
from core.members.profile import MemberRules
from core.ports import Reading, Writing
from core.ports.erased import Gone
from core.ports.members import Asleep
from core.shop import Shop
from core.sync.erasure import ASKED
from core.sync.mirror import Book, There, equalise
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment

MOST_MONTHS, MOST_YEARS = 120, 30
MOST_ASLEEP = 500
MOST_SHOWN = 500


class ToForget(Struct, frozen=True):
    """Who it is, masked, what would be erased and what stays; `in_chain`: head office does it."""

    member_id: UUID
    name: str
    card: str
    kept: Kept
    in_chain: bool


class Forgotten(Struct, frozen=True):
    """What became of it."""

    certificate: Certificate
    changes: Changes = Changes.MEMBERS | Changes.BASKET


class Privacy(Struct, frozen=True):
    """The rules of the shop, who is asleep by them, and what was erased, the newest first.

    `people` are the names of who erased. `is_more`: there are more than are shown.
    """

    rules: MemberRules
    asleep: tuple[Asleep, ...]
    is_more: bool
    certificates: tuple[Certificate, ...]
    people: dict[int, str]
    store: str


def look_at_privacy(shop: Shop, *, staff: Staff) -> Privacy:
    """隐私: raises NotAllowed."""
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.ERASE_MEMBER, now_us=moment.at_us)
        rules = reading.profiles.rules()
        asleep: tuple[Asleep, ...] = ()
        if (before := rules.asleep_before(moment.business_on)) is not None:
            asleep = reading.forgotten.asleep(before, limit=MOST_ASLEEP + 1)
        made = reading.forgotten.certificates(limit=MOST_SHOWN)
        asked = {each.member_id for each in made if each.why is not Why.OFFICE}
        certificates = tuple(
            _now(reading, each)
            for each in made
            if each.why is not Why.OFFICE or each.member_id not in asked
        )
        numbers = {each.staff_no for each in certificates}
        people = {no: person.name for no in numbers if (person := reading.people.get(no))}
        return Privacy(
            rules,
            asleep[:MOST_ASLEEP],
            len(asleep) > MOST_ASLEEP,
            certificates,
            people,
            reading.till.store_name,
        )


def preview_forget(shop: Shop, member_id: UUID, *, staff: Staff) -> ToForget:
    """What would be erased, in numbers. Raises NotAllowed, NoSuchMember, VisitorFile."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.ERASE_MEMBER, now_us=shop.clock.now_us())
        member = file_of(reading, member_id)
        ids = _ids(reading, member)
        return ToForget(
            member.id,
            mask_name(member.name),
            mask_card(member.card_no),
            _kept(reading, ids, shop.moment(reading)),
            reading.links.get() is not None,
        )


def forget_member(
    shop: Shop,
    member_id: UUID,
    why: Why,
    *,
    staff: Staff,
    approval: Approval | None = None,
) -> Forgotten:
    """For ever. Raises NotAllowed, NoSuchMember, VisitorFile."""
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.ERASE_MEMBER, now_us=moment.at_us, approval=approval)
        member = file_of(tx, member_id)
        ids, in_chain = _ids(tx, member), tx.links.get() is not None
        made = Certificate(
            shop.new_id(),
            member.id,
            moment.at_us,
            moment.business_on,
            staff.no,
            why,
            _kept(tx, ids, moment) if in_chain else erase_here(shop, tx, moment, ids),
            waits=in_chain,
        )
        tx.forgotten.keep(made)
        tx.audit.note(
            "erasure_asked" if in_chain else "member_erased",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=member.id.hex,
            detail=noted(why.value, staff, answers),
        )
        tell(shop, tx, moment, ASKED, {"members": sorted(ids), "seal": ""})
    if not in_chain:  # where it is, head office says it again
        shop.store.erased.keep(Gone(ids, why, made.at_us))
    return Forgotten(made)


def set_member_rules(
    shop: Shop, *, months: str, years: str, staff: Staff, approval: Approval | None = None
) -> MemberRules:
    """核对和保存期: in months and years, 0 for never. Raises NotAllowed, BadRetention."""
    rules = MemberRules(_count(months, MOST_MONTHS), _count(years, MOST_YEARS))
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        answers = allow(tx, staff, Right.ERASE_MEMBER, now_us=now_us, approval=approval)
        tx.profiles.set_rules(rules)
        tx.audit.note(
            "member_rules_set",
            at_us=now_us,
            staff_no=staff.no,
            detail=noted(f"{rules.verify_months} {rules.asleep_years}", staff, answers),
        )
    return rules


def _count(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > most:
        raise BadRetention(text, most)
    return int(text)


def _ids(reading: Reading, member: Member) -> tuple[UUID, ...]:
    """All that they were known as."""
    return (member.id, *reading.forgotten.known_as(member.id))


def _kept(reading: Reading, ids: tuple[UUID, ...], moment: Moment) -> Kept:
    kept = reading.forgotten.count(ids)
    points = sum(reading.ledger.balance(each) for each in ids)
    coupons = len(reading.coupon_codes.held(ids[0], moment.business_on))
    return replace(kept, points=points, coupons=coupons)


def erase_here(shop: Shop, tx: Writing, moment: Moment, ids: tuple[UUID, ...]) -> Kept:
    """The account goes to nobody's, and nothing personal is left of any of them; what there was."""
    kept = _kept(tx, ids, moment)
    book = Book(shop.new_id, moment.business_on, tx.rulebooks.current().version, {})
    here = tx.mirror.here(ids)
    for each in ids:
        tx.mirror.post(equalise(each, here[each], There(), book))
        tx.mirror.erase(each)
    tx.cases.empty(ids)
    tx.forgotten.empty_beside(ids)
    give_up_places(tx, moment, ids)
    return kept


def _now(reading: Reading, made: Certificate) -> Certificate:
    """Whether head office has erased them since."""
    member = reading.members.get(made.member_id)
    if not made.waits or (member is not None and member.name):
        return made
    return replace(made, waits=False)
