"""介绍有礼: who brought whom and what they got for it; what it is worth is written in the draft."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from core.actions.allow import allow
from core.actions.draft_rules import begin_draft, change_draft
from core.actions.thank_referrer import deed_of
from core.ports.board import Brought
from core.ports.drafts import Draft
from core.rulebook.behaviours import REFERRAL, Behaviour, behaviour_of, behaviour_record
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.fields import Fields

MOST_ROWS = 500
Record = dict[str, Any]


class Referred(Struct, frozen=True):
    """A new member with who brought them; `points` were given for it, 0 none."""

    brought: Brought
    points: int


class Referrals(Struct, frozen=True):
    """What the rulebook gives, None for nothing, and who brought whom, the newest first.

    `drafted` is what the draft gives; `turn` is that of the draft, 0 without one. `chain` is who
    issues the rulebook where the shop itself cannot.
    """

    behaviour: Behaviour | None
    drafted: Behaviour | None
    turn: int
    chain: str
    rows: tuple[Referred, ...]


def referrals(shop: Shop, *, staff: Staff) -> Referrals:
    """Raises NotAllowed."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        rows = []
        for each in reading.board.brought(MOST_ROWS):
            given = reading.deeds.credited(deed_of(each.member_id))
            rows.append(Referred(each, 0 if given is None else given.points))
        held, draft = reading.rulebooks.current().behaviour(REFERRAL), shop.store.draft.load()
        drafted = held if draft is None else draft.rulebook.behaviour(REFERRAL)
        link = reading.links.get()
        chain = link.chain_name if link is not None and reading.rulebooks.planned() else ""
        return Referrals(held, drafted, 0 if draft is None else draft.turn, chain, tuple(rows))


def put_referral(shop: Shop, record: Record, *, turn: int, staff: Staff) -> Draft:
    """Write into the draft what bringing somebody is worth; 0 points: nothing any more.

    Raises NotAllowed, RulebookOfOffice, BadRecord, DraftElsewhere.
    """
    is_off = record.get("points") == 0

    def changed(book: Record, _held: Rulebook) -> None:
        others = [each for each in book.get("behaviours", ()) if each["code"] != REFERRAL]
        if not is_off:
            asked = {**record, "code": REFERRAL}
            others.append(behaviour_record(behaviour_of(Fields(asked))))
        book["behaviours"] = others

    at = turn or begin_draft(shop, staff=staff).turn
    return change_draft(shop, changed, turn=at, staff=staff)
