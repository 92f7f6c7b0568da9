"""A setting up that is killed before each deed on its files: `python -m tests.outside.cut_off`.

Of a folder, one home for each moment, in the order of the moments; the last one came to its end.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import main
from storage import machine

SETUP = ("setup", "--store", "中山路店", "--till", "1", "--manager", "店长", "--pin", "246810")
DEEDS = ("open", "os.rename", "os.remove")


def setup_words(folder: Path) -> list[str]:
    """The home and its recovery file lie apart."""
    return [*SETUP, "--recovery", str(folder / "recovery.txt"), "--home", str(folder / "home")]


def kill_at_each_deed(folder: Path) -> None:
    """So many processes as there are deeds, each killed before another one."""
    with TemporaryDirectory() as warm:  # what is loaded once need not be loaded by each
        main.main(setup_words(Path(warm)))
    for moment in count():
        place = folder / f"{moment:03d}"
        place.mkdir()
        if not (child := os.fork()):
            _kill_before(moment, place)
            os._exit(main.main(setup_words(place)))
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            raise SystemExit(os.waitstatus_to_exitcode(status))


def _kill_before(moment: int, place: Path) -> None:
    left = [moment]

    def look(deed: str, about: tuple[Any, ...]) -> None:
        if deed in DEEDS and str(about[0]).startswith(str(place)):
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1

    sys.addaudithook(look)


if __name__ == "__main__":
    machine.ROOM_FOR_RESERVE = 1 << 62  # 64 MiB for each of them would only take long
    kill_at_each_deed(Path(sys.argv[1]))
