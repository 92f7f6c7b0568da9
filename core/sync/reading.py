"""读数: what the events of tills say, kind by kind; kinds that touch no member are passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import msgspec

from core.errors import BadRecord
from core.members.birthday import birthday_text
from core.members.held_tiers import RUN_OUT, TAKEN_BACK
from core.members.member import Birthday
from core.members.profile import FIELDS, WHO
from core.points.ledger import (
    CORRECTED,
    EXPIRED,
    ISSUED,
    REDEEMED,
    SPENT,
    Account,
    Cause,
)
from core.sync import told
from core.sync.effects import (
    BIRTHDAY,
    CARD,
    CARD_UNTIL,
    FROZEN,
    LATEST_US,
    NAME,
    PHONE,
    TIER,
    Alias,
    ConsentTold,
    Counted,
    Effects,
    ImportUndone,
    Joined,
    LotMade,
    Parted,
    SchemeSold,
    Uncounted,
    Used,
    WordsGone,
    derived_id,
)
from core.sync.erasure import ASKED, ERASED, Erasure
from core.sync.fact import Event
from core.sync.heard import Heard, Owners, available
from core.sync.read_tiers import read_base, read_cards, read_ends, read_grant
from core.sync.terms import BaseTold
from core.sync.wire import ID_SIGNS

IMPORTED = "MembersImported"
CHANGED = frozenset((*WHO, *FIELDS))
"""What the office of a till may change of a member."""


def read(event: Event, received_us: int, to: Effects, owners: Owners) -> None:
    """Add what an event says; raises BadRecord where it does not say what its kind says."""
    found = _READERS.get(event.kind)
    if found is None:
        return
    kind, reader = found
    record = told.read_body(event.data, kind)
    at_us = min(record.at_us, received_us + LATEST_US)
    reader(Heard(event, at_us, record.at_us, record.business_on, owners, to), record.body)


def named_by(event: Event, owners: Owners | None = None) -> set[UUID]:
    """Of whom an event says something, with what came with it; nobody where it makes no sense.

    Without `owners` it is not known whose sale an event of an earlier program undoes.
    """
    said = Effects()
    try:
        if event.kind == IMPORTED:
            body = told.read_body(event.data, told.MembersImported).body
            members = {member for member, _, _ in body.members}
            return members | {member for member, *_ in body.openings}
        read(event, 0, said, owners or {})
    except BadRecord:
        return set()
    return said.named


def sale_asked(event: Event) -> UUID | None:
    """The sale whose member an event of an earlier program leaves out; raises BadRecord."""
    if event.kind not in ("SaleVoided", "SaleReturned") or b'"member":' in event.data:
        return None
    return told.read_body(event.data, told.SaleUndone).body.sale


def _joined(it: Heard, body: told.MemberJoined) -> None:
    event = it.event
    it.to.joined.append(Joined(event.id, body.member, event.till_id, it.at_us, it.on))
    it.visit(body.member)
    it.write_beside(body.member, NAME, PHONE, CARD, BIRTHDAY)
    it.write(body.member, TIER, body.tier)


def _birthday(it: Heard, body: told.OfMember) -> None:
    it.write_beside(body.member, BIRTHDAY)


def _profile(it: Heard, body: told.ProfileChanged) -> None:
    it.write_beside(body.member, *(field for field in body.fields if field in CHANGED))
    for field in body.cleared:
        if field in CHANGED:
            it.write(body.member, field, None)


def _consent(it: Heard, body: told.ConsentStep) -> None:
    event, is_given = it.event, it.event.kind == "ConsentGiven"
    place = (event.till_id, event.incarnation, event.seq)
    step = (event.id, body.member, is_given, it.said_us, *place, body.withdrawn_us)
    it.to.consents.append(ConsentTold(*step))


def _frozen(it: Heard, body: told.OfMember) -> None:
    it.write(body.member, FROZEN, it.beside(body.member, FROZEN) or "")


def _thawed(it: Heard, body: told.OfMember) -> None:
    it.write(body.member, FROZEN, None)


def _card_renewed(it: Heard, body: told.CardRenewed) -> None:
    it.write(body.member, CARD_UNTIL, body.until.isoformat())


def _card_replaced(it: Heard, body: told.OfMember) -> None:
    it.write_beside(body.member, CARD)


def _merged(it: Heard, body: told.MembersMerged) -> None:
    it.to.aliases.append(Alias(body.gone, body.into, it.at_us, it.event.id))
    for old, made, amount, expires_on in body.lots:
        it.post(made, available(body.gone), available(body.into), amount, Cause.MERGE)
        it.to.lots.append(LotMade(made, body.into, amount, expires_on))
        it.take(made, [(old, amount)])
    it.write(body.into, TIER, body.tier)
    read_base(it, body.into, body.base, body.tier)


def _parted(it: Heard, body: told.MembersParted) -> None:
    it.to.parted.append(Parted(body.gone, body.into, it.at_us))
    for old, made, amount, expires_on in body.lots:
        it.post(made, available(body.into), available(body.gone), amount, Cause.MERGE)
        it.to.lots.append(LotMade(made, body.gone, amount, expires_on))
        it.take(made, [(old, amount)])
    if body.tier:
        it.write(body.into, TIER, body.tier)
    read_base(it, body.into, body.base, body.tier)


def _tier(it: Heard, body: told.TierNow) -> None:
    it.write(body.member, TIER, body.now or body.tier)
    read_grant(it, body)
    read_ends(it, body.grants, TAKEN_BACK)


def _reviewed(it: Heard, body: told.TierReviewed) -> None:
    it.write(body.member, TIER, body.after)
    if body.base:
        read_base(it, body.member, BaseTold(body.base, body.base_until), body.base)
    read_ends(it, body.ended, RUN_OUT)


def _settled(it: Heard, body: told.SaleSettled) -> None:
    member, sale = body.basket.member_id, body.basket.sale_id
    if member is None:
        return
    it.visit(member)
    worth = (body.spend_fen, body.payable_fen, body.points)
    it.to.counted.append(Counted(sale, member, it.on, *worth))
    if body.spent is not None:
        spent = (body.spent.transfer, body.spent.points, body.spent.lots)
        _spend(it, member, *spent, into=SPENT, escrow=body.spent.escrow, sale=sale)
    if body.lot is not None and body.points:
        lot = (body.lot.id, body.points, body.lot.expires_on)
        it.earn(lot, member, ISSUED, Cause.SALE, about=sale)
    it.pay(body.debts)
    is_new = bool(body.tier_after) and (
        body.standing is None or body.standing.tier != body.tier_after
    )
    if is_new:
        it.write(member, TIER, body.tier_after)
    read_base(it, member, body.base, body.tier_after if is_new and not body.cards else "")
    read_cards(it, member, sale, body.cards)
    if body.rulebook is not None:
        it.to.schemes.append(SchemeSold(it.at_us, bytes(body.rulebook.scheme)))


def _spend(
    it: Heard,
    member: UUID,
    transfer: UUID,
    points: int,
    lots: Iterable[told.Part],
    *,
    into: Account,
    escrow: UUID | None,
    sale: UUID | None = None,
) -> None:
    cause = Cause.SPEND if into is SPENT else Cause.REDEEM
    made = it.post(transfer, available(member), into, points, cause, about=sale)
    it.take(transfer, lots)
    if escrow is not None:
        it.to.transfers.remove(made)
        it.to.used.append(Used(escrow, made, it.event.till_id))


def _undone(it: Heard, body: told.SaleUndone) -> None:
    cause = Cause.VOID if it.event.kind == "SaleVoided" else Cause.RETURN
    member = body.member or it.owners.get(body.sale)
    gone = (body.spend_fen, body.money_fen, body.points)
    is_void = cause is Cause.VOID
    it.to.uncounted.append(Uncounted(it.event.id, body.sale, *gone, is_void, member))
    if body.gone:
        ident = derived_id(it.event.id, "expired")
        it.post(ident, EXPIRED, ISSUED, body.gone, cause, about=body.sale)
    if member is None:
        if body.transfer is not None or body.given_lots:
            raise BadRecord("member", "missing")
        return
    for lot in body.given_lots:
        it.earn(lot, member, SPENT, Cause.GIVE_BACK, about=body.sale)
    it.pay(body.debts)
    if body.transfer is not None and body.taken > 0:
        it.post(body.transfer, available(member), ISSUED, body.taken, cause, about=body.sale)
        it.take(body.transfer, body.lots)
    read_ends(it, body.cards, cause)
    is_new = bool(body.tier_after) and body.tier_after != body.tier_before
    if is_new:
        it.write(member, TIER, body.tier_after)
    read_base(it, member, body.base, body.tier_after if is_new and not body.cards else "")


def _expired(it: Heard, body: told.PointsExpired) -> None:
    for transfer, member, lot, points in body.lots:
        it.post(transfer, available(member), EXPIRED, points, Cause.EXPIRY)
        it.take(transfer, [(lot, points)])


def _behaviour(it: Heard, body: told.BehaviourCredited) -> None:
    it.earn((body.lot, body.points, body.expires_on), body.member, ISSUED, Cause.BEHAVIOUR)
    it.pay(body.debts)


def _corrected(it: Heard, body: told.PointsCorrected) -> None:
    if body.points > 0:
        lot = (body.transfer, body.points, body.expires_on)
        it.earn(lot, body.member, CORRECTED, Cause.CORRECTION)
        it.pay(body.debts)
    elif body.points < 0:
        it.post(body.transfer, available(body.member), CORRECTED, -body.points, Cause.CORRECTION)
        it.take(body.transfer, body.lots)


def _redeemed(it: Heard, body: told.RewardRedeemed) -> None:
    it.visit(body.member)
    made = (body.redemption, body.points, body.lots)
    _spend(it, body.member, *made, into=REDEEMED, escrow=body.escrow)


def _unredeemed(it: Heard, body: told.RedemptionUndone) -> None:
    for lot in body.lots:
        it.earn(lot, body.member, REDEEMED, Cause.UNREDEEM)
    it.pay(body.debts)


def _imported(it: Heard, body: told.MembersImported) -> None:
    """Of whom it added the opening lots; of whom it changed only the fields."""
    event, records = it.event, {each.member_id: each.value for each in it.event.private}
    lots = [body.lots[at : at + ID_SIGNS] for at in range(0, len(body.lots), ID_SIGNS)]
    unnamed = iter(lots)
    for member, tier, points in body.members:
        if points is not None:
            joined = Joined(event.id, member, event.till_id, it.at_us, it.on, body.import_id)
            it.to.joined.append(joined)
            it.visit(member)
        if points:
            named = next(unnamed, None)
            ident = UUID(named) if named else derived_id(event.id, member)
            lot = (ident, points, body.expires_on)
            it.earn(lot, member, ISSUED, Cause.IMPORT, about=body.import_id)
        if tier:
            it.write(member, TIER, tier, import_id=body.import_id)
        if tier and tier != body.lowest:
            until = None if body.tier_until is None else BaseTold(tier, body.tier_until)
            read_base(it, member, until, tier, import_id=body.import_id)
        if record := records.get(member):
            for name, value in _person(record):
                it.write(member, name, value, import_id=body.import_id)
    for member, ident, some, expires_on in body.openings:
        it.earn((ident, some, expires_on), member, ISSUED, Cause.IMPORT, about=body.import_id)


def _person(record: str) -> Iterable[tuple[str, str]]:
    try:
        person = msgspec.json.decode(record, type=told.PersonTold)
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadRecord("record", type(error).__name__) from None
    yield from ((NAME, person.name), (CARD, person.card_no))
    if person.phone:
        yield PHONE, person.phone
    if person.birthday:
        year, month, day, is_lunar, is_leap = person.birthday
        yield BIRTHDAY, birthday_text(Birthday(month, day, year, is_lunar, is_leap))


def _import_undone(it: Heard, body: told.ImportUndone) -> None:
    it.to.undone.append(ImportUndone(body.import_id, body.kept))


def _erased(it: Heard, body: told.MemberErased) -> None:
    it.to.erased.append(Erasure(body.members, body.seal))
    it.to.emptied += [WordsGone(it.event.till_id, about) for about in body.about]


_READERS: dict[str, tuple[type[Any], Callable[[Heard, Any], None]]] = {
    "MemberJoined": (told.MemberJoined, _joined),
    "BirthdayChanged": (told.OfMember, _birthday),
    "ProfileChanged": (told.ProfileChanged, _profile),
    "ConsentGiven": (told.ConsentStep, _consent),
    "ConsentWithdrawn": (told.ConsentStep, _consent),
    "MemberFrozen": (told.OfMember, _frozen),
    "MemberThawed": (told.OfMember, _thawed),
    "CardRenewed": (told.CardRenewed, _card_renewed),
    "CardReplaced": (told.OfMember, _card_replaced),
    "MembersMerged": (told.MembersMerged, _merged),
    "MembersParted": (told.MembersParted, _parted),
    "TierGranted": (told.TierNow, _tier),
    "TierWithdrawn": (told.TierNow, _tier),
    "TierReviewed": (told.TierReviewed, _reviewed),
    "SaleSettled": (told.SaleSettled, _settled),
    "SaleVoided": (told.SaleUndone, _undone),
    "SaleReturned": (told.SaleUndone, _undone),
    "PointsExpired": (told.PointsExpired, _expired),
    "BehaviourCredited": (told.BehaviourCredited, _behaviour),
    "PointsCorrected": (told.PointsCorrected, _corrected),
    "RewardRedeemed": (told.RewardRedeemed, _redeemed),
    "RedemptionUndone": (told.RedemptionUndone, _unredeemed),
    IMPORTED: (told.MembersImported, _imported),
    "ImportUndone": (told.ImportUndone, _import_undone),
    ERASED: (told.MemberErased, _erased),
    ASKED: (told.MemberErased, _erased),
}
READ = frozenset(_READERS)
"""The kinds of events that say something of members or points."""
