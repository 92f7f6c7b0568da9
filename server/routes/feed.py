"""What tills are told: what changed at head office behind the cursor that they have."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from core.actions.feed import page_behind
from core.actions.issue import rulebook_on
from core.errors import NotUnderstood
from core.sync.feed import Page, RulebookIssued
from server.answers import packed
from server.schema import speaks
from server.served import address_of, served_by, token_of

FEED = APIRouter(prefix="/v1", tags=["feed"])


@FEED.get("/changes", **speaks(None, Page, 401, 429, needs_token=True, query="cursor"))
async def changes(request: Request) -> Response:
    """下载: a page behind a cursor, which is opaque; "" is the beginning. gzip is given."""
    served = served_by(request)
    served.pages.take(address_of(request))
    return await run_in_threadpool(_page, request)


@FEED.get(
    "/rulebook",
    **speaks(None, RulebookIssued, 400, 401, 404, 429, needs_token=True, query="on"),
)
async def rulebook(request: Request) -> Response:
    """规则册: that of a business day, or of today (UTC); tills take theirs as changes."""
    served = served_by(request)
    served.pages.take(address_of(request))
    return await run_in_threadpool(_rulebook, request)


def _rulebook(request: Request) -> Response:
    told = request.query_params.get("on", "")
    try:
        on = date.fromisoformat(told) if told else None
    except ValueError:
        raise NotUnderstood("on") from None
    found = rulebook_on(served_by(request).office, token_of(request), on)
    return packed(found, request.headers.get("accept-encoding", ""))


def _page(request: Request) -> Response:
    """Small ones, too, are made smaller aside: a rulebook among them takes its time."""
    cursor = request.query_params.get("cursor", "")
    page = page_behind(served_by(request).office, token_of(request), cursor)
    return packed(page, request.headers.get("accept-encoding", ""))
