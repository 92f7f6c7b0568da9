"""Homes with a real encrypted store, as `main.py setup` and `import` leave them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

import main
from core.actions.staff import everybody
from core.members.member import MemberFile
from core.ports.upkeep import Finding
from core.shop import Shop
from core.trust.staff import Staff
from storage.engine import connect
from storage.home import home_key, open_home
from storage.store import store_path
from storage.verify import verify
from tests.storage.making import forget_triggers
from ui.console.answer import Answer
from ui.console.till import ConsoleTill
from ui.devices.paper import PaperDesk
from ui.devices.printer import FilePrinter

STORIES = Path(__file__).parent / "stories"
PIN = "246810"
FANG_PIN = "135246"


class Home(Struct, frozen=True):
    """A prepared home of a till."""

    path: Path

    @classmethod
    def prepared(cls, folder: Path, *, products: str = "", members: str = "") -> Home:
        """A till of 中山路店 with the tables of `tests/stories`."""
        home = cls(folder / "home")
        home.command(
            "setup", "--store", "中山路店", "--till", "1", "--manager", "店长", "--pin", PIN
        )
        for what, name in (("products", products), ("members", members)):
            if name:
                home.command("import", what, str(STORIES / name))
        return home

    def command(self, *words: str) -> None:
        """A command of `main.py` that must succeed."""
        code = main.main([*words, "--home", str(self.path)])
        assert code == 0, f"main.py {' '.join(words)} ended with {code}"

    @contextmanager
    def shop(self) -> Iterator[Shop]:
        """The shop of this home."""
        with open_home(self.path) as found:
            yield Shop(found.store, found.clock, found.dice, found.pins, found.machine)

    @contextmanager
    def console(self) -> Iterator[ConsoleTill]:
        """A screenless till of this home; its printer writes to `paper.bin`."""
        paper = PaperDesk(FilePrinter(self.path / "paper.bin"))
        with self.shop() as shop:
            try:
                yield ConsoleTill(shop, paper, self.path / "receipts")
            finally:
                paper.close()

    def tamper(self, statement: str) -> None:
        """Change the file as only somebody with its key could."""
        connection = connect(store_path(self.path), home_key(self.path).key)
        forget_triggers(connection)
        assert connection.execute(statement).rowcount > 0
        connection.close()

    def findings(self) -> list[Finding]:
        """What `verify` finds."""
        with open_home(self.path) as found:
            return verify(found.store)


class StoppedClock:
    """Stands so many seconds after the year 2100 began."""

    def __init__(self, seconds: int) -> None:
        self._us = 4_102_444_800_000_000 + seconds * 1_000_000

    def now_us(self) -> int:
        return self._us

    steady_us = now_us


class GoingOn:
    """The clock of all, which may be put forward."""

    def __init__(self, of: Shop) -> None:
        self.clock, self.ahead_us = of.clock, 0

    def now_us(self) -> int:
        return self.clock.now_us() + self.ahead_us

    def steady_us(self) -> int:
        return self.clock.steady_us() + self.ahead_us


def later(shop: Shop, seconds: int) -> Shop:
    """The shop at an instant that does not go on while the test runs."""
    return replace(shop, clock=StoppedClock(seconds))


def manager_of(shop: Shop) -> Staff:
    """Who was there first."""
    return everybody(shop)[0]


def file_of(shop: Shop, card: str) -> MemberFile:
    """The file of a member with all that they ever spent."""
    with shop.store.read() as reading:
        found = reading.members.file_by_card(card, spend_since=date(2000, 1, 1))
    assert found is not None
    return found


def audit_rows(shop: Shop) -> list[dict[str, Any]]:
    """What the audit holds, oldest first."""
    with shop.store.reader() as connection:  # type: ignore[attr-defined]
        rows = connection.execute("SELECT CAST(data AS BLOB) FROM audit ORDER BY seq").fetchall()
    return [json.loads(data) for (data,) in rows]


def obeyed(console: ConsoleTill, *lines: str) -> Answer:
    """The last answer to several commands, each of which must be done."""
    answer = None
    for line in lines:
        answer = console.obey(line)
        assert answer is not None and answer.ok, f"{line}: {answer and answer.say}"
    assert answer is not None
    json.dumps(answer.record())
    return answer
