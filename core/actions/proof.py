"""审计: the log of who did what is looked through, checked and taken out, by whoever may.

A long log is gone through in pieces of `AT_ONCE` rows, the newest first: whoever looks sees what
was found so far, and may turn away at any moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow, noted
from core.errors import TooManyRows
from core.members.masks import mask_card, mask_name
from core.ports import Reading
from core.ports.upkeep import Finding
from core.shop import Shop
from core.trust.audit import START, Noted, broken_rows
from core.trust.audit_kinds import ABOUT, KINDS_OF, About, Group
from core.trust.rights import Approval, Right
from core.trust.staff import Staff

AT_ONCE = 10_000
MOST_EXPORTED = 100_000
_HEX_ID = 32


class Wanted(Struct, frozen=True):
    """What is looked for; what is left out is not asked.

    `from_us` is the first instant, `until_us` the first that is too late. `texts`: one of them
    stands in the subject or the detail, however it is written.
    """

    kinds: frozenset[str] = frozenset()
    is_approved: bool = False
    staff_no: int | None = None
    from_us: int | None = None
    until_us: int | None = None
    texts: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether every row is meant."""
        return self == EVERYTHING

    def fits(self, row: Noted) -> bool:
        """Whether a row is one of those."""
        if self.kinds and row.what not in self.kinds:
            return False
        if self.staff_no is not None and self.staff_no not in (row.staff_no, row.approved_by):
            return False
        if self.from_us is not None and row.at_us < self.from_us:
            return False
        if self.until_us is not None and row.at_us >= self.until_us:
            return False
        if self.is_approved and row.approved_by is None:
            return False
        if not self.texts:
            return True
        written = f"{row.subject} {row.said}".casefold()
        return any(text in written for text in self.texts)


EVERYTHING = Wanted()


class Found(Struct, frozen=True):
    """Numbers of rows that fit, the newest first; go on below `reached`, 0: it is all."""

    seqs: tuple[int, ...]
    reached: int


class Tally(Struct, frozen=True):
    """How many rows of each group there were since an instant; `reached` as in `Found`."""

    counts: dict[Group, int]
    reached: int


class Seen(Struct, frozen=True):
    """When people were added and when they logged in last, by number; `reached` as in `Found`."""

    added: dict[int, int]
    logged_in: dict[int, int]
    reached: int


class AuditLine(Struct, frozen=True):
    """A row with its names. `subject` is masked where it is a member, "" where nobody knows it.

    `is_there`: whether the log still has the row.
    """

    row: Noted
    who: str = ""
    approver: str = ""
    about: About = About.NOTHING
    subject: str = ""
    is_there: bool = True


class AuditPage(Struct, frozen=True):
    """Rows in the order they were asked for, and what codes of the rulebook are called.

    `people`: names by the number as it is written in a detail.
    """

    lines: tuple[AuditLine, ...]
    names: dict[str, str]
    people: dict[str, str]
    zone: tzinfo


class Checked(Struct, frozen=True):
    """How far the chain was checked: number and hash of the last row, and what was wrong so far.

    `end` is the number that the head of the chain tells; where the check `is_done`, `is_cut` says
    that rows at its end are missing, and `judged` what is wrong with cases and draws.
    """

    seq: int = 0
    hash: bytes = START
    broken: tuple[int, ...] = ()
    end: int = 0
    is_done: bool = False
    is_cut: bool = False
    judged: tuple[Finding, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.broken or self.is_cut or self.judged)


def audit_end(shop: Shop, *, staff: Staff) -> int:
    """The number of the newest row; 0 for an empty log. Raises NotAllowed."""
    with shop.store.read() as reading:
        _allow(shop, reading, staff)
        return reading.proof.end()[0]


def audit_page(shop: Shop, seqs: Sequence[int], *, staff: Staff) -> AuditPage:
    """The rows of these numbers. Raises NotAllowed."""
    with shop.store.read() as reading:
        _allow(shop, reading, staff)
        return _page(reading, seqs)


def texts_of(shop: Shop, typed: str) -> tuple[str, ...]:
    """What a typed text may be written as: itself, or the id of the member with this card."""
    plain = typed.strip().casefold()
    if not plain:
        return ()
    with shop.store.read() as reading:
        member = reading.members.by_card(typed.strip())
    return (plain,) if member is None else (plain, member.id.hex)


def find_audit(shop: Shop, wanted: Wanted, below: int, *, staff: Staff) -> Found:
    """The next piece of the rows that are wanted, below a number. Raises NotAllowed."""
    with shop.store.read() as reading:
        _allow(shop, reading, staff)
        first = max(1, below - AT_ONCE)
        rows = list(reading.proof.between(first, below - 1))
        seqs = tuple(row.seq for row in rows if wanted.fits(row))
        return Found(seqs, _reached(first, rows, wanted.from_us))


def tally_audit(shop: Shop, from_us: int, below: int, *, staff: Staff) -> Tally:
    """The next piece of the counts since an instant, below a number. Raises NotAllowed."""
    with shop.store.read() as reading:
        _allow(shop, reading, staff)
        first = max(1, below - AT_ONCE)
        rows = list(reading.proof.between(first, below - 1))
        since = [row for row in rows if row.at_us >= from_us]
        counts = {group: sum(row.what in KINDS_OF[group] for row in since) for group in KINDS_OF}
        counts[Group.APPROVED] = sum(row.approved_by is not None for row in since)
        return Tally(counts, _reached(first, rows, from_us))


