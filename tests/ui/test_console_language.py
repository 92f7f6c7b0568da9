"""收银命令: what is free text at the end of a line needs no quotes."""

from __future__ import annotations

import pytest

from ui.console.language import BadCommand, parse


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("add-product 690 9.90 维生素 C 片", ("690", "9.90", "维生素 C 片")),
        ("hold 红衣服 的", ("红衣服 的",)),
        ("hold", ()),
        ("note ! 对 青霉素 过敏", ("!", "对 青霉素 过敏")),
        ("note 喜欢 傍晚 来", ("喜欢 傍晚 来",)),
        ("freeze 800001 卡 丢了", ("800001", "卡 丢了")),
        ("grant-tier 800001 金卡 2027-01-01 老 顾客", ("800001", "金卡", "2027-01-01", "老 顾客")),
        ("close-day 163.20 other 找 不 到", ("163.20", "other", "找 不 到")),
    ],
)
def test_free_text_ends_a_line(line: str, words: tuple[str, ...]) -> None:
    command = parse(line)
    assert command is not None and command.words == words


@pytest.mark.parametrize(
    "line", ["thaw 800001 卡 找到了", "drop-member 王芳", "note", "freeze 800001"]
)
def test_other_lines_have_as_many_words_as_they_say(line: str) -> None:
    with pytest.raises(BadCommand):
        parse(line)
