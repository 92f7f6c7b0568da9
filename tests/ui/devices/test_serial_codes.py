"""串口扫码枪: whatever ends a code and however its bytes are torn, it comes whole or not at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadScannerSetting
from ui.devices.serial_codes import HALF_MS, LONGEST, SILENCE_MS, Codes
from ui.devices.serial_scanner import Port, ports_of

CODES = ["6901234567892", "]C101069\x1d10AB", "S-1"]
ENDS = ["\r", "\n", "\r\n", "\t"]
PIECES = st.lists(st.integers(0, 40), max_size=8).map(sorted)


@pytest.mark.parametrize("end", ENDS, ids=repr)
@given(PIECES)
def test_codes_come_whole_however_they_are_torn(end: str, cuts: list[int]) -> None:
    data, codes, found = "".join(code + end for code in CODES).encode(), Codes(), []
    edges = [0, *cuts, len(data)]
    for at, (left, right) in enumerate(pairwise(edges)):
        found += codes.feed(data[left:right], at)
    assert found == CODES
    assert not codes.is_waiting


def test_a_silence_ends_a_code_that_nothing_else_ends() -> None:
    codes = Codes()
    assert codes.feed(b"69012", 0) == []
    assert codes.silence(SILENCE_MS - 1) == []
    assert codes.feed(b"34", 50) == []
    assert codes.silence(50 + SILENCE_MS) == ["6901234"]
    assert codes.silence(9_999) == []
    assert codes.feed(b"77", 10_000) == []
    assert codes.feed(b"88", 10_000 + SILENCE_MS) == ["77"]


def test_half_a_code_is_no_code_of_a_scanner_that_ends_them() -> None:
    codes = Codes()
    assert codes.feed(b"6901\r69", 0) == ["6901"]
    assert codes.silence(SILENCE_MS) == []
    assert codes.feed(b"02\r", SILENCE_MS) == ["6902"]
    codes.feed(b"69", 1_000)
    assert not codes.drop_half(1_000 + HALF_MS - 1)
    assert codes.drop_half(1_000 + HALF_MS)
    assert not codes.drop_half(1_000 + HALF_MS)
    assert codes.feed(b"6903\r", 3_000) == ["6903"]


def test_what_is_pulled_out_leaves_nothing() -> None:
    codes = Codes()
    codes.feed(b"69", 0)
    assert codes.drop_half()
    assert codes.feed(b"6904\n", 1) == ["6904"]


def test_a_port_that_babbles_fills_no_memory() -> None:
    codes = Codes()
    for at in range(100):
        assert codes.feed(b"x" * LONGEST, at) == []
    assert len(codes._rest) <= LONGEST
    assert codes.feed(b"\r6901\r", 100) == ["6901"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("熟客 1".encode(), "熟客 1"),
        ("熟客 1".encode("gb18030"), "熟客 1"),
        (b"\x00\x026901\x03", "6901"),
        (b"  6901  ", "6901"),
    ],
)
def test_whatever_a_qr_code_is_written_in(data: bytes, code: str) -> None:
    assert Codes().feed(data + b"\r", 0) == [code]


@given(st.binary(max_size=200))
def test_no_bytes_break_it(data: bytes) -> None:
    for code in Codes().feed(data + b"\r", 0):
        assert code.strip(" ") == code != ""


@pytest.mark.parametrize(
    ("setting", "ports"),
    [
        ("", ()),
        ("none", ()),
        ("serial:/dev/ttyACM0", (Port("/dev/ttyACM0", 9600),)),
        ("serial:COM3:115200", (Port("COM3", 115_200),)),
        (
            "serial:/dev/a; serial:/dev/b:19200;serial:/dev/a",
            (Port("/dev/a"), Port("/dev/b", 19_200)),
        ),
    ],
)
def test_a_setting_names_ports(setting: str, ports: tuple[Port, ...]) -> None:
    assert ports_of(setting) == ports


@pytest.mark.parametrize(
    "setting", ["usb", "serial:", "serial:/dev/a:fast", "serial:/dev/a:0", "serial:a;tcp:b"]
)
def test_what_names_no_port_is_refused(setting: str) -> None:
    with pytest.raises(BadScannerSetting):
        ports_of(setting)