def see_people(shop: Shop, below: int, *, staff: Staff) -> Seen:
    """The next piece of what the log knows of people, below a number. Raises NotAllowed."""
    added: dict[int, int] = {}
    logged_in: dict[int, int] = {}
    with shop.store.read() as reading:
        _allow(shop, reading, staff)
        first = max(1, below - AT_ONCE)
        for row in reading.proof.between(first, below - 1):
            if row.what == "logged_in":
                logged_in.setdefault(row.staff_no, row.at_us)
            elif row.what == "staff_added" and row.subject.isdecimal():
                added[int(row.subject)] = row.at_us
    return Seen(added, logged_in, first if first > 1 else 0)


def check_audit(shop: Shop, so_far: Checked, *, staff: Staff) -> Checked:
    """核对: the next piece of the chain follows from what was checked. Raises NotAllowed."""
    with shop.store.read() as reading:
        _allow(shop, reading, staff)
        end, head = reading.proof.end()
        rows = list(reading.proof.links(so_far.seq, most=AT_ONCE))
        broken = tuple(broken_rows(rows, seq=so_far.seq, prev=so_far.hash))
        last = (rows[-1].seq, rows[-1].hash) if rows else (so_far.seq, so_far.hash)
        is_done = len(rows) < AT_ONCE
        is_cut = is_done and last != (end, head) and end > 0
        judged = reading.proof.judged() if is_done else ()
        return Checked(*last, so_far.broken + broken, end, is_done, is_cut, judged)


def export_audit(
    shop: Shop, seqs: Sequence[int], *, staff: Staff, approval: Approval | None = None
) -> AuditPage:
    """导出: these rows leave the shop, and that is a row itself.

    Raises NotAllowed, TooManyRows for more than `MOST_EXPORTED`.
    """
    if len(seqs) > MOST_EXPORTED:
        raise TooManyRows(MOST_EXPORTED)
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        answers = allow(tx, staff, Right.READ_AUDIT, now_us=now_us, approval=approval)
        span = f"{min(seqs, default=0)} {max(seqs, default=0)}"
        detail = noted(span, staff, answers)
        subject = str(len(seqs))
        tx.audit.note(
            "audit_exported", at_us=now_us, staff_no=staff.no, subject=subject, detail=detail
        )
    with shop.store.read() as reading:
        return _page(reading, seqs)


def _allow(shop: Shop, reading: Reading, staff: Staff) -> None:
    allow(reading, staff, Right.READ_AUDIT, now_us=shop.clock.now_us())


def _reached(first: int, rows: Sequence[Noted], from_us: int | None) -> int:
    """Where to go on.

    A clock is put right now and then, so that one row too early says nothing of those before it:
    a whole piece of them does.
    """
    if from_us is not None and rows and all(row.at_us < from_us for row in rows):
        return 0
    return first if first > 1 else 0


def _page(reading: Reading, seqs: Sequence[int]) -> AuditPage:
    rows = reading.proof.rows(seqs)
    staff = {person.no: person.name for person in reading.people.all()}
    subjects: dict[tuple[About, str], str] = {}

    def line(seq: int) -> AuditLine:
        row = rows.get(seq)
        if row is None:
            return AuditLine(Noted(seq), is_there=False)
        about = _about(row)
        if (about, row.subject) not in subjects:
            subjects[about, row.subject] = _subject(reading, about, row.subject, staff)
        by = row.approved_by
        approver = "" if by is None else staff.get(by, str(by))
        who = staff.get(row.staff_no, str(row.staff_no)) if row.staff_no else ""
        return AuditLine(row, who, approver, about, subjects[about, row.subject])

    lines = tuple(map(line, seqs))
    people = {str(no): name for no, name in staff.items()}
    return AuditPage(lines, dict(_names(reading)), people, reading.till.zone)


def _about(row: Noted) -> About:
    about = ABOUT.get(row.what, About.NOTHING)
    is_id = len(row.subject) == _HEX_ID
    if about is About.MEMBER and not is_id:
        return About.NOTHING
    return About.MEMBER if about is About.COUNT and is_id else about


def _subject(reading: Reading, about: About, subject: str, staff: dict[int, str]) -> str:
    match about:
        case About.MEMBER:
            member = reading.members.get(UUID(subject))
            if member is None:
                return ""
            return f"{mask_name(member.name)} {mask_card(member.card_no)}".strip()
        case About.STAFF:
            no = int(subject) if subject.isdecimal() else 0
            return staff.get(no, subject)
        case About.PRODUCT:
            product = reading.products.by_code(subject)
            return subject if product is None else f"{product.name} {subject}"
        case About.NOTHING:
            return ""
    return subject


def _names(reading: Reading) -> Iterable[tuple[str, str]]:
    rulebook = reading.rulebooks.current()
    for tier in rulebook.scheme.tiers:
        yield tier.code, tier.name
        for benefit in tier.benefits:
            yield benefit.code, benefit.name
    yield from ((each.code, each.name) for each in rulebook.behaviours)
    yield from ((each.code, each.name) for each in rulebook.rewards)
    for offer in rulebook.offers:
        yield offer.id, offer.name
