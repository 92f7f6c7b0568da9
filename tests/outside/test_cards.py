"""main.py cards: PDFs of cards, and every mistake in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outside.program import run
from tests.ui.devices.printed_codes import pages_of, read_codes, text_of

BY = ("--by", "店长", "--by-pin", "246810")


def test_cards_of_members_and_blank_ones(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "cards.pdf"
    ends = ("--from-card", "800001", "--to", "800003")
    done = run(home, "cards", *ends, "--sheet", "a4", "--name", "full", "-o", str(out), *BY)
    assert (done.code, "3 张卡" in done.out) == (0, True), done.said
    [page] = pages_of(out.read_bytes())
    assert sorted(text for text, _ in read_codes(page, 203)) == ["800001", "800002", "800003"]
    assert "李小华" in text_of(page)
    listed = tmp_path / "cards.txt"
    listed.write_bytes("# 明天要的\r\n800002\r\n\r\n800001\r\n".encode("gb18030"))
    assert run(home, "cards", "--file", str(listed), "--code", "qr", "-o", str(out), *BY).code == 0
    pages = pages_of(out.read_bytes())
    assert [read_codes(page, 300)[0][0].split(":")[1] for page in pages] == ["800002", "800001"]
    assert "李小华" not in text_of(pages[1]) and "李*华" in text_of(pages[1])
    assert run(home, "cards", "--new", "10", "--sheet", "a4", "-o", str(out), *BY).code == 0
    assert len(read_codes(pages_of(out.read_bytes())[0], 300)) == 10


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--card", "777777"), "没有找到会员“777777”"),
        (("--from-card", "800001"), "800001 到 ? 之间"),
        (("--new", "0"), "不能印 0 张"),
        (("--file", "nowhere.txt"), "读不了“nowhere.txt”"),
    ],
)
def test_what_cannot_be_printed_is_said_and_nothing_is_written(
    home: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    out = tmp_path / "cards.pdf"
    done = run(home, "cards", *words, "-o", str(out), *BY)
    assert (done.code, said in done.err, out.exists()) == (2, True, False), done.said
