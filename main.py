"""main introduces: store, devices and shop to a window or to the screenless till (README.md)."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from core.errors import Shortfall
from core.shop import Shop
from storage.settings import Settings, load_settings, save_settings
from ui.console.command_line import command_line
from ui.console.command_words import RECOVERY_WORDS, say_prepared, warn, warn_of_clock, warn_of_key
from ui.text import sentence

HOUSE = Path(__file__).resolve().parent
DEMO_HOME = HOUSE / "demo"
DEMO_PINS = (("店长", "246810"), ("王芳", "135246"))


@contextmanager
def opened(home: Path, *, is_guest: bool = False) -> Iterator[Shop]:
    """The shop of a home; as a guest beside a till that may be running."""
    from storage.home import open_home, visit_home

    with visit_home(home) if is_guest else open_home(home) as found:
        warn_of_clock(found.clock.behind_s)
        yield Shop(found.store, found.clock, found.dice, found.pins)


def setup(given: Namespace) -> int:
    """A fresh home becomes a till with the shipped rulebook and its first manager."""
    from core.actions.set_up import check_set_up, set_up
    from core.rulebook.parse import rulebook_of
    from storage.home import prepare_home
    from ui.devices.printer import printer_of

    printer_of(given.printer)
    check_set_up(store_name=given.store, manager=given.manager, pin=given.pin)
    rulebook = json.loads((HOUSE / "resources/rulebooks/pharmacy.json").read_text("utf-8"))
    recovery = given.recovery or given.home / "recovery.txt"
    with prepare_home(
        given.home,
        store_name=given.store,
        store_code=given.store_code,
        till_no=given.till,
        zone=given.zone,
        recovery=recovery,
        recovery_words=RECOVERY_WORDS,
    ) as found:
        shop = Shop(found.store, found.clock, found.dice, found.pins)
        set_up(shop, rulebook=rulebook_of(rulebook), manager=given.manager, pin=given.pin)
        warn_of_key(found.is_key_in_file, given.home)
    save_settings(given.home, Settings(printer=given.printer))
    say_prepared(given.store, given.till, given.home, recovery)
    return 0


def till(given: Namespace) -> int:
    """The counter on a screen, or without one."""
    with opened(given.home) as shop:
        if given.headless:
            return _headless(shop, given.home, as_json=given.json)
        return _window(shop, given.home)


def _headless(shop: Shop, home: Path, *, as_json: bool) -> int:
    from ui.console.till import ConsoleTill
    from ui.devices.paper import PaperDesk

    paper = PaperDesk(*_paper(home))
    try:
        ConsoleTill(shop, paper, home / "receipts").run(sys.stdin, sys.stdout, as_json=as_json)
    finally:
        paper.close()
    return 0


def _window(shop: Shop, home: Path, *, pins: tuple[tuple[str, str], ...] = ()) -> int:
    from ui.app import run

    return run(shop, paper=_paper(home), demo_pins=pins)


def _paper(home: Path) -> tuple[Printer, Profile, int]:
    from ui.devices.printer import printer_of
    from ui.devices.profile import Profile

    settings = load_settings(home)
    return printer_of(settings.printer), Profile(settings.profile), settings.paper_mm


def main(words: Sequence[str] | None = None) -> int:
    """Obey the words after `main.py`; 0 is well, 1 found something, 2 could not be done."""
    given = command_line(DEMO_HOME).parse_args(words)
    try:
        return COMMANDS[given.command](given)
    except Shortfall as refused:
        warn(sentence(refused))
        return 2
    except KeyboardInterrupt:
        return 130


COMMANDS: dict[str, Callable[[Namespace], int]] = {"setup": setup, "till": till}


if __name__ == "__main__":
    sys.exit(main())
