"""开店命令: `main.py setup`, a fresh home in one go."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from core.actions.set_up import check_set_up, set_up
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.values.settings import Settings
from ui.console.command_words import say, warn_of_key, warn_of_printer
from ui.devices.printer import printer_of
from ui.text import tr

RECOVERY_WORDS = """熟客：收银台数据的恢复文件。请存到 U 盘或打印出来，锁好，不要留在这台电脑上。
电脑坏了、钥匙丢了的时候用：main.py recover 这个文件 --home 数据文件夹
谁有它和数据文件，谁就能打开数据。"""


class Preparing(Protocol):
    """Makes a fresh home: its shop, and whether its key lies in a file there."""

    def __call__(
        self,
        home: Path,
        *,
        store_name: str,
        store_code: str,
        till_no: int,
        zone: str,
        recovery: Path,
        recovery_words: str,
    ) -> AbstractContextManager[tuple[Shop, bool]]: ...


def obey_setup(
    given: Namespace,
    *,
    load: Callable[[], Rulebook],
    preparing: Preparing,
    keep: Callable[[Path, Settings], None],
) -> int:
    """Do what the words ask for, once all of it can be done; the exit code."""
    printer_of(given.printer)
    check_set_up(
        store_name=given.store,
        store_code=given.store_code,
        manager=given.manager,
        pin=given.pin,
    )
    rulebook = load()
    recovery = given.recovery or given.home / "recovery.txt"
    with preparing(
        given.home,
        store_name=given.store,
        store_code=given.store_code,
        till_no=given.till,
        zone=given.zone,
        recovery=recovery,
        recovery_words=RECOVERY_WORDS,
    ) as (shop, is_key_in_file):
        set_up(shop, rulebook=rulebook, manager=given.manager, pin=given.pin)
        warn_of_key(is_key_in_file, given.home)
    keep(given.home, Settings(printer=given.printer))
    _say_prepared(given.store, given.till, given.home, recovery)
    warn_of_printer(given.printer)
    return 0


def _say_prepared(store: str, till_no: int, home: Path, recovery: Path) -> None:
    say(tr("{store} {till} 号台准备好了，数据在 {home}", store=store, till=till_no, home=home))
    say(tr("恢复文件：{path}。请移到 U 盘或打印出来收好，不要留在这台电脑上。", path=recovery))
