"""下发: what head office lets hold on all tills, with the day from which it does.

Which rulebook holds on a day is asked of the list alone: the one that began last, of the same day
the one of the higher version. So every till comes to the same answer, whenever it hears of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, timedelta

from msgspec import Raw, Struct

from core.actions.begin_session import branch_of
from core.errors import BeginsTooEarly, NoRulebook, OldRulebook
from core.ports.feed import Asking
from core.ports.issued import IssuedRulebook
from core.ports.office import OfficeReading
from core.rulebook.parse import record_of
from core.rulebook.rulebook import Rulebook
from core.shop import HeadOffice
from core.sync.feed import RULEBOOK, RulebookIssued
from core.values.canonical import canonical
from core.values.moment import local_time

Begins = Sequence[tuple[int, date]]
"""Versions with their days, in the order in which they begin."""


class Issued(Struct, frozen=True):
    """下发了: which version, from which day, and the next one that takes its place, if any."""

    version: int
    begins_on: date
    is_new: bool
    replaced_by: tuple[int, date] | None


def check_issue(office: HeadOffice, rulebook: Rulebook, *, begins_on: date, today: date) -> None:
    """Whether it can be issued; raises OldRulebook, BeginsTooEarly."""
    with office.store.read() as reading:
        _check(reading, rulebook, begins_on, today)


def issue_rulebook(
    office: HeadOffice, rulebook: Rulebook, *, begins_on: date, today: date
) -> Issued:
    """Let it hold on every till from a business day on; the same one again may get another day.

    Raises OldRulebook where another one has its version or a higher one, and BeginsTooEarly: what
    was sold is never priced anew.
    """
    record = canonical(record_of(rulebook))
    with office.store.write() as tx:
        known = _check(tx, rulebook, begins_on, today)
        is_new = known is None or known.begins_on != begins_on
        if is_new:
            now_us = office.clock.now_us()
            kept = IssuedRulebook(rulebook.version, begins_on, record, now_us)
            tx.issued_rulebooks.keep(kept)
            tx.changes.note(RULEBOOK, str(rulebook.version))
        following = _following(tx.issued_rulebooks.begins(), rulebook.version)
    return Issued(rulebook.version, begins_on, is_new, following)


def _check(
    reading: OfficeReading, rulebook: Rulebook, begins_on: date, today: date
) -> IssuedRulebook | None:
    begins = reading.issued_rulebooks.begins()
    known = next(iter(reading.issued_rulebooks.some([rulebook.version])), None)
    newest = max((version for version, _ in begins), default=0)
    is_same = known is not None and known.record == canonical(record_of(rulebook))
    if not is_same and rulebook.version <= newest:
        raise OldRulebook(rulebook.version, newest)
    if begins_on < today and (known is None or known.begins_on != begins_on):
        raise BeginsTooEarly(begins_on.isoformat())
    return known


def _following(begins: Begins, version: int) -> tuple[int, date] | None:
    versions = [each for each, _ in begins]
    behind = versions.index(version) + 1
    return begins[behind] if behind < len(begins) else None


def holding(begins: Begins, on: date) -> int | None:
    """The version that holds on a day; None before the first one."""
    began = [version for version, begins_on in begins if begins_on <= on]
    return began[-1] if began else None


def rulebook_on(office: HeadOffice, token: str, on: date | None = None) -> RulebookIssued:
    """The one that holds on a business day, or today in UTC; raises SessionOver, NoRulebook."""
    with office.store.read() as reading:
        branch_of(office, reading, token)
        version = holding(reading.issued_rulebooks.begins(), on or _today(office))
        if version is None:
            raise NoRulebook()
        (found,) = reading.issued_rulebooks.some([version])
    return _issued(found)


def rulebooks_for_tills(
    reading: OfficeReading, _asking: Asking, versions: Collection[str], now_us: int
) -> dict[str, Struct]:
    """Those that hold, or will: no till asks for one that was over before it came."""
    begins = reading.issued_rulebooks.begins()
    yesterday = local_time(now_us, UTC).date() - timedelta(days=1)
    first = holding(begins, yesterday)
    known = [version for version, _ in begins]
    wanted = known[known.index(first) :] if first is not None else known
    asked = [version for version in wanted if str(version) in versions]
    return {str(each.version): _issued(each) for each in reading.issued_rulebooks.some(asked)}


def _issued(kept: IssuedRulebook) -> RulebookIssued:
    return RulebookIssued(kept.version, kept.begins_on, Raw(kept.record))


def _today(office: HeadOffice) -> date:
    return local_time(office.clock.now_us(), UTC).date()
