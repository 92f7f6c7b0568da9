"""What a till is told that knows nothing yet: a snapshot, chunk by chunk."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from core.errors import NotUnderstood, Unavailable
from core.sync.snapshot import Manifest
from server.answers import BYTES, answer
from server.schema import speaks
from server.served import Served, address_of, served_by, token_of

SNAPSHOT = APIRouter(prefix="/v1", tags=["feed"])
SNAPSHOTS = "/v1/snapshot"
"""What begins so waits for everything else."""


@SNAPSHOT.get("/snapshot", **speaks(None, Manifest, 401, 429, needs_token=True))
async def begun(request: Request) -> Response:
    """快照: one begins, with the cursor inside; for who was told nothing yet."""
    served, token = served_by(request), token_of(request)
    served.pages.take(address_of(request))
    async with served.last_lane.entered(token):
        return answer(await run_in_threadpool(served.shelf.begin, token))


@SNAPSHOT.get(
    "/snapshot/{snapshot_id}/{n}", **speaks(None, bytes, 400, 401, 410, 429, needs_token=True)
)
async def chunk(request: Request) -> Response:
    """块: one after another, each as often as it is asked for (`core.sync.snapshot.Chunk`)."""
    served, token = served_by(request), token_of(request)
    served.pages.take(address_of(request))
    try:
        asked = UUID(request.path_params["snapshot_id"]), int(request.path_params["n"])
        if asked[1] < 0:
            raise ValueError("no number of a chunk")
    except ValueError:
        raise NotUnderstood("snapshot") from None
    async with served.last_lane.entered(token):
        sealed, is_last = await run_in_threadpool(served.shelf.chunk, token, *asked)
    if is_last:
        served.last_lane.leave(token)
        return Response(sealed, media_type=BYTES)
    return Response(sealed, media_type=BYTES, background=BackgroundTask(_prepare, served, asked[0]))


def _prepare(served: Served, snapshot_id: UUID) -> None:
    """Only where nobody else waits for an answer; what fails now fails when it is asked for."""
    if not served.last_lane.others:
        with suppress(Unavailable):
            served.shelf.prepare(snapshot_id)
