"""会发生什么: each kind of step; a new one is a function here, its name in `HAPPENINGS`."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.simulate import counter, issuing, together
from benchmarks.simulate.machine import Machine
from benchmarks.simulate.network import CALM, Weather
from benchmarks.simulate.world import MOST_COPIES, World
from core.actions.enrol_till import revoke
from core.errors import DayNotOpen

MINUTE_US = 60 * 1_000_000
YEAR_US = 365 * 24 * 60 * MINUTE_US
LONGEST_FUSE = 25
Happening = Callable[[World, list[Machine], Machine, random.Random], None]
"""In this world, at a place, to one of the machines there."""


def _at_counter(do: Callable[[Machine, random.Random], None]) -> Happening:
    def happen(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
        try:
            do(machine, dice)
        except DayNotOpen:
            counter.begin_day(machine)
            do(machine, dice)

    return happen


def _open(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    for each in place:
        counter.begin_day(each)


def _close(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    world.done["till-days"] += 1
    for each in place:
        counter.end_day(each)


def _sync(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    world.sync(machine, dice, batches=dice.randint(1, 8))


def _crash(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    """Somewhere within what it does next."""
    machine.fuse.light(dice.randint(1, LONGEST_FUSE))


def _weather(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    shares = [dice.choice((0, 0, 10, 30)) for _ in range(4)]
    world.network.weather = CALM if dice.random() < 0.3 else Weather(*shares)


def _cut(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    machine.line.is_cut = not machine.line.is_cut


def _clock(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    """A little, much, or by ten years; often somebody has put it right."""
    machine.jump(dice.choice((0, 0, -5, 5, 90, -90, 24 * 60, -48 * 60)) * MINUTE_US)
    if dice.random() < 0.05:
        machine.jump(dice.choice((10, -10)) * YEAR_US)


def _restore(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    if machine.backups:
        world.town.has_copies = True
        machine.restore(dice)


def _put_back(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    if machine.backups:
        world.town.has_copies = True
        machine.put_back(dice)


def _elsewhere(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    """An old state of the disk in another machine, without its witness; the first one is gone."""
    if machine.backups:
        world.town.has_copies = True
        backup = dice.choice(sorted(machine.backups))
        other = machine.revived(world.new_home(), world.seed, backup)
        machine.close()
        place[place.index(machine)] = other


def _clone(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    if len(place) < MOST_COPIES:
        world.town.has_copies = True
        is_running = dice.random() < 0.5
        place.append(machine.cloned(world.new_home(), world.seed, is_running=is_running))


def _lose(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    """Its disk is broken; a fresh till stands in its place where no copy of it does."""
    machine.close()
    place.remove(machine)
    if not place:
        till = world.places.index(place)
        weather, world.network.weather = world.network.weather, CALM
        world.server.fuse.light(0)  # whoever sets it up would try again
        place.append(world.new_machine(till))
        world.network.weather = weather


def _revoke(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    revoke(world.server.office, machine.till.id)


def _server_dies(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    """Somewhere within what it is asked next."""
    world.server.fuse.light(dice.randint(1, LONGEST_FUSE))


def _back_up(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    world.server.back_up()


def _put_server_back(
    world: World, place: list[Machine], machine: Machine, dice: random.Random
) -> None:
    """What it forgets comes again from whoever still has it."""
    if world.server.has_backup:
        world.server.restore()
        kept = world.server.kept()
        told = world.network.told
        world.network.told = {
            hashed: mark for hashed, mark in told.items() if hashed in kept or mark in kept
        }
        world.stranger.remember()
        world.town.erased.clear()  # a server that forgot it before any till had heard of it


def _stranger(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    world.stranger.work(dice)


def _read(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    """The server reads members and points of what has come."""
    world.server.work(dice.randint(1, 3))


HAPPENINGS: dict[str, Happening] = {
    "open": _open,
    "close": _close,
    "sell": _at_counter(counter.serve),
    "join": _at_counter(counter.join),
    "return": _at_counter(counter.take_back),
    "void": _at_counter(counter.void),
    "reward": _at_counter(counter.reward),
    "issue codes": _at_counter(together.issue_codes),
    "return any": _at_counter(together.take_back_any),
    "hold": _at_counter(together.lay_aside),
    "take up": _at_counter(together.take_up),
    "merge": _at_counter(together.merge),
    "sync": _sync,
    "crash": _crash,
    "weather": _weather,
    "cut": _cut,
    "clock": _clock,
    "restore": _restore,
    "put back": _put_back,
    "elsewhere": _elsewhere,
    "clone": _clone,
    "lose": _lose,
    "revoke": _revoke,
    "server dies": _server_dies,
    "server back up": _back_up,
    "server restore": _put_server_back,
    "stranger": _stranger,
    "rename": issuing.rename,
    "prices": issuing.prices,
    "rulebook": issuing.rulebook,
    "erase": issuing.erase,
    "part": issuing.part,
    "read": _read,
}
USUAL = (
    *("open", "close", "sell", "join", "return", "void", "reward", "sync", "read"),
    *("issue codes", "return any", "hold", "take up", "merge"),
    *("rename", "erase", "part", "prices", "rulebook"),
)
"""What is no fault."""
