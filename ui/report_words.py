"""报表，在话里: titles, headings and values of reports, for screens, papers and files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from core.actions.reports import Reported
from core.ports.insight import Heading, Kind, Value
from core.sales.trading import change_permille
from core.values.money import format_money
from core.values.quantity import format_quantity
from ui.text import REASONS, capital, tr

NONE = "–"
_MEASURED = (Kind.COUNT, Kind.MONEY, Kind.QUANTITY, Kind.SHARE)
_KEYS = ("hour", "times")


def is_compared(heading: Heading) -> bool:
    """Whether a column has the figure of the period before beside it."""
    return heading.kind in _MEASURED and heading.name not in _KEYS


def is_number(heading: Heading) -> bool:
    """Whether a column stands at the right."""
    return heading.kind not in (Kind.WORDS, Kind.DAY)


def title_of(question: str) -> str:
    """The name of a report as people read it; an unknown one stays as it is."""
    named = {
        "days": tr("每天"),
        "hours": tr("每小时"),
        "products": tr("商品"),
        "categories": tr("分类"),
        "brands": tr("品牌"),
        "cashiers": tr("收银员"),
        "tiers": tr("等级"),
        "members": tr("会员四个数"),
        "offers": tr("优惠的花费和带来的销售"),
        "given": tr("让利，每一种优惠"),
        "visitors": tr("散客入会"),
        "renewals": tr("付费卡续费"),
        "growth": tr("新会员，来没来买"),
        "activity": tr("活跃、睡眠、流失"),
        "frequency": tr("买了几次"),
        "repurchase": tr("30、60、90 天内再来"),
        "points_owed": tr("未兑积分"),
        "leaderboard": tr("积分排行"),
        "shift_people": tr("班次，按收银员"),
        "shift_rows": tr("班次，一班一班"),
        "draft_days": tr("草稿放到过去，每天"),
        "draft_tiers": tr("草稿放到过去，按等级"),
        "draft_receipts": tr("草稿放到过去，变得最多的小票"),
    }
    return capital(named[question]) if question in named else question


def about(question: str) -> str:
    """How its figures are counted, in one sentence."""
    return {
        "offers": tr(
            "只列限次、生日、一次用的券和异业的优惠，其他的看让利；花费是让出去的钱，销售是用了它的小票的实收。"
        ),
        "given": tr("每一种优惠、价和手工让利都在内；退回的没有减去，销售是有它的小票的实收。"),
        "visitors": tr(
            "入会率是新会员占散客小票和新会员的多少；当场：入会那天就买；别店会员不算新会员。"
        ),
        "renewals": tr("在这些天到期的付费卡；到期前或到期后 30 天内又买了同一种，就算续了。"),
        "growth": tr("按入会的月份；买过：到现在至少买过一次。"),
        "activity": tr("到最后一天为止：90 天内来过的活跃，一年内的睡眠，更久的流失。"),
        "frequency": tr("12 是 12 次及以上，退回的已经减去。"),
        "repurchase": tr("第一次买在这些天里的会员，多久之内又来买。"),
        "members": tr("会员数：这些天买过的会员；占比：会员的小票和实收占全部的多少。"),
        "products": tr("退回的已经减去；最多列 500 种。"),
        "points_owed": tr("按到期的月份；金额按现在抵扣的比例算。"),
        "leaderboard": tr("买东西和做事得的分，退了、作废的减去；最多列 100 位。"),
        "draft_days": _of_draft(),
        "draft_tiers": _of_draft(),
        "draft_receipts": _of_draft(),
    }.get(question, tr("作废的不算，退回的已经减去。"))


def _of_draft() -> str:
    return tr("按草稿重算，什么都没有写下；多让：少收的钱加多给的积分合的钱。")


def heading_of(name: str) -> str:
    """The head of a column."""
    return {
        "day": tr("日期"),
        "hour": tr("几点"),
        "staff": tr("收银员"),
        "code": tr("条码"),
        "name": tr("商品"),
        "category": tr("分类"),
        "brand": tr("品牌"),
        "tier": tr("等级"),
        "offer": tr("优惠"),
        "month": tr("月份"),
        "reason": tr("哪一种"),
        "label": tr("名称"),
        "given_share": tr("占让利"),
        "walked": tr("散客小票"),
        "joined_share": tr("入会率"),
        "at_once": tr("当场买"),
        "elsewhere": tr("别店会员"),
        "due": tr("到期"),
        "renewed": tr("续了"),
        "renewed_share": tr("续费率"),
        "points": tr("积分"),
        "worth_fen": tr("合多少元"),
        "state": tr("状态"),
        "times": tr("次数"),
        "tickets": tr("{all:小票|小票}", all=""),
        "taken_fen": tr("实收"),
        "ticket_fen": tr("客单价"),
        "other_fen": tr("散客客单价"),
        "quantity_milli": tr("数量"),
        "members": tr("会员数"),
        "tickets_share": tr("小票占比"),
        "taken_share": tr("实收占比"),
        "given_fen": tr("花费"),
        "joined": tr("{all:新会员|新会员}", all=""),
        "bought": tr("买过"),
        "bought_share": tr("买过的占"),
        "firsts": tr("第一次买"),
        "within_30": tr("30 天内再来"),
        "share_30": tr("占"),
        "within_60": tr("60 天内再来"),
        "share_60": tr("占"),
        "within_90": tr("90 天内再来"),
        "share_90": tr("占"),
        "was_fen": tr("原来应收"),
        "would_fen": tr("草稿应收"),
        "cost_fen": tr("多让"),
        "more_points": tr("多给积分"),
        "winners": tr("得益"),
        "losers": tr("吃亏"),
        "receipt": tr("小票号"),
        "place": tr("名次"),
        "member": tr("会员"),
        "card": tr("卡号"),
        "earned": tr("得了多少分"),
        "prize": tr("已发的奖"),
        "span": tr("时间"),
        "shifts": tr("班数"),
        "sales": tr("笔数"),
        "short_fen": tr("少钱"),
        "over_fen": tr("多钱"),
        "voids": tr("作废"),
        "returns": tr("退货"),
        "openings": tr("开钱箱"),
    }.get(name, name)


def before_of(name: str) -> str:
    """The head of the same column in the period before."""
    return tr("上期{name}", name=heading_of(name))


def value_words(heading: Heading, value: Value) -> str:
    """What stands in a cell."""
    if value == "" and heading.name == "tier":
        return tr("没有会员")
    if value is None or value == "":
        return tr("没有") if heading.kind is Kind.WORDS else NONE
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return _named(heading.name, value)
    if heading.kind is Kind.MONEY:
        return format_money(value)
    if heading.kind is Kind.QUANTITY:
        return format_quantity(value)
    if heading.kind is Kind.SHARE:
        sign = "−" if value < 0 else ""
        return f"{sign}{abs(value) // 10}.{abs(value) % 10}%"
    if heading.name == "hour":
        return tr("{hour} 点", hour=value)
    return f"{value:,}".replace("-", "−")


def plain_words(heading: Heading, value: Value) -> str:
    """The same for programs: numbers without commas, and below zero as they read it."""
    words = value_words(heading, value)
    return words.replace(",", "").replace("−", "-") if is_number(heading) else words


def change_words(heading: Heading, now: Value, before: Value) -> str:
    """How much more or less than before: +12.0%, of a share +1.2 percentage points; else ""."""
    if not isinstance(now, int) or not isinstance(before, int):
        return ""
    is_share = heading.kind is Kind.SHARE
    more = now - before if is_share else change_permille(now, before)
    if more is None:
        return ""
    words = f"{'+' if more >= 0 else '−'}{abs(more) // 10}.{abs(more) % 10}"
    return tr("{points} 个百分点", points=words) if is_share else f"{words}%"


def span_words(reported: Reported) -> str:
    """2026-11-01 到 2026-11-27, and what stands beside it."""
    found = reported.found
    words = tr("{first} 到 {last}", first=found.first.isoformat(), last=found.last.isoformat())
    if reported.earlier is None:
        return words
    first, last = (day.isoformat() for day in reported.earlier)
    return words + tr("，比 {first} 到 {last}", first=first, last=last)


def _named(heading: str, value: str) -> str:
    """What the program calls by names of its own, in words."""
    if heading == "reason":
        return tr(REASONS.get(value, value))
    return _state(value) if heading == "state" else value


def _state(state: str) -> str:
    return {
        "active": tr("活跃"),
        "sleeping": tr("睡眠"),
        "lost": tr("流失"),
        "never": tr("还没买过"),
    }.get(state, state)


def table_of(
    reported: Reported, words: Callable[[Heading, Value], str] = value_words
) -> tuple[list[str], list[list[str]]]:
    """Heads and rows in words; where there is a period before, its figures beside each."""
    found, has_before = reported.found, bool(reported.before)
    heads: list[str] = []
    for heading in found.headings:
        heads.append(capital(heading_of(heading.name)))
        if has_before and is_compared(heading):
            heads.append(capital(before_of(heading.name)))
    rows = [
        _row(reported, at, row, words, has_before=has_before) for at, row in enumerate(found.rows)
    ]
    return heads, rows


def _row(
    reported: Reported,
    at: int,
    row: tuple[Value, ...],
    words: Callable[[Heading, Value], str],
    *,
    has_before: bool,
) -> list[str]:
    before = reported.before[at] if has_before else None
    cells: list[str] = []
    for column, (heading, value) in enumerate(zip(reported.found.headings, row, strict=True)):
        cells.append(words(heading, value))
        if has_before and is_compared(heading):
            cells.append(words(heading, None if before is None else before[column]))
    return cells
