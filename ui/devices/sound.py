"""提示音: a short sound by the system's own means; never raises, never makes anybody wait."""

from __future__ import annotations

import logging
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path

_log = logging.getLogger(__name__)
_PLAYS_AT_MOST_S = 3
_ALARM = Path("/usr/share/sounds/freedesktop/stereo/dialog-error.oga")
# Players of macOS and Linux, each with its sound.
_PLAYERS = (
    ("afplay", Path("/System/Library/Sounds/Basso.aiff")),
    ("pw-play", _ALARM),
    ("paplay", _ALARM),
)
_is_playing = threading.Lock()
_is_on = True


def set_on(is_on: bool) -> None:
    """Whether the shop wants to hear anything."""
    global _is_on
    _is_on = is_on


def play_error() -> None:
    """Something needs a look at the screen."""
    if _is_on:
        _play(_sound())


def _sound() -> Callable[[], object]:
    if sys.platform == "win32":
        import winsound

        return lambda: winsound.MessageBeep(winsound.MB_ICONHAND)
    for player, path in _PLAYERS:
        program = shutil.which(player)
        if program and path.exists():
            return lambda: _played(program, path)
    return _ring


def _played(program: str, path: Path) -> None:
    import subprocess

    try:
        subprocess.run(
            [program, str(path)], capture_output=True, timeout=_PLAYS_AT_MOST_S, check=False
        )
    except subprocess.SubprocessError:
        _log.exception("no sound")


def _ring() -> None:
    """The bell of the terminal, where there is one: never into a pipe that a program reads."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write("\a")
        sys.stderr.flush()


def _play(sound: Callable[[], object]) -> None:
    """In a thread; a second sound while one is heard is left out."""
    if _is_playing.acquire(blocking=False):
        try:
            threading.Thread(target=_sounded, args=(sound,), name="sound", daemon=True).start()
        except RuntimeError:
            _is_playing.release()
            _log.exception("no thread for a sound")


def _sounded(sound: Callable[[], object]) -> None:
    try:
        sound()
    except (OSError, RuntimeError):
        _log.exception("no sound")
    finally:
        _is_playing.release()
