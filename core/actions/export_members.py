"""导出会员: whom conditions mean, row by row into a file; above a hundred somebody else says yes.

The audit says who took how many, by which conditions, which columns, masked or whole, and who
approved it, before the first row is given; where the file did not come to its end it says so, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct

from core.actions.allow import allow, allow_second, here, noted
from core.errors import Cancelled, NobodyToExport, Shortfall
from core.members.masks import mask_card, mask_name, mask_phone
from core.members.member import Birthday
from core.members.phone import format_phone
from core.members.segment import check_segment, written
from core.ports import Reading
from core.ports.roll import RolledMember, Taken, Wanted
from core.shop import Shop
from core.trust.rights import Approval, Right, may
from core.trust.staff import Staff

ALONE = 100
T = TypeVar("T")


class MemberColumn(StrEnum):
    """What of a member may stand in the file."""

    NAME = "name"
    PHONE = "phone"
    CARD = "card"
    TIER = "tier"
    POINTS = "points"
    SPENT = "spent"
    LAST = "last"
    BIRTHDAY = "birthday"
    NEXT = "next"
    JOINED = "joined"
    KIND = "kind"
    SEX = "sex"
    SOURCE = "source"
    REFERRER = "referrer"
    TAGS = "tags"
    CONSENT = "consent"


PROFILED = frozenset(
    {
        MemberColumn.KIND,
        MemberColumn.SEX,
        MemberColumn.SOURCE,
        MemberColumn.REFERRER,
        MemberColumn.TAGS,
        MemberColumn.CONSENT,
    }
)
"""What is looked up only where it is asked."""


class ExportWish(Struct, frozen=True):
    """Whom and what of them; `is_whole`: names, phones, cards and birthdays are not masked.

    `REFERRER` is a name and a card like others; `TAGS` are empty for who may not see what is said
    of somebody's health.
    """

    wanted: Wanted
    columns: tuple[MemberColumn, ...]
    is_whole: bool = False


class ExportLine(Struct, frozen=True):
    """A row. `spent_fen` is of twelve months; of a masked one `born` is None.

    `kind`, `sex` and `source` are codes; `has_agreed` is None for who was never asked here.
    """

    name: str
    phone: str
    card: str
    tier: str
    points: int
    spent_fen: int | None
    last_on: date | None
    born: Birthday | None
    birthday_on: date | None
    joined_on: date | None
    kind: str = ""
    sex: str = ""
    source: str = ""
    referrer: str = ""
    tags: str = ""
    has_agreed: bool | None = None


class _Seen(Struct, frozen=True):
    """Tiers by what they are called, and whether whoever exports may read the tags."""

    tiers: dict[str, str]
    sees_tags: bool


Write = Callable[[int, Iterator[ExportLine]], T]
"""Takes how many there are, and them; what it returns is what the export returns."""


def export_members(
    shop: Shop,
    wish: ExportWish,
    write: Write[T],
    *,
    staff: Staff,
    approval: Approval | None = None,
) -> T:
    """Let `write` have the rows; what it raises ends the export. On any thread.

    Raises NotAllowed, StaffGone, ApprovalSpent, BadSegment, NobodyToExport, RollNotReady.
    """
    with shop.store.read() as reading:
        allow(reading, staff, Right.EXPORT_MEMBERS, now_us=shop.clock.now_us())
    check_segment(wish.wanted.segment)
    with shop.store.insight.roll.take(wish.wanted) as taken:
        if not taken.members:
            raise NobodyToExport()
        seen = _begin(shop, wish, taken.members, staff, approval)
        try:
            return write(taken.members, _lines(taken, wish, seen))
        except Shortfall as error:
            _note_end(shop, taken.members, staff, is_cancelled=isinstance(error, Cancelled))
            raise


def _begin(
    shop: Shop, wish: ExportWish, members: int, staff: Staff, approval: Approval | None
) -> _Seen:
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        answers = _allowed(tx, wish, members, staff, approval, now_us)
        said = [
            "whole" if wish.is_whole else "masked",
            ",".join(wish.columns),
            written(wish.wanted.segment),
            "searched" if wish.wanted.text else "",
        ]
        tx.audit.note(
            "members_exported",
            at_us=now_us,
            staff_no=staff.no,
            subject=str(members),
            detail=noted(" ".join(filter(None, said)), staff, answers, takes_two=members > ALONE),
        )
        scheme = tx.rulebooks.current().scheme
        names = {tier.code: tier.name for tier in scheme.tiers}
        return _Seen(names, may(here(tx, staff), Right.SEE_HEALTH))


def _allowed(
    reading: Reading,
    wish: ExportWish,
    members: int,
    staff: Staff,
    approval: Approval | None,
    now_us: int,
) -> int:
    """Whoever answers for it."""
    answers = allow(reading, staff, Right.EXPORT_MEMBERS, now_us=now_us)
    if wish.is_whole:
        allow(reading, staff, Right.SEE_PERSONAL, now_us=now_us)
    if members <= ALONE:
        return answers
    return allow_second(reading, staff, Right.EXPORT_MEMBERS, now_us=now_us, approval=approval)


def _note_end(shop: Shop, members: int, staff: Staff, *, is_cancelled: bool) -> None:
    with shop.store.write() as tx:
        tx.audit.note(
            "export_stopped",
            at_us=shop.clock.now_us(),
            staff_no=staff.no,
            subject=str(members),
            detail="cancelled" if is_cancelled else "failed",
        )


def _lines(taken: Taken, wish: ExportWish, seen: _Seen) -> Iterator[ExportLine]:
    with_profiles = not PROFILED.isdisjoint(wish.columns)
    for batch in taken.batches(with_profiles=with_profiles):
        for row in batch:
            if row is not None:
                yield _line(row, seen, is_whole=wish.is_whole)


def _line(row: RolledMember, seen: _Seen, *, is_whole: bool) -> ExportLine:
    member, more = row.member, row.profile
    phone = member.phone or ""
    name, card = (str, str) if is_whole else (mask_name, mask_card)
    referrer = f"{name(more.referrer)} {card(more.referrer_card)}" if more.referrer else ""
    return ExportLine(
        name(member.name),
        (format_phone(phone) if is_whole else mask_phone(phone)) if phone else "",
        card(member.card_no),
        seen.tiers.get(row.tier, row.tier),
        row.points,
        row.spent_fen,
        row.last_on,
        member.birthday if is_whole else None,
        row.birthday_on,
        None if member.is_visitor else member.joined_on,
        more.kind,
        more.sex,
        more.source,
        referrer,
        more.tags if seen.sees_tags else "",
        more.has_agreed,
    )
