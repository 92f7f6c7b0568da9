"""存文件: one at a time, and a second is answered."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.filing import Filing
from ui.look import Look
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet


def test_a_second_file_while_one_is_made_is_told_to_wait(
    look: Look, qtbot: QtBot, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    said = Said(look, name="said")
    qtbot.addWidget(said)
    filing = Filing(Sheet(look, window, "券码"), said, window)
    may_go_on = Event()

    def slowly() -> bytes:
        may_go_on.wait()
        return b"first"

    filing.write(tmp_path / "first", slowly)
    filing.write(tmp_path / "second", lambda: b"second")
    assert "还没有存好" in said.text()
    assert said.palette().windowText().color() == look.colour("danger_text")
    may_go_on.set()
    qtbot.waitUntil(lambda: said.text().endswith("first"))
    assert (tmp_path / "first").read_bytes() == b"first" and not (tmp_path / "second").exists()
