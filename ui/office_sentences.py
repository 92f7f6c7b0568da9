"""总部的句子: what is said at the server of a chain where something cannot be done."""

from __future__ import annotations

from core import errors
from core.errors import Shortfall
from ui.activity_sentences import ACTIVITIES
from ui.case_sentences import CASES
from ui.insight_sentences import INSIGHT
from ui.member_sentences import MEMBER
from ui.running_sentences import RUNNING

OFFICE: dict[type[Shortfall], str] = {
    **ACTIVITIES,
    **CASES,
    **INSIGHT,
    **MEMBER,
    **RUNNING,
    errors.NotUnderstood: (
        "总部读不懂发来的内容（{detail}）。别的都不受影响；请核对两边的程序版本。"
    ),
    errors.TooMuchSent: (
        "一次传得太多，最多 {most_events} 条、{most_bytes} 个字节。什么都没有收下；请分几次传。"
    ),
    errors.NoSuchCase: (
        "没有未结的案件 {text}。什么都没有改动；请用 office cases 看清单，照编号再写。"
    ),
    errors.NoRulebook: "总部还没有下发规则册。什么都没有改动；请用 office rulebook publish 下发。",
    errors.BadRows: "有 {count} 行不能用。一行都没有下发；请改好再来。",
    errors.BeginsTooEarly: (
        "{begins_on} 已经过去，卖过的不重新算价。什么都没有下发；请写今天或以后的日子。"
    ),
    errors.OfficeDiffers: (
        "有 {count} 处对不上：{named}。什么都没有改动，收银台照常；请保存数据库备份，找人看一看。"
    ),
    errors.NoSuchAlias: (
        "{gone_id} 没有因为手机号或卡号和谁合成一个，或者已经分开了。什么都没有改动；"
        "请用 office cases 看清单，照里面的编号再写。"
    ),
    errors.ChainUnnamed: (
        "连锁还没有名字，入网的收银台要看到它。服务器没有开；请加上 --chain 名字。"
    ),
    errors.AddressUnnamed: (
        "还没有说过收银台用哪个地址找总部，二维码里要写它。没有发码；"
        "请加上 --address https://…，写一次就记住。"
    ),
    errors.AdminCodeUnknown: (
        "没有这个管理码。什么都没有改动；请核对再输，或在服务器上用 office admin-code 另发一个。"
    ),
    errors.AdminCodeSpent: (
        "这个管理码用过了，或过期了。什么都没有改动；请在服务器上用 office admin-code 另发一个。"
    ),
    errors.AdminOver: (
        "管理的时间到了，或没有开始。什么都没有改动；请用新的管理码再开始：POST /v1/admin/session。"
    ),
    errors.BadPlace: (
        "没有这样的位置（{kind} {till_no}）。什么都没有改动；"
        "收银台要写 1 到 99 的台号，后台电脑（office）不写台号。"
    ),
    errors.BadDatabase: (
        "“{scheme}”开头的不是能用的数据库地址。什么都没有做；"
        "请写 postgresql://USER:PASSWORD@HOST/NAME，或用 --home 文件夹。"
    ),
    errors.ServerStoreUnreachable: (
        "总部的数据库用不上（{detail}）。收银台照常收款，记录等着再传；请看数据库开着没有，地址对不对。"
    ),
    errors.PlaceTaken: (
        "不能在 {place} 上开服务器。什么都没有做；请看是不是已经开着一个，或换一个 --port。"
    ),
}
