"""文件图标: a dialog for files tells folders and files apart without opening any of them.

Qt's own provider reads the beginning of each file to find its kind, and waits for ever at a pipe
or at what the system makes up (/proc/kmsg).
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFileDialog, QFileIconProvider


class PlainIcons(QFileIconProvider):
    """Two icons, and no names of kinds."""

    def icon(self, what: Any) -> QIcon:
        """Of a file that is listed, or one of the dialog's own."""
        if not isinstance(what, QFileInfo):
            return super().icon(what)
        kinds = QFileIconProvider.IconType
        return super().icon(kinds.Folder if what.isDir() else kinds.File)

    def type(self, _info: QFileInfo) -> str:
        """Nothing: the name tells it."""
        return ""


def open_no_file(dialog: QFileDialog) -> None:
    """Let the dialog list whatever there is, and open none of it; the keys go back behind it.

    Without a window manager, as on a till that shows nothing else, nobody else gives them back:
    the window would hear keys, and not know where its focus is.
    """
    icons = PlainIcons()
    dialog.setIconProvider(icons)
    window = dialog.parentWidget()
    if window is not None:
        dialog.finished.connect(lambda _result: window.activateWindow())
    dialog.destroyed.connect(lambda: icons)  # Qt does not own it: it lives as long as the dialog
