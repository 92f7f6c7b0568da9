"""来信: the body of a request, as much of it as is allowed, as the values that it says."""

from __future__ import annotations

import asyncio
import zlib
from typing import TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request

from core.errors import NotUnderstood, TooMuchSent
from core.sync.wire import MOST_BYTES, MOST_EVENTS

T = TypeVar("T")
MOST_BODY = 16 * MOST_BYTES
"""A push is larger than its events: their quotes are escaped; and one event may be large."""
PATIENCE_S = 60
_GZIP = 16 + zlib.MAX_WBITS


async def read_as(request: Request, kind: type[T]) -> T:
    """What the body says; raises NotUnderstood, TooMuchSent."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            body = await _read(request)
    except (TimeoutError, ClientDisconnect):
        raise NotUnderstood("cut off") from None
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotUnderstood(str(error)) from None


async def _read(request: Request) -> bytes:
    coding = request.headers.get("content-encoding", "identity").lower()
    if coding not in ("identity", "gzip"):
        raise NotUnderstood("content-encoding")
    unpack = zlib.decompressobj(_GZIP) if coding == "gzip" else None
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += unpack.decompress(chunk, MOST_BODY + 1 - len(body)) if unpack else chunk
            if len(body) > MOST_BODY:
                raise TooMuchSent(MOST_EVENTS, MOST_BYTES)
    except zlib.error:
        raise NotUnderstood("gzip") from None
    if unpack and (not unpack.eof or unpack.unused_data):
        raise NotUnderstood("gzip")
    return bytes(body)
