"""预留，在收银台: a till of a chain spends only what was set aside for it, and forgets nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace

from core.actions.counter import Counter, reprice
from core.actions.enrol_till import revoke
from core.actions.leases import least_points, let_go_of_leases, renew_leases
from core.actions.redeem import redeem, rewards_for, undo_redemption
from core.actions.reserve import (
    Wanted,
    has_dropped,
    let_go_but,
    note_line,
    reserve,
    tell_dropped,
)
from core.actions.reward_shelf import count_rewards
from core.actions.settle import settle
from core.actions.sync import begin, leave_chain
from core.actions.void import void_sale
from core.errors import (
    EscrowDiffers,
    NoPointsOffline,
    NoSuchMember,
    NotEnoughPoints,
    PointsUnreserved,
    PriceChanged,
    ServerUnreachable,
    SessionOver,
)
from core.shop import Shop
from core.sync.escrow import AUTHORISED_US, Balance
from core.sync.own_escrow import OwnState
from core.trust.staff import Staff
from storage.signatures import Ed25519
from tests.actions.test_deeds import with_rules
from tests.actions.test_redeem import SOAP
from tests.actions.test_return import MISTAKE, file_of
from tests.actions.test_settle import CALCIUM, GOLD, paid, settled
from tests.actions.test_shift import facts
from tests.actions.test_spend import chosen, let_points_pay
from tests.chained import PROGRAM, Line, an_office, another_till, join, send_all
from tests.server.arrival import read_all

ALL = 12_480


@pytest.fixture
def line(shop: Shop, tmp_path: Path) -> Iterator[Line]:
    """A till in a chain that knows its members, where points pay, and the line answers."""
    office = an_office(tmp_path, shop.clock)
    line = Line(office)
    let_points_pay(shop)
    join(shop, line)
    told(shop, line)
    note_line(shop, is_open=True)
    yield line
    told(shop, line)
    assert sum(sums(line).values()) == 0
    assert not sums(line).get("overspend")
    office.store.close()  # type: ignore[attr-defined]


def told(shop: Shop, line: Line) -> None:
    send_all(shop, line)
    read_all(line.office)


def sums(line: Line) -> dict[str, int]:
    with line.office.store.read() as look:
        return look.accounts.sums()


def has(line: Line, member: UUID) -> Balance:
    with line.office.store.read() as look:
        return look.accounts.balance(member)


def token(shop: Shop, line: Line) -> str:
    return begin(shop, line, Ed25519(), program=PROGRAM)[0].token


def own(shop: Shop) -> list[tuple[str, int]]:
    with shop.store.read() as reading:
        return [(str(each.state), each.remaining) for each in reading.escrows.all()]


def gold(shop: Shop) -> UUID:
    return file_of(shop, GOLD).member.id


def wanted(counter: Counter) -> Wanted:
    assert counter.basket.member_id is not None
    return Wanted(counter.basket.member_id, counter.quote.points_spent, counter.basket.sale_id)


def sell(shop: Shop, staff: Staff, counter: Counter):
    ready = paid(shop, counter)
    return settle(shop, ready.basket, shown=ready.quote.hash, staff=staff).sale


def test_points_are_spent_out_of_what_was_set_aside_for_this_sale(
    shop: Shop, staff: Staff, line: Line
) -> None:
    counter = chosen(shop, 1000, GOLD, CALCIUM)
    assert not counter.is_reserved
    with pytest.raises(PointsUnreserved):
        sell(shop, staff, counter)
    held = reserve(shop, line, token(shop, line), wanted(counter))
    assert has(line, gold(shop)) == Balance(ALL - 1000, 1000, 0)
    assert reprice(shop, counter.basket).is_reserved
    sale = sell(shop, staff, counter)
    (fact,) = facts(shop, "SaleSettled")
    assert fact["spent"]["escrow"] == held.id.hex
    assert own(shop) == []
    told(shop, line)
    assert has(line, gold(shop)) == Balance(sale.points_balance, 0, 0)
    void_sale(shop, sale.sale_id, explanation=MISTAKE, staff=staff)
    told(shop, line)
    assert has(line, gold(shop)) == Balance(ALL, 0, 0), "all of it came back"


def test_after_a_lost_answer_the_same_is_asked_again(shop: Shop, staff: Staff, line: Line) -> None:
    counter = chosen(shop, 1000, GOLD, CALCIUM)
    sign = token(shop, line)
    for fault in ("answer", "request"):
        line.faults = [fault]
        with pytest.raises(ServerUnreachable):
            reserve(shop, line, sign, wanted(counter))
    for _ in range(2):
        reserve(shop, line, sign, wanted(counter))
    assert has(line, gold(shop)) == Balance(ALL - 1000, 1000, 0)
    assert own(shop) == [("held", 1000)]
    sell(shop, staff, counter)


def test_what_is_not_needed_is_given_up_until_that_is_answered(shop: Shop, line: Line) -> None:
    counter = chosen(shop, 1000, GOLD, CALCIUM)
    sign = token(shop, line)
    line.faults = ["answer"]
    with pytest.raises(ServerUnreachable):
        reserve(shop, line, sign, wanted(counter))
    assert let_go_but(shop, ())
    line.faults = ["request"]
    with pytest.raises(ServerUnreachable):
        tell_dropped(shop, line, sign)
    assert has_dropped(shop)
    tell_dropped(shop, line, sign)
    assert (has(line, gold(shop)), own(shop)) == (Balance(ALL, 0, 0), [])


def test_a_void_that_overtakes_its_asking_keeps_it_from_being_done(shop: Shop, line: Line) -> None:
    counter = chosen(shop, 1000, GOLD, CALCIUM)
    sign = token(shop, line)

    def dropped() -> None:
        line.on_the_way = lambda: None
        let_go_but(shop, ())

    line.on_the_way = dropped
    with pytest.raises(EscrowDiffers):
        reserve(shop, line, sign, wanted(counter))
    tell_dropped(shop, line, sign)
    assert (has(line, gold(shop)), own(shop)) == (Balance(ALL, 0, 0), [])


def test_a_session_that_ended_says_nothing_of_what_was_asked(shop: Shop, line: Line) -> None:
    counter = chosen(shop, 1000, GOLD, CALCIUM)
    ended = token(shop, line)
    line.faults = ["answer"]
    with pytest.raises(ServerUnreachable):
        reserve(shop, line, ended, wanted(counter))
    sign = token(shop, line)
    with pytest.raises(SessionOver):
        reserve(shop, line, ended, wanted(counter))
    assert own(shop) == [("asked", 0)]
    reserve(shop, line, sign, wanted(counter))
    assert has(line, gold(shop)) == Balance(ALL - 1000, 1000, 0)
    tell_all_dropped(shop, line)


def test_another_amount_is_another_asking(shop: Shop, line: Line) -> None:
    counter = chosen(shop, 1000, GOLD, CALCIUM)
    sign = token(shop, line)
    reserve(shop, line, sign, wanted(counter))
    reserve(shop, line, sign, replace(wanted(counter), points=500))
    assert has(line, gold(shop)) == Balance(ALL - 500, 500, 0)
    assert own(shop) == [("held", 500)]
    tell_all_dropped(shop, line)


def tell_all_dropped(shop: Shop, line: Line) -> None:
    let_go_but(shop, ())
    tell_dropped(shop, line, token(shop, line))


def test_who_has_too_few_in_the_chain_is_told_how_many_and_may_spend_those(
    shop: Shop, staff: Staff, line: Line
) -> None:
    taken = Wanted(gold(shop), ALL - 700, shop.new_id())
    sign = token(shop, line)
    reserve(shop, line, sign, taken)
    counter = chosen(shop, 1000, GOLD, CALCIUM)
    with pytest.raises(NotEnoughPoints) as few:
        reserve(shop, line, sign, wanted(counter))
    assert few.value.most == 700
    counter = reprice(shop, counter.basket)
    assert (counter.quote.points_spent, counter.file and counter.file.spendable) == (700, 700)
    reserve(shop, line, sign, wanted(counter))
    sell(shop, staff, counter)
    tell_all_dropped(shop, line)


def test_without_a_line_nothing_is_spent_but_what_was_leased(
    shop: Shop, staff: Staff, line: Line
) -> None:
    settled(shop, staff, GOLD, CALCIUM)
    told(shop, line)
    assert renew_leases(shop, line, token(shop, line)) == 1
    leased = has(line, gold(shop)).leased
    assert leased == has(line, gold(shop)).points // 2, "half is found by whoever asks online"
    note_line(shop, is_open=False)
    counter = chosen(shop, 3000, GOLD, CALCIUM)
    assert counter.file is not None
    assert counter.file.spendable == leased
    assert counter.is_reserved
    sell(shop, staff, counter)
    again = chosen(shop, 3000, GOLD, CALCIUM)
    assert again.file is not None
    assert again.file.spendable == leased - counter.quote.points_spent
    told(shop, line)
    assert has(line, gold(shop)).leased == again.file.spendable


def test_without_a_line_and_without_a_lease_nothing_is_spent(
    shop: Shop, staff: Staff, line: Line
) -> None:
    counter = chosen(shop, 1000, GOLD, CALCIUM)
    ready = paid(shop, counter)
    note_line(shop, is_open=False)
    with pytest.raises(PriceChanged):
        settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)
    now = reprice(shop, counter.basket)
    assert (now.quote.points_spent, now.quote.most_points) == (0, 0)


def test_whoever_asks_for_more_than_the_rest_gives_the_lease_back_first(
    shop: Shop, staff: Staff, line: Line
) -> None:
    settled(shop, staff, GOLD, CALCIUM)
    told(shop, line)
    sign = token(shop, line)
    renew_leases(shop, line, sign)
    all_ = has(line, gold(shop)).points
    held = reserve(shop, line, sign, Wanted(gold(shop), all_, shop.new_id()))
    assert held.remaining == all_
    assert has(line, gold(shop)) == Balance(0, all_, 0)
    tell_all_dropped(shop, line)


def test_a_round_asks_nobody_twice_and_what_was_lost_again(
    shop: Shop, staff: Staff, line: Line
) -> None:
    settled(shop, staff, GOLD, CALCIUM)
    told(shop, line)
    sign = token(shop, line)
    line.faults = ["answer"]
    with pytest.raises(ServerUnreachable):
        renew_leases(shop, line, sign)
    leased = has(line, gold(shop)).leased
    for _ in range(2):
        assert renew_leases(shop, line, sign) == 1
    assert has(line, gold(shop)).leased == leased
    let_go_of_leases(shop)
    assert own(shop) == [("dropped", leased)]
    tell_dropped(shop, line, sign)
    assert has(line, gold(shop)).leased == 0


def test_a_new_life_of_the_till_spends_nothing_of_the_one_before(
    shop: Shop, staff: Staff, line: Line
) -> None:
    settled(shop, staff, GOLD, CALCIUM)
    told(shop, line)
    renew_leases(shop, line, token(shop, line))
    note_line(shop, is_open=False)
    with shop.store.write() as tx:
        tx.set_till(replace(tx.till, incarnation=tx.till.incarnation + 1))
    counter = chosen(shop, 1000, GOLD, CALCIUM)
    assert counter.file is not None
    assert counter.file.spendable == 0


def test_an_authorisation_that_ran_out_is_asked_for_again(
    shop: Shop, staff: Staff, line: Line
) -> None:
    counter = chosen(shop, 1000, GOLD, CALCIUM)
    sign = token(shop, line)
    reserve(shop, line, sign, wanted(counter))
    with shop.store.write() as tx:
        (held,) = tx.escrows.all()
        tx.escrows.keep(replace(held, at_us=held.at_us - AUTHORISED_US))
    with pytest.raises(PointsUnreserved):
        sell(shop, staff, counter)
    reserve(shop, line, sign, wanted(counter))
    assert own(shop) == [("held", 1000)]
    sell(shop, staff, counter)


def test_a_member_of_whom_the_server_has_not_heard_spends_nothing_yet(
    shop: Shop, line: Line
) -> None:
    nobody = Wanted(shop.new_id(), 100, shop.new_id())
    with pytest.raises(NoSuchMember):
        reserve(shop, line, token(shop, line), nobody)
    assert own(shop) == []


def test_a_reward_is_had_for_points_that_were_set_aside_and_goes_all_the_way_back(
    shop: Shop, staff: Staff, line: Line
) -> None:
    with_rules(shop, staff, rewards=(SOAP,))
    count_rewards(shop, SOAP.code, 10, staff=staff)
    member, redemption = gold(shop), shop.new_id()

    def soap() -> int:
        done = redeem(shop, member, SOAP.code, 2, redemption_id=redemption, staff=staff)
        return done.made.points

    with pytest.raises(PointsUnreserved):
        soap()
    held = reserve(shop, line, token(shop, line), Wanted(member, 100, redemption))
    assert (soap(), soap()) == (100, 100), "a double press redeems once"
    (fact,) = facts(shop, "RewardRedeemed")
    assert fact["escrow"] == held.id.hex
    told(shop, line)
    assert has(line, member) == Balance(ALL - 100, 0, 0)
    with shop.store.read() as reading:
        (made,) = reading.redemptions.of_member(member, limit=9)
    undo_redemption(shop, made.no, staff=staff)
    told(shop, line)
    assert has(line, member) == Balance(ALL, 0, 0)
    note_line(shop, is_open=False)
    assert [each.most for each in rewards_for(shop, member)] == [0]
    with pytest.raises(NoPointsOffline):
        redeem(shop, member, SOAP.code, 2, redemption_id=shop.new_id(), staff=staff)


def test_who_leaves_the_chain_asks_nobody_any_more(shop: Shop, staff: Staff, line: Line) -> None:
    counter = chosen(shop, 1000, GOLD, CALCIUM)
    reserve(shop, line, token(shop, line), wanted(counter))
    leave_chain(shop, staff=staff)
    assert own(shop) == []
    assert reprice(shop, counter.basket).is_reserved
    sell(shop, staff, counter)
    another_till(shop, shop.new_id())
    with line.office.store.read() as reading:
        (till,) = reading.tills.all()
    revoke(line.office, till.id)
    join(shop, line)


def test_leases_are_taken_only_where_points_buy_something(shop: Shop) -> None:
    with shop.store.read() as reading:
        book = reading.rulebooks.current()
    assert least_points(replace(book, rewards=())) is None or book.points.spend is not None
    assert least_points(replace(book, rewards=(SOAP,))) is not None
    assert OwnState.HELD == "held"
