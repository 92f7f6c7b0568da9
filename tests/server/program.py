"""The server as a process of its own, on any free port, and a client of it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2

from tests.house.sources import HOUSE
from tests.server.tills import as_json


class Running:
    """A server that listens, and a client of it."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process = process
        self.client = httpx2.Client(base_url=url, trust_env=False, timeout=60)

    def ask(self, path: str, value: object, token: str = "") -> Any:
        """The answer to a value, or to the bytes of one."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        body = value if isinstance(value, bytes) else as_json(value)
        answer = self.client.post(path, content=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def end(self, how: signal.Signals) -> str:
        """What it said until then on standard error."""
        self.process.send_signal(how)
        return self.process.communicate(timeout=30)[1]


@contextmanager
def serving(database: str, *words: str) -> Iterator[Running]:
    """Until the block is left, or it is ended before."""
    process = subprocess.Popen(
        [sys.executable, str(HOUSE / "main.py"), "serve", "--port", "0", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "SHUKE_DATABASE": database},
    )
    assert process.stdout and process.stderr
    try:
        said = process.stdout.readline()
        found = re.search(r"http://\S+", said)
        assert found, said + process.stderr.read()
        running = Running(process, found[0])
        with running.client:
            yield running
    finally:
        process.kill()
        process.communicate()
