"""报表的句子: what is said where a report cannot be made."""

from __future__ import annotations

from core import errors
from core.errors import Shortfall

INSIGHT: dict[type[Shortfall], str] = {
    errors.NoSuchInsight: (
        "没有叫“{text}”的报表。什么都没有做；请用 main.py report --list 看有哪些。"
    ),
    errors.ReportBusy: "报表正在别处算，等了半分钟还没有好。收款照常；请过一会儿再来。",
    errors.ReportsMissing: (
        "这台电脑没有装报表要的程序库。收款照常；请按 README 的说明重新装一遍。"
    ),
    errors.BadSegment: ("条件“{text}”没有会员能符合。名单没有变；请把从和到对调，或把天数改小。"),
    errors.BadSegmentName: (
        "“{text}”不能作条件的名字。什么都没有存；请用 1 到 20 个字，不带控制符。"
    ),
    errors.SegmentNameTaken: "已经有条件叫“{name}”。什么都没有存；请换一个名字。",
    errors.NoSuchSegment: "这个条件刚被别人去掉了。会员没有变；请另选一个，或重新存一个。",
    errors.RollNotReady: "名册还在整理，还不知道条件是哪些会员。收款照常；请等几秒再试。",
    errors.NobodyToExport: "没有会员可导出。什么都没有写；请换一个条件，或选“全部”。",
    errors.TooManyMembers: (
        "XLSX 一张表最多 {limit} 位会员。什么都没有写；请存成 CSV，或加上条件分几次。"
    ),
    errors.BadReportFile: (
        "“{name}”不知道存成哪一种。什么都没有写；请让文件名以 .xlsx、.pdf 或 .csv 结尾。"
    ),
    errors.TooManyRows: "一次最多导出 {limit} 条。什么都没有导出；请把日期选短一些，分几次。",
}
