"""后台电脑的线路: the office speaks with head office only where no till window does."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

import main
from core.ports.central import Uplink
from core.shop import Shop
from core.trust.staff import Staff
from storage.signatures import Ed25519
from tests.actions.conftest import furnished as furnished
from tests.actions.conftest import home as home
from tests.actions.conftest import shop as shop
from tests.actions.conftest import staff as staff
from tests.actions.test_return_elsewhere import line as line
from tests.actions.test_return_elsewhere import told
from tests.actions.test_settle import VITAMIN, settled
from tests.actions.test_store_sales import bare_pc as bare_pc
from tests.actions.test_store_sales import copied, joined
from tests.builders import Home
from tests.chained import PROGRAM, Line
from ui.manage.office_line import OfficeLine
from ui.work import Work


def has(work: Work, no: str) -> bool:
    shop = work.hands.shop
    assert shop is not None
    with shop.store.read() as look:
        return look.sales.by_no(no) is not None


def test_it_takes_the_sales_of_the_store_until_a_till_window_is_there(
    shop: Shop, staff: Staff, line: Line, bare_pc: Home, tmp_path: Path, qtbot: QtBot
) -> None:
    sale = settled(shop, staff, VITAMIN).sale
    told(shop, line)
    pc = copied(bare_pc, tmp_path)
    with joined(pc, line):
        pass
    work, parent = Work(partial(main.visited, pc.path)), QObject()
    speaks = OfficeLine(work, lambda: Uplink(lambda: line, Ed25519, PROGRAM), parent)
    try:
        speaks.look()
        qtbot.waitUntil(lambda: speaks.is_speaking, timeout=10_000)
        qtbot.waitUntil(lambda: has(work, sale.no), timeout=20_000)
        with pc.shop():
            speaks.look()
            qtbot.waitUntil(lambda: not speaks.is_speaking, timeout=10_000)
        speaks.look()
        qtbot.waitUntil(lambda: speaks.is_speaking, timeout=10_000)
    finally:
        speaks.end()
        work.stop()


def test_beside_a_till_it_never_speaks(
    shop: Shop, line: Line, home: Home, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, parent = Work(partial(main.visited, home.path)), QObject()
    speaks = OfficeLine(work, lambda: Uplink(lambda: line, Ed25519, PROGRAM), parent)
    try:
        with monkeypatch.context() as alone:
            alone.setattr("storage.store.is_owned", lambda _: False)
            speaks.look()
            qtbot.waitUntil(lambda: not work.is_busy, timeout=10_000)
        assert not speaks.is_speaking
    finally:
        speaks.end()
        work.stop()
