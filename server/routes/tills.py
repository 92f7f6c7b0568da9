"""What tills ask: to join, to begin a session, to leave their events here."""

from __future__ import annotations

from asyncio import get_running_loop
from functools import partial

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from core.actions.begin_session import begin_session
from core.actions.enrol_till import enrol, look_at_code
from core.actions.receive import receive
from core.actions.tell_tills import tills_beside
from core.errors import ServerBusy, SessionOver
from core.sync.session import Asking, Enrolled, Invited, Joining, Session, SignedHello
from core.sync.store_tills import StoreTills
from core.sync.wire import Push, Pushed
from server.answers import answer, packed
from server.bodies import MOST_PUSH, Body, body_of, pass_by, read_as
from server.schema import speaks
from server.served import Served, address_of, served_by, token_of

TILLS = APIRouter(prefix="/v1", tags=["tills"])


@TILLS.post("/enroll", **speaks(Joining, Enrolled, 404, 409, 410, 413, 429))
async def enroll(request: Request) -> Response:
    """入网: a till joins by a one-time code; the same till may say it again."""
    served = served_by(request)
    served.enrolments.take(address_of(request))
    joining = await read_as(request, Joining)
    enrolled = await run_in_threadpool(enrol, served.office, joining.code, joining.enrolment)
    served.metrics.enrolled()
    return answer(enrolled)


@TILLS.post("/invitation", **speaks(Asking, Invited, 404, 410, 413, 429))
async def invitation(request: Request) -> Response:
    """入网码: what a code is for; who guesses at codes guesses here as seldom as there."""
    served = served_by(request)
    served.enrolments.take(address_of(request))
    asking = await read_as(request, Asking)
    return answer(await run_in_threadpool(look_at_code, served.office, asking.code))


@TILLS.post("/session", **speaks(SignedHello, Session, 403, 409, 413, 429))
async def session(request: Request) -> Response:
    """会话: a till proves who it is, and gets a token for fifteen minutes."""
    served = served_by(request)
    served.sessions.take(address_of(request))
    hello = await read_as(request, SignedHello)
    begun = await run_in_threadpool(begin_session, served.office, hello)
    served.metrics.began_session()
    return answer(begun)


@TILLS.get("/tills", **speaks(None, StoreTills, 401, 429, needs_token=True))
async def tills(request: Request) -> Response:
    """同店的机器: all that have joined in the store of who asks, with when each was heard last."""
    served, token = served_by(request), token_of(request)
    served.pages.take(address_of(request))
    told = await run_in_threadpool(tills_beside, served.office, token, served.heard.at)
    return packed(told, request.headers.get("accept-encoding", ""))


@TILLS.post("/events", **speaks(Push, Pushed, 401, 413, 429, needs_token=True))
async def events(request: Request) -> Response:
    """上传: events are kept for good; answered after commit. gzip is welcome."""
    served, token = served_by(request), token_of(request)
    try:
        if not served.tokens.is_fresh(token):
            await run_in_threadpool(served.tokens.check, token)
        served.lanes.enter()
    except (SessionOver, ServerBusy):
        await pass_by(request)
        raise
    try:
        body = await body_of(request, MOST_PUSH)
        pushed = await served.lanes.push(partial(_received, served, token, body))
    finally:
        served.lanes.leave()
    served.metrics.pushed(pushed)
    get_running_loop().call_soon(served.behind.nudge)  # the till has its answer by then
    return answer(pushed)


def _received(served: Served, token: str, body: Body) -> Pushed:
    """Read and kept in one go: each errand to another thread takes its time."""
    return receive(served.office, token, body.say(Push))
