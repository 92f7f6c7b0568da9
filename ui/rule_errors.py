"""规则的错误句子: what is said where a rulebook or its draft cannot be used."""

from __future__ import annotations

from core import errors
from core.errors import Shortfall

RULES: dict[type[Shortfall], str] = {
    errors.BadRule: (
        "规则册第 {line} 行“{path}”写得不对（{reason}）。现在用的规则没有变；请改好这一行再试。"
    ),
    errors.OldRulebook: (
        "这份规则册是第 {version} 版，现在用的已经是第 {now} 版。"
        "规则没有变；请把 version 写得更大再发布。"
    ),
    errors.DraftBroken: ("草稿文件 {path} 读不懂。现在用的规则没有变；请放弃这份草稿，再写一份。"),
    errors.DraftElsewhere: "草稿在别处改过了。您这一步没有做；请看一看现在的草稿，再改一次。",
    errors.PlanTooEarly: (
        "起用的日子要在今天（{today}）以后。草稿没有变；请写以后的日子，或者现在就发布。"
    ),
    errors.PlanThere: (
        "{begins_on} 已经定了一份要起用的规则。草稿没有变；请换一天，或者先撤回那一份。"
    ),
    errors.NoPlan: "{begins_on} 没有定好的规则了。现在用的没有变；请看一看现在定好的。",
    errors.NoDraft: "草稿已经没有了。现在用的规则没有变；要改请再写一份草稿。",
}
