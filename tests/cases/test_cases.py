"""例子: every worked case comes to what was worked out by hand, read as `main.py quote` reads it.

A case says in `shows` what it shows, in `rule` where that stands in the domain, in `because` how it
was worked out. Its rulebook is a file of `rulebooks` with its own `offers` added and its `rules` in
place of the file's. Of what is expected `off` is every fen that was taken off, by line and offer;
`why_not` names offers that were not used, and why.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from core.pricing.inquiry import inquiry_of
from core.rulebook.parse import rulebook_of
from ui.console.quote_answer import quote_record

HERE = Path(__file__).parent
ENOUGH = 150


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
    return quote_record(asked.quoted(book), asked.basket)


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
    if "lines_cost" in expected:
        assert expected.pop("lines_cost") == [line["payable_fen"] for line in said["lines"]]
    if "line_points" in expected:
        assert expected.pop("line_points") == [line["points"] for line in said["lines"]]
    if "nearly" in expected:
        assert expected.pop("nearly") == [each["say"] for each in said["nearly"]]
    assert expected == {name: said[name] for name in expected}


@pytest.mark.parametrize("case", CASES)
def test_whatever_a_case_shows_list_less_adjustments_is_the_payable(case):
    said = answer(case)
    made = sum(each["amount_fen"] for each in said["adjustments"])
    assert said["list_fen"] - made == said["payable_fen"]
    assert all(line["payable_fen"] >= 0 for line in said["lines"])


def test_there_are_enough_and_each_tells_its_rule_and_its_calculation():
    assert len(CASES) >= ENOUGH
    for param in CASES:
        case = param.values[0]
        assert re.search(r"[一-鿿]", case["shows"]), case
        assert "domain.md" in case["rule"], case["shows"]
        assert re.search(r"\d", case["because"]), case["shows"]
