"""撤销导入: which imports there were, what taking one back comes to, and taking it back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow
from core.errors import ImportGone, ImportTooOld
from core.ports.past_imports import DAYS_TO_TAKE_BACK, OnDone, Outlook, PastImport
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.moment import local_time

_DAY_US = 86_400_000_000


class ImportLine(Struct, frozen=True):
    """A past import: when by the clock on the wall, who, and whether it can be taken back."""

    past: PastImport
    at: datetime
    staff_name: str
    can_go_back: bool


def past_imports(shop: Shop, *, staff: Staff) -> tuple[ImportLine, ...]:
    """The newest first. Raises NotAllowed, StaffGone."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.IMPORT_TABLES, now_us=shop.clock.now_us())
        names, zone = {each.no: each.name for each in reading.people.all()}, reading.till.zone
    return tuple(
        ImportLine(
            each,
            local_time(each.started_us, zone),
            names.get(each.staff_no, ""),
            _why_not(shop, each) is None,
        )
        for each in shop.store.past_imports.all()
    )


def look_at_import(shop: Shop, import_id: UUID, on_done: OnDone, *, staff: Staff) -> Outlook:
    """What taking it back would come to now; nothing is changed.

    Raises ImportTooOld, ImportGone, NotAllowed, StaffGone, and what `on_done` raises.
    """
    with shop.store.read() as reading:
        allow(reading, staff, Right.IMPORT_TABLES, now_us=shop.clock.now_us())
    _import(shop, import_id)
    return shop.store.past_imports.look(import_id, on_done)


def take_import_back(shop: Shop, import_id: UUID, on_done: OnDone, *, staff: Staff) -> Outlook:
    """Take it back, but for whom the shop has met since and what was sold; what it came to.

    Whoever stops it (by what `on_done` raises) leaves the rest to the till. The audit says who
    began it, and what it came to. Raises as `look_at_import`, and ImportRunning.
    """
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        allow(tx, staff, Right.IMPORT_TABLES, now_us=now_us)
        found = _import(shop, import_id)
        tx.audit.note(
            "import_back_begun",
            at_us=now_us,
            staff_no=staff.no,
            subject=found.file_name,
            detail=found.what,
        )
    came = None
    try:
        came = shop.store.past_imports.take_back(import_id, shop.now(), on_done)
        return came
    finally:
        with shop.store.write() as tx:
            tx.audit.note(
                "import_back_ended",
                at_us=shop.clock.now_us(),
                staff_no=staff.no,
                subject=str(0 if came is None else came.gone + came.restored),
                detail=f"{found.what} {_said(came)}",
            )


def _said(came: Outlook | None) -> str:
    if came is None:
        return "stopped"
    return f"{came.gone} {came.restored} {sum(came.stays.values())}"


def _import(shop: Shop, import_id: UUID) -> PastImport:
    found = shop.store.past_imports.get(import_id)
    if found is None:
        raise ImportGone()
    why_not = _why_not(shop, found)
    if why_not is not None:
        raise why_not
    return found


def _why_not(shop: Shop, found: PastImport) -> ImportGone | ImportTooOld | None:
    """Why it cannot be taken back, if so; what was begun can be brought to its end."""
    if found.taken_back_us:
        return None if found.is_under_way else ImportGone()
    if found.started_us < shop.clock.now_us() - DAYS_TO_TAKE_BACK * _DAY_US:
        return ImportTooOld(DAYS_TO_TAKE_BACK)
    return None
