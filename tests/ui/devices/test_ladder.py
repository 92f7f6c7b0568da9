"""打印测试: a person who answers what is on the paper ends with the profile of that printer."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.ui.devices.epson_paper import EpsonPaper
from ui.devices.ladder import NOTHING, STEPS, Ladder
from ui.devices.profile import GB18030, Paper
from ui.devices.profile_files import keep_profile, profile_of


def climbed(*answers: set[str]) -> Ladder:
    ladder = Ladder()
    for given in answers:
        names = {answer.name for answer in ladder.question().answers}
        assert given <= names, "only what is asked is answered"
        ladder = ladder.answered(given)
    return ladder


ALL = {"bars", "squares"}


@pytest.mark.parametrize(
    ("answers", "profile", "mm"),
    [
        ([{"1", "4"}, {"48"}, {"yes"}, ALL, {"yes"}], GB18030, 80),
        ([{"1", "4"}, {"32"}, {"yes"}, ALL, {"yes"}], GB18030, 58),
        ([{"3", "4"}, {"48"}, {"yes"}, ALL, {NOTHING}], profile_of("utf-8"), 80),
        ([{"4"}, {"48"}, {"yes"}, {NOTHING}, {"yes"}], profile_of("raster"), 80),
    ],
)
def test_a_printer_like_one_of_ours_is_called_like_it(answers, profile, mm, tmp_path):
    ladder = climbed(*answers)
    assert (ladder.step, ladder.width_mm) == ("", mm)
    assert keep_profile(tmp_path, ladder.profile, ladder.like) == profile.name
    assert list(tmp_path.iterdir()) == []


def test_a_printer_like_none_of_ours_gets_a_file_of_its_own(tmp_path):
    ladder = climbed({"1", "2", "4"}, {"42"}, {"no"}, {"bars"}, {"no"}, {"yes"})
    name = keep_profile(tmp_path, ladder.profile, ladder.like)
    found = profile_of(name, tmp_path)
    assert found.has_four_bytes and found.has_barcode and not found.has_qr
    assert (found.cutter, found.drawer.pin) == ("none", 5)
    assert found.paper(ladder.width_mm) == Paper(42, 512)


def test_a_drawer_that_no_pulse_opens_keeps_the_usual_pin():
    ladder = climbed({"1"}, {"48"}, {"yes"}, ALL, {"no"}, {"no"})
    assert (ladder.step, ladder.profile.drawer.pin) == ("", 2)


def test_where_nothing_can_be_read_it_prints_once_more():
    assert climbed({NOTHING}) == Ladder()


def test_each_line_of_the_first_step_says_its_number_and_is_written_otherwise():
    text = EpsonPaper(Ladder().data(), dots=384)
    assert [row.text[0] for row in text.rows if row.text][:3] == ["1", "2", "3"]
    assert "㐂㛃䶮" in text.text
    assert text.broken_rows == 0
    assert len(text.rasters) == 1
    assert text.cuts == 0


@pytest.mark.parametrize(
    ("dots", "whole"), [(576, ["48", "42", "32"]), (512, ["42", "32"]), (384, ["32"])]
)
def test_the_ruler_shows_how_much_goes_on_a_line(dots, whole):
    """A line that is too long breaks: its end does not stand in the row where it began."""
    paper = EpsonPaper(climbed({"1"}).data(), dots=dots)
    kept = [row.text for row in paper.rows if row.text.startswith("---") and ">" in row.text]
    assert [text[-2:] for text in kept if len(text) == int(text[-2:])] == whole


def test_the_codes_are_drawn_by_the_printer_itself():
    paper = EpsonPaper(climbed({"4"}, {"48"}, {"yes"}).data(), dots=576)
    assert (len(paper.barcodes), len(paper.squares)) == (1, 1)


def test_the_drawer_gets_the_pulse_that_is_asked_about():
    ladder = climbed({"1"}, {"48"}, {"yes"}, ALL)
    assert EpsonPaper(ladder.data(), dots=576).pulses == [(0, 50, 500)]
    assert EpsonPaper(ladder.answered({"no"}).data(), dots=576).pulses == [(1, 50, 500)]


def test_every_step_has_its_place_and_its_words():
    ladder, seen = Ladder(), []
    for given in ({"1"}, {"48"}, {"yes"}, ALL, {"yes"}):
        seen.append(ladder.place)
        assert ladder.question().title and ladder.question().words
        ladder = ladder.answered(given)
    assert seen == [(at, len(STEPS)) for at in range(1, len(STEPS) + 1)]
    assert len(ladder.found()) == 6
    assert replace(ladder, step="drawer_5").place == (len(STEPS), len(STEPS))
