"""第一次使用: what was typed on the way to a new shop, in `first_run.json` of the home.

It lies there until the counter opens for the first time, so that whoever closes the window half-way
goes on where they were.
"""

from __future__ import annotations

import json
from pathlib import Path

from msgspec import convert, to_builtins
from msgspec.structs import replace

from core.values.first_run import FIRST_OF_SHOP, RESTORE, FirstRun
from storage.backup import backups
from storage.begun import is_begun
from storage.faults import faults_of
from storage.files import sync_folder, write_private
from storage.home import clear_cut_off, is_cut_off, visit_home
from storage.store import store_path


def first_run_path(home: Path) -> Path:
    """Where it lies."""
    return home / "first_run.json"


def waits_for_first_run(home: Path) -> bool:
    """Whether a home is no shop yet, or one that was not finished.

    One with backups, or where a restore was stopped, was a shop: nobody makes another in its place,
    even where the way to it was left on its last page.
    """
    if store_path(home).exists():
        return first_run_path(home).exists() or (is_begun(home) and is_cut_off(home))
    return not (home / "restored.db").exists() and not backups(home)


def load_first_run(home: Path) -> FirstRun:
    """What was typed so far; where nobody can read that any more, nothing was."""
    path = first_run_path(home)
    with faults_of(path):
        text = path.read_text("utf-8", "replace") if path.exists() else "{}"
    try:
        found = convert(json.loads(text), FirstRun)
    except ValueError:
        found = FirstRun()
    if not found.is_sound:
        found = FirstRun()
    # Its own word may be older than the store: the power may fail between the two.
    if found.is_prepared and not store_path(home).exists():
        before = "restore" if found.way == RESTORE else "manager"
        return replace(found, is_prepared=False, is_joined=False, step=before)
    return found


def keep_first_run(home: Path, run: FirstRun) -> None:
    """Keep it; raises DiskFull, ReadOnly."""
    with faults_of(home):
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        text = json.dumps(to_builtins(run), ensure_ascii=False, indent=2)
        write_private(first_run_path(home), text.encode())


def end_first_run(home: Path) -> None:
    """The shop is open: the counter comes from now on."""
    with faults_of(home):
        first_run_path(home).unlink(missing_ok=True)
        sync_folder(home)


def take_up(home: Path) -> FirstRun:
    """Where to go on.

    A setting up that was cut off left a store: one with its manager is a shop, whatever was
    written down of it; one without holds nothing yet, and is made anew.
    """
    run = load_first_run(home)
    if run.is_prepared or not store_path(home).exists():
        return run
    if clear_cut_off(home):
        return run
    with visit_home(home) as found, found.store.read() as reading:
        till, link = reading.till, reading.links.get()
    return replace(
        run,
        is_prepared=True,
        step=FIRST_OF_SHOP,
        is_joined=link is not None and bool(link.chain_name),
        store_name=till.store_name,
        store_code=till.store_code,
        till_no=str(till.till_no),
    )
