"""总部的线: whatever answers, a till gets an answer that it understands, or one of three errors."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import msgspec
import pytest
from msgspec import Raw

from core.errors import (
    BadAddress,
    CodeSpent,
    CopyFound,
    EnrolmentDiffers,
    PlainAddress,
    ServerBusy,
    ServerStrange,
    ServerUnreachable,
    SessionOver,
    Shortfall,
    TillRevoked,
)
from core.sync.feed import Change, Page
from core.sync.session import Enrolled, Enrolment, Session, SignedHello
from core.sync.wire import Answer, EventSent, Push, Pushed, Status
from storage.central import MOST_ANSWER, PATIENCE_S, HttpCentral, counter_line
from tests.storage.making import new_id

TOKEN = "ab" * 32
ENROLMENT = Enrolment(new_id(), "S01", 1, 1, "0" * 64, "0" * 32, "test")
HELLO = SignedHello("{}", "0" * 128)
SESSION = Session(TOKEN, 9, 8, 1, 5)
PUSH = Push(1, (EventSent(1, '{"a":1}', "0" * 64, "1" * 64),))
PUSHED = Pushed((Answer(Status.QUARANTINED, "fork"),), 1, 1)


class Server(BaseHTTPRequestHandler):
    """Answers what it is told to, and keeps what it was asked; to the next ones it is `busy`."""

    told: ClassVar[tuple[int, bytes, dict[str, str]]] = (200, b"{}", {})
    busy: ClassVar[list[int]] = []
    asked: ClassVar[list[tuple[str, dict[str, str], bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.asked.append((self.path, dict(self.headers), body))
        code, answer, headers = self.told
        if self.busy:
            code, answer, headers = self.busy.pop(), b"{}", {"Retry-After": "5"}
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if answer != b"cut":
            self.wfile.write(answer)

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Where it listens."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def central() -> Iterator[HttpCentral]:
    """One line for all."""
    made = HttpCentral()
    yield made
    made.close()


def tell(answer: object, code: int = 200, **headers: str) -> None:
    body = answer if isinstance(answer, bytes) else msgspec.json.encode(answer)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    Server.told = code, body, named


def problem(name: str, **facts: object) -> dict[str, object]:
    return {"problem": name, "facts": facts}


def refused(central: HttpCentral, url: str) -> Shortfall:
    with pytest.raises(Shortfall) as error:
        central.push(url, TOKEN, PUSH)
    return error.value


def test_it_says_what_is_agreed(central: HttpCentral, url: str) -> None:
    Server.asked.clear()
    tell(Enrolled("康宁", "中山路店"))
    assert central.enrol(url, "R1", ENROLMENT) == Enrolled("康宁", "中山路店")
    tell(SESSION)
    assert central.begin(url, HELLO) == SESSION
    tell(PUSHED)
    assert central.push(url + "/", TOKEN, PUSH) == PUSHED
    tell({"now_us": 1})
    central.look(url)
    paths = [path for path, _, _ in Server.asked]
    assert paths == ["/v1/enroll", "/v1/session", "/v1/events", "/v1/health"]
    bearers = [headers.get("Authorization") for _, headers, _ in Server.asked]
    assert bearers == [None, None, f"Bearer {TOKEN}", None]
    _, headers, body = Server.asked[2]
    assert headers["Content-Encoding"] == "gzip"
    assert msgspec.json.decode(gzip.decompress(body), type=Push) == PUSH
    joining = json.loads(gzip.decompress(Server.asked[0][2]))
    assert joining["code"] == "R1"


@pytest.mark.parametrize(
    ("code", "told", "error"),
    [
        (409, problem("CopyFound", next_one=3), CopyFound(3)),
        (409, problem("CopyFound", next_one=3, more=[1]), CopyFound(3)),
        (401, problem("SessionOver"), SessionOver()),
        (403, problem("TillRevoked"), TillRevoked()),
        (410, problem("CodeSpent"), CodeSpent()),
        (409, problem("EnrolmentDiffers", store_code="S02", till_no=3), EnrolmentDiffers("S02", 3)),
        # Strange: unknown, or without the facts that it has
        (400, problem("Refused"), ServerStrange("unread")),
        (400, problem("NotUnderstood", detail="x"), ServerStrange("unread")),
        (409, problem("CopyFound"), ServerStrange("unread")),
        (409, problem("CopyFound", next_one="3"), ServerStrange("unread")),
        (409, problem("CopyFound", next_one=1 << 40), ServerStrange("unread")),
        (409, problem("CopyFound", next_one=True), ServerStrange("unread")),
        (404, b"", ServerStrange("unread")),
        (404, b"<html>", ServerStrange("page")),
        (413, problem("TooMuchSent", most_events=1, most_bytes=2), ServerStrange("large")),
        (500, b"oops", ServerStrange("broken")),
        (502, b"<html>", ServerUnreachable("refused")),
        (301, b"", ServerStrange("elsewhere")),
        (302, problem("SessionOver"), ServerStrange("elsewhere")),
        # A page to log in, or anything else that is none of ours
        (200, b"  <!doctype html><title>WLAN</title>", ServerStrange("page")),
        (200, b"", ServerStrange("unread")),
        (200, b"\xff\xfe", ServerStrange("unread")),
        (200, b"[" * 100_000, ServerStrange("unread")),
        (200, b'{"answers":[],"incarnation":NaN,"durable_through":1}', ServerStrange("unread")),
        (200, Pushed((), 1, 1 << 60), ServerStrange("unread")),
        (200, b" " * (MOST_ANSWER + 1), ServerStrange("long")),
    ],
)
def test_every_other_answer_is_one_error(
    central: HttpCentral, url: str, code: int, told: object, error: Shortfall
) -> None:
    tell(told, code, Location="http://127.0.0.1:1/")
    found = refused(central, url)
    assert (type(found), repr(found)) == (type(error), repr(error))


def test_what_only_a_later_server_says_of_an_event_is_read(central: HttpCentral, url: str) -> None:
    tell(b'{"answers":[{"status":"gone","more":1}],"incarnation":1,"durable_through":1,"more":[]}')
    assert central.push(url, TOKEN, PUSH) == Pushed((Answer(Status.OTHER),), 1, 1)


@pytest.mark.parametrize(
    "typed", ["https://xn--zz--.cn", "https://256.1.1.1", "https://[1::2::3]", "https://h\u017f.cn"]
)
def test_what_only_looks_like_an_address_is_none(central: HttpCentral, typed: str) -> None:
    with pytest.raises(BadAddress):
        central.enrol(typed, "R1", ENROLMENT)


def test_a_proxy_that_nobody_can_speak_with_is_no_bug(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    for proxy in ("socks5://127.0.0.1:1", "nonsense://x", "http://[1::2::3]"):
        monkeypatch.setenv("ALL_PROXY", proxy)
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        alone = HttpCentral()
        with pytest.raises((ServerUnreachable, ServerStrange)):
            alone.look("https://hq.example.invalid")
        alone.close()


def test_a_page_comes_packed_and_a_bomb_does_not_go_off(central: HttpCentral, url: str) -> None:
    page = Page("1.2.3&?", (Change("store", "S01", Raw(b'{"name":"x"}')),), True)
    tell(gzip.compress(msgspec.json.encode(page)), Content_Encoding="gzip")
    assert central.changes(url, TOKEN, page.cursor) == page
    path, headers, _ = Server.asked[-1]
    assert path == "/v1/changes?cursor=1.2.3%26%3F"
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    for packed in (gzip.compress(bytes(1 << 26)), b"no gzip", gzip.compress(b"{}")[:-9]):
        tell(packed, Content_Encoding="gzip")
        with pytest.raises(ServerStrange):
            central.changes(url, TOKEN, "")


@pytest.mark.parametrize(
    ("code", "after", "wait_s"),
    [(429, "7", 7), (503, "120", 120), (503, "Fri, 27 Nov 2026 00:00:00 GMT", 30), (503, "", 30)],
)
def test_a_busy_server_says_how_long(
    central: HttpCentral, url: str, code: int, after: str, wait_s: int
) -> None:
    tell(problem("ServerBusy", wait_s=1), code, Retry_After=after)
    found = refused(central, url)
    assert isinstance(found, ServerBusy)
    assert found.wait_s == wait_s


def test_who_waits_at_a_counter_asks_a_busy_server_again(central: HttpCentral, url: str) -> None:
    tell(PUSHED)
    Server.asked.clear()
    Server.busy[:] = [503, 429, 429]
    assert isinstance(refused(central, url), ServerBusy), "who can wait comes later"
    with closing(counter_line()) as line:
        assert line.push(url, TOKEN, PUSH) == PUSHED
    assert len(Server.asked) == 4
    assert len({body for _, _, body in Server.asked}) == 1, "the same is said again"


def test_a_server_that_stays_busy_is_out_of_reach_when_the_patience_is_over(url: str) -> None:
    tell(problem("ServerBusy", wait_s=5), 429, Retry_After="5")
    Server.asked.clear()
    before_s = time.monotonic()
    with closing(counter_line()) as central:
        assert isinstance(refused(central, url), ServerBusy)
    assert time.monotonic() - before_s < PATIENCE_S
    assert len(Server.asked) > 2


def test_who_does_not_answer_is_out_of_reach(central: HttpCentral, url: str) -> None:
    tell(b"cut")
    assert repr(refused(central, url)) == repr(ServerUnreachable("cut"))
    assert repr(refused(central, "http://127.0.0.1:1")) == repr(ServerUnreachable("refused"))
    tls = refused(central, url.replace("http:", "https:"))
    assert repr(tls) == repr(ServerUnreachable("certificate"))


def test_nothing_goes_out_that_is_not_encrypted(central: HttpCentral) -> None:
    with pytest.raises(PlainAddress):
        central.push("http://hq.example.com", TOKEN, PUSH)


def test_no_proxy_stands_between_this_machine_and_itself(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    tell({})
    alone = HttpCentral()
    alone.look(url)
    alone.close()
