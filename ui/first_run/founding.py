"""建店: what the home and its storage give to the way to a new shop, and how the shop is made."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from msgspec import Struct

from core.actions.set_up import check_set_up, set_up
from core.ports import Till
from core.ports.central import Uplink
from core.ports.intake import Intake
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.values.first_run import FirstRun
from core.values.settings import Settings
from ui.console.joining import Visiting
from ui.console.setting_up import RECOVERY_WORDS, Preparing

RULEBOOKS = {
    "pharmacy": "pharmacy.json",
    "supermarket": "supermarket.toml",
    "fashion": "fashion.toml",
}
SAMPLES = {"pharmacy": "{what}.csv", "supermarket": "supermarket_{what}.csv"}


class Founding(Struct, frozen=True):
    """What the home and its storage give.

    `prepare` makes the shop with its manager and recovery file, `intake` opens one table's import
    beside it; both may take long and are called on a thread. `sample` is the table of a kind of
    shop to try with, None where there is none; `end`: the counter comes from now on. `name` is
    where a second start knocks. `restore` puts a backup in place by its recovery file; `visit` is
    the shop once it is there, and `uplink` what it joins a chain by.
    """

    run: FirstRun
    settings: Settings
    profiles: Path
    name: str
    keep: Callable[[FirstRun], None]
    keep_settings: Callable[[Settings], None]
    check_zone: Callable[[str], object]
    prepare: Callable[[FirstRun, str], None]
    intake: Callable[[Path, str], AbstractContextManager[tuple[Shop, Intake]]]
    sample: Callable[[str, str], Path | None]
    end: Callable[[], None]
    restore: Callable[[str, str], Till]
    visit: Visiting
    uplink: Callable[[], Uplink]


def rulebook_of(resources: Path, load: Callable[[Path], Rulebook], kind: str) -> Rulebook:
    """The rules that a shop of this kind begins with."""
    return load(resources / "rulebooks" / RULEBOOKS[kind])


def sample_of(folder: Path, kind: str, what: str) -> Path | None:
    """A table to try a shop of this kind with."""
    return folder / SAMPLES[kind].format(what=what) if kind in SAMPLES else None


def prepare_shop(
    home: Path, load: Callable[[str], Rulebook], preparing: Preparing, run: FirstRun, pin: str
) -> None:
    """Store, key, recovery file, rulebook and manager, all or nothing of it."""
    check_set_up(store_name=run.store_name, store_code=run.store_code, manager=run.manager, pin=pin)
    rulebook = load(run.kind)
    with preparing(
        home,
        store_name=run.store_name,
        store_code=run.store_code,
        till_no=int(run.till_no),
        zone=run.zone,
        recovery=Path(run.recovery),
        recovery_words=RECOVERY_WORDS,
    ) as (shop, _):
        set_up(shop, rulebook=rulebook, manager=run.manager, pin=pin)
