"""词表: one language at a time on the screen, another beside it on paper; places that count."""

from __future__ import annotations

import re
import threading

import pytest

from core.errors import BadMoney
from ui import catalogue
from ui.catalogue import LANGUAGE_NAMES, speak, speaking, spoken, tr
from ui.text import discount, figure_name, halves, sentence


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The table of a language as a test wants it."""
    table: dict[str, str] = {}
    monkeypatch.setattr(catalogue, "catalogue", lambda _language: table)
    return table


def test_another_language_takes_over_at_once() -> None:
    said = []
    for language in ("zh_CN", "en", "zh_TW", "zh_CN"):
        speak(language)
        said.append(figure_name("payable"))
    assert said == ["应收", "Payable", "應收", "应收"]


def test_a_language_that_we_do_not_have_is_a_bug() -> None:
    with pytest.raises(KeyError):
        speak("tlh")
    assert spoken() == "zh_CN"


def test_every_language_has_its_own_name() -> None:
    for language, name in LANGUAGE_NAMES.items():
        speak(language)
        assert tr(name) == name


def test_what_no_table_knows_is_said_in_chinese(words: dict[str, str]) -> None:
    speak("en")
    assert tr("第 {line} 行", line=3) == "第 3 行"


def test_paper_speaks_its_own_language_on_its_own_thread() -> None:
    is_inside, may_leave = threading.Event(), threading.Event()
    printed: list[str] = []

    def print_slowly() -> None:
        with speaking("en"):
            is_inside.set()
            may_leave.wait(5)
            printed.append(tr("应收"))

    thread = threading.Thread(target=print_slowly)
    thread.start()
    is_inside.wait(5)
    assert tr("应收") == "应收"
    speak("zh_TW")
    may_leave.set()
    thread.join()
    assert printed == ["Payable"]
    assert tr("应收") == "應收"


def test_speaking_nothing_else_is_speaking_as_before() -> None:
    speak("en")
    with speaking(None):
        assert tr("应收") == "Payable"
    with speaking("zh_CN"), speaking("zh_TW"):
        assert spoken() == "zh_TW"
    assert spoken() == "en"


def test_one_line_two_lines(words: dict[str, str]) -> None:
    words["{count} 行"] = "{count} {count:line|lines}"
    speak("en")
    said = [tr("{count} 行", count=count) for count in (1, 2, 0, "1", "1,234")]
    assert said == ["1 line", "2 lines", "0 lines", "1 line", "1,234 lines"]


def test_a_number_that_chooses_the_word_is_said_too() -> None:
    """ "1 day", never "day" alone; a word that stands for all of them has no number."""
    silent = [
        (text, said)
        for language in LANGUAGE_NAMES
        if language != catalogue.SOURCE
        for text, said in catalogue.catalogue(language).items()
        for name in re.findall(r"\{(\w+):[^}|]*\|[^}|]*\}", said)
        if name != "all" and f"{{{name}}}" not in said
    ]
    assert silent == []


def test_months_are_counted(words: dict[str, str]) -> None:
    words["{month} 月"] = "{month:Jan|Feb|Mar}"
    speak("en")
    assert [tr("{month} 月", month=month) for month in (1, 2, 3)] == ["Jan", "Feb", "Mar"]


@pytest.mark.parametrize(
    ("rate_bp", "chinese", "english"),
    [(9500, "95折", "5% off"), (9000, "9折", "10% off"), (9550, "95.5折", "4.5% off")],
)
def test_a_discount_is_said_as_each_language_does(rate_bp: int, chinese: str, english: str) -> None:
    assert discount(rate_bp) == chinese
    speak("en")
    assert discount(rate_bp) == english


def test_the_first_half_of_a_sentence_is_found_in_each_language() -> None:
    assert halves(sentence(BadMoney("x"))) == (
        "“x”不是金额",
        "什么都没有改动；请输入像 12.50 这样的数。",
    )
    speak("en")
    assert halves("Take 1.50 off. Nothing changed; try 2.50.") == (
        "Take 1.50 off",
        "Nothing changed; try 2.50.",
    )
