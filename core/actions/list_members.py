"""列名录: how members stand in the directory is worked out anew where their data changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from core.members.masks import mask_name
from core.ports.listed import Listed
from core.ports.office import OfficeWriting
from core.ports.readings import ChainMember
from core.sync.directory import Blind, blind_key
from core.sync.effects import FROZEN, NAME, TIER


def list_members(tx: OfficeWriting, roots: Collection[UUID]) -> None:
    """Who became another, or is nobody, is not listed any more."""
    if not roots:
        return
    key = tx.chain_key
    listed = [listed_as(person, key) for person in tx.members.some(roots).values()]
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


def _blind(chain_key: bytes, what: Blind, values: Iterable[str]) -> tuple[bytes, ...]:
    return tuple(blind_key(chain_key, what, value) for value in values)
