"""A store of its own for each test, in a fresh home."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import TillStore
from tests.storage.making import a_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TillStore]:
    store = a_store(tmp_path / "home")
    yield store
    store.close()
