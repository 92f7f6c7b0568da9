"""给的文件: what is no file is never waited for, whoever was pointed at it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QFileInfo
from PySide6.QtWidgets import QApplication, QFileDialog

from core.errors import Shortfall
from storage.engine import connect
from storage.keys import read_recovery
from storage.rulebook_file import load_rulebook
from storage.tables import open_table
from ui.devices.designs import read_design
from ui.devices.files import read_lines
from ui.devices.logo import check_logo
from ui.widgets.file_icons import PlainIcons, open_no_file

READERS: list[tuple[Callable[[Path], object], str]] = [
    (open_table, "goods.csv"),
    (load_rulebook, "rules.toml"),
    (read_recovery, "recovery.txt"),
    (read_design, "receipt.toml"),
    (read_lines, "codes.txt"),
    (check_logo, "logo.png"),
    (lambda path: connect(path, bytes(32)), "store.db"),
]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize(("read", "name"), READERS, ids=[name for _, name in READERS])
def test_a_pipe_is_refused_at_once(
    tmp_path: Path, read: Callable[[Path], object], name: str
) -> None:
    os.mkfifo(pipe := tmp_path / name)
    with pytest.raises(Shortfall):
        read(pipe)


@pytest.mark.skipif(not Path("/proc/kmsg").exists(), reason="no such system")
@pytest.mark.parametrize("read", [open_table, check_logo])
def test_what_the_system_makes_up_is_not_waited_for(read: Callable[[Path], object]) -> None:
    with pytest.raises(Shortfall):
        read(Path("/proc/kmsg"))


@pytest.mark.skipif(not Path("/proc/kmsg").exists(), reason="no such system")
def test_a_dialog_shows_what_it_lists_without_opening_it(qapp: QApplication) -> None:
    """Qt's own provider waits here for what the kernel says next."""
    dialog = QFileDialog()
    open_no_file(dialog)
    icons = dialog.iconProvider()
    assert isinstance(icons, PlainIcons)
    kernel, folder = QFileInfo("/proc/kmsg"), QFileInfo("/proc")
    assert not icons.icon(kernel).isNull() and icons.type(kernel) == ""
    assert icons.icon(kernel).cacheKey() != icons.icon(folder).cacheKey()
