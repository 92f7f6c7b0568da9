"""核对会员的等级: a member's tier is what was told of it last, by an event or a kept change.

It was given when somebody joined or was imported, or by the last of the changes of their figures;
whatever came later holds. An import that was taken back told nothing but of who stayed; while one
is being taken back nobody knows yet, and nothing is said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from storage.columns import Connection
from storage.import_record import UNDOING, UNDONE

_CHANGED = (
    "SELECT last.member_id FROM tier_changes AS last "
    "JOIN members ON members.id = last.member_id WHERE last.n = "
    "(SELECT max(n) FROM tier_changes WHERE member_id = last.member_id) "
    "AND (tier <> tier_after OR coalesce(tier_until, until_after) IS NOT until_after)"
)
_TOLD = (
    "SELECT id, tier, coalesce((SELECT max(at_us) FROM tier_changes WHERE member_id = id), -1) "
    "FROM members WHERE id IN (%s)"
)
JOINED, IMPORTED = HEARD = ("MemberJoined", "MembersImported")
"""The events that say which tier somebody has."""

_UNDONE_TOLD = "SELECT CAST(data AS TEXT) FROM events WHERE kind = 'ImportUndone'"
_STATES = "SELECT id, state FROM imports WHERE state IN (?, ?)"
_AT_ONCE = 500


class MemberTiers:
    """Hears the events in their order; then says whose tier is another than the last one told."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        states = connection.execute(_STATES, (UNDOING, UNDONE)).fetchall()
        self._undone = {bytes(ident).hex() for ident, _ in states}
        self._kept = _kept(connection) if self._undone else {}
        self._is_unsure = any(state == UNDOING for _, state in states)
        changed = connection.execute(_CHANGED).fetchall()
        self._suspects = {bytes(ident) for (ident,) in changed}

    def hear(self, kind: str, said: dict[str, Any]) -> None:
        """An event, by its kind and what it says."""
        body = said["body"]
        if kind == JOINED and "tier" in body:
            self._told({bytes.fromhex(body["member"]): body["tier"]}, said["at_us"])
        elif kind == IMPORTED:
            tiers = {ident: tier for ident, tier, _ in body["members"] if tier}
            if body["import"] in self._undone:
                kept = self._kept.get(body["import"], frozenset())
                tiers = {ident: tier for ident, tier in tiers.items() if ident in kept}
            self._told({bytes.fromhex(ident): tiers[ident] for ident in tiers}, said["at_us"])

    def wrong(self) -> Iterator[str]:
        """Whose tier nobody gave."""
        if not self._is_unsure:
            yield from sorted(ident.hex() for ident in self._suspects)

    def _told(self, tiers: dict[bytes, str], at_us: int) -> None:
        asked = list(tiers)
        for at in range(0, len(asked), _AT_ONCE):
            some = asked[at : at + _AT_ONCE]
            sql = _TOLD % ",".join("?" * len(some))
            for ident, tier, changed_us in self._connection.execute(sql, some).fetchall():
                if changed_us >= at_us:
                    continue
                if tier == tiers[ident]:
                    self._suspects.discard(ident)
                else:
                    self._suspects.add(ident)


def _kept(connection: Connection) -> dict[str, frozenset[str]]:
    """Who stayed as each import had them that was taken back."""
    found = connection.execute(_UNDONE_TOLD).fetchall()
    bodies = [json.loads(data)["body"] for (data,) in found]
    return {body["import"]: frozenset(body["kept"]) for body in bodies}
