"""钱箱: opened through the receipt printer, or on a serial port of its own.

A setting is "printer", "serial:DEVICE[:BAUD]" or "none". A port is written to in a thread: one that
is not there is told, and nobody waits for it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from core.errors import BadDrawerSetting, BadScannerSetting, DrawerUnavailable
from ui.devices.serial_line import serial_line
from ui.devices.serial_scanner import Port, cause_of, ports_of

PRINTER, NONE = "printer", "none"
WRITE_S = 2.0
_log = logging.getLogger(__name__)
Told = Callable[[Exception | None], None]


def drawer_port(setting: str) -> Port | None:
    """The port of a setting, None for the printer's or for none; raises BadDrawerSetting."""
    if setting in (PRINTER, NONE):
        return None
    try:
        ports = ports_of(setting)
    except BadScannerSetting as wrong:
        raise BadDrawerSetting(setting) from wrong
    if len(ports) != 1:
        raise BadDrawerSetting(setting)
    return ports[0]


def open_by_port(port: Port, pulse: bytes, told: Told) -> None:
    """Send the pulse and return at once; `told` how it went, on a thread of its own."""
    threading.Thread(
        target=_open, args=(port, pulse, told), name=f"drawer {port.device}", daemon=True
    ).start()


def _open(port: Port, pulse: bytes, told: Told) -> None:
    error: Exception | None = None
    try:
        with serial_line(port.device, port.baud, write_timeout_s=WRITE_S) as line:
            line.write(pulse)
            line.flush()
    except OSError as trouble:
        error = DrawerUnavailable(port.device, cause_of(trouble))
    try:
        told(error)
    except Exception:  # noqa: BLE001 - whoever listens must not stop the counter
        _log.exception("nobody could be told how the drawer is")
