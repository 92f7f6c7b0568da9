"""收会员: what head office says of members is made to hold here, a page at a time (sync.md 4).

The till's own ledger is what is shown and priced: it is made equal to the server's by transfers,
lot by lot. No events come of it: the server knows it all. Where this till has told of a member what
the server has not read yet, it is passed over: the server tells of that one again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from core.actions.rewrite_member import bring_in, free_card, holder_of_card, part, update
from core.actions.telling import tell
from core.actions.unread import Unread, look_ahead_of, look_on
from core.errors import CardOfAnother, PointsDiffer, Shortfall, TierNotHere
from core.members.held_tiers import held_now
from core.members.masks import mask_card
from core.members.names import name_keys
from core.ports import Writing
from core.ports.mirror import Confirmed, Known
from core.rulebook.schemes import TierScheme
from core.shop import Shop
from core.sync.directory import MEMBER, LotHeld, MemberTold, SaleCounted, check_of
from core.sync.entry import Entry
from core.sync.erasure import ERASED
from core.sync.feed import Change
from core.sync.mirror import Book, Here, Moved, Origin, There, equalise
from core.values.moment import Moment

Outcome = bool | None | Shortfall
"""Whether anything changed, or why it cannot be used; None: it was passed over for now."""


def read_told(change: Change) -> MemberTold:
    """What head office says of one member; raises ValueError for one of another."""
    told = msgspec.json.decode(change.value, type=MemberTold)
    if told.id.hex != change.about:
        raise ValueError("another member")
    return told


def look_ahead(shop: Shop, incarnation: int, told: Sequence[MemberTold]) -> Unread:
    """Before the transaction: what is unread of this till, and all of them into the directory.

    They stand there as they are now, whatever becomes of the page.
    """
    keep_in_directory(shop, told)
    return unread_of(shop, incarnation, told)


def unread_of(shop: Shop, incarnation: int, told: Sequence[MemberTold]) -> Unread:
    """Before the transaction: what of them, and of who has their cards here, is unread."""
    for each in told:
        if each.person is not None:
            name_keys(each.person.name)  # how signs are read is remembered: the first takes long
    with shop.store.read() as reading:
        holders = {holder for each in told if (holder := holder_of_card(reading, each))}
    ids = holders.union(ident for each in told for ident in (each.id, *each.known_as))
    unread = Unread(incarnation, min(each.through for each in told), frozenset(ids))
    look_ahead_of(shop, unread)
    return unread


def keep_in_directory(shop: Shop, told: Iterable[MemberTold]) -> None:
    """All of them masked; who is another by now, or nobody, is not found there any more.

    Nor is of whom no till has said who they are: a snapshot does not list them either.
    """
    told = tuple(told)
    listed = [each for each in told if (each.name or each.cards) and not each.is_erased]
    shop.store.directory.keep(list(map(_entry, listed)))
    gone = {ident for each in told for ident in (each.id, *each.known_as)}
    if gone := gone - {each.id for each in listed}:
        shop.store.directory.remove(gone)


def take_members(
    shop: Shop,
    tx: Writing,
    moment: Moment,
    told: Sequence[MemberTold],
    unread: Unread,
    *,
    comes: Mapping[UUID, str] | None = None,
) -> list[Outcome]:
    """Make all of it hold that can; of each its `Outcome`.

    `comes`: visitors who are no members here yet, with the card that was scanned of them.
    """
    look_on(tx, unread)
    page = _page(shop, tx, moment, told, comes or {})
    outcomes: list[Outcome] = []
    for each in told:
        try:
            outcomes.append(_take(page, each, unread))
        except Shortfall as error:
            outcomes.append(error)
    tx.mirror.post(page.moved)
    tx.mirror.confirm(page.confirmed)
    tx.mirror.count(page.counted)
    wrong = _wrong(page, told)
    outcomes = [wrong.get(one.id, outcome) for one, outcome in zip(told, outcomes, strict=True)]
    for one, outcome in zip(told, outcomes, strict=True):
        if isinstance(outcome, Shortfall):
            tx.mirror.pass_over(one.id, moment.at_us)
    _forget(tx, told)
    return outcomes


def _forget(tx: Writing, told: Sequence[MemberTold]) -> None:
    """What was laid aside of whoever became another; what papers of others, and cases of head
    office, say of who is erased.

    It may be all that there is of them here: nothing else would ever find it.
    """
    for former in {ident for each in told for ident in each.known_as}:
        tx.feed.clear(MEMBER, former.hex)
    erased = {ident for each in told if each.is_erased for ident in (each.id, *each.known_as)}
    if erased:
        tx.elsewhere.unname(erased)
        tx.cases.empty(erased)


class _Page(Struct):
    """What a page is worked on with, and what is to be written at its end."""

    shop: Shop
    tx: Writing
    moment: Moment
    scheme: TierScheme
    known: dict[UUID, Known]
    here: dict[UUID, Here]
    book: Book
    comes: Mapping[UUID, str]
    moved: list[Moved] = msgspec.field(default_factory=list)
    changed: set[UUID] = msgspec.field(default_factory=set)
    confirmed: list[Confirmed] = msgspec.field(default_factory=list)
    counted: list[tuple[UUID, tuple[UUID, ...], tuple[SaleCounted, ...]]] = msgspec.field(
        default_factory=list
    )

    def equalise(self, member_id: UUID, there: There) -> bool:
        """Whether there was anything to move."""
        moved = equalise(member_id, self.here.get(member_id, Here()), there, self.book)
        self.moved += moved
        if moved:
            self.changed.add(member_id)
        return bool(moved)


def _page(
    shop: Shop,
    tx: Writing,
    moment: Moment,
    told: Sequence[MemberTold],
    comes: Mapping[UUID, str],
) -> _Page:
    rulebook = tx.rulebooks.current()
    known = tx.mirror.known({ident for each in told for ident in (each.id, *each.known_as)})
    # Of those alone who are here, or come: of all others nothing is asked, nor written.
    here = known.keys() | comes.keys()
    ours = [e for e in told if e.person or not here.isdisjoint((e.id, *e.known_as))]
    lots = {lot.id for each in ours for lot in each.lots}
    origins: dict[UUID, Origin] = tx.mirror.origins(lots)
    book = Book(shop.new_id, moment.business_on, rulebook.version, origins)
    return _Page(shop, tx, moment, rulebook.scheme, known, tx.mirror.here(known), book, comes)


def _take(page: _Page, told: MemberTold, unread: Unread) -> bool | None:
    ids = (told.id, *told.known_as)
    known = [page.known[ident] for ident in ids if ident in page.known]
    if not (known or told.person or told.id in page.comes):
        return False
    holder = holder_of_card(page.tx, told)
    # Who has the card here may become them, when the server has read of that one.
    if not unread.members.isdisjoint((*ids, holder)):
        page.tx.mirror.pass_over(told.id, page.moment.at_us)
        return None
    if told.is_erased:
        _erase(page, told, [each.member.id for each in known])
        return True
    if not known and page.tx.mirror.was_erased(ids):
        return False
    if known and page.tx.mirror.was_erased([told.id]):
        # A restored server knows no more who was erased, until this till has told it.
        page.tx.mirror.pass_over(told.id, page.moment.at_us)
        return None
    _check(page, told, holder)
    known = [free_card(page.tx, each, told) for each in known]
    page.known |= {each.member.id: each for each in known}
    is_new = _person(page, told)
    for each in known:
        if each.member.id != told.id:
            is_new |= _merge(page, each, told)
    if not page.tx.till.till_no:  # tills tell an office PC of their sales to whoever they became
        page.tx.mirror.became(told.id, told.known_as, at_us=page.moment.at_us)
    parts = told.available, told.pending, told.leased
    is_new |= page.equalise(told.id, There(sum(parts), told.lots))
    _confirm(page, told)
    return is_new


def _check(page: _Page, told: MemberTold, holder: UUID | None) -> None:
    """All that can be wrong with it, before anything is written."""
    parts = told.available, told.pending, told.leased
    is_whole = There(sum(parts), told.lots).is_whole
    if not is_whole or check_of(*parts, told.lots) != told.check:
        raise PointsDiffer(told.id.hex)
    if told.tier and told.tier not in {tier.code for tier in page.scheme.tiers}:
        raise TierNotHere(told.tier)
    if holder is not None and told.person is not None:
        raise CardOfAnother(mask_card(told.person.card_no))


def _person(page: _Page, told: MemberTold) -> bool:
    """Who they are: one who was not here, or whose data changed."""
    tx, moment, known = page.tx, page.moment, page.known.get(told.id)
    if known is None:
        if tx.standings.merged_into(told.id) is not None:
            tx.mirror.part(told.id)
        known = Known(bring_in(tx, moment, told, page.scheme, card_no=page.comes.get(told.id, "")))
        page.known[told.id] = known
        update(page.shop, tx, moment, known, told, page.scheme)
        return True
    is_new = known.merged_into is not None
    if known.merged_into is not None:
        part(tx, told.id, known.merged_into, page.scheme)
    return update(page.shop, tx, moment, known, told, page.scheme) or is_new


def _merge(page: _Page, gone: Known, told: MemberTold) -> bool:
    """合并: what the server knows as one is one here, too, with all points and notes there are."""
    from core.actions.merged_fields import carry_notes

    tx, moment, member_id = page.tx, page.moment, gone.member.id
    page.equalise(member_id, There())
    if gone.merged_into == told.id:
        return False
    tx.standings.merge(member_id, told.id, at_us=moment.at_us, staff_no=0)
    tx.members.hide(member_id)
    carry_notes(page.shop, tx, moment, gone.member, page.known[told.id].member)
    if holds := tx.tiers.holds(told.id):
        tx.tiers.stand(told.id, held_now(page.scheme, holds))
    subject, detail = told.id.hex, member_id.hex
    tx.audit.note("members_merged", at_us=moment.at_us, staff_no=0, subject=subject, detail=detail)
    return True


def _erase(page: _Page, told: MemberTold, known: Sequence[UUID]) -> None:
    """删除: beats everything, for ever: whatever is edited here later finds nobody.

    It is told with the server's seal, should that be put back to a time before it. Who were one
    when they were erased are all told of with all of them, on one page too: the first does it.
    """
    from core.actions.activities import give_up_places

    tx, moment = page.tx, page.moment
    if known:
        _certify(page, told.id if told.id in known else known[0], known)
    for member_id in known:
        page.equalise(member_id, There())
        tx.mirror.erase(member_id)
        del page.known[member_id]
        subject = member_id.hex
        tx.audit.note("member_erased", at_us=moment.at_us, staff_no=0, subject=subject)
    give_up_places(tx, moment, known)
    ids = sorted([told.id, *told.known_as])
    body: dict[str, object] = {"members": ids, "seal": told.seal}
    if about := {*tx.cases.empty(ids), *tx.forgotten.empty_beside(ids)}:
        body["about"] = sorted(about)
    tell(page.shop, tx, moment, ERASED, body)


def _certify(page: _Page, member_id: UUID, known: Sequence[UUID]) -> None:
    """What there was of them here, before it goes; by whom is known to head office alone."""
    from core.members.certificate import Certificate, Why

    tx, moment = page.tx, page.moment
    points = sum(tx.ledger.balance(each) for each in known)
    kept = replace(tx.forgotten.count(known), points=points)
    when = moment.at_us, moment.business_on
    tx.forgotten.keep(Certificate(page.shop.new_id(), member_id, *when, 0, Why.OFFICE, kept))


def _confirm(page: _Page, told: MemberTold) -> None:
    parts = told.available, told.pending, told.leased
    page.confirmed.append(Confirmed(told.id, *parts, told.through, page.moment.at_us))
    if told.person is not None:
        page.counted.append((told.id, (told.id, *told.known_as), told.counted))


def _wrong(page: _Page, told: Sequence[MemberTold]) -> dict[UUID, PointsDiffer]:
    """校验: of whom something moved, what lies here now is not what was told: an alarm."""
    moved = [each for each in told if each.id in page.changed and not each.is_erased]
    here = page.tx.mirror.here({each.id for each in moved})
    return {each.id: PointsDiffer(each.id.hex) for each in moved if not _is(here[each.id], each)}


def _is(here: Here, told: MemberTold) -> bool:
    left: dict[UUID, int] = {}
    for lot in here.lots:
        left[lot.told_id] = left.get(lot.told_id, 0) + lot.left
    held = [LotHeld(ident, points, None) for ident, points in left.items()]
    parts = told.available, told.pending, told.leased
    return here.points == sum(parts) and check_of(*parts, held) == told.check


def _entry(told: MemberTold) -> Entry:
    return Entry(
        told.id,
        told.name,
        told.tier,
        told.available + told.pending + told.leased,
        told.frozen is not None,
        tuple(map(bytes.fromhex, told.cards)),
        tuple(map(bytes.fromhex, told.phones)),
    )
