"""案件的句子: what is said where a case cannot be decided."""

from __future__ import annotations

from core import errors
from core.errors import Shortfall

CASES: dict[type[Shortfall], str] = {
    errors.CaseGone: "这个案件不在这里了。什么都没有改动；请按 F5 再看一次清单。",
    errors.CaseDecided: "{by}刚才已经结了这个案件。什么都没有改动；请看经过，不对就重开。",
    errors.CaseClosed: "总部已经结了这个案件。什么都没有改动；请按 F5 再看一次。",
    errors.CaseStillOpen: "这个案件没有结，不用重开。什么都没有改动；请按 F5 再看一次。",
    errors.NotForThisCase: (
        "这个案件里的会员不在本店，或资料已经抹去。什么都没有改动；请选“不处理”。"
    ),
}
