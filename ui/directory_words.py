"""名录，在话里: how the directory of the chain's members is, and how far one is that is taken."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from core.ports.directory import Condition
from ui.catalogue import tr
from ui.moment_words import when

if TYPE_CHECKING:
    from core.actions.take_snapshot import Known, Progress


def taking_words(taking: Progress) -> str:
    """How far it is: 412,000 / 1,000,000."""
    total, members = f"{taking.total:,}", f"{taking.members:,}"
    return tr("会员名录 {total} / {members}", total=total, members=members)


def directory_words(
    known: Known | None, taking: Progress | None, now_us: int, zone: tzinfo
) -> tuple[str, str]:
    """A line about it, and the colour that it has."""
    if taking is not None and not taking.is_done:
        total, members = f"{taking.total:,}", f"{taking.members:,}"
        if not taking.is_told:
            return tr("正在收本店的会员"), "ink"
        return tr("正在收，{total} / {members} 人", total=total, members=members), "ink"
    if known is None:
        return tr("还不知道"), "ink"
    if known.condition is Condition.NONE:
        return tr("还没有"), "ink"
    if known.condition is Condition.LOST:
        return tr("读不了，会重新要一份；收款照常"), "warn_text"
    members, since = f"{known.members:,}", when(known.at_us or 0, now_us, zone)
    return tr("{members} 人，{since} 收好", members=members, since=since), "ink"
