"""同意: the commands of the screenless till for what a member agreed to."""

from __future__ import annotations

from typing import Any

from core.actions import counter as counters
from core.actions.consents import ConsentStep, consent_steps, give_consent, withdraw_consent
from core.actions.serve import find_member
from core.members.consent import CONSENT
from core.members.masks import mask_name
from ui.consent_text import agreed_words, consent_step_words
from ui.console.desk import Desk
from ui.text import tr


class ConsentCommands:
    """Of the member of a card, whether they are served or not."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_consents(self, card: str) -> str:
        desk = self._desk
        desk.who()
        steps = consent_steps(desk.shop, find_member(desk.shop, card).id)
        desk.more["consents"] = [_record(each) for each in steps]
        if not steps:
            return "\n".join((tr("这里没有问过：会员是导入的，或办得早。"), agreed_words(CONSENT)))
        with desk.shop.store.read() as reading:
            zone = reading.till.zone
        told = [consent_step_words(each, zone) for each in steps]
        return "\n".join((*told, agreed_words(steps[-1].consent.version)))

    def do_agree(self, card: str) -> str:
        desk = self._desk
        member = find_member(desk.shop, card)
        give_consent(desk.shop, member.id, CONSENT, staff=desk.who(), approval=desk.approval())
        return tr("会员{name}的同意记下了。", name=mask_name(member.name))

    def do_withdraw_consent(self, card: str) -> str:
        desk = self._desk
        member = find_member(desk.shop, card)
        withdraw_consent(
            desk.shop,
            member.id,
            reason=tr("顾客撤回了同意"),
            staff=desk.who(),
            approval=desk.approval(),
        )
        if desk.open().basket.member_id == member.id:
            desk.show(counters.choose_member(desk.shop, desk.open().basket, None))
        words = "会员{name}撤回了同意，从现在起不积分、不享优惠；又同意了就用 agree。"
        return tr(words, name=mask_name(member.name))


def _record(step: ConsentStep) -> dict[str, Any]:
    consent = step.consent
    return {
        "is_given": consent.is_given,
        "version": consent.version,
        "at_us": consent.at_us,
        "staff_no": consent.staff_no,
    }
