"""养着: what happens by itself is looked at, changed, and done at once where a person wants it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow
from core.changes import Changes
from core.errors import BadRoutine, RoutineBroken, RoutineBusy, RoutineElsewhere, Shortfall
from core.ports import OnProgress, unheard
from core.ports.keeping import BACKUP, DRILL, Done, Drilled, Kept
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.moment import local_time
from core.values.routine import Routine, backup_is_due, drill_is_due

AGAIN_US = 30 * 60 * 1_000_000
"""What failed is tried again after so long."""
Said = Callable[[Shortfall], str]


class Running(Struct, frozen=True):
    """例行 as it stands: what is to happen, what happened, and the backups that there are.

    `there` are those of the chosen folder; `zone` is the shop's own. `broken`: nobody can read
    what was to happen.
    """

    routine: Routine
    done: dict[str, Done]
    here: tuple[Kept, ...]
    there: tuple[Kept, ...]
    now_us: int
    zone: tzinfo
    broken: RoutineBroken | None = None


class RoutineChanged(Struct, frozen=True):
    """What happens from now on; `is_out_of_reach`: copies cannot go into their folder just now."""

    routine: Routine
    is_out_of_reach: bool = False
    changes: Changes = Changes.SETTINGS


def look_at_running(shop: Shop, *, staff: Staff) -> Running:
    """Raises NotAllowed for who may not look at takings."""
    keeping = shop.store.keeping
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        zone = reading.till.zone
    broken = None
    try:
        routine = keeping.routine()
    except RoutineBroken as error:
        routine, broken = Routine(), error
    folder = routine.backup_folder
    there = keeping.backups(folder) if folder else ()
    now_us = shop.clock.now_us()
    return Running(routine, keeping.done(), keeping.backups(), there, now_us, zone, broken)


def change_routine(shop: Shop, before: Routine, after: Routine, *, staff: Staff) -> RoutineChanged:
    """Let `after` happen from now on, where `before` is what was to happen until now.

    Raises NotAllowed, BadRoutine, RoutineElsewhere.
    """
    keeping = shop.store.keeping
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        allow(tx, staff, Right.CHANGE_SETTINGS, now_us=now_us)
        if not after.is_sound:
            raise BadRoutine()
        if _held(shop) != before:
            raise RoutineElsewhere()
        detail = f"backup={after.backup_hour} kept={after.backups_kept} " + " ".join(
            f"{order.question}:{order.every}:{order.kind}" for order in after.reports
        )
        tx.audit.note("routine_changed", at_us=now_us, staff_no=staff.no, detail=detail.strip())
        keeping.keep_routine(after)
    folder = after.backup_folder
    return RoutineChanged(after, bool(folder) and not keeping.takes_files(folder))


def _held(shop: Shop) -> Routine:
    """A spoilt file is written anew by whoever says what is to happen."""
    try:
        return shop.store.keeping.routine()
    except RoutineBroken:
        return Routine()


def back_up_now(shop: Shop, *, staff: Staff, on_progress: OnProgress = unheard) -> str:
    """A verified backup, into the chosen folder too; where it lies.

    Raises NotAllowed, RoutineBusy, NoFolder, and what the disk does.
    """
    _note(shop, staff, "backup_made")
    with shop.store.keeping.turn() as is_ours:
        if not is_ours:
            raise RoutineBusy()
        return _back_up(shop, on_progress)


def drill_now(shop: Shop, *, staff: Staff) -> Drilled:
    """恢复演练 of the newest backup. Raises NotAllowed, RoutineBusy, NoBackup, StoreDamaged, …."""
    _note(shop, staff, "backup_tried")
    with shop.store.keeping.turn() as is_ours:
        if not is_ours:
            raise RoutineBusy()
        return _drill(shop)


def keep_up(shop: Shop, said: Said) -> None:
    """A backup and a drill where they are due, at whose turn it is; `said` words what went wrong.

    What went wrong is kept, and tried again after half an hour.
    """
    keeping, now_us = shop.store.keeping, shop.clock.now_us()
    routine, done = keeping.routine(), keeping.done()
    with shop.store.read() as reading:
        zone = reading.till.zone
    now = local_time(now_us, zone)

    def waits(what: str) -> bool:
        return now_us - done.get(what, Done()).failed_us < AGAIN_US

    last = _last(done, BACKUP)
    at = None if last is None else local_time(last, zone)
    if backup_is_due(routine.backup_hour, at, now) and not waits(BACKUP):
        _tried(shop, BACKUP, said, lambda: _back_up(shop, unheard))
    last = _last(done, DRILL)
    at = None if last is None else local_time(last, zone)
    has_any = bool(keeping.backups())
    if routine.drills and has_any and drill_is_due(at, now) and not waits(DRILL):
        _tried(shop, DRILL, said, lambda: _drill(shop))


def _last(done: dict[str, Done], what: str) -> int | None:
    return done.get(what, Done()).done_us or None


def _tried(shop: Shop, what: str, said: Said, do: Callable[[], object]) -> None:
    try:
        do()
    except Shortfall as error:
        note_trouble(shop, what, said(error))


def note_trouble(shop: Shop, what: str, sentence: str) -> None:
    """It could not be done; when it was done last stays."""
    keeping = shop.store.keeping
    before = keeping.done().get(what, Done())
    keeping.note(what, replace(before, trouble=sentence, failed_us=shop.clock.now_us()))


def _back_up(shop: Shop, on_progress: OnProgress) -> str:
    keeping = shop.store.keeping
    path = keeping.back_up(_held(shop), on_progress)
    keeping.note(BACKUP, Done(shop.clock.now_us(), facts={"path": path}))
    return path


def _drill(shop: Shop) -> Drilled:
    keeping = shop.store.keeping
    found = keeping.drill()
    facts: dict[str, str | int] = {
        "backup": found.backup,
        "seconds": found.seconds,
        "sales": found.sales,
        "members": found.members,
        "findings": len(found.findings),
        "other_engines": found.other_engines,
    }
    keeping.note(DRILL, Done(shop.clock.now_us(), facts=facts))
    return found


def _note(shop: Shop, staff: Staff, what: str) -> None:
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        allow(tx, staff, Right.CHANGE_SETTINGS, now_us=now_us)
        tx.audit.note(what, at_us=now_us, staff_no=staff.no)
