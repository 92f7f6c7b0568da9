"""What tills say of members and points: the bodies of their events, as real ones spell them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.sync.fact import Event, Private
from tests.server.tills import TODAY, TillAtWork, new_id

LAST_DAY = date(2027, 11, 24)
Gave = list[list[object]]


def joins(till: TillAtWork, *, phone: str = "", name: str = "张三", no: str = "") -> UUID:
    """Somebody becomes a member."""
    member = new_id()
    values = {"name": name, "phone": phone, "card_no": no or f"9{member.int % 10**11:011d}"}
    private = [Private(member, field, value, os.urandom(16)) for field, value in values.items()]
    till.make("MemberJoined", {"member": member, "tier": "normal", "consent": 1}, *private)
    return member


def sells(
    till: TillAtWork,
    member: UUID,
    points: int,
    *,
    spent: Gave | None = None,
    escrow: UUID | None = None,
    amount: int = 0,
    debts: Gave | None = None,
) -> tuple[UUID, UUID]:
    """A sale to a member; its own id and that of the lot that it earned."""
    sale, lot = new_id(), new_id()
    body: dict[str, Any] = {
        "basket": {"sale_id": sale.hex, "member_id": member.hex},
        "points": points,
        "lot": {"id": lot, "expires_on": LAST_DAY} if points else None,
    }
    if debts:
        body["debts"] = debts
    amount = amount or sum(int(str(each)) for _, each in spent or ())
    if amount:
        body["spent"] = {"points": amount, "transfer": new_id(), "lots": spent or []}
        if escrow is not None:
            body["spent"]["escrow"] = escrow
    till.make("SaleSettled", body)
    return sale, lot


def takes_back(till: TillAtWork, member: UUID, sale: UUID, points: int, lots: Gave) -> Event:
    """A void of a sale that earned so many points."""
    body = {
        "void": new_id(),
        "sale": sale,
        "member": member,
        "points": points,
        "transfer": new_id(),
        "lots": lots,
    }
    return till.make("SaleVoided", body)


def merges(till: TillAtWork, gone: UUID, into: UUID, *lots: list[object]) -> Event:
    """Two members become one; each lot as [old, amount]."""
    moved = [[old, new_id(), amount, LAST_DAY] for old, amount in lots]
    return till.make("MembersMerged", {"gone": gone, "into": into, "lots": moved, "tier": "silver"})


def writes(till: TillAtWork, kind: str, member: UUID, **values: str) -> Event:
    """A kind that says something of one member, with personal values beside it."""
    private = [Private(member, field, value, os.urandom(16)) for field, value in values.items()]
    return till.make(kind, {"member": member}, *private)


def imports(
    till: TillAtWork, *points: int, tiers: Sequence[str] = (), **more: object
) -> tuple[UUID, list[UUID]]:
    """So many members, each with these opening points, and with these tiers."""
    members, lots = ([new_id() for _ in points] for _ in range(2))
    given = tiers or ["normal"] * len(points)
    rows = zip(members, given, points, strict=True)
    told = [[each.hex, tier, some] for each, tier, some in rows]
    import_id = new_id()
    with_points = [lot.hex for lot, some in zip(lots, points, strict=True) if some]
    record = '{"card_no":"800","name":"李四"}'
    private = [Private(each, "record", record, os.urandom(16)) for each in members]
    body = {"import": import_id, "members": told, "lots": "".join(with_points)}
    till.make("MembersImported", body | {"expires_on": LAST_DAY} | more, *private)
    return import_id, members


def parts(till: TillAtWork, gone: UUID, into: UUID, *lots: list[object], at_us: int) -> Event:
    """A merge is undone; each lot as [old, amount]."""
    moved = [[old, new_id(), amount, LAST_DAY] for old, amount in lots]
    return till.make_at("MembersParted", {"gone": gone, "into": into, "lots": moved}, TODAY, at_us)
