"""总部的线: the server of the chain over HTTP (sync.md 4); made where a till has joined one.

Whatever answers otherwise than our server does is strange or out of reach, never a traceback: the
same is sent again until there is an answer. Redirections are not followed, and no answer may be
longer than one of ours is.
"""

from __future__ import annotations

import gzip
import ssl
import time
import zlib
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import quote
from uuid import UUID

import httpx2
import msgspec

from core.errors import (
    BadAddress,
    ClaimDiffers,
    ClaimLate,
    CodeForOffice,
    CodeSpent,
    CodeUnknown,
    CopyFound,
    CouponElsewhere,
    CouponUsed,
    CouponWithdrawn,
    EnrolmentDiffers,
    EscrowDiffers,
    HeldTaken,
    LineElsewhere,
    MemberUnserved,
    NoSuchCoupon,
    NoSuchHeld,
    NoSuchMember,
    NoSuchSale,
    NotEnoughPoints,
    OnlyForOffice,
    SaleIsVoid,
    ServerBusy,
    ServerStrange,
    ServerUnreachable,
    SessionOver,
    Shortfall,
    SnapshotGone,
    StoreUnknown,
    TillRevoked,
    TillTaken,
    TillUnknown,
)
from core.sync.address import is_itself, read_address
from core.sync.feed import Page
from core.sync.session import (
    Asking,
    Enrolled,
    Enrolment,
    Invited,
    Joining,
    Session,
    SignedHello,
)
from core.sync.snapshot import Manifest
from core.sync.spending import (
    ANSWER_US,
    LeasesAsked,
    LeasesGiven,
    LeasesOver,
    NotNeeded,
    PointsAsked,
    SetAside,
)
from core.sync.wire import Push, Pushed

TIMEOUT = httpx2.Timeout(30, connect=10)
PATIENCE_S = ANSWER_US / 1_000_000
"""So long somebody at a counter waits for an answer, and a busy server is asked again."""
AGAIN_S = 0.1
"""So soon the first time; twice as long after each more."""
BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
LONGEST_S = 60
MOST_ANSWER, MOST_UNPACKED = 1 << 20, 1 << 24
QUICKLY = 3
"""A push is pressed in half the time, and is a fifth longer: the counter works beside it."""
USUAL_WAIT_S = 30
HIGHEST = 1 << 31
"""Of any number that an answer tells: far above all that there will be."""
_REFUSALS: dict[str, type[Shortfall]] = {
    kind.__name__: kind
    for kind in (
        CodeUnknown,
        CodeSpent,
        CodeForOffice,
        OnlyForOffice,
        EnrolmentDiffers,
        TillTaken,
        StoreUnknown,
        TillUnknown,
        TillRevoked,
        SessionOver,
        CopyFound,
        EscrowDiffers,
        MemberUnserved,
        NoSuchMember,
        NotEnoughPoints,
        NoSuchSale,
        SaleIsVoid,
        LineElsewhere,
        ClaimDiffers,
        ClaimLate,
        NoSuchCoupon,
        CouponWithdrawn,
        CouponUsed,
        CouponElsewhere,
        SnapshotGone,
        HeldTaken,
        NoSuchHeld,
    )
}
T = TypeVar("T")


class _Problem(msgspec.Struct):
    problem: str
    facts: dict[str, Any] = {}


def counter_line() -> HttpCentral:
    """A line for what a customer waits for."""
    return HttpCentral(httpx2.Timeout(PATIENCE_S), patience_s=PATIENCE_S)


