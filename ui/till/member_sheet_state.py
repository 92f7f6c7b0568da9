"""会员: what the sheet of the member at the counter shows, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from msgspec import Struct

from core.actions.counter import Counter
from core.actions.deeds import Chance
from core.actions.held_coupons import HeldCoupon
from core.actions.look_at_tiers import TierStep
from core.members.benefits import BenefitLeft
from core.members.masks import mask_card, mask_name
from core.members.standing import Purchase
from core.rulebook.schemes import Tier
from core.values.money import format_money
from core.values.quantity import format_quantity
from ui.consent_text import ConsentState
from ui.text import tr
from ui.tier_words import left_words, per_words, step_words, until_words, why_words
from ui.till.held_state import age_words
from ui.widgets.choices import Choice

if TYPE_CHECKING:  # no till needs them at its start
    from core.actions.attend import Offered
    from ui.till.activity_rows import Deeds


NO_CONSENT = ConsentState()


class MemberSheetState(Struct, frozen=True):
    """Name and card masked; the newest purchase first, and the newest change of tier.

    `uses` says of each benefit whether it can be used, and given back; `chances` what earns points
    without buying, `activity_deeds` of each activity what the member may do.
    """

    name: str
    facts: str
    notes: tuple[Choice, ...]
    purchases: tuple[Choice, ...]
    benefits: tuple[Choice, ...] = ()
    history: tuple[Choice, ...] = ()
    uses: tuple[tuple[str, tuple[bool, bool]], ...] = ()
    coupons: tuple[Choice, ...] = ()
    chances: tuple[Chance, ...] = ()
    has_rewards: bool = False
    activities: tuple[Choice, ...] = ()
    activity_deeds: tuple[tuple[UUID, Deeds], ...] = ()
    consent: ConsentState = NO_CONSENT

    @classmethod
    def of(
        cls,
        counter: Counter,
        purchases: Sequence[Purchase],
        now_us: int,
        *,
        benefits: Sequence[BenefitLeft] = (),
        steps: Sequence[TierStep] = (),
        chances: tuple[Chance, ...] = (),
        consent: ConsentState = NO_CONSENT,
        offered: Sequence[Offered] = (),
    ) -> MemberSheetState | None:
        """The member of a counter, None for nobody."""
        file, tier = counter.file, counter.tier
        if file is None or tier is None:
            return None
        member = file.member
        card = mask_card(member.card_no)
        facts = [
            _tier(tier, member.tier_until, counter.rulebook.scheme.rank(tier.code)),
            tr("卡号 {card}", card=card) if card else tr("别店会员"),
            tr("{points} 分", points=f"{file.points:,}".replace("-", "−")),
        ]
        if file.card_until is not None:
            facts.append(tr("有效期到 {until}", until=file.card_until.isoformat()))
        notes = [
            Choice(
                key=note.id,
                text=note.text,
                sub=age_words(now_us - note.at_us),
                icon="alert" if note.is_urgent else "chat",
            )
            for note in file.notes
        ]
        from ui.till.activity_rows import activity_deeds, activity_rows

        return cls(
            name=mask_name(member.name),
            facts="　".join(facts),
            notes=tuple(notes),
            purchases=tuple(_bought(each) for each in purchases),
            benefits=tuple(_benefit(each) for each in benefits),
            history=tuple(_step(step) for step in reversed(steps)),
            uses=tuple((each.benefit.code, _uses(each)) for each in benefits),
            coupons=tuple(_coupon(each) for each in counter.held),
            chances=chances,
            has_rewards=bool(counter.rulebook.rewards),
            activities=activity_rows(offered),
            activity_deeds=activity_deeds(offered),
            consent=consent,
        )


def _coupon(held: HeldCoupon) -> Choice:
    sub = [tr("本单用了，再点一下收回")] if held.is_presented else []
    if held.ends_on is not None:
        sub.append(tr("用到 {until}", until=held.ends_on.isoformat()))
    return Choice(
        key=held.code,
        text=held.name,
        sub="　".join(sub) or tr("一直能用"),
        right=tr("省 {saved}", saved=format_money(held.saves_fen)) if held.saves_fen else "",
        icon="check" if held.is_presented else "coupon",
    )


def _tier(tier: Tier, until: date | None, rank: int) -> str:
    """金卡 至 2027-11-26; the lowest one has no end."""
    return "　".join(filter(None, (tier.name, until_words(until) if rank else "")))


def _benefit(left: BenefitLeft) -> Choice:
    benefit = left.benefit
    return Choice(
        key=benefit.code,
        text=benefit.name,
        sub=per_words(benefit),
        right=left_words(left),
        icon="coupon" if benefit.offer else "care",
    )


def _uses(left: BenefitLeft) -> tuple[bool, bool]:
    if left.left is None:
        return False, False
    return left.left > 0, left.left < left.benefit.count


def _step(step: TierStep) -> Choice:
    facts = (why_words(step), until_words(step.until))
    return Choice(
        key=step.at_us,
        text=f"{step.on.isoformat()}　{step_words(step)}",
        sub="　".join(fact for fact in facts if fact),
        icon="flag",
    )


def _bought(bought: Purchase) -> Choice:
    on = tr("{month} 月 {day} 日", month=bought.business_on.month, day=bought.business_on.day)
    sub = tr("{on}　{count} 件", on=on, count=format_quantity(bought.quantity_milli))
    if bought.returned_milli:
        sub = tr(
            "{on}　{count} 件，已退 {back}",
            on=on,
            count=format_quantity(bought.quantity_milli),
            back=format_quantity(bought.returned_milli),
        )
    return Choice(
        key=bought.code,
        text=bought.name,
        sub=sub,
        right=format_money(bought.payable_fen),
        icon="receipt",
    )
