"""词表的规矩: what holds for every entry of every table of words."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from tests.house.sources import Module, modules
from tests.ui.said import all_said, frozen_translations, said_in, translations
from ui.catalogue import LANGUAGE_NAMES, SOURCE, catalogue
from ui.devices.faces import Font
from ui.sentences import SENTENCES

OTHERS = [language for language in LANGUAGE_NAMES if language != SOURCE]
HAN = re.compile(r"[\u4e00-\u9fff]+")
# Chinese that an English sentence quotes: what is typed, a masked name, names of languages.
QUOTED = {"是", "否", "折", "农历", "李", "华", "简体中文", "繁體中文"}


def places(text: str) -> dict[str, str]:
    """Each place in braces, with how it chooses."""
    return {name: spec or "" for _, name, spec, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_an_entry_has_the_same_places_as_its_text(language: str) -> None:
    for text, said in catalogue(language).items():
        assert places(said).keys() == places(text).keys(), said
        for spec in places(said).values():
            assert spec.count("|") in (0, 1, 6, 11), f"one or many, weekdays, months: {said}"


@pytest.mark.parametrize("language", OTHERS)
def test_an_entry_says_something_on_as_many_lines(language: str) -> None:
    for text, said in catalogue(language).items():
        assert said.strip()
        assert said.count("\n") == text.count("\n"), said


def test_traditional_chinese_has_no_simplified_sign_and_its_own_quotes() -> None:
    for said in catalogue("zh_TW").values():
        if said not in LANGUAGE_NAMES.values():
            loose = [sign for sign in said if HAN.match(sign) and not _is_traditional(sign)]
            assert loose == [], said
            assert not re.search("[“”]", said), said


def _is_traditional(sign: str) -> bool:
    """Big5 holds the signs that are written in Taiwan."""
    try:
        sign.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def test_english_has_no_chinese_but_what_it_quotes() -> None:
    for said in catalogue("en").values():
        assert set(HAN.findall(said)) <= QUOTED, said
        assert not re.search(r"[，。；：、？！（）「」“”‘’]", said), said


@pytest.mark.parametrize("language", OTHERS)
def test_an_error_says_in_every_language_what_it_does_not_affect(language: str) -> None:
    """What happened。What it does not affect；what to do。"""
    stop, pause = ("。", "；") if language == "zh_TW" else (".", ";")
    table = catalogue(language)
    for said in (table[text] for text in SENTENCES.values() if text in table):
        plain = re.sub(r"\"[^\"]*\"|“[^”]*”|「[^」]*」|（[^）]*）|\([^)]*\)|\d\.\d", "", said)
        assert plain.endswith(stop), said
        assert plain.count(stop) >= 2, said
        assert plain.rindex(pause) > plain.index(stop), said


@pytest.mark.parametrize("language", OTHERS)
def test_the_font_and_the_paper_have_every_sign(language: str) -> None:
    font = Font("NotoSansSC-Regular").signs
    signs = {sign for said in catalogue(language).values() for sign in said if sign != "\n"}
    assert [sign for sign in signs if ord(sign) not in font] == []
    assert "".join(sorted(signs)).encode("gb18030")


def test_no_sentence_is_glued_from_pieces() -> None:
    assert [said.where for said in all_said() if said.is_glued and HAN.search(said.text)] == []


def test_nothing_is_translated_when_a_module_is_imported() -> None:
    ours = [one for one in modules() if one.room in ("ui", "main", "core", "storage")]
    assert [where for one in ours for where in frozen_translations(one)] == []


@pytest.mark.parametrize(
    "text",
    [
        'TITLE = tr("应收")',
        'def f(words=tr("应收")): ...',
        'class A:\n    title = tr("应收")',
        'ALL = [tr(each) for each in ("应收",)]',
    ],
)
def test_a_frozen_translation_is_seen(text: str) -> None:
    assert list(frozen_translations(Module("ui.sample", "ui/sample.py", text)))


def test_a_translation_that_runs_later_is_not_frozen() -> None:
    text = 'say = lambda: tr("应收")\ndef f():\n    return tr("应收")\n'
    assert not list(frozen_translations(Module("ui.sample", "ui/sample.py", text)))


def test_the_texts_of_a_module_are_found() -> None:
    text = '"""说明。"""\nA = {"x": "现金"}\ndef f(n):\n    return tr("{n} 元", n=n) + f"共{n}"\n'
    found = list(said_in(Module("ui.sample", "ui/sample.py", text)))
    assert [(said.text, said.is_translated, said.is_glued) for said in found] == [
        ("现金", False, False),
        ("{n} 元", True, False),
        ("共", False, True),
    ]
    assert len(list(translations(Module("ui.sample", "ui/sample.py", text).tree))) == 1
