"""问总部: what somebody at a counter waits for, in the lane that waits for nobody."""

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
    request: Request, kind: type[T], do: Callable[[HeadOffice, str, T], Struct]
) -> Response:
    """What comes of doing this with what the body says, for the till whose token it is."""
    served, token = served_by(request), token_of(request)
    body = await body_of(request, MOST_WORDS)
    return answer(await served.lanes.hurry(lambda: do(served.office, token, body.say(kind))))
