"""文字: the words of every screen, receipt and command, and the sentences for every error.

One catalogue serves the screens, the printers and the screenless till, so it is plain Python
(docs/decisions/0004).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Protocol

from core.errors import (
    BadScan,
    MemberFrozen,
    NotATable,
    ServerStoreUnreachable,
    ServerStrange,
    ServerUnreachable,
    Shortfall,
    Why,
)
from core.members.birthday import format_birthday
from core.members.card import is_no_card
from core.members.member import Birthday
from core.pricing.adjustment import Reason
from core.pricing.tender import TenderKind
from core.trust.rights import Right
from core.trust.staff import Role
from core.values.money import format_money
from core.values.quantity import format_quantity
from core.values.rate import FULL, format_discount
from core.values.table import BadRow
from ui.catalogue import capital as capital
from ui.catalogue import tr as tr
from ui.sentences import BUG, SENTENCES

if TYPE_CHECKING:
    from core.sales.receipt import FigureKind

QUOTED = "“{text}”"
"""What somebody wrote, in a template of a sentence."""
_LONGEST_QUOTE = 40
_LONGEST_PATH = 80


def sentence(error: BaseException) -> str:
    """What happened; what it does not affect; what to do. A bug gets one general sentence."""
    if not isinstance(error, Shortfall):
        return tr(BUG)
    template = next(SENTENCES[kind] for kind in type(error).__mro__ if kind in SENTENCES)
    said = tr(template, **_facts(error))
    is_empty = QUOTED in template and not str(getattr(error, "text", "")).strip()
    return tr("这里还空着。") + halves(said)[1] if is_empty else said


def halves(said: str) -> tuple[str, str]:
    """A sentence of ours: what happened, and the rest of it."""
    head, _, rest = said.partition(tr("。"))
    return head, rest


def discount(rate_bp: int) -> str:
    """折扣: 95折, 5% off."""
    return tr("{rate}折", rate=_Fold(rate_bp))


def says_rate(name: str, rate_bp: int) -> bool:
    """Whether a name has its rate in it, as 生日 95 折: it is not said twice."""
    rate = re.escape(format_discount(rate_bp))
    return re.search(rf"(?<![0-9.]){rate}", name.replace(" ", "")) is not None


def birthday_words(born: Birthday) -> str:
    """1988-03-05, 农历闰四月初三, Lunar 4-03 (leap month)."""
    return tr("农历{day}", day=_LunarDay(born)) if born.is_lunar else format_birthday(born)


class _LunarDay:
    """闰四月初三; `traditional`: 閏四月初三; `numbers`: 4-03 (leap month)."""

    def __init__(self, born: Birthday) -> None:
        self._born = born

    def __format__(self, spec: str) -> str:
        born = self._born
        if spec == "numbers":
            year = f"{born.year}-" if born.year else ""
            return f"{year}{born.month}-{born.day:02d}" + (" (leap month)" if born.is_leap else "")
        words = format_birthday(born).removeprefix("农历")
        return words.translate(_TRADITIONAL) if spec == "traditional" else words


_TRADITIONAL = str.maketrans("闰腊", "閏臘")


class _Fold:
    """What is left in tenths, as a Chinese shop says it; `off`: what is taken off in percent."""

    def __init__(self, rate_bp: int) -> None:
        self._rate_bp = rate_bp

    def __format__(self, spec: str) -> str:
        if spec == "off":
            percent, rest = divmod(FULL - self._rate_bp, 100)
            return f"{percent}" + (f".{rest:02d}".rstrip("0") if rest else "")
        return format_discount(self._rate_bp).removesuffix("折")


def bad_row(row: BadRow) -> str:
    """One row of a table that cannot be imported: where it stands and what is wrong with it."""
    if isinstance(row.error, BadScan):
        what = tr("要 1 到 64 个字母或数字，不能空着")
    else:
        what = halves(sentence(row.error))[0]
    return tr("第 {line} 行“{column}”：{what}。", line=row.line, column=row.column, what=what)


def quoted(text: str) -> str:
    """A person's text inside a sentence: one line, no control characters, not too long."""
    plain = _plain(text)
    return plain if len(plain) <= _LONGEST_QUOTE else plain[:_LONGEST_QUOTE] + "…"


