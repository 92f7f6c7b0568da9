"""打印队列: what waits outlives the program, and nobody else reads it."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from tests.core.sales.reported import REPORTS
from tests.core.sales.sold import GOLDEN
from ui.devices.print_queue import Paper, PrintQueue
from ui.devices.row import Bars, Picture, Squares, Stroke, Words
from ui.devices.rows import rows_of

SLIPS = [made() for made in [*GOLDEN.values(), *REPORTS.values()]]


def papers_of(folder: Path) -> list[Paper]:
    return [paper for _, paper in PrintQueue(folder).load()]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.no)
def test_every_paper_comes_back_as_it_was(slip, tmp_path):
    paper = Paper(slip.no, rows_of(slip))
    PrintQueue(tmp_path / "queue").add(paper)
    assert papers_of(tmp_path / "queue") == [paper]


def test_every_kind_of_row_comes_back(tmp_path):
    paper = Paper("1", (Words("𠮷", "1"), Bars("B"), Squares("Q"), Picture("p.png"), Stroke()))
    PrintQueue(tmp_path).add(paper)
    assert papers_of(tmp_path) == [paper]


def test_they_come_back_in_their_order_and_new_ones_go_behind(tmp_path):
    queue = PrintQueue(tmp_path)
    for no in "abcdefghijkl":
        queue.add(Paper(no, ()))
    again = PrintQueue(tmp_path)
    assert "".join(paper.no for _, paper in again.load()) == "abcdefghijkl"
    again.add(Paper("m", ()))
    assert "".join(paper.no for paper in papers_of(tmp_path)) == "abcdefghijklm"


def test_what_was_on_its_way_when_the_power_went_is_doubtful(tmp_path):
    queue = PrintQueue(tmp_path)
    sent, failed, waits = (queue.add(Paper(no, ())) for no in ("sent", "failed", "waits"))
    queue.mark(sent)
    queue.mark(failed)
    queue.unmark(failed)
    assert waits
    assert [(paper.no, paper.is_doubtful) for paper in papers_of(tmp_path)] == [
        ("sent", True),
        ("failed", False),
        ("waits", False),
    ]


def test_a_printed_paper_leaves_nothing_behind(tmp_path):
    queue = PrintQueue(tmp_path)
    for is_marked in (False, True):
        number = queue.add(Paper("1", (Words("李四"),)))
        if is_marked:
            queue.mark(number)
        queue.remove(number)
    assert list(tmp_path.iterdir()) == []


def test_a_spoilt_file_costs_no_other_paper(tmp_path):
    queue = PrintQueue(tmp_path)
    spoilt = queue.add(Paper("1", ()))
    queue.add(Paper("2", ()))
    (tmp_path / f"{spoilt:09d}.waits").write_bytes(b'{"no": "1", "rows": [{"ty')
    (tmp_path / "notes.txt").write_text("not ours")
    assert [paper.no for paper in papers_of(tmp_path)] == ["2"]
    assert (tmp_path / "notes.txt").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights")
def test_only_the_owner_may_read(tmp_path):
    PrintQueue(tmp_path / "queue").add(Paper("1", (Words("李四"),)))
    [file] = (tmp_path / "queue").iterdir()
    assert stat.S_IMODE((tmp_path / "queue").stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_without_a_folder_or_room_the_counter_goes_on(tmp_path):
    (tmp_path / "file").write_text("no folder")
    for folder in (None, tmp_path / "file" / "queue"):
        queue = PrintQueue(folder)
        number = queue.add(Paper("1", ()))
        queue.mark(number)
        queue.remove(number)
        assert queue.load() == []


def test_a_folder_that_cannot_be_read_costs_only_what_is_kept(tmp_path, monkeypatch, caplog):
    PrintQueue(tmp_path).add(Paper("unseen", ()))

    def refuse(_folder):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "iterdir", refuse)
        queue = PrintQueue(tmp_path)
        assert queue.load() == []
        queue.mark(queue.add(Paper("new", ())))
    assert "cannot be read" in caplog.text
    assert papers_of(tmp_path) == [Paper("unseen", ())]


def test_a_paper_that_is_tried_again_is_marked_as_it_was(tmp_path, caplog):
    queue = PrintQueue(tmp_path)
    number = queue.add(Paper("1", ()))
    queue.unmark(number)
    for _ in range(2):
        queue.mark(number)
    assert [paper.is_doubtful for paper in papers_of(tmp_path)] == [True]
    assert caplog.text == ""
