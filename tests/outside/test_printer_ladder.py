"""打印测试 in the console: a person who answers by numbers ends with a printer that is set."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.ui.devices.epson_paper import EpsonPaper

HOUSE = Path(__file__).parents[2]


def ladder(home: Path, device: Path, answers: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "main.py", "printer", f"file:{device}", "--ladder", "--home", home],
        input=answers,
        capture_output=True,
        text=True,
        cwd=HOUSE,
        check=False,
    )


def settings(home: Path) -> dict[str, object]:
    return dict(json.loads((home / "settings.json").read_text(encoding="utf-8")))


def test_the_answers_set_the_printer(home: Path, tmp_path: Path) -> None:
    done = ladder(home, tmp_path / "lp0", "4\nnobody\n3\n2\n3\n1\n")
    assert done.returncode == 0, done.stderr
    assert "哪几行的中文读得懂？" in done.stdout
    assert "请打前面的一个数字。" in done.stdout, "what is no number is asked again"
    assert "文字：整行画成图" in done.stdout
    kept = settings(home)
    assert (kept["profile"], kept["paper_mm"]) == ("tested", 58)
    assert 'like = "raster"' in (home / "printers" / "tested.toml").read_text()
    assert EpsonPaper((tmp_path / "lp0").read_bytes(), dots=576).pulses == [(0, 50, 500)]


def test_who_walks_away_changes_nothing(home: Path, tmp_path: Path) -> None:
    before = settings(home)
    done = ladder(home, tmp_path / "lp0", "1\n")
    assert done.returncode == 130
    assert settings(home) == before
    assert not (home / "printers").exists()


def test_a_profile_of_the_shops_own_is_known_and_a_spoilt_one_told(
    home: Path, tmp_path: Path
) -> None:
    words = [sys.executable, "main.py", "printer", "none", "--home", str(home), "--profile"]
    own = home / "printers"
    own.mkdir()
    (own / "mine.toml").write_text('like = "gbk"')
    (own / "bad.toml").write_text('cutter = "scissors"')

    def run(name: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*words, name], capture_output=True, text=True, cwd=HOUSE, check=False
        )

    assert run("mine").returncode == 0
    assert settings(home)["profile"] == "mine"
    bad = run("bad")
    assert (bad.returncode, "cutter" in bad.stderr) == (2, True)
    assert run("nobody").returncode == 2
    assert settings(home)["profile"] == "mine"
