"""词表齐全: every text of the program stands in every table, and nothing else does.

Where this fails, write the missing texts into resources/i18n/*.json: keys in order, Taiwan's own
words in zh_TW (not only its signs), short and plain English in en. `{count:line|lines}` chooses.
"""

from __future__ import annotations

import pytest

from tests.ui.said import NOT_SAID, all_said
from ui.catalogue import LANGUAGE_NAMES, SOURCE, catalogue

OTHERS = [language for language in LANGUAGE_NAMES if language != SOURCE]


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_in_the_table(language: str) -> None:
    table = catalogue(language)
    missing = {
        said.text: said.where
        for said in all_said()
        if said.text not in table and (said.is_translated or said.text not in NOT_SAID)
    }
    assert not missing, f"{language}.json lacks " + "".join(
        f"\n  {text}    ({where})" for text, where in missing.items()
    )


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_in_the_table_that_nobody_says(language: str) -> None:
    known = {said.text for said in all_said()}
    assert [text for text in catalogue(language) if text not in known] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_keys_stand_in_order(language: str) -> None:
    keys = list(catalogue(language))
    assert keys == sorted(keys)


def test_what_is_not_said_is_still_there() -> None:
    known = {said.text for said in all_said()}
    assert known >= NOT_SAID
