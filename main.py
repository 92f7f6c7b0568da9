"""main introduces: store, devices and shop to a window or to the screenless till (README.md)."""

from __future__ import annotations

import gc
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":  # Ctrl+C while this loads: nothing was begun, nothing is to say
    _tell = sys.excepthook
    sys.excepthook = lambda of, *it: sys.exit(130) if of is KeyboardInterrupt else _tell(of, *it)
from msgspec.structs import replace

from storage.begun import is_made
from storage.settings import Choices, load_settings, save_settings, settings_or_usual
from storage.uplink import uplink
from storage.watcher import program_words
from ui.catalogue import speak, spoken
from ui.console.command_line import command_line, spoken_to, whole
from ui.console.command_words import say, speak_utf8, warn_of_machine, warn_of_old_file
from ui.console.ending import ended
from ui.devices.paper_setup import desk_of

if TYPE_CHECKING:
    from core.ports.upkeep import Check
    from core.shop import Shop
    from storage.crashes import CrashBook
    from storage.home import Opened
    from ui.app import Machine
    from ui.first_run.founding import Founding

HOUSE = Path(__file__).resolve().parent
# A program that was put in place for all is no place for anybody's data.
DEMO_HOME = Path.home() / "shuke-demo" if getattr(sys, "frozen", False) else HOUSE / "demo"
# New objects worth a look for circular garbage: looking as usual would be a tenth of a start.
WHILE_LOADING, WHILE_SELLING = 100_000, 20_000
Pins = tuple[tuple[str, str], ...]


@contextmanager
def opened(home: Path, crashes: CrashBook | None = None) -> Iterator[Shop]:
    """The shop of a home, with its store owned by this process until the end."""
    from storage.crashes import CrashBook
    from storage.home import open_home
    from storage.logs import keep_logs
    from storage.undo_watch import watched_imports

    crashes = crashes or CrashBook(home)
    with open_home(home) as found, crashes.marked() as ended:
        keep_logs(home, crashes)
        found.machine.ended = ended
        warn_of_machine(found.machine.health())
        shop = shop_of(found)
        with watched_imports(found.store, shop.now):
            # Whatever stands now stands until the end: no search for garbage need go through it.
            gc.freeze()
            gc.set_threshold(WHILE_SELLING)
            yield shop


def shop_of(found: Opened) -> Shop:
    """What every action stands on."""
    from core.shop import Shop

    shop = Shop(found.store, found.clock, found.dice, found.pins, found.machine)
    if found.store.erased.is_there:  # one that was put back may have somebody again
        from core.actions.repeat_erasures import repeat_erasures

        repeat_erasures(shop)
    return shop


@contextmanager
def visited(home: Path, *, is_training: bool = False) -> Iterator[Shop]:
    """The shop of a home beside a till that may be selling; a copy of it to train on."""
    from storage.home import visit_home
    from storage.training import training_home

    with (training_home if is_training else visit_home)(home) as found:
        if found.machine.has_freed:
            warn_of_machine(found.machine.health())
        yield shop_of(found)


def setup(given: Namespace) -> int:
    """A fresh home becomes a till with the shipped rulebook and its first manager."""
    from storage.rulebook_file import load_rulebook
    from ui.console.setting_up import obey_setup

    load = partial(load_rulebook, given.rulebook or HOUSE / "resources/rulebooks/pharmacy.json")
    named: dict[str, Any] = {"visit": partial(visited, given.home), "uplink": uplink}
    return obey_setup(given, load=load, preparing=_prepared, keep=save_settings, **named)


@contextmanager
def _prepared(home: Path, **named: Any) -> Iterator[tuple[Shop, bool]]:
    """A shop in a fresh home, and whether its key lies in a file there."""
    from storage.home import prepare_home

    with prepare_home(home, **named) as found:
        yield shop_of(found), found.is_key_in_file


def till(given: Namespace) -> int:
    """The counter on a screen, or without one."""
    if not given.headless:
        return _window(given.home)
    from ui.console.headless import sell

    with opened(given.home) as shop:
        return sell(shop, load_settings(given.home), given.home, as_json=given.json, uplink=uplink)


def _window(home: Path, *, pins: Pins = ()) -> int:
    from storage.crashes import CrashBook
    from ui.console.screen_words import require_screen

    require_screen()
    crashes = CrashBook(home)
    if not pins and not _is_founded(home, crashes.name):
        return 0
    if crashes.is_marked and _is_open_already(crashes.name):
        return 0
    from storage.watcher import brought_back, same_command
    from ui.app import run
    from ui.patient_start import opened_in_turn

    with crashes.watched(), brought_back(same_command(HOUSE / "main.py")) as settle:
        machine = _machine(home, pins, crashes)
        opening = partial(opened_in_turn, machine.opening, partial(_is_open_already, crashes.name))
        named = {"name": crashes.name, "settle": settle, "examine": partial(_examined, home)}
        return run(replace(machine, opening=opening, **named))


