"""读: a duty of the server: members and points of the chain are read of the events of its tills.

What is read can be made anew of the events, and is the same in whatever order they came. Only
points that were set aside are decided here, once (`core.sync.escrow`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from uuid import UUID

from msgspec.structs import astuple, replace

from core.actions.book_used import book_used
from core.actions.duties import Deed, Duty, Went, go_on
from core.actions.erase_member import erase_told, forget_erased
from core.actions.expire_in_chain import give_back_expired, look_at_late
from core.actions.list_members import list_members
from core.actions.note_members import ToldBy, note_members, note_points
from core.actions.openings import settle_openings, tell_spent_twice
from core.actions.release import release_due
from core.actions.review_in_chain import look_again
from core.actions.same_person import same_card, same_phone
from core.actions.upgrade_gone import fall_with_sales
from core.points.ledger import Allocation, Cause
from core.ports.office import Arrived, OfficeWriting
from core.shop import HeadOffice
from core.sync.effects import Alias, Effects, Parted, derived_id
from core.sync.reading import named_by, read, sale_asked

READ = "read"
MOST_BESIDE = 2000
"""Of an import this is a second's work."""


def reading() -> Duty:
    """The duty; what was set aside and is not needed any more goes back with it."""
    return Duty(READ, _step, lets_pass=True, reads_pushes=True)


def _step(office: HeadOffice) -> Went:
    went = go_on(office, READ, read_events, most_beside=MOST_BESIDE)
    return went if went.is_more else replace(went, is_more=release_due(office, READ))


def read_events(office: HeadOffice, arrived: Sequence[Arrived]) -> Deed:
    """What these say is added to what was read before; BadRecord where one makes no sense."""
    return partial(_fold, office, arrived)


def _fold(office: HeadOffice, arrived: Sequence[Arrived], tx: OfficeWriting) -> None:
    said, told_by = _effects_of(tx, arrived)
    look_at_late(office, tx, said.lots)
    tx.escrows.lock({each.escrow_id for each in said.used})
    roots = tx.members.lock(said.named, makes=True)
    forget_erased(tx, said)
    tx.members.join(said.joined)
    tx.members.visit(said.visited, tx.tills.stores_of(told_by))
    tx.members.write(said.wrote)
    tx.tier_figures.add(said.counted, said.uncounted)
    tx.tier_terms.add(said.holds, said.hold_ends)
    if said.schemes:
        tx.tier_terms.sell_by(max(said.schemes, key=astuple))
    tx.members.consent(said.consents)
    aliases = [*said.aliases, *same_phone(office, tx, said), *same_card(office, tx, said)]
    tx.members.alias(aliases)
    for each in said.parted:
        tx.members.undo_alias(each.gone_id, each.into_id, at_us=each.at_us)
    tx.members.alias_again(aliases)
    ends = _ends(aliases, said.parted)
    roots |= regroup(tx, ends)
    tx.accounts.keep_lots(said.lots, said.allocations)
    tx.accounts.post(said.transfers, roots)
    merged = set(tx.members.lock(ends).values()) | {roots[each] for each in _opened_later(said)}
    settle_openings(office, tx, merged)
    for used in said.used:
        book_used(office, tx, used, roots)
    told_of = {lot.id for lot in said.lots} | {part.lot_id for part in said.allocations}
    give_back_expired(office, tx, told_of)
    tell_spent_twice(office, tx, merged | {roots[each] for each in _spenders(said)})
    undone = _undo_imports(office, tx, said)
    erase_told(office, tx, said.erased)
    tx.erasures.empty(said.emptied)
    rewritten = {*(roots[member] for member in _rewritten(said)), *undone}
    bought = {each.member_id for each in said.counted} | {each.member_id for each in said.holds}
    rewritten |= fall_with_sales(office, tx, said.uncounted)
    rewritten |= look_again(office, tx, {roots[member] for member in bought})
    list_members(tx, rewritten)
    note_members(tx, {*rewritten, *_told_again(tx, arrived)})
    by_roots = {till: {roots[each] for each in told} for till, told in told_by.items()}
    note_points(tx, set(roots.values()) - rewritten, by_roots)


def _opened_later(said: Effects) -> set[UUID]:
    """Who were told of before, and whose import brings them more lots now."""
    opened = {each.credit.member_id for each in said.transfers if each.cause is Cause.IMPORT}
    return {each for each in opened if each} - {each.member_id for each in said.joined}


