"""存文件、印文件: made on a thread; kept where a person chooses, or printed by the system."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.devices import sound
from ui.devices.document import print_document
from ui.devices.files import write_file
from ui.file_dialog import ask_for_folder, ask_where
from ui.labour import Labour
from ui.text import sentence, tr
from ui.widgets.said import Said

Make = Callable[[], bytes]


class Filing(QObject):
    """One file at a time. `said` tells what became of it, and of what else is done there.

    `kept`: a file lies where a person chose.
    """

    kept = Signal()

    def __init__(self, owner: QWidget, said: Said, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._owner = owner
        self._said = said
        self._labour = Labour(self)

    def keep(self, name: str, make: Make) -> None:
        """Ask where a file that is called so goes, and make it there."""
        ask_where(self._owner, name, lambda chosen: self.write(Path(chosen), make))

    def keep_all(self, make: Callable[[Path], int]) -> None:
        """Ask for a folder; `make` puts its files there, and says how many."""

        def begin(chosen: str) -> None:
            self._begin(lambda: make(Path(chosen)), lambda _count: self._kept(Path(chosen)))

        ask_for_folder(self._owner, begin)

    def write(self, path: Path, make: Make) -> None:
        """Make a file at a place that is known."""
        self._begin(lambda: write_file(path, make()), lambda _none: self._kept(path))

    def print(self, path: Path, make: Make) -> None:
        """Make a file, and give it to the printer of the system."""

        def do() -> None:
            write_file(path, make())
            print_document(path)

        self._begin(do, lambda _none: self._said.say(tr("已送去打印。")))

    def _begin(self, do: Callable[[], object], then: Callable[[object], object]) -> None:
        if self._labour.is_busy:
            sound.play_error()
            self._said.say(tr("上一个文件还没有存好。等它存好，再存这一个。"), is_wrong=True)
        else:
            self._labour.begin(do, then=then, failed=self.fail)

    def _kept(self, path: Path) -> None:
        self._said.say(tr("存到 {path}", path=path))
        self.kept.emit()

    def fail(self, error: Exception) -> None:
        """Say, with a sound, why it was not done."""
        sound.play_error()
        self._said.say(sentence(error), is_wrong=True)
