"""What tills ask for points of members: authorised for one sale, or leased to be spent offline."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fastapi import APIRouter
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from core.actions.set_aside import authorise, capture, lease, leases_over, void
from core.shop import HeadOffice
from core.sync.spending import (
    LeasesAsked,
    LeasesGiven,
    LeasesOver,
    NotNeeded,
    PointsAsked,
    PointsUsed,
    SetAside,
)
from server.answers import answer
from server.bodies import MOST_WORDS, body_of
from server.schema import speaks
from server.served import served_by, token_of

SPENDING = APIRouter(prefix="/v1", tags=["points"])
T = TypeVar("T")


async def _done(
    request: Request, kind: type[T], do: Callable[[HeadOffice, str, T], Struct]
) -> Response:
    served, token = served_by(request), token_of(request)
    body = await body_of(request, MOST_WORDS)
    return answer(await served.lanes.hurry(lambda: do(served.office, token, body.say(kind))))


@SPENDING.post(
    "/redemptions", **speaks(PointsAsked, SetAside, 401, 404, 409, 413, needs_token=True)
)
async def authorised(request: Request) -> Response:
    """预留: points of a member are set aside for one sale, for fifteen minutes."""
    return await _done(request, PointsAsked, authorise)


@SPENDING.post(
    "/redemptions/capture", **speaks(PointsUsed, SetAside, 401, 409, 413, needs_token=True)
)
async def captured(request: Request) -> Response:
    """用掉: the sale is made; its event says the same."""
    return await _done(request, PointsUsed, capture)


@SPENDING.post(
    "/redemptions/void", **speaks(NotNeeded, SetAside, 401, 404, 409, 413, needs_token=True)
)
async def voided(request: Request) -> Response:
    """不用了: nothing was spent of it; it goes back at once."""
    return await _done(request, NotNeeded, void)


@SPENDING.post("/leases", **speaks(LeasesAsked, LeasesGiven, 401, 409, 413, needs_token=True))
async def leased(request: Request) -> Response:
    """额度: points of members who are likely to come, to be spent offline for three days."""
    return await _done(request, LeasesAsked, lease)


@SPENDING.post("/leases/over", **speaks(LeasesOver, LeasesGiven, 401, 409, 413, needs_token=True))
async def over(request: Request) -> Response:
    """还额度: the rest goes back once the events up to that number are read."""
    told = await _done(request, LeasesOver, leases_over)
    served_by(request).behind.nudge()
    return told
