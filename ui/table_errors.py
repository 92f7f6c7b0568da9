"""表格的错误句子: what is said of the rows of a table that is imported."""

from __future__ import annotations

from core import errors
from core.errors import Shortfall

TABLES: dict[type[Shortfall], str] = {
    errors.NoFileChosen: "还没有选文件。什么都没有改动；请点“选文件…”，选一个 CSV 或 XLSX。",
    errors.NoGoodRows: "表里没有一行可以导入。什么都没有改动；请按列出的原因改好再来。",
    errors.TwiceInTable: "“{text}”在表里前面已经有了。其他行不受影响；请删去一行或改正。",
    errors.UnknownTier: "没有“{text}”这个等级。其他行不受影响；请写规则册里的等级名称，或留空。",
    errors.BadPoints: "“{text}”不是积分。其他行不受影响；请写 0 以上的整数，或留空。",
    errors.BadLastDay: (
        "“{text}”不是到期日。其他行不受影响；请写像 2027-12-31 这样的日子、“永久”，或留空。"
    ),
    errors.PointsGone: "{text} 已经过了，积分用不了。其他行不受影响；请改到期日，或积分写 0。",
    errors.BadProductName: "“{text}”不能作品名。什么都没有存；请写 1 到 80 个字，不带控制符。",
    errors.BadFlag: "“{text}”看不出是或否。其他行不受影响；请写“是”或“否”，或留空。",
    errors.ImportTooOld: (
        "导入已经超过 {days} 天，不能撤回。什么都没有改动；请逐个改，或再导入一次。"
    ),
    errors.ImportGone: "这次导入已经撤回了。什么都没有改动；请看一看现在的导入记录。",
}
