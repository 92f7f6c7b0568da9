"""世界: tills, their copies, a server and the network between them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.simulate import counter
from benchmarks.simulate.beat import turn
from benchmarks.simulate.chance import Sun
from benchmarks.simulate.machine import PROGRAM, Machine
from benchmarks.simulate.network import CALM, Network
from benchmarks.simulate.server import Server
from benchmarks.simulate.stranger import Stranger
from benchmarks.simulate.town import Town
from core.actions.ask_members import PATIENCE_US
from core.actions.enrol_till import make_enrolment, revoke
from core.actions.sync import join_chain, leave_chain
from core.errors import (
    CopyFound,
    NotInChain,
    ServerBusy,
    SessionOver,
    TillRevoked,
    TillTaken,
    TillUnknown,
)
from core.ports import Till
from core.values.ident import uuid7

URL = "http://127.0.0.1:1"
STORES = 2
MOST_COPIES = 3
"""Machines at most that are one till at a time."""
TRIES = 30
HEALINGS, MOST_HEALINGS, MOST_STEPS = 3, 9, 1000
"""A copy is told its number in one session, and begins with it in the next."""


class World:
    """`places` are the tills, each with the machines that are it; `gone` were lost for good."""

    def __init__(self, folder: Path, seed: str, tills: int) -> None:
        self.seed, self._folder = seed, folder
        self.sun = Sun()
        self.server = Server(folder, self.sun, seed, STORES)
        self.network = Network(self.server, self.sun)
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.town = Town()
        self.rulebooks = 0
        """How many head office has issued."""
        self._homes = 0
        self._dice = random.Random(f"{seed} ids")
        self.places: list[list[Machine]] = []
        for number in range(tills):
            self.places.append([self.new_machine(number)])
        self.stranger = Stranger(self.sun, self.network, seed, tills + 1)

    def new_machine(self, place: int) -> Machine:
        """A fresh till that stands at a place, and has joined the chain."""
        machine = Machine(self.new_home(), self.sun, self.network, self.seed, self.town)
        store = place % STORES + 1
        machine.create(
            Till(
                id=uuid7(self.sun.us, self._dice.randbytes(10)),
                store_name=f"{store}号店",
                store_code=f"S{store:02d}",
                till_no=place + 1,
                incarnation=1,
                zone=ZoneInfo("Asia/Shanghai"),
            )
        )
        counter.furnish(machine)
        self.join(machine)
        return machine

    def new_home(self) -> Path:
        """Where nothing lies yet."""
        self._homes += 1
        return self._folder / f"home{self._homes}"

    def machines(self) -> Iterator[Machine]:
        """All that are still there."""
        for place in self.places:
            yield from place

    def join(self, machine: Machine) -> None:
        """By a fresh code; whoever stands at its place is taken out of the chain before."""
        till, office = machine.till, self.server.office
        try:
            code = make_enrolment(office, till.store_code, till.till_no)
        except TillTaken:
            with office.store.read() as reading:
                taken = reading.tills.at(till.store_code, till.till_no)
            assert taken is not None
            revoke(office, taken.id)
            code = make_enrolment(office, till.store_code, till.till_no)
        shop, staff = machine.shop, machine.staff
        asked = (machine.line, machine.keys)
        join_chain(shop, *asked, url=URL, code=code, staff=staff, program=PROGRAM)
        self.done["joined the chain"] += 1

    def sync(self, machine: Machine, dice: random.Random, *, batches: int = TRIES) -> bool:
        """Send what waits; whether nothing waits any more. Raises what stands in the way."""
        machine.line.dice = dice
        for _ in range(batches):
            try:
                if turn(machine, self.done, limit=dice.randint(1, 60)):
                    return True
            except SessionOver:
                machine.session = None
        return False

    def settle_down(self, machine: Machine, dice: random.Random) -> bool:
        """The same with a person who helps: who is not in the chain joins it again."""
        for _ in range(TRIES):
            try:
                if self.sync(machine, dice):
                    return True
            except CopyFound:
                machine.session = None
            except (TillUnknown, TillRevoked):
                machine.session = None
                leave_chain(machine.shop, staff=machine.staff)
                self.join(machine)
            except NotInChain:
                machine.session = None
                self.join(machine)
            except ServerBusy:
                self.server.work(MOST_STEPS)  # it was asked to come again when more is read
        return False

    def heal(self) -> Iterator[str]:
        """The weather clears, everybody is in reach; what does not come to an end is told."""
        self.network.weather = CALM
        self.server.fuse.light(0)
        self.network.deliver_late(all_of_them=True)
        dice = random.Random(f"{self.seed} heal")
        self.stranger.remember()
        self.stranger.send(dice)
        for healing in range(1, MOST_HEALINGS + 1):
            taken = self.done["changes taken"]
            self.sun.us += PATIENCE_US + 1  # whoever was passed over is asked for again
            for machine in self.machines():
                machine.fuse.light(0)
                machine.line.is_cut = False
                machine.session = None
                if not self.settle_down(machine, dice):
                    yield f"never ends: {machine.home.name} still has something to send"
            # What is read now each till is told in the next round.
            if self.server.work(MOST_STEPS):
                yield "never ends: what the server does behind"
            # Copies of one till are told of one erasure one after another: each tells of it itself.
            # Points that are leased and given back are news for ever.
            if healing >= HEALINGS and taken == self.done["changes taken"]:
                return

    def close(self) -> None:
        """The end."""
        for machine in self.machines():
            machine.close()
        self.server.close()
