"""Where strange things come in: each target makes one of its dice and lets the program have it.

What the program refuses it refuses by a Shortfall, or by an answer below 500; else it is a trouble.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import openpyxl
from starlette.testclient import TestClient

from benchmarks.pricing import shipped_rulebook
from core.actions.counter import new_basket
from core.actions.day import open_day
from core.actions.drawer import try_drawer
from core.actions.enrol_till import make_enrolment, name_store
from core.actions.head_office import begin_serving
from core.actions.pull import pull
from core.actions.scan import find, scan
from core.actions.sync import begin, send
from core.catalog.product_table import read_products
from core.errors import Shortfall
from core.members.member_code import member_code
from core.members.member_table import read_members
from core.sync.invitation import read_invitation, write_invitation
from core.sync.session import Joining, SignedHello
from core.sync.wire import Push
from core.values.coupon_code import ENROLMENT, make_code
from server.app import make_app
from server.program import opened_office
from storage.central import HttpCentral
from storage.machine import SystemClock
from storage.signatures import Ed25519
from storage.tables import open_table
from tests.builders import STORIES, Home, manager_of
from tests.chained import PROGRAM, URL, Line, an_office, join
from tests.fuzz.mangling import mangled, mangled_record, mangled_text
from tests.server.conftest import PATIENT
from tests.server.tills import TillAtWork, as_json, push_of

KEYS = Ed25519()
CODES = (
    "6901234567809",
    "800001",
    "13800138000",
    "2110086001238",
    "]C10106901234567809172712311012AB",
    "(01)06901234567809(17)271231(10)A1",
    "]d20106901234567809\x1d2112345",
    "81234567890123456789",
    "%800001?",
    ";800001=?",
    "G001",
    "S01-T1-000001",
    "284512345678901234",
    "6222020200112233445",
    member_code("800001"),
    make_code(bytes(range(7)), first=ENROLMENT),
    write_invitation("https://chain.example.com", make_code(bytes(7), first=ENROLMENT)),
    "维生素C",
    "wss",
)
Target = Callable[[random.Random], None]
"""One strange input; raises what it should not."""


class Broken(Exception):
    """An answer that no input may have."""


@contextmanager
def server(folder: Path) -> Iterator[Target]:
    """Bodies of all paths, packed and not, from who has a token and who has none."""
    with opened_office(f"sqlite:///{folder / 'fuzzed.db'}", None) as office:
        begin_serving(office, "康源")
        name_store(office, "S01", "中山路店")
        till = TillAtWork(1)
        with TestClient(make_app(office, PATIENT), raise_server_exceptions=False) as client:
            code = make_enrolment(office, "S01", 1)
            client.post("/v1/enroll", content=as_json(Joining(code, till.enrolment())))
            answer = client.post("/v1/session", content=as_json(till.hello()))
            token = {"authorization": f"Bearer {answer.json()['token']}"}
            whole = [
                ("/v1/enroll", {"code": code, "enrolment": _plain(till.enrolment())}),
                ("/v1/session", _plain(till.hello())),
                ("/v1/invitation", {"code": code}),
            ]
            events = [till.sell(), till.sell(), till.note(), till.join_member()[0]]
            pushed = _plain(push_of(*events))

            def target(dice: random.Random) -> None:
                path, record = dice.choice(whole) if dice.random() < 0.3 else ("/v1/events", pushed)
                _ask(client, dice, path, record, token if dice.random() < 0.9 else {})

            yield target


def _ask(
    client: TestClient, dice: random.Random, path: str, record: Any, headers: dict[str, str]
) -> None:
    way = dice.random()
    body = json.dumps(mangled_record(dice, record) if way < 0.6 else record).encode()
    if way >= 0.5:
        body = mangled(dice, body)
    if dice.random() < 0.2:
        packed = gzip.compress(body, 1)
        body = mangled(dice, packed) if dice.random() < 0.5 else packed
        headers = headers | {"content-encoding": "gzip"}
    if dice.random() < 0.1:
        answer = client.get(f"/v1/changes?cursor={mangled(dice, b'AAAA').hex()}", headers=headers)
    else:
        answer = client.post(path, content=body, headers=headers)
    if answer.status_code >= 500:
        raise Broken(f"{answer.status_code} for {path}: {body!r}")


def _plain(value: object) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


@contextmanager
def answers(folder: Path) -> Iterator[Target]:
    """What a till hears of its server: sessions, what became of events, pages of changes."""
    home = Home.prepared(folder, products="products.csv")
    office = an_office(folder, SystemClock())
    line = Line(office)
    with home.shop() as shop:
        open_day(shop, float_fen=0, staff=manager_of(shop))
        join(shop, line)
        session, _ = begin(shop, line, KEYS, program=PROGRAM)
        heard = _Heard(line)
        central = heard.central()

        def target(dice: random.Random) -> None:
            heard.dice = dice
            if dice.random() < 0.2:
                name_store(office, "S01", f"{dice.randrange(1000)}号店")
                try_drawer(shop, staff=manager_of(shop))
            with suppress(Shortfall):
                match dice.randrange(4):
                    case 0:
                        begin(shop, central, KEYS, program=PROGRAM)
                    case 1:
                        pull(shop, central, session)
                    case 2:
                        central.ask(URL, "R000")
                    case _:
                        send(shop, central, session, limit=dice.randint(1, 5))

        yield target
    office.store.close()  # type: ignore[attr-defined]


class _Heard:
    """A network whose answers are what the server says, but not quite."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.dice = random.Random(0)

    def central(self) -> HttpCentral:
        """The till's own client on it."""
        central = HttpCentral()
        client = httpx2.Client(transport=httpx2.MockTransport(self._answer), trust_env=False)
        central._clients = {True: client, False: client}
        return central

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        dice = self.dice
        try:
            said = self._said(request)
        except Shortfall as refused:
            facts = {name: getattr(refused, name) for name in refused.facts}
            said = {"problem": type(refused).__name__, "facts": facts}
        body = json.dumps(mangled_record(dice, said) if dice.random() < 0.6 else said).encode()
        if dice.random() < 0.5:
            body = mangled(dice, body)
        code = 200 if dice.random() < 0.8 else dice.choice((204, 302, 400, 401, 403, 409, 429, 503))
        headers = {"content-encoding": "gzip"} if dice.random() < 0.1 else {}
        if headers and dice.random() < 0.5:
            body = gzip.compress(body, 1)
        return httpx2.Response(code, content=body, headers=headers)

    def _said(self, request: httpx2.Request) -> Any:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        raw = request.read()
        body = gzip.decompress(raw) if raw else b""
        match request.url.path.rpartition("/")[2]:
            case "session":
                return _plain(self._line.begin(URL, msgspec.json.decode(body, type=SignedHello)))
            case "events":
                return _plain(self._line.push(URL, token, msgspec.json.decode(body, type=Push)))
            case "changes":
                return _plain(self._line.changes(URL, token, request.url.params["cursor"]))
        return {"place": "S01"}


