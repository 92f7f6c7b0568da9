"""A serial port with a scanner on it that can be pulled out: a pseudo terminal behind a link."""

from __future__ import annotations

import os
import pty
import termios
import tty
from pathlib import Path


class Cable:
    """`link` is the device's name; it is there while the scanner is plugged in."""

    def __init__(self, link: Path) -> None:
        self.link = link
        self._master = -1

    @property
    def setting(self) -> str:
        return f"serial:{self.link}:115200"

    def plug_in(self) -> None:
        self._master, slave = pty.openpty()
        tty.setraw(slave, termios.TCSANOW)
        self.link.unlink(missing_ok=True)
        self.link.symlink_to(os.ttyname(slave))
        os.close(slave)

    def scan(self, data: str | bytes) -> None:
        os.write(self._master, data.encode() if isinstance(data, str) else data)

    def pull_out(self) -> None:
        if self._master >= 0:
            os.close(self._master)
            self.link.unlink()
        self._master = -1
