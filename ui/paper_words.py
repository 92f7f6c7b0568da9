"""票据样式的词: what papers, their blocks and the lines of these are called."""

from __future__ import annotations

from core.errors import NoSuchPaper
from core.sales.design import PAPERS, BlockPart, Part
from ui.text import tr

_PAPERS = {
    "receipt": "销售小票",
    "refund": "退货单",
    "void": "作废单",
    "redemption": "兑换单",
    "gift": "礼品小票",
    "coupon": "优惠券",
    "statement": "会员对账单",
    "hold": "挂单条",
    "report": "X · Z 报表",
    "cash": "现金凭条",
}
_BLOCKS = {
    "logo": "店标",
    "rule": "横线",
    "till": "收银台号",
    "marks": "补打、作废等标记",
    "number": "单号和时间",
    "reason": "原单和原因",
    "items": "商品",
    "totals": "合计",
    "tenders": "收款",
    "back": "退款",
    "member": "会员",
    "points": "积分",
    "expiry": "最先到期的积分",
    "tier": "升级",
    "sign": "签字",
    "code": "码",
    "rewards": "兑换品",
    "figures": "营业数",
    "drawer": "钱箱",
    "moves": "变动",
    "cashiers": "各收银员",
    "partners": "异业",
    "shifts": "各班",
    "period": "日期",
    "account": "积分合计",
    "purchases": "买过的",
    "coupon": "券名",
    "conditions": "用法和期限",
    "held": "挂单名和应收",
}
_LINES = {
    "cashier": "收银员",
    "savings": "每行优惠",
    "pieces": "件数",
    "list": "原价",
    "saved": "已省",
    "offers": "按优惠分列",
    "card": "卡号",
    "bars": "条码",
    "qr": "二维码",
}


def paper_names() -> dict[str, str]:
    """Each paper with what it is called, in the order of how often it is printed."""
    return {paper: tr(words) for paper, words in _PAPERS.items()}


def paper_name(paper: str) -> str:
    """What a paper is called; raises NoSuchPaper."""
    if paper not in _PAPERS:
        raise NoSuchPaper(paper, tuple(PAPERS))
    return tr(_PAPERS[paper])


def part_name(part: Part) -> str:
    """What stands in a part: its block, or the text itself."""
    return tr(_BLOCKS[part.block]) if isinstance(part, BlockPart) else part.text


def line_name(line: str) -> str:
    """What a line is called that can be left away."""
    return tr(_LINES[line])
