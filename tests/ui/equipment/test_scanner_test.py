"""扫码枪自检: keys and codes go in, words come out; and a decoder reads what the screen shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.devices.scan_trial import SAMPLES, Fault
from ui.equipment.scanner_test import ScannerTest
from ui.look import Look

CODE = SAMPLES["code128"]
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def test(qtbot: QtBot, look: Look) -> ScannerTest:
    widget = ScannerTest(look)
    qtbot.addWidget(widget)
    widget.resize(960, 470)
    widget.show()
    widget.activateWindow()
    widget.setFocus()
    return widget


@pytest.fixture
def scan(test: ScannerTest) -> Callable[..., None]:
    at_ms = [10**9]

    def scan(signs: str, gap_ms: int = 3) -> None:
        at_ms[0] += 1000
        for sign in signs:
            key = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}.get(
                sign, Qt.Key(ord(sign.upper()))
            )
            event = QKeyEvent(QEvent.Type.KeyPress, key, NO_KEY, sign)
            event.setTimestamp(at_ms[0])
            QApplication.sendEvent(test, event)
            at_ms[0] += gap_ms

    return scan


def said(test: ScannerTest) -> str:
    assert test._banner is not None
    return test._banner.accessibleName()


@pytest.mark.parametrize("theme", ["light", "dark", "high_contrast"])
@pytest.mark.parametrize("size", [(960, 470), (893, 357), (640, 380)])
@pytest.mark.parametrize("kind", SAMPLES)
def test_a_decoder_reads_what_is_shown(
    qtbot: QtBot, kind: str, size: tuple[int, int], theme: str
) -> None:
    widget = ScannerTest(Look.load(theme))
    qtbot.addWidget(widget)
    widget.resize(*size)
    widget.show()
    widget.show_kind(kind)
    QApplication.processEvents()
    shown = widget.picture.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    data = bytes(shown.constBits())
    picture = Image.frombytes(
        "RGB", (shown.width(), shown.height()), data, "raw", "RGB", shown.bytesPerLine()
    )
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [SAMPLES[kind]]


def test_three_scans_and_enter(test: ScannerTest, scan: Callable[..., None]) -> None:
    accepted: list[bool] = []
    test.accepted.connect(lambda: accepted.append(True))
    assert "还没有收到" in said(test)
    for left in (2, 1):
        scan(CODE + "\r")
        assert f"同一个码再扫 {left} 次" in said(test)
    scan(CODE + "\r")
    assert "三次都一样" in said(test)
    assert accepted == []
    scan("\r")
    assert accepted == [True]
    assert test.found is not None and test.found.habits is not None
    assert (test.found.habits.end, test.found.slowest_gap_ms) == ("enter", 3)


def test_another_code_begins_anew_and_that_is_said(
    test: ScannerTest, scan: Callable[..., None]
) -> None:
    for code in (CODE, "6905120012039"):
        scan(code + "\r")
    assert "换了一个码，从头数：这个码再扫 2 次" in said(test)
    letters = test._facts[-1].accessibleName()
    assert "还没试" not in letters and "都对" in letters, "the letters came a scan before"
    scan("6905120012039\r")
    assert "第 2 次，同一个码再扫 1 次" in said(test)


def test_tab_and_nothing_end_a_code_too(
    test: ScannerTest, scan: Callable[..., None], qtbot: QtBot
) -> None:
    scan(CODE + "\t")
    assert test.found is not None and test.found.end == "tab"
    assert test.hasFocus()
    scan(CODE)
    qtbot.waitUntil(lambda: test.found is not None and test.found.count == 2)
    assert test.found.end == "none"


def test_what_is_wrong_is_said_in_one_sentence(
    test: ScannerTest, scan: Callable[..., None]
) -> None:
    for text, words in (
        (CODE.swapcase(), "Caps Lock"),
        (CODE[2:], "丢了 2 个字符"),
        ("QQZwym-1234567890", "美式英语"),
    ):
        test.begin()
        scan(text + "\r")
        assert words in said(test)
    test.begin()
    for _ in range(3):
        scan("XAZwym-1234567890\r")
    assert "键盘布局" in said(test) and "照量到的设置" in said(test)


def test_an_input_method_is_seen(test: ScannerTest, scan: Callable[..., None]) -> None:
    QApplication.sendEvent(test, QInputMethodEvent("qaz", []))
    written = QInputMethodEvent()
    written.setCommitString("请安装")
    QApplication.sendEvent(test, written)
    scan("123456\r")
    assert test.found is not None and test.found.to_mend == (Fault.INPUT_METHOD,)
    assert "切到英文" in said(test)


def test_what_a_hand_types_counts_for_nothing(test: ScannerTest, scan: Callable[..., None]) -> None:
    scan("139123\r", gap_ms=180)
    assert test.found is None


def test_a_serial_scanner_is_tested_as_well(test: ScannerTest) -> None:
    for _ in range(3):
        test.take_code(CODE)
    assert "三次都一样" in said(test)
    assert test.found is not None and test.found.habits is None


def test_arrows_change_the_code(test: ScannerTest) -> None:
    shown = []
    for _ in range(4):
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, NO_KEY)
        QApplication.sendEvent(test, key)
        shown.append(test.picture.accessibleName())
    assert shown[0] == shown[3] and set(shown) == set(SAMPLES.values())
    assert test.hasFocus()
