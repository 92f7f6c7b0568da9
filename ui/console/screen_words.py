"""屏幕: whether there is one, and what `main.py demo` says where there is none."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from core.errors import AlreadyOpen, NoScreen
from ui.console.command_words import say
from ui.text import sentence, tr


def has_screen() -> bool:
    """Whether a window can be seen: always but on a Linux without display server."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def require_screen() -> None:
    """Raises NoScreen, unless somebody chose another platform of Qt on purpose."""
    if not has_screen() and not os.environ.get("QT_QPA_PLATFORM"):
        raise NoScreen()


def say_already_open() -> None:
    """To whoever started a till that runs: its window answered."""
    say(sentence(AlreadyOpen()))


def say_no_screen(folder: Path) -> None:
    """Before the walk; from here on Qt draws into memory."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        say(tr("这台机器没有屏幕。收银台在内存里走一遍，每个画面存成图片。"))
    say(tr("图片、小票 PDF 和打印机字节存到：{folder}", folder=folder))


def say_pictures(files: Sequence[Path]) -> None:
    """After the walk: each file it left."""
    for file in files:
        say(f"  {file.name}")
