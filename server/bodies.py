"""来信: the body of a request, as much of it as is allowed, as the values that it says."""

from __future__ import annotations

import asyncio
import zlib
from contextlib import suppress
from typing import TypeVar

import msgspec
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from core.errors import NotUnderstood, TooMuchSent
from core.sync.wire import MOST_BYTES, MOST_EVENTS

T = TypeVar("T")
MOST_PUSH = 64 * MOST_BYTES
"""A push is larger than its events: their quotes are escaped; and one event may be large: an import
of two million members that is taken back. Only who is in a session may send so much."""
MOST_WORDS = 1 << 16
"""Of whoever says who it is."""
PATIENCE_S = 60
_GZIP = 16 + zlib.MAX_WBITS


class Body(Struct, frozen=True):
    """The bytes of a request, and how many they may become where they are packed."""

    sent: bytes
    is_packed: bool
    most: int

    def say(self, kind: type[T]) -> T:
        """What they say; raises NotUnderstood, TooMuchSent."""
        try:
            whole = _unpacked(self.sent, self.most) if self.is_packed else self.sent
            return msgspec.json.decode(whole, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise NotUnderstood(str(error)) from None


async def read_as(request: Request, kind: type[T], most: int = MOST_WORDS) -> T:
    """What the body says; raises NotUnderstood, TooMuchSent. It is read aside: it may be large."""
    return await run_in_threadpool((await body_of(request, most)).say, kind)


async def body_of(request: Request, most: int) -> Body:
    """The body, unread; raises NotUnderstood, TooMuchSent."""
    coding = request.headers.get("content-encoding", "identity").lower()
    if coding not in ("identity", "gzip"):
        raise NotUnderstood("content-encoding")
    try:
        async with asyncio.timeout(PATIENCE_S):
            return Body(await _read(request, most), coding == "gzip", most)
    except (TimeoutError, ClientDisconnect):
        raise NotUnderstood("cut off") from None


async def pass_by(request: Request) -> None:
    """Let a body go by and keep nothing of it: a line that is cut would lose the answer."""
    passed = 0
    with suppress(TimeoutError, ClientDisconnect):
        async with asyncio.timeout(PATIENCE_S):
            async for chunk in request.stream():
                passed += len(chunk)
                if passed > MOST_PUSH:
                    return


async def _read(request: Request, most: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TooMuchSent(MOST_EVENTS, MOST_BYTES)
    return bytes(body)


def _unpacked(body: bytes, most: int) -> bytes:
    """Never more than is allowed, however small it was made."""
    unpack = zlib.decompressobj(_GZIP)
    try:
        whole = unpack.decompress(body, most + 1)
    except zlib.error:
        raise NotUnderstood("gzip") from None
    if len(whole) > most:
        raise TooMuchSent(MOST_EVENTS, MOST_BYTES)
    if not unpack.eof or unpack.unused_data:
        raise NotUnderstood("gzip")
    return whole
