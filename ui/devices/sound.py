"""提示音: right and wrong by the system's own means; never raises, never makes anybody wait.

Right is one short high tone, wrong two long low ones: told apart without looking, also in a loud
shop, and by who hears no high ones.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import threading
from functools import cache
from pathlib import Path

_log = logging.getLogger(__name__)
_PLAYS_AT_MOST_S = 3
SOUNDS = Path(__file__).resolve().parents[2] / "resources" / "sounds"
RIGHT, WRONG = SOUNDS / "right.wav", SOUNDS / "wrong.wav"
# Players of macOS and Linux.
_PLAYERS = ("afplay", "pw-play", "paplay", "aplay")
_is_playing = threading.Lock()
_wrong_waits = threading.Event()
_is_on = True


def set_on(is_on: bool) -> None:
    """Whether the shop wants to hear anything."""
    global _is_on
    _is_on = is_on


def play_right() -> None:
    """What was scanned is in the basket."""
    if _is_on and not _is_mute():
        _play(RIGHT)


def play_error() -> None:
    """Something needs a look at the screen: heard also where right is being heard just now."""
    if _is_on and not _play(WRONG):
        _wrong_waits.set()


def play_both() -> None:
    """What right and wrong sound like, for who sets them: also where they were off."""
    _play(RIGHT, WRONG)


def _sound(path: Path) -> None:
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(str(path), winsound.SND_FILENAME)
        return
    program = _player(os.environ.get("PATH"))
    if program is not None:
        _played(program, path)
    elif path == WRONG:
        _ring()


@cache
def _player(path: str | None) -> str | None:
    """What plays here, looked for once: a search by every scan would keep the screen waiting."""
    return next((found for name in _PLAYERS if (found := shutil.which(name, path=path))), None)


def _is_mute() -> bool:
    """Whether right makes no sound here: then no thread is begun for it."""
    return sys.platform != "win32" and _player(os.environ.get("PATH")) is None


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


def _play(*paths: Path) -> bool:
    """In a thread; False where another sound is heard now, for they do not pile up."""
    if not _is_playing.acquire(blocking=False):
        return False
    _wrong_waits.clear()
    try:
        threading.Thread(target=_sounded, args=paths, name="sound", daemon=True).start()
    except RuntimeError:
        _is_playing.release()
        _log.exception("no thread for a sound")
    return True


def _sounded(*paths: Path) -> None:
    try:
        for path in paths:
            _sound(path)
        if WRONG not in paths and _wrong_waits.is_set():
            _sound(WRONG)
    except (OSError, RuntimeError):
        _log.exception("no sound")
    finally:
        _is_playing.release()
