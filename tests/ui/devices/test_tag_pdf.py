"""标价签 PDF: a scanner reads each tag back in every size; prices whole, nothing cut off."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.catalog.price_tag import PriceTag
from core.errors import BadPrintSize, NoSuchSize
from core.values.money import format_money
from tests.ui.devices.printed_codes import DPIS, pages_of, read_codes, text_of
from ui.catalogue import speaking
from ui.devices.marks import Box, Text
from ui.devices.print_sizes import tag_size, tag_sizes
from ui.devices.tag_pdf import tag_marks, tags_pdf

ON = date(2026, 11, 26)
LONG = "盐酸二甲双胍缓释片（Ⅱ）格华止国药准字H20023370上海某某制药集团股份有限公司生产分装"
# code, the symbol that it gets, what a scanner says
CODES = [
    ("6901234567809", "EAN13", "6901234567809"),
    ("6901234567808", "Code128", "6901234567808"),  # a wrong check digit stays wrong
    ("96385074", "EAN8", "96385074"),
    ("96385075", "Code128", "96385075"),
    ("036000291452", "EAN13", "0036000291452"),  # UPC-A is the EAN-13 that begins with 0
    ("2012345001231", "Code128", "2012345001231"),
    ("10086", "Code128", "10086"),
    ("SKU-2024/001", "Code128", "SKU-2024/001"),
    ("A1" * 16, "QRCode", "A1" * 16),
    ("Zz-" * 21, "QRCode", "Zz-" * 21),
]


def tag(code: str, **named: object) -> PriceTag:
    facts = {"name": "维生素C咀嚼片", "spec": "100片/瓶", "unit": "瓶", "list_fen": 3900}
    return PriceTag(code, **{**facts, "on": ON, **named})  # type: ignore[arg-type]


def texts(one: PriceTag, size: str) -> list[Text]:
    return [mark for mark in tag_marks(one, tag_size(size)) if isinstance(mark, Text)]


@pytest.mark.parametrize("size", tag_sizes())
def test_what_prices_are_called_can_be_read_in_english_too(size: str) -> None:
    with speaking("en"):
        shown = texts(tag("10086", special_fen=850, member_fen=880), size)
    sizes = {each.text: each.size for each in shown}
    assert sizes["Special"] >= 4.0 and sizes["price"] > 2.5 and sizes["Member"] > 2.5


@pytest.mark.parametrize("dpi", DPIS)
@pytest.mark.parametrize("size", tag_sizes())
def test_a_scanner_reads_every_code_in_its_own_symbol(size: str, dpi: int) -> None:
    for code, kind, said in CODES:
        [page] = pages_of(tags_pdf([tag(code)], tag_size(size)))
        is_long = kind == "Code128" and len(code) == 12 and not code.isdigit()
        symbol = "QRCode" if is_long and size == "40x30" else kind
        assert read_codes(page, dpi) == [(said, symbol)], code


@pytest.mark.parametrize("dpi", DPIS)
def test_a_page_of_stickers_is_read_whole_and_begins_where_it_was_left(dpi: int) -> None:
    size = tag_size("a4-3x8")
    tags = [tag(f"SKU-{n:03d}") for n in range(26)]
    first, second = pages_of(tags_pdf(tags, size, skip=2))
    assert sorted(text for text, _ in read_codes(first, dpi)) == [one.code for one in tags[:22]]
    assert sorted(text for text, _ in read_codes(second, dpi)) == [one.code for one in tags[22:]]


@pytest.mark.parametrize("size", tag_sizes())
def test_it_says_what_everybody_pays_what_it_was_and_what_members_pay(size: str) -> None:
    one = tag("10086", special_fen=3500, member_fen=3300, name="𠮷" + LONG)
    said = [mark.text for mark in texts(one, size)]
    by_words = {mark.text: mark.size for mark in texts(one, size)}
    assert by_words["¥35.00"] > by_words["33.00"] > by_words["39.00"]
    assert {"特价", "原价", "会员价", "单位：瓶", "100片/瓶", "10086", "2026-11-26"} <= set(said)
    assert "".join(said).startswith("𠮷" + LONG)
    lines = [mark for mark in tag_marks(one, tag_size(size)) if isinstance(mark, Box)]
    struck = next(mark for mark in texts(one, size) if mark.text == "39.00")
    assert any(
        line.x == pytest.approx(struck.x - struck.width) and line.y < struck.y for line in lines
    )
    assert "会员价" not in text_of(pages_of(tags_pdf([tag("10086")], tag_size(size)))[0])


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(tag_sizes()),
    st.text("汉字药·𠮷Wi片（）0.5g ", min_size=1, max_size=80),
    st.text("片×W 盒", max_size=80),
    st.text("盒瓶kgW", max_size=8),
    st.integers(1, 1_000_000_00),
    st.booleans(),
    st.booleans(),
    st.sampled_from([code for code, _, _ in CODES]),
)
def test_nothing_leaves_its_tag_and_no_price_is_broken(
    name_of_size: str,
    name: str,
    spec: str,
    unit: str,
    fen: int,
    is_special: bool,
    has_member: bool,
    code: str,
) -> None:
    size = tag_size(name_of_size)
    one = tag(
        code,
        name=name,
        spec=spec,
        unit=unit,
        list_fen=fen + 2,
        special_fen=fen + 1 if is_special else None,
        member_fen=fen if has_member else None,
    )
    for mark in tag_marks(one, size):
        width = mark.width
        left = mark.x - mark.side * width if isinstance(mark, Text) else mark.x
        assert size.margin_mm - 0.1 <= left and left + width <= size.width_mm - size.margin_mm + 0.1
        assert 0 < mark.y < size.height_mm - size.margin_mm / 2
    said = [mark.text for mark in texts(one, name_of_size)]
    assert f"¥{format_money(one.price_fen)}" in said
    whole = "".join(said).replace(" ", "")
    for part in (name, spec, unit, code):
        assert part.replace(" ", "") in whole


def test_a_roll_of_a_shop_is_a_file_of_its_own(tmp_path: Path) -> None:
    ours = (Path("resources/tags/40x30.toml")).read_text("utf-8")
    (tmp_path / "40x32.toml").write_text(
        ours.replace("height_mm = 30.0", "height_mm = 32.0"), "utf-8"
    )
    (tmp_path / "60x40.toml").write_text("price_pt = 40.0\n", "utf-8")
    assert tag_size("40x32", tmp_path).height_mm == 32
    assert tag_size("60x40", tmp_path).price_pt == 40 and tag_size("60x40").price_pt == 34
    assert tag_sizes(tmp_path) == (*tag_sizes(), "40x32")
    with pytest.raises(NoSuchSize):
        tag_size("40x32")
    (tmp_path / "40x32.toml").write_text(
        ours.replace("height_mm = 30.0", "height_mm = 20.0"), "utf-8"
    )
    with pytest.raises(BadPrintSize) as refused:
        tag_size("40x32", tmp_path)
    assert refused.value.why == "height_mm < 29.8"
