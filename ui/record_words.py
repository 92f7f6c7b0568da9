"""写错的地方: why a field of a rulebook or inquiry, or a file of rows, is wrong."""

from __future__ import annotations

from core.errors import Why
from core.values.table import TableFault
from ui.text import quoted, tr

WORDS: dict[str, str] = {
    "missing": "没有写",
    "unknown": "没有这个名字",
    "stands there twice": "写了两次",
    "not a record": "要写成一组 名 = 值",
    "not a text": "要写成文字",
    "not a text of {least} to {most} signs": "要写成 {least} 到 {most} 个字的文字",
    "control characters": "里面有控制符",
    "not one of {names}": "只能是其中一个：{names}",
    "not an integer from {least} to {most}": "要写成 {least} 到 {most} 的整数",
    "not true or false": "只能写 true 或 false",
    "not a date as 2026-11-24": "要写成 2026-11-24 这样的日期",
    "not an instant as 2026-11-26T10:00+08:00": "要写成 2026-11-26T10:00+08:00 这样的时刻",
    "an instant needs its offset, as +08:00": "时刻要带时区，例如 +08:00",
    "not a UUID": "要写成 UUID",
    "not a list of at least {least}": "要写成列表，至少 {least} 项",
    "not a list of different texts": "要写成不重复的文字列表",
    "not a list of integers from {least} to {most}": "要写成 {least} 到 {most} 的整数列表",
    "not a list of different integers": "列表里的数不能重复",
    "not an ISO code of three capitals": "要写成三个大写字母，例如 CNY",
    "cash pays everything": "现金什么都能付，不能限定",
    "more than {most} digits in all": "加起来超过 {most} 位",
    "a reason is a text of 1 to {most} signs": "每个理由 1 到 {most} 个字",
    "not 1 to {most} reasons": "要有 1 到 {most} 个理由",
    "a minimum of its own: from_fen of the offer": "这种优惠的门槛写在它自己的 from_fen 里",
    "a product stands there twice": "同一个商品写了两次",
    "a step that repeats needs something to reach": "重复的一档要写门槛",
    "either an amount or a rate": "金额和折扣只能写一个",
    "an amount and a rate": "金额和折扣只能写一个",
    "either off_fen, rate_bp, gives, unit_fen, or multiplier_bp and bonus": (
        "off_fen、rate_bp、gives、unit_fen、积分（multiplier_bp 和 bonus）里只能写一样"
    ),
    "there is no amount to keep within it": "没有金额可以封顶",
    "either days or the month": "天数和整月只能写一个",
    "a price asks for time, stores and tiers only": "价格只能限定时间、门店和等级",
    "a price is limited in units": "价格只能限数量（units_…）",
    "units are counted of prices and percentages only": "只有价格和折扣能限数量（units_…）",
    "a brand without a name": "品牌不能是空的",
    "before starts_on": "早于 starts_on",
    "before it starts": "早于开始的日子",
    "a count needs month, quarter or year, and they need a count": (
        "次数和每月、每季、每年（month、quarter、year）要一起写"
    ),
    "what an offer gives is not counted here": "由优惠给的，次数写在那条优惠里",
    "shortest first, and the last without within_months": (
        "要从短到长排，最后一档不写几个月（within_months）"
    ),
    "a better band scores less than a worse one": "好的一档分数不能比差的低",
    "highest first, and the last from {last}": "要从高到低排，最后一档从 {last} 起",
    "a gift is bounded by most_units": "赠品的上限写在 most_units 里",
    "nothing to choose from": "没有可选的商品",
    "a part of a unit that is not weighed": "不称重的商品只能是整数",
    "no such day": "没有这一天",
    "two coupons with one code": "两种券用了同一个券码",
    "no tier of this scheme": "没有这个等级",
    "no tier of this rulebook": "规则册里没有这个等级",
    "anybody may use a coupon with a code": "带 code 的券谁都能用，不能用积分换；请去掉它的 code",
    "no coupon of this rulebook": "规则册里没有这种券",
    "no offer of this rulebook": "规则册里没有这条优惠",
    "not taken by this rulebook": "规则册里没有这种支付方式",
    "the lowest tier starts from 0": "最低的等级从 0 起",
    "nobody buys the lowest tier": "最低的等级不用买",
    "not above the tier below": "要高于下一个等级",
    "dearer than the tier below": "折扣不能比下一个等级差",
    "more than {most}": "超过 {most}",
    "not a picture of this folder": "要写这个文件夹里一张图片的名字，像 logo.png",
    "no part shows it: block = {block}": "没有一段是 block = {block}，店标没有地方放",
    "{block} has to be printed": "{block} 这一段一定要打印",
    "a brace without its other one": "花括号没有成对；要打花括号就写两个",
    "no place {name}; there are {names}": "没有 {name} 这个空；能用的是 {names}",
    "the block {block} is missing": "少了一定要有的 {block} 这一段",
    "not TOML": "不是 TOML 的写法",
    "not UTF-8": "不是 UTF-8 编码",
    "more than {most} bytes": "文件超过 {most} 字节",
    "not to be read: {why}": "读不了：{why}",
}


FAULTS: dict[str, str] = {
    TableFault.EMPTY: "是空的",
    TableFault.BINARY: "不是文字，多半是别的程序的文件",
    TableFault.MARKUP: "是网页，不是表格",
    TableFault.OLD_EXCEL: "是旧式 XLS，要另存为 XLSX",
    TableFault.WORKBOOK: "不是完整的 XLSX 工作簿",
    TableFault.ENCODING: "有认不出的文字编码，要存成 UTF-8 或 GB18030",
    TableFault.QUOTE: "引号没有成对",
    TableFault.ONE_COLUMN: "只有一列，分不出表头",
}


def fault_words(reason: str) -> str:
    """What is wrong with a file that was to be a table."""
    return tr(FAULTS.get(reason, "不是 CSV 或 XLSX"))


def why_words(reason: str) -> str:
    """Why a field is wrong; what has no words here, as it stands."""
    if not isinstance(reason, Why):
        return tr(WORDS[reason]) if reason in WORDS else quoted(reason)
    figures = {
        name: f"{figure:,}" if isinstance(figure, int) else quoted(str(figure))
        for name, figure in reason.figures.items()
    }
    return tr(WORDS[reason.template], **figures)
