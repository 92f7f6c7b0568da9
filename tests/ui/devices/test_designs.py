"""票据样式: what a shop may change on paper, what it may not, and what a mistake does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image

from core.errors import BadDesign, BadPicture, NoSuchPaper
from core.sales.design import (
    LINES,
    LOGO,
    PAPERS,
    PLACES,
    BlockPart,
    Design,
    TextPart,
    lines_of_block,
)
from core.sales.receipt import copy_of
from tests.core.sales.sold import GOLDEN
from tests.ui.devices.epson_paper import EpsonPaper
from ui.devices.columns import as_text
from ui.devices.design_files import adopt, put_back, save_design, take_picture
from ui.devices.designs import (
    Designs,
    Draft,
    design_in,
    design_text,
    read_design,
    shipped,
    shipped_text,
)
from ui.devices.escpos import encode, encode_rows
from ui.devices.rows import rows_of
from ui.paper_samples import sample
from ui.text import sentence

RECEIPT = GOLDEN["gold_card_with_everything"]()


def written(folder: Path, text: str, name: str = "receipt.toml") -> Designs:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return Designs(folder)


def changed(old: str, new: str, paper: str = "receipt") -> str:
    text = shipped_text(paper)
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize("paper", PAPERS)
def test_each_paper_has_a_design_that_comes_with_the_program(paper):
    blocks = {part.block for part in shipped(paper).parts if isinstance(part, BlockPart)}
    assert set(PAPERS[paper].must) <= blocks
    assert LOGO in blocks


def test_words_of_the_shop_stand_where_it_put_them(tmp_path):
    text = shipped_text("receipt") + (
        '\n[[part]]\ntext = "谢谢 {member}，{tier}，{date} 的 {receipt_no}"\ncentre = true\n'
    )
    rows = as_text(RECEIPT, designs=written(tmp_path, text)).splitlines()
    assert rows[-1].strip() == "谢谢 李*华，金卡，2026-11-24 的 S01-T2-000123"
    assert rows[-1].startswith(" ")


def test_a_text_about_a_member_is_left_out_where_there_is_none(tmp_path):
    text = shipped_text("receipt") + '\n[[part]]\ntext = "您的卡：{card}"\n'
    designs = written(tmp_path, text)
    assert "您的卡：****5678" in as_text(RECEIPT, designs=designs)
    assert "您的卡" not in as_text(GOLDEN["a_stranger_buys_a_box"](), designs=designs)


def test_blocks_stand_in_the_order_of_the_file(tmp_path):
    text = changed('block = "totals"', 'block = "tenders"').replace(
        'block = "tenders"\n\n[[part]]\nblock = "tenders"',
        'block = "tenders"\n\n[[part]]\nblock = "totals"',
    )
    said = as_text(RECEIPT, designs=written(tmp_path, text))
    assert said.index("找零") < said.index("应收")


@pytest.mark.parametrize(
    ("block", "line", "gone"),
    [
        ("items", "savings", "会员价 37.00，省 4.00"),
        ("totals", "offers", "  金卡 95折   "),
        ("totals", "pieces", "件数"),
        ("totals", "list", "原价"),
        ("totals", "saved", "已省"),
        ("number", "cashier", "收银员"),
        ("member", "card", "卡号"),
    ],
)
def test_a_line_can_be_left_away(tmp_path, block, line, gone):
    text = changed(f'block = "{block}"', f'block = "{block}"\nhide = ["{line}"]')
    said, before = as_text(RECEIPT, designs=written(tmp_path, text)), as_text(RECEIPT)
    assert gone in before
    assert gone not in said
    assert before.count("\n") > said.count("\n") or block == "number"
    assert "￥202.70" in said


def test_a_block_that_is_off_is_not_printed_and_leaves_no_double_line(tmp_path):
    text = shipped_text("receipt")
    for block in ("member", "points", "tier"):
        text = text.replace(f'block = "{block}"', f'block = "{block}"\noff = true')
    said = as_text(RECEIPT, designs=written(tmp_path, text))
    assert "李*华" not in said
    assert "-" * 48 + "\n" + "-" * 48 not in said


@pytest.mark.parametrize("paper", PAPERS)
def test_what_must_stand_on_a_paper_can_neither_be_off_nor_away(paper):
    for block in PAPERS[paper].must:
        line = f'block = "{block}"\n'
        with pytest.raises(BadDesign) as off:
            design_in(changed(line, f"{line}off = true\n", paper), paper, "x")
        assert "一定要打印" in sentence(off.value)
        with pytest.raises(BadDesign) as away:
            design_in(changed(f"[[part]]\n{line}", '[[part]]\ntext = "x"\n', paper), paper, "x")
        assert block in away.value.reason or "hide" in away.value.path


MISTAKES = {
    'text = "{shop}"': ("no place shop", 'text = "{store}"'),
    'text = "{store"': ("a brace", 'text = "{store}"'),
    'text = "{store!r}"': ("no place store", 'text = "{store}"'),
    'block = "totls"': ("not one of", 'block = "totals"'),
    'block = "items"': ("twice", 'block = "totals"'),
    'block = "totals"\nhide = ["payable"]': ("not one of", 'block = "totals"'),
    'block = "totals"\nbolt = true': ("unknown", 'block = "totals"'),
    'block = "totals"\nbold = 1': ("not true or false", 'block = "totals"'),
    "block = totals": ("not TOML", 'block = "totals"'),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_by_its_line_and_printing_goes_on(tmp_path, mistake):
    why, right = MISTAKES[mistake]
    designs = written(tmp_path, changed(right, mistake))
    problem = designs.problem("receipt")
    assert isinstance(problem, BadDesign)
    assert why in problem.reason
    line = shipped_text("receipt").splitlines().index(right) + 1
    assert abs(problem.line - line) <= mistake.count("\n") or why == "twice"
    assert "打印照常" in sentence(problem)
    assert as_text(RECEIPT, designs=designs) == as_text(RECEIPT)
    assert designs.problems() == {"receipt": problem}


def test_a_design_that_is_no_text_is_said_too(tmp_path):
    tmp_path.joinpath("receipt.toml").write_bytes(b"logo = 1\n\xff\xfe")
    assert "UTF-8" in sentence(Designs(tmp_path).problem("receipt"))
    tmp_path.joinpath("receipt.toml").write_bytes(b"# " + b"x" * 100_000)
    assert "字节" in sentence(Designs(tmp_path).problem("receipt"))
    tmp_path.joinpath("receipt.toml").write_text("x = " + "[" * 30_000, encoding="utf-8")
    assert "TOML" in sentence(Designs(tmp_path).problem("receipt"))


def test_a_file_that_is_mended_holds_from_the_next_paper_on(tmp_path):
    designs = written(tmp_path, "part = 1")
    assert designs.problem("receipt") is not None
    path = tmp_path / "receipt.toml"
    path.write_text(shipped_text("receipt") + '\n[[part]]\ntext = "再见"\n', encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert designs.problem("receipt") is None
    assert as_text(RECEIPT, designs=designs).endswith("再见\n")


def test_a_copy_says_so_whatever_the_design(tmp_path):
    designs = written(tmp_path, changed("bold = true", "bold = false"))
    assert "补打，非原件" in as_text(copy_of(RECEIPT, 1), designs=designs)
    assert "作废" in as_text(copy_of(RECEIPT, 1, is_voided=True), designs=designs)


STYLES = {"bold": st.booleans(), "double": st.booleans(), "centre": st.booleans()}
TEXTS = st.text(st.sampled_from('谢谢ABC"\\#[]=,。 é𠮷'), max_size=30) | st.sampled_from(
    [f"x{{{place}}}" for place in PLACES]
)


@st.composite
def designs_of_a_shop(draw):
    paper = draw(st.sampled_from(list(PAPERS)))
    must, may = PAPERS[paper].must, PAPERS[paper].blocks[3:]
    blocks = draw(st.permutations([*dict.fromkeys((*must, *may))]))
    parts = []
    for block in blocks:
        known = lines_of_block(paper, block)
        hide = draw(st.lists(st.sampled_from(known), unique=True)) if known else []
        off = block not in must and draw(st.booleans())
        styles = {name: draw(value) for name, value in STYLES.items()}
        parts.append(BlockPart(block, tuple(hide), off=off, **styles))
        if draw(st.booleans()):
            parts.append(TextPart(draw(TEXTS)))
    return Design(paper, tuple(parts))


@given(designs_of_a_shop())
def test_a_design_comes_back_from_its_file(design):
    assert design_in(design_text(design), design.paper, "x") == design


@given(designs_of_a_shop(), st.sampled_from([80, 58]))
def test_any_design_prints_within_the_paper(design, mm):
    slip, draft = sample(design.paper, "永安堂大药房连锁有限公司中山路店", 2), Designs()
    dots = {80: 576, 58: 384}[mm]
    paper = EpsonPaper(encode_rows(rows_of(slip, Draft(draft, design)), width_mm=mm), dots=dots)
    assert (paper.broken_rows, paper.cuts) == (0, 1)


def test_lines_that_can_be_left_away_are_of_blocks_there_are():
    blocks = {block for paper in PAPERS.values() for block in paper.blocks}
    assert set(LINES) <= blocks


def test_a_file_is_taken_with_its_logo_and_put_back(tmp_path):
    designs = Designs(tmp_path / "papers")
    Image.new("L", (300, 100), 0).save(tmp_path / "shop.png")
    file = tmp_path / "receipt.toml"
    file.write_text('logo = "shop.png"\n' + shipped_text("receipt"), encoding="utf-8")
    assert adopt(designs, file).logo == "shop.png"
    assert designs.is_own("receipt")
    assert designs.picture("shop.png").exists()
    paper = EpsonPaper(encode_rows(rows_of(RECEIPT, designs)), dots=576)
    [raster] = paper.rasters
    assert raster.height == 100
    assert sum(each.bit_count() for each in raster.data) == 300 * 100
    kept = put_back(designs, "receipt")
    assert kept is not None
    assert kept.read_text("utf-8") == file.read_text("utf-8")
    assert not designs.is_own("receipt")
    assert put_back(designs, "receipt") is None


def test_a_logo_of_100_mb_or_none_at_all_stops_no_receipt(tmp_path):
    designs = written(tmp_path, 'logo = "big.png"\n' + shipped_text("receipt"))
    for size, why in ((None, "不是 PNG"), (1000, "不是 PNG"), (100 << 20, "MB")):
        if size is not None:
            with (tmp_path / "big.png").open("wb") as file:
                file.truncate(size)
        assert why in sentence(designs.problem("receipt"))
        assert encode_rows(rows_of(RECEIPT, designs)) == encode(RECEIPT)
    with pytest.raises(BadPicture):
        adopt(Designs(tmp_path / "papers"), tmp_path / "receipt.toml")


def test_a_file_that_is_called_otherwise_is_no_paper(tmp_path):
    (tmp_path / "recipt.toml").write_text(shipped_text("receipt"), encoding="utf-8")
    with pytest.raises(NoSuchPaper) as refused:
        read_design(tmp_path / "recipt.toml")
    assert "receipt" in sentence(refused.value)


def test_what_is_saved_is_what_holds(tmp_path):
    designs = Designs(tmp_path)
    design = shipped("coupon")
    mine = replace(design, parts=(*design.parts, TextPart("欢迎再来", bold=True)))
    save_design(designs, mine)
    assert designs.of("coupon") == mine


def test_a_logo_in_use_is_not_written_over(tmp_path):
    designs = Designs(tmp_path / "papers")
    (tmp_path / "other").mkdir()
    first, other = tmp_path / "logo.png", tmp_path / "other" / "logo.png"
    for width, path in ((60, first), (80, other)):
        Image.new("L", (width, 60), 0).save(path)
    assert take_picture(designs, first) == "logo.png"
    assert take_picture(designs, other) == "logo-2.png"
    assert [take_picture(designs, each) for each in (first, other)] == ["logo.png", "logo-2.png"]
    assert designs.picture("logo.png").read_bytes() == first.read_bytes()
