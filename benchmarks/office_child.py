"""The office at work, again and again: the table of members filled, every report, all exported.

`python -m benchmarks.office_child HOME` opens it as `main.py manage` does, and says `ready` when
its window stands and the shop is open. It is ended from outside; what fails ends it with 1.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

import main as program
from benchmarks.reporting import FIRST, LAST
from core.actions.approve import approve
from core.actions.export_members import ExportWish, MemberColumn, export_members
from core.actions.login import login
from core.actions.reports import questions, report
from core.actions.roll import fill_roll
from core.actions.set_up import add_staff
from core.ports.roll import Filling, Wanted
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Role, Staff
from ui.manage.members.export_file import write_members
from ui.manage.window import ManageWindow
from ui.work import Work

POLL_MS = 10
PIN, SECOND, SECOND_PIN = "246810", "二店长", "864209"


def _export(shop: Shop, table: Path, staff: Staff) -> None:
    by = approve(shop, right=Right.EXPORT_MEMBERS, pin=SECOND_PIN, staff=staff, name=SECOND)
    columns = tuple(MemberColumn)

    def write(count: int, lines: Iterator[object]) -> None:
        write_members(table, columns, count, lines, lambda _done, _all: None)  # type: ignore[arg-type]

    export_members(shop, ExportWish(Wanted(), columns), write, staff=staff, approval=by)


class _Manager(QObject):
    """Asks for the next as soon as the last is answered."""

    def __init__(self, table: Path) -> None:
        super().__init__()
        self._table = table
        self._work: Work | None = None
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look)
        self._looking.start(POLL_MS)

    def _look(self) -> None:
        for top in QApplication.topLevelWidgets():
            if isinstance(top, ManageWindow) and top._work.hands.shop is not None:  # noqa: SLF001
                self._looking.stop()
                self._work = top._work  # noqa: SLF001
                self._ask(_in, self._begun)

    def _begun(self, found: tuple[Staff, tuple[str, ...]]) -> None:
        self._staff, names = found
        reports = [partial(_reported, name) for name in names]
        self._deeds = cycle([*reports, partial(_export, table=self._table, staff=self._staff)])
        print("ready", flush=True)
        self._fill()

    def _fill(self, far: Filling | None = None) -> None:
        if far is None or not far.is_done:
            self._ask(partial(fill_roll, staff=self._staff), self._fill)
        else:
            self._next()

    def _next(self, _done: object = None) -> None:
        self._ask(next(self._deeds), self._next)

    def _ask(self, deed: object, then: object) -> None:
        assert self._work is not None
        self._work.ask(deed, topic="busy", then=then, failed=_fail)  # type: ignore[arg-type]


def _in(shop: Shop) -> tuple[Staff, tuple[str, ...]]:
    staff = login(shop, PIN)
    add_staff(shop, name=SECOND, pin=SECOND_PIN, role=Role.MANAGER)  # two allow an export
    return staff, tuple(questions(shop))


def _reported(name: str, shop: Shop) -> None:
    report(shop, name, FIRST, LAST)


def _fail(error: Exception) -> None:
    print(repr(error), file=sys.stderr, flush=True)
    os._exit(1)


def main(home: str) -> int:
    """Open it, and keep it busy."""
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        manager = _Manager(Path(folder) / "members.csv")
        try:
            return program.main(["manage", "--home", home])
        finally:
            del manager, app


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
