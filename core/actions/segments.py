"""存下的条件: conditions on members get a name, another one, or go; and whom they mean now."""

from __future__ import annotations

from uuid import UUID

from core.actions.allow import allow
from core.errors import NoSuchSegment, SegmentNameTaken
from core.members.segment import (
    SavedSegment,
    Segment,
    check_segment,
    check_segment_name,
    written,
)
from core.ports import Reading
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff

EVERYBODY = 2**31 - 1


def saved_segments(shop: Shop, *, staff: Staff) -> tuple[SavedSegment, ...]:
    """All of them, the oldest first. Raises NotAllowed, StaffGone."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        return reading.segments.all()


def segments_counted(shop: Shop, *, staff: Staff) -> tuple[tuple[SavedSegment, int], ...]:
    """The same, each with how many members it means; on the thread of the roll."""
    saved = saved_segments(shop, staff=staff)
    counts = shop.store.insight.roll.count([each.conditions for each in saved])
    return tuple(zip(saved, counts, strict=True))


def keep_segment(
    shop: Shop, name: str, conditions: Segment, *, staff: Staff, segment_id: UUID | None = None
) -> SavedSegment:
    """Conditions under a name; those of `segment_id` become these.

    Raises NotAllowed, StaffGone, BadSegment, BadSegmentName, SegmentNameTaken, NoSuchSegment.
    """
    check_segment(conditions)
    called = check_segment_name(name)
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        allow(tx, staff, Right.LOOK_AT_TAKINGS, now_us=now_us)
        if any(each.name == called and each.id != segment_id for each in tx.segments.all()):
            raise SegmentNameTaken(called)
        if segment_id is not None:
            _known(tx, segment_id)
        saved = SavedSegment(segment_id or shop.new_id(), called, conditions)
        tx.segments.keep(saved, at_us=now_us, staff_no=staff.no)
        tx.audit.note(
            "segment_kept",
            at_us=now_us,
            staff_no=staff.no,
            subject=called,
            detail=written(conditions),
        )
        return saved


def remove_segment(shop: Shop, segment_id: UUID, *, staff: Staff) -> None:
    """No name stands for these conditions any more. Raises NotAllowed, StaffGone, NoSuchSegment."""
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        allow(tx, staff, Right.LOOK_AT_TAKINGS, now_us=now_us)
        saved = _known(tx, segment_id)
        tx.segments.remove(segment_id)
        tx.audit.note("segment_removed", at_us=now_us, staff_no=staff.no, subject=saved.name)


def members_of_segment(
    shop: Shop, segment_id: UUID, *, staff: Staff, most: int = EVERYBODY
) -> tuple[UUID, ...]:
    """Whom saved conditions mean now, in the order in which they joined; on any thread.

    Raises NotAllowed, StaffGone, NoSuchSegment; RollNotReady until the roll can be asked.
    """
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        saved = _known(reading, segment_id)
    return shop.store.insight.roll.meant(saved.conditions, most)


def _known(reading: Reading, segment_id: UUID) -> SavedSegment:
    saved = reading.segments.get(segment_id)
    if saved is None:
        raise NoSuchSegment()
    return saved
