"""兑换品库存: what came in is added to the shelf, and what is counted there holds."""

from __future__ import annotations

from core.actions.allow import allow, noted
from core.actions.telling import tell
from core.errors import BadStock, StockMoved
from core.points.redeem import StockMove
from core.ports import Writing
from core.rulebook.rewards import Reward
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff

MOST_STOCK = 1_000_000
COUNTED, RECEIVED = "counted", "received"


def count_rewards(
    shop: Shop, code: str, units: int, *, staff: Staff, approval: Approval | None = None
) -> Reward:
    """盘点: so many lie on the shelf now; raises NotAllowed, BadStock."""
    with shop.store.write() as tx:
        before = tx.redemptions.stock().get(code, 0)
        return _put(shop, tx, code, (before, units), COUNTED, staff, approval)


def receive_rewards(
    shop: Shop,
    code: str,
    units: int,
    *,
    seen: int,
    staff: Staff,
    approval: Approval | None = None,
) -> Reward:
    """入库: so many more lie on the shelf, where `seen` did.

    A second press has seen another shelf, and adds nothing. Raises NotAllowed, BadStock,
    StockMoved.
    """
    with shop.store.write() as tx:
        allow(tx, staff, Right.COUNT_REWARDS, now_us=shop.moment(tx).at_us, approval=approval)
        before = tx.redemptions.stock().get(code, 0)
        if units < 1:
            raise BadStock(str(units))
        if before != seen:
            raise StockMoved(before)
        return _put(shop, tx, code, (before, before + units), RECEIVED, staff, approval)


def _put(
    shop: Shop,
    tx: Writing,
    code: str,
    stock: tuple[int, int],
    kind: str,
    staff: Staff,
    approval: Approval | None,
) -> Reward:
    """The shelf from one number to another."""
    before, units = stock
    moment = shop.moment(tx)
    answers = allow(tx, staff, Right.COUNT_REWARDS, now_us=moment.at_us, approval=approval)
    reward = tx.rulebooks.current().reward(code)
    if reward is None or not reward.is_counted:
        raise BadStock(code)
    if not 0 <= units <= MOST_STOCK:
        raise BadStock(str(units))
    tx.redemptions.move(StockMove(code, units - before, kind, moment.at_us, staff.no))
    tx.audit.note(
        f"rewards_{kind}",
        at_us=moment.at_us,
        staff_no=staff.no,
        subject=code,
        detail=noted(f"{before} {units}", staff, answers),
    )
    body = {"code": code, "before": before, "units": units, "staff_no": staff.no}
    body |= stock_record(tx, code)
    tell(shop, tx, moment, "RewardsCounted", body)
    return reward


def stock_record(tx: Writing, code: str) -> dict[str, object]:
    """What this till has on the shelf of a counted reward, after what it did (sync.md 7)."""
    if code not in tx.redemptions.stock():
        return {}
    return {"stock": [code, tx.redemptions.own_stock(code)]}
