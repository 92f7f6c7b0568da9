"""客显的内容: what a customer may see of the counter, in words; nothing else reaches their window.

Of a member only the masked name, the tier and the points are said; of a prescription line only that
it is one, and what it costs. Phone, birthday, allergies, notes and reasons of the staff: never.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from core.actions.counter import Counter
from core.members.masks import mask_name
from core.ports import StoredSale
from core.pricing.adjustment import Adjustment, Stage
from core.pricing.basket import BasketLine
from core.pricing.quote import Quote, QuoteLine, unit_list_fen
from core.sales.receipt import MemberLine, PointsLine
from core.values.money import format_money
from ui.customer.sums import Sums
from ui.offer_text import nearly, offer_name
from ui.text import tr
from ui.till.state import quantity_words

MOST_ROWS = 40
"""More fit on no screen; of a long basket the rest is not put into words."""
_OFF_BASKET = (Stage.BASKET_BY_HAND, Stage.POINTS, Stage.CASH_ROUNDING)
_BY_HAND = (Stage.PRICE_BY_HAND, Stage.LINE_BY_HAND)


class Scene(StrEnum):
    """What the window is about: nothing yet, a basket, or a sale that was just paid."""

    IDLE = "idle"
    BASKET = "basket"
    PAID = "paid"


class Row(Struct, frozen=True):
    """A line of the basket, or what came off the whole of it; `key` tells rows apart."""

    key: str
    name: str
    sub: str = ""
    quantity: str = ""
    net: str = ""
    is_saving: bool = False


class Figure(Struct, frozen=True):
    """A sum with its name; `is_bold`: the one to look at."""

    name: str
    amount: str
    is_bold: bool = False


class CustomerState(Struct, frozen=True):
    """One state of the customer's window.

    `rows` are the last of `count`, `touched` the key of the one that changed last; `amount` is the
    largest thing, `label` says what it is; `points` are sentences about them.
    """

    scene: Scene
    greeting: str = ""
    tier: str = ""
    rows: tuple[Row, ...] = ()
    count: int = 0
    touched: str = ""
    label: str = ""
    amount: str = ""
    figures: tuple[Figure, ...] = ()
    points: tuple[str, ...] = ()

    @classmethod
    def of(cls, counter: Counter | None, paid: StoredSale | None = None) -> CustomerState:
        """What stands at the counter; `paid` is the sale whose change is still to be handed out."""
        if paid is not None:
            return _paid(paid)
        if counter is None or (counter.basket.is_empty and counter.file is None):
            return NOTHING
        return _basket(counter)


NOTHING = CustomerState(Scene.IDLE)


def _basket(counter: Counter) -> CustomerState:
    quote, file, tier = counter.quote, counter.file, counter.tier
    rows = (*_goods(counter), *_off_whole(quote))
    near = next((each for each in quote.nearly if not each.gives), None)
    if near is not None:
        rows = (*rows, Row("nearly", nearly(near), is_saving=True))
    sums = Sums.of(counter)
    label, amount_fen = tr("请付"), quote.payable_fen
    if sums.left_fen and not sums.due_fen:
        label, amount_fen = tr("退给您"), sums.left_fen
    elif sums.own_fen or sums.credit_fen:
        label, amount_fen = tr("还要付"), sums.due_fen
    points: list[str] = []
    if file is not None:
        points.append(tr("您有 {points} 分", points=_signed(file.points)))
        if quote.points:
            points.append(tr("这单再得 {points} 分", points=f"{quote.points:,}"))
    return CustomerState(
        Scene.BASKET,
        greeting=tr("{name}，您好", name=mask_name(file.member.name)) if file else "",
        tier=tier.name if tier else "",
        rows=rows,
        count=len(quote.lines),
        touched=str(counter.changed_line or ""),
        label=label,
        amount=format_money(amount_fen),
        figures=(*_figures(quote), *_handed(sums)),
        points=tuple(points),
    )


def _goods(counter: Counter) -> list[Row]:
    """The last lines; a line's net is what it costs before what comes off the whole."""
    lines = {line.no: line for line in counter.basket.lines}
    shown = counter.quote.lines[-MOST_ROWS:]
    made: dict[int, list[Adjustment]] = {line.no: [] for line in shown}
    for each in counter.quote.adjustments:
        if each.line in made:
            made[each.line].append(each)
    return [_row(priced, lines[priced.no], made[priced.no]) for priced in shown]


