"""断电，在连锁里: tills that sell and send, and the server on PostgreSQL, are killed at random.

Between them is a line that cuts, delays and doubles. Nothing that was confirmed may be lost,
nothing doubled, no copy may be seen where there is none; in the end all is at the server.
"""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct, field

from core.actions.enrol_till import make_enrolment, name_store
from core.actions.head_office import open_cases
from core.actions.same_person import SAME_CARD
from core.shop import HeadOffice
from server.program import DATABASE, opened_office
from tests.builders import PIN, STORIES, Home
from tests.chained import events_of, is_there
from tests.house.sources import HOUSE
from tests.kill.killing import Tally, kill_once, look, till_command
from tests.kill.proxy import Proxy
from tests.server.kept import kept
from tests.server.postgres import NEEDED, binaries, running

TILLS = 2
TRIES = 60
LONGEST_S = 1.5
"""Of a till's work before it is killed."""


class ChainTally(Struct):
    """What it came to; `kills` are those of tills, of what sends beside them, and of the server."""

    tills: list[Tally] = field(default_factory=list)
    senders: int = 0
    servers: int = 0
    events: int = 0
    fates: dict[str, int] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        """All of them."""
        return sum(tally.kills for tally in self.tills) + self.senders + self.servers


class Server:
    """`main.py serve` on one port, one process after another."""

    def __init__(self, database: str) -> None:
        self._database = database
        with socket.create_server(("127.0.0.1", 0)) as place:
            self.port = int(place.getsockname()[1])
        self._process = self._begun()

    def _begun(self) -> subprocess.Popen[str]:
        for _ in range(TRIES):
            process = subprocess.Popen(
                [
                    *(sys.executable, str(HOUSE / "main.py"), "serve", "--port", str(self.port)),
                    *("--chain", "康宁连锁", "--log-level", "ERROR"),
                ],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env={**os.environ, DATABASE: self._database},
            )
            assert process.stdout
            if "http" in process.stdout.readline():
                return process
            process.wait()
            time.sleep(0.5)
        raise AssertionError("the server does not begin")

    def kill(self) -> None:
        """At once."""
        self._process.kill()
        self._process.communicate()

    def restart(self) -> None:
        """As whoever keeps it running does."""
        self.kill()
        self._process = self._begun()


def kill_chain(folder: Path, *, kills: int, seed: int) -> ChainTally:
    """Kill so many times in all; then everything is sent, and looked at."""
    programs = binaries()
    if programs is None:
        raise SystemExit(NEEDED)
    with running(programs, settings="") as postgres, ExitStack() as doors:
        database = postgres.fresh_database()
        office = doors.enter_context(opened_office(database, None))
        name_store(office, "S01", "中山路店")
        server = Server(database)
        doors.callback(server.kill)
        proxy = Proxy(server.port, random.Random(f"{seed} line"))
        doors.callback(proxy.close)
        proxy.is_calm = True
        homes = [_joined(folder / f"till{no}", no, office, proxy) for no in range(1, TILLS + 1)]
        proxy.is_calm = False
        tally = ChainTally(tills=[Tally() for _ in homes])
        _kill(tally, homes, server, kills, seed)
        proxy.is_calm = True
        for home, of_till in zip(homes, tally.tills, strict=True):
            _send_all(home, tally)
            look(home.path, of_till)
            _compare(home, office, tally)
        tally.fates = dict(proxy.fates)
        # Both tills were given the same file of members before they joined: they became one.
        tally.troubles += [
            f"case: {each.kind} {each.detail}"
            for each in open_cases(office)
            if each.kind != SAME_CARD
        ]
        tally.troubles += [trouble for each in tally.tills for trouble in each.troubles]
    return tally


def _joined(folder: Path, no: int, office: HeadOffice, proxy: Proxy) -> Home:
    """A till with goods and members, which belongs to the chain."""
    home = Home(folder)
    by = ("--manager", "店长", "--pin", PIN)
    home.command("setup", "--store", "中山路店", "--till", str(no), *by)
    for what in ("products", "members"):
        home.command("import", what, str(STORIES / f"{what}.csv"))
    home.command("printer", f"file:{home.path / 'paper.bin'}")
    code = make_enrolment(office, "S01", no)
    url = f"http://127.0.0.1:{proxy.port}"
    home.command("chain", "join", url, code, "--by", "店长", "--by-pin", PIN)
    return home


def _kill(tally: ChainTally, homes: list[Home], server: Server, kills: int, seed: int) -> None:
    """Tills one after another; beside them what sends, and the server."""
    ended = threading.Event()
    beside = [
        threading.Thread(target=_keep_sending, args=(home, tally, ended, f"{seed} {no}"))
        for no, home in enumerate(homes)
    ]
    beside.append(threading.Thread(target=_keep_serving, args=(server, tally, ended, seed)))
    for each in beside:
        each.start()
    dice, begun = random.Random(seed), time.monotonic()
    try:
        while tally.kills < kills:
            for home, of_till in zip(homes, tally.tills, strict=True):
                kill_once(home.path, dice, of_till, longest_s=LONGEST_S)
            if sum(each.kills for each in tally.tills) % 20 == 0:
                print(f"{tally.kills} kills, {time.monotonic() - begun:.0f} s", flush=True)
    finally:
        ended.set()
        for each in beside:
            each.join()


def _keep_sending(home: Home, tally: ChainTally, ended: threading.Event, seed: str) -> None:
    """`main.py chain send` again and again beside the till; most of them are killed."""
    dice, usual_s = random.Random(seed), 5.0
    while not ended.is_set():
        process, begun = _sender(home), time.monotonic()
        try:
            process.communicate(timeout=usual_s * dice.uniform(0.3, 1.5))
            usual_s = max(1.0, time.monotonic() - begun)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            tally.senders += 1
            usual_s *= 1.2  # whatever else the machine does, some of them come to an end


def _sender(home: Home) -> subprocess.Popen[str]:
    words = till_command(home.path, "chain", "send")
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _keep_serving(server: Server, tally: ChainTally, ended: threading.Event, seed: int) -> None:
    dice = random.Random(f"{seed} server")
    while not ended.wait(dice.uniform(3, 12)):
        server.restart()
        tally.servers += 1


def _send_all(home: Home, tally: ChainTally) -> None:
    """The line is good again: nothing may wait in the end."""
    said = ""
    for _ in range(TRIES):
        process = _sender(home)
        said = " ".join(process.communicate())
        if process.returncode == 0 and "都在总部了" in said:
            return
        time.sleep(0.5)
    tally.troubles.append(f"{home.path.name} still waits: {said}")


def _compare(home: Home, office: HeadOffice, tally: ChainTally) -> None:
    """The same events on both sides, in their order and with what is beside them."""
    with home.shop() as shop:
        made = events_of(shop)
    there = kept(office, made[0].till_id)
    tally.events += len(there)
    if [event.hash for event in there] != [event.hash for event in made]:
        tally.troubles.append(f"{home.path.name} made {len(made)} events, {len(there)} are there")
    for event in made:
        if not is_there(office, event):
            what = f"{event.kind} {event.seq} of {home.path.name}"
            tally.troubles.append(f"{what} is not there whole")
