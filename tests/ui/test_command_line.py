"""命令行: what is written wrongly is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.console.command_line import command_line

BY = ("--by", "店长", "--by-pin", "246810")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("coupons", "issue", "five", "--count", "abc", *BY), "“abc”不能作 --count"),
        (("coupons", "issue", "five", "--until", "soon", *BY), "“soon”不能作 --until"),
        (("coupons", "issue", "five", *BY, "--count"), "--count 写得不对"),
        (("till", "--language", "fr"), "“fr”不能作 --language"),
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
