"""What the tills of a chain ask of each other's sales: one of them, and what comes back of it."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from core.actions import claim_code, hold_together
from core.actions.take_back_elsewhere import claim, find_sale, give_up
from core.sync.held import HeldPut, HeldSaid, HeldTake, HeldTold
from core.sync.together import Claimed, CodeAsked, ReturnAsked, ReturnNotMade, SaleSaid
from core.sync.wire import MOST_BYTES
from core.values.ident import read_paper_no
from server.answers import answer, packed
from server.bodies import read_as
from server.counter_asks import counter_asks
from server.schema import speaks
from server.served import address_of, served_by, token_of

TOGETHER = APIRouter(prefix="/v1", tags=["together"])


@TOGETHER.get("/sales/{no}", **speaks(None, SaleSaid, 401, 404, 429, needs_token=True))
async def sale(request: Request) -> Response:
    """别台的单: a sale of any till by the number of its receipt, with what came back of it."""
    served = served_by(request)
    served.pages.take(address_of(request))
    no = str(request.path_params["no"])
    known = read_paper_no(no) or no
    asked = partial(find_sale, served.office, token_of(request), known)
    found = await served.lanes.read_first(asked)
    return packed(found, request.headers.get("accept-encoding", ""))


@TOGETHER.post(
    "/returns/claim", **speaks(ReturnAsked, Claimed, 401, 404, 409, 413, 429, needs_token=True)
)
async def claimed(request: Request) -> Response:
    """占用: lines of a sale come back at this till and at no other, for fifteen minutes."""
    return await counter_asks(request, ReturnAsked, claim, reads_first=True)


@TOGETHER.post("/returns/void", **speaks(ReturnNotMade, Claimed, 401, 409, 413, needs_token=True))
async def given_up(request: Request) -> Response:
    """不退了: nothing came back by that claim; the event of a return says what did."""
    return await counter_asks(request, ReturnNotMade, give_up)


@TOGETHER.post(
    "/coupons/claim", **speaks(CodeAsked, Claimed, 401, 404, 409, 413, 429, needs_token=True)
)
async def code_claimed(request: Request) -> Response:
    """占用一次券: a sale of this till may use the code and no other, for fifteen minutes."""
    return await counter_asks(request, CodeAsked, claim_code.claim, reads_first=True)


@TOGETHER.post("/coupons/void", **speaks(CodeAsked, Claimed, 401, 409, 413, needs_token=True))
async def code_given_up(request: Request) -> Response:
    """不用了: no sale used it by that claim; the event of a sale says what it used."""
    return await counter_asks(request, CodeAsked, claim_code.give_up)


@TOGETHER.post("/held", **speaks(HeldTold, HeldSaid, 401, 413, needs_token=True))
async def held(request: Request) -> Response:
    """挂着的: what this till holds; answered with what the others of its store do."""
    served, token = served_by(request), token_of(request)
    told = await read_as(request, HeldTold, MOST_BYTES)
    return answer(await run_in_threadpool(hold_together.share, served.office, token, told))


@TOGETHER.post("/held/take", **speaks(HeldTake, HeldPut, 401, 404, 409, 413, needs_token=True))
async def held_taken(request: Request) -> Response:
    """取单: whoever comes first has it."""
    return await counter_asks(request, HeldTake, hold_together.take)
