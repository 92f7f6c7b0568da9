"""问总部: what somebody at a counter waits for, in a lane that waits for no push."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from core.shop import HeadOffice
from server.answers import answer
from server.bodies import MOST_WORDS, body_of
from server.served import served_by, token_of

T = TypeVar("T")


async def counter_asks(
    request: Request,
    kind: type[T],
    do: Callable[[HeadOffice, str, T], Struct],
    *,
    reads_first: bool = False,
) -> Response:
    """What comes of doing this with what the body says, for the till whose token it is.

    `reads_first`: it is done behind all that has come, and nobody who asks for points waits for it.
    """
    served, token = served_by(request), token_of(request)
    body = await body_of(request, MOST_WORDS)
    lane = served.lanes.read_first if reads_first else served.lanes.hurry
    return answer(await lane(lambda: do(served.office, token, body.say(kind))))
