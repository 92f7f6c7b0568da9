"""案件的话: what a signal is called, what it may mean, and what is done about it."""

from __future__ import annotations

from core.trust.cases import Decision, StepKind
from core.trust.signals import Signal, What
from ui.catalogue import tr
from ui.office_text import case_advice as office_advice
from ui.office_text import case_name as office_name

_DECISIONS = {
    Decision.NOTHING: "不处理",
    Decision.TAKE_BACK: "收回积分",
    Decision.FREEZE: "冻结会员",
    Decision.CANCEL: "取消会员资格",
}
_STEPS = {
    StepKind.OPENED: "发现",
    StepKind.ADDED: "又有证据",
    StepKind.NOTED: "备注",
    StepKind.DECIDED: "结案",
    StepKind.REOPENED: "重开",
    StepKind.CLOSED: "总部结了",
}
_WHATS = {
    What.SALE: "购物",
    What.RETURN: "退货",
    What.VOID: "作废",
    What.REDEMPTION: "兑换",
    What.CORRECTION: "更正积分",
    What.CHANGE: "换手机或卡",
    What.MEMBER: "会员",
}


def case_name(kind: str) -> str:
    """What happened: a signal of this shop, or what head office found."""
    return {
        Signal.EARNS_OFTEN: tr("一张卡一天积分太多次"),
        Signal.ONE_CASHIER: tr("一张卡只在一位收银那里积分"),
        Signal.RETURNED: tr("兑换以后退货"),
        Signal.CHANGED: tr("换了手机或卡马上兑换"),
        Signal.CORRECTED: tr("一个人更正积分太多次"),
        Signal.ONE_PHONE: tr("很多会员用一个手机号或地址"),
        Signal.AFTER_CLOSING: tr("打烊以后收银"),
    }.get(kind) or office_name(kind)  # type: ignore[call-overload]  # a text is its member


def case_advice(kind: str) -> str:
    """What it may be, and what to look at first; "" where its name says so."""
    return {
        Signal.EARNS_OFTEN: tr(
            "一家人合用一张卡就不处理；是收银拿自己的卡替散客积分，就收回积分。"
        ),
        Signal.ONE_CASHIER: tr(
            "熟客总找同一位也会这样。先问收银认不认识这位会员，再看小票是谁买的。"
        ),
        Signal.RETURNED: tr(
            "先拿积分换了东西，再把积分的货退了。看退货理由；货没有问题就收回积分。"
        ),
        Signal.CHANGED: tr("可能有人冒领。先按原来的手机号联系会员本人，问是不是自己换的。"),
        Signal.CORRECTED: tr("请对一对每次的理由。说不清的，到“员工与审计”收回更正的权限。"),
        Signal.ONE_PHONE: tr("一家人共用就不处理；是一个人入了很多次会，就收回入会的积分或合并。"),
        Signal.AFTER_CLOSING: tr("加班就不处理。没有人该在店里的时候，请看那几单的小票和钱箱。"),
    }.get(kind) or office_advice(kind)  # type: ignore[call-overload]  # a text is its member


def decision_name(decision: Decision) -> str:
    """怎么处理."""
    return tr(_DECISIONS[decision])


def step_name(kind: StepKind) -> str:
    """What happened to a case."""
    return tr(_STEPS[kind])


def what_name(what: What) -> str:
    """What a piece of evidence is."""
    return tr(_WHATS[what])
