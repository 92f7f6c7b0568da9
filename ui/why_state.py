"""为什么这个价: lines down, offers across, sums both ways; and what was not used, and why."""

from __future__ import annotations

from msgspec import Struct

from core.actions.counter import Counter
from core.pricing.adjustment import Adjustment, Lost, Rejected, Stage
from core.pricing.basket import BasketLine
from core.values.money import format_money
from core.values.quantity import format_quantity, is_whole
from ui.lost_text import rejected
from ui.offer_text import nearly
from ui.text import discount, says_rate, tr
from ui.widgets.ledger import LedgerRow

_STAGES = tuple(Stage)
_BY_HAND = {
    Stage.PRICE_BY_HAND: "改价",
    Stage.LINE_BY_HAND: "手工",
    Stage.BASKET_BY_HAND: "整单",
}


class Unused(Struct, frozen=True):
    """没有用上的: the lines it concerns, and why."""

    title: str
    reason: str


class WhyState(Struct, frozen=True):
    """The ledger in words. Each row's cells, and each column, add up to what stands at its end."""

    heads: tuple[str, ...]
    rows: tuple[LedgerRow, ...]
    total: LedgerRow
    unused: tuple[Unused, ...]
    spoken: str
    proof: str

    @classmethod
    def of(cls, counter: Counter) -> WhyState:
        """The ledger of what stands at the counter."""
        quote = counter.quote
        shown = (each for each in quote.adjustments if each.stage is not Stage.CASH_ROUNDING)
        made = [each for each in shown if each.amount_fen]
        in_order = sorted(made, key=lambda each: _STAGES.index(each.stage))
        columns = list(dict.fromkeys(offer_name(each) for each in in_order))
        lines = {line.no: line for line in counter.basket.lines}
        rows = tuple(
            LedgerRow(
                _name(lines[priced.no]),
                format_money(priced.list_fen),
                _cells([each for each in made if each.line == priced.no], columns),
                format_money(priced.payable_fen),
                (tr("处方"),) if lines[priced.no].product.is_prescription else (),
            )
            for priced in quote.lines
        )
        return cls(
            heads=(tr("商品"), tr("原价"), *columns, tr("应收")),
            rows=rows,
            total=LedgerRow(
                tr("合计"),
                format_money(quote.list_fen),
                _cells(made, columns),
                format_money(quote.payable_fen),
            ),
            unused=_unused(counter, lines),
            spoken=_spoken(quote.offers_fen),
            proof=_proof(counter),
        )


def offer_name(each: Adjustment) -> str:
    """One column for each offer, whatever the price it gave to each product.

    What was given by hand has one for each of its reasons.
    """
    if each.stage in _BY_HAND:
        return tr("{name}·{reason}", name=tr(_BY_HAND[each.stage]), reason=each.label)
    if each.stage is Stage.PERCENTAGE and not says_rate(each.label, each.rate_bp):
        name = each.label or tr("会员")
        return tr("{name}{rate}", name=name, rate=discount(each.rate_bp))
    if each.stage is Stage.POINTS:
        return tr("积分抵扣")
    return each.label or tr("特价")


def _cells(made: list[Adjustment], columns: list[str]) -> tuple[str, ...]:
    sums = [sum(each.amount_fen for each in made if offer_name(each) == name) for name in columns]
    return tuple(format_money(-fen) if fen else "" for fen in sums)


def _name(line: BasketLine) -> str:
    product, milli = line.product, line.quantity_milli
    if product.is_weighed or not is_whole(milli):
        return f"{product.name} {format_quantity(milli)} {product.unit}".strip()
    return product.name if milli == 1000 else f"{product.name} × {format_quantity(milli)}"


def _unused(counter: Counter, lines: dict[int, BasketLine]) -> tuple[Unused, ...]:
    """Each reason once, with the products that it concerns."""
    products: dict[str, list[str]] = {}
    for near in counter.quote.nearly:
        products.setdefault(nearly(near), [])
    for offer in counter.quote.rejected:
        if offer.lost is Lost.SWITCHED_OFF:
            products.setdefault(_switched_off(offer, counter), [])
        elif not offer.line:
            products.setdefault(rejected(offer, counter.rulebook), [])
        elif offer.line in lines:
            names = products.setdefault(rejected(offer, counter.rulebook), [])
            names.append(lines[offer.line].product.name)
    return tuple(
        Unused(reason, tr("、").join(dict.fromkeys(names))) for reason, names in products.items()
    )


def _switched_off(offer: Rejected, counter: Counter) -> str:
    reason = next((off.reason for off in counter.basket.off if off.offer == offer.offer), "")
    return tr("{name}已关闭：{reason}", name=offer.label or offer.offer, reason=reason)


def _spoken(saved_fen: int) -> str:
    if not saved_fen:
        return tr("“都是原价。”")
    return tr("“一共替您省了 {saved} 元。”", saved=format_money(saved_fen))


def _proof(counter: Counter) -> str:
    version = counter.rulebook.version
    if counter.quote.is_proven:
        return tr("规则册 v{version}·已验证是最便宜的一组", version=version)
    return tr("规则册 v{version}", version=version)