def _row(priced: QuoteLine, line: BasketLine, made: list[Adjustment]) -> Row:
    off = sum(
        each.amount_fen for each in made if each.stage in (Stage.BASKET_BY_HAND, Stage.POINTS)
    )
    key, net = str(priced.no), format_money(priced.payable_fen + off)
    product = line.product
    if product.is_prescription:
        return Row(key, tr("处方药"), tr("名称不在这里显示"), net=net)
    amount = quantity_words(product, priced.quantity_milli)
    price = format_money(unit_list_fen(line, priced))
    return Row(key, product.name, _saved(made), f"{amount} × {price}", net)


def _saved(made: Iterable[Adjustment]) -> str:
    """金卡 95折，省 3.40: the names of what saved, and how much in all."""
    own = [each for each in made if each.stage not in _OFF_BASKET and each.amount_fen > 0]
    if not own:
        return ""
    names = dict.fromkeys(_name(each) for each in own)
    saved = format_money(sum(each.amount_fen for each in own))
    return tr("{name}，省 {saved}", name=tr("、").join(names), saved=saved)


def _name(each: Adjustment) -> str:
    """Why somebody of the staff gave something is the shop's own business."""
    return tr("店里优惠") if each.stage in _BY_HAND else offer_name(each)


def _off_whole(quote: Quote) -> list[Row]:
    rows = []
    by_hand = _sum(quote, Stage.BASKET_BY_HAND)
    if by_hand:
        rows.append(Row("basket", tr("店里优惠"), net=format_money(-by_hand), is_saving=True))
    if quote.paying_points:
        used = tr("用 {points} 分", points=f"{quote.paying_points:,}")
        net = format_money(-quote.points_fen)
        rows.append(Row("points", tr("积分抵扣"), used, net=net, is_saving=True))
    return rows


def _figures(quote: Quote) -> tuple[Figure, ...]:
    """The list price and what makes the difference; only what there is."""
    rounding = _sum(quote, Stage.CASH_ROUNDING)
    found = []
    if quote.list_fen != quote.payable_fen:
        found.append(Figure(tr("原价"), format_money(quote.list_fen)))
    if quote.offers_fen:
        found.append(Figure(tr("为您省了"), format_money(quote.offers_fen), is_bold=True))
    if quote.points_fen:
        found.append(Figure(tr("积分抵扣"), format_money(-quote.points_fen)))
    if rounding:
        found.append(Figure(tr("抹零"), format_money(-rounding)))
    return tuple(found)


def _handed(sums: Sums) -> tuple[Figure, ...]:
    """What goods that come back pay, and what the customer handed over."""
    found = []
    if sums.credit_fen:
        found.append(Figure(tr("退货抵"), format_money(-sums.credit_fen)))
    if sums.own_fen:
        found.append(Figure(tr("已收"), format_money(sums.own_fen)))
    return tuple(found)


def _sum(quote: Quote, stage: Stage) -> int:
    return sum(each.amount_fen for each in quote.adjustments if each.stage is stage)


def _paid(sale: StoredSale) -> CustomerState:
    """What is handed back, or what was paid where nobody gets any back."""
    sums = Sums.of_sale(sale)
    label, amount_fen = tr("已付"), sums.own_fen
    if sums.left_fen:
        label, amount_fen = tr("退给您"), sums.left_fen + sums.change_fen
    elif sums.change_fen:
        label, amount_fen = tr("找零"), sums.change_fen
    figures = (Figure(tr("应付"), format_money(sale.payable_fen)), *_handed(sums))
    lines = sale.receipt.lines
    member = next((line for line in lines if isinstance(line, MemberLine)), None)
    points = next((line for line in lines if isinstance(line, PointsLine)), None)
    said: list[str] = []
    if member is not None and points is not None:
        said.append(tr("这单得了 {points} 分", points=f"{points.earned:,}"))
        said.append(tr("现在有 {points} 分", points=_signed(points.balance)))
    return CustomerState(
        Scene.PAID,
        greeting=member.masked_name if member else "",
        tier=member.tier_name if member else "",
        label=label,
        amount=format_money(amount_fen),
        figures=figures if sums.change_fen or sums.credit_fen else (),
        points=tuple(said),
    )


def _signed(points: int) -> str:
    return f"{points:,}".replace("-", "−")
