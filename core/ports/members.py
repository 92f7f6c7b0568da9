"""会员的端口: what the actions need of members and of their standing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.members.certificate import Certificate, Kept
from core.members.member import Birthday, Member, MemberFile, Note
from core.members.merge import MemberMerge
from core.members.profile import FieldEdit, MemberRules
from core.members.standing import OldCard
from core.members.tiers import TierChange


class Members(Protocol):
    """会员."""

    def get(self, member_id: UUID) -> Member | None: ...

    def by_card(self, card_no: str) -> Member | None: ...

    def cards_between(self, first: str, last: str, *, limit: int) -> tuple[str, ...]:
        """Card numbers of the length of both ends, from one to the other, in order."""
        ...

    def by_phone(self, phone: str) -> tuple[Member, ...]:
        """All members of an E.164 phone, oldest first."""
        ...

    def namesakes(self, name: str, born: Birthday) -> tuple[Member, ...]:
        """Members of this name and birthday, oldest first; a year counts where both have one."""
        ...

    def file(self, member_id: UUID, *, spend_since: date) -> MemberFile | None:
        """Member, balance, next expiring lot, and tier spend since that date inclusive."""
        ...

    def file_by_card(self, card_no: str, *, spend_since: date) -> MemberFile | None: ...

    def add(self, member: Member) -> None: ...

    def change_tier(self, change: TierChange) -> None:
        """Give another tier, and keep that it was given."""
        ...

    def end_period(self, member_id: UUID) -> None:
        """The tier has no last day any more; it is the lowest one."""
        ...

    def tier_changes(self, member_id: UUID) -> tuple[TierChange, ...]:
        """All changes of a member's tier, in their order."""
        ...

    def set_birthday(self, member_id: UUID, birthday: Birthday) -> None: ...

    def set_card(self, member_id: UUID, card_no: str) -> None:
        """Another card; raises CardTaken."""
        ...

    def hide(self, member_id: UUID) -> None:
        """Nobody finds this one by name or phone any more; the card still does."""
        ...

    def next_number(self) -> int:
        """A running number for a card issued on this till; each is given out once."""
        ...


class Profiles(Protocol):
    """会员资料: what is kept beside name, phone, card and birthday; what of it was changed."""

    def of(self, member_id: UUID) -> dict[str, str]:
        """What is known, by field."""
        ...

    def write(self, member_id: UUID, values: Mapping[str, str]) -> None:
        """Other values of these fields; "" leaves none."""
        ...

    def having(self, field: str, value: str, *, limit: int) -> tuple[UUID, ...]:
        """Who has this value in this field."""
        ...

    def keep_edits(self, member_id: UUID, edits: Sequence[FieldEdit]) -> None: ...

    def edits(self, member_id: UUID) -> tuple[FieldEdit, ...]:
        """The newest first."""
        ...

    def rules(self) -> MemberRules: ...

    def set_rules(self, rules: MemberRules) -> None: ...


class Asleep(Struct, frozen=True):
    """A member who was not here for as long as data may lie; masked. `last_on` None: never came."""

    member_id: UUID
    name: str
    card: str
    joined_on: date
    last_on: date | None
    points: int


class Forgotten(Protocol):
    """删除: what there is to erase, who is asleep, and the certificates of what was erased."""

    def known_as(self, member_id: UUID) -> tuple[UUID, ...]:
        """Who became this member."""
        ...

    def count(self, member_ids: Sequence[UUID]) -> Kept:
        """What is kept of these, without points and coupons."""
        ...

    def asleep(self, before: date, *, limit: int) -> tuple[Asleep, ...]:
        """Who joined before that day and bought nothing since, the longest here first."""
        ...

    def empty_beside(self, member_ids: Sequence[UUID]) -> tuple[UUID, ...]:
        """Beside the events goes why they brought something back, or a sale was voided: the papers
        have it. The ids of these papers.
        """
        ...

    def keep(self, certificate: Certificate) -> None: ...

    def certificates(self, *, limit: int) -> tuple[Certificate, ...]:
        """The newest first."""
        ...


class Merges(Protocol):
    """合并, as they were made at this machine."""

    def add(self, merge: MemberMerge) -> None: ...

    def of(self, member_id: UUID) -> tuple[MemberMerge, ...]:
        """Those that a member had a part in, the newest first."""
        ...

    def drop(self, merge_id: UUID) -> None:
        """It was undone."""
        ...


class Standings(Protocol):
    """会员状态: frozen, merged, cards with an end and cards that were replaced; notes."""

    def freeze(self, member_id: UUID, *, reason: str, at_us: int, staff_no: int) -> None: ...

    def thaw(self, member_id: UUID) -> None: ...

    def frozen_at(self, member_id: UUID) -> int | None:
        """Since when a member is frozen, None for who is not."""
        ...

    def merge(self, gone_id: UUID, into_id: UUID, *, at_us: int, staff_no: int) -> None: ...

    def merged_into(self, member_id: UUID) -> UUID | None: ...

    def set_card_end(self, member_id: UUID, until: date) -> None: ...

    def retire_card(self, old: OldCard) -> None: ...

    def old_cards(self, member_id: UUID) -> tuple[OldCard, ...]:
        """Those that were replaced, the last first."""
        ...

    def old_card(self, card_no: str) -> OldCard | None: ...

    def notes(self, member_id: UUID) -> tuple[Note, ...]:
        """Urgent ones first, then the newest."""
        ...

    def write_note(self, member_id: UUID, note: Note) -> None: ...

    def erase_note(self, member_id: UUID, note_id: UUID) -> bool:
        """Whether there was one."""
        ...