def manage(given: Namespace) -> int:
    """The manager's window, beside a till that may be selling."""
    from storage.crashes import CrashBook
    from storage.logs import keep_logs
    from storage.second_process import give_way
    from ui.console.demo_words import DEMO_PINS
    from ui.console.screen_words import require_screen
    from ui.manage.program import Desk, manage

    require_screen()
    keep_logs(given.home)
    settings = replace(load_settings(given.home), language=spoken())
    pins = DEMO_PINS if given.home == DEMO_HOME else ()
    name = CrashBook(given.home).name + "-office"
    return manage(Desk(partial(visited, given.home), settings, give_way, pins, name, uplink))


def _is_open_already(name: str) -> bool:
    """Whether a till of that name answers: its window is in front now, and that is said."""
    from ui.console.screen_words import say_already_open
    from ui.second_start import knock

    if is_there := knock(name):
        say_already_open()
    return is_there


def _is_founded(home: Path, name: str) -> bool:
    """Whether a counter can open here: where there is no shop yet, once a person has made one."""
    if is_made(home) and not (home / "first_run.json").exists():
        return True  # at most starts nothing of the way to a shop is loaded
    from storage.first_run import waits_for_first_run

    if not waits_for_first_run(home):
        return True  # it was one: the store says what to do
    if _is_open_already(name):
        return False
    from storage.logs import keep_logs
    from ui.first_run.program import found

    keep_logs(home)
    return found(_founding(home, name))


def _founding(home: Path, name: str) -> Founding:
    from storage import first_run
    from storage.home import visit_home, zone_named
    from storage.import_intake import Intake
    from storage.rulebook_file import load_rulebook
    from storage.upkeep import HomeUpkeep
    from ui.devices.profile_files import own_profiles
    from ui.first_run.founding import Founding, prepare_shop, rulebook_of, sample_of

    @contextmanager
    def intake(file: Path, what: str) -> Iterator[tuple[Shop, Any]]:
        with visit_home(home) as found:
            yield shop_of(found), Intake(found.store, file, what)

    resources, run = HOUSE / "resources", first_run.take_up(home)
    load = partial(rulebook_of, resources, load_rulebook)
    return Founding(
        run=replace(run, language=spoken()) if run.step == "language" else run,
        settings=settings_or_usual(home),
        profiles=own_profiles(home),
        name=name,
        keep=partial(first_run.keep_first_run, home),
        keep_settings=partial(save_settings, home),
        check_zone=zone_named,
        prepare=partial(prepare_shop, home, load, _prepared),
        intake=intake,
        sample=partial(sample_of, resources / "sample"),
        end=partial(first_run.end_first_run, home),
        restore=lambda backup, way_back: HomeUpkeep(home).restore(backup, way_back)[0],
        visit=partial(visited, home),
        uplink=uplink,
    )


def _machine(home: Path, pins: Pins, crashes: CrashBook | None = None) -> Machine:
    """What a window runs on. A language chosen for this run is not written down."""
    from ui.app import Machine

    settings = replace(load_settings(home), language=spoken())
    opening, paper = partial(opened, home, crashes), desk_of(settings, home)
    keep, training = Choices(home, settings).keep, partial(visited, home, is_training=True)
    more: dict[str, Any] = {"slides": home / "slides", "training": training, "uplink": uplink}
    more["office"] = (*program_words(HOUSE / "main.py"), "manage", "--home", str(home))
    return Machine(opening, paper, settings, keep, pins, **more)


def demo(given: Namespace) -> int:
    """A demonstration shop, made when it is not there; without a screen, a walk with pictures."""
    from ui.console.demo_words import DEMO_PINS, demo_steps
    from ui.console.screen_words import has_screen, say_no_screen, say_pictures

    if not is_made(given.home):
        for words in demo_steps(given.home, HOUSE / "resources" / "sample"):
            step = command_line(given.home).parse_args(words)
            COMMANDS[step.command](step)
    if has_screen() and given.pictures is None:
        return _window(given.home, pins=DEMO_PINS)
    folder = given.pictures or given.home / "pictures"
    say_no_screen(folder)
    say_pictures(_walk(given.home, folder, DEMO_PINS))
    return 0


def _walk(home: Path, folder: Path, pins: Pins) -> list[Path]:
    """Pictures of each screen, then the last receipt as PDF and as the printer's bytes."""
    from core.actions.reprint import find_sale
    from ui.app import pictures

    taken = pictures(_machine(home, pins), folder)
    with opened(home) as shop:
        return [*taken, *desk_of(load_settings(home), home).save(find_sale(shop).receipt, folder)]


