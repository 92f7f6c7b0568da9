"""Where the packaged program begins: what `tools/package.py` makes an executable of."""

from __future__ import annotations

import sys
from multiprocessing import freeze_support


def begin() -> int:
    """The program itself, or one of the processes that it begins by starting itself again."""
    freeze_support()
    if sys.argv[1:2] == ["--watch"]:
        from storage.watcher import main as watch

        return watch(sys.argv[2:])
    from main import main

    return main()


if __name__ == "__main__":
    sys.exit(begin())
