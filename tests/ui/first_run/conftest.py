"""The real way to a new shop: a real home, the real wizard, and hands that press keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import main
from core.values.first_run import NEW
from ui.first_run.course import Course
from ui.first_run.founding import Founding
from ui.first_run.program import FirstRunWindow
from ui.first_run.step import Step
from ui.look import Look

PIN = "246810"


class Person:
    """Somebody in front of the wizard; `again` is the next start of the program."""

    def __init__(self, qtbot: QtBot, look: Look, home: Path) -> None:
        self._qtbot = qtbot
        self._look = look
        self.home = home
        self.always: dict[str, Callable[..., object]] = {}
        self.founding: Founding = main._founding(home, "nobody")
        self.again()

    def again(self, **other: Callable[..., object]) -> None:
        """Open the program; `other` stands for what the machine does not do now."""
        founding = replace(main._founding(self.home, "nobody"), **(self.always | other))
        self.course = Course(founding)
        self.window = FirstRunWindow(self._look, self.course)
        self._qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        self._qtbot.waitUntil(self.window.isActiveWindow)
        self.window.begin()

    @property
    def step(self) -> Step:
        assert self.window.wizard.step is not None
        return self.window.wizard.step

    @property
    def at(self) -> str:
        return self.step.name

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window.wizard, key)

    def enter(self) -> None:
        self.key(Qt.Key.Key_Return)
        self.rest()

    def on(self) -> None:
        self.find("first_next").click()
        self.rest()

    def rest(self) -> None:
        self._qtbot.waitUntil(lambda: not self.window.wizard.is_busy, timeout=30_000)

    def type(self, name: str, text: str) -> None:
        line = self.window.findChild(QLineEdit, name)
        assert line is not None, name
        line.setFocus()
        line.setText(text)

    def find(self, name: str) -> QWidget:
        found = self.step.findChild(QWidget, name) or self.window.findChild(QWidget, name)
        assert found is not None, name
        return found

    def reads(self, name: str) -> str:
        """The words of something that stands there."""
        found = self.find(name)
        return found.accessibleName()

    def close(self) -> None:
        self.window.close()

    # The way

    def choose(self, way: str) -> None:
        """新开 · 加入连锁 · 恢复, and on to its first step."""
        self.on()
        assert self.at == "way"
        self.find(f"first_way_{way}").click()
        self.on()
        assert self.at == self.course.run.steps[2]

    def to_manager(self) -> None:
        self.choose(NEW)
        self.type("first_store_name", "中山路店")
        self.on()
        assert self.at == "manager"

    def to_recovery(self, recovery: Path) -> None:
        self.to_manager()
        self.say_manager()
        self.type("first_recovery", str(recovery))

    def say_manager(self, pin: str = PIN, again: str = PIN) -> None:
        self.type("first_manager", "李店长")
        self.type("first_pin", pin)
        self.type("first_pin_again", again)
        self.on()

    def to_scanner(self, recovery: Path) -> None:
        self.to_recovery(recovery)
        self.on()
        assert self.course.run.is_prepared
        self.on()
        assert self.at == "scanner"

    def to_goods(self, recovery: Path) -> None:
        self.to_scanner(recovery)
        for _ in ("scanner", "printer", "display"):
            self.find("first_skip").click()
        assert self.at == "goods"

    def open_table(self, file: Path) -> None:
        self.find("first_goods_table").click()
        self.on()
        self.type("first_table", str(file))
        self.enter()


@pytest.fixture
def person(qtbot: QtBot, look: Look, tmp_path: Path) -> Iterator[Person]:
    person = Person(qtbot, look, tmp_path / "home")
    yield person
    person.close()
