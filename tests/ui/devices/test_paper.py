"""出纸: whatever the printer does, the counter goes on, and no receipt is forgotten."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.errors import PrintedInPart, PrinterUnavailable
from core.sales.receipt import copy_of
from tests.core.sales.sold import GOLDEN
from tests.ui.devices.epson_paper import EpsonPaper
from ui.devices.escpos import drawer_pulse, encode
from ui.devices.paper import PaperDesk, PaperReport
from ui.devices.profile_files import profile_of

IN_CASH = GOLDEN["gold_card_with_everything"]()
BY_WECHAT = GOLDEN["a_stranger_buys_a_box"]()


class Box:
    """A printer that can be jammed, slow or broken."""

    def __init__(self) -> None:
        self.jobs: list[bytes] = []
        self.tries = 0
        self.trouble: Exception | None = None
        self.ready = threading.Event()
        self.ready.set()

    def print(self, data: bytes, *, begun: Callable[[], None] | None = None) -> None:
        assert self.ready.wait(5)
        self.tries += 1
        if begun is not None and self.trouble is None:
            begun()
        if self.trouble is not None:
            raise self.trouble
        self.jobs.append(data)


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def reports() -> list[PaperReport]:
    return []


@pytest.fixture
def desk(box: Box, reports: list[PaperReport]) -> Iterator[PaperDesk]:
    desk = PaperDesk(box, report=reports.append)
    yield desk
    box.ready.set()
    assert desk.close(5)


def kept(desk: PaperDesk) -> list[str]:
    return [paper.no for paper in desk.kept]


def test_a_cash_sale_opens_the_drawer_and_prints(desk, box, reports):
    desk.print(IN_CASH)
    assert desk.wait(5)
    assert box.jobs == [drawer_pulse() + encode(IN_CASH)]
    assert reports == [PaperReport("S01-T2-000123", None, 0)]
    assert desk.trouble is None


def test_no_cash_or_a_copy_leaves_the_drawer_shut(desk, box):
    desk.print(BY_WECHAT)
    desk.print(copy_of(IN_CASH, 1))
    assert desk.wait(5)
    assert [EpsonPaper(job, dots=576).pulses for job in box.jobs] == [[], []]


def test_the_counter_never_waits_for_paper(desk, box):
    box.ready.clear()
    started = time.monotonic()
    for _ in range(100):
        desk.print(BY_WECHAT)
    assert time.monotonic() - started < 0.5
    assert not desk.wait(0.05)
    box.ready.set()
    assert desk.wait(5)
    assert len(box.jobs) == 100


def test_a_jam_keeps_the_receipts_until_again(desk, box, reports):
    box.trouble = PrinterUnavailable("缺纸")
    desk.print(IN_CASH)
    desk.print(BY_WECHAT)
    assert desk.wait(5)
    assert kept(desk) == [IN_CASH.no, BY_WECHAT.no]
    assert desk.trouble is box.trouble
    assert [(report.no, report.error) for report in reports] == [
        (IN_CASH.no, box.trouble),
        (BY_WECHAT.no, box.trouble),
    ]
    box.trouble = None
    desk.again()
    assert desk.wait(5)
    assert box.jobs == [encode(IN_CASH), encode(BY_WECHAT)]  # the drawer stays shut this time
    assert desk.kept == ()
    assert desk.trouble is None


def test_again_while_still_jammed_keeps_each_receipt_once(desk, box):
    box.trouble = PrinterUnavailable("缺纸")
    desk.print(IN_CASH)
    assert desk.wait(5)
    for _ in range(3):
        desk.again()
        assert desk.wait(5)
    assert kept(desk) == [IN_CASH.no]


def test_what_is_dropped_is_not_printed_any_more(desk, box):
    box.trouble = PrinterUnavailable("缺纸")
    desk.print(IN_CASH)
    assert desk.wait(5)
    desk.drop()
    box.trouble = None
    desk.again()
    assert desk.wait(5)
    assert (box.jobs, desk.kept, desk.trouble) == ([], (), None)


def test_a_bug_in_the_printer_is_told_and_the_next_receipt_prints(desk, box, reports):
    box.trouble = ZeroDivisionError("bug")
    desk.print(IN_CASH)
    assert desk.wait(5)
    box.trouble = None
    desk.print(BY_WECHAT)
    assert desk.wait(5)
    assert box.jobs == [encode(BY_WECHAT)]
    assert [type(report.error) for report in reports] == [ZeroDivisionError, type(None)]
    assert kept(desk) == [IN_CASH.no]


def test_a_listener_that_fails_stops_nothing(box):
    def listener(report: PaperReport) -> None:
        raise LookupError(report.no)

    desk = PaperDesk(box, report=listener)
    desk.print(IN_CASH)
    desk.print(BY_WECHAT)
    assert desk.close(5)
    assert len(box.jobs) == 2


def test_closing_waits_for_the_last_receipt_but_not_for_ever(box):
    desk = PaperDesk(box)
    box.ready.clear()
    desk.print(BY_WECHAT)
    assert not desk.close(0.1)
    box.ready.set()
    assert desk.wait(5)
    assert len(box.jobs) == 1


def test_closing_before_anything_was_printed_is_nothing(box):
    assert PaperDesk(box).close(0.1)


def test_a_small_roll_and_another_code_page_reach_the_bytes(box):
    utf8 = profile_of("utf-8")
    desk = PaperDesk(box, utf8, 58)
    desk.print(BY_WECHAT)
    assert desk.close(5)
    assert box.jobs == [encode(BY_WECHAT, width_mm=58, profile=utf8)]


# What the printer did not take, and what it took in part


def test_a_printer_that_is_back_is_found_without_anybody(box, reports):
    desk = PaperDesk(box, report=reports.append, retries_s=(0.01,))
    box.trouble = PrinterUnavailable("缺纸")
    desk.print(IN_CASH)
    desk.print(BY_WECHAT)
    assert desk.wait(5)
    box.trouble = None
    assert until(lambda: not desk.kept)
    assert box.jobs == [encode(IN_CASH), encode(BY_WECHAT)], "in order, and the drawer stays shut"
    assert desk.close(5)
    assert reports[-1] == PaperReport(BY_WECHAT.no, None, 0)


def test_a_trouble_is_told_once_however_often_it_is_tried(box, reports):
    desk = PaperDesk(box, report=reports.append, retries_s=(0.01,))
    box.trouble = PrinterUnavailable("缺纸")
    desk.print(IN_CASH)
    assert desk.wait(5)
    tried = box.tries
    assert until(lambda: box.tries > tried + 3)
    assert len(reports) == 1
    box.trouble = PrinterUnavailable("盖子开着")
    assert until(lambda: len(reports) == 2)
    box.trouble = None
    assert desk.close(5)


def test_a_new_paper_finds_out_at_once_whether_the_printer_is_back(desk, box):
    box.trouble = PrinterUnavailable("缺纸")
    desk.print(IN_CASH)
    assert desk.wait(5)
    box.trouble = None
    desk.print(BY_WECHAT)
    assert desk.wait(5)
    assert box.jobs == [encode(IN_CASH), encode(BY_WECHAT)]


def test_what_may_be_on_paper_is_printed_again_only_by_a_person(box, reports):
    desk = PaperDesk(box, report=reports.append, retries_s=(0.01,))
    box.trouble = PrintedInPart("没有回应")
    desk.print(BY_WECHAT)
    assert desk.wait(5)
    box.trouble = None
    desk.print(IN_CASH)
    assert desk.wait(5)
    time.sleep(0.05)
    assert box.jobs == [drawer_pulse() + encode(IN_CASH)], "the next sale has its paper"
    assert [(paper.no, paper.is_doubtful) for paper in desk.kept] == [(BY_WECHAT.no, True)]
    desk.again()
    assert desk.wait(5)
    assert box.jobs[1:] == [encode(BY_WECHAT)]
    assert desk.close(5)


def test_the_drawer_opens_while_papers_wait(desk, box):
    box.trouble = PrinterUnavailable("缺纸")
    desk.print(BY_WECHAT)
    assert desk.wait(5)
    told: list[Exception | None] = []
    desk.open_drawer(told.append)
    assert desk.wait(5)
    assert told == [box.trouble]
    box.trouble = None
    desk.open_drawer(told.append)
    assert desk.wait(5)
    assert told[1:] == [None]
    assert box.jobs[0] == drawer_pulse()


# The folder of what waits


def test_what_waits_is_printed_by_the_next_start(box, tmp_path):
    folder = tmp_path / "print-queue"
    first = PaperDesk(box, queue_folder=folder, retries_s=(60.0,))
    box.trouble = PrinterUnavailable("缺纸")
    first.print(IN_CASH)
    first.print(BY_WECHAT)
    assert first.wait(5)
    assert first.close(5)
    assert len(list(folder.iterdir())) == 2
    box.trouble = None
    second = PaperDesk(box, queue_folder=folder)
    second.begin()
    assert second.wait(5)
    assert box.jobs == [encode(IN_CASH), encode(BY_WECHAT)]
    assert list(folder.iterdir()) == []
    assert second.close(5)


def test_what_was_on_its_way_when_the_till_died_waits_for_a_person(box, tmp_path):
    """A printer that took the bytes and never came back: the program was killed meanwhile."""
    folder = tmp_path / "print-queue"
    dying = PaperDesk(Dies(), queue_folder=folder)
    dying.print(BY_WECHAT)
    assert until(lambda: [path.suffix for path in folder.glob("*")] == [".sent"])
    desk = PaperDesk(box, queue_folder=folder)
    desk.begin()
    assert desk.wait(5)
    assert [(paper.no, paper.is_doubtful) for paper in desk.kept] == [(BY_WECHAT.no, True)]
    assert box.jobs == []
    desk.drop()
    assert list(folder.iterdir()) == []
    assert desk.close(5)


def test_a_printed_paper_is_not_on_the_disk_any_more(box, tmp_path):
    desk = PaperDesk(box, queue_folder=tmp_path / "print-queue")
    desk.print(IN_CASH)
    assert desk.close(5)
    assert list((tmp_path / "print-queue").iterdir()) == []


def test_what_waits_can_become_a_pdf(box, tmp_path, reports):
    desk = PaperDesk(
        box, report=reports.append, folder=tmp_path / "receipts", queue_folder=tmp_path / "queue"
    )
    box.trouble = PrinterUnavailable("缺纸")
    desk.print(IN_CASH)
    assert desk.wait(5)
    desk.file()
    assert desk.wait(5)
    assert reports[-1].file == tmp_path / "receipts" / f"{IN_CASH.no}.pdf"
    assert desk.kept == ()
    assert list((tmp_path / "queue").iterdir()) == []
    assert desk.close(5)


def test_another_printer_takes_what_waits(desk, box):
    box.trouble = PrinterUnavailable("缺纸")
    desk.print(BY_WECHAT)
    assert desk.wait(5)
    other = Box()
    desk.use(other, profile_of("gbk"), 58)
    assert until(lambda: not desk.kept)
    assert other.jobs == [encode(BY_WECHAT, width_mm=58, profile=profile_of("gbk"))]


class Dies:
    """A printer that takes bytes and says nothing until the till is killed."""

    def print(self, data: bytes, *, begun: Callable[[], None] | None = None) -> None:
        assert begun is not None
        begun()
        threading.Event().wait()


def until(is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + 5
    while not is_so() and time.monotonic() < end:
        time.sleep(0.005)
    return is_so()


@pytest.mark.parametrize("trouble", [PermissionError(13, "Permission denied"), KeyError("bug")])
def test_papers_are_printed_though_nobody_can_read_the_queue(
    trouble, box, reports, tmp_path, monkeypatch
):
    (tmp_path / "queue").mkdir()
    desk = PaperDesk(box, report=reports.append, queue_folder=tmp_path / "queue")

    def refuse(_folder):
        raise trouble

    monkeypatch.setattr(Path, "iterdir", refuse)
    desk.print(BY_WECHAT)
    assert desk.wait(5)
    assert box.jobs == [encode(BY_WECHAT)]
    assert reports == [PaperReport(BY_WECHAT.no, None, 0)]
    assert desk.close(5)
