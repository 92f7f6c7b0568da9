"""进度: how far a long command is, on one line of a terminal; nowhere else."""

from __future__ import annotations

import sys
import time

from msgspec import Struct, field

_EVERY_S = 0.5


class Progress(Struct):
    """Said at most twice a second, so that it costs nothing."""

    _told_at: float = field(default=0.0)

    def tell(self, doing: str, done: int, total: int) -> None:
        """So much is done of so much."""
        now = time.monotonic()
        if now - self._told_at >= _EVERY_S and sys.stderr.isatty():
            self._told_at = now
            share = done * 100 // max(total, 1)
            print(f"\r{doing} {share:3d}%  {done:,} / {total:,}", end="", file=sys.stderr)

    def end(self) -> None:
        """What is said next stands on a line of its own."""
        if self._told_at and sys.stderr.isatty():
            print(file=sys.stderr, flush=True)
