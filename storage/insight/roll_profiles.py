"""资料: what is kept of members beside their figures, for whoever takes them out of the store."""

# ruff: noqa: S608 - numbers and names of our own, see roll_sql
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.members.profile import KIND, REFERRER, SEX, SOURCE, TAGS
from core.ports.roll import Profiled
from storage.columns import Connection

_FIELDS = (KIND, SEX, SOURCE, TAGS)
_TOLD = (
    "SELECT m.n, p.field, p.value FROM members m JOIN member_profiles p ON p.member_id = m.id "
    f"AND p.field IN ({', '.join(map(repr, _FIELDS))}) WHERE m.n IN ({{}})"
)
_BROUGHT = (
    "SELECT m.n, r.name, r.card_no FROM members m JOIN member_profiles p ON p.member_id = m.id "
    f"AND p.field = '{REFERRER}' LEFT JOIN merged_members g ON g.member_id = unhex(p.value) "
    "JOIN members r ON r.id = coalesce(g.into_id, unhex(p.value)) AND r.name <> '' "
    "WHERE m.n IN ({})"
)
_AGREED = (
    "SELECT m.n, coalesce((SELECT c.is_given FROM consent_changes c WHERE c.member_id = m.id "
    "ORDER BY c.place DESC LIMIT 1), "
    "(SELECT 1 FROM member_consents c WHERE c.member_id = m.id)) AS agreed "
    "FROM members m WHERE m.n IN ({}) AND agreed IS NOT NULL"
)


def profiles_of(source: Connection, numbers: Iterable[int]) -> dict[int, Profiled]:
    """By the numbers of the members; the one who brought somebody is who they are now."""
    wanted = list(numbers)
    among = ",".join(map(str, wanted))
    told: dict[int, dict[str, Any]] = {n: {} for n in wanted}
    for n, field, value in source.execute(_TOLD.format(among), ()).fetchall():
        told[n][field] = value
    for n, name, card_no in source.execute(_BROUGHT.format(among), ()).fetchall():
        told[n] |= {"referrer": name, "referrer_card": card_no}
    for n, agreed in source.execute(_AGREED.format(among), ()).fetchall():
        told[n]["has_agreed"] = bool(agreed)
    return {n: Profiled(**values) for n, values in told.items()}