@contextmanager
def tables(folder: Path) -> Iterator[Target]:
    """CSV files and workbooks of products and members."""
    path = folder / "table"
    whole = [(what, data) for what in ("products", "members") for data in _files_of(what, folder)]
    scheme = shipped_rulebook().scheme

    def target(dice: random.Random) -> None:
        what, data = dice.choice(whole)
        path.write_bytes(mangled(dice, data))
        with suppress(Shortfall), closing(open_table(path)) as table:
            rows = table.rows()
            if what == "products":
                found = list(read_products(table.headings, rows))
            else:
                found = list(read_members(table.headings, rows, scheme, today=date.min))
            assert len(found) < 1000

    yield target


def _files_of(what: str, folder: Path) -> Iterator[bytes]:
    text = (STORIES / f"{what}.csv").read_text("utf-8-sig")
    yield text.encode()
    yield text.encode("gb18030")
    book = openpyxl.Workbook()
    for row in csv.reader(text.splitlines()):
        book.active.append(row)
    book.save(folder / "book.xlsx")
    yield (folder / "book.xlsx").read_bytes()


@contextmanager
def scans(folder: Path) -> Iterator[Target]:
    """What scanners read and people type: goods, cards, QR codes, coupons, invitations."""
    home = Home.prepared(folder, products="products.csv", members="members.csv")
    with home.shop() as shop:
        staff = manager_of(shop)
        open_day(shop, float_fen=0, staff=staff)
        fresh = new_basket(shop)

        def target(dice: random.Random) -> None:
            text = mangled_text(dice, dice.choice(CODES))
            with suppress(Shortfall):
                scan(shop, fresh.basket, text, staff=staff)
            with suppress(Shortfall):
                read_invitation(text)
            find(shop, text)

        yield target


TARGETS: dict[str, tuple[Callable[[Path], Any], int]] = {
    "server": (server, 25),
    "answers": (answers, 15),
    "tables": (tables, 10),
    "scans": (scans, 50),
}
"""Each with its share of a hundred."""
