"""One prepared home for this room; each test gets a copy of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.builders import Home


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    home = Home.prepared(folder, products="products.csv", members="members.csv")
    (home.path / "store.reserve").unlink(missing_ok=True)
    return home.path


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    """A till of 中山路店 with the tables of tests/stories, nothing sold yet."""
    return Path(shutil.copytree(template, tmp_path / "home"))
