"""会员资料, as head office has them: who comes in, and what of known ones is another now."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec.structs import replace

from core.actions.edit_fields import differing, edits_of, who_values
from core.actions.take_tier import take_tier
from core.members.birthday import birthday_told, is_same_day
from core.members.card import no_card
from core.members.consent import CONSENT, Consent, is_withdrawn
from core.members.held_tiers import held_now
from core.members.member import LONG_AGO, Member
from core.members.profile import CARD, FIELDS, readable
from core.members.standing import OldCard
from core.ports import Reading, Writing
from core.ports.mirror import Known
from core.rulebook.schemes import TierScheme
from core.shop import Shop
from core.sync.directory import MemberTold, Person
from core.values.moment import Moment


def holder_of_card(reading: Reading, told: MemberTold) -> UUID | None:
    """Who has their card here and is somebody else, as far as head office knows."""
    person = told.person
    holder = reading.members.by_card(person.card_no) if person and person.card_no else None
    return None if holder is None or holder.id in (told.id, *told.known_as) else holder.id


def free_card(tx: Writing, known: Known, told: MemberTold) -> Known:
    """Who becomes another with one and the same card leaves it to that one."""
    person, member = told.person, known.member
    if member.id == told.id or person is None or member.card_no != person.card_no:
        return known
    without = replace(member, card_no=no_card(member.id))
    tx.mirror.rewrite(without)
    tx.members.hide(member.id)
    return replace(known, member=without)


def bring_in(
    tx: Writing, moment: Moment, told: MemberTold, scheme: TierScheme, *, card_no: str = ""
) -> Member:
    """A member of the chain is one here from now on: in full, or masked as a visitor is.

    `card_no`: what was scanned of them.
    """
    tier = told.tier or scheme.tiers[0].code
    member = Member(told.id, card_no or no_card(told.id), told.name, tier, LONG_AGO)
    if told.person is not None:
        member = as_person(member, told.person, moment.business_on)
    tx.members.add(member)
    return member


def update(
    shop: Shop, tx: Writing, moment: Moment, known: Known, told: MemberTold, scheme: TierScheme
) -> bool:
    """What is another now; whether anything was."""
    done = [
        _fields(tx, moment, known, told),
        take_tier(shop, tx, moment, known, told, scheme),
        _standing(tx, moment, known, told),
        told.person is not None and _consent(tx, moment, told.id, told.person),
    ]
    return any(done)


def part(tx: Writing, member_id: UUID, former: UUID, scheme: TierScheme) -> None:
    """分开: who was merged is themselves again; each has the tier that they hold alone."""
    tx.mirror.part(member_id)
    for each in (member_id, former):
        tx.tiers.stand(each, held_now(scheme, tx.tiers.holds(each)))


def as_person(member: Member, person: Person, joined_before: date) -> Member:
    """The member with what is told of the person; who has no name there has what they had."""
    return replace(
        member,
        name=person.name or member.name,
        phone=person.phone or None,
        card_no=person.card_no or member.card_no,
        birthday=birthday_told(person.birthday),
        joined_on=person.joined_on or joined_before,
    )


def _fields(tx: Writing, moment: Moment, known: Known, told: MemberTold) -> bool:
    before = known.member
    if told.person is not None:
        joined = moment.business_on if before.is_visitor else before.joined_on
        now = as_person(before, told.person, joined)
    elif before.is_visitor:
        now = replace(before, name=told.name)
    else:
        now = before  # they come to this store no more: what it knows of them stays
    is_other = _profile(tx, moment, before, now, told.person)
    if now == before:
        return is_other
    tx.mirror.rewrite(now)
    is_card_new = now.card_no != before.card_no and before.card_no != no_card(before.id)
    if is_card_new and not before.is_visitor:
        tx.standings.retire_card(OldCard(before.card_no, before.id, moment.business_on))
    if before.birthday and now.birthday and not is_same_day(before.birthday, now.birthday):
        on, at_us = moment.business_on, moment.at_us
        tx.offer_uses.edit_birthday(before.id, edited_on=on, at_us=at_us, staff_no=0)
    return True


def _profile(
    tx: Writing, moment: Moment, before: Member, now: Member, person: Person | None
) -> bool:
    """What else is kept of them, and what of all of it is another now; whether the former is."""
    if person is None:
        return False
    said = dict.fromkeys(FIELDS, "") | tx.profiles.of(before.id)
    told = said
    if person.profile is not None:
        told = dict.fromkeys(FIELDS, "") | readable(person.profile)
    other = {field: value for field, value in differing(said, told).items() if field in FIELDS}
    tx.profiles.write(before.id, other)
    if not before.is_visitor:
        changed = differing(_who(before), _who(now)) | other
        edits = edits_of(said | _who(before), changed, moment, staff_no=0)
        tx.profiles.keep_edits(before.id, edits)
    return bool(other)


def _who(member: Member) -> dict[str, str]:
    return who_values(member) | {CARD: member.card_no}


def _standing(tx: Writing, moment: Moment, known: Known, told: MemberTold) -> bool:
    """Frozen or not, for the reason that head office tells; and until when the card is good."""
    is_new = told.card_until is not None and told.card_until != known.card_until
    if told.card_until is not None and is_new:
        tx.standings.set_card_end(told.id, told.card_until)
    if told.frozen is None and known.frozen_for is not None:
        tx.standings.thaw(told.id)
        return True
    if told.frozen is not None and (
        known.frozen_for is None or told.frozen not in ("", known.frozen_for)
    ):
        tx.standings.freeze(told.id, reason=told.frozen, at_us=moment.at_us, staff_no=0)
        return True
    return is_new


def _consent(tx: Writing, moment: Moment, member_id: UUID, person: Person) -> bool:
    """What was agreed elsewhere, or taken back, is a step here as well."""
    steps = tx.consents.steps(member_id)
    if is_withdrawn(steps) == person.is_withdrawn:
        return False
    version = steps[-1].version if steps else CONSENT
    step = Consent(not person.is_withdrawn, version, moment.at_us, staff_no=0)
    tx.consents.change(member_id, step)
    return True
