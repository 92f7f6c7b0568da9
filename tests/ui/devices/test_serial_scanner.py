"""串口扫码枪: real terminals, pulled out in the middle of a code and plugged in again."""

from __future__ import annotations

import errno
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ui.devices.serial_port import Cable
from ui.devices.scan_desk import ScanDesk
from ui.devices.serial_scanner import ScanNews

PATIENCE_S = 10.0


def until(is_true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not is_true():
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.01)


@pytest.fixture
def cables(tmp_path: Path) -> Iterator[list[Cable]]:
    found = [Cable(tmp_path / name) for name in ("left", "right")]
    for cable in found:
        cable.plug_in()
    yield found
    for cable in found:
        cable.pull_out()


@pytest.fixture
def news() -> list[ScanNews]:
    return []


@pytest.fixture
def desk(cables: list[Cable], news: list[ScanNews]) -> Iterator[ScanDesk]:
    desk = ScanDesk(retry_s=0.05)
    desk.report_to(news.append)
    desk.use(";".join(cable.setting for cable in cables))
    until(lambda: len(news) == 2)
    assert set(desk.troubles.values()) == {None}
    news.clear()
    yield desk
    desk.close()


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t", ""], ids=repr)
def test_a_code_comes_however_it_ends(
    desk: ScanDesk, cables: list[Cable], news: list[ScanNews], end: str
) -> None:
    for code in ("6901234567892", "6901234567908"):
        cables[0].scan(code + end)
        until(lambda code=code: [each.code for each in news][-1:] == [code])
    assert {each.device for each in news} == {str(cables[0].link)}


def test_two_at_once_never_mix(desk: ScanDesk, cables: list[Cable], news: list[ScanNews]) -> None:
    pairs = [(f"LEFT-{no:04d}", f"right.{no:04d}") for no in range(40)]
    for one, other in pairs:
        for cable, piece in (
            (0, one[:3]), (1, other[:7]), (0, one[3:] + "\r"), (1, other[7:] + "\n")
        ):  # fmt: skip
            cables[cable].scan(piece)
    until(lambda: len(news) == 2 * len(pairs))
    for cable, at in ((cables[0], 0), (cables[1], 1)):
        mine = [each.code for each in news if each.device == str(cable.link)]
        assert mine == [pair[at] for pair in pairs]


def test_pulled_out_in_the_middle_of_a_code(
    desk: ScanDesk, cables: list[Cable], news: list[ScanNews]
) -> None:
    """The half is no code, it is told once; the other one goes on; plugged in it is there again."""
    cables[0].scan("6901234567892\r690123")
    until(lambda: news)
    time.sleep(0.2)  # the half has been read
    cables[0].pull_out()
    until(lambda: len(news) == 2)
    gone = news[1]
    assert gone.error is not None and gone.error.device == str(cables[0].link)
    assert gone.is_half
    assert desk.troubles[str(cables[0].link)] == gone.error
    cables[1].scan("6901234567908\r")
    until(lambda: len(news) == 3)
    time.sleep(0.3)  # tried again in vain, and not told again
    assert [each.code for each in news] == ["6901234567892", "", "6901234567908"]
    cables[0].plug_in()
    until(lambda: len(news) == 4)
    assert news[3] == ScanNews(str(cables[0].link))
    cables[0].scan("4567892\r")
    until(lambda: len(news) == 5)
    assert news[4].code == "4567892"
    assert desk.troubles[str(cables[0].link)] is None


def test_half_a_code_that_nothing_follows_is_told(
    desk: ScanDesk, cables: list[Cable], news: list[ScanNews]
) -> None:
    cables[0].scan("6901234567892\r6901")
    until(lambda: len(news) == 2)
    assert news[1] == ScanNews(str(cables[0].link), is_half=True)


def test_a_port_that_is_not_there_is_told_once_and_found_later(tmp_path: Path) -> None:
    news: list[ScanNews] = []
    cable = Cable(tmp_path / "late")
    desk = ScanDesk(retry_s=0.02)
    desk.report_to(news.append)
    desk.use(cable.setting)
    until(lambda: news)
    time.sleep(0.2)
    assert len(news) == 1 and news[0].error is not None and not news[0].is_half
    cable.plug_in()
    until(lambda: len(news) == 2)
    assert news[1] == ScanNews(str(cable.link))
    desk.close()
    cable.pull_out()


def test_what_comes_between_two_windows_is_told_to_the_next(
    desk: ScanDesk, cables: list[Cable], news: list[ScanNews]
) -> None:
    desk.report_to(None)
    cables[0].scan("6901\r6902\r")
    until(lambda: len(desk._missed) == 2)
    desk.report_to(news.append)
    assert [each.code for each in news] == ["6901", "6902"]
    desk.report_to(news.append)
    assert len(news) == 2


def test_other_scanners_leave_those_alone_that_stay(
    desk: ScanDesk, cables: list[Cable], news: list[ScanNews]
) -> None:
    desk.use(cables[1].setting)
    assert list(desk.troubles) == [str(cables[1].link)]
    cables[1].scan("6901\r")
    until(lambda: news)
    assert [each.code for each in news] == ["6901"], "it was not opened anew"
    desk.use("serial")
    assert desk.wrong is not None and desk.troubles == {}
    desk.use("")
    assert desk.wrong is None


def test_a_scanner_that_goes_while_its_port_is_opened_comes_back(
    cables: list[Cable], news: list[ScanNews], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system says in that moment is no OSError, and ends no thread."""
    flush, fails = termios.tcflush, iter([True])

    def loose(port: int, queue: int) -> None:
        if next(fails, False):
            raise termios.error(errno.EIO, "Input/output error")
        flush(port, queue)

    monkeypatch.setattr(termios, "tcflush", loose)
    desk = ScanDesk(retry_s=0.05)
    desk.report_to(news.append)
    desk.use(cables[0].setting)
    until(lambda: len(news) == 2)
    desk.close()
    assert [each.error is None for each in news] == [False, True]
