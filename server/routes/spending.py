"""What tills ask for points of members: authorised for one sale, or leased to be spent offline."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from core.actions.set_aside import authorise, capture, lease, leases_over, void
from core.sync.spending import (
    LeasesAsked,
    LeasesGiven,
    LeasesOver,
    NotNeeded,
    PointsAsked,
    PointsUsed,
    SetAside,
)
from server.counter_asks import counter_asks
from server.schema import speaks
from server.served import served_by

SPENDING = APIRouter(prefix="/v1", tags=["points"])


@SPENDING.post(
    "/redemptions", **speaks(PointsAsked, SetAside, 401, 404, 409, 413, needs_token=True)
)
async def authorised(request: Request) -> Response:
    """预留: points of a member are set aside for one sale, for fifteen minutes."""
    return await counter_asks(request, PointsAsked, authorise)


@SPENDING.post(
    "/redemptions/capture", **speaks(PointsUsed, SetAside, 401, 409, 413, needs_token=True)
)
async def captured(request: Request) -> Response:
    """用掉: the sale is made; its event says the same."""
    return await counter_asks(request, PointsUsed, capture)


@SPENDING.post(
    "/redemptions/void", **speaks(NotNeeded, SetAside, 401, 404, 409, 413, needs_token=True)
)
async def voided(request: Request) -> Response:
    """不用了: nothing was spent of it; it goes back at once."""
    return await counter_asks(request, NotNeeded, void)


@SPENDING.post("/leases", **speaks(LeasesAsked, LeasesGiven, 401, 409, 413, needs_token=True))
async def leased(request: Request) -> Response:
    """额度: points of members who are likely to come, to be spent offline for three days."""
    return await counter_asks(request, LeasesAsked, lease)


@SPENDING.post("/leases/over", **speaks(LeasesOver, LeasesGiven, 401, 409, 413, needs_token=True))
async def over(request: Request) -> Response:
    """还额度: the rest goes back once the events up to that number are read."""
    told = await counter_asks(request, LeasesOver, leases_over)
    served_by(request).behind.nudge()
    return told
