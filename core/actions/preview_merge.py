"""合并之前: what a merge would do, in numbers, before anybody presses anything."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow
from core.actions.counter import file_now
from core.actions.merge_members import Merging, merging_of
from core.actions.merged_fields import FieldOfTwo, differing_fields
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.moment import months_before

YEAR_MONTHS = 12


class MergePreview(Struct, frozen=True):
    """What a merge would do, in numbers; names and cards of `merging` are masked by who shows them.

    `fields` are those that somebody may choose in; `coupons`, `notes`, `bought` come over.
    """

    merging: Merging
    tier: str
    fields: tuple[FieldOfTwo, ...]
    coupons: int
    notes: int
    bought: int
    elder_is_gone: bool


def preview_merge(shop: Shop, gone_id: UUID, into_id: UUID, *, staff: Staff) -> MergePreview:
    """Nothing is written. Raises as `merge_members`, before anybody presses anything."""
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        allow(reading, staff, Right.MERGE_MEMBERS, now_us=moment.at_us)
        rulebook = reading.rulebooks.current()
        files = [file_now(reading, each, rulebook, moment) for each in (gone_id, into_id)]
        merging = merging_of(reading, moment, rulebook, *files)
        gone, into = merging.gone.member, merging.into.member
        since = months_before(moment.business_on, YEAR_MONTHS)
        return MergePreview(
            merging,
            rulebook.scheme.tier(merging.tier).name,
            differing_fields(reading, gone, into),
            len(reading.coupon_codes.held(gone.id, moment.business_on)),
            len(reading.standings.notes(gone.id)),
            sum(row.is_sale for row in reading.figures.bought(gone.id, since=since)),
            gone.joined_on < into.joined_on,
        )
