"""全店的销售，不是这台的: what an office PC leaves to its tills, and strange pages."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from core.actions.bring_store_sales import hear_of_tills, next_page, take_page
from core.actions.enrol_till import make_enrolment, name_store
from core.actions.leases import renew_leases
from core.actions.reports import report
from core.actions.sync import join_chain
from core.actions.timeline import timeline
from core.actions.today import sold
from core.actions.void import void_sale
from core.ports.life import LifeStep
from core.shop import Shop
from core.sync.session import OFFICE, TILL
from core.sync.store_sales import DeedsPage
from core.trust.staff import Staff
from storage.signatures import Ed25519
from tests.actions.test_coupon_codes import issued
from tests.actions.test_coupon_codes import issuing as issuing
from tests.actions.test_coupon_codes import sold as sold_for_code
from tests.actions.test_return import returned as returned_here
from tests.actions.test_return_elsewhere import MISTAKE, fetched, pulled, returned, told
from tests.actions.test_return_elsewhere import line as line
from tests.actions.test_return_elsewhere import other as other
from tests.actions.test_return_elsewhere import second_till as second_till
from tests.actions.test_settle import CALCIUM, GOLD, VITAMIN, settled
from tests.actions.test_spend import HALF, let_points_pay, sold_for
from tests.actions.test_store_sales import bare_pc as bare_pc
from tests.actions.test_store_sales import brought, deeds, figures, joined, token
from tests.actions.test_store_sales import pc as pc
from tests.builders import Home, file_of, manager_of
from tests.chained import PROGRAM, URL, Line, an_office, join


def test_leases_signals_and_days_are_for_its_tills(
    shop: Shop, staff: Staff, line: Line, pc: Shop
) -> None:
    let_points_pay(pc)
    settled(shop, staff, GOLD, VITAMIN)
    returned_here(shop, settled(shop, staff, GOLD, CALCIUM).sale, {1: 1000}, staff)
    wrong = settled(shop, staff, GOLD, VITAMIN).sale
    void_sale(shop, wrong.sale_id, explanation=MISTAKE, staff=staff)
    told(shop, line)
    pulled(pc, line)
    brought(pc, line)
    renew_leases(pc, line, token(pc, line))
    on = shop.now().business_on
    with shop.store.read() as there, pc.store.read() as look:
        assert there.signal_facts.sold(on) and there.signal_facts.undone(on)
        assert not look.signal_facts.sold(on) and not look.signal_facts.undone(on)
        assert not look.escrows.all() and not look.days.closed(limit=1)
        assert look.figures.bought(look.members.by_card(GOLD).id, since=on)  # type: ignore[union-attr]


def test_people_are_those_of_their_till(
    shop: Shop, staff: Staff, line: Line, other: Shop, pc: Shop
) -> None:
    deeds(shop, other, line, staff)
    brought(pc, line)
    on, boss = shop.now().business_on, manager_of(pc)
    assert {row.cashier for row in sold(pc, staff=boss)} == {"T1-1", "T2-1"}
    assert {row[0] for row in report(pc, "cashiers", on, on).found.rows} == {"T1-1", "T2-1"}
    assert {row[0] for row in report(shop, "cashiers", on, on).found.rows} == {staff.name}


def test_who_took_a_coupon_at_a_till_stands_in_the_file_of_the_member(
    issuing: Shop, staff: Staff, line: Line, pc: Shop
) -> None:
    sold_for_code(issuing, staff, GOLD, VITAMIN, issued(issuing, staff))
    told(issuing, line)
    pulled(pc, line)
    brought(pc, line)
    life = timeline(pc, file_of(issuing, GOLD).member.id, staff=manager_of(pc)).life
    used = [each for each in life.lived if each.what is LifeStep.COUPON_USED]
    assert [life.people[each.staff_no] for each in used] == ["T1-1"]


def test_what_another_till_took_back_comes_once(
    shop: Shop, staff: Staff, line: Line, other: Shop, pc: Shop
) -> None:
    sale = settled(shop, staff, VITAMIN, VITAMIN).sale
    told(shop, line)
    brought(pc, line)
    fetched(other, line, sale.no)
    returned(other, line, sale, {1: 1000})
    told(other, line)
    for each in (shop, pc):
        pulled(each, line)
    brought(pc, line)
    with shop.store.read() as there, pc.store.read() as look:
        assert there.elsewhere.back(sale.sale_id, 0) == {1: 1000}
        assert not look.elsewhere.back(sale.sale_id, 0)
        assert look.returns.came_back(sale.sale_id) == {1: 1000}
    assert figures(pc) == figures(shop, other)


def test_what_points_had_paid_comes_back_as_its_till_rounds_it(
    shop: Shop, staff: Staff, bare_pc: Home, tmp_path: Path
) -> None:
    let_points_pay(shop, replace(HALF, per_points=300))
    sale = sold_for(shop, staff, 600, GOLD, VITAMIN, VITAMIN, VITAMIN)
    returned_here(shop, sale, {1: 1000}, staff)
    line = Line(an_office(tmp_path, shop.clock))
    join(shop, line)
    told(shop, line)
    home = Home(Path(shutil.copytree(bare_pc.path, tmp_path / "pc")))
    with closing(line.office.store), joined(home, line) as pc:  # type: ignore[type-var]
        brought(pc, line)
        for each in (shop, pc):
            store: Any = each.store
            with store.reader() as connection:
                found = connection.execute("SELECT points, fen FROM returned_points").fetchall()
            assert found == [(200, 67)]
        assert figures(pc) == figures(shop)
    assert home.findings() == []


def test_what_another_store_sold_came_back_as_at_its_till(
    shop: Shop, staff: Staff, line: Line, second_till: Home, bare_pc: Home, tmp_path: Path
) -> None:
    name_store(line.office, "S02", "北京路店")
    sale = settled(shop, staff, GOLD, VITAMIN, VITAMIN).sale
    told(shop, line)
    homes = [
        Home(Path(shutil.copytree(each.path, tmp_path / name)))
        for each, name in ((second_till, "away"), (bare_pc, "away_pc"))
    ]
    with ExitStack() as stack:
        away, office = (stack.enter_context(home.shop()) for home in homes)
        for each in (away, office):
            with each.store.write() as tx:
                tx.set_till(replace(tx.till, store_code="S02", store_name="北京路店"))
        for each, no, kind in ((away, 2, TILL), (office, 0, OFFICE)):
            who: dict[str, Any] = {"staff": manager_of(each), "program": PROGRAM}
            code = make_enrolment(line.office, "S02", no, kind=kind)
            join_chain(each, line, Ed25519(), url=URL, code=code, **who)
        fetched(away, line, sale.no)
        returned(away, line, sale, {1: 2000})
        told(away, line)
        assert brought(office, line) == 1
        assert figures(office) == figures(away) and figures(office)["taken"] < 0
        for each in (away, office):
            store: Any = each.store
            with store.reader() as connection:
                found = connection.execute("SELECT member_id, no FROM returns").fetchall()
            assert found == [(None, f"{sale.no}-R1")]
    assert [home.findings() for home in homes] == [[], []]


def test_a_number_that_a_copy_of_a_till_gave_once_more_waits_for_a_person(
    shop: Shop, staff: Staff, line: Line, pc: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    told(shop, line)
    real = Line.say

    def twice(self: Line, *asked: Any) -> Any:
        made = real(self, *asked)
        if not isinstance(made, DeedsPage):
            return made
        (deed,) = made.deeds
        event = deed.data.rpartition('"id":"')[2][:32]
        data = deed.data
        for ident in (event, sale.sale_id.hex):
            assert ident in data
            data = data.replace(ident, shop.new_id().hex)
        return replace(made, deeds=(deed, replace(deed, data=data)))

    monkeypatch.setattr(Line, "say", twice)
    brought(pc, line)
    with pc.store.read() as look:
        assert look.store_sales.unread() == 1
    assert figures(pc) == figures(shop)


def test_a_page_that_somebody_took_meanwhile_moves_nothing_back(
    shop: Shop, staff: Staff, line: Line, pc: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.actions.tell_sales.MOST_DEEDS", 1)
    for _ in range(3):
        settled(shop, staff, VITAMIN)
    told(shop, line)
    own = token(pc, line)
    hear_of_tills(pc, line, own)
    first = next_page(pc)
    assert first is not None
    assert brought(pc, line) == 3
    with pc.store.read() as look:
        before = look.store_sales.lives()
    assert take_page(pc, line, token(pc, line), first) == 0
    with pc.store.read() as look:
        assert look.store_sales.lives() == before