def bring_in(given: Namespace) -> int:
    """Products or members from a table, beside a till that may be selling."""
    from storage.home import visit_home
    from storage.import_intake import Intake
    from storage.imports import without_collecting
    from ui.console.bringing_in import Import

    with visit_home(given.home) as found, without_collecting():
        intake = Intake(found.store, given.file, given.what, given.shared_phones)
        work = Import(shop_of(found), intake)
        try:
            return work.run(is_dry=given.dry_run, takes_good_rows=given.good_rows_only)
        finally:
            warn_of_old_file(found.machine.health())


def staff(given: Namespace) -> int:
    """Who works here; a lost PIN of the only manager takes the recovery file."""
    from storage.home import check_recovery

    if given.verb == "reset-manager":
        check_recovery(given.home, given.recovery)
    return beside(given)


def beside(given: Namespace) -> int:
    """A command that asks nothing but a shop, beside a till that may be selling."""
    from storage.insight import question_names
    from ui.console.beside import obey

    say(obey(partial(visited, given.home), given, uplink, question_names))
    return 0


def storeless(given: Namespace) -> int:
    """A command that asks no store: a price, or a draw that is drawn again."""
    from storage.rulebook_file import load_rulebook
    from ui.console.storeless import obey_storeless

    said, code = obey_storeless(given, load_rulebook)
    say(said)
    return code


def rulebook(given: Namespace) -> int:
    """Say what is wrong with a rulebook, try it on past sales, or let it hold."""
    from storage.preview import previewing
    from storage.rulebook_file import load_rulebook
    from ui.console.rulebook_commands import obey_rulebook

    say(obey_rulebook(given, load=load_rulebook, visited=visited, previewing=previewing))
    return 0


def upkeep(given: Namespace) -> int:
    """A command for the keeping of a home: it needs no shop, or makes one open again."""
    from storage.upkeep import HomeUpkeep
    from ui.console.upkeep_commands import obey_upkeep

    return obey_upkeep(HomeUpkeep(given.home), given)


def doctor(given: Namespace) -> int:
    """What is wrong with this machine, and what to do."""
    if given.screen:
        from ui.screen_look import screen_record

        say(screen_record())
        return 0
    from ui.console.doctor_commands import obey_doctor

    return obey_doctor(_examined(given.home), as_json=given.json)


def _examined(home: Path) -> Iterator[Check]:
    """Home, devices and screen, one finding after another."""
    from storage.doctor import examined
    from ui.console.examine_screen import examined_screen
    from ui.devices.examine import examined_devices

    yield from examined(home)
    yield from examined_devices(settings_or_usual(home), home)
    yield from examined_screen(program_words(HOUSE / "main.py"))


def head_office(given: Namespace) -> int:
    """The server of a chain, or what its head office asks of it."""
    from server import program
    from ui.console.office_commands import obey_office

    return obey_office(given, program)


def papers(given: Namespace) -> int:
    """How papers look, or a statement of a member on one of them."""
    from ui.console.papers_desk import obey_papers, statement_words

    paper = desk_of(load_settings(given.home), given.home)
    if given.verb == "statement":
        with visited(given.home) as shop:
            say(statement_words(shop, given, paper))
    else:
        say(obey_papers(paper, given))
    return 0


def main(words: Sequence[str] | None = None) -> int:
    """Obey the words after `main.py`; 0: well, 1: found something, 2: not done, 130: stopped."""
    gc.set_threshold(WHILE_LOADING)
    speak_utf8()
    home, language = spoken_to(words, DEMO_HOME)
    speak(language or settings_or_usual(home).language)
    asked = whole(sys.argv[1:] if words is None else words)
    given = command_line(DEMO_HOME, asked).parse_args(asked)
    return ended(lambda: COMMANDS[given.command](given), partial(_log_bug, home, given.command))


def _log_bug(home: Path, command: str, bug: Exception) -> None:
    from storage.logs import log_bug

    log_bug(home, command, bug)


COMMANDS: dict[str, Callable[[Namespace], int]] = {
    **dict.fromkeys(("cards", "cases", "chain", "coupons", "labels", "points"), beside),
    **dict.fromkeys(("report", "tags", "tiers", "trace"), beside),
    **dict.fromkeys(("backup", "printer", "recover", "restore", "scanner", "verify"), upkeep),
    **dict.fromkeys(("office", "serve"), head_office),
    **dict.fromkeys(("draw", "quote"), storeless),
    "demo": demo,
    "doctor": doctor,
    "import": bring_in,
    "manage": manage,
    "papers": papers,
    "rulebook": rulebook,
    "setup": setup,
    "staff": staff,
    "till": till,
}


if __name__ == "__main__":
    sys.exit(main())
