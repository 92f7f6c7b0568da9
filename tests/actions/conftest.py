"""A furnished home, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.actions.counter import new_basket
from core.actions.day import open_day
from core.actions.login import login
from core.actions.set_up import add_staff
from core.pricing.basket import Basket
from core.shop import Shop
from core.trust.staff import Role, Staff
from tests.builders import FANG_PIN, PIN, Home


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A till with products and members, its day open."""
    folder = tmp_path_factory.mktemp("furnished")
    home = Home.prepared(folder, products="products.csv", members="members.csv")
    (home.path / "store.reserve").unlink(missing_ok=True)
    with home.shop() as shop:
        open_day(shop, float_fen=200_00, staff=login(shop, PIN))
    return home


@pytest.fixture
def home(furnished: Home, tmp_path: Path) -> Home:
    """A copy of it of one's own."""
    return Home(Path(shutil.copytree(furnished.path, tmp_path / "home")))


@pytest.fixture
def shop(home: Home) -> Iterator[Shop]:
    """Its shop; afterwards everything must verify."""
    with home.shop() as opened:
        yield opened
    assert home.findings() == []


@pytest.fixture
def staff(shop: Shop) -> Staff:
    """The manager."""
    return login(shop, PIN)


@pytest.fixture
def fang(shop: Shop) -> Staff:
    """王芳, a cashier beside the manager."""
    return add_staff(shop, name="王芳", pin=FANG_PIN, role=Role.CASHIER)


@pytest.fixture
def basket(shop: Shop) -> Basket:
    return new_basket(shop).basket
