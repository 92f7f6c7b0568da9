"""扫码枪: into every kind of widget, at every pace, and not one sign of it is left there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.till.scan_bench import (
    CODE,
    MIXED,
    NAMES,
    PACES,
    TRACKS,
    WIDGETS,
    Bench,
    bench_of,
    pin,
    seen,
)
from ui.devices.burst import LATEST_END_MS
from ui.devices.habits import LEARNED, NO_END, TAB_END, Habits
from ui.devices.stripe import NEXT_TRACK_MS
from ui.look import Look


@pytest.fixture
def bench(qtbot: QtBot, look: Look) -> Iterator[Bench]:
    with bench_of(qtbot, look) as found:
        yield found


@pytest.mark.parametrize("pace_ms", PACES)
@pytest.mark.parametrize("make", WIDGETS, ids=NAMES)
def test_not_one_sign_stays_in(bench: Bench, make: Callable[[Bench], QWidget], pace_ms: float):
    bench.begin()
    widget = make(bench)
    before = seen(widget), QApplication.focusWidget()
    for code in (CODE, MIXED):
        bench.type(code + "\r", gap_ms=pace_ms)
        bench.type(code + "\t", gap_ms=pace_ms)
    assert (seen(widget), QApplication.focusWidget()) == before
    assert bench.landing.edit.text() == ""
    assert bench.scanned == [CODE, CODE, MIXED, MIXED]


def test_a_sign_whose_shift_was_let_go_first_holds_up_no_scan(bench: Bench) -> None:
    bench.begin()
    widget = bench.put(QLineEdit("12"))
    bench.shifted("*", "8")
    bench.type(CODE + "\r", after_ms=200)
    assert bench.scanned == [], "so soon behind a key that a hand pressed no code begins"
    widget.clear()
    bench.shifted("*", "8")
    bench.type(CODE + "\r")
    assert bench.scanned == [CODE]
    assert widget.text() == "*"


def test_a_scanner_lets_its_shift_go_first(bench: Bench) -> None:
    bench.begin()
    widget = bench.put(QLineEdit("12"))
    for sign, alone in ("HH", ":;", "_-", "AA"):
        bench.shifted(sign, alone)
    bench.type("690\r", after_ms=2)
    assert bench.scanned == ["H:_A690"]
    assert widget.text() == "12"


@pytest.mark.parametrize("make", [WIDGETS[0], WIDGETS[-1]], ids=["elsewhere", "in the input"])
@pytest.mark.parametrize("pace_ms", [2, 30])
def test_a_scanner_that_ends_with_nothing_ends_after_its_gap(
    bench: Bench, make: Callable[[Bench], QWidget], pace_ms: float
) -> None:
    bench.begin(Habits(slowest_gap_ms=60, end=NO_END))
    widget = make(bench)
    before = seen(widget)
    bench.type(CODE, gap_ms=pace_ms)
    bench.bot.waitUntil(lambda: bench.scanned == [CODE])
    bench.type(CODE, gap_ms=pace_ms)
    bench.type(MIXED, gap_ms=pace_ms, after_ms=80)  # before anybody looked at the clock
    bench.bot.waitUntil(lambda: bench.scanned == [CODE, CODE, MIXED])
    assert seen(widget) == before


def test_an_enter_that_comes_after_all_is_no_enter(bench: Bench) -> None:
    bench.begin(Habits(slowest_gap_ms=40, end=NO_END))
    edit = QLineEdit()
    entered: list[str] = []
    edit.returnPressed.connect(lambda: entered.append(edit.text()))
    bench.put(edit)
    bench.type(CODE)
    bench.bot.waitUntil(lambda: bench.scanned == [CODE])
    bench.type("\r", after_ms=LATEST_END_MS)
    assert entered == []
    bench.type("\r")
    assert entered == [""]


def test_what_a_hand_types_waits_for_no_scanner(bench: Bench) -> None:
    bench.begin(Habits(slowest_gap_ms=60, end=NO_END))
    edit = bench.put(QLineEdit())
    bench.type("13812345678", gap_ms=120, held_ms=80)
    assert (edit.text(), bench.scanned) == ("13812345678", [])


def test_only_tab_ends_where_only_tab_was_measured(bench: Bench) -> None:
    bench.begin(Habits(end=TAB_END))
    bench.put(QLineEdit())
    bench.type(CODE + "\t")
    bench.type(CODE + "\r")
    assert bench.scanned == [CODE]


@pytest.mark.parametrize(
    ("habits", "typed", "code"),
    [
        (Habits(prefix="]E0", suffix="#"), "]E0" + CODE + "#", CODE),
        (Habits(prefix="x"), CODE, CODE),
        (Habits(layout="azerty"), "-çà&é\"'(-è_çé", CODE),
        (Habits(layout="azerty"), "AZQWM", "QWAZ:"),
        (Habits(layout="shifted"), "^(!@#$%", "6912345"),
        (Habits(layout="qwertz"), "zY-ß", "yZ/-"),
        (Habits(layout=LEARNED + "q1w2"), "qwqw", "1212"),
        (Habits(layout="klingon"), CODE, CODE),
        (Habits(), "６９０１２３４５６７８９２", CODE),
    ],
)
def test_what_was_meant(bench: Bench, habits: Habits, typed: str, code: str) -> None:
    bench.begin(habits)
    bench.type(typed + "\r")
    assert bench.scanned == [code]
    assert bench.landing.edit.text() == ""


@pytest.mark.parametrize("make", [WIDGETS[0], WIDGETS[-1]], ids=["elsewhere", "in the input"])
def test_the_tracks_of_a_stripe_are_one_scan_and_shown_nowhere(
    bench: Bench, make: Callable[[Bench], QWidget]
) -> None:
    bench.begin()
    make(bench)
    shown: list[str] = []
    for edit in bench.window.findChildren(QLineEdit):
        edit.textChanged.connect(shown.append)
    bench.type(TRACKS[0] + "\r")
    bench.type(TRACKS[1] + "\r", after_ms=20)
    assert bench.scanned == []
    bench.bot.waitUntil(lambda: bench.scanned == ["".join(TRACKS)])
    bench.type(TRACKS[1] + "\r")
    bench.type(CODE + "\r", after_ms=NEXT_TRACK_MS)
    assert bench.scanned[1:] == [TRACKS[1], CODE]
    assert "".join(shown) == "" or "6212" not in "".join(shown)


def test_what_a_hand_types_behind_a_swipe_does_not_keep_it(bench: Bench) -> None:
    bench.begin()
    bench.type(TRACKS[1] + "\r")
    bench.type("a", held_ms=80)
    bench.bot.waitUntil(lambda: bench.scanned == [TRACKS[1]])
    assert bench.landing.edit.text() == "a"


@pytest.mark.parametrize("make", [WIDGETS[0], WIDGETS[-1]], ids=["elsewhere", "in the input"])
@pytest.mark.parametrize("pace_ms", [2, 12.5, 30])
def test_an_input_method_is_off_while_a_scanner_types(
    bench: Bench, make: Callable[[Bench], QWidget], pace_ms: float
) -> None:
    """Letters are composed until no hand could have typed them; the rest comes as keys."""
    bench.begin()
    widget = make(bench)
    before = seen(widget)
    for end in range(1, 5):
        bench.compose("SKAB"[:end], gap_ms=pace_ms)
    assert not widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    bench.type("-123\r", gap_ms=pace_ms, after_ms=int(pace_ms))
    assert bench.scanned == ["SKAB-123"]
    assert seen(widget) == before
    assert widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_what_a_hand_was_composing_is_written(bench: Bench) -> None:
    bench.begin()
    edit = bench.put(QLineEdit())
    for end in range(1, 4):
        bench.compose("li "[:end].strip(), gap_ms=150)
    for end in range(1, 5):
        bench.compose("li" + "SKAB"[:end], gap_ms=5 if end > 1 else 400)
    bench.type("12\r", after_ms=5)
    assert (bench.scanned, edit.text()) == (["SKAB12"], "li")


def test_what_an_input_method_writes_at_once_is_a_scan(bench: Bench) -> None:
    """Three letters are too few to be sure; Enter writes them with the digits between."""
    bench.begin()
    edit = bench.put(QLineEdit())
    for sign in CODE[:3]:
        bench.commit(sign)
    bench.type(CODE[3:] + "\r", after_ms=2)
    assert (bench.scanned, edit.text()) == ([CODE], "")
    for sign in "６９０１２３４５６７８９２":
        bench.commit(sign)
    bench.type("\r", after_ms=2)
    assert (bench.scanned, edit.text()) == ([CODE, CODE], "")


def test_a_hand_composes_as_ever(bench: Bench) -> None:
    bench.begin()
    edit = bench.put(QLineEdit())
    for end in range(1, 8):
        bench.compose("xiaohua"[:end], gap_ms=70)
    bench.commit("小华", gap_ms=300)
    bench.commit("1", gap_ms=400)
    bench.bot.waitUntil(lambda: edit.text() == "小华1")
    assert bench.scanned == []


def test_no_code_begins_in_the_middle_of_what_an_input_method_writes(bench: Bench) -> None:
    """A digit chose a word and is gone: what is left of the code is not a code."""
    bench.begin()
    bench.put(QLineEdit())
    bench.compose("a")
    bench.commit("啊")
    bench.type(CODE[1:] + "\r", after_ms=2)
    assert bench.scanned == []


def test_whoever_wants_every_key_has_it(bench: Bench) -> None:
    bench.begin()
    edit = QLineEdit()
    edit.takes_every_key = True
    bench.put(edit)
    bench.type(CODE + "\r")
    assert (edit.text(), bench.scanned) == (CODE, [])


def test_two_scanners_of_different_paces_follow_each_other(bench: Bench) -> None:
    bench.begin()
    bench.put(QLineEdit())
    for no in range(10):
        bench.type(CODE + "\r", gap_ms=2 if no % 2 else 60, after_ms=20)
    assert bench.scanned == [CODE] * 10


@pytest.mark.parametrize("held_ms", [1, 39, 70], ids=["not held", "half of it", "held"])
@pytest.mark.parametrize("make", [WIDGETS[0], pin], ids=["line edit", "pin"])
def test_a_quick_hand_has_what_it_typed(
    bench: Bench, make: Callable[[Bench], QWidget], held_ms: int
) -> None:
    """Keys of 79 ms, and Enter as quickly behind them: a PIN, and a phone."""
    bench.begin()
    make(bench)
    edit = QApplication.focusWidget()
    assert isinstance(edit, QLineEdit)
    edit.clear()
    entered: list[str] = []
    edit.returnPressed.connect(lambda: entered.append(edit.text()))
    for keys in ("246813", "13812345678"):
        bench.type(keys + "\r", gap_ms=79, held_ms=held_ms)
        edit.clear()
    assert (entered, bench.scanned) == (["246813", "13812345678"], [])
