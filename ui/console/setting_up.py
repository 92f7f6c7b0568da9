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
from core.errors import Shortfall, TillNumberMissing
from core.members.names import check_name
from core.ports.central import Uplink
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.trust.pins import check_pin
from core.values.settings import Settings
from ui.console.command_words import say, warn, warn_of_key, warn_of_printer
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
        _join(place.invitation, given.home, visit, uplink)
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


def _join(text: str, home: Path, visit: Visiting, uplink: Callable[[], Uplink]) -> None:
    """And take at once what the head office issued: until then it would sell by other rules."""
    from ui.console.chain_commands import exchange  # a shop of its own needs none of it

    means = uplink()
    try:
        with closing(means.central()) as central:
            name = join_shop(text, visit, central, means).chain_name
    except Shortfall:
        warn(tr("这里已经开好，只是没有入网。不用再准备一次；请用 main.py chain join 入网。"))
        raise
    words = "入了“{name}”的网。开着窗口会自己传；没有窗口的，请常用 main.py chain send。"
    say(tr(words, name=name))
    try:
        with visit() as shop:
            say(exchange(shop, means))
    except Shortfall:
        words = (
            "总部发的规则和商品还没有收全。现在照自带的规则卖；"
            "请先用 main.py chain send --home {home} 收一次。"
        )
        warn(tr(words, home=home))
    else:
        say(tr("总部发的规则和商品也收了。"))


def _say_prepared(store: str, till_no: int, home: Path, recovery: Path) -> None:
    words = "{store} {till} 号台准备好了，数据在 {home}"
    if not till_no:
        words = "{store} 的后台电脑准备好了，数据在 {home}；它不收款"
    say(tr(words, store=store, till=till_no, home=home))
    say(tr("恢复文件：{path}。请移到 U 盘或打印出来收好，不要留在这台电脑上。", path=recovery))
