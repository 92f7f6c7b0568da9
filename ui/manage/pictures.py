"""图片: a chart as a picture in a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QPixmap

from core.errors import Shortfall
from ui.devices.files import write_file


def keep_picture(picture: QPixmap, chosen: str, failed: Callable[[Exception], object]) -> None:
    """Write it where a person chose; `failed` hears why that was not possible."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    buffer.close()
    try:
        write_file(Path(chosen), bytes(data.data()))
    except Shortfall as error:
        failed(error)
