"""等级: the commands of the screenless till for tiers and their benefits."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.actions.grant_tier import Granted, grant_tier, withdraw_tier
from core.actions.look_at_tiers import TierStep, tier_history
from core.actions.serve import find_member
from core.actions.use_benefit import give_back_benefit, member_benefits, use_benefit
from core.errors import BadGrantEnd
from core.members.benefits import BenefitLeft
from core.members.masks import mask_name
from core.members.member import Member
from ui.console.deed_commands import member_at
from ui.console.desk import Desk
from ui.text import tr
from ui.tier_words import left_words, per_words, step_words, until_words, why_words


class TierCommands:
    """Benefits are those of the member at the counter; grants name a card."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_grant_tier(self, card: str, tier: str, until: str, *reason: str) -> str:
        desk, member = self._desk, find_member(self._desk.shop, card)
        granted = grant_tier(
            desk.shop,
            member.id,
            tier=tier,
            until=day_of(until),
            reason=" ".join(reason),
            staff=desk.who(),
            approval=desk.approval(),
        )
        desk.look_again()
        return now_words(member, granted)

    def do_withdraw_tier(self, card: str) -> str:
        desk, member = self._desk, find_member(self._desk.shop, card)
        now = withdraw_tier(desk.shop, member.id, staff=desk.who(), approval=desk.approval())
        desk.look_again()
        return now_words(member, now)

    def do_tier_history(self, card: str = "") -> str:
        shop = self._desk.shop
        self._desk.who()
        member_id = find_member(shop, card).id if card else member_at(self._desk)
        steps = tier_history(shop, member_id)
        self._desk.more["tier_history"] = [step_record(step) for step in steps]
        return "\n".join(map(step_line, steps)) or tr("等级没有变过。")

    def do_benefits(self) -> str:
        return self._tell_benefits(member_benefits(self._desk.shop, member_at(self._desk)))

    def do_use_benefit(self, benefit: str) -> str:
        desk = self._desk
        return self._tell_benefits(
            use_benefit(
                desk.shop,
                member_at(self._desk),
                benefit=benefit,
                staff=desk.who(),
                approval=desk.approval(),
            )
        )

    def do_give_back_benefit(self, benefit: str) -> str:
        desk = self._desk
        return self._tell_benefits(
            give_back_benefit(
                desk.shop,
                member_at(self._desk),
                benefit=benefit,
                staff=desk.who(),
                approval=desk.approval(),
            )
        )

    def _tell_benefits(self, left: tuple[BenefitLeft, ...]) -> str:
        self._desk.more["benefits"] = [
            {"code": each.benefit.code, "name": each.benefit.name, "left": each.left}
            for each in left
        ]
        rows = ((each.benefit.name, per_words(each.benefit), left_words(each)) for each in left)
        return "\n".join("  ".join(filter(None, row)) for row in rows) or tr("这个等级没有权益。")


def now_words(member: Member, granted: Granted) -> str:
    """What somebody is now, and how long."""
    name, tier, until = mask_name(member.name), granted.tier.name, until_words(granted.until)
    if not until:
        return tr("{name}现在是{tier}。", name=name, tier=tier)
    return tr("{name}现在是{tier}，{until}。", name=name, tier=tier, until=until)


def day_of(text: str) -> date:
    """A date as 2027-12-31; raises BadGrantEnd."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadGrantEnd(text) from None


def step_line(step: TierStep) -> str:
    """One step of a history as a line."""
    facts = [step.on.isoformat(), step_words(step), until_words(step.until), why_words(step)]
    return "  ".join(fact for fact in facts if fact)


def step_record(step: TierStep) -> dict[str, Any]:
    """One step as a plain record."""
    measured = step.measured
    return {
        "on": step.on.isoformat(),
        "cause": step.cause,
        "before": step.before,
        "after": step.after,
        "until": step.until.isoformat() if step.until else None,
        "spend_fen": step.spend_fen,
        "measure": measured.measure if measured else None,
        "reason": step.reason,
    }
