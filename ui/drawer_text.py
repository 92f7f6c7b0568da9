"""钱箱的字: the words for reasons, reports and money that goes back.

They stand apart from `ui.text`, which every start loads.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.errors import HeldMoney, MoneyTaken, Refused
from core.pricing.tender import TenderKind
from core.sales.drawer import CashMove, MoveKind
from core.sales.explanation import CounterReason, Explanation
from core.sales.held import Held
from core.sales.report import CountKind, ReportKind, SumKind
from core.sales.shift import Shift
from core.sales.takings import Takings
from core.values.money import format_money
from ui.text import quoted, tender_name, tr

if TYPE_CHECKING:
    from core.actions.day import DayClosed, LastClose
    from core.actions.report import ReportRow

MOST_NAMED = 3


def waiting_words(held: Sequence[Held]) -> str:
    """挂着的单: how many still wait when the day is closed, and who; "" where none does."""
    if not held:
        return ""
    names = tr("、").join(quoted(each.called) for each in held[:MOST_NAMED])
    if len(held) > MOST_NAMED:
        return tr("还挂着 {count} 单：{names}等。日结后都留着。", count=len(held), names=names)
    return tr("还挂着 {count} 单：{names}。日结后都留着。", count=len(held), names=names)


def unsettled_words(waits: Refused) -> str:
    """Why a shift cannot end yet: money was taken for what is no sale so far."""
    if isinstance(waits, HeldMoney):
        return tr(
            "挂着的“{name}”已经收了 {taken}：按 F7 取单，收完或退给顾客，才能交接班、日结。",
            name=quoted(waits.name),
            taken=format_money(waits.taken_fen),
        )
    assert isinstance(waits, MoneyTaken), "nothing else keeps a shift open"
    return tr(
        "这一单已经收了 {taken}：按 F9 收完或退给顾客，才能交接班、日结。",
        taken=format_money(waits.taken_fen),
    )


def counted_words(counted_fen: int, difference_fen: int, told: Explanation | None) -> str:
    """What the drawer should hold and does, once it was counted: for whoever takes it over."""
    amounts = {
        "expected": format_money(counted_fen - difference_fen),
        "counted": format_money(counted_fen),
        "more": format_money(abs(difference_fen)),
        "why": explained(told) if told else "",
    }
    if not difference_fen:
        return tr("钱箱应有 {expected}，点到的一样。", **amounts)
    if difference_fen > 0:
        return tr("钱箱应有 {expected}，点到 {counted}，多 {more}（{why}）。", **amounts)
    return tr("钱箱应有 {expected}，点到 {counted}，少 {more}（{why}）。", **amounts)


def handed_words(name: str, float_fen: int) -> str:
    """Who has the drawer from now on, and with how much in it."""
    taken = format_money(float_fen)
    return tr("{name}接班了，接手 {taken}。交接单在打。", name=name, taken=taken)


def back_by(kind: str) -> str:
    """退款方式: how money goes back; cards and wallets are recorded only, a person refunds them."""
    if kind == TenderKind.CASH:
        return tr("退现金")
    if kind == TenderKind.VOUCHER:
        return tr("退代金券")
    return tr("退{tender}，请在终端上退", tender=tender_name(kind))


def sales_of_shift(takings: Takings) -> str:
    """How much was sold on a shift, and what of it went back."""
    facts = _counts(takings)
    if takings.returns:
        return tr("这一班收了 {sales} 笔，作废 {voids} 笔，退货 {returns} 笔", **facts)
    if takings.voids:
        return tr("这一班收了 {sales} 笔，作废 {voids} 笔", **facts)
    return tr("这一班收了 {sales} 笔", **facts)


def sales_of_day(takings: Takings) -> str:
    """The same of a day."""
    facts = _counts(takings)
    if takings.returns:
        return tr("这一天收了 {sales} 笔，作废 {voids} 笔，退货 {returns} 笔", **facts)
    if takings.voids:
        return tr("这一天收了 {sales} 笔，作废 {voids} 笔", **facts)
    return tr("这一天收了 {sales} 笔", **facts)


def _counts(takings: Takings) -> dict[str, str]:
    return {
        "sales": f"{takings.sales:,}",
        "voids": f"{takings.voids:,}",
        "returns": f"{takings.returns:,}",
    }


def report_name(kind: ReportKind) -> str:
    """日结单 · 交接班单 · …: what a report is."""
    return tr(_REPORTS[kind])


def sum_name(kind: SumKind) -> str:
    """The word for a figure of a report."""
    return tr(_SUMS[kind])


def count_name(kind: CountKind) -> str:
    """销售 · 作废 · 退货: what a report counts."""
    return tr(_COUNTS[kind])


def reason_name(reason: CounterReason) -> str:
    """原因: the words for a reason of the counter."""
    return tr(_COUNTER_REASONS[reason])


def explained(explanation: Explanation) -> str:
    """The reason, with the words that were written to it."""
    if not explanation.words:
        return reason_name(explanation.reason)
    return tr(
        "{reason}：{words}", reason=reason_name(explanation.reason), words=quoted(explanation.words)
    )


def report_row_words(row: ReportRow) -> str:
    """A Z report to choose from: its day, when it was closed, and what lay in the drawer."""
    counted = format_money(row.counted_fen)
    day = row.business_on.isoformat()
    return tr("{day}　{time} 日结，点到 {counted}", day=day, time=row.at, counted=counted)


def closed_words(last: LastClose) -> str:
    """That the date of now was closed already; "" where it was not."""
    if not last.today:
        return ""
    return tr("今天 {time} 已经日结过。再开店仍算今天，日结时另出一张日结单。", time=last.at)


def shift_words(shift: Shift) -> str:
    """How a shift's count differed, and why: 少 16.90（找错钱）."""
    count = shift.count
    if count is None:
        return ""
    said = difference_said(count.difference_fen)
    if count.explanation is None:
        return said
    return tr("{difference}（{why}）", difference=said, why=explained(count.explanation))


