"""发放: each member gets one, once; stopped it keeps; what became of the codes adds up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import pytest

from core.actions import handouts
from core.actions import withdraw_coupons as withdraw
from core.actions.cards import freeze_member
from core.actions.coupon_codes import issue_coupons
from core.actions.coupon_rounds import follow_coupons, round_codes, withdraw_round
from core.actions.forget_member import forget_member
from core.actions.handouts import (
    Far,
    Meant,
    begin_handout,
    hand_out_more,
    meant_by_cards,
    meant_by_segment,
    stop_handout,
)
from core.actions.issued_coupons import batch_again, last_batches
from core.actions.merge_members import merge_members
from core.actions.roll import fill_roll
from core.actions.withdraw_coupons import Withdrawn, together, withdraw_coupons
from core.errors import (
    CouponsPast,
    CouponWithdrawn,
    NobodyMeant,
    NoSuchCoupon,
    RollNotReady,
    UnknownCode,
)
from core.members.certificate import Why
from core.members.segment import Segment
from core.rulebook.offers import CouponOffer
from core.sales.handout import CodeState, Round
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_coupon_codes import FIVE, issuing, sold
from tests.actions.test_return import returned
from tests.actions.test_settle import GOLD, NORMAL, SILVER, VITAMIN
from tests.actions.test_shift import facts
from tests.builders import audit_rows, file_of
from ui.issued_coupons import withdrawn_words

__all__ = ["issuing"]
CARDS = (NORMAL, SILVER, GOLD)


def begun(shop: Shop, staff: Staff, members: Sequence[UUID], **of: object) -> UUID:
    ident = shop.new_id()
    begin_handout(
        shop,
        "five",
        members,
        title="三位老会员",
        handout_id=ident,
        staff=staff,
        **of,  # type: ignore[arg-type]
    )
    return ident


def meant(shop: Shop, staff: Staff, *cards: str, **of: bool) -> Meant:
    return meant_by_cards(shop, "five", cards, staff=staff, **of)


def handed(shop: Shop, staff: Staff, *cards: str) -> UUID:
    ident = begun(shop, staff, meant(shop, staff, *cards).members)
    assert hand_out_more(shop, ident, staff=staff) == Far(len(cards), 0)
    return ident


def only_round(shop: Shop, staff: Staff) -> Round:
    ((_, found),) = follow_coupons(shop, staff=staff).rounds
    return found


def test_each_member_has_one_of_their_own(issuing: Shop, staff: Staff) -> None:
    handed(issuing, staff, *CARDS)
    told = facts(issuing, "CouponsIssued")[-3:]
    assert all(len(each["codes"]) == 1 for each in told)
    assert len({each["member"] for each in told}) == 3
    assert len({each["batch"] for each in told}) == 3
    found = only_round(issuing, staff)
    assert (found.count, found.held, found.title) == (3, 3, "三位老会员")


def test_the_last_batches_have_a_handout_as_one(issuing: Shop, staff: Staff) -> None:
    """As the office shows it; its codes are listed by the id that stands there."""
    before = issue_coupons(issuing, "five", 2, batch_id=issuing.new_id(), staff=staff).batch
    ident = handed(issuing, staff, *CARDS)
    codes = {each.card_no: each.code for each in round_codes(issuing, ident, staff=staff)}
    sold(issuing, staff, NORMAL, VITAMIN, codes.pop(NORMAL))
    told = [each.use for each in last_batches(issuing, staff=staff)]
    assert [(use.id, use.count, use.used, use.left) for use in told] == [
        (ident, 3, 1, 2),
        (before.id, 2, 0, 2),
    ]
    again = batch_again(issuing, ident, staff=staff)
    assert (again.name, sorted(again.batch.codes)) == ("五元券", sorted(codes.values()))
    with pytest.raises(UnknownCode):
        batch_again(issuing, issuing.new_id(), staff=staff)


def test_numbers_come_before_the_deed(issuing: Shop, staff: Staff) -> None:
    found = meant(issuing, staff, *CARDS, "nobody")
    assert (len(found.members), found.worth_fen, found.unknown) == (3, 1500, ("nobody",))
    handed(issuing, staff, NORMAL)
    again = meant(issuing, staff, *CARDS, NORMAL)
    assert (len(again.members), again.holding) == (2, 1)
    assert len(meant(issuing, staff, *CARDS, to_holders=True).members) == 3
    freeze_member(issuing, file_of(issuing, GOLD).member.id, reason="试一试", staff=staff)
    assert meant(issuing, staff, *CARDS).not_served == 1


def test_who_used_theirs_may_have_another(issuing: Shop, staff: Staff) -> None:
    ident = handed(issuing, staff, NORMAL)
    (code,) = round_codes(issuing, ident, staff=staff)
    sold(issuing, staff, NORMAL, VITAMIN, code.code)
    assert meant(issuing, staff, NORMAL).holding == 0


def test_a_segment_means_whom_the_roll_counts(issuing: Shop, staff: Staff) -> None:
    with pytest.raises(RollNotReady):
        meant_by_segment(issuing, "five", Segment(), staff=staff)
    while not fill_roll(issuing, staff=staff).is_done:
        pass
    found = meant_by_segment(issuing, "five", Segment(tiers=("gold",)), staff=staff)
    assert found.members == meant(issuing, staff, GOLD).members


def test_the_same_wish_twice_gives_once(issuing: Shop, staff: Staff) -> None:
    members = meant(issuing, staff, *CARDS).members
    ident = begun(issuing, staff, members)
    again = begin_handout(issuing, "five", members, title="再按一次", handout_id=ident, staff=staff)
    assert again.title == "三位老会员"
    for _ in range(3):
        assert hand_out_more(issuing, ident, staff=staff) == Far(3, 0)
    assert only_round(issuing, staff).count == 3


def test_stopped_it_keeps_what_was_given(
    issuing: Shop, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handouts, "AT_ONCE", 2)
    ident = begun(issuing, staff, meant(issuing, staff, *CARDS).members)
    assert hand_out_more(issuing, ident, staff=staff) == Far(2, 1)
    assert stop_handout(issuing, ident, staff=staff) == Far(2, 1, is_stopped=True)
    assert hand_out_more(issuing, ident, staff=staff) == Far(2, 1, is_stopped=True)
    found = only_round(issuing, staff)
    assert (found.count, found.waiting, found.is_stopped) == (2, 1, True)


def test_who_is_frozen_meanwhile_gets_none(issuing: Shop, staff: Staff) -> None:
    ident = begun(issuing, staff, meant(issuing, staff, *CARDS).members)
    freeze_member(issuing, file_of(issuing, GOLD).member.id, reason="试一试", staff=staff)
    assert hand_out_more(issuing, ident, staff=staff) == Far(2, 0)


def test_whoever_is_not_served_is_found_among_as_many_as_there_are(
    issuing: Shop, staff: Staff
) -> None:
    members = [file_of(issuing, card).member.id for card in CARDS]
    forget_member(issuing, members[0], Why.ASKED, staff=staff)
    merge_members(issuing, SILVER, GOLD, staff=staff)
    many = [members[0], *(issuing.new_id() for _ in range(500)), *members[1:]]
    with issuing.store.read() as reading:
        assert reading.handouts.not_served(many) == {members[0], members[1]}


def test_what_became_of_them_adds_up(issuing: Shop, staff: Staff) -> None:
    handed(issuing, staff, *CARDS)
    first = only_round(issuing, staff)
    codes = {each.card_no: each.code for each in round_codes(issuing, first.id, staff=staff)}
    sale = sold(issuing, staff, NORMAL, VITAMIN, VITAMIN, codes[NORMAL])
    issue_coupons(issuing, "five", 4, batch_id=issuing.new_id(), staff=staff)
    (_, loose), (_, found) = follow_coupons(issuing, staff=staff).rounds
    assert (loose.count, loose.held, loose.is_for_members) == (4, 4, False)
    assert (found.count, found.held, found.used, found.expired) == (3, 2, 1, 0)
    assert found.turnover_fen == sale.sale.payable_fen
    (used,) = round_codes(issuing, found.id, state=CodeState.USED, staff=staff)
    assert (used.sale_no, used.taken_fen) == (sale.sale.no, sale.sale.payable_fen)
    back = returned(issuing, sale.sale, {1: 1000}, staff)
    after = follow_coupons(issuing, staff=staff).rounds[1][1]
    assert (after.used, after.turnover_fen) == (1, sale.sale.payable_fen - back.back_fen)
    assert 0 < back.back_fen < sale.sale.payable_fen


def test_a_round_is_taken_back_used_ones_too(issuing: Shop, staff: Staff) -> None:
    ident = handed(issuing, staff, *CARDS)
    code = round_codes(issuing, ident, staff=staff)[0]
    sold(issuing, staff, code.card_no, VITAMIN, code.code)
    assert withdraw_round(issuing, ident, staff=staff).count == 3
    assert withdraw_round(issuing, ident, staff=staff).count == 0
    found = only_round(issuing, staff)
    assert (found.used, found.withdrawn, found.held) == (1, 2, 0)


def test_taken_back_half_way_it_goes_to_nobody_more(
    issuing: Shop, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handouts, "AT_ONCE", 2)
    ident = begun(issuing, staff, meant(issuing, staff, *CARDS).members)
    assert hand_out_more(issuing, ident, staff=staff) == Far(2, 1)
    assert withdraw_round(issuing, ident, staff=staff).count == 2
    assert [row["what"] for row in audit_rows(issuing)[-2:]] == [
        "handout_stopped",
        "coupons_withdrawn",
    ]
    assert hand_out_more(issuing, ident, staff=staff) == Far(2, 1, is_stopped=True)


def test_where_all_that_was_given_is_withdrawn_nobody_gets_the_rest(
    issuing: Shop, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handouts, "AT_ONCE", 1)
    ident = begun(issuing, staff, meant(issuing, staff, *CARDS).members)
    hand_out_more(issuing, ident, staff=staff)
    (given,) = round_codes(issuing, ident, staff=staff)
    withdraw_coupons(issuing, given.code, staff=staff)
    done = withdraw_coupons(issuing, given.code, is_batch=True, staff=staff)
    assert done.codes == () and "不再发" in withdrawn_words(done)
    assert hand_out_more(issuing, ident, staff=staff) == Far(1, 2, is_stopped=True)
    with pytest.raises(CouponWithdrawn):
        withdraw_coupons(issuing, given.code, is_batch=True, staff=staff)


def test_with_one_code_all_of_its_handout_go_piece_by_piece(
    issuing: Shop, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(withdraw, "AT_ONCE", 2)
    other = issue_coupons(issuing, "five", 1, batch_id=issuing.new_id(), staff=staff).batch
    ident = handed(issuing, staff, *CARDS)
    first, middle, last = (each.code for each in round_codes(issuing, ident, staff=staff))
    card_no = next(
        each.card_no for each in round_codes(issuing, ident, staff=staff) if each.code == first
    )
    sold(issuing, staff, card_no, VITAMIN, first)
    done = withdraw_coupons(issuing, last, is_batch=True, staff=staff)
    assert (done.codes, done.used, done.has_more) == ((first, middle), 1, True)
    row = audit_rows(issuing)[-1]
    assert (row["subject"], row["detail"]) == (ident.hex, "five 2")
    more = withdraw_coupons(issuing, last, is_batch=True, staff=staff)
    assert (more.codes, more.used, more.has_more) == ((last,), 0, False)
    assert together(done, more) == Withdrawn(done.name, (first, middle, last), 1)
    with pytest.raises(CouponWithdrawn):
        withdraw_coupons(issuing, last, is_batch=True, staff=staff)
    with issuing.store.read() as reading:
        left = reading.coupon_codes.outstanding(issuing.moment(reading).business_on)
        assert left == {"five": 1} and reading.handouts.of_batch(other.id) is None


def test_of_days_that_are_over_they_are_expired(issuing: Shop, staff: Staff) -> None:
    today = issuing.now().business_on
    members = meant(issuing, staff, NORMAL).members
    with pytest.raises(CouponsPast):
        begun(issuing, staff, members, ends_on=today - timedelta(days=1))
    begun(issuing, staff, members, ends_on=today)
    with issuing.store.read() as reading:
        (found,) = reading.handouts.rounds(date(2100, 1, 1), 10)
        assert (found.count, found.waiting) == (0, 1)


def test_what_cannot_be_is_refused(issuing: Shop, staff: Staff) -> None:
    with pytest.raises(NobodyMeant):
        begun(issuing, staff, ())
    with pytest.raises(NoSuchCoupon):
        meant_by_cards(issuing, "nothing", CARDS, staff=staff)


@pytest.mark.parametrize(
    ("coupon", "worth"),
    [
        (FIVE, 500),
        (CouponOffer(id="a", name="a", rate_bp=9000), None),
        (CouponOffer(id="a", name="a", rate_bp=9000, cap_fen=3000), 3000),
        (CouponOffer(id="a", name="a", bonus=50), 0),
    ],
)
def test_the_most_that_one_takes_off(coupon: CouponOffer, worth: int | None) -> None:
    from core.sales.handout import most_worth_fen

    assert most_worth_fen(coupon) == worth
