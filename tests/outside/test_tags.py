"""main.py tags: PDFs of price tags, and every mistake in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outside.program import run
from tests.ui.devices.printed_codes import pages_of, read_codes, text_of


def test_tags_of_a_list_of_a_category_and_of_new_prices(home: Path, tmp_path: Path) -> None:
    out, listed = tmp_path / "tags.pdf", tmp_path / "codes.txt"
    listed.write_text("6901234567809\n6901234567861\n", "utf-8")
    done = run(home, "tags", "--file", str(listed), "--size", "60x40", "-o", str(out))
    assert (done.code, "2 张标价签" in done.out) == (0, True), done.said
    pages = pages_of(out.read_bytes())
    assert [read_codes(page, 203) for page in pages] == [
        [("6901234567809", "EAN13")],
        [("6901234567861", "EAN13")],
    ]
    assert "会员价" in text_of(pages[0]) and "特价" in text_of(pages[1])
    sheet = ("--size", "a4-3x8", "--skip", "3", "-o", str(out))
    assert run(home, "tags", "--category", "保健", *sheet).code == 0
    assert len(pages_of(out.read_bytes())) == 1
    assert run(home, "tags", "--changed-since", "2020-01-01", *sheet).code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--code", "6999999999994"), "没有商品的条码是“6999999999994”"),
        (("--category", "没有的"), "没有这样的商品"),
        (("--code", "10086", "--size", "1x1"), "没有“1x1”这种标价签"),
        (("--changed-since", "2999-01-01"), "没有这样的商品"),
    ],
)
def test_what_cannot_be_printed_is_said(
    home: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    out = tmp_path / "tags.pdf"
    done = run(home, "tags", *words, "-o", str(out))
    assert (done.code, said in done.err, out.exists()) == (2, True, False), done.said
