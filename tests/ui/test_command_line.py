"""命令行: what is written wrongly is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.console.command_line import command_line, spoken_to

BY = ("--by", "店长", "--by-pin", "246810")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("coupons", "issue", "five", "--count", "abc", *BY), "“abc”不能作 --count"),
        (("coupons", "issue", "five", "--until", "soon", *BY), "“soon”不能作 --until"),
        (("coupons", "issue", "five", *BY, "--count"), "--count 写得不对"),
        (("till", "--language", "fr"), "“fr”不能作 --language"),
        (("import", "cats", "cats.csv"), "“cats”不能作 products|members"),
        (("draw",), "还缺 verify, FILE"),
        (("coupons", "issue", "five"), "还缺 --by, --by-pin"),
        (("verify", "--quick"), "不认识“--quick”"),
        (("quote",), "命令写得不对"),
    ],
)
def test_it_names_the_word(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        command_line(Path("home")).parse_args(words)
    told = capsys.readouterr().err
    assert left.value.code == 2
    assert told.startswith(f"{said}，什么都没有做。要这样写：")


@pytest.mark.parametrize(
    ("system", "language"),
    [
        ("en_US.UTF-8", "en"),
        ("zh_CN.UTF-8", "zh_CN"),
        ("Chinese (Traditional)_Taiwan.950", "zh_TW"),
        ("C.UTF-8", None),
    ],
)
def test_help_of_no_shop_is_said_as_the_system_speaks(
    system: str, language: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("locale.setlocale", lambda _what: system)
    assert spoken_to(["cards", "--help"], tmp_path / "none") == (tmp_path / "none", language)
    assert spoken_to(["cards", "--help"], tmp_path) == (tmp_path, None), "a shop has its own"
    assert spoken_to(["cards"], tmp_path / "none")[1] is None
