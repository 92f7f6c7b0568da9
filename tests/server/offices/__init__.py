"""Offices as earlier programs made them: their own statements, and what tills had sent by then."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import psycopg
from msgspec import Struct

from core.sync.wire import EventSent
from storage.signatures import Ed25519
from tests.server.tills import TillAtWork

PROGRAMS = ("4201bc08", "65387cd2", "86f277bc")
"""The first of all; one that numbers events, in a revision that others without have too; the last
before every change had a step."""
_TILL = re.compile(r"^-- till (\d): (\w+) (\w+)$", re.MULTILINE)
_LEFT = re.compile(r"^-- to come: (.*)\n-- (\w+) (\w+)$", re.MULTILINE)


class Old(Struct):
    """An office of an earlier program. Till 2 had not sent the second of its three events yet."""

    said: str
    url: str

    def make(self) -> Old:
        """In a database that is empty."""
        if self.url.startswith("sqlite"):
            with sqlite3.connect(self.url.removeprefix("sqlite:///")) as here:
                here.executescript(self.said)
            here.close()
            return self
        with psycopg.connect(self.url) as there:
            there.execute(self.said.encode())
        return self

    def till(self, no: int, till_id) -> TillAtWork:
        """One of its tills, as it left the server."""
        _, key, nonce = next(found for found in _TILL.findall(self.said) if int(found[0]) == no)
        till = TillAtWork(no)
        till.id, till.private_key, till.nonce = till_id, bytes.fromhex(key), bytes.fromhex(nonce)
        assert Ed25519().public_of(till.private_key)
        return till

    def left(self) -> EventSent:
        """What closes the gap of till 2."""
        found = _LEFT.search(self.said)
        assert found is not None
        return EventSent(2, found[1], found[2], found[3])


def old(program: str, url: str) -> Old:
    """What the program of this commit left, for the database at an address."""
    dialect = "sqlite" if url.startswith("sqlite") else "postgresql"
    path = Path(__file__).with_name(f"{program}.{dialect}.sql")
    return Old(path.read_text("utf-8"), url)
