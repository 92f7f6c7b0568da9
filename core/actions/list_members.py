"""列名录: how members stand in the directory is worked out anew where their data changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from msgspec.structs import replace

from core.members.held_tiers import TierHold, held_each
from core.members.masks import mask_name
from core.ports.listed import Listed
from core.ports.office import OfficeWriting
from core.ports.readings import ChainMember
from core.sync.directory import Blind, blind_key
from core.sync.effects import FROZEN, NAME, TIER, TIER_BASE
from core.sync.terms import base_of


def list_members(tx: OfficeWriting, roots: Collection[UUID]) -> None:
    """Who became another, or is nobody, is not listed any more."""
    if not roots:
        return
    key = tx.chain_key
    holds = tx.tier_terms.held(roots)
    listed = [
        replace(listed_as(person, key), ends_on=_ends_on(person, holds.get(root, ())))
        for root, person in tx.members.some(roots).items()
    ]
    tx.directory.keep([each for each in listed if each.name or each.cards], of=roots)


def listed_as(person: ChainMember, chain_key: bytes) -> Listed:
    """Whoever took their consent back is found by nobody: no name, and no keys."""
    fields = person.fields
    tier, is_frozen = fields.get(TIER) or "", fields.get(FROZEN) is not None
    if person.is_withdrawn:
        return Listed(person.id, "", tier, is_frozen)
    return Listed(
        person.id,
        mask_name(fields[NAME] or "") if fields.get(NAME) else "",
        tier,
        is_frozen,
        _blind(chain_key, Blind.CARD, person.cards),
        _blind(chain_key, Blind.PHONE, person.phones),
    )


def _ends_on(person: ChainMember, holds: Iterable[TierHold]) -> date | None:
    """The first last day of what figures, cards and grants give them.

    Where an earlier program did not tell it, it is the day on which it gave the tier.
    """
    days = [each.until for each in held_each(holds)]
    base = base_of(person.fields.get(TIER_BASE))
    last = None if base is None else base.until or base.given_on
    return min([*days, last] if last else days, default=None)


def _blind(chain_key: bytes, what: Blind, values: Iterable[str]) -> tuple[bytes, ...]:
    return tuple(blind_key(chain_key, what, value) for value in values)
