"""案件 of a chain: head office's are decided at a till, a till's stand at head office."""

from __future__ import annotations

from uuid import UUID

import pytest

from core.actions.cases import case_detail, list_cases
from core.actions.decide_case import decide_case, reopen_case
from core.actions.head_office import close_case, open_cases
from core.errors import CaseClosed, NotForThisCase
from core.shop import Shop
from core.trust.cases import Case, Decision, StepKind
from core.trust.staff import Staff
from tests.actions.test_look_for_signals import often
from tests.actions.test_return_elsewhere import line as line
from tests.actions.test_return_elsewhere import other as other
from tests.actions.test_return_elsewhere import pulled, told
from tests.actions.test_return_elsewhere import second_till as second_till
from tests.builders import manager_of

NOBODY = UUID(int=0)


def till_of(shop: Shop) -> UUID:
    with shop.store.read() as reading:
        return reading.till.id


def found(line, till_id: UUID, kind: str = "price") -> Case:
    """Head office found something of this till."""
    office = line.office
    case = Case(office.new_id(), kind, till_id, "12", "points 3≠4", office.clock.now_us())
    with office.store.write() as tx:
        tx.cases.add(case)
    return case


def open_at(shop: Shop) -> list[UUID]:
    return [each.file.case.id for each in list_cases(shop, staff=manager_of(shop)).lines]


@pytest.fixture
def tills(request: pytest.FixtureRequest, shop: Shop, staff: Staff):
    """The line to head office, and two tills of one store."""
    line, other = request.getfixturevalue("line"), request.getfixturevalue("other")
    return line, shop, other


def test_a_case_of_head_office_is_listed_and_closed_for_all(tills) -> None:
    line, shop, other = tills
    case = found(line, till_of(shop))
    for till in (shop, other):
        pulled(till, line)
        assert open_at(till) == [case.id]
    staff = manager_of(shop)
    detail = case_detail(shop, case.id, staff=staff)
    assert detail.line.file.place == "S01-T1"
    assert detail.line.file.decisions == (Decision.NOTHING,)
    given = {"reason": "看过了", "staff": staff}
    with pytest.raises(NotForThisCase):
        decide_case(shop, case.id, Decision.FREEZE, step_id=shop.new_id(), **given)
    decide_case(shop, case.id, Decision.NOTHING, step_id=shop.new_id(), **given)
    told(shop, line)
    assert open_cases(line.office) == ()
    pulled(other, line)
    assert open_at(other) == []
    steps = case_detail(other, case.id, staff=manager_of(other)).steps
    assert [each.step.kind for each in steps] == [StepKind.CLOSED]
    with pytest.raises(CaseClosed):
        decide_case(
            other,
            case.id,
            Decision.NOTHING,
            reason="看过了",
            step_id=other.new_id(),
            staff=manager_of(other),
        )
    pulled(shop, line)
    assert [each.step.kind for each in case_detail(shop, case.id, staff=staff).steps] == [
        StepKind.DECIDED
    ]


def test_what_head_office_closes_itself_is_closed_at_the_tills(tills) -> None:
    line, shop, _ = tills
    case, late = found(line, till_of(shop)), found(line, NOBODY, "differs")
    pulled(shop, line)
    assert set(open_at(shop)) == {case.id, late.id}
    close_case(line.office, case.id)
    over = found(line, till_of(shop))
    close_case(line.office, over.id)
    pulled(shop, line)
    assert open_at(shop) == [late.id], "and what was over before is not listed at all"


def test_a_signal_of_a_till_stands_at_head_office_and_at_no_other_till(tills, staff: Staff) -> None:
    line, shop, other = tills
    case_id = often(shop, staff)
    told(shop, line)
    (case,) = open_cases(line.office)
    assert (case.id, case.kind, case.till_id) == (case_id, "earns_often", till_of(shop))
    pulled(other, line)
    assert open_at(other) == []
    given = {"reason": "一家人", "staff": staff}
    decide_case(shop, case_id, Decision.NOTHING, step_id=shop.new_id(), **given)
    told(shop, line)
    assert open_cases(line.office) == ()
    reopen_case(shop, case_id, step_id=shop.new_id(), **given)
    told(shop, line)
    assert [each.id for each in open_cases(line.office)] == [case_id]
    pulled(shop, line)
    assert open_at(shop) == [case_id]
