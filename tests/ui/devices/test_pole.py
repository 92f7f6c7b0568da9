"""杆式客显 on a real terminal: two lines of twenty columns, and nobody waits for it."""

from __future__ import annotations

import os
import queue
import re
import select
import time
from contextlib import suppress
from pathlib import Path

import pytest

from core.errors import BadDisplaySetting, DisplayUnavailable
from core.pricing.tender import TenderKind
from tests.ui.devices.serial_port import Cable
from tests.ui.till import baskets
from ui.customer.pole_words import pole_lines
from ui.devices.pole import Lines, PoleDesk, pole_port
from ui.devices.pole_profile import pole_names, pole_profile

PATIENCE_S = 10.0
HELLO: Lines = (("欢迎光临", ""), ("", ""))
SALE: Lines = (("维生素C咀嚼片（大瓶装）", "74.00"), ("合计", "246.31"))


class Display(Cable):
    """Reads what is written to it, as a display of one of our profiles shows it."""

    def read(self, until: bytes) -> bytes:
        found, over = b"", time.monotonic() + PATIENCE_S
        while until not in found and time.monotonic() < over:
            if select.select([self._master], [], [], 0.05)[0]:
                with suppress(OSError):  # nobody has opened the port yet
                    found += os.read(self._master, 4096)
        assert until in found, found
        return found


@pytest.fixture
def display(tmp_path: Path):
    display = Display(tmp_path / "pole")
    display.plug_in()
    yield display
    display.pull_out()


@pytest.fixture
def desk():
    desk = PoleDesk(retry_s=0.05)
    yield desk
    desk.close()


def test_item_price_and_total_are_shown(desk: PoleDesk, display: Display) -> None:
    desk.use(display.setting, "cd5220-gbk")
    desk.show(SALE)
    seen = display.read(b"246.31\r")
    assert seen.startswith(b"\x1b@\x0c")
    upper, lower = re.findall(rb"\x1bQ[AB](.{20})\r", seen)[-2:]
    assert upper.decode("gbk") == "维生素C咀嚼片  74.00"
    assert lower.decode("gbk") == "合计          246.31"


@pytest.mark.parametrize("name", pole_names())
@pytest.mark.parametrize("lines", [HELLO, SALE, (("x" * 30, "1,234,567.00"), ("", "8" * 30))])
def test_every_display_is_given_two_lines_of_its_width(name: str, lines: Lines) -> None:
    profile = pole_profile(name)
    data = profile.frame(*lines)
    overhead = 2 * len(bytes.fromhex(profile.end)) + len(bytes.fromhex(profile.upper))
    assert len(data) == overhead + len(bytes.fromhex(profile.lower)) + 2 * profile.columns
    if profile.is_ascii:
        assert data.isascii()


def test_a_display_on_the_printers_cable_gives_the_word_back_to_the_printer() -> None:
    profile = pole_profile("escpos")
    data = bytes.fromhex(profile.begin) + profile.frame(*SALE)
    assert data.rindex(b"\x1b=\x01") > data.rindex(b"\x1b=\x02")
    assert data.count(b"\x1b=\x01") == data.count(b"\x1b=\x02")


def test_one_that_is_not_there_is_told_once_and_comes_back(
    desk: PoleDesk, display: Display
) -> None:
    display.pull_out()
    told: queue.SimpleQueue[DisplayUnavailable | None] = queue.SimpleQueue()
    desk.report_to(told.put)
    begun = time.monotonic()
    desk.use(display.setting, "cd5220-gbk")
    for total in range(200):
        desk.show((("", ""), ("合计", str(total))))
    assert time.monotonic() - begun < PATIENCE_S
    error = told.get(timeout=PATIENCE_S)
    assert error is not None
    assert error.device == str(display.link)
    display.plug_in()
    assert told.get(timeout=PATIENCE_S) is None
    assert told.empty()
    seen = display.read(b"199\r")
    assert b" 7\r" not in seen, "what was shown meanwhile is past"


def test_one_that_takes_nothing_holds_nobody_up(desk: PoleDesk, display: Display) -> None:
    """Its end of the cable is full: nobody reads."""
    desk.use(display.setting, "cd5220")
    for number in range(2_000):
        desk.show((("x", str(number)), ("TOTAL", str(number))))
    desk.use("none", "cd5220")
    assert desk.profile is None


@pytest.mark.parametrize("setting", ["COM4", "serial:", "serial:a;serial:b", "tcp:1.2.3.4"])
def test_a_setting_that_names_no_port_is_refused(setting: str) -> None:
    with pytest.raises(BadDisplaySetting):
        pole_port(setting)


def test_it_says_what_a_customer_may_see() -> None:
    counter = baskets.counter(baskets.basket(3_900, prescription_fen=4_260), file=baskets.member())
    lines = pole_lines(counter, None, is_plain=False)
    assert lines == (("处方药", "42.60"), ("合计", "79.65"))
    assert pole_lines(counter, None, is_plain=True) == (("RX", "42.60"), ("TOTAL", "79.65"))
    cash = baskets.counter(baskets.basket(3_900), (TenderKind.CASH, 5_000))
    paid = pole_lines(cash, baskets.settled(cash), is_plain=True)
    assert paid == (("TOTAL", "39.00"), ("CHANGE", "11.00"))
    assert pole_lines(None, None, is_plain=True) == (("WELCOME", ""), ("", ""))
    plain = pole_lines(baskets.counter(baskets.basket(3_900)), None, is_plain=True)
    assert plain[0] == ("1 x 39.00", "39.00")
