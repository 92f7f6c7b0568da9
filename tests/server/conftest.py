"""An office on each database, and its server as an app."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient

from core.actions.enrol_till import name_store
from core.actions.head_office import begin_serving
from core.shop import HeadOffice
from server.app import make_app
from server.program import opened_office
from server.settings import Settings
from tests.server.postgres import NEEDED, Postgres, binaries, running
from tests.server.tills import Clock

BOTH = ("sqlite", "postgresql")
PATIENT = Settings(enrolments_a_minute=100_000, sessions_a_minute=100_000)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Started once for all tests of a process."""
    programs = binaries()
    if programs is None:
        pytest.skip(NEEDED)
    with running(programs) as server:
        yield server


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty one."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'office.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.fresh()


@pytest.fixture(scope="module", params=BOTH)
def lasting(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[HeadOffice]:
    """An office for all tests of a module: each has its own tills."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('office') / 'office.db'}"
    else:
        url = request.getfixturevalue("postgres").fresh()
    with opened_office(url, None) as office:
        yield _furnished(office)


@pytest.fixture
def office(database: str) -> Iterator[HeadOffice]:
    """康源 with 中山路店, on an empty database, with a clock that one can move."""
    with opened_office(database, None) as office:
        yield _furnished(replace(office, clock=Clock()))


def _furnished(office: HeadOffice) -> HeadOffice:
    begin_serving(office, "康源")
    name_store(office, "S01", "中山路店")
    return office


@pytest.fixture
def client(office: HeadOffice) -> Iterator[TestClient]:
    """Its server; a bug answers 500, as it does in earnest."""
    with TestClient(make_app(office, PATIENT), raise_server_exceptions=False) as client:
        yield client
