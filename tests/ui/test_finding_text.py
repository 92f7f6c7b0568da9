"""核对的话: whatever `verify` can find has a sentence, and the command says it in each language."""

from __future__ import annotations

import re
from argparse import Namespace
from pathlib import Path

import pytest

from core.ports.upkeep import Finding, Verified
from core.values.settings import LANGUAGES
from ui.catalogue import speak
from ui.console.upkeep_commands import obey_upkeep
from ui.finding_text import finding_words

NO_FINDINGS = {
    "at_us", "approved_by", "change_fen", "list_fen", "payable_fen", "quote_hash", "sale_id",
    "spend_fen", "staff_no",
}  # fmt: skip
"""Names of fields in the same files."""


def codes() -> set[str]:
    sources = (path.read_text("utf-8") for path in Path("storage").glob("verify*.py"))
    named = {code for source in sources for code in re.findall(r'"([a-z]+(?:_[a-z]+)+)"', source)}
    return named - NO_FINDINGS


class Keeps:
    """A home in which this was found."""

    def __init__(self, *found: Finding) -> None:
        self.found = found

    def verify(self) -> Verified:
        return Verified(self.found, 0)


def test_each_finding_has_a_sentence_with_its_place() -> None:
    assert len(codes()) > 100
    for code in codes():
        words = finding_words(Finding(code, "S01-T1-000001"))
        assert words.endswith("。"), code
        assert code not in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_says_it(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    speak(language)
    keeps = Keeps(Finding("draw_result_differs", "a1b2"), Finding("lines_differ", "S01-T1-000007"))
    assert obey_upkeep(keeps, Namespace(command="verify")) == 1
    first, second, _ = capsys.readouterr().out.splitlines()
    assert "a1b2" in first
    assert "S01-T1-000007" in second
    assert obey_upkeep(Keeps(), Namespace(command="verify")) == 0
