"""生平: what happened to one member besides buying, out of the tables of each thing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from core.ports.life import LifeStep, Lived
from core.trust.audit import noted_of
from storage.audit import IS_OF_MEMBER, SUBJECT
from storage.columns import Connection, day_or_none, uuid_or_none
from storage.offer_uses import PERSONS

_NAMED = f"WITH persons(id) AS MATERIALIZED ({PERSONS}) "
_PARTS = (
    (
        "SELECT 'activity', e.at_us, a.business_on, e.staff_no, a.id, a.title, e.place, e.points "
        "FROM enrolled_members AS e JOIN activities AS a ON a.id = e.activity_id "
        "WHERE e.member_id IN persons"
    ),
    (
        "SELECT 'benefit', at_us, business_on, staff_no, NULL, benefit, '', 0 FROM benefit_uses "
        "WHERE member_id IN persons"
    ),
    (
        "SELECT 'benefit_back', r.at_us, r.business_on, r.staff_no, NULL, u.benefit, '', 0 "
        "FROM benefit_uses AS u JOIN benefit_returns AS r ON r.use_id = u.id "
        "WHERE u.member_id IN persons"
    ),
    (
        "SELECT 'coupon', at_us, business_on, staff_no, batch_id, offer, min(code), count(*) "
        "FROM coupon_codes WHERE member_id IN persons GROUP BY batch_id, offer"
    ),
    (
        "SELECT CASE delta WHEN 1 THEN 'coupon_used' ELSE 'coupon_back' END, used.at_us, "
        "used.business_on, coalesce(sales.staff_no, 0), used.sale_id, used.offer, used.code, 0 "
        "FROM offer_uses AS used LEFT JOIN sales ON sales.id = used.sale_id "
        "WHERE used.member_id IN persons AND used.code <> ''"
    ),
    (
        "SELECT 'coupon_withdrawn', w.at_us, w.business_on, w.staff_no, NULL, offer, w.code, 0 "
        "FROM coupon_codes JOIN withdrawn_codes AS w ON w.code = coupon_codes.code "
        "WHERE member_id IN persons"
    ),
    (
        "SELECT 'coupon_expired', 0, ends_on, 0, NULL, offer, code, 0 FROM coupon_codes "
        "WHERE member_id IN persons AND ends_on < ?2 AND NOT coalesce((SELECT sum(delta) > 0 "
        "FROM offer_uses WHERE offer_uses.code = coupon_codes.code AND offer_uses.code <> ''), 0) "
        "AND code NOT IN (SELECT code FROM withdrawn_codes)"
    ),
    (
        "SELECT 'behaviour', at_us, business_on, staff_no, NULL, code, '', points "
        "FROM credited_behaviours WHERE member_id IN persons"
    ),
    (
        "SELECT 'corrected', at_us, business_on, staff_no, NULL, words, '', points "
        "FROM corrections WHERE member_id IN persons"
    ),
    (
        "SELECT 'redeemed', at_us, business_on, staff_no, NULL, name, no, -points "
        "FROM redemptions WHERE member_id IN persons"
    ),
    (
        "SELECT 'redemption_back', u.at_us, u.business_on, u.staff_no, NULL, name, no, r.points "
        "FROM redemptions AS r JOIN undone_redemptions AS u ON u.redemption_id = r.id "
        "WHERE r.member_id IN persons"
    ),
    (
        "SELECT 'merged', at_us, NULL, staff_no, member_id, '', '', 0 FROM merged_members "
        "WHERE into_id = ?1"
    ),
)
_ALL = _NAMED + " UNION ALL ".join(_PARTS)
_NOTED = (
    f"{_NAMED}SELECT seq, CAST(data AS BLOB) FROM audit WHERE {IS_OF_MEMBER} "  # noqa: S608
    f"AND {SUBJECT} IN (SELECT lower(hex(id)) FROM persons)"
)
_FROZEN_FOR = (
    f"{_NAMED}SELECT json_extract(CAST(events.data AS TEXT), '$.at_us'), value "  # noqa: S608
    "FROM private_values JOIN events ON events.id = private_values.event_id "
    f"WHERE member_id IN persons AND field = 'frozen_for'"
)
_DRAWS = (
    f"{_NAMED}SELECT draw_id FROM draw_lists WHERE EXISTS "  # noqa: S608
    "(SELECT 1 FROM persons WHERE instr(draw_lists.members, lower(hex(id))) > 0)"
)
_CASES = (
    f"{_NAMED}SELECT id FROM cases WHERE member_id IN persons OR id IN "  # noqa: S608
    f"(SELECT case_id FROM case_evidence WHERE member_id IN persons) ORDER BY at_us DESC, n"
)


class StoredLife:
    """Implements `core.ports.life.Life`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, member_id: UUID, today: date) -> tuple[Lived, ...]:
        """In no order."""
        given = (member_id.bytes, today.toordinal())
        rows = self._connection.execute(_ALL, given).fetchall()
        return tuple(map(_lived, rows)) + self._noted(member_id)

    def draws(self, member_id: UUID) -> tuple[UUID, ...]:
        """Draws on whose list they are."""
        return self._ids(_DRAWS, member_id)

    def cases(self, member_id: UUID) -> tuple[UUID, ...]:
        """Cases that are about them, or have them in their evidence; the newest first."""
        return self._ids(_CASES, member_id)

    def _noted(self, member_id: UUID) -> tuple[Lived, ...]:
        """What the audit alone knows; why somebody was frozen lies beside the events."""
        rows = self._connection.execute(_NOTED, (member_id.bytes,)).fetchall()
        why = dict(self._connection.execute(_FROZEN_FOR, (member_id.bytes,)).fetchall())
        found = []
        for row in (noted_of(*each) for each in rows):
            what = LifeStep(row.what)
            said = why.get(row.at_us, "") if what is LifeStep.FROZEN else row.said
            found.append(Lived(what, row.at_us, None, row.staff_no, detail=said))
        return tuple(found)

    def _ids(self, asked: str, member_id: UUID) -> tuple[UUID, ...]:
        rows = self._connection.execute(asked, (member_id.bytes,)).fetchall()
        return tuple(UUID(bytes=row[0]) for row in rows)


def _lived(row: tuple[Any, ...]) -> Lived:
    what, at_us, on, staff_no, about, name, detail, points = row
    return Lived(
        LifeStep(what), at_us, day_or_none(on), staff_no, uuid_or_none(about), name, detail, points
    )
