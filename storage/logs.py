"""日志: what went wrong in the program, in `logs/till.log` of the home; never personal data.

Only bugs and troubles of devices are written, with their trace but without the values in it.
"""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from storage.faults import faults_of

MOST_BYTES = 2 << 20
KEPT = 4


def keep_logs(home: Path) -> None:
    """Write this process's log into the home from now on; raises ReadOnly, DiskFull."""
    folder = home / "logs"
    with faults_of(folder):
        folder.mkdir(exist_ok=True, mode=0o700)
        handler = RotatingFileHandler(
            folder / "till.log", maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8", delay=True
        )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
