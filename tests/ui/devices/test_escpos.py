"""热敏打印: the paper says what the receipt says, and nothing else reaches the printer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

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
from tests.ui.devices.epson_paper import EpsonPaper
from ui.devices.escpos import drawer_pulse, encode
from ui.devices.profile import GB18030, GBK, UTF8

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
    text = on_paper(receipt, mm, profile).text
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


@pytest.mark.parametrize(("profile", "shown"), [(GB18030, "□㐂䶮"), (GBK, "□□□"), (UTF8, "𠮷㐂䶮")])
def test_a_sign_that_the_printer_lacks_is_seen_to_be_missing(profile, shown):
    paper = on_paper(Receipt("1", (an_item("𠮷㐂䶮"),)), profile=profile)
    assert paper.rows[0].text.startswith(shown + " ")


def test_half_a_pound_is_not_one():
    """½ has no place in GBK; its first figure alone would be another amount."""
    paper = on_paper(Receipt("1", (an_item("½磅 café ｶﾀｶﾅ"),)), profile=GBK)
    assert paper.rows[0].text.startswith("□磅 café カタカナ ")


@pytest.mark.parametrize("mm", DOTS)
@pytest.mark.parametrize("no", ["S01-T2-000123", "S01-T2.2-000123", "S01-T12.3-000123"])
def test_the_sale_number_is_a_barcode_that_fits_the_paper(mm, no):
    paper = on_paper(Receipt(no, (CodeLine(no),)), mm)
    assert paper.barcodes == [no]
    assert paper.barcode_dots[0] <= DOTS[mm]


def test_without_bars_or_room_the_number_stands_in_words():
    receipt = Receipt("X", (CodeLine("S01-T2-000123"),))
    paper = on_paper(receipt, profile=replace(GB18030, has_barcode=False))
    assert paper.barcodes == []
    assert "S01-T2-000123" in paper.text
    long = "A-VERY-LONG-STORE-CODE-T2-1"
    assert long in on_paper(Receipt("X", (CodeLine(long),)), 58).text


def test_a_copy_says_so_and_the_original_does_not():
    receipt = GOLDEN["a_stranger_buys_a_box"]()
    assert "补打" in on_paper(copy_of(receipt)).text
    assert "补打" not in on_paper(receipt).text


def test_a_printer_without_knife_feeds_instead():
    paper = on_paper(GOLDEN["a_stranger_buys_a_box"](), profile=replace(GB18030, has_cutter=False))
    assert paper.cuts == 0
    assert [row.text for row in paper.rows[-4:]] == [""] * 4


def test_the_drawer_opens_by_a_pulse_on_pin_two():
    assert EpsonPaper(drawer_pulse(), dots=576).pulses == [(0, 50, 500)]