def tender_name(kind: str) -> str:
    """支付方式: the word for a tender; an unknown kind stays as it is."""
    return tr(_TENDERS[kind]) if kind in _TENDERS else quoted(kind)


def role_name(role: Role) -> str:
    """收银员 · 店长."""
    return tr(_ROLES[role])


def right_name(right: Right) -> str:
    """权限: the word for a single right."""
    return tr(_RIGHTS[right])


def per_words(per: str) -> str:
    """The time that a limit counts."""
    return {"day": tr("今天"), "year": tr("今年")}.get(per) or tr("一共")


def figure_name(kind: FigureKind) -> str:
    """The word for a total on a receipt."""
    return tr(_FIGURES[kind])


class Named(Protocol):
    """An adjustment, or what one offer saved in a whole sale."""

    @property
    def reason(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def rate_bp(self) -> int: ...


class Saving(Named, Protocol):
    """What an adjustment and its line on a receipt have in common."""

    @property
    def amount_fen(self) -> int: ...
    @property
    def unit_price_fen(self) -> int: ...


def why(saving: Saving) -> str:
    """The sentence that a cashier reads out: "金卡 95折，省 3.40"."""
    saved = format_money(saving.amount_fen)
    match saving.reason:
        case Reason.MEMBER_PRICE | Reason.SPECIAL_PRICE:
            name = saving.label or tr(REASONS[saving.reason])
            price = format_money(saving.unit_price_fen)
            return tr("{name} {price}，省 {saved}", name=name, price=price, saved=saved)
        case Reason.TIER_PERCENTAGE if not says_rate(saving.label, saving.rate_bp):
            name = saving.label or tr("会员")
            rate = discount(saving.rate_bp)
            return tr("{name} {rate}，省 {saved}", name=name, rate=rate, saved=saved)
        case Reason.PRICE_BY_HAND | Reason.LINE_BY_HAND | Reason.BASKET_BY_HAND:
            name = by_hand_name(saving)
            return tr("{name}（{reason}），省 {saved}", name=name, reason=saving.label, saved=saved)
        case Reason.GIFT:
            return tr("{name}：赠品，省 {saved}", name=saving.label, saved=saved)
        case Reason.ADD_ON if not saving.unit_price_fen:
            return tr("{name}：积分换购，省 {saved}", name=saving.label, saved=saved)
        case Reason.ADD_ON:
            price = format_money(saving.unit_price_fen)
            words = "{name}：加价购 {price}，省 {saved}"
            return tr(words, name=saving.label, price=price, saved=saved)
        case Reason.COUPON_POINTS:
            return tr("{name}：多得积分", name=saving.label)
        case Reason.CASH_ROUNDING:
            return tr("抹零，省 {saved}", saved=saved)
    name = saving.label or tr(REASONS.get(saving.reason, saving.reason))
    return tr("{name}，省 {saved}", name=name, saved=saved)


def by_hand_name(saving: Saving) -> str:
    """What was given by hand, without its reason: 改价 12.00, 手工9折, 整单优惠."""
    rate = discount(saving.rate_bp)
    match saving.reason:
        case Reason.PRICE_BY_HAND:
            return tr("改价 {price}", price=format_money(saving.unit_price_fen))
        case Reason.LINE_BY_HAND:
            return tr("手工{rate}", rate=rate) if saving.rate_bp else tr("手工优惠")
    return tr("整单{rate}", rate=rate) if saving.rate_bp else tr("整单优惠")


def _facts(error: Shortfall) -> dict[str, str]:
    # Only where something was written wrongly: no counter needs these words at its start.
    from ui.chain_text import trouble_words
    from ui.drawer_text import difference_said
    from ui.label_words import layout_fault
    from ui.office_text import store_trouble
    from ui.record_words import fault_words, why_words
    from ui.scan_words import meaning_name

    facts: dict[str, str] = {}
    if isinstance(error, NotATable):
        facts["place"] = tr("第 {line} 行", line=error.line) if error.line else tr("整个文件")
        facts["fault"] = fault_words(error.reason)
    for name in error.facts:
        value = getattr(error, name)
        if name == "difference_fen":
            facts["difference"] = difference_said(value)
        elif name.endswith("_fen"):
            facts[name.removesuffix("_fen")] = format_money(value)
        elif name.endswith("_milli"):
            facts[name.removesuffix("_milli")] = format_quantity(value)
        elif name == "kind":
            facts["kind"] = tender_name(value)
        elif name == "right":
            facts["right"] = right_name(Right(value))
        elif name == "is_lunar":
            facts["calendar"] = tr("农历") if value else tr("公历")
        elif name == "kinds":
            facts["kinds"] = tr("、").join(map(meaning_name, value))
        elif name == "batch":
            facts["batch"] = tr("（批号 {batch}）", batch=quoted(value)) if value else ""
        elif name == "fault":
            facts["fault"] = layout_fault(value)
        elif name == "per":
            facts["per"] = per_words(value)
        elif isinstance(value, tuple):
            facts[name] = tr("、").join(quoted(str(part)) for part in value)
        elif isinstance(value, int):
            facts[name] = f"{value:,}"
        elif name == "masked_phone":
            facts["masked_phone"] = tr("手机 {phone}", phone=value) if value else tr("没有手机")
        elif name == "path":
            facts["path"] = _quoted_path(value)
        elif name == "reason" and ("path" in error.facts or isinstance(value, Why)):
            facts["reason"] = why_words(value)
        elif isinstance(error, MemberFrozen) and name == "reason" and not value:
            facts["reason"] = tr("总部没有说为什么")
        elif name == "card_no" and is_no_card(value):
            facts["card_no"] = tr("这里不知道")
        elif isinstance(error, ServerStoreUnreachable):
            facts[name] = store_trouble(quoted(value))
        elif isinstance(error, ServerUnreachable | ServerStrange):
            facts[name] = trouble_words(quoted(value))
        else:
            facts[name] = quoted(str(value))
    return facts


def _plain(text: str) -> str:
    return "".join("·" if unicodedata.category(sign)[0] == "C" else sign for sign in text)


def _quoted_path(path: str) -> str:
    """The end of a long path: it names the file."""
    plain = _plain(path[-_LONGEST_PATH:])
    return plain if len(path) <= _LONGEST_PATH else "…" + plain


_TENDERS: dict[str, str] = {
    TenderKind.CASH: "现金",
    TenderKind.CARD: "银行卡",
    TenderKind.ALIPAY: "支付宝",
    TenderKind.WECHAT: "微信",
    TenderKind.INSURANCE: "医保",
    TenderKind.VOUCHER: "代金券",
}
_ROLES: dict[Role, str] = {
    Role.CASHIER: "收银员",
    Role.MANAGER: "店长",
    Role.PHARMACIST: "药师",
    Role.OFFICE: "后台",
}
_RIGHTS: dict[Right, str] = {
    Right.SELL: "收银",
    Right.JOIN_MEMBER: "入会",
    Right.ADD_PRODUCT: "新增商品",
    Right.REPRINT: "补打小票",
    Right.OPEN_DAY: "开店",
    Right.CLOSE_DAY: "日结",
    Right.CHANGE_SHIFT: "交接班",
    Right.LOOK_AT_TAKINGS: "看营业数",
    Right.READ_AUDIT: "看审计",
    Right.PAY_IN: "放入现金",
    Right.PAY_OUT: "取出现金",
    Right.OPEN_DRAWER: "开钱箱",
    Right.SELL_UNTRACED: "缺追溯码放行",
    Right.EXPORT_TRACES: "导出追溯码",
    Right.SET_LABELS: "设店内码版式",
    Right.VOID_SALE: "作废小票",
    Right.RETURN_WITHIN_RULES: "退货",
    Right.RETURN_BEYOND_RULES: "规则外退货",
    Right.DISCOUNT_WITHIN_LIMIT: "手工优惠",
    Right.DISCOUNT_BEYOND_LIMIT: "超限手工优惠",
    Right.CREDIT_BEHAVIOUR: "行为积分",
    Right.CORRECT_WITHIN_LIMIT: "更正积分",
    Right.CORRECT_BEYOND_LIMIT: "超限更正积分",
    Right.REDEEM: "积分兑换",
    Right.UNDO_REDEMPTION: "撤销兑换",
    Right.COUNT_REWARDS: "兑换品库存",
    Right.SEE_PERSONAL: "看完整资料",
    Right.SEE_HEALTH: "看备注和健康信息",
    Right.WRITE_NOTE: "写备注",
    Right.EDIT_MEMBER: "改会员资料",
    Right.EXPORT_PERSON: "导出个人资料",
    Right.ERASE_MEMBER: "删除个人资料",
    Right.REPLACE_CARD: "换卡",
    Right.RENEW_CARD: "卡续期",
    Right.PRINT_CARDS: "印会员卡",
    Right.GRANT_TIER: "授予等级",
    Right.USE_BENEFIT: "使用会员权益",
    Right.FREEZE_MEMBER: "冻结会员",
    Right.MERGE_MEMBERS: "合并会员",
    Right.DISCARD_HELD: "丢弃挂单",
    Right.MANAGE_STAFF: "管理员工",
    Right.MANAGE_MANAGERS: "管理店长",
    Right.CHANGE_SETTINGS: "改设置",
    Right.ISSUE_COUPONS: "发券",
    Right.ISSUE_BEYOND_LIMIT: "超限发券",
    Right.WITHDRAW_COUPONS: "收回券",
    Right.CHANGE_BIRTHDAY: "改生日",
    Right.CHANGE_BIRTHDAY_AFTER_BENEFIT: "享过生日优惠后改生日",
    Right.PLAN_ACTIVITIES: "安排活动",
    Right.SIGN_UP: "活动报名",
    Right.RUN_DRAWS: "办抽奖",
    Right.EXPORT_MEMBERS: "导出会员",
    Right.DECIDE_CASES: "处理案件",
    Right.IMPORT_TABLES: "导入表格",
}
_FIGURES: dict[FigureKind, str] = {
    "list": "原价",
    "saved": "已省",
    "rounding": "抹零",
    "payable": "应收",
    "paid": "实收",
    "change": "找零",
    "pieces": "件数",
    "back": "退款",
    "withheld": "抵扣已用积分",
    "points": "积分抵扣",
    "returned": "退回",
}
REASONS: dict[str, str] = {
    Reason.MEMBER_PRICE: "会员价",
    Reason.SPECIAL_PRICE: "特价",
    Reason.TIER_PERCENTAGE: "会员折扣",
    Reason.PERCENTAGE: "折扣",
    Reason.MULTI_BUY: "多买优惠",
    Reason.THRESHOLD: "满减",
    Reason.COUPON: "优惠券",
    Reason.POINTS: "积分抵扣",
    Reason.GIFT: "赠品",
    Reason.ADD_ON: "加价购",
    Reason.COUPON_POINTS: "券多得积分",
    Reason.PRICE_BY_HAND: "改价",
    Reason.LINE_BY_HAND: "手工优惠",
    Reason.BASKET_BY_HAND: "整单优惠",
    Reason.CASH_ROUNDING: "抹零",
}
