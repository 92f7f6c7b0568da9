"""Why a field is wrong has words for whoever wrote it, whatever it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import BadRecord, Why
from core.rulebook.parse import rulebook_of
from core.values.fields import Fields
from tests.house.sources import parsed
from ui.record_words import WORDS, why_words
from ui.text import sentence

HOUSE = Path(__file__).parents[2]
FILES = sorted(
    file for room in ("core", "storage", "ui/devices") for file in (HOUSE / room).rglob("*.py")
)


def reasons() -> Iterator[str]:
    """Every reason that stands in the code: the last text of `wrong`, `BadRecord`, `Why.of`."""
    for file in FILES:
        for node in ast.walk(parsed(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "self.wrong",
                "fields.wrong",
                "BadRecord",
                "Why.of",
            ):
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                if isinstance(node.args[-1], ast.Constant):
                    yield str(texts[-1])


def test_every_reason_has_words() -> None:
    found = set(reasons())
    assert len(found) > 40
    assert found <= WORDS.keys()


def test_no_words_stand_for_a_reason_that_is_gone() -> None:
    code = "".join(file.read_text("utf-8") for file in FILES)
    assert [reason for reason in WORDS if reason not in code] == []


def test_a_reason_is_said_with_its_figures() -> None:
    with pytest.raises(BadRecord) as bad:
        Fields({"points": 0}).whole("points", least=1, most=9999)
    assert bad.value.reason == "not an integer from 1 to 9999"
    assert why_words(bad.value.reason) == "要写成 1 到 9,999 的整数"


def test_a_rulebook_that_lacks_something_says_so_in_chinese() -> None:
    with pytest.raises(BadRecord) as bad:
        rulebook_of({})
    assert sentence(bad.value).startswith("“name”这一项写得不对（没有写）。")


def test_a_reason_that_nobody_knows_stands_as_it_is_on_one_line() -> None:
    assert why_words("odd\n") == "odd·"
    assert why_words(Why.of("missing")) == "没有写"
