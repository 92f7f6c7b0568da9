"""活动和抽奖的句子: what is said where a step of an activity or of a draw cannot be done."""

from __future__ import annotations

from core import errors
from core.errors import Shortfall

ACTIVITIES: dict[type[Shortfall], str] = {
    errors.NoSuchActivity: "这里没有这场活动。什么都没有改动；请按 F5 再看一遍清单。",
    errors.BadActivity: (
        "这场活动不能这样写。什么都没有存；"
        "请写 1 到 60 个字的名称，14:00-16:00 这样的时间，今天或以后的日子。"
    ),
    errors.ActivityCancelled: "“{title}”已经取消。什么都没有改动；请另选一场。",
    errors.ActivityOver: "“{title}”{on} 已经办过。没有报上名；请另选一场。",
    errors.ActivityAhead: "“{title}”{on} 才办。没有记到场；到那天再扫卡。",
    errors.ActivityForTier: (
        "“{title}”不对{tier}开放。没有报上名；请另选一场，或请店长改这场活动的等级。"
    ),
    errors.NotSignedUp: "“{title}”里没有这位的名额，或已经到场。什么都没有改动；请按 F5 再看一遍。",
    errors.NoSuchDraw: "这里没有这次抽奖。什么都没有改动；请按 F5 再看一遍清单。",
    errors.BadDraw: (
        "这次抽奖不能这样写。什么都没有存；请写 1 到 60 个字的名称，1 到 20 种奖品，"
        "每种 1 到 1,000 份。"
    ),
    errors.DrawElsewhere: "“{name}”不在这一步上。什么都没有改动；请按 F5 看它到了哪一步。",
    errors.DrawEmpty: "“{name}”没有人能参加。名单没有封；请换一个名单，或等有人到场。",
    errors.PrizeGiven: "“{name}”的奖品已经交给这位。没有退出；奖品要先收回来，再另想办法。",
    errors.NoCertificate: (
        "这个文件不是抽奖证书（{detail}）。什么都没有核对；请向店里要原来的 .json 文件。"
    ),
}
