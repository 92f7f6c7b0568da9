"""小票的字: the typed lines of a receipt as rows of words."""

from __future__ import annotations

from collections.abc import Iterator

from core.sales.explanation import CounterReason
from core.sales.receipt import (
    BackItemLine,
    BackLine,
    CodeLine,
    CopyLine,
    CouponLine,
    CreditLine,
    ExchangeLine,
    ExpiryLine,
    FigureLine,
    Heading,
    ItemLine,
    LeftLine,
    Line,
    MemberLine,
    OfferLine,
    OriginLine,
    PointsBackLine,
    PointsLine,
    RedeemedLine,
    RedeemLine,
    ReturnInfo,
    ReturnLine,
    RewardLine,
    SaleInfo,
    SavingLine,
    SignLine,
    TenderLine,
    TierBackLine,
    TrainingLine,
    UpgradeLine,
    VoidInfo,
    VoidLine,
)
from core.values.money import format_money
from core.values.quantity import ONE, format_quantity
from ui.devices.row import Bars, Row, Squares, Stroke, Voice, Words
from ui.drawer_text import back_by, reason_name
from ui.offer_text import offer_name
from ui.text import figure_name, quoted, tender_name, tr, why


def _origin(line: OriginLine) -> Row:
    """追溯码 8123…, or 批号 B7　效期 2026-12-31."""
    if line.code:
        return Words(tr("追溯码"), line.code, Voice.NOTE)
    said = [tr("批号 {batch}", batch=line.batch)] if line.batch else []
    said += [tr("效期 {on}", on=line.expires_on)] if line.expires_on else []
    return Words("　".join(said), voice=Voice.NOTE)


def receipt_rows(line: Line) -> Iterator[Row]:
    """The rows of one line."""
    match line:
        case Heading() | CopyLine() | VoidLine() | TrainingLine():
            yield from _mark(line)
        case SaleInfo():
            yield from _info(line)
        case ItemLine():
            yield from _item(line)
        case SavingLine():
            yield Words(why(line), voice=Voice.NOTE)
        case OriginLine():
            yield _origin(line)
        case OfferLine():
            yield Words(offer_name(line), format_money(line.amount_fen), Voice.PART)
        case FigureLine():
            yield _figure(line)
        case TenderLine(kind, fen):
            yield Words(tender_name(kind), format_money(fen), Voice.PART)
        case MemberLine(name, card, tier):
            yield Words(tr("会员 {name}", name=name), tier)
            if card:
                yield Words(tr("卡号"), card)
        case PointsLine(earned, balance, spent):
            if spent:
                yield Words(tr("使用积分"), f"−{spent:,}")
            yield Words(tr("本单积分"), f"+{earned:,}" if earned > 0 else f"{earned:,}")
            yield Words(tr("积分余额"), f"{balance:,}".replace("-", "−"))
        case ExpiryLine(points, on):
            yield Words(tr("最先到期"), tr("{points} 分 {on}", points=f"{points:,}", on=on))
        case UpgradeLine(tier):
            yield Words(tr("已升为{tier}，下一单起生效", tier=tier), voice=Voice.CHEER)
        case VoidInfo():
            yield from _void(line)
        case ReturnLine():
            yield Words(tr("退货"), voice=Voice.COPY)
        case ReturnInfo(no=no):
            yield Words(tr("退货单号"), no)
            yield from _void(line)
        case ExchangeLine() | BackItemLine() | CreditLine() | LeftLine() | BackLine():
            yield from _came_back(line)
        case PointsBackLine(taken, balance, given):
            if given:
                yield Words(tr("退还积分"), f"+{given:,}")
            yield Words(tr("收回积分"), f"−{taken:,}")
            yield Words(tr("积分余额"), f"{balance:,}".replace("-", "−"))
        case TierBackLine(tier):
            yield Words(tr("等级恢复为{tier}", tier=tier), voice=Voice.CHEER)
        case RedeemLine(is_undone):
            yield Words(tr("撤销兑换") if is_undone else tr("积分兑换"), voice=Voice.COPY)
        case RewardLine(name, units, points):
            yield Words(name, f"× {units:,}", Voice.ITEM)
            yield Words(tr("{points} 分", points=f"{points:,}"), voice=Voice.NOTE)
        case RedeemedLine(points, balance):
            name = tr("退还积分") if points < 0 else tr("使用积分")
            yield Words(name, f"{-points:+,}".replace("-", "−"))
            yield Words(tr("积分余额"), f"{balance:,}".replace("-", "−"))
        case CouponLine(code):
            yield Words(tr("券码"), code, Voice.STRONG)
            yield from (Bars(code), Squares(code))
        case SignLine(who):
            yield Words(tr("顾客签字") if who == "customer" else tr("签字"), "_" * 16)
        case CodeLine(code):
            yield from (Bars(code), Squares(code))
        case _:
            yield Stroke()


