"""What an office PC asks of the tills of its own store: how far they are, and what they sold."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from core.actions.tell_sales import DeedsAsked, deeds_of_till, lives_of_store
from core.errors import NotUnderstood
from core.sync.store_sales import DeedsPage, Lives
from server.answers import packed
from server.schema import speaks
from server.served import Served, address_of, served_by, token_of

STORE = APIRouter(prefix="/v1/store", tags=["store"])
_ASKED = ("till", "incarnation", "after", "before")
_LONGEST_NUMBER = 18


@STORE.get("/tills", **speaks(None, Lives, 401, 409, 429, needs_token=True))
async def tills(request: Request) -> Response:
    """各台到哪里了: the tills of this store, and up to which of its events each is here."""
    served, token = served_by(request), token_of(request)
    served.pages.take(address_of(request))
    found = await run_in_threadpool(lives_of_store, served.office, token)
    return packed(found, request.headers.get("accept-encoding", ""))


@STORE.get("/sales", **speaks(None, DeedsPage, 400, 401, 409, 429, needs_token=True, query=_ASKED))
async def sales(request: Request) -> Response:
    """各台的单: sales, voids and returns of one till behind a number of its, or before one.

    To an office PC of the same store only. gzip is given.
    """
    served, token = served_by(request), token_of(request)
    served.pages.take(address_of(request))
    asked, accepted = _asked(request), request.headers.get("accept-encoding", "")
    return await served.lanes.read_first(partial(_page, served, token, asked, accepted))


def _asked(request: Request) -> DeedsAsked:
    told = request.query_params
    try:
        till_id = UUID(told.get("till", ""))
    except ValueError:
        raise NotUnderstood("till") from None
    incarnation, after, before = (_number(told.get(name, "0"), name) for name in _ASKED[1:])
    return DeedsAsked(till_id, incarnation, after, before)


def _number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise NotUnderstood(name)
    return int(text)


def _page(served: Served, token: str, asked: DeedsAsked, accepted: str) -> Response:
    """Made small aside: a rulebook is among them, which takes its time."""
    return packed(deeds_of_till(served.office, token, asked), accepted)
