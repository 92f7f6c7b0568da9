"""导出个人资料: all that is kept about one person, for that person (个人信息保护法, article 45)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow, noted
from core.actions.change_profile import file_of
from core.actions.counter import known_file
from core.actions.edit_fields import values_of
from core.actions.file_more import CouponKept, FileMore, file_more
from core.actions.look_at_tiers import TierStep, tier_history
from core.actions.timeline import LifeTold, life_told
from core.members.activity import Place
from core.members.consent import Consent
from core.members.member import LONG_AGO, Note
from core.members.profile import FieldEdit
from core.members.standing import Purchase
from core.points.ledger import LotLeft
from core.ports import Reading
from core.sales.statement import Movement
from core.shop import Shop
from core.trust.cases import Decision
from core.trust.rights import Approval, Right
from core.trust.staff import Staff

MOST_LINES = 100_000


class ActivityKept(Struct, frozen=True):
    """An activity that they signed up for, and how it stands or stood with them."""

    on: date
    title: str
    place: Place


class CaseKept(Struct, frozen=True):
    """A case that is about them, or has them in its evidence, and what was said of it.

    `words` are those of a case about them alone: in others they may be of somebody else.
    """

    opened_us: int
    kind: str
    points: int
    decision: Decision | None
    words: tuple[str, ...]


class PersonalData(Struct, frozen=True):
    """All of it in full: fields by name, and whatever happened, the newest first.

    `cards`: the one of now, and those before. `related` are ids alone: who they are is told of
    them, not of this person.
    """

    member: UUID
    made_on: date
    store: str
    joined_on: date
    tier: str
    points: int
    fields: dict[str, str]
    cards: tuple[str, ...]
    frozen_for: str | None
    consents: tuple[Consent, ...]
    notes: tuple[Note, ...]
    lots: tuple[LotLeft, ...]
    movements: tuple[Movement, ...]
    purchases: tuple[Purchase, ...]
    tiers: tuple[TierStep, ...]
    coupons: tuple[CouponKept, ...]
    activities: tuple[ActivityKept, ...]
    life: LifeTold
    cases: tuple[CaseKept, ...]
    edits: tuple[FieldEdit, ...]
    related: tuple[UUID, ...]


def personal_data(
    shop: Shop, member_id: UUID, *, staff: Staff, approval: Approval | None = None
) -> PersonalData:
    """Noted as exported. Raises NotAllowed, NoSuchMember, VisitorFile."""
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.EXPORT_PERSON, now_us=moment.at_us, approval=approval)
        member = file_of(tx, member_id)
        steps = tier_history(shop, member.id)
        rulebook = tx.rulebooks.current()
        file = known_file(tx, member.id, rulebook, moment)
        more: FileMore = file_more(tx, moment, rulebook, member, file.card_until)
        tx.audit.note(
            "person_exported",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=member.id.hex,
            detail=noted("", staff, answers),
        )
        return PersonalData(
            member.id,
            moment.business_on,
            tx.till.store_name,
            member.joined_on,
            rulebook.scheme.tier(file.member.tier).name,
            file.points,
            {field: value for field, value in values_of(tx, member).items() if value},
            (member.card_no, *(old.card_no for old in tx.standings.old_cards(member.id))),
            file.frozen_for,
            tx.consents.steps(member.id),
            tx.standings.notes(member.id),
            tx.ledger.lots(member.id),
            tx.statements.movements(member.id, since=LONG_AGO)[::-1],
            tx.purchases(member.id, limit=MOST_LINES),
            steps[::-1],
            more.coupons,
            _activities(tx, member.id),
            life_told(tx, member.id, moment.business_on),
            _cases(tx, member.id),
            tx.profiles.edits(member.id),
            tuple(dict.fromkeys(each.member_id for each in more.relations)),
        )


def _cases(reading: Reading, member_id: UUID) -> tuple[CaseKept, ...]:
    found = []
    ids = {member_id, *reading.forgotten.known_as(member_id)}
    for case_id in reading.life.cases(member_id):
        file = reading.cases.get(case_id)
        assert file is not None, "it was just read"
        steps = reading.cases.steps(case_id) if file.member_id in ids else ()
        words = tuple(step.words for step in steps if step.words)
        case = file.case
        found.append(CaseKept(case.at_us, case.kind, file.points, file.decision, words))
    return tuple(found)


def _activities(reading: Reading, member_id: UUID) -> tuple[ActivityKept, ...]:
    found = []
    for enrolled in reading.activities.of_member(member_id, LONG_AGO).values():
        activity = reading.activities.get(enrolled.activity_id)
        if activity is not None:
            found.append(ActivityKept(activity.on, activity.title, enrolled.place))
    return tuple(sorted(found, key=lambda each: each.on, reverse=True))
