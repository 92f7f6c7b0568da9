"""看窗口: whether Qt can show a window here, and in which letters; asked in a process of its own.

Qt ends the process where it finds no way to show anything: whoever asks must outlive that.
"""

from __future__ import annotations

import json

from PySide6.QtGui import QFont, QFontInfo, QImageReader, QTextLayout
from PySide6.QtWidgets import QApplication

from ui.devices.signs import RARE_SIGNS, USUAL_SIGNS
from ui.look import Look


def screen_record() -> str:
    """As JSON: platform, screen, font, the signs that it lacks, and what cannot be drawn."""
    app = QApplication([])
    Look.load("light").apply(app)
    font, screen = app.font(), app.primaryScreen()
    size = screen.availableSize() if screen is not None else None
    return json.dumps(
        {
            "platform": app.platformName(),
            "size": "" if size is None else f"{size.width()} × {size.height()}",
            "font": QFontInfo(font).family(),
            "missing": missing(USUAL_SIGNS, font),
            "rare": missing(RARE_SIGNS, font),
            "draws_icons": "svg" in formats(),
        },
        ensure_ascii=False,
    )


def formats() -> set[str]:
    """What pictures Qt can read: each is a plugin."""
    return {bytes(each.data()).decode() for each in QImageReader.supportedImageFormats()}


def missing(signs: str, font: QFont) -> str:
    """The signs that neither the font nor any that Qt takes in its place can show."""
    return "".join(sign for sign in signs if not _is_drawn(sign, font))


def _is_drawn(sign: str, font: QFont) -> bool:
    layout = QTextLayout(sign, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    return bool(runs) and all(index for run in runs for index in run.glyphIndexes())
