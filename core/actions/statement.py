"""会员对账单: the paper of a member's points and purchases, for whoever may see them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.actions.allow import allow, noted
from core.errors import BadDates, NoSuchMember, StatementTooLong
from core.points.ledger import expires_next
from core.sales.receipt import ExpiryLine, Heading
from core.sales.statement import PeriodLine, Statement, make_statement
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import day_and_time

MOST_LINES = 400


def statement(
    shop: Shop,
    member_id: UUID,
    since: date,
    until: date | None = None,
    *,
    staff: Staff,
    approval: Approval | None = None,
) -> Statement:
    """Business dates both inclusive, up to today where `until` is None; the audit says of whom.

    Raises NotAllowed, NoSuchMember, BadDates, StatementTooLong.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        last = min(until or moment.business_on, moment.business_on)
        if last < since:
            raise BadDates(since.isoformat(), last.isoformat())
        answers = allow(tx, staff, Right.SEE_PERSONAL, now_us=moment.at_us, approval=approval)
        member = tx.members.get(member_id)
        if member is None:
            raise NoSuchMember(member_id.hex)
        moved = tx.statements.movements(member_id, since=since)
        within = [each for each in moved if each.business_on <= last]
        bought = tx.statements.purchases(member_id, since, last, limit=MOST_LINES + 1)
        if len(within) + len(bought) > MOST_LINES:
            raise StatementTooLong(since.isoformat(), last.isoformat(), MOST_LINES)
        till, scheme = tx.till, tx.rulebooks.current().scheme
        next_gone = expires_next(tx.ledger.lots(member_id), moment.business_on)
        made = make_statement(
            Heading(till.store_name, till.till_no),
            PeriodLine(
                since.isoformat(),
                last.isoformat(),
                day_and_time(moment.at_us, till.zone),
                staff.no,
            ),
            member,
            tier_name=scheme.tier(member.tier).name,
            balance=tx.ledger.balance(member_id),
            movements=within,
            later=sum(each.points for each in moved if each.business_on > last),
            purchases=bought,
            expiry=ExpiryLine(next_gone[1], next_gone[0].isoformat()) if next_gone else None,
            no=f"statement-{moment.at_us}",
        )
        detail = noted(f"statement {since} {last}", staff, answers)
        tx.audit.note(
            "personal_seen",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=member_id.hex,
            detail=detail,
        )
    return made
