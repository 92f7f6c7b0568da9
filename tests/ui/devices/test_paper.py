"""出纸: whatever the printer does, the counter goes on, and no receipt is forgotten."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from core.errors import PrinterUnavailable
from core.sales.receipt import copy_of
from tests.core.sales.sold import GOLDEN
from tests.ui.devices.epson_paper import EpsonPaper
from ui.devices.escpos import drawer_pulse, encode
from ui.devices.paper import PaperDesk, PaperReport

IN_CASH = GOLDEN["gold_card_with_everything"]()
BY_WECHAT = GOLDEN["a_stranger_buys_a_box"]()


class Box:
    """A printer that can be jammed, slow or broken."""

    def __init__(self) -> None:
        self.jobs: list[bytes] = []
        self.trouble: Exception | None = None
        self.ready = threading.Event()
        self.ready.set()

    def print(self, data: bytes) -> None:
        assert self.ready.wait(5)
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


def test_a_cash_sale_opens_the_drawer_and_prints(desk, box, reports):
    desk.print(IN_CASH)
    assert desk.wait(5)
    assert box.jobs == [drawer_pulse() + encode(IN_CASH)]
    assert reports == [PaperReport("S01-T2-000123", None, 0)]
    assert desk.trouble is None


def test_no_cash_or_a_copy_leaves_the_drawer_shut(desk, box):
    desk.print(BY_WECHAT)
    desk.print(copy_of(IN_CASH))
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
    assert desk.kept == (IN_CASH, BY_WECHAT)
    assert desk.trouble is box.trouble
    assert [(report.error, report.kept) for report in reports] == [
        (box.trouble, 1),
        (box.trouble, 2),
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
    assert desk.kept == (IN_CASH,)


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
    assert desk.kept == (IN_CASH,)


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
    from ui.devices.profile import UTF8

    desk = PaperDesk(box, UTF8, 58)
    desk.print(BY_WECHAT)
    assert desk.close(5)
    assert box.jobs == [encode(BY_WECHAT, width_mm=58, profile=UTF8)]
