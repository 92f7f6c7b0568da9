"""练习 on the screen: Ctrl+T begins a lesson and ends it, and the real till stands as it stood."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

import main
from tests.builders import Home
from tests.ui.till.counter.at_counter import VITAMIN
from tests.ui.till.counter.test_settings import Station, station_at
from ui.till.notices import ERROR


@pytest.fixture
def station(home: Home, qtbot: QtBot) -> Iterator[Station]:
    training = partial(main.visited, home.path, is_training=True)
    with station_at(home, qtbot, training=training) as station:
        yield station


def band_of(station: Station) -> bool:
    return any(
        each.objectName() == "training_band" and each.isVisible()
        for each in station.program.frame.children()
        if hasattr(each, "isVisible")
    )


def test_a_lesson_begins_and_ends_by_a_key(station: Station) -> None:
    station.log_in()
    real = station.cashier.window
    station.cashier.press("Ctrl+T")
    station.bot.waitUntil(lambda: station.program.till is not real and band_of(station))
    station.log_in()
    cashier = station.cashier
    cashier.scan(VITAMIN)
    cashier.pay()
    cashier.press("Esc")
    cashier.settle_down()
    lesson = station.program.till
    cashier.scan(VITAMIN)
    cashier.press("Ctrl+T")
    station.bot.waitUntil(lambda: station.program.till is not lesson)
    assert not band_of(station)
    assert station.program.till.lock.is_laid
    with station.shops[0].store.read() as reading:
        assert reading.sales.last() is None
    assert station.printer.printed == []


def test_no_lesson_while_goods_wait(station: Station) -> None:
    station.log_in()
    station.cashier.scan(VITAMIN)
    real = station.cashier.window
    station.cashier.press("Ctrl+T")
    station.bot.waitUntil(lambda: "练习没有开始" in real.page.basket.notices.text(ERROR))
    assert station.program.till is real
