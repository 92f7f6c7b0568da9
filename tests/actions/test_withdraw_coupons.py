"""收回券: what was withdrawn is worth nothing, and says so; also what comes back with its sale."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.actions.coupon_codes import issue_coupons
from core.actions.issued_coupons import batch_again, last_batches
from core.actions.login import login
from core.actions.publish_rulebook import publish_rulebook
from core.actions.return_sale import preview_return, return_sale
from core.actions.settle import settle
from core.actions.withdraw_coupons import withdraw_coupons
from core.errors import CouponsOutstanding, CouponUsed, CouponWithdrawn, NoSuchIssuedCode, StaffGone
from core.ports.upkeep import Finding
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_coupon_codes import FIVE, issued, issuing, off, refused, sold
from tests.actions.test_offer_uses import rules
from tests.actions.test_return import TOO_MANY
from tests.actions.test_settle import GOLD, VITAMIN, paid, scanned
from tests.actions.test_shift import facts
from tests.builders import PIN, Home, audit_rows

__all__ = ["issuing"]


def test_a_withdrawn_code_says_so_at_the_counter(issuing: Shop, staff: Staff) -> None:
    code, other = issued(issuing, staff), issued(issuing, staff)
    done = withdraw_coupons(issuing, code.lower(), staff=staff)
    assert (done.name, done.codes) == ("五元券", (code,))
    assert refused(issuing, VITAMIN, code) is CouponWithdrawn
    assert off(scanned(issuing, VITAMIN, other)) == 500
    assert facts(issuing, "CouponsWithdrawn")[-1]["codes"] == [code]
    row = audit_rows(issuing)[-1]
    assert (row["what"], row["detail"]) == ("coupons_withdrawn", "five 1")
    with pytest.raises(CouponWithdrawn):
        withdraw_coupons(issuing, code, staff=staff)


def test_what_was_presented_before_is_refused_when_it_is_paid(issuing: Shop, staff: Staff) -> None:
    code = issued(issuing, staff)
    ready = paid(issuing, scanned(issuing, VITAMIN, code))
    withdraw_coupons(issuing, code, staff=staff)
    with pytest.raises(CouponWithdrawn):
        settle(issuing, ready.basket, shown=ready.quote.hash, staff=staff)


def test_a_whole_batch_goes_by_any_of_its_codes(issuing: Shop, staff: Staff) -> None:
    made = issue_coupons(
        issuing, "five", 3, batch_id=issuing.new_id(), card_no=GOLD, staff=staff
    ).batch
    other = issued(issuing, staff)
    sale = sold(issuing, staff, GOLD, VITAMIN, made.codes[0]).sale
    with pytest.raises(CouponUsed):
        withdraw_coupons(issuing, made.codes[0], staff=staff)
    withdraw_coupons(issuing, made.codes[1], staff=staff)
    done = withdraw_coupons(issuing, made.codes[0], is_batch=True, staff=staff)
    assert (done.codes, done.used) == ((made.codes[0], made.codes[2]), 1)
    assert scanned(issuing, GOLD, VITAMIN).held == ()
    with issuing.store.read() as reading:
        today = issuing.moment(reading).business_on
        assert reading.coupon_codes.outstanding(today) == {"five": 1}
    # The sale comes back, and its code does not.
    shown = preview_return(issuing, sale.no, {1: 1000}, staff=staff)
    assert shown.coupons == ()
    return_sale(
        issuing,
        sale.sale_id,
        {1: 1000},
        return_id=issuing.new_id(),
        explanation=TOO_MANY,
        staff=staff,
    )
    assert refused(issuing, GOLD, VITAMIN, made.codes[0]) is CouponWithdrawn
    assert off(scanned(issuing, VITAMIN, other)) == 500


def test_a_rulebook_may_do_without_a_coupon_whose_codes_are_withdrawn(
    issuing: Shop, staff: Staff
) -> None:
    code = issued(issuing, staff)
    with issuing.store.read() as reading:
        now = reading.rulebooks.current()
    without = replace(now, version=now.version + 1, offers=())
    with pytest.raises(CouponsOutstanding):
        publish_rulebook(issuing, without, staff=staff)
    withdraw_coupons(issuing, code, is_batch=True, staff=staff)
    publish_rulebook(issuing, without, staff=staff)


@pytest.mark.parametrize("text", ["", "Q", "800001", "Q0000000000AA"])
def test_what_was_never_issued_is_not_withdrawn(issuing: Shop, staff: Staff, text: str) -> None:
    with pytest.raises(NoSuchIssuedCode):
        withdraw_coupons(issuing, text, staff=staff)


def test_the_same_wish_twice_issues_once(issuing: Shop, staff: Staff) -> None:
    same = issuing.new_id()
    first = issue_coupons(issuing, "five", 3, batch_id=same, staff=staff)
    second = issue_coupons(issuing, "five", 3, batch_id=same, staff=staff)
    assert (first.is_repeat, second.is_repeat) == (False, True)
    assert first.batch == second.batch
    assert len(facts(issuing, "CouponsIssued")) == 1


def test_a_withdrawal_that_nobody_made_is_found(home: Home) -> None:
    with home.shop() as shop:
        staff = login(shop, PIN)
        rules(shop, staff, FIVE)
        code = issued(shop, staff)
        row = (code, bytes(16), 0, 1, 1)
        with shop.store.writer() as connection:  # type: ignore[attr-defined]
            connection.execute("INSERT INTO withdrawn_codes VALUES (?, ?, ?, ?, ?)", row)
    assert home.findings() == [Finding("withdrawal_without_event", "0")]


def test_the_last_batches_say_what_became_of_them(issuing: Shop, staff: Staff) -> None:
    made = [
        issue_coupons(issuing, "five", count, batch_id=issuing.new_id(), staff=staff).batch
        for count in (3, 1)
    ]
    first, used, left = made[0].codes
    sold(issuing, staff, VITAMIN, used)
    withdraw_coupons(issuing, first, staff=staff)
    uses = [each.use for each in last_batches(issuing, staff=staff)]
    assert [(use.id, use.count, use.used, use.withdrawn, use.left) for use in uses] == [
        (made[1].id, 1, 0, 0, 1),
        (made[0].id, 3, 1, 1, 1),
    ]
    assert batch_again(issuing, made[0].id, staff=staff).batch.codes == (left,)
    cashier = replace(staff, no=2)
    with pytest.raises(StaffGone):
        last_batches(issuing, staff=cashier)
