"""打印机型号: data that a shop can add to, and whose mistakes are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.errors import BadPrinterSetting, BadProfile
from ui.devices.profile import CUTTERS, GB18030, Drawer, Paper, Profile
from ui.devices.profile_files import own_profile, profile_names, profile_of
from ui.text import sentence


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "printers").mkdir()
    return tmp_path / "printers"


def written(own: Path, text: str, name: str = "mine") -> Profile:
    (own / f"{name}.toml").write_text(text, encoding="utf-8")
    return profile_of(name, own)


def test_the_usual_one_is_what_its_file_says(own):
    (own / "gb18030.toml").write_text('like = "gb18030"')
    assert profile_of("gb18030") == GB18030 == profile_of("gb18030", own)


@pytest.mark.parametrize("name", ["gb18030", "gbk", "utf-8", " GBK ", "raster", "no-cutter"])
def test_every_name_that_was_ever_set_is_known(name):
    assert profile_of(name).name == name.strip().lower() in profile_names()


@pytest.mark.parametrize("name", profile_names())
def test_each_of_ours_is_whole(name):
    profile = profile_of(name)
    assert profile.papers
    assert profile.cutter in CUTTERS
    assert all(paper.columns * 12 == paper.dots for paper in profile.papers.values())


def test_a_shop_adds_its_own_and_ours_come_first(own):
    mine = written(own, 'like = "raster"\ncutter = "full"\n[papers.72]\ncolumns = 42\ndots = 512')
    assert (mine.encoding, mine.cutter, mine.begin) == ("raster", "full", b"")
    assert mine.papers == {72: Paper(42, 512)}
    assert mine.paper(80) == Paper(42, 512), "the only paper that it takes"
    assert profile_names(own)[-1] == "mine"


def test_a_shops_file_stands_before_ours_of_the_same_name(own):
    mine = written(own, 'like = "gbk"\n[drawer]\npin = 5', "gbk")
    assert mine == replace(profile_of("gbk"), drawer=Drawer(pin=5))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("cutter = ", "Invalid value"),
        ('cutter = "scissors"', "cutter"),
        ('colour = "red"', "colour"),
        ('has_qr = "yes"', "has_qr"),
        ('encoding = "latin-1"', "encoding"),
        ('begin = "1C 2"', "hexadecimal"),
        ('like = "mine"', "like = mine"),
        ('like = "nobody"', "like = nobody"),
        ("[drawer]\npin = 3", "drawer.pin"),
        ("[drawer]\non_ms = 5000", "drawer.on_ms"),
        ("[papers.wide]\ncolumns = 48\ndots = 576", "wide"),
        ("[papers.80]\ncolumns = 60\ndots = 576", "dots"),
        ("[papers.80]\ncolumns = 40\ndots = 500", "dots"),
        ("[papers]", "papers"),
        ('encoding = "raster"\nhas_pictures = false', "has_pictures"),
        ("#" * 70_000, "64000"),
        ("\x00", "Invalid statement"),
    ],
)
def test_a_mistake_is_named_in_one_sentence(own, text, why):
    with pytest.raises(BadProfile) as refused:
        written(own, text)
    assert why in refused.value.why
    assert "mine.toml" in sentence(refused.value)


def test_files_that_are_like_each_other_end(own):
    (own / "a.toml").write_text('like = "b"')
    (own / "b.toml").write_text('like = "a"')
    with pytest.raises(BadProfile):
        profile_of("a", own)


@pytest.mark.parametrize("name", ["", "klingon", "../gbk", "/etc/passwd", "gbk\0", ".", "c:x"])
def test_a_name_is_no_path(name, own):
    with pytest.raises(BadPrinterSetting):
        profile_of(name, own)


@given(
    like=st.sampled_from(["gb18030", "gbk", "utf-8"]),
    changed=st.fixed_dictionaries(
        {},
        optional={
            "cutter": st.sampled_from(CUTTERS),
            "has_four_bytes": st.booleans(),
            "has_barcode": st.booleans(),
            "has_qr": st.booleans(),
            "has_status": st.booleans(),
            "drawer": st.builds(
                Drawer, st.sampled_from([2, 5]), st.integers(2, 510), st.integers(2, 510)
            ),
        },
    ),
)
def test_what_the_ladder_found_is_read_again(like, changed, tmp_path_factory):
    found = replace(profile_of(like), name="mine", **changed)
    own = tmp_path_factory.mktemp("printers")
    assert written(own, own_profile(found, like)) == found
