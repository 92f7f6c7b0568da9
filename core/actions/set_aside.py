"""预留: the server sets points of a member aside for one till, and books what it spends of them.

Whoever asks holds the member's row until it is written: however many tills ask at once, what one
has the others do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from msgspec.structs import replace

from core.actions.begin_session import branch_of
from core.actions.book_used import book_used, today
from core.actions.note_members import note_points
from core.actions.read_events import READ
from core.actions.release import give_back_ended
from core.errors import EscrowDiffers, MemberUnserved, NoSuchMember, NotEnoughPoints
from core.points.ledger import REDEEMED, SPENT, Account, AccountKind, Cause, Transfer
from core.ports.office import Branch, OfficeWriting
from core.ports.readings import ChainMember
from core.shop import HeadOffice
from core.sync.effects import FROZEN, Used
from core.sync.escrow import (
    AUTHORISED_US,
    LEASED_US,
    Balance,
    Escrow,
    EscrowKind,
    EscrowStatus,
    give_up,
    set_aside,
)
from core.sync.lapse import lapsed_beyond
from core.sync.session import TILL
from core.sync.spending import (
    LeasesAsked,
    LeasesGiven,
    LeasesOver,
    NotNeeded,
    PointsAsked,
    PointsUsed,
    SetAside,
)

ONE_DAY = timedelta(days=1)
LEASED_AT_ONCE = 10
"""Whoever asks at a counter for points of one of these waits so long at most."""


def authorise(office: HeadOffice, token: str, asked: PointsAsked) -> SetAside:
    """预留: exactly so many, for fifteen minutes.

    Raises SessionOver, NoSuchMember, MemberUnserved, NotEnoughPoints, EscrowDiffers.
    """
    with office.store.write() as tx:
        branch = branch_of(office, tx, token)
        known = _known(tx, branch, asked.id)
        if known is None:
            known = _authorise(office, tx, branch, asked)
        return _told(tx, known)


def _authorise(office: HeadOffice, tx: OfficeWriting, branch: Branch, asked: PointsAsked) -> Escrow:
    member = _served(tx, asked.member_id)
    # The same may have been asked at once: whoever came first has the member's row by now.
    if (known := _known(tx, branch, asked.id)) is not None:
        return known
    most = _spendable(office, tx, member.id, asked.on)
    if asked.points > most:
        raise NotEnoughPoints(asked.points, most)
    return _open(office, tx, branch, EscrowKind.AUTHORISED, asked, asked.points)


def capture(office: HeadOffice, token: str, used: PointsUsed) -> SetAside:
    """用掉: what was authorised is spent; the rest of it goes back.

    The same travels in the event of the sale, and is booked by whichever comes first. Raises
    SessionOver, EscrowDiffers, NotEnoughPoints for more than was authorised.
    """
    with office.store.write() as tx:
        branch = branch_of(office, tx, token)
        known = _known(tx, branch, used.id)
        if known is None:
            raise EscrowDiffers(used.id.hex)
        roots = tx.members.lock([known.member_id])
        if known.status is EscrowStatus.OPEN:
            if used.points > known.left:
                raise NotEnoughPoints(used.points, known.left)
            credit, cause = (REDEEMED, Cause.REDEEM) if used.is_reward else (SPENT, Cause.SPEND)
            member, about = Account(AccountKind.AVAILABLE, known.member_id), used.sale_id
            moved = (member, credit, used.points, cause, used.on, 0, about)
            transfer = Transfer(used.transfer_id, *moved)
            book_used(office, tx, Used(known.id, transfer, branch.till_id), roots)
            note_points(tx, roots.values())
            known = tx.escrows.lock([known.id])[known.id]
        return _told(tx, known)


def void(office: HeadOffice, token: str, voided: NotNeeded) -> SetAside:
    """不用了: it goes back at once. What was captured stays so.

    One that was never heard of is late, and cannot be authorised any more. Raises SessionOver,
    EscrowDiffers, NoSuchMember.
    """
    with office.store.write() as tx:
        branch = branch_of(office, tx, token)
        known = _known(tx, branch, voided.id)
        if known is None:
            _member(tx, voided.member_id)
            known = _known(tx, branch, voided.id)
        if known is None:
            asked = PointsAsked(voided.id, voided.member_id, 0, today(office))
            known = _open(office, tx, branch, EscrowKind.AUTHORISED, asked, 0)
        roots = tx.members.lock([known.member_id])
        if known.status is EscrowStatus.OPEN and known.kind is EscrowKind.AUTHORISED:
            known, back = give_up(known, EscrowStatus.VOIDED, today(office))
            tx.escrows.keep(known)
            tx.accounts.post(back, roots)
            note_points(tx, roots.values())
        return _told(tx, known)


def lease(office: HeadOffice, token: str, asked: LeasesAsked) -> LeasesGiven:
    """额度: to be spent offline for three days; what there is to share. SessionOver, EscrowDiffers.

    Half of a member's points at most are leased at any time, so that whoever asks online finds the
    other half; of that each till of a store gets an equal part. Who is not served, or unknown here,
    has none.
    """
    with office.store.write() as tx:  # of another till's id nothing is begun
        branch = branch_of(office, tx, token)
        for known in tx.escrows.lock([each.id for each in asked.leases]).values():
            _require_own(branch, known)
    given: list[SetAside] = []
    for at in range(0, len(asked.leases), LEASED_AT_ONCE):
        given += _lease_some(office, token, asked.leases[at : at + LEASED_AT_ONCE])
    return LeasesGiven(tuple(given))


def _lease_some(
    office: HeadOffice, token: str, asked: Sequence[PointsAsked]
) -> tuple[SetAside, ...]:
    """In one transaction: where a later one fails, these are answered when they are asked again."""
    with office.store.write() as tx:
        branch = branch_of(office, tx, token)
        tills = _beside(tx, branch)
        tx.escrows.lock([each.id for each in asked])
        there = tx.members.lock({each.member_id for each in asked})
        given = [
            _lease(office, tx, branch, each, is_there=each.member_id in there, tills=tills)
            for each in asked
        ]
        return tuple(_told(tx, each) for each in given)


def leases_over(office: HeadOffice, token: str, over: LeasesOver) -> LeasesGiven:
    """还额度: the rest goes back as soon as those events are read: at once where they are.

    Raises SessionOver, EscrowDiffers.
    """
    with office.store.read() as reading:  # its row is the duty's own within a transaction
        read_up_to = reading.duties.get(READ) or 0
    with office.store.write() as tx:
        branch = branch_of(office, tx, token)
        told: list[Escrow] = []
        for ident in over.ids:
            known = _known(tx, branch, ident)
            if known is None:
                raise EscrowDiffers(ident.hex)
            is_open = known.status is EscrowStatus.OPEN
            if is_open and known.incarnation == branch.incarnation and known.through is None:
                known = replace(known, through=over.through)
                tx.escrows.keep(known)
            told.append(known)
        now_us, of = office.clock.now_us(), {each.id for each in told}
        ready = tx.escrows.ready(read_up_to=read_up_to, now_us=now_us, at_most=len(of), of=of)
        back = give_back_ended(office, tx, ready, now_us)
        return LeasesGiven(tuple(_told(tx, back.get(each.id, each)) for each in told))


def _beside(tx: OfficeWriting, branch: Branch) -> int:
    """How many tills share what the members of a store lease: those that sell there."""
    own = tx.tills.get(branch.till_id)
    here = [each for each in tx.tills.all() if own and each.store_code == own.store_code]
    return max(1, sum(each.kind == TILL and each.revoked_us is None for each in here))


def _lease(
    office: HeadOffice,
    tx: OfficeWriting,
    branch: Branch,
    asked: PointsAsked,
    *,
    is_there: bool,
    tills: int,
) -> Escrow:
    known = _known(tx, branch, asked.id)
    if known is not None:
        return known
    points = 0
    if is_there and _is_served(member := _member(tx, asked.member_id)):
        balance = tx.accounts.balance(member.id)
        spendable = _spendable(office, tx, member.id, asked.on)
        half = (spendable + balance.pending + balance.leased) // 2
        points = max(0, min(asked.points, spendable, half // tills, half - balance.leased))
    return _open(office, tx, branch, EscrowKind.LEASED, asked, points)


def _known(tx: OfficeWriting, branch: Branch, escrow_id: UUID) -> Escrow | None:
    known = tx.escrows.lock([escrow_id]).get(escrow_id)
    if known is not None:
        _require_own(branch, known)
    return known


def _require_own(branch: Branch, known: Escrow) -> None:
    if known.till_id != branch.till_id:
        raise EscrowDiffers(known.id.hex)


def _open(
    office: HeadOffice,
    tx: OfficeWriting,
    branch: Branch,
    kind: EscrowKind,
    asked: PointsAsked,
    points: int,
) -> Escrow:
    """Set aside; of nothing it is over as it begins."""
    now_us = office.clock.now_us()
    until_us = now_us + (LEASED_US if kind is EscrowKind.LEASED else AUTHORISED_US)
    place = (branch.till_id, branch.incarnation, asked.member_id)
    made = Escrow(asked.id, kind, *place, points, now_us, until_us)
    if not points:
        made = replace(made, status=EscrowStatus.RETURNED)
    tx.escrows.keep(made)
    roots = tx.members.lock([asked.member_id])
    tx.accounts.post(set_aside(made, today(office)), roots)
    if points:
        note_points(tx, roots.values())
    return made


def _member(tx: OfficeWriting, member_id: UUID) -> ChainMember:
    member = tx.members.get(member_id) if tx.members.lock([member_id]) else None
    if member is None:
        raise NoSuchMember(member_id.hex)
    return member


def _served(tx: OfficeWriting, member_id: UUID) -> ChainMember:
    member = _member(tx, member_id)
    if not _is_served(member):
        raise MemberUnserved(member_id.hex)
    return member


def _is_served(member: ChainMember) -> bool:
    return not (member.is_withdrawn or member.is_erased) and member.fields.get(FROZEN) is None


def _spendable(office: HeadOffice, tx: OfficeWriting, root_id: UUID, on: date) -> int:
    """What nobody else has and is good that day; a till's day is the server's, or one beside it."""
    balance = tx.accounts.balance(root_id)
    good_on = min(max(on, today(office) - ONE_DAY), today(office) + ONE_DAY)
    lapsed = lapsed_beyond(tx.accounts.lots(root_id), balance, on=good_on)
    return max(0, balance.available - lapsed)


def _told(tx: OfficeWriting, escrow: Escrow) -> SetAside:
    balance, found = Balance(), tx.members.get(escrow.member_id)
    if found is not None:
        balance = tx.accounts.balance(found.id)
    return SetAside(
        escrow.id,
        escrow.status,
        escrow.points,
        escrow.spent,
        escrow.until_us,
        balance.available,
        balance.pending,
        balance.leased,
    )
