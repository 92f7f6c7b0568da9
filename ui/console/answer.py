"""回答: the state after a command, as plain records for JSON and as text for people."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from core.actions.counter import Counter
from core.members.card import NO_CARD
from core.members.masks import mask_name, mask_phone
from core.ports import StoredSale, Suggestion
from core.pricing.adjustment import Adjustment
from core.pricing.basket import BasketLine
from core.pricing.by_hand import ByHand, PriceByHand
from core.pricing.exchange import Exchange
from core.sales.day import Day
from core.values.money import format_money
from core.values.quantity import format_quantity
from ui.console.coupon_words import coupon_records
from ui.text import tr, why


class Answer(Struct, frozen=True):
    """What one command came to: `ok`, one sentence, and the state after it."""

    ok: bool
    say: str
    counter: Counter | None = None
    sale: StoredSale | None = None
    day: Day | None = None
    staff: str = ""
    found: tuple[Suggestion, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """The answer as one JSON object; amounts in fen, quantities in thousandths."""
        counter = self.counter
        return {
            "ok": self.ok,
            "say": self.say,
            "staff": self.staff,
            "day": _day_record(self.day),
            "basket": None if counter is None else basket_record(counter),
            "member": None if counter is None else member_record(counter),
            "sale": sale_record(self.sale),
            "found": [found_record(row) for row in self.found],
            **self.more,
        }

    def text(self) -> str:
        """The answer for a person: the sentence, then what stands at the counter."""
        rows = [("" if self.ok else "! ") + self.say]
        rows += [
            f"  {n}. {row.name} {row.detail} [{row.key}]" for n, row in enumerate(self.found, 1)
        ]
        if self.counter is not None and not self.counter.basket.is_empty:
            rows += _basket_text(self.counter)
        return "\n".join(rows)


def positions(counter: Counter) -> dict[int, int]:
    """Line number of the basket → place on the screen, counted from 1."""
    return {line.no: place for place, line in enumerate(counter.basket.lines, 1)}


def basket_record(counter: Counter) -> dict[str, Any]:
    """Lines in order of scanning; `line` of an adjustment is the place of its line, from 1."""
    quote = counter.quote
    place = positions(counter)
    names = {line.no: line.product.name for line in counter.basket.lines}
    return {
        "sale_id": counter.basket.sale_id.hex,
        "lines": [
            {
                "no": place[line.no],
                "code": line.code,
                "name": names[line.no],
                "quantity_milli": line.quantity_milli,
                "list_fen": line.list_fen,
                "payable_fen": line.payable_fen,
                "points": line.points,
                "by_hand": _by_hand_record(counter.basket.line(line.no).by_hand),
                "offer": counter.basket.line(line.no).offer,
                **origin_record(counter.basket.line(line.no)),
                "is_unweighed": counter.basket.line(line.no).is_unweighed,
                "is_unmet": line.no in quote.unmet,
            }
            for line in quote.lines
        ],
        "adjustments": [_adjustment_record(each, place) for each in quote.adjustments],
        "tenders": [
            {"kind": tender.kind.value, "amount_fen": tender.amount_fen}
            for tender in counter.basket.tenders
        ],
        "exchange": _exchange_record(counter.basket.exchange),
        "discount": _by_hand_record(counter.basket.discount),
        "coupons": coupon_records(counter),
        "off": [
            {"offer": off.offer, "reason": off.reason, "answers_no": off.answers_no}
            for off in counter.basket.off
        ],
        "list_fen": quote.list_fen,
        "payable_fen": quote.payable_fen,
        "saved_fen": quote.saved_fen,
        "due_fen": quote.due_fen,
        "points": quote.points,
        "points_chosen": counter.basket.points,
        "points_spent": quote.points_spent,
        "points_fen": quote.points_fen,
        "most_points": quote.most_points,
        "is_proven": quote.is_proven,
    }


def _exchange_record(exchange: Exchange | None) -> dict[str, Any] | None:
    """What waits to come back with the basket; fen."""
    if exchange is None:
        return None
    return {
        "no": exchange.sale_no,
        "back_fen": exchange.back_fen,
        "credit_fen": sum(tender.amount_fen for tender in exchange.credit),
        "left": {tender.kind.value: tender.amount_fen for tender in exchange.left},
    }


def origin_record(line: BasketLine) -> dict[str, Any]:
    """Batch, last day and trace codes of a line, as far as its codes told."""
    return {
        "batch": line.batch,
        "expires_on": line.expires_on.isoformat() if line.expires_on else None,
        "traces": list(line.traces),
        "traces_lacking": line.traces_lacking,
    }


def member_record(counter: Counter) -> dict[str, Any] | None:
    """The member at the counter; nothing that would need a right to see."""
    file = counter.file
    if file is None or counter.tier is None:
        return None
    return {
        "card_no": "" if file.member.card_no.startswith(NO_CARD) else file.member.card_no,
        "tier": counter.tier.name,
        "tier_code": counter.tier.code,
        "points": file.points,
        "spend_fen": file.spend_fen,
        "birthday_in_days": counter.birthday_in_days,
        "is_visitor": file.member.is_visitor,
        "told_at": file.told_at.isoformat(timespec="minutes") if file.told_at else None,
    }


def sale_record(sale: StoredSale | None) -> dict[str, Any] | None:
    """The sale that was settled last."""
    if sale is None:
        return None
    return {
        "id": sale.sale_id.hex,
        "no": sale.no,
        "payable_fen": sale.payable_fen,
        "paid_fen": sale.paid_fen,
        "change_fen": sale.change_fen,
        "points_earned": sale.points_earned,
        "points_balance": sale.points_balance,
        "tier_after": sale.tier_after,
    }


def found_record(row: Suggestion) -> dict[str, Any]:
    """One suggestion; names and phones of members come masked from the console."""
    return {
        "kind": row.kind,
        "key": row.key,
        "name": row.name,
        "detail": row.detail,
        "points": row.points,
        "price_fen": row.price_fen,
    }


def _adjustment_record(each: Adjustment, place: dict[int, int]) -> dict[str, Any]:
    return {
        "stage": each.stage.value,
        "offer": each.offer,
        "line": place[each.line],
        "amount_fen": each.amount_fen,
        "why": why(each),
    }


def _by_hand_record(by_hand: ByHand | None) -> dict[str, Any] | None:
    if by_hand is None:
        return None
    record = {
        "reason": by_hand.reason,
        "approved_by": by_hand.approved.staff_no if by_hand.approved else None,
    }
    if isinstance(by_hand, PriceByHand):
        return {"price_fen": by_hand.price_fen, **record}
    return {"amount_fen": by_hand.amount_fen, "rate_bp": by_hand.rate_bp, **record}


def _day_record(day: Day | None) -> dict[str, Any] | None:
    if day is None:
        return None
    return {
        "business_on": day.business_on.isoformat(),
        "float_fen": day.float_fen,
        "is_open": day.closed_us is None,
    }


def _basket_text(counter: Counter) -> list[str]:
    quote = counter.quote
    place = positions(counter)
    rows = []
    for priced in quote.lines:
        name = counter.basket.line(priced.no).product.name
        quantity = format_quantity(priced.quantity_milli)
        net = format_money(priced.payable_fen)
        rows.append(f"  {place[priced.no]}. {name} × {quantity}  {net}")
        rows += [f"       {why(each)}" for each in quote.adjustments if each.line == priced.no]
    figures = tr(
        "  原价 {list}  已省 {saved}  应收 {payable}  还差 {due}  本单 {points} 分",
        list=format_money(quote.list_fen),
        saved=format_money(quote.saved_fen),
        payable=format_money(quote.payable_fen),
        due=format_money(quote.due_fen),
        points=quote.points,
    )
    return [*rows, figures]


def masked(row: Suggestion) -> Suggestion:
    """What was found, as anybody may see it."""
    if row.kind != "member":
        return row
    return replace(row, name=mask_name(row.name), detail=mask_phone(row.detail))
