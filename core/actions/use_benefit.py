"""使用权益: what a member's tier gives beside prices is counted when it is used, or given back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from core.actions.allow import allow, noted
from core.actions.counter import file_now
from core.actions.telling import tell
from core.errors import (
    BenefitNotCounted,
    BenefitNotUsed,
    BenefitUsedUp,
    NoSuchBenefit,
)
from core.members.benefits import BenefitLeft, BenefitUse, benefits_left, period_start
from core.members.member import MemberFile
from core.members.standing import check_served
from core.ports import Reading, Writing
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment


def member_benefits(shop: Shop, member_id: UUID) -> tuple[BenefitLeft, ...]:
    """权益: what the member's tier gives, and what of it is left; raises NoSuchMember."""
    with shop.store.read() as reading:
        moment, rulebook = shop.moment(reading), reading.rulebooks.current()
        return _left(reading, file_now(reading, member_id, rulebook, moment), rulebook, moment)


def use_benefit(
    shop: Shop, member_id: UUID, *, benefit: str, staff: Staff, approval: Approval | None = None
) -> tuple[BenefitLeft, ...]:
    """Once more, by the benefit's name or code; what is left afterwards.

    Raises NotAllowed, NoSuchMember, NoSuchBenefit, BenefitNotCounted, BenefitUsedUp; MemberFrozen
    and CardExpired for who is not served today.
    """
    with shop.store.write() as tx:
        moment, rulebook = shop.moment(tx), tx.rulebooks.current()
        answers = allow(tx, staff, Right.USE_BENEFIT, now_us=moment.at_us, approval=approval)
        file = file_now(tx, member_id, rulebook, moment)
        check_served(file, moment.business_on)
        wanted = _counted(tx, file, rulebook, moment, benefit)
        if not wanted.left:
            assert wanted.until is not None, "what is counted is so by period"
            next_on = wanted.until + timedelta(days=1)
            raise BenefitUsedUp(wanted.benefit.name, next_on.isoformat())
        use = BenefitUse(
            shop.new_id(),
            file.member.id,
            wanted.benefit.code,
            moment.at_us,
            moment.business_on,
            staff.no,
        )
        tx.tiers.use(use)
        _note(shop, tx, moment, "benefit_used", "BenefitUsed", use, staff=staff, answers=answers)
        return _left(tx, file, rulebook, moment)


def give_back_benefit(
    shop: Shop, member_id: UUID, *, benefit: str, staff: Staff, approval: Approval | None = None
) -> tuple[BenefitLeft, ...]:
    """退回权益: the last use of this period was none; what is left afterwards.

    Raises NotAllowed, NoSuchMember, NoSuchBenefit, BenefitNotCounted, BenefitNotUsed.
    """
    with shop.store.write() as tx:
        moment, rulebook = shop.moment(tx), tx.rulebooks.current()
        answers = allow(tx, staff, Right.USE_BENEFIT, now_us=moment.at_us, approval=approval)
        file = file_now(tx, member_id, rulebook, moment)
        wanted = _counted(tx, file, rulebook, moment, benefit).benefit
        since = period_start(wanted.per, moment.business_on)
        uses = tx.tiers.uses(file.member.id, since=since)
        last = next((use for use in reversed(uses) if use.benefit == wanted.code), None)
        if last is None:
            raise BenefitNotUsed(wanted.name)
        tx.tiers.give_back(
            last.id, at_us=moment.at_us, business_on=moment.business_on, staff_no=staff.no
        )
        what = ("benefit_given_back", "BenefitGivenBack")
        _note(shop, tx, moment, *what, last, staff=staff, answers=answers)
        return _left(tx, file, rulebook, moment)


def _note(
    shop: Shop,
    tx: Writing,
    moment: Moment,
    what: str,
    kind: str,
    use: BenefitUse,
    *,
    staff: Staff,
    answers: int,
) -> None:
    tx.audit.note(
        what,
        at_us=moment.at_us,
        staff_no=staff.no,
        subject=use.member_id.hex,
        detail=noted(use.benefit, staff, answers),
    )
    body = {
        "use": use.id,
        "member": use.member_id,
        "benefit": use.benefit,
        "staff_no": staff.no,
        "approved_by": answers,
    }
    tell(shop, tx, moment, kind, body)


def _left(
    reading: Reading, file: MemberFile, rulebook: Rulebook, moment: Moment
) -> tuple[BenefitLeft, ...]:
    given, today = rulebook.scheme.benefits(file.member.tier), moment.business_on
    uses: tuple[BenefitUse, ...] = ()
    if any(benefit.count for benefit in given):
        uses = reading.tiers.uses(file.member.id, since=period_start("year", today))
    return benefits_left(given, uses, today)


def _counted(
    reading: Reading, file: MemberFile, rulebook: Rulebook, moment: Moment, text: str
) -> BenefitLeft:
    wanted = text.strip().casefold()
    for each in _left(reading, file, rulebook, moment):
        names = (each.benefit.code.casefold(), each.benefit.name.casefold())
        if wanted in names and each.left is None:
            raise BenefitNotCounted(each.benefit.name)
        if wanted in names:
            return each
    raise NoSuchBenefit(text, rulebook.scheme.tier(file.member.tier).name)
