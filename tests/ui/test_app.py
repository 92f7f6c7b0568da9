"""The program around the window: how it loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[2]
LOADED = """
import linecache
from ui.app import run
from ui.window import TillWindow
print(any(name.endswith("window.py") for name in linecache.cache))
"""


def test_what_is_loaded_is_not_read_as_source() -> None:
    """PySide6 would, for every module that is loaded after it, and keep it all in memory."""
    asked = [sys.executable, "-c", LOADED]
    done = subprocess.run(asked, cwd=HOUSE, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
