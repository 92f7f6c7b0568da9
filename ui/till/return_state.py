"""退货: what the sheet shows: the lines of a sale, how much of each comes back, what happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from uuid import UUID

from msgspec import Struct

from core.actions.return_sale import ReturnPreview
from core.members.masks import mask_name
from core.sales.returns import LinePart, SoldLine
from core.trust.rights import Right
from core.values.moment import local_time
from core.values.money import format_money
from core.values.quantity import format_quantity
from ui.drawer_text import back_by
from ui.text import tr
from ui.till.effects import Effect
from ui.till.void_state import ICONS, coupon_effect, given_effects, shortage_effects


class LineState(Struct, frozen=True):
    """One line: what was bought, what is left, and how much of it comes back now."""

    no: int
    code: str
    name: str
    sub: str
    bought: str
    left_milli: int
    chosen_milli: int = 0
    money: str = ""
    is_restricted: bool = False


class ReturnState(Struct, frozen=True):
    """A sale with what is chosen of it; `back` is the money, "" while nothing is chosen.

    `is_away`: another till sold it.
    """

    sale_id: UUID
    no: str
    subtitle: str
    lines: tuple[LineState, ...]
    effects: tuple[Effect, ...]
    back: str
    can_void: bool
    is_away: bool = False

    @classmethod
    def of(cls, shown: ReturnPreview, zone: tzinfo) -> ReturnState:
        """Of what the till says beforehand."""
        parts = {part.no: part for part in shown.refund.lines}
        has_returns = any(line.returned_milli for line in shown.lines)
        return cls(
            sale_id=shown.sale.sale_id,
            no=shown.sale.no,
            subtitle=_subtitle(shown, zone),
            lines=tuple(
                _line(line, parts.get(line.no), is_restricted=line.no in shown.restricted)
                for line in shown.lines
            ),
            effects=tuple(_effects(shown)) if parts else (),
            back=format_money(shown.back_fen) if parts else "",
            can_void=shown.is_of_today and not has_returns,
            is_away=shown.sold.is_away,
        )

    @property
    def is_gone(self) -> bool:
        """Whether nothing is left to come back."""
        return not any(line.left_milli for line in self.lines)


def _subtitle(shown: ReturnPreview, zone: tzinfo) -> str:
    sold = local_time(shown.sale.at_us, zone)
    facts = [shown.sale.no, f"{sold:%Y-%m-%d %H:%M}"]
    if (said := shown.sold.said) is not None:
        facts.append(tr("{store}·{till} 号台", store=said.store_name, till=said.till_no))
    if shown.file is not None:
        facts.append(mask_name(shown.file.member.name))
    return "　".join(facts)


def _line(line: SoldLine, part: LinePart | None, *, is_restricted: bool) -> LineState:
    return LineState(
        no=line.no,
        code=line.code,
        name=line.name,
        sub=_sub(line, part, is_restricted=is_restricted),
        bought=tr("买 {count}", count=format_quantity(line.quantity_milli)),
        left_milli=line.left_milli,
        chosen_milli=part.quantity_milli if part else 0,
        money=format_money(part.money_fen) if part else "",
        is_restricted=is_restricted,
    )


def _sub(line: SoldLine, part: LinePart | None, *, is_restricted: bool) -> str:
    if not line.left_milli:
        return tr("已全部退回")
    if is_restricted:
        return tr("药品只因质量问题退，需店长授权")
    if part is not None and part.points:
        money = format_money(part.money_fen)
        return tr("退钱 {money}，收回积分 {points}", money=money, points=f"{part.points:,}")
    if line.returned_milli:
        return tr("已退 {back}", back=format_quantity(line.returned_milli))
    return tr("付了 {money}", money=format_money(line.payable_fen))


def _effects(shown: ReturnPreview) -> Iterator[Effect]:
    for tender in shown.back:
        money = format_money(tender.amount_fen)
        yield Effect(ICONS[tender.kind], back_by(tender.kind), "", money)
    if shown.refund.rounding_fen:
        line = tr("现金按最小找零单位退，全退完时一分不差")
        yield Effect("cash", tr("抹零"), line, format_money(shown.refund.rounding_fen))
    if shown.gifts:
        names = tr("、").join(line.name for line in shown.gifts)
        yield Effect("offer", tr("赠品还在顾客手里"), names, tr("请一起收回"))
    if shown.file is not None:
        yield from _of_member(shown)
    yield from map(coupon_effect, shown.coupons)
    if shown.right is Right.RETURN_BEYOND_RULES:
        yield Effect("lock", tr("收银员要店长授权"), _why(shown), "")


def _of_member(shown: ReturnPreview) -> Iterator[Effect]:
    assert shown.file is not None
    balance = f"{shown.balance:,}".replace("-", "−")
    line = tr("余额 {before} → {after}", before=f"{shown.file.points:,}", after=balance)
    yield from given_effects(shown.given)
    yield Effect("return", tr("收回积分"), line, f"−{shown.points_taken:,}")
    yield from shortage_effects(shown.shortage)
    if shown.fallen_to is not None:
        line = tr("{before} → {after}", before=shown.tier_name, after=shown.fallen_to)
        yield Effect("user", tr("等级恢复"), line, shown.fallen_to)
    else:
        yield Effect("user", tr("等级"), "", tr("仍是{tier}", tier=shown.tier_name))


def _why(shown: ReturnPreview) -> str:
    """Which rules it goes beyond."""
    said = (
        (shown.is_late, tr("过了 {days} 天", days=shown.policy.days)),
        (shown.lacks_receipt, tr("没有小票")),
        (shown.has_medicine, tr("有药品")),
        (bool(shown.gifts), tr("赠品没有退")),
    )
    return tr("、").join(words for is_so, words in said if is_so)
