"""用分: whatever is lost, doubled or late, no point of a member is spent twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from msgspec.structs import replace

from core.actions import set_aside
from core.actions.begin_session import begin_session
from core.actions.enrol_till import name_store
from core.actions.head_office import open_cases
from core.actions.set_aside import authorise, capture, lease, leases_over, void
from core.errors import (
    EscrowDiffers,
    MemberUnserved,
    NoSuchMember,
    NotEnoughPoints,
    SessionOver,
)
from core.sync.escrow import AUTHORISED_US, LEASED_US, UNREPORTED_US, Balance, EscrowStatus
from core.sync.spending import LeasesAsked, LeasesOver, NotNeeded, PointsAsked, PointsUsed
from server.program import opened_office
from tests.server.arrival import read_all, wrong_accounts
from tests.server.program import serving
from tests.server.speech import joins, sells, writes
from tests.server.tills import TODAY, TillAtWork, as_json, new_id, sent


@pytest.fixture
def till(office):
    return TillAtWork().join(office)


@pytest.fixture
def member(office, till):
    """With 100 points."""
    found = joins(till)
    sells(till, found, 100)
    tell(office, till)
    return found


def tell(office, till):
    """All that the till has is sent and read."""
    sent(office, till.begin(office), *till.events)
    read_all(office)


def token(office, till):
    return till.begin(office).token


def wants(member: UUID, points: int, ident: UUID | None = None) -> PointsAsked:
    return PointsAsked(ident or new_id(), member, points, TODAY)


def has(office, member: UUID) -> Balance:
    with office.store.read() as look:
        assert sum(look.accounts.sums().values()) == 0
        assert look.accounts.sums().get("overspend", 0) == 0
        assert wrong_accounts(look) == []
        return look.accounts.balance(look.members.get(member).id)


def test_what_is_authorised_nobody_else_has(office, till, member):
    other = TillAtWork().join(office)
    asked = wants(member, 70)
    told = authorise(office, token(office, till), asked)
    assert (told.status, told.points, told.available, told.pending) == ("open", 70, 30, 70)
    assert told.until_us == office.clock.now_us() + AUTHORISED_US
    with pytest.raises(NotEnoughPoints) as refused:
        authorise(office, token(office, other), wants(member, 31))
    assert (refused.value.points, refused.value.most) == (31, 30)
    assert authorise(office, token(office, till), asked) == told, "said twice, done once"
    with pytest.raises(EscrowDiffers):
        authorise(office, token(office, other), asked)


@pytest.mark.parametrize("first", ["route", "event"])
def test_a_capture_is_booked_once_by_the_route_and_by_the_event(office, till, member, first):
    asked = wants(member, 70)
    authorise(office, token(office, till), asked)
    sells(till, member, 5, amount=60, escrow=asked.id)
    spent = till.events[-1].data.decode()
    transfer = UUID(spent.partition('"transfer":"')[2][:32])
    used = PointsUsed(asked.id, transfer, 60, TODAY)
    if first == "event":
        tell(office, till)
    told = capture(office, token(office, till), used)
    assert (told.status, told.spent) == ("captured", 60)
    if first == "route":
        tell(office, till)
    assert capture(office, token(office, till), used).available == 45
    assert has(office, member) == Balance(45, 0, 0)


def test_what_is_voided_goes_back_and_comes_too_late_when_it_comes(office, till, member):
    asked = wants(member, 70)
    authorise(office, token(office, till), asked)
    assert void(office, token(office, till), NotNeeded(asked.id, member)).available == 100
    assert authorise(office, token(office, till), asked).status is EscrowStatus.VOIDED
    late = wants(member, 10)
    void(office, token(office, till), NotNeeded(late.id, member))
    assert authorise(office, token(office, till), late).points == 0
    assert has(office, member) == Balance(100, 0, 0)


def test_an_authorisation_that_has_ended_goes_back_when_the_till_has_told_all(office, till, member):
    authorise(office, token(office, till), wants(member, 70))
    office.clock.wait_s(15 * 60 + 1)
    read_all(office)
    assert has(office, member).pending == 70, "the till may have sold since it was heard of last"
    till.begin(office)
    read_all(office)
    assert has(office, member) == Balance(100, 0, 0)


def test_a_sale_that_the_till_has_not_sent_yet_keeps_what_it_spent(office, till, member):
    asked = wants(member, 70)
    authorise(office, token(office, till), asked)
    sells(till, member, 0, amount=70, escrow=asked.id)
    office.clock.wait_s(3600)
    session = till.begin(office)
    read_all(office)
    assert has(office, member) == Balance(30, 70, 0)
    sent(office, session, *till.events)
    read_all(office)
    assert has(office, member) == Balance(30, 0, 0)


def test_a_till_that_is_never_heard_of_again_keeps_them_a_week(office, till, member):
    authorise(office, token(office, till), wants(member, 70))
    office.clock.us += AUTHORISED_US + UNREPORTED_US
    read_all(office)
    assert has(office, member).pending == 70
    office.clock.us += 1
    read_all(office)
    assert has(office, member) == Balance(100, 0, 0)


def test_a_lease_gives_half_of_what_there_is_and_is_spent_offline(office, till, member):
    asked = LeasesAsked((wants(member, 30), wants(member, 60), wants(new_id(), 5)))
    first, second, nobody = lease(office, token(office, till), asked).leases
    assert [each.points for each in (first, second, nobody)] == [30, 20, 0]
    assert (second.available, second.leased) == (50, 50)
    sells(till, member, 0, amount=25, escrow=first.id)
    office.clock.us += LEASED_US + 1
    tell(office, till)
    assert has(office, member) == Balance(75, 0, 0), "both have ended, and the till has told all"


def test_many_leases_hold_few_members_at_once_and_none_where_one_is_anothers(
    office, till, member, monkeypatch
):
    monkeypatch.setattr(set_aside, "LEASED_AT_ONCE", 2)
    held, lease_some = [], set_aside._lease_some

    def counted(office, whose, asked):
        held.append(len(asked))
        return lease_some(office, whose, asked)

    monkeypatch.setattr(set_aside, "_lease_some", counted)
    asked = LeasesAsked(tuple(wants(member, 10) for _ in range(5)))
    told = lease(office, token(office, till), asked)
    assert ([each.points for each in told.leases], held) == ([10] * 5, [2, 2, 1])
    assert [each.id for each in lease(office, token(office, till), asked).leases] == [
        each.id for each in asked.leases
    ]
    assert has(office, member) == Balance(50, 0, 50), "asked again, given once"
    other = TillAtWork().join(office)
    mixed = LeasesAsked((wants(member, 1), wants(member, 1), asked.leases[0]))
    with pytest.raises(EscrowDiffers):
        lease(office, token(office, other), mixed)
    assert has(office, member) == Balance(50, 0, 50)
    with office.store.write() as tx:
        assert tx.escrows.lock([mixed.leases[0].id]) == {}, "nothing was begun"


def test_a_lease_that_is_given_back_waits_for_what_was_spent_of_it(office, till, member):
    (told,) = lease(office, token(office, till), LeasesAsked((wants(member, 60),))).leases
    sells(till, member, 0, amount=25, escrow=told.id)
    over = LeasesOver((told.id,), len(till.events))
    assert leases_over(office, token(office, till), over).leases[0].status == "open"
    read_all(office)
    assert has(office, member) == Balance(50, 0, 50)
    tell(office, till)
    assert has(office, member) == Balance(75, 0, 0)


def test_a_lease_of_which_all_is_read_goes_back_at_once(office, till, member):
    (told,) = lease(office, token(office, till), LeasesAsked((wants(member, 60),))).leases
    (back,) = leases_over(office, token(office, till), LeasesOver((told.id,), 0)).leases
    assert (back.status, back.available, back.leased) == ("returned", 100, 0)
    assert authorise(office, token(office, till), wants(member, 100)).points == 100


def test_the_tills_of_a_store_share_half_of_a_members_points(office, till, member):
    other = TillAtWork().join(office)
    for each in (till, other):
        (told,) = lease(office, token(office, each), LeasesAsked((wants(member, 100),))).leases
        assert told.points == 25
    (told,) = lease(office, token(office, other), LeasesAsked((wants(member, 100),))).leases
    assert (told.points, has(office, member)) == (0, Balance(50, 0, 50))


def test_what_ended_here_stays_set_aside_while_the_till_may_still_spend_it(office, till, member):
    told = authorise(office, token(office, till), wants(member, 70))
    office.clock.us += AUTHORISED_US + 1
    begin_session(office, till.hello(spends_until_us=told.until_us))
    till.turn()
    read_all(office)
    assert has(office, member).pending == 70, "its own clock is slow"
    tell(office, till)
    assert has(office, member) == Balance(100, 0, 0)


def test_copies_that_spend_one_lease_overspend_it_and_no_member_pays(office, till, member):
    (told,) = lease(office, token(office, till), LeasesAsked((wants(member, 100),))).leases
    for _ in range(3):
        sells(till, member, 0, amount=50, escrow=told.id)
    tell(office, till)
    with office.store.read() as look:
        assert look.accounts.sums()["overspend"] == -50
        assert look.accounts.balance(member) == Balance()
        assert sum(look.accounts.sums().values()) == 0
    assert [(case.kind, case.detail) for case in open_cases(office)] == [("overspent", "50")]


def test_nobody_spends_for_who_is_frozen_unknown_or_without_a_session(office, till, member):
    with pytest.raises(NoSuchMember):
        authorise(office, token(office, till), wants(new_id(), 1))
    with pytest.raises(SessionOver):
        authorise(office, "0" * 64, wants(member, 1))
    writes(till, "MemberFrozen", member, frozen_for="卡丢了")
    tell(office, till)
    with pytest.raises(MemberUnserved):
        authorise(office, token(office, till), wants(member, 1))
    (told,) = lease(office, token(office, till), LeasesAsked((wants(member, 1),))).leases
    assert told.points == 0


def test_points_past_their_day_are_not_spent(office, till, member):
    late = replace(wants(member, 1), on=TODAY.replace(year=2029))
    assert authorise(office, token(office, till), late).points == 1, "no till's day is years away"
    office.clock.us += 400 * 24 * 3600 * 1_000_000
    with pytest.raises(NotEnoughPoints):
        authorise(office, token(office, till), replace(late, id=new_id()))


def test_64_tills_that_spend_one_members_points_at_once_never_get_more_than_there_are(postgres):
    database = postgres.fresh_database()
    with opened_office(database, None) as office, serving(database, "--chain", "康源") as server:
        name_store(office, "S01", "中山路店")
        tills = [TillAtWork(no).join(office) for no in range(1, 65)]
        tokens = [till.begin(office).token for till in tills]
        member = joins(tills[0])
        sells(tills[0], member, 1000)
        sent(office, tills[0].begin(office), *tills[0].events)
        read_all(office)
        tokens[0] = tills[0].begin(office).token

        def spend(no: int) -> int:
            """Authorise 50, twice; capture what was given, twice."""
            headers = {"authorization": f"Bearer {tokens[no]}"}
            asked, transfer = wants(member, 50), new_id()
            for _ in range(2):
                body = as_json(asked)
                answer = server.client.post("/v1/redemptions", content=body, headers=headers)
                if answer.status_code == 409:
                    return 0
                assert answer.status_code == 200, answer.text
            used = as_json(PointsUsed(asked.id, transfer, 50, TODAY))
            path = "/v1/redemptions/capture"
            for _ in range(2):
                told = server.client.post(path, content=used, headers=headers).json()
                assert told["status"] == "captured"
                assert told["available"] >= 0
            return 50

        with ThreadPoolExecutor(64) as threads:
            assert sum(threads.map(spend, range(64))) == 1000
        assert has(office, member) == Balance(0, 0, 0)
