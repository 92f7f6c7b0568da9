"""main introduces: store, devices, shop, and a window or the screenless till. See README.md."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from core.errors import HomeTaken, NoStore, Shortfall
from core.shop import Shop
from storage.machine import Argon2Pins, SystemClock, SystemDice
from storage.settings import Settings, load_settings, save_settings
from ui.console.command_line import command_line
from ui.text import sentence, tr

HOUSE = Path(__file__).resolve().parent
RECOVERY_WORDS = """熟客：收银台数据的恢复文件。请存到 U 盘或打印出来，锁好，不要留在这台电脑上。
电脑坏了、钥匙丢了时用：main.py recover 这个文件 --home 数据文件夹
谁有它，谁就能打开数据。"""
DEMO = Namespace(store="中山路店", store_code="S01", till=1, zone="Asia/Shanghai", recovery=None)
DEMO_PINS = (("王芳", "135246"), ("店长", "246810"))


@contextmanager
def opened(home: Path) -> Iterator[Shop]:
    """The shop of a home, with its store owned by this process until the end."""
    from storage.keys import key_path, load_key, system_vault
    from storage.store import open_store, store_path

    if not store_path(home).exists():
        raise NoStore(str(home))
    kept = load_key(home, vault=None if key_path(home).exists() else system_vault())
    store = open_store(home, key=kept.key)
    try:
        clock = SystemClock(store.last_seen_us())
        if clock.behind_s > 60:
            warn(tr("电脑的时间比上一笔早 {s} 秒，按上一笔的时间记；请校对时间。", s=clock.behind_s))
        yield Shop(store, clock, SystemDice(), Argon2Pins(kept.key))
    finally:
        store.close()


def set_up(given: Namespace) -> int:
    """A fresh home: key, store, rulebook, manager, recovery file."""
    import json
    from zoneinfo import ZoneInfo

    from core.actions.set_up import set_up as action
    from core.members.names import check_name
    from core.ports import Till
    from core.rulebook.parse import rulebook_of
    from core.trust.pins import check_pin
    from core.values.ident import uuid7
    from storage.keys import KEY_BYTES, make_key, save_recovery, system_vault
    from storage.machine import keep_reserve
    from storage.store import create_store, store_path
    from ui.devices.printer import printer_of

    if store_path(given.home).exists():
        raise HomeTaken(str(given.home))
    check_name(given.store), check_name(given.manager), check_pin(given.pin)
    printer_of(given.printer or "none")
    clock, dice = SystemClock(), SystemDice()
    till_id = uuid7(clock.now_us(), dice.roll(10))
    zone = ZoneInfo(given.zone)
    till = Till(till_id, given.store, given.store_code, given.till, incarnation=1, zone=zone)
    kept = make_key(given.home, dice.roll(KEY_BYTES), vault=system_vault())
    store = create_store(given.home, key=kept.key, till=till)
    try:
        shop = Shop(store, clock, dice, Argon2Pins(kept.key))
        record = json.loads((HOUSE / "resources/rulebooks/pharmacy.json").read_text("utf-8"))
        action(shop, rulebook=rulebook_of(record), manager=given.manager, pin=given.pin)
    finally:
        store.close()
    save_settings(given.home, Settings(printer=given.printer or "none"))
    recovery = given.recovery or given.home / "recovery.txt"
    save_recovery(recovery, kept.key, till_id=till_id, words=RECOVERY_WORDS)
    keep_reserve(given.home)
    print(tr("{store} {till} 号台准备好了：{home}", store=given.store, till=given.till, home=given.home))
    print(tr("恢复文件：{path}。请移到 U 盘上收好，不要留在这台电脑上。", path=recovery))
    if kept.is_in_file:
        warn(tr("这台电脑没有系统钥匙串，钥匙存在 {home} 里的 store.key，只有本用户能读。", home=given.home))
    return 0
