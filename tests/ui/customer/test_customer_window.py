"""客显窗口: readable at one metre, never in the way, and painted anew only where it is new."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.customer.drawn import letters
from tests.ui.customer.two_screens import screens_file
from tests.ui.till import baskets, customer_pages
from tests.ui.till.customer_pages import shopping
from ui.customer.part import LEAST_PX
from ui.customer.place import check_link, screen_of
from ui.customer.slides import MOST_PIXELS, picture, pictures_in
from ui.customer.state import NOTHING, CustomerState
from ui.customer.window import CustomerWindow
from ui.look import Look


@pytest.fixture
def window(look: Look, qtbot) -> CustomerWindow:
    made = CustomerWindow(look)
    qtbot.addWidget(made)
    made.show_place("中山路店", "14:32")
    made.show_state(CustomerState.of(baskets.counter(shopping(), file=baskets.member())))
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("size", [(1024, 600), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("page", customer_pages.PAGES)
def test_every_letter_can_be_read_at_one_metre(look: Look, qtbot, size, page) -> None:
    made = page(look, QWidget())
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    for part in made.parts:
        for text, px in letters(part):
            assert px >= LEAST_PX, text


def test_nothing_of_it_takes_the_focus(window: CustomerWindow) -> None:
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    for each in (window, *window.findChildren(QWidget)):
        assert each.focusPolicy() is Qt.FocusPolicy.NoFocus


class Painted(QObject):
    """Where a widget is painted anew."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.areas: list[QRect] = []
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - of Qt
        if isinstance(event, QPaintEvent):
            self.areas.append(event.rect())
        return False


def test_a_line_that_changes_is_painted_and_the_others_are_not(
    window: CustomerWindow, qtbot
) -> None:
    QApplication.processEvents()
    goods, due = Painted(window.goods), Painted(window.due)
    basket = shopping()
    more = replace(basket.lines[4], quantity_milli=500)
    basket = replace(basket, lines=(*basket.lines[:4], more, *basket.lines[5:]))
    counter = baskets.counter(basket, file=baskets.member())
    window.show_state(CustomerState.of(counter))
    qtbot.waitUntil(lambda: bool(goods.areas and due.areas))
    assert all(area.height() <= window.goods.px(window.goods.ROW) for area in goods.areas)


def test_what_is_the_same_is_not_painted_again(window: CustomerWindow) -> None:
    QApplication.processEvents()
    painted = [Painted(part) for part in window.parts]
    window.show_state(CustomerState.of(baskets.counter(shopping(), file=baskets.member())))
    QApplication.processEvents()
    assert [each.areas for each in painted] == [[], [], [], []]


def test_the_line_that_was_touched_is_in_sight(window: CustomerWindow) -> None:
    counter = baskets.counter(shopping(more=20))
    for touched in (1, 9, 20, 26):
        window.show_state(CustomerState.of(replace(counter, changed_line=touched)))
        keys = [row.key for row in window.goods._placed()]
        assert str(touched) in keys
        assert len(keys) == 8


# Where it stands


@pytest.mark.parametrize(
    ("setting", "screens", "till", "place"),
    [
        ("none", ["A", "B"], "A", None),
        ("second", ["A", "B"], "A", "B"),
        ("second", ["A", "B"], "B", "A"),
        ("second", ["A"], "A", None),
        ("screen:B", ["A", "C", "B"], "A", "B"),
        ("screen:B", ["A", "C"], "A", None),
        ("screen:B", ["A", "B"], "B", None),
        ("window", ["A", "B"], "A", None),
    ],
)
def test_it_fills_the_screen_that_was_chosen_and_never_the_tills(
    setting: str, screens: list[str], till: str, place: str | None
) -> None:
    assert screen_of(setting, screens, till) == place


def test_a_code_of_three_hundred_bytes_can_still_be_scanned(look: Look, qtbot) -> None:
    import zxingcpp
    from PIL.ImageQt import fromqimage

    link = "https://shuke.example/" + "a" * 278
    made = customer_pages._window(look, NOTHING, link=check_link(link))
    qtbot.addWidget(made)
    made.show_state(CustomerState.of(baskets.counter(shopping())))
    made.resize(1024, 600)
    found = zxingcpp.read_barcodes(fromqimage(made.grab().toImage()))
    assert [each.text for each in found] == [link]


# Pictures between two sales


def saved(folder: Path, name: str, size: QSize) -> Path:
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(folder / name))
    return folder / name


def test_only_pictures_are_slides(tmp_path: Path) -> None:
    saved(tmp_path, "2.png", QSize(40, 30))
    saved(tmp_path, "1.jpg", QSize(40, 30))
    (tmp_path / "notes.txt").write_text("x")
    with (tmp_path / "0.png").open("wb") as large:
        large.truncate(100_000_000)
    assert [each.name for each in pictures_in(tmp_path)] == ["1.jpg", "2.png"]
    assert pictures_in(tmp_path / "nowhere") == []


def test_what_is_no_picture_or_would_fill_the_memory_is_left_out(tmp_path: Path) -> None:
    broken = tmp_path / "a.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nno")
    assert picture(broken, QSize(800, 600)) is None
    bomb = saved(tmp_path, "b.png", QSize(MOST_PIXELS // 100 + 1, 101))
    assert bomb.stat().st_size < 20_000_000
    assert picture(bomb, QSize(800, 600)) is None


def test_a_large_picture_is_read_as_small_as_it_is_shown(tmp_path: Path) -> None:
    image = picture(saved(tmp_path, "a.jpg", QSize(4_000, 3_000)), QSize(800, 800))
    assert image is not None
    assert image.size() == QSize(800, 600)


def test_pictures_follow_each_other_while_nobody_is_served(
    look: Look, qtbot, tmp_path: Path
) -> None:
    for name in ("a.png", "b.png"):
        saved(tmp_path, name, QSize(40, 30))
    (tmp_path / "a0.png").write_bytes(b"broken")
    made = CustomerWindow(look, tmp_path)
    qtbot.addWidget(made)
    made.slides._turn.setInterval(20)
    made.stand_alone()
    seen: list[str] = []

    def see() -> bool:
        if made.slides._last is not None and made.slides._last.name not in seen[-1:]:
            seen.append(made.slides._last.name)
        return seen[:3] == ["a.png", "b.png", "a.png"]

    qtbot.waitUntil(see, timeout=10_000)
    made.show_state(CustomerState.of(baskets.counter(shopping())))
    assert not made.slides._turn.isActive()


def test_with_two_screens_it_fills_the_one_that_the_till_is_not_on(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.customer.two_screens"],
        env={**os.environ, "QT_QPA_PLATFORM": screens_file(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        ["HDMI-1", [1366, 0, 1024, 600], True, True],
        ["till", [0, 0, 1366, 768], True, True],
    ]
