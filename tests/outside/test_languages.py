"""语言: a screenless till speaks what its settings, its command line or its person asks for."""

from __future__ import annotations

import json
from pathlib import Path

from tests.outside.program import answers, run


def says(home: Path, *lines: str) -> str:
    """What a till says last."""
    return str(answers(home, *lines)[-1]["say"])


def set_language(home: Path, language: str) -> None:
    path = home / "settings.json"
    kept = json.loads(path.read_text("utf-8"))
    del kept["mark"]
    path.write_text(json.dumps({**kept, "language": language}), "utf-8")


def test_a_person_changes_the_language_while_it_runs(home: Path) -> None:
    assert says(home, "language en") == "English it is."
    assert says(home, "language zh_TW") == "現在說繁體中文。"
    assert says(home, "language en", "language zh_CN") == "现在说简体中文。"


def test_a_language_that_it_lacks_changes_nothing(home: Path) -> None:
    assert says(home, "language zh_TW", "language tlh", "language zh_TW") == "現在說繁體中文。"
    assert not answers(home, "language tlh")[-1]["ok"]


def test_the_settings_say_what_it_begins_with(home: Path) -> None:
    set_language(home, "en")
    done = run(home, "till", "--headless", lines=["language zh_TW"])
    assert done.out.strip() == "現在說繁體中文。"
    assert says(home, "language zh_CN") == "现在说简体中文。"


def test_a_run_may_begin_with_another(home: Path) -> None:
    set_language(home, "zh_TW")
    done = run(home, "till", "--headless", "--language", "en", lines=["language en"])
    assert done.out.strip() == "English it is."
    assert json.loads((home / "settings.json").read_text("utf-8"))["language"] == "zh_TW"
