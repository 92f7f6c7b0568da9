"""看门: brings the counter back when its process has died of a fault, or was killed.

A small process beside the till, begun when the till has long been standing, so that no start waits
for it. The till says `bye` when it ends as it should; where its pipe closes without a word, the
same command is given again, at most so often: a till that falls at once is not started for ever.
This file is run alone, and loads nothing of ours.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

MOST = 3
WITHIN_S = 300
BYE = b"bye"
WATCHED = "SHUKE_WATCHED"
# What Windows calls the end of a process that broke.
_BROKE = 0xC0000000


def program_words(program: Path) -> list[str]:
    """What the program is begun with, before its own words."""
    is_packaged = getattr(sys, "frozen", False)
    return [sys.executable] if is_packaged else [sys.executable, str(program)]


def same_command(program: Path) -> list[str]:
    """What begins this process again; empty where something else than `program` began it."""
    is_ours = getattr(sys, "frozen", False) or Path(sys.argv[0]).resolve() == program
    return [*program_words(program), *sys.argv[1:]] if is_ours else []


@contextmanager
def brought_back(command: list[str]) -> Iterator[Callable[[], None]]:
    """Gives what begins to watch this process; where this ends, it ended as it should.

    Nobody watches where there is no command, where somebody does already, or where no other process
    can be begun.
    """
    watchers: list[IO[bytes]] = []

    def begin() -> None:
        if command and not os.environ.get(WATCHED):
            watchers.extend(_begun(command))

    try:
        yield begin
    finally:
        for pipe in watchers:
            # Where it is gone, nobody will bring anything back either.
            with suppress(OSError):
                pipe.write(BYE)
                pipe.close()


def _begun(command: list[str]) -> list[IO[bytes]]:
    if getattr(sys, "frozen", False):
        alone = [sys.executable, "--watch"]
    else:
        alone = [sys.executable, "-I", "-S", str(Path(__file__).resolve())]
    import subprocess  # not before: no start waits for it

    try:
        watcher = subprocess.Popen(
            [*alone, *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl+C is meant for the till
        )
    except OSError:
        return []
    return [watcher.stdin] if watcher.stdin is not None else []


def main(command: list[str]) -> int:
    """Wait for the end of the till; bring it back while that helps."""
    import subprocess

    said = sys.stdin.buffer.read()
    if said.startswith(BYE):
        return 0
    starts: list[float] = []
    while True:
        now = time.monotonic()
        starts = [at for at in starts if now - at < WITHIN_S]
        if len(starts) >= MOST:
            return 1
        starts.append(now)
        code = subprocess.run(command, env={**os.environ, WATCHED: "1"}, check=False).returncode
        if not _is_broken(code):
            return 0


def _is_broken(code: int) -> bool:
    """Whether a process ended by a signal, or by a fault of Windows."""
    return code < 0 or code >= _BROKE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
