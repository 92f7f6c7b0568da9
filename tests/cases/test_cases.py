"""例子: every worked case comes to what was worked out by hand, read as `main.py quote` reads it.

A case says in `shows` what it shows, in `rule` where that stands in the domain, in `because` how it
was worked out. Its rulebook is a file of `rulebooks` with its own `offers` added and its `rules` in
place of the file's. Of what is expected `off` is every fen that was taken off, by line and offer;
`why_not` names offers that were not used, and why, `dearer` by how much they would make it dearer.
Where goods come back, `returns` has what each time (thousandths by line), the money by tender,
points taken back and spent points given back.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.pricing.inquiry import inquiry_of
from core.rulebook.offers import TIER_MARK
from core.rulebook.parse import rulebook_of
from core.sales.returns import SoldLine, refund
from core.sales.void import SaleFacts
from ui.console.quote_answer import quote_record

HERE = Path(__file__).parent
ENOUGH = 150
OF_A_LINE = {"price_better", "percentage_better", "not_lower", "outside", "by_hand"}
COMPARED = {"price_better", "percentage_better", "not_lower", "others_better"}


def all_cases():
    """File and case of each."""
    for path in sorted(HERE.glob("*.json")):
        for case in json.loads(path.read_text("utf-8")):
            yield pytest.param(case, id=f"{path.stem}: {case['shows']}")


CASES = list(all_cases())


def book_of(case):
    """The rulebook of a case."""
    text = (HERE / "rulebooks" / f"{case['rulebook']}.toml").read_text("utf-8")
    record = tomllib.loads(text) | case.get("rules", {})
    record["offers"] = [*record["offers"], *case.get("offers", [])]
    return rulebook_of(record)


def answer(case):
    """What `main.py quote` answers to a case."""
    book = book_of(case)
    asked = inquiry_of(case["asked"], book)
    return quote_record(asked.quoted(book), asked.basket, book)


def taken_off(said):
    """Line → offer → fen."""
    off: dict[str, dict[str, int]] = {}
    for made in said["adjustments"]:
        mine = off.setdefault(str(made["line"]), {})
        mine[made["offer"]] = mine.get(made["offer"], 0) + made["amount_fen"]
    return off


@pytest.mark.parametrize("case", CASES)
def test_a_case_comes_to_what_was_worked_out_by_hand(case):
    said, expected = answer(case), dict(case["expected"])
    assert expected.pop("off") == taken_off(said)
    for offer, lost in expected.pop("why_not", {}).items():
        assert lost in [each["lost"] for each in said["rejected"] if each["offer"] == offer]
    for offer, fen in expected.pop("dearer", {}).items():
        assert fen in [each["dearer_fen"] for each in said["rejected"] if each["offer"] == offer]
    if "lines_cost" in expected:
        assert expected.pop("lines_cost") == [line["payable_fen"] for line in said["lines"]]
    if "line_points" in expected:
        assert expected.pop("line_points") == [line["points"] for line in said["lines"]]
    if "nearly" in expected:
        assert expected.pop("nearly") == [each["say"] for each in said["nearly"]]
    assert expected == {name: said[name] for name in expected}


@pytest.mark.parametrize("case", CASES)
def test_what_was_not_used_is_told_of_a_line_with_a_price_or_of_the_whole_basket(case):
    said = answer(case)
    lines = {line["no"] for line in said["lines"]}
    for lost in said["rejected"]:
        # A price is kept from a line, a coupon from all; a tier's percentage loses in either way.
        is_either = lost["lost"] == "members_only" or lost["offer"].startswith(TIER_MARK)
        if not is_either:
            assert lost["line"] in (lines if lost["lost"] in OF_A_LINE else {0})
        if lost["lost"] not in COMPARED:
            assert lost["dearer_fen"] == 0, lost


@pytest.mark.parametrize("case", CASES)
def test_whatever_a_case_shows_list_less_adjustments_is_the_payable(case):
    said = answer(case)
    made = sum(each["amount_fen"] for each in said["adjustments"])
    assert said["list_fen"] - made == said["payable_fen"]
    assert all(line["payable_fen"] >= 0 for line in said["lines"])


def sold_lines(asked, quoted):
    """The lines of a case as a return finds them."""
    products = {line.no: line.product for line in asked.basket.lines}
    spent = dict(quoted.spent_points)
    return [
        SoldLine(
            no=line.no,
            code=line.code,
            name=products[line.no].name,
            spec="",
            unit="",
            category=products[line.no].category,
            is_prescription=products[line.no].is_prescription,
            quantity_milli=line.quantity_milli,
            unit_price_fen=products[line.no].price_fen,
            list_fen=line.list_fen,
            payable_fen=line.payable_fen,
            spend_fen=line.spend_fen,
            points=line.points,
            spent_points=spent.get(line.no, 0),
        )
        for line in quoted.lines
    ]


def facts_of(asked, quoted):
    """The sale of a case as a return finds it."""
    return SaleFacts(
        sale_id=asked.basket.sale_id,
        no="S01-T1-000001",
        day_id=asked.basket.sale_id,
        member_id=asked.basket.member_id,
        at_us=asked.moment.at_us,
        business_on=asked.moment.business_on,
        payable_fen=quoted.payable_fen,
        change_fen=quoted.change_fen,
        spend_fen=quoted.spend_fen,
        points=quoted.points,
        tenders=asked.basket.tenders,
        rulebook_version=1,
        spent_points=quoted.points_spent,
    )


@pytest.mark.parametrize("case", [each for each in CASES if "returns" in each.values[0]])
def test_a_return_comes_to_what_was_worked_out_by_hand(case):
    book = book_of(case)
    asked = inquiry_of(case["asked"], book)
    quoted = asked.quoted(book)
    lines, facts = sold_lines(asked, quoted), facts_of(asked, quoted)
    for expected in case["returns"]:
        back = {int(no): milli for no, milli in expected["back"].items()}
        given = refund(lines, facts, book, back)
        money = {tender.kind.value: tender.amount_fen for tender in given.tenders}
        assert (money, given.points, given.given) == (
            expected["money"],
            expected["points"],
            expected["points_given"],
        )
        lines = [
            replace(line, returned_milli=line.returned_milli + back.get(line.no, 0))
            for line in lines
        ]


def test_there_are_enough_and_each_tells_its_rule_and_its_calculation():
    assert len(CASES) >= ENOUGH
    for param in CASES:
        case = param.values[0]
        assert re.search(r"[一-鿿]", case["shows"]), case
        assert "domain.md" in case["rule"], case["shows"]
        assert re.search(r"\d", case["because"]), case["shows"]