def _came_back(
    line: ExchangeLine | BackItemLine | CreditLine | LeftLine | BackLine,
) -> Iterator[Row]:
    """What came back with a sale, and what becomes of its money."""
    match line:
        case ExchangeLine(no, sold_time):
            yield Words(tr("换货，退回"), no)
            yield Words(tr("原单"), sold_time)
        case BackItemLine(name, spec, unit, milli, fen):
            yield Words(goods_name(name, spec), format_money(-fen), Voice.ITEM)
            yield Words(goods_count(milli, unit), voice=Voice.NOTE)
        case CreditLine(kind, fen):
            words = tr("退货抵（{tender}）", tender=tender_name(kind))
            yield Words(words, format_money(fen), Voice.PART)
        case LeftLine(kind, fen):
            yield Words(back_by(kind), format_money(fen), Voice.STRONG)
        case BackLine(kind, fen):
            yield Words(back_by(kind), format_money(fen), Voice.PART)


def _info(line: SaleInfo) -> Iterator[Row]:
    """Number and moment; the cashier stands there where the design does not leave them away."""
    staff = tr("收银员 {staff}", staff=line.staff_no) if line.staff_no else ""
    yield Words(tr("单号 {no}", no=line.sale_no), staff)
    yield Words(line.local_time)


def _mark(line: Heading | CopyLine | VoidLine | TrainingLine) -> Iterator[Row]:
    """What a paper is, or is not."""
    match line:
        case Heading(is_copy=is_copy):
            if is_copy:
                yield Words(tr("补打，非原件"), voice=Voice.COPY)
        case CopyLine(no):
            yield Words(tr("第 {no} 次补打", no=no), voice=Voice.CENTRED)
        case VoidLine():
            yield Words(tr("作废"), voice=Voice.COPY)
        case TrainingLine():
            yield Words(tr("练习 · 不作凭证"), voice=Voice.COPY)


def _item(line: ItemLine) -> Iterator[Row]:
    name = goods_name(line.name, line.spec)
    if line.is_prescription:
        name = tr("[处方] {name}", name=name)
    if line.chosen:
        words = "[赠品] {name}" if line.chosen == "gift" else "[加价购] {name}"
        name = tr(words, name=name)
    yield Words(name, format_money(line.payable_fen), Voice.ITEM)
    quantity = goods_count(line.quantity_milli, line.unit)
    how = f"{quantity} × {format_money(line.unit_price_fen)}"
    if line.payable_fen != line.list_fen and line.quantity_milli != ONE:
        how += f" = {format_money(line.list_fen)}"
    yield Words(how, voice=Voice.NOTE)


def goods_name(name: str, spec: str) -> str:
    """A product with its size, once."""
    return name if spec in name else f"{name} {spec}"


def goods_count(quantity_milli: int, unit: str) -> str:
    """How many of a product."""
    return f"{format_quantity(quantity_milli)} {unit}".strip()


def _void(line: VoidInfo | ReturnInfo) -> Iterator[Row]:
    yield Words(tr("原单"), line.sold_time)
    yield Words(tr("原因"), reason_name(CounterReason(line.reason)))
    if line.words:
        yield Words(quoted(line.words), voice=Voice.NOTE)
    yield Words(tr("授权"), tr("工号 {no}", no=line.approved_by))


def _figure(line: FigureLine) -> Words:
    name = figure_name(line.kind)
    match line.kind:
        case "pieces":
            return Words(name, format_quantity(line.amount))
        case "payable" | "back":
            return Words(name, f"¥{format_money(line.amount)}", Voice.TOTAL)
        case "paid" | "change":
            return Words(name, format_money(line.amount), Voice.STRONG)
        case "rounding" | "withheld" | "points" | "returned":
            return Words(name, format_money(-line.amount), Voice.ITEM)
    return Words(name, format_money(line.amount))
