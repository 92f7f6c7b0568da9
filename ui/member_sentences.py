"""会员档案的句子: what is said where the file of a member cannot be changed as somebody wishes."""

from __future__ import annotations

from core import errors
from core.errors import Shortfall

MEMBER: dict[type[Shortfall], str] = {
    errors.BadField: "“{text}”不能记在这一栏。资料没有变；请按栏下的说明改写，或空着。",
    errors.VisitorFile: "会员{name}的档案在别的店。资料没有变；请在他的店里改。",
    errors.NotMerged: (
        "这两位不是在这台电脑上合并的，或已经分开。什么都没有改动；请在合并的那台电脑上撤销。"
    ),
    errors.MergedTooLong: ("合并已经超过 {days} 天，不能撤销。什么都没有改动；要分开请找总部。"),
    errors.MergedOn: ("合并后的会员又并入了别人。什么都没有改动；请先撤销后来的那一次。"),
    errors.BadRetention: "“{text}”不能作期限。规则没有变；请填 0 到 {most} 的整数，0 是不管。",
    errors.OfOneself: "不能把会员记成自己的家人或介绍人。资料没有变；请选另一位会员。",
}