def whole_day_words(closed: DayClosed) -> str:
    """Where several shifts were counted: how the whole day differs, and each shift that did."""
    if len(closed.shifts) < 2 or not closed.unlike:
        return ""
    turns = (
        tr("第 {no} 班{difference}", no=shift.no, difference=shift_words(shift))
        for shift in closed.unlike
    )
    said = difference_said(closed.difference_fen)
    return tr("全天{difference}：{turns}。", difference=said, turns=tr("；").join(turns))


def difference_said(difference_fen: int) -> str:
    """Counted less expected: 多 1.00, 少 1.00, or 正好."""
    if difference_fen > 0:
        return tr("多 {amount}", amount=format_money(difference_fen))
    if difference_fen < 0:
        return tr("少 {amount}", amount=format_money(-difference_fen))
    return tr("正好")


_COUNTER_REASONS: dict[CounterReason, str] = {
    CounterReason.WRONG_CHANGE: "找错钱",
    CounterReason.WRONG_COUNT: "上次点错",
    CounterReason.NOT_RECORDED: "有进出没有记",
    CounterReason.UNKNOWN: "查不出原因",
    CounterReason.SMALL_CHANGE: "换零钱",
    CounterReason.MORE_FLOAT: "补备用金",
    CounterReason.BANK: "存银行",
    CounterReason.SAFE: "上交店长",
    CounterReason.PURCHASE: "买东西",
    CounterReason.LOOK: "查看钱箱",
    CounterReason.STUCK: "钱箱卡住",
    CounterReason.COUNT: "点钱",
    CounterReason.WRONG_PRODUCT: "商品扫错",
    CounterReason.WRONG_TENDER: "收款方式错",
    CounterReason.WRONG_MEMBER: "会员用错",
    CounterReason.CHANGED_MIND: "顾客不要了",
    CounterReason.TOO_MANY: "买多了",
    CounterReason.NOT_RIGHT: "买错、不合用",
    CounterReason.QUALITY: "质量问题",
    CounterReason.RECALL: "厂家召回",
    CounterReason.OTHER: "其他",
}
_REPORTS: dict[ReportKind, str] = {
    ReportKind.X: "X 当前营业数",
    ReportKind.SHIFT: "交接班单",
    ReportKind.Z: "Z 日结单",
    ReportKind.PAY_IN: "放入现金单",
    ReportKind.PAY_OUT: "取出现金单",
}
_COUNTS: dict[CountKind, str] = {"sales": "销售", "voids": "作废", "returns": "退货"}
_SUMS: dict[SumKind, str] = {
    "taken": "收款合计",
    "saved": "优惠合计",
    "opening": "备用金",
    "float": "接手时现金",
    "cash": "现金收入",
    "paid_in": "放入现金",
    "paid_out": "取出现金",
    "expected": "钱箱应有",
    "counted": "实点现金",
    "difference": "差额",
}


def moved_words(move: CashMove) -> str:
    """What went into the drawer or out of it, and that its slip is on the way."""
    amount = format_money(move.amount_fen)
    if move.kind is MoveKind.IN:
        return tr("放入了 {amount}。凭条在打。", amount=amount)
    return tr("取出了 {amount}。凭条在打。", amount=amount)
