"""同意 of a member in the office: what stands of it, and the steps that can be asked for now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from core.actions.consents import ConsentStep, give_consent, withdraw_consent
from core.actions.member_file import RecordFile
from core.members.consent import CONSENT
from ui.consent_text import ConsentState
from ui.manage.members.file_words import FileLine
from ui.text import tr


class Answer(Struct, frozen=True):
    """What the customer says: how it is called, what is said before, and the action with it."""

    key: str
    title: str
    says: str
    kind: str
    icon: str
    action: Callable[..., Any]
    named: dict[str, Any]


def consent_lines(file: RecordFile) -> list[FileLine]:
    """The last step, the words that were agreed to, the steps before."""
    lines = _state(file).lines
    # words that nobody was asked yet would read as if they had been agreed to
    return [FileLine(line) for line in (lines if file.more.consents else lines[:1])]


def answers(file: RecordFile) -> Iterator[Answer]:
    """Who was never asked here may say either; who answered before may only change it."""
    state = _state(file)
    if state.can_agree:
        says = "\n".join((*state.lines, tr("念给顾客听了，顾客同意")))
        named: dict[str, Any] = {"version": CONSENT}
        yield Answer("agree", tr("记下同意"), says, "primary", "shield", give_consent, named)
    if state.can_withdraw:
        says = "\n".join((*state.lines, tr("顾客本人要撤回：不再积分、享优惠")))
        named = {"reason": tr("顾客撤回了同意")}
        yield Answer("disagree", tr("撤回同意"), says, "danger", "close", withdraw_consent, named)


def _state(file: RecordFile) -> ConsentState:
    steps = [ConsentStep(each.consent, each.by) for each in reversed(file.more.consents)]
    return ConsentState.of(steps, file.more.zone)
