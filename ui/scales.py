"""大小: the scale that Qt was told, and which of them a screen can show.

Qt reads its scale once, when an application begins; what the machine itself asked for before we
did stays below ours.
"""

from __future__ import annotations

import os

from PySide6.QtGui import QGuiApplication

from core.values.settings import SCALES
from ui.frame import SMALLEST
from ui.text import tr

_SCALE = "QT_SCALE_FACTOR"
_own = float(os.environ.get(_SCALE) or 1)


def ask_for(scale: int) -> None:
    """The next application shows everything at this many percent."""
    os.environ[_SCALE] = f"{_own * scale / 100:g}"


def shown_scale() -> int:
    """The percent at which the application shows everything."""
    return round(float(os.environ.get(_SCALE) or 1) / _own * 100)


def usable_scales() -> tuple[int, ...]:
    """What the first screen can show: a window of ours has room on it then."""
    screen = QGuiApplication.primaryScreen()
    if screen is None:
        return SCALES
    room, shown = screen.availableSize(), shown_scale()
    return scales_for(room.width(), room.height(), shown)


def scales_for(width: int, height: int, shown: int = 100) -> tuple[int, ...]:
    """The same for so many logical pixels at the scale that is shown; the smallest always.

    Qt rounds logical pixels: up to one more may be there.
    """
    least_width, least_height = SMALLEST
    return tuple(
        scale
        for scale in SCALES
        if scale == SCALES[0]
        or (
            (width + 1) * shown > least_width * scale
            and (height + 1) * shown > least_height * scale
        )
    )


def largest_within(scale: int) -> int:
    """The scale itself, or the largest below it that the first screen can show."""
    return max(each for each in usable_scales() if each <= scale)


def moved_words() -> str:
    """Said where the window had to go to another screen."""
    return tr("原来的屏幕不见了，窗口移到了这里；本单还在。")


def smaller_words(asked: int, shown: int) -> str:
    """Said where the screen has no room for the scale that was asked for."""
    words = "这块屏幕放不下 {asked}%，现在是 {shown}%。要别的大小，按 Ctrl+, 到设置里选。"
    return tr(words, asked=asked, shown=shown)
