"""A prepared home, made once and copied for each test; and a cashier who stands at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.trust.staff import Staff
from tests.builders import Home
from tests.ui.till.counter.at_counter import CALCIUM, Cashier, cashier_at, shop_home
from ui.look import Look


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return shop_home(tmp_path_factory.mktemp("till"))


@pytest.fixture
def home(prepared: Home, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(prepared.path, tmp_path / "home")))


@pytest.fixture
def cashier(home: Home, qtbot: QtBot, look: Look) -> Iterator[Cashier]:
    with cashier_at(home, qtbot, look) as cashier:
        yield cashier


@pytest.fixture
def fang(cashier: Cashier) -> Staff:
    """A cashier, who stands at the till from now on."""
    return cashier.hand_over_to_fang()


@pytest.fixture
def demanding(home: Home, qtbot: QtBot, look: Look, tmp_path: Path) -> Iterator[Cashier]:
    """Calcium needs its trace codes from now on."""
    table = tmp_path / "traced.csv"
    table.write_text(f"条码,名称,售价,需追溯码\n{CALCIUM},碳酸钙D3片,68.00,是\n", encoding="utf-8")
    home.command("import", "products", str(table))
    with cashier_at(home, qtbot, look) as cashier:
        yield cashier
