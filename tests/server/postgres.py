"""A real PostgreSQL for the tests: its own folder and port, gone when they end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

NEEDED = (
    "PostgreSQL is not on this machine: `make setup` installs it where it may, "
    "by hand it is `apt-get install postgresql`"
)
_QUICK = "-c fsync=off -c full_page_writes=off"


class Postgres:
    """A running server of databases."""

    def __init__(self, port: int) -> None:
        self._url = f"postgresql://postgres@127.0.0.1:{port}"
        self._numbers = count(1)

    def fresh(self) -> str:
        """The address of an empty schema: a database of its own is 7 MB, and takes its time."""
        name = f"office{next(self._numbers)}"
        self.do(f"CREATE SCHEMA {name}")
        return f"{self._url}/postgres?options=-csearch_path%3D{name}"

    def fresh_database(self) -> str:
        """The address of an empty database."""
        name = f"office{next(self._numbers)}"
        self.do(f"CREATE DATABASE {name}")
        return f"{self._url}/{name}"

    def do(self, statement: str) -> None:
        """As the administrator."""
        with psycopg.connect(f"{self._url}/postgres", autocommit=True) as connection:
            connection.execute(statement.encode())


def binaries() -> Path | None:
    """Where initdb and pg_ctl lie; None where they do not."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return places[-1].parent if places else None


@contextmanager
def running(programs: Path, *, settings: str = _QUICK) -> Iterator[Postgres]:
    """Root may not run it: it becomes the user of the same name then.

    What is tested is no power cut: nothing waits for the disk.
    """
    is_root = os.name == "posix" and os.geteuid() == 0
    user = ["runuser", "-u", "postgres", "--"] if is_root else []
    folder = Path(tempfile.mkdtemp(prefix="shuke-pg-"))
    if is_root:
        shutil.chown(folder, "postgres", "postgres")
    data, port = folder / "data", _free_port()

    def run(program: str, *words: str) -> None:
        command = [*user, str(programs / program), *words]
        log = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=60
        )
        assert log.returncode == 0, log.stdout + log.stderr

    try:
        run("initdb", "-D", str(data), *"-A trust -E UTF8 --locale=C.UTF-8 -N -U postgres".split())
        # Its output must go to a file: a pipe would stay open as long as it runs.
        begun = ["-w", "-s", "-D", str(data), "-l", str(folder / "log"), "-o"]
        place = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        run("pg_ctl", *begun, f"{place} {settings}", "start")
        try:
            yield Postgres(port)
        finally:
            run("pg_ctl", "-w", "-s", "-m", "immediate", "-D", str(data), "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as place:
        return int(place.getsockname()[1])
