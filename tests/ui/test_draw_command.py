"""`main.py draw verify`: without a store, anybody draws again what a certificate tells of."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import main
from core.trust.draw_record import certificate_bytes
from tests.core.trust.test_draw import made

Say = Callable[..., tuple[int, str]]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Say:
    def draw(*words: str) -> tuple[int, str]:
        code = main.main(["draw", "verify", *words])
        captured = capsys.readouterr()
        return code, captured.out + captured.err

    return draw


def kept(folder: Path, **changed: object) -> str:
    path = folder / "draw.json"
    path.write_bytes(certificate_bytes({**made(), **changed}))
    return str(path)


def test_a_true_one_names_its_winners(said: Say, tmp_path: Path) -> None:
    code, words = said(kept(tmp_path))
    assert code == 0
    assert "电饭煲：1 号" in words
    assert "大米 5 公斤：5 号、2 号" in words
    assert "请和抽奖前公布的承诺值比一比" in words


def test_the_promise_may_be_copied_from_paper(said: Say, tmp_path: Path) -> None:
    signs = made()["commitment"].upper()
    grouped = " ".join(signs[at : at + 8] for at in range(0, 64, 8))
    assert said(kept(tmp_path), "--commitment", grouped)[0] == 0
    code, words = said(kept(tmp_path), "--commitment", "0" * 64)
    assert (code, "承诺值不是抽奖前公布的那一个" in words) == (1, True)


def test_what_was_changed_is_said(said: Say, tmp_path: Path) -> None:
    code, words = said(kept(tmp_path, seed=bytes(32).hex()))
    assert code == 1
    assert "公布的种子和它的哈希对不上" in words
    code, words = said(kept(tmp_path, word="菊花 40"))
    assert (code, "中奖的不是这些人" in words) == (1, True)


def test_what_is_no_certificate(said: Say, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(json.dumps({"what": "else"}))
    code, words = said(str(path))
    assert (code, "不是抽奖证书" in words) == (2, True)
    for name in (str(tmp_path / "nothing.json"), str(tmp_path)):
        code, words = said(name)
        # of a long place the beginning is left out
        assert (code, f"{Path(name).name}”" in words) == (2, True)
        assert words.startswith("读不了“")
