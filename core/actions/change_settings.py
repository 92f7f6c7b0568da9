"""改设置: how the screen looks, anybody may choose; what concerns everybody takes a right."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from core.actions.allow import allow, noted
from core.changes import Changes
from core.errors import NotLoggedIn
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.settings import APPEARANCE, Settings

Keep = Callable[[Settings], None]


class SettingsChanged(Struct, frozen=True):
    """What holds from now on."""

    settings: Settings
    changes: Changes = Changes.SETTINGS


def change_settings(
    shop: Shop,
    before: Settings,
    after: Settings,
    *,
    keep: Keep,
    staff: Staff | None = None,
    approval: Approval | None = None,
) -> SettingsChanged:
    """Keep `after`; raises NotLoggedIn or NotAllowed where it touches more than the appearance.

    `keep` writes the file, within the transaction of its audit row: there is never one without the
    other, unless the machine stops between them.
    """
    shared = [name for name in before.differences(after) if name not in APPEARANCE]
    if not shared:
        keep(after)
        return SettingsChanged(after)
    if staff is None:
        raise NotLoggedIn()
    detail = " ".join(f"{name}={getattr(after, name)}" for name in shared)
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        answers = allow(tx, staff, Right.CHANGE_SETTINGS, now_us=now_us, approval=approval)
        said = noted(detail, staff, answers)
        tx.audit.note("settings_changed", at_us=now_us, staff_no=staff.no, detail=said)
        keep(after)
    return SettingsChanged(after)
