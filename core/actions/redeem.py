"""积分兑换: a member has a reward for points; a manager takes it back."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from core.actions.allow import allow, noted
from core.actions.book_lot import debts_record
from core.actions.counter import known_file
from core.actions.coupon_codes import hand_out, new_codes
from core.actions.cover import cover, note_used, offline
from core.actions.reward_shelf import stock_record
from core.actions.serve import require_served
from core.actions.slips import coupon_slip
from core.actions.spend_points import give_points_back, lots_record
from core.actions.telling import tell
from core.changes import Changes
from core.errors import (
    CouponHandedOut,
    NoSuchRedemption,
    NoSuchReward,
    NotEnoughPoints,
    RedemptionUndone,
    Refused,
)
from core.members.member import MemberFile
from core.points.give_back import coming_back
from core.points.ledger import REDEEMED, Cause
from core.points.redeem import Asking, Redemption, StockMove, most_units, refusal
from core.points.take import take
from core.ports import Reading, Writing
from core.rulebook.rewards import Reward
from core.rulebook.rulebook import Rulebook
from core.sales.coupon_code import Batch
from core.sales.coupon_slip import CouponSlip
from core.sales.receipt import CouponLine, Heading, Receipt
from core.sales.redemption_slip import make_redemption_slip
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.ident import redemption_no
from core.values.moment import Moment, day_and_time

MOST_SHOWN = 20


class Offered(Struct, frozen=True):
    """A reward as a member can have it now: so many units at most, or why not even one.

    `stock` is None where nobody counts it.
    """

    reward: Reward
    most: int
    stock: int | None
    refused: Refused | None = None


class Redeemed(Struct, frozen=True):
    """A redemption that is kept, or that was taken back, with its paper and the balance after it.

    `is_repeat`: it was done before, nothing was done a second time. `coupons` are the papers of
    codes that were issued for it.
    """

    made: Redemption
    slip: Receipt
    balance: int
    is_repeat: bool = False
    coupons: tuple[CouponSlip, ...] = ()
    changes: Changes = Changes.MEMBERS


def rewards_for(shop: Shop, member_id: UUID) -> tuple[Offered, ...]:
    """What a member can have, in the order of the rulebook, and why not others."""
    with shop.store.read() as reading:
        moment, rulebook = shop.moment(reading), reading.rulebooks.current()
        file = known_file(reading, member_id, rulebook, moment)
        asking, scheme = _asking(reading, file, moment), rulebook.scheme
        had, stock = reading.redemptions.had(member_id), reading.redemptions.stock()
        offered = []
        for reward in rulebook.rewards:
            of = {"had": had.get(reward.code, 0), "stock": stock.get(reward.code, 0)}
            refused = refusal(reward, 1, asking, scheme, **of)
            offered.append(
                Offered(
                    reward,
                    most_units(reward, asking, scheme, **of),
                    of["stock"] if reward.is_counted else None,
                    refused and _without_line(reading, file, refused),
                )
            )
        return tuple(offered)


def redemptions_of(shop: Shop, member_id: UUID) -> tuple[Redemption, ...]:
    """What a member had for points last, the newest first."""
    with shop.store.read() as reading:
        return reading.redemptions.of_member(member_id, limit=MOST_SHOWN)


def redeem(
    shop: Shop,
    member_id: UUID,
    code: str,
    units: int,
    *,
    redemption_id: UUID,
    staff: Staff,
    approval: Approval | None = None,
) -> Redeemed:
    """So many units of a reward for the points of a member, out of the lots that expire first.

    `redemption_id` is made before it is confirmed, so that a double press redeems once. Raises
    NotAllowed, NoSuchMember, MemberFrozen…, NoSuchReward, BadUnits, RewardNotNow,
    RewardForTier, RewardLimit, RewardOutOfStock, NotEnoughPoints, and what `cover` does.
    """
    with shop.store.write() as tx:
        known = tx.redemptions.get(redemption_id)
        if known is not None:
            return _again(tx, known)
        moment, rulebook = shop.moment(tx), tx.rulebooks.current()
        answers = allow(tx, staff, Right.REDEEM, now_us=moment.at_us, approval=approval)
        file = known_file(tx, member_id, rulebook, moment, purpose=redemption_id)
        require_served(tx, file, moment.business_on)
        reward = _wanted(tx, file, code, units, rulebook, moment)
        own = cover(tx, member_id, redemption_id, reward.cost(units), moment.at_us)
        transfer, taken = take(
            redemption_id,
            member_id,
            reward.cost(units),
            tx.ledger.lots(member_id),
            into=REDEEMED,
            cause=Cause.REDEEM,
            rulebook=rulebook,
            on=moment.business_on,
        )
        tx.ledger.post(transfer, allocations=taken)
        made = Redemption(
            id=redemption_id,
            no=_next_no(tx),
            member_id=member_id,
            code=code,
            name=reward.name,
            units=units,
            points=transfer.amount,
            at_us=moment.at_us,
            business_on=moment.business_on,
            staff_no=staff.no,
        )
        codes = _coupons(shop, tx, moment, made, reward, rulebook)
        balance = tx.ledger.balance(member_id)
        slip = _slip(tx, made, file, rulebook, moment, balance=balance, staff=staff, coupons=codes)
        tx.redemptions.add(made, slip)
        if reward.is_counted:
            _move(tx, made, -units, "redeemed", moment, staff)
        tx.audit.note(
            "reward_redeemed",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=made.no,
            detail=noted(f"{code} {units} for {made.points}", staff, answers),
        )
        lots = [[part.told_id, part.amount] for part in taken]
        out_of = {} if own is None else {"escrow": own.id}
        stock = stock_record(tx, reward.code) if reward.is_counted else {}
        tell(shop, tx, moment, "RewardRedeemed", _record(made) | {"lots": lots} | out_of | stock)
        note_used(tx, own, redemption_id, made.points)
        is_issued = reward.coupon in rulebook.single_use
        papers = tuple(coupon_slip(tx, code) for code in codes) if is_issued else ()
        return Redeemed(made, slip, balance, coupons=papers)


def undo_redemption(
    shop: Shop, no: str, *, staff: Staff, approval: Approval | None = None
) -> Redeemed:
    """撤销兑换: the reward is back, the points go back to the lots that gave them.

    Raises NotAllowed, NoSuchRedemption, RedemptionUndone, CouponHandedOut.
    """
    with shop.store.write() as tx:
        moment, rulebook = shop.moment(tx), tx.rulebooks.current()
        at_us = moment.at_us
        answers = allow(tx, staff, Right.UNDO_REDEMPTION, now_us=at_us, approval=approval)
        made = tx.redemptions.by_no(no.strip())
        if made is None:
            raise NoSuchRedemption(no)
        if made.is_undone:
            raise RedemptionUndone(made.no)
        slip_then = tx.redemptions.slip(made.no)
        if slip_then and any(isinstance(line, CouponLine) for line in slip_then.lines):
            raise CouponHandedOut(made.no)
        holder = tx.standings.merged_into(made.member_id) or made.member_id
        file = known_file(tx, holder, rulebook, moment)
        given = coming_back(
            tx.redemptions.taken(made.id), made.points, before=0, on=moment.business_on
        )
        back = give_points_back(
            shop, tx, None, file, given, moment, out_of=REDEEMED, cause=Cause.UNREDEEM
        )
        balance = tx.ledger.balance(holder)
        slip = _slip(tx, made, file, rulebook, moment, balance=balance, staff=staff, is_undone=True)
        tx.redemptions.undo(
            made,
            slip,
            at_us=at_us,
            on=moment.business_on,
            staff_no=staff.no,
            approved_by=answers,
        )
        if made.code in tx.redemptions.stock():
            _move(tx, made, made.units, "undone", moment, staff)
        tx.audit.note(
            "redemption_undone",
            at_us=at_us,
            staff_no=staff.no,
            subject=made.no,
            detail=noted(str(made.points), staff, answers),
        )
        body = {
            "redemption": made.id,
            "no": made.no,
            "member": holder,
            "lots": lots_record(back),
            "staff_no": staff.no,
            "approved_by": answers,
            **debts_record(back),
            **stock_record(tx, made.code),
        }
        tell(shop, tx, moment, "RedemptionUndone", body)
        return Redeemed(made, slip, balance)


def _again(tx: Writing, known: Redemption) -> Redeemed:
    slip = tx.redemptions.slip(known.no)
    assert slip is not None, "kept with its paper"
    return Redeemed(known, slip, tx.ledger.balance(known.member_id), is_repeat=True)


def _wanted(
    tx: Writing, file: MemberFile, code: str, units: int, rulebook: Rulebook, moment: Moment
) -> Reward:
    """The reward, where the member can have so many units of it."""
    reward = rulebook.reward(code)
    if reward is None:
        raise NoSuchReward(code)
    refused = refusal(
        reward,
        units,
        _asking(tx, file, moment),
        rulebook.scheme,
        had=tx.redemptions.had(file.member.id).get(code, 0),
        stock=tx.redemptions.stock().get(code, 0),
    )
    if refused is not None:
        raise _without_line(tx, file, refused)
    return reward


def _without_line(reading: Reading, file: MemberFile, refused: Refused) -> Refused:
    """Why they have too few, where they have enough: the server cannot be asked for them."""
    if not isinstance(refused, NotEnoughPoints) or file.points < refused.points:
        return refused
    line = reading.escrows.line()
    is_cut = line is not None and not line.is_open
    return offline(refused.points, refused.most) if is_cut else refused


def _asking(reading: Reading, file: MemberFile, moment: Moment) -> Asking:
    on = moment.business_on
    lots = reading.ledger.lots(file.member.id)
    points = sum(lot.left for lot in lots if lot.is_usable(on))
    if file.allowed is not None:
        points = min(points, file.allowed)
    return Asking(file.member.tier, points, on)


def _next_no(tx: Writing) -> str:
    till = tx.till
    number = tx.redemptions.next_number()
    return redemption_no(till.store_code, till.till_no, till.incarnation, number)


def _coupons(
    shop: Shop,
    tx: Writing,
    moment: Moment,
    made: Redemption,
    reward: Reward,
    rulebook: Rulebook,
) -> tuple[str, ...]:
    """The codes for the slip: the one that anybody may present, or a fresh one for each unit."""
    if not reward.coupon:
        return ()
    if reward.coupon not in rulebook.single_use:
        return (reward.coupon,)
    batch = Batch(
        id=shop.new_id(),
        offer=reward.coupon,
        codes=new_codes(shop, made.units),
        member_id=made.member_id,
        starts_on=None,
        ends_on=None,
        at_us=made.at_us,
        business_on=made.business_on,
        staff_no=made.staff_no,
    )
    hand_out(shop, tx, moment, batch)
    return batch.codes


def _move(
    tx: Writing, made: Redemption, change: int, kind: str, moment: Moment, staff: Staff
) -> None:
    tx.redemptions.move(StockMove(made.code, change, kind, moment.at_us, staff.no, made.id))


def _slip(
    tx: Writing,
    made: Redemption,
    file: MemberFile,
    rulebook: Rulebook,
    moment: Moment,
    *,
    balance: int,
    staff: Staff,
    coupons: tuple[str, ...] = (),
    is_undone: bool = False,
) -> Receipt:
    till = tx.till
    return make_redemption_slip(
        made,
        Heading(till.store_name, till.till_no),
        member=file.member,
        tier_name=rulebook.scheme.tier(file.member.tier).name,
        balance=balance,
        coupons=coupons,
        local_time=day_and_time(moment.at_us, till.zone),
        staff_no=staff.no,
        is_undone=is_undone,
    )


def _record(made: Redemption) -> dict[str, object]:
    return {
        "redemption": made.id,
        "no": made.no,
        "member": made.member_id,
        "code": made.code,
        "units": made.units,
        "points": made.points,
        "staff_no": made.staff_no,
    }
