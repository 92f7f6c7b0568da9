"""检查设备: whether printer, scanners and the letters of paper are there; nothing is printed."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from core.errors import (
    BadDisplaySetting,
    BadDrawerSetting,
    BadPrinterSetting,
    BadScannerSetting,
    PrinterUnavailable,
)
from core.ports.upkeep import Check, Grade
from core.values.settings import Settings
from ui.devices.designs import Designs
from ui.devices.drawer import drawer_port
from ui.devices.paper_setup import DESIGNS
from ui.devices.pole import pole_port
from ui.devices.printer import FilePrinter, NoPrinter, SerialPrinter, TcpPrinter, printer_of
from ui.devices.printer_look import missing
from ui.devices.serial_scanner import Port, ports_here, ports_of
from ui.devices.signs import RARE_SIGNS, USUAL_SIGNS, named
from ui.devices.spooler import QueuePrinter, lp, queue_names

CALL_S = 3.0


def examined_devices(settings: Settings, home: Path) -> Iterator[Check]:
    """The printer and the ports that were set, and the fonts that papers are written in."""
    yield examined_printer(settings.printer)
    yield from _scanners(settings.scanners)
    yield from _apart("drawer", lambda: drawer_port(settings.drawer))
    yield from _apart("pole", lambda: pole_port(settings.pole))
    yield from _papers(Designs(home / DESIGNS))
    yield _letters()


def examined_printer(setting: str) -> Check:
    """The printer of a setting, which is read here; it may let us wait a little."""
    try:
        return _printer(setting)
    except (BadPrinterSetting, PrinterUnavailable) as error:
        return Check("printer", Grade.BAD, "error", error=error)


def _papers(designs: Designs) -> Iterator[Check]:
    """The shop's own designs of papers: one with a mistake comes out as shipped."""
    problems = designs.problems()
    for problem in problems.values():
        yield Check("papers", Grade.LOOK, "error", error=problem)
    if not problems:
        yield Check("papers", Grade.GOOD, "sound")


def _letters() -> Check:
    from reportlab.pdfbase.ttfonts import TTFError  # brings 100 ms

    from ui.devices.faces import faces

    regular, bold = faces()
    for font in (*regular.fonts, *bold.fonts):
        try:
            font.signs  # noqa: B018 - parses the file
        except (OSError, TTFError):
            return Check("prints", Grade.BAD, "gone", {"file": font.path.name})
    missing = [s for s in USUAL_SIGNS + RARE_SIGNS if regular.lacks(s) or bold.lacks(s)]
    if missing:
        return Check("prints", Grade.BAD, "lacks", {"signs": named("".join(missing))})
    return Check("prints", Grade.GOOD, "has_all")


def _printer(setting: str) -> Check:
    printer = printer_of(setting)
    if isinstance(printer, NoPrinter):
        return Check("printer", Grade.LOOK, "none")
    match printer:
        case TcpPrinter(host=host, port=port):
            is_there = _answers(host, port)
        case SerialPrinter(device=device):
            is_there = device in ports_here() or Path(device).exists()
        case FilePrinter():
            if (gone := missing(printer)) is not None:
                return Check("printer", Grade.BAD, "error", error=gone)
            is_there = True
        case QueuePrinter():
            return _queue(printer)
        case _:
            return Check("printer", Grade.GOOD, "set", {"setting": setting})
    grade, state = (Grade.GOOD, "answers") if is_there else (Grade.BAD, "silent")
    return Check("printer", grade, state, {"setting": setting})


def _queue(printer: QueuePrinter) -> Check:
    """What the system says of its queue; whether there is paper it does not know either.

    Raises PrinterUnavailable where it has no queues at all.
    """
    lp()
    names = queue_names()
    if printer.name not in names:
        facts: dict[str, str | int] = {"name": printer.name, "queues": "、".join(names) or "-"}
        return Check("printer", Grade.BAD, "no_queue", facts)
    if printer.is_stopped():
        return Check("printer", Grade.BAD, "stopped", {"name": printer.name})
    return Check("printer", Grade.GOOD, "queue", {"name": printer.name})


def _answers(host: str, port: int) -> bool:
    """A connection without a word: no paper comes of it."""
    with suppress(OSError, UnicodeError), socket.create_connection((host, port), CALL_S):
        return True
    return False


def _scanners(setting: str) -> Iterator[Check]:
    """A scanner that types is a keyboard: nobody can see whether it is there."""
    try:
        named = ports_of(setting)
    except BadScannerSetting as error:
        yield Check("scanner", Grade.BAD, "error", error=error)
        return
    if not named:
        yield Check("scanner", Grade.GOOD, "types")
    for port in named:
        yield _plugged("scanner", port)


def _apart(what: str, find: Callable[[], Port | None]) -> Iterator[Check]:
    """A drawer or a pole display on a port of its own; nothing is said where there is none."""
    try:
        port = find()
    except (BadDrawerSetting, BadDisplaySetting) as error:
        yield Check(what, Grade.BAD, "error", error=error)
        return
    if port is not None:
        yield _plugged(what, port)


def _plugged(what: str, port: Port) -> Check:
    device = port.device
    is_there = device in ports_here() or Path(device).exists()
    grade, state = (Grade.GOOD, "there") if is_there else (Grade.BAD, "gone")
    return Check(what, grade, state, {"port": device, "ports": "、".join(ports_here()) or "-"})
