"""同意: the words that a customer agrees to, in every language, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from msgspec import Struct

from core.actions.consents import ConsentStep
from core.members.consent import CONSENT
from core.values.moment import local_time
from ui.text import quoted, tr


def consent_words() -> str:
    """What the cashier asks and confirms; other words need another version (`CONSENT`)."""
    return tr("顾客同意本店保存姓名、手机和生日，只用于会员积分和优惠")


def consent_step_words(step: ConsentStep, zone: tzinfo) -> str:
    """2026-11-26 14:32　同意了第 1 版的话，王芳问的."""
    at = f"{local_time(step.consent.at_us, zone):%Y-%m-%d %H:%M}"
    who, version = quoted(step.asked_by), step.consent.version
    if step.consent.is_given:
        return tr("{at}　同意了第 {version} 版的话，{who}问的", at=at, version=version, who=who)
    return tr("{at}　撤回了第 {version} 版，{who}办的", at=at, version=version, who=who)


def agreed_words(version: int) -> str:
    """The words of a version, as far as this program has them."""
    if version != CONSENT:
        return tr("第 {version} 版的话不在这个版本的程序里。", version=version)
    return tr("第 {version} 版：{words}", version=version, words=consent_words())


class ConsentState(Struct, frozen=True):
    """What stands of consent: the last step, the words that were agreed to, the steps before."""

    can_agree: bool = True
    can_withdraw: bool = False
    lines: tuple[str, ...] = ()

    @classmethod
    def of(cls, steps: Sequence[ConsentStep], zone: tzinfo) -> ConsentState:
        """The newest step first; who was never asked here may give it, or refuse it."""
        if not steps:
            words = (tr("这里没有问过：会员是导入的，或办得早。"), consent_words())
            return cls(can_withdraw=True, lines=words)
        last, *before = (consent_step_words(step, zone) for step in reversed(steps))
        newest = steps[-1].consent
        lines = (last, agreed_words(newest.version), *before)
        return cls(not newest.is_given, newest.is_given, lines)
