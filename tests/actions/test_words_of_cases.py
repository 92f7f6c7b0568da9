"""案件的话: what people wrote of a member's cases goes with who is erased, wherever it lies."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import text

from core.actions.cases import case_detail, list_cases, note_case
from core.actions.decide_case import decide_case, reopen_case
from core.actions.deeds import correct_points
from core.actions.erase_member import erase_member
from core.actions.forget_member import forget_member
from core.actions.return_sale import return_sale
from core.actions.share_cases import take_case
from core.actions.telling import tell
from core.actions.void import void_sale
from core.members.certificate import Why
from core.sales.explanation import CounterReason, Explanation
from core.shop import HeadOffice, Shop
from core.sync.cases import CaseTold
from core.trust.cases import Case, Decision
from core.trust.signals import Signal
from core.trust.staff import Staff
from storage.office.tables import OFFICE
from tests.actions.test_look_for_signals import looked, often, one_of, watched
from tests.actions.test_return_elsewhere import line as line
from tests.actions.test_return_elsewhere import other as other
from tests.actions.test_return_elsewhere import pulled, told
from tests.actions.test_return_elsewhere import second_till as second_till
from tests.actions.test_settle import GOLD, SILVER, VITAMIN, settled
from tests.builders import file_of, later, manager_of
from tests.chained import events_of

SAID = "李小华住三楼"


def decided(shop: Shop, case_id: UUID, staff: Staff) -> None:
    words = {"reason": SAID, "step_id": shop.new_id(), "staff": staff}
    decide_case(shop, case_id, Decision.NOTHING, **words)


def of_staff(shop: Shop, staff: Staff) -> UUID:
    """A case about who corrects points alone, with that member in its evidence, and its note."""
    watched(shop, staff, earned_at_one=0, earned_a_day=0, corrected=2)
    today = later(shop, 0)
    for card in (GOLD, SILVER):
        why = {"reason": "补登记", "correction_id": shop.new_id(), "staff": staff}
        correct_points(today, file_of(shop, card).member.id, 20, **why)
    looked(today)
    case_id = one_of(today, staff, Signal.CORRECTED).file.case.id
    note_case(today, case_id, SAID, step_id=shop.new_id(), staff=staff)
    return case_id


def says(shop: Shop) -> list[str]:
    """The tables of a till in which it still stands."""
    with shop.store.read() as reading:
        connection = reading.connection
        asked = "SELECT name FROM sqlite_master WHERE type = 'table'"
        names = [name for (name,) in connection.execute(asked).fetchall()]
        return [
            n for n in names if SAID in str(connection.execute(f"SELECT * FROM {n}").fetchall())
        ]


def says_there(office: HeadOffice) -> list[str]:
    """The same of head office."""
    with office.store._engine.connect() as connection:
        found = {name: connection.execute(text(f"SELECT * FROM {name}")) for name in OFFICE.tables}
        return [
            name
            for name, rows in found.items()
            if any(SAID in _plain(value) for row in rows for value in row)
        ]


def _plain(value: object) -> str:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def test_at_a_shop_alone_and_the_certificate_counts_them(shop: Shop, staff: Staff) -> None:
    of_member, about = often(shop, staff), of_staff(shop, staff)
    decided(later(shop, 0), of_member, staff)
    decided(later(shop, 0), about, staff)
    assert says(shop) == ["private_values", "case_steps"]
    made = forget_member(shop, file_of(shop, GOLD).member.id, Why.ASKED, staff=staff).certificate
    assert made.kept.words == 4, "of a correction, a decision, and of the other case two"
    assert says(shop) == []


def brought_back(shop: Shop, staff: Staff) -> None:
    """A sale of theirs is voided and one is brought back, each with a reason in words."""
    why = Explanation(CounterReason.OTHER, SAID)
    void_sale(shop, settled(shop, staff, GOLD, VITAMIN).sale.sale_id, explanation=why, staff=staff)
    sold = settled(shop, staff, GOLD, VITAMIN).sale.sale_id
    return_sale(shop, sold, {1: 1000}, return_id=shop.new_id(), explanation=why, staff=staff)


def test_on_papers_they_stay_as_the_certificate_says(shop: Shop, staff: Staff) -> None:
    brought_back(shop, staff)
    assert says(shop) == ["private_values", "voids", "returns"]
    made = forget_member(shop, file_of(shop, GOLD).member.id, Why.ASKED, staff=staff).certificate
    assert made.kept.papers == 2
    assert says(shop) == ["voids", "returns"]


def test_of_who_is_gone_no_more_is_written(shop: Shop, staff: Staff) -> None:
    case_id = often(shop, staff)
    forget_member(shop, file_of(shop, GOLD).member.id, Why.ASKED, staff=staff)
    note_case(shop, case_id, SAID, step_id=shop.new_id(), staff=staff)
    decided(later(shop, 0), case_id, staff)
    reopen_case(shop, case_id, reason=SAID, step_id=shop.new_id(), staff=staff)
    assert says(shop) == []


@pytest.fixture
def found(line, shop: Shop, staff: Staff) -> Case:
    """Head office has found something of a sale to the member."""
    settled(shop, staff, GOLD, VITAMIN)
    told(shop, line)
    (sale,) = [each for each in events_of(shop) if each.kind == "SaleSettled"][-1:]
    office = line.office
    case = Case(office.new_id(), "price", sale.till_id, sale.id.hex, "", office.clock.now_us())
    with office.store.write() as tx:
        tx.cases.add(case)
    pulled(shop, line)
    return case


def test_of_cases_of_head_office_at_all_tills_and_at_head_office(
    line, other: Shop, found: Case, shop: Shop, staff: Staff
) -> None:
    member = file_of(shop, GOLD).member.id
    (seen,) = list_cases(shop, staff=staff).lines
    assert (seen.who, seen.file.member_id) == ("李*华", member)
    assert case_detail(shop, found.id, staff=staff).line.file.decisions == (Decision.NOTHING,)
    decided(shop, found.id, staff)
    decided(later(shop, 0), of_staff(shop, staff), staff)
    brought_back(shop, staff)
    pulled(other, line)
    with other.store.write() as tx:
        moment, unknown = other.moment(tx), shop.new_id()
        of_nobody_here = CaseTold(unknown, "passed", unknown, "", "", moment.at_us, member=unknown)
        assert take_case(other, tx, moment, unknown.hex, of_nobody_here)
    lines = list_cases(other, staff=manager_of(other)).lines
    assert {(each.who, each.is_erased) for each in lines} == {("李*华", False), ("", False)}
    decided(other, found.id, manager_of(other))
    told(shop, line)
    assert says_there(line.office) == ["private_values"]
    erase_member(line.office, member)
    assert says_there(line.office) == ["private_values"], "of a person's case nobody says whose"
    pulled(shop, line)
    pulled(other, line)
    told(shop, line)
    told(other, line)
    assert (says(other), says_there(line.office)) == ([], [])
    assert says(shop) == ["voids", "returns"], "the papers, which are kept"


def test_no_till_empties_what_another_has_sent(
    line, other: Shop, found: Case, shop: Shop, staff: Staff
) -> None:
    decided(later(shop, 0), about := of_staff(shop, staff), staff)
    told(shop, line)
    with other.store.write() as tx:
        body = {"members": [], "seal": "00", "about": [about]}
        tell(other, tx, other.moment(tx), "MemberErased", body)
    told(other, line)
    assert says_there(line.office) == ["private_values"]
