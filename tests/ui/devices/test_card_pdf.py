"""会员卡 PDF: a scanner reads each card back, alone and on an A4 page; nothing leaves its card."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image

from core.errors import BadPrintSize
from core.members.card import issue_card_no
from core.members.member_code import read_member_code
from core.members.printed_card import CardRun, Named, PrintedCard
from tests.ui.devices.printed_codes import DPIS, pages_of, read_codes, text_of
from ui.devices.card_pdf import card_marks, cards_pdf
from ui.devices.marks import Box, Text
from ui.devices.print_sizes import card_size

STORE = "永安堂大药房连锁有限公司中山路店"
SIZE = card_size()
NUMBERS = ("901020000017", "800001", "VIP-2024-000123", "6901234567892", "A1" * 16)
POINTS_OF_MM = 72 / 25.4


def run_of(*numbers: str, name: str = "李*华") -> CardRun:
    return CardRun(STORE, tuple(PrintedCard(number, name) for number in numbers))


@pytest.mark.parametrize("dpi", DPIS)
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("code", ["bars", "qr"])
def test_a_scanner_reads_the_card(number: str, code: str, dpi: int) -> None:
    [page] = pages_of(cards_pdf(run_of(number), replace(SIZE, code=code)))
    [(text, kind)] = read_codes(page, dpi)
    if code == "qr" or len(number) == 32:
        assert (read_member_code(text), kind) == (number, "QRCode")
    else:
        assert (text, kind) == (number, "Code128")


@pytest.mark.parametrize("dpi", DPIS)
@pytest.mark.parametrize("code", ["bars", "qr"])
def test_ten_cards_stand_on_a_page(code: str, dpi: int) -> None:
    numbers = [issue_card_no("S01", 2, n) for n in range(1, 13)]
    size = replace(SIZE, code=code)
    first, second = pages_of(cards_pdf(run_of(*numbers), size, on_pages=True))
    assert first.get_size() == pytest.approx((210 * POINTS_OF_MM, 297 * POINTS_OF_MM), abs=0.1)
    read = [
        read_member_code(text) or text
        for page in (first, second)
        for text, _ in read_codes(page, dpi)
    ]
    assert sorted(read) == numbers


def test_a_card_is_as_large_as_a_card_and_says_whose_it_is() -> None:
    pages = pages_of(cards_pdf(run_of("901020000017", "800001", name="𠮷*娜"), SIZE))
    assert len(pages) == 2
    assert pages[0].get_size() == pytest.approx((85.6 * POINTS_OF_MM, 54 * POINTS_OF_MM), abs=0.1)
    said = text_of(pages[0])
    assert STORE in said and "𠮷*娜" in said and "9010 2000 0017" in said


@settings(deadline=None, max_examples=40)
@given(
    st.text("汉字药房阿·𠮷Wi* ", min_size=1, max_size=60),
    st.text("汉字药房W ", max_size=40),
    st.sampled_from(NUMBERS),
    st.sampled_from(["bars", "qr"]),
    st.text("客服 凭卡积分1", max_size=60),
)
def test_nothing_leaves_its_card_and_nothing_is_cut_off(
    store: str, name: str, number: str, code: str, words: str
) -> None:
    size = replace(SIZE, code=code, words=words)
    marks = card_marks(PrintedCard(number, name), store, size)
    for mark in marks:
        if isinstance(mark, Text):
            left = mark.x - mark.side * mark.width
            assert left >= size.margin_mm - 0.1
            assert left + mark.width <= size.width_mm - size.margin_mm + 0.1
            assert 0 < mark.y < size.height_mm - 1
        elif isinstance(mark, Box):
            assert mark.x >= size.margin_mm and mark.y > 0
            assert mark.x + mark.width <= size.width_mm - size.margin_mm
    said = "".join(mark.text for mark in marks if isinstance(mark, Text)).replace(" ", "")
    for part in (store, name, number, words):
        assert part.replace(" ", "") in said


def test_the_logo_stands_before_the_name_of_the_shop(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", (400, 100), "black").save(logo)
    with_logo = cards_pdf(run_of("800001"), SIZE, logo=logo)
    [page] = pages_of(with_logo)
    inked = page.render(scale=2, grayscale=True).to_pil().crop((30, 35, 60, 50))
    assert inked.getextrema()[0] < 10
    assert read_codes(page, 203) == [("800001", "Code128")]
    (tmp_path / "bad.png").write_bytes(b"no picture")
    assert cards_pdf(run_of("800001"), SIZE, logo=tmp_path / "bad.png") == cards_pdf(
        run_of("800001"), SIZE
    )


def test_a_shop_says_only_what_is_otherwise(tmp_path: Path) -> None:
    (tmp_path / "card.toml").write_text('name = "full"\nwords = "凭卡积分"\n', "utf-8")
    size = card_size(tmp_path)
    assert size == replace(SIZE, name=Named.FULL, words="凭卡积分")


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ('name = "both"', "name"),
        ("width_mm = -1", "width_mm"),
        ('code = "dots"', "code"),
        ("colour = 1", "colour"),
        ("[page]\ncolumns = 9", "page"),
        ("name =", "end of document"),
    ],
)
def test_a_mistake_in_its_file_is_named(tmp_path: Path, written: str, why: str) -> None:
    (tmp_path / "card.toml").write_text(written, "utf-8")
    with pytest.raises(BadPrintSize) as refused:
        card_size(tmp_path)
    assert why in refused.value.why and "card.toml" in refused.value.path
