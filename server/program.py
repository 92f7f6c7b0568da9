"""The server as a program: it opens the store, listens, and stops when it is told to."""

from __future__ import annotations

import gc
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from msgspec.structs import replace

from core.errors import PlaceTaken, Shortfall
from core.rulebook.rulebook import Rulebook
from core.shop import HeadOffice
from server.settings import Settings
from storage.machine import SystemClock, SystemDice
from storage.office.crew import Processes
from storage.office.engine import home_database
from storage.office.store import open_office
from storage.signatures import Ed25519
from storage.tables import Table, open_table

DATABASE = "SHUKE_DATABASE"
"""The address may hold a password: in the environment fewer see it than among the words."""


@contextmanager
def opened_office(database: str | None, home: Path | None) -> Iterator[HeadOffice]:
    """The head office on a database, on the file of a folder, or on what the environment says."""
    address = database or (home_database(home) if home else os.environ[DATABASE])
    store, crew = open_office(address), Processes()
    try:
        yield HeadOffice(store, SystemClock(), SystemDice(), Ed25519(), crew)
    finally:
        crew.close()
        store.close()


def in_zone(office: HeadOffice, zone: str, day_ends_hour: int) -> HeadOffice:
    """Where its business day ends by the clocks of this zone; raises BadZone."""
    from storage.home import zone_named

    return replace(office, zone=zone_named(zone), day_ends_hour=day_ends_hour)


def rulebook_in(path: Path) -> Rulebook:
    """That of a file which a person wrote; raises BadRule."""
    from storage.rulebook_file import load_rulebook

    return load_rulebook(path)


def table_in(path: Path) -> Table:
    """An open CSV or XLSX file; raises NotATable, FileUnreadable."""
    return open_table(path)


def serve(
    office: HeadOffice,
    host: str,
    port: int,
    log_level: str,
    *,
    prices_behind: bool = False,
    words: Callable[[Shortfall], str] = str,
    on_listening: Callable[[str, int], None],
) -> None:
    """Answer until SIGTERM or SIGINT; what was begun by then is finished. Raises PlaceTaken."""
    import uvicorn

    from server.app import make_app
    from server.logs import keep_logs

    settings = Settings()
    keep_logs(log_level)
    with _listening(host, port) as place, _pricing(office, is_behind=prices_behind) as office:
        config = uvicorn.Config(
            make_app(office, settings, words),
            log_config=None,
            access_log=False,
            server_header=False,
            limit_concurrency=settings.connections,
            timeout_graceful_shutdown=settings.stop_s,
        )
        # Whatever stands now stands until the end: no search for garbage need go through it.
        gc.freeze()
        on_listening(host, place.getsockname()[1])
        # Once it has stopped, the server raises the signal again for whoever started it.
        signal.signal(signal.SIGTERM, lambda *_: None)
        uvicorn.Server(config).run(sockets=[place])


@contextmanager
def _pricing(office: HeadOffice, *, is_behind: bool) -> Iterator[HeadOffice]:
    """What is done behind must not take the time of those who wait for an answer."""
    if not is_behind:
        yield office
        return
    from core.actions.receive import doubt_of

    with closing(Processes(are_patient=True)) as crew:
        crew.begin(doubt_of)
        yield replace(office, crew=crew, prices_behind=True)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With its protocol named: otherwise each answer waits 40 ms for an acknowledgement of its head.
    place = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # a port that was just let go of is free; elsewhere it means more
            place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        place.bind((host, port))
        place.listen(512)
    except (OSError, OverflowError):
        place.close()
        raise PlaceTaken(f"{host}:{port}") from None
    return place
