"""A screen is unplugged, and plugged in again: the window stays where somebody sees it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

from ui.screens import SETTLE_MS, InSight, place_in

LEFT = QRect(0, 0, 1366, 768)
RIGHT = QRect(1366, 0, 1920, 1080)
SMALL = QRect(0, 0, 800, 600)


@pytest.mark.parametrize(
    ("shown", "areas", "place"),
    [
        pytest.param(QRect(1500, 90, 1366, 700), [LEFT, RIGHT], None, id="wholly on one screen"),
        pytest.param(QRect(700, 0, 1366, 700), [LEFT, RIGHT], None, id="over two screens"),
        pytest.param(
            QRect(1500, 90, 1366, 700), [LEFT], QRect(0, 68, 1366, 700), id="its screen is gone"
        ),
        pytest.param(QRect(1500, 90, 1366, 700), [SMALL], SMALL, id="the other one is smaller"),
        pytest.param(
            QRect(-900, 20, 1000, 700),
            [LEFT, RIGHT],
            QRect(0, 20, 1000, 700),
            id="a part is out of sight",
        ),
    ],
)
def test_a_window_belongs_wholly_on_screens(shown, areas, place) -> None:
    assert place_in(shown, areas) == (place or shown)


@pytest.fixture
def window(qtbot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(1500, 90, 1300, 700)
    window.show()
    return window


@pytest.fixture
def in_sight(window: QWidget, monkeypatch) -> InSight:
    """Screens that can be pulled out: `areas` is all that it asks of the system."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    in_sight = InSight(app, window)
    monkeypatch.setattr(in_sight, "areas", lambda: [LEFT, RIGHT])
    return in_sight


def pull(in_sight: InSight, monkeypatch, areas: list[QRect]) -> None:
    monkeypatch.setattr(in_sight, "areas", lambda: areas)
    in_sight.look()


def test_a_window_moves_when_its_screen_is_pulled_and_goes_home(
    window, in_sight, qtbot, monkeypatch
) -> None:
    home = window.geometry()
    with qtbot.waitSignal(in_sight.moved):
        pull(in_sight, monkeypatch, [LEFT])
    assert LEFT.contains(window.frameGeometry())
    with qtbot.assertNotEmitted(in_sight.moved):
        pull(in_sight, monkeypatch, [LEFT, RIGHT])
    assert window.geometry() == home


def test_a_window_that_a_person_moved_meanwhile_stays(window, in_sight, monkeypatch) -> None:
    pull(in_sight, monkeypatch, [LEFT])
    window.setGeometry(10, 40, 900, 600)
    pull(in_sight, monkeypatch, [LEFT, RIGHT])
    assert window.geometry() == QRect(10, 40, 900, 600)


def test_a_window_that_fills_its_screen_fills_the_next(
    window, in_sight, qtbot, monkeypatch
) -> None:
    window.showMaximized()
    with qtbot.waitSignal(in_sight.moved):
        pull(in_sight, monkeypatch, [LEFT])
    assert window.isMaximized()
    assert LEFT.contains(window.geometry())


def test_without_any_screen_nothing_moves(window, in_sight, qtbot, monkeypatch) -> None:
    home = window.geometry()
    with qtbot.assertNotEmitted(in_sight.moved):
        pull(in_sight, monkeypatch, [])
    assert window.geometry() == home


def test_it_looks_when_the_system_tells_of_screens(window, in_sight, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(in_sight, "areas", lambda: [LEFT])
    with qtbot.waitSignal(in_sight.moved, timeout=10 * SETTLE_MS):
        QApplication.primaryScreen().availableGeometryChanged.emit(LEFT)
    assert LEFT.contains(window.frameGeometry())
