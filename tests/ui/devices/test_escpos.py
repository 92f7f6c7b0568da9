"""热敏打印: the paper says what the receipt says, and nothing else reaches the printer."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image

from core.sales.receipt import (
    CodeLine,
    FigureLine,
    Heading,
    ItemLine,
    MemberLine,
    Receipt,
    TenderLine,
    copy_of,
)
from core.values.money import format_money
from tests.core.sales.sold import GOLDEN
from tests.ui.devices.epson_paper import EpsonPaper, Raster
from tests.ui.devices.paper_picture import picture_of
from ui.devices.escpos import drawer_pulse, encode, encode_rows
from ui.devices.profile import GB18030, Drawer
from ui.devices.profile_files import profile_of
from ui.devices.row import Bars, Picture, Squares, Words

GBK, UTF8 = profile_of("gbk"), profile_of("utf-8")
DOTS = {80: 576, 58: 384}
PAPERS = [(mm, profile) for mm in DOTS for profile in (GB18030, GBK, UTF8)]
ANYTHING = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("维生素片胶囊（）·，￥¥−×①½éñｱ𠮷㐂䶮😀\u200d\ufe0f\x1b\x1d\x1c\n\t"),
    ),
    max_size=60,
)


def on_paper(receipt: Receipt, mm: int = 80, profile=GB18030) -> EpsonPaper:
    return EpsonPaper(encode(receipt, width_mm=mm, profile=profile), dots=DOTS[mm])


def an_item(name: str, fen: int = 74_00) -> ItemLine:
    return ItemLine(name, "", "盒", 2000, fen // 2, fen, fen)


@pytest.mark.parametrize(("mm", "profile"), PAPERS)
@pytest.mark.parametrize("name", GOLDEN)
def test_every_figure_of_the_receipt_is_on_the_paper(name, mm, profile):
    receipt = GOLDEN[name]()
    text = on_paper(receipt, mm, replace(profile, has_pictures=False)).text
    for line in receipt.lines:
        match line:
            case ItemLine():
                assert format_money(line.payable_fen) in text
            case FigureLine(kind, amount) if kind not in ("pieces", "rounding", "withheld"):
                assert format_money(amount) in text
            case TenderLine(_, amount):
                assert format_money(amount) in text
            case MemberLine(_, card, tier):
                assert card in text
                assert tier in text


@pytest.mark.parametrize(("mm", "profile"), PAPERS)
@pytest.mark.parametrize("name", GOLDEN)
def test_amounts_end_at_the_right_edge_and_nothing_breaks_by_itself(name, mm, profile):
    receipt = GOLDEN[name]()
    paper = on_paper(receipt, mm, profile)
    assert paper.broken_rows == 0
    assert paper.cuts == 1
    amounts = {format_money(i.payable_fen) for i in receipt.lines if isinstance(i, ItemLine)}
    rows = [row for row in paper.rows if "×" not in row.text]
    ends = [row for row in rows if row.text.rpartition(" ")[2] in amounts]
    assert ends
    assert {row.right_edge() for row in ends} == {DOTS[mm]}


@given(ANYTHING, st.integers(1, 100_000_000_00), st.sampled_from(PAPERS))
def test_whatever_a_product_is_called_its_price_lines_up(name, fen, paper):
    mm, profile = paper
    profile = replace(profile, has_pictures=False)
    printed = on_paper(Receipt("1", (an_item(name, fen),)), mm, profile)
    assert printed.broken_rows == 0
    assert printed.pulses == []
    beside = [row for row in printed.rows if row.text.endswith(format_money(fen))]
    assert beside[0].right_edge() == DOTS[mm]


@given(ANYTHING)
def test_a_name_can_never_speak_to_the_printer(name):
    """The emulator raises for any control byte that is no command of ours."""
    lines = (Heading(name, 1), an_item(name), MemberLine(name, name, name))
    printed = on_paper(Receipt("1", lines))
    assert printed.pulses == []
    assert printed.cuts == 1


@pytest.mark.parametrize("mm", DOTS)
def test_payable_and_store_are_twice_as_large_in_both_alphabets(mm):
    paper = on_paper(GOLDEN["gold_card_with_everything"](), mm)
    [total] = [row for row in paper.rows if row.text.startswith("应收")]
    assert {(cell.dots, cell.is_tall) for cell in total.cells} == {(48, True), (24, True)}
    assert total.right_edge() == DOTS[mm]
    [store] = [row for row in paper.rows if row.text.strip() == "中山路店"]
    assert all(cell.is_tall for cell in store.cells)
    [saved] = [row for row in paper.rows if row.text.startswith("已省")]
    assert not any(cell.is_tall for cell in saved.cells)


def test_yen_and_minus_become_signs_that_the_printer_has():
    paper = on_paper(GOLDEN["rounded_down_in_cash"]())
    assert "￥29.90" in paper.text
    assert "-0.07" in paper.text
    assert "¥" not in paper.text
    assert "−" not in paper.text


@given(ANYTHING, st.integers(1, 100_000_000_00), st.sampled_from(PAPERS))
def test_a_row_that_goes_as_a_picture_lines_up_too(name, fen, paper):
    """Its figure ends where all figures end: within the last cell of the row."""
    mm, profile = paper
    printed = on_paper(Receipt("1", (an_item("𠮷" + name, fen),)), mm, profile)
    assert printed.broken_rows == 0
    assert DOTS[mm] - 12 <= right_ink(printed.rasters[0]) < DOTS[mm]


def right_ink(raster: Raster) -> int:
    inked = [x for y in range(raster.height) for x in range(raster.width) if raster.is_black(x, y)]
    return max(inked, default=-1)


@pytest.mark.parametrize("profile", [GB18030, GBK, UTF8])
def test_a_sign_that_a_printer_without_pictures_lacks_is_seen_to_be_missing(profile):
    profile = replace(profile, has_pictures=False)
    paper = on_paper(Receipt("1", (an_item("𠮷㐂䶮"),)), profile=profile)
    assert paper.rows[0].text.startswith("□□□ ")


@pytest.mark.parametrize("profile", [GB18030, UTF8])
def test_a_printer_that_is_said_to_have_four_bytes_gets_them(profile):
    able = replace(profile, has_four_bytes=True)
    paper = on_paper(Receipt("1", (an_item("㐂䶮"),)), profile=able)
    assert paper.rows[0].text.startswith("㐂䶮 ")
    assert not paper.rasters


@pytest.mark.parametrize(("mm", "profile"), PAPERS)
def test_rare_signs_of_a_name_go_as_a_picture_of_their_row_alone(mm, profile):
    lines = (MemberLine("𠮷㐂䶮", "****5678", "金卡"), an_item("维生素C片"))
    paper = on_paper(Receipt("1", lines), mm, profile)
    assert len(paper.rasters) == 1
    assert "𠮷" not in paper.text and "****5678" in paper.text and "维生素C片" in paper.text


def test_what_a_picture_shows_is_the_sign_and_no_box():
    """The same row with signs that nobody holds is another picture."""
    rare, unknown = (
        on_paper(Receipt("1", (MemberLine(name, "1", ""),))).rasters[0].data
        for name in ("𠮷", "𪛖")
    )
    assert rare != unknown


@pytest.mark.parametrize("mm", DOTS)
@pytest.mark.parametrize("no", ["S01-T2-000123", "S01-T2.2-000123", "S01-T12.3-000123"])
def test_the_sale_number_is_a_barcode_that_fits_the_paper(mm, no):
    paper = on_paper(Receipt(no, (CodeLine(no),)), mm)
    assert paper.barcodes == [no]
    assert paper.barcode_dots[0] <= DOTS[mm]


def test_without_bars_or_room_the_number_stands_in_words():
    receipt = Receipt("X", (CodeLine("S01-T2-000123"),))
    bare = replace(GB18030, has_barcode=False, has_pictures=False)
    paper = on_paper(receipt, profile=bare)
    assert paper.barcodes == []
    assert "S01-T2-000123" in paper.text
    long = "A-VERY-LONG-STORE-CODE-T2-1"
    assert long in on_paper(Receipt("X", (CodeLine(long),)), 58).text


def test_a_copy_says_so_and_the_original_does_not():
    receipt = GOLDEN["a_stranger_buys_a_box"]()
    assert "补打" in on_paper(copy_of(receipt, 1)).text
    assert "补打" not in on_paper(receipt).text


def test_a_printer_without_knife_feeds_instead():
    paper = on_paper(GOLDEN["a_stranger_buys_a_box"](), profile=replace(GB18030, cutter="none"))
    assert paper.cuts == 0
    assert [row.text for row in paper.rows[-4:]] == [""] * 4


@pytest.mark.parametrize(
    ("drawer", "pulse"), [(Drawer(), (0, 50, 500)), (Drawer(5, 120, 240), (1, 120, 240))]
)
def test_the_drawer_opens_by_the_pulse_of_its_profile(drawer, pulse):
    data = drawer_pulse(replace(GB18030, drawer=drawer))
    assert EpsonPaper(data, dots=576).pulses == [pulse]


@pytest.mark.parametrize("mm", DOTS)
@pytest.mark.parametrize("name", GOLDEN)
def test_a_printer_without_a_chinese_font_gets_pictures_alone(name, mm):
    paper = on_paper(GOLDEN[name](), mm, profile_of("raster"))
    assert paper.text.strip() == ""
    assert all(raster.width == DOTS[mm] for raster in paper.rasters)
    assert max(raster.height for raster in paper.rasters) <= 128, "what small buffers hold"
    assert paper.cuts == 1


@pytest.mark.parametrize("mm", DOTS)
@pytest.mark.parametrize("profile", ["gb18030", "raster"])
@pytest.mark.parametrize("row", [Bars("S01-T2-000123"), Squares("S01-T2-000123")])
def test_a_code_is_read_back_whether_the_printer_draws_it_or_we(row, profile, mm):
    paper = EpsonPaper(encode_rows([row], width_mm=mm, profile=profile_of(profile)), dots=DOTS[mm])
    [read] = zxingcpp.read_barcodes(picture_of(paper))
    assert read.text == "S01-T2-000123"


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), min_size=1, max_size=40))
def test_a_square_code_carries_every_sign(code):
    paper = EpsonPaper(encode_rows([Squares(code)]), dots=576)
    assert paper.squares == [code]


def test_a_logo_stands_above_and_in_the_middle(tmp_path):
    Image.new("RGB", (100, 50), "black").save(tmp_path / "logo.png")
    paper = EpsonPaper(encode_rows([Picture(str(tmp_path / "logo.png"))]), dots=576)
    [raster] = paper.rasters
    black = {x for x in range(576) if raster.is_black(x, 25)}
    assert (min(black), max(black), raster.height) == (238, 337, 50)


def test_a_logo_that_went_bad_costs_no_receipt(tmp_path):
    (tmp_path / "logo.png").write_bytes(b"no picture")
    rows = [Picture(str(tmp_path / "logo.png")), Words("应收", "1.00")]
    paper = EpsonPaper(encode_rows(rows), dots=576)
    assert not paper.rasters
    assert "应收" in paper.text
