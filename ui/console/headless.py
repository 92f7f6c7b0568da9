"""无屏收银: one till without a screen from its first line to its last."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from core.ports.central import Uplink
from core.shop import Shop
from core.values.settings import Settings
from ui.console.command_words import warn, warn_of_scanners
from ui.console.till import ConsoleTill
from ui.devices.paper_setup import desk_of
from ui.text import sentence


def sell(
    shop: Shop, settings: Settings, home: Path, *, as_json: bool, uplink: Callable[[], Uplink]
) -> int:
    """Obey standard input; what does not work here, or not as it was set, is said before."""
    paper = desk_of(settings, home)
    paper.begin()
    for trouble in (paper.missing, paper.design_trouble):
        if trouble is not None:
            warn(sentence(trouble))
    if settings.scanners:
        warn_of_scanners()
    try:
        ConsoleTill(shop, paper, home / "receipts", uplink).run(
            sys.stdin, sys.stdout, as_json=as_json
        )
    finally:
        paper.close()
    return 0
