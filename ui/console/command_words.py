"""命令行的话: what the commands of `main.py` say; trouble goes to standard error."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from ui.machine_words import half_import, late_clock, little_room, old_file, sudden_end
from ui.text import tr

if TYPE_CHECKING:
    from core.ports import Health


def speak_utf8() -> None:
    """Whatever the machine's code page: no broken byte ends a till, and no sign is refused."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def say(text: str) -> None:
    """A sentence for the person who typed the command."""
    print(text, flush=True)


def warn(text: str) -> None:
    """Trouble, or what should not be missed."""
    print(text, file=sys.stderr, flush=True)


def warn_of_machine(health: Health) -> None:
    """What is wrong with the clock, the disk or the store; selling goes on."""
    for look in (sudden_end, late_clock, old_file, little_room, half_import):
        if said := look(health):
            warn(said)


def warn_of_old_file(health: Health) -> None:
    """What an import found out about the file that it wrote to."""
    if said := old_file(health):
        warn(said)


def warn_of_printer(setting: str) -> None:
    """What was set is kept; what the doctor would say of it is said at once."""
    from core.ports.upkeep import Grade
    from ui.check_words import said
    from ui.devices.examine import examined_printer

    found = examined_printer(setting)
    if found.grade is Grade.BAD:
        warn(said(found))


def warn_of_scanners() -> None:
    """Only a window reads scanners on serial ports."""
    warn(tr("无屏收银台不读串口扫码枪，只读标准输入。收银照常；要用串口的枪，请开有窗口的收银台。"))


def warn_of_key(is_in_file: bool, home: Path) -> None:
    """A machine without a keystore keeps the key in a file."""
    if is_in_file:
        warn(
            tr(
                "这台电脑没有系统钥匙串：钥匙存在 {path}，只有本用户能读。请不要把它抄给别人。",
                path=home / "store.key",
            )
        )
