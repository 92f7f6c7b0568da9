"""会员档案: what the page of members says of one, masked; more only with a right of its own."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow
from core.actions.counter import file_now
from core.actions.file_more import FileMore, file_more
from core.actions.look_at_tiers import TierStep, tier_history
from core.actions.notes import notes_seen
from core.members.birthday import next_celebration
from core.members.masks import mask_card, mask_name, mask_phone
from core.members.member import Birthday, Note
from core.points.ledger import LotLeft
from core.ports import Reading
from core.ports.figures import BoughtRow
from core.sales.statement import Movement
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.moment import Moment, months_before

YEAR_MONTHS = 12


class RecordFile(Struct, frozen=True):
    """Name, phone and card are masked, the tier is by its name; `joined_on` None for a visitor.

    `bought` and `moved` are of the last twelve months, the newest first; `lots` those that expire
    first first; `steps` of the tier, the newest first. `spent_fen` is what stands of the money.
    """

    member_id: UUID
    today: date
    name: str
    phone: str
    card: str
    tier: str
    joined_on: date | None
    points: int
    birthday: Birthday | None
    birthday_on: date | None
    frozen_for: str | None
    notes: tuple[Note, ...]
    lots: tuple[LotLeft, ...]
    moved: tuple[Movement, ...]
    bought: tuple[BoughtRow, ...]
    steps: tuple[TierStep, ...]
    more: FileMore

    @property
    def spent_fen(self) -> int:
        """In twelve months, less what came back."""
        return sum(row.taken_fen for row in self.bought)

    @property
    def visits(self) -> int:
        """Tickets in twelve months."""
        return sum(row.is_sale for row in self.bought)


def record_file(shop: Shop, member_id: UUID, *, staff: Staff) -> RecordFile:
    """Of whom they are now. Raises NotAllowed, StaffGone, NoSuchMember."""
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=moment.at_us)
        since = months_before(moment.business_on, YEAR_MONTHS)
        return file_since(shop, reading, moment, member_id, since, staff=staff)


def file_since(
    shop: Shop, reading: Reading, moment: Moment, member_id: UUID, since: date, *, staff: Staff
) -> RecordFile:
    """The same with what was bought and what moved from another business date on."""
    today, rulebook = moment.business_on, reading.rulebooks.current()
    file = file_now(reading, member_id, rulebook, moment)
    steps = tier_history(shop, member_id)
    member, born = file.member, file.member.birthday
    return RecordFile(
        member.id,
        today,
        mask_name(member.name),
        mask_phone(member.phone) if member.phone else "",
        mask_card(member.card_no),
        rulebook.scheme.tier(file.member.tier).name,
        None if member.is_visitor else member.joined_on,
        file.points,
        born,
        None if born is None else next_celebration(born, today, rulebook.leap_day),
        file.frozen_for,
        notes_seen(reading, member.id, staff),
        reading.ledger.lots(member.id),
        reading.statements.movements(member.id, since=since)[::-1],
        reading.figures.bought(member.id, since=since),
        steps[::-1],
        file_more(reading, moment, rulebook, member, file.card_until),
    )