def _spenders(said: Effects) -> set[UUID]:
    """Who spent points."""
    spent = [*said.transfers, *(each.transfer for each in said.used)]
    ways = (Cause.SPEND, Cause.REDEEM)
    return {each.debit.member_id for each in spent if each.cause in ways and each.debit.member_id}


def _told_again(tx: OfficeWriting, arrived: Sequence[Arrived]) -> set[UUID]:
    """Of whom tills are told again, since they know by now what they had to pass over.

    A till passes over whom it has told of behind the number that it is told: behind a gap that is
    closed now, or in an event that could not be read.
    """
    here, read_up_to = {each.event.id for each in arrived}, max(each.pos for each in arrived)
    far = tx.read_on.of({each.event.till_id for each in arrived}, read_up_to=read_up_to)
    tx.read_on.keep(far)
    came = Counter((each.event.till_id, each.event.incarnation) for each in arrived)
    named: set[UUID] = set()
    for each in far:
        if each.through - each.before > came[each.till_id, each.incarnation]:
            for event in tx.read_on.events(each, behind=each.before, until=each.through):
                named |= set() if event.id in here else named_by(event)
    return tx.members.roots(named)


def _effects_of(tx: OfficeWriting, arrived: Sequence[Arrived]) -> tuple[Effects, ToldBy]:
    """What they say, in their order, and of whom each till says something."""
    asked = {sale for each in arrived if (sale := sale_asked(each.event)) is not None}
    owners, all_said = tx.accounts.owner_of_sale(asked), Effects()
    told_by: dict[UUID, set[UUID]] = {}
    for each in arrived:
        said = Effects()
        read(each.event, each.at_us, said, owners)
        if named := said.named:
            told_by.setdefault(each.event.till_id, set()).update(named)
        all_said.add(said)
    return all_said, told_by


def _rewritten(said: Effects) -> set[UUID]:
    """Of whom something is said but points."""
    told = (said.joined, said.wrote, said.consents, said.holds)
    return {each.member_id for several in told for each in several}


def _ends(aliases: Iterable[Alias], parted: Iterable[Parted]) -> set[UUID]:
    ends = {member for each in aliases for member in (each.gone_id, each.into_id)}
    return ends | {member for each in parted for member in (each.gone_id, each.into_id)}


def regroup(tx: OfficeWriting, members: set[UUID]) -> dict[UUID, UUID]:
    """Who these members are is worked out anew, and their accounts go with them."""
    if not members:
        return {}
    changed = tx.members.regroup(members)
    tx.accounts.move(changed)
    ends = {each for ends in changed.values() for each in ends}
    list_members(tx, ends)
    note_members(tx, ends)
    return {member: now for member, (_, now) in changed.items()}


def _undo_imports(office: HeadOffice, tx: OfficeWriting, said: Effects) -> list[UUID]:
    """Who was added by an import that was taken back is no member, and has no opening points."""
    found: list[UUID] = []
    tx.members.undo_imports(said.undone)
    told = {each.import_id for each in said.undone}
    told |= {each.import_id for each in said.joined if each.import_id is not None}
    for undone in tx.members.undone_imports(told):
        gone, written = tx.members.take_back(undone)
        opened = tx.accounts.opened_by(undone.import_id, gone)
        back = [
            replace(each, id=derived_id(each.id, "undone"), debit=each.credit, credit=each.debit)
            for each in opened
        ]
        taken = [
            Allocation(made.id, lot.id, lot.amount) for made, lot in zip(back, opened, strict=True)
        ]
        tx.accounts.keep_lots((), taken)
        roots = tx.members.lock({*gone, *written})
        tx.accounts.post(back, roots)
        settle_openings(office, tx, set(roots.values()))
        roots |= _part_gone(office, tx, gone)
        found += roots.values()
    return found


def _part_gone(office: HeadOffice, tx: OfficeWriting, gone: Collection[UUID]) -> dict[UUID, UUID]:
    """Whoever was taken for one who is no member after all is themselves again."""
    parted = set[UUID]()
    for member in gone:
        for each in tx.members.aliases(member):
            ends = each.gone_id, each.into_id
            if member in ends and each.event_id is None and each.undone_us is None:
                tx.members.undo_alias(*ends, at_us=office.clock.now_us())
                parted |= set(ends)
    changed = regroup(tx, parted)
    settle_openings(office, tx, set(tx.members.lock(parted).values()))
    return changed
