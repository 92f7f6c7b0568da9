"""券、礼品小票、挂单条、对账单的字: their typed lines as rows of words."""

from __future__ import annotations

from collections.abc import Iterator

from core.points.ledger import Cause
from core.sales.coupon_slip import CouponTerms, CouponTitle
from core.sales.gift_slip import GiftItemLine, GiftLine
from core.sales.hold_slip import HeldItemLine, HeldLine, HoldLine
from core.sales.statement import (
    AccountLine,
    BoughtLine,
    MovementLine,
    PeriodLine,
    PurchaseLine,
    StatementLine,
)
from core.values.money import format_money
from core.values.quantity import format_quantity
from ui.coupon_words import term_words
from ui.devices.receipt_rows import goods_count, goods_name
from ui.devices.row import Row, Voice, Words
from ui.text import tr

SlipLine = (
    GiftLine
    | GiftItemLine
    | HoldLine
    | HeldLine
    | HeldItemLine
    | CouponTitle
    | CouponTerms
    | StatementLine
    | PeriodLine
    | AccountLine
    | MovementLine
    | PurchaseLine
    | BoughtLine
)
CAUSES: dict[str, str] = {
    Cause.SALE: "购物",
    Cause.VOID: "作废",
    Cause.RETURN: "退货",
    Cause.MERGE: "并入",
    Cause.IMPORT: "原有积分",
    Cause.SPEND: "积分抵扣",
    Cause.GIVE_BACK: "退还抵扣",
    Cause.REDEEM: "积分兑换",
    Cause.UNREDEEM: "撤销兑换",
    Cause.BEHAVIOUR: "行为得分",
    Cause.EXPIRY: "到期",
    Cause.CORRECTION: "更正",
    Cause.ELSEWHERE: "别处的变动",
}


def slip_rows(line: SlipLine) -> Iterator[Row]:
    """The rows of one line."""
    match line:
        case GiftLine():
            yield Words(tr("礼品小票"), voice=Voice.COPY)
            yield Words(tr("凭此单可以退换，不写价钱"), voice=Voice.CENTRED)
        case HoldLine():
            yield Words(tr("挂单，还没有付款"), voice=Voice.COPY)
        case GiftItemLine() | HeldItemLine():
            count = goods_count(line.quantity_milli, line.unit)
            yield Words(goods_name(line.name, line.spec), count, Voice.ITEM)
        case HeldLine(name, pieces, fen):
            yield Words(name, tr("{count} 件", count=pieces), Voice.STRONG)
            yield Words(tr("应收"), f"¥{format_money(fen)}", Voice.TOTAL)
        case CouponTitle(name):
            yield Words(name, voice=Voice.TITLE)
        case CouponTerms():
            yield from (Words(words, voice=Voice.PLAIN) for words in term_words(line))
        case StatementLine():
            yield Words(tr("会员对账单"), voice=Voice.COPY)
        case PeriodLine():
            yield Words(tr("{start} 到 {end}", start=line.since, end=line.until))
            yield Words(line.local_time, tr("工号 {no}", no=line.staff_no))
        case AccountLine(before, came, went, after):
            yield Words(tr("期初积分"), _points(before))
            yield Words(tr("增加"), f"+{came:,}")
            yield Words(tr("减少"), _points(-went))
            yield Words(tr("期末积分"), _points(after), Voice.STRONG)
        case MovementLine(on, cause, points, sale_no):
            why = f"{on}　{tr(CAUSES[cause])}"
            yield Words(why, f"+{points:,}" if points > 0 else _points(points))
            if sale_no:
                yield Words(sale_no, voice=Voice.NOTE)
        case PurchaseLine():
            yield from _purchase(line)
        case BoughtLine(lines, fen):
            bought = tr("买过 {count} 项", count=f"{lines:,}")
            yield Words(bought, format_money(fen), Voice.STRONG)


def _purchase(line: PurchaseLine) -> Iterator[Row]:
    yield Words(line.name, format_money(line.payable_fen), Voice.ITEM)
    count = format_quantity(line.quantity_milli)
    words = tr("{on}　× {count}", on=line.on, count=count)
    yield Words(words, voice=Voice.NOTE)
    if line.returned_milli:
        back = tr("退回 {count}", count=format_quantity(line.returned_milli))
        yield Words(back, voice=Voice.NOTE)


def _points(points: int) -> str:
    return f"{points:,}".replace("-", "−")
