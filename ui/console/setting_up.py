"""开店命令: `main.py setup`, a fresh home in one go."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from core.actions.invitation import look_at_invitation
from core.actions.set_up import check_store_code, set_up
from core.errors import TillNumberMissing
from core.members.names import check_name
from core.ports.central import Uplink
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.trust.pins import check_pin
from core.values.settings import Settings
from ui.console.command_words import say, warn_of_key, warn_of_printer
from ui.console.joining import Visiting, join_shop
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


class Place(Struct, frozen=True):
    """Which store and which till a home is to be; `invitation` is by what it joins a chain."""

    store_name: str
    store_code: str
    till_no: int
    invitation: str = ""


def obey_setup(
    given: Namespace,
    *,
    load: Callable[[], Rulebook],
    preparing: Preparing,
    keep: Callable[[Path, Settings], None],
    visit: Visiting,
    uplink: Callable[[], Uplink],
) -> int:
    """Do what the words ask for, once all of it can be done; the exit code.

    A shop that could not join its chain stands all the same; raises why it could not.
    """
    printer_of(given.printer)
    check_name(given.manager)
    check_pin(given.pin)
    place = _place(given, uplink)
    rulebook = load()
    recovery = given.recovery or given.home / "recovery.txt"
    with preparing(
        given.home,
        store_name=place.store_name,
        store_code=place.store_code,
        till_no=place.till_no,
        zone=given.zone,
        recovery=recovery,
        recovery_words=RECOVERY_WORDS,
    ) as (shop, is_key_in_file):
        keep(given.home, Settings(printer=given.printer))
        set_up(shop, rulebook=rulebook, manager=given.manager, pin=given.pin)
        warn_of_key(is_key_in_file, given.home)
    _say_prepared(place.store_name, place.till_no, given.home, recovery)
    warn_of_printer(given.printer)
    if place.invitation:
        say(_joined(place.invitation, visit, uplink))
    return 0


def _place(given: Namespace, uplink: Callable[[], Uplink]) -> Place:
    if not given.chain:
        if given.till is None:
            raise TillNumberMissing()
        check_store_code(given.store_code)
        check_name(given.store)
        return Place(given.store, given.store_code, given.till)
    text = " ".join(given.chain)
    with closing(uplink().central()) as central:
        told = look_at_invitation(central, text, may_be_office=True)
    return Place(told.store_name, told.store_code, told.till_no, text)


def _joined(text: str, visit: Visiting, uplink: Callable[[], Uplink]) -> str:
    means = uplink()
    with closing(means.central()) as central:
        name = join_shop(text, visit, central, means).chain_name
    return tr("入了“{name}”的网。店里卖的会自己传过去。", name=name)


def _say_prepared(store: str, till_no: int, home: Path, recovery: Path) -> None:
    words = "{store} {till} 号台准备好了，数据在 {home}"
    if not till_no:
        words = "{store} 的后台电脑准备好了，数据在 {home}；它不收款"
    say(tr(words, store=store, till=till_no, home=home))
    say(tr("恢复文件：{path}。请移到 U 盘或打印出来收好，不要留在这台电脑上。", path=recovery))