class HttpCentral:
    """Implements `core.ports.central.Central`; `close` lets go of the line.

    Within `patience_s` a server that is busy is asked again, however much later it would have us
    come: a customer stands there, and its lane may be free in a moment.
    """

    def __init__(self, timeout: httpx2.Timeout = TIMEOUT, *, patience_s: float = 0) -> None:
        self._clients: dict[bool, httpx2.Client] = {}
        self._timeout = timeout
        self._patience_s = patience_s

    def ask(self, url: str, code: str) -> Invited:
        """What a code is for."""
        return self._post(url, "invitation", Asking(code), Invited)

    def enrol(self, url: str, code: str, enrolment: Enrolment) -> Enrolled:
        """The till belongs to the chain from now on."""
        return self._post(url, "enroll", Joining(code, enrolment), Enrolled)

    def begin(self, url: str, hello: SignedHello) -> Session:
        """A session, with a token for what is sent in it."""
        return self._post(url, "session", hello, Session)

    def push(self, url: str, token: str, push: Push) -> Pushed:
        """What became of each event."""
        return self._post(url, "events", push, Pushed, token=token)

    def changes(self, url: str, token: str, cursor: str) -> Page:
        """A page of what head office has for this till."""
        headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "gzip"}
        place = f"changes?cursor={quote(cursor, safe='')}"
        return self._ask(url, "GET", place, Page, headers=headers)

    def authorise(self, url: str, token: str, asked: PointsAsked) -> SetAside:
        """Points are set aside for one sale."""
        return self._post(url, "redemptions", asked, SetAside, token=token)

    def void(self, url: str, token: str, voided: NotNeeded) -> SetAside:
        """They are not needed."""
        return self._post(url, "redemptions/void", voided, SetAside, token=token)

    def lease(self, url: str, token: str, asked: LeasesAsked) -> LeasesGiven:
        """Points to be spent offline."""
        return self._post(url, "leases", asked, LeasesGiven, token=token)

    def leases_over(self, url: str, token: str, over: LeasesOver) -> LeasesGiven:
        """They go back."""
        return self._post(url, "leases/over", over, LeasesGiven, token=token)

    def say(self, url: str, token: str, place: str, asked: object, answers: type[T]) -> T:
        """Something of other tills; nothing is said to look."""
        if asked is not None:
            return self._post(url, place, asked, answers, token=token)
        headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "gzip"}
        return self._ask(url, "GET", place, answers, headers=headers)

    def snapshot(self, url: str, token: str) -> Manifest:
        """What begins."""
        headers = {"Authorization": f"Bearer {token}"}
        return self._ask(url, "GET", "snapshot", Manifest, headers=headers)

    def chunk(self, url: str, token: str, snapshot_id: UUID, n: int) -> bytes:
        """A part of it, unread."""
        headers = {"Authorization": f"Bearer {token}"}
        place = f"snapshot/{snapshot_id}/{n}"
        response, body = self._answer(url, "GET", place, headers=headers)
        if response.status_code == HTTPStatus.OK:
            return body
        return _answered(response, body, bytes)

    def look(self, url: str) -> None:
        """Whether it answers at all."""
        self._ask(url, "GET", "health", dict[str, Any])

    def close(self) -> None:
        """Nothing is asked any more."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    def _client(self, *, is_out: bool) -> httpx2.Client:
        # Nothing stands between this machine and itself, whatever the environment says.
        if is_out not in self._clients:
            self._clients[is_out] = httpx2.Client(
                timeout=self._timeout,
                follow_redirects=False,
                trust_env=is_out,
                headers={"Accept-Encoding": "identity", "Accept": "application/json"},
            )
        return self._clients[is_out]

    def _post(self, url: str, place: str, body: object, kind: type[T], token: str = "") -> T:
        packed = gzip.compress(msgspec.json.encode(body), compresslevel=QUICKLY, mtime=0)
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return self._ask(url, "POST", place, kind, content=packed, headers=headers)

    def _ask(self, url: str, method: str, place: str, kind: type[T], **more: Any) -> T:
        response, body = self._answer(url, method, place, **more)
        return _answered(response, body, kind)

    def _answer(
        self, url: str, method: str, place: str, **more: Any
    ) -> tuple[httpx2.Response, bytes]:
        end, again_s = time.monotonic() + self._patience_s, AGAIN_S
        response, body = self._answer_once(url, method, place, **more)
        while response.status_code in BUSY and (left_s := end - time.monotonic()) > again_s:
            time.sleep(again_s)
            more["timeout"] = left_s - again_s
            response, body = self._answer_once(url, method, place, **more)
            again_s *= 2
        return response, body

    def _answer_once(
        self, url: str, method: str, place: str, **more: Any
    ) -> tuple[httpx2.Response, bytes]:
        try:
            whole = httpx2.URL(f"{read_address(url)}/v1/{place}")
        except (httpx2.InvalidURL, ValueError) as error:
            raise BadAddress(url) from error
        try:
            client = self._client(is_out=not is_itself(whole.host))
            response = client.send(client.build_request(method, whole, **more), stream=True)
            try:
                body = _read(response)
            finally:
                response.close()
        except httpx2.TimeoutException as error:
            raise ServerUnreachable("silent") from error
        except ImportError as error:  # a proxy of a kind that nothing here speaks with
            raise ServerUnreachable("nowhere") from error
        except (httpx2.HTTPError, httpx2.StreamError, OSError) as error:
            raise ServerUnreachable(_trouble(error)) from error
        except (httpx2.InvalidURL, ValueError) as error:
            raise ServerStrange("unread") from error
        return response, body


def _read(response: httpx2.Response) -> bytes:
    """The bytes as they came, unpacked where they were made small."""
    body = bytearray()
    end = time.monotonic() + LONGEST_S
    for part in response.iter_raw():
        body += part
        if len(body) > MOST_ANSWER:
            raise ServerStrange("long")
        if time.monotonic() > end:
            raise ServerUnreachable("silent")
    if response.headers.get("content-encoding", "").lower() == "gzip":
        return _unpacked(bytes(body))
    return bytes(body)


def _unpacked(body: bytes) -> bytes:
    """Never more than is allowed, however small it was made."""
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        whole = unpack.decompress(body, MOST_UNPACKED + 1)
    except zlib.error:
        raise ServerStrange("unread") from None
    if len(whole) > MOST_UNPACKED:
        raise ServerStrange("long")
    if not unpack.eof or unpack.unused_data:
        raise ServerStrange("unread")
    return whole


def _answered(response: httpx2.Response, body: bytes, kind: type[T]) -> T:
    status = response.status_code
    if status == HTTPStatus.OK:
        return _decoded(body, kind)
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        raise ServerStrange("elsewhere")
    if status in BUSY:
        raise ServerBusy(_wait_s(response.headers.get("retry-after", "")))
    if status in (HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT):
        raise ServerUnreachable("refused")  # of what stands before it
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        raise ServerStrange("large")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ServerStrange("broken")
    raise _refused(_decoded(body, _Problem))


def _decoded(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise ServerStrange("page" if body.lstrip()[:1] == b"<" else "unread") from error


def _refused(told: _Problem) -> Shortfall:
    kind = _REFUSALS.get(told.problem)
    if kind is None:
        return ServerStrange("unread")
    facts: dict[str, Any] = {}  # a later server may tell more
    for name, of in kind.facts.items():
        fact = told.facts.get(name)
        is_whole = type(fact) is int and 0 <= fact < HIGHEST
        if not (is_whole if of == "int" else isinstance(fact, str)):
            return ServerStrange("unread")
        facts[name] = fact
    return kind(**facts)


def _wait_s(told: str) -> int:
    """A date in its place is as long as usual."""
    return min(int(told), HIGHEST) if told.isascii() and told.isdigit() else USUAL_WAIT_S


def _trouble(error: BaseException) -> str:
    """A word for what stood in the way (`ui.chain_text`)."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "certificate"
        if isinstance(cause, ConnectionRefusedError):
            return "refused"
        cause = cause.__cause__ or cause.__context__
    is_begun = not isinstance(error, httpx2.ConnectError | httpx2.ProxyError)
    return "cut" if is_begun else "nowhere"
