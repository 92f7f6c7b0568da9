"""The app: paths, what is counted of each request, and how errors travel; made by `make_app`."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import NotUnderstood, Shortfall, Unavailable
from core.shop import HeadOffice
from server.answers import Problem, answer, problem_of, refuse
from server.behind import Behind
from server.duties import duties_of
from server.heard import Heard
from server.lanes import Lanes
from server.last_lane import LastLane
from server.limits import RateLimit
from server.logs import facts
from server.metrics import Metrics
from server.page import page_of
from server.routes.admin import ADMIN
from server.routes.feed import FEED
from server.routes.members import MEMBERS
from server.routes.snapshot import SNAPSHOT, SNAPSHOTS
from server.routes.spending import SPENDING
from server.routes.store import STORE
from server.routes.tills import TILLS
from server.routes.together import TOGETHER
from server.routes.watch import WATCH
from server.schema import openapi_of
from server.served import Served, served_by, token_of
from server.settings import Settings
from server.shelf import Shelf
from server.tokens import Tokens

_log = logging.getLogger(__name__)


def make_app(
    office: HeadOffice, settings: Settings, words: Callable[[Shortfall], str] = str
) -> FastAPI:
    """The server of a chain; nothing is opened here but what the office has open.

    `words` are for who keeps the chain: tills make their own.
    """
    clock, metrics = office.clock, Metrics()
    served = Served(
        office,
        metrics,
        RateLimit(clock, settings.enrolments_a_minute),
        RateLimit(clock, settings.sessions_a_minute),
        RateLimit(clock, settings.pages_a_minute),
        RateLimit(clock, settings.looks_a_minute),
        RateLimit(clock, settings.admin_codes_a_minute),
        RateLimit(clock, settings.admins_a_minute),
        Tokens(office),
        Lanes(
            clock,
            urgent=settings.urgent,
            readers=settings.readers,
            pushes=settings.pushes,
            waiting=settings.waiting,
        ),
        Behind(office, duties_of(office), metrics),
        Shelf(office),
        LastLane(clock),
        Heard(clock),
        words,
    )
    app = FastAPI(
        title="Shuke",
        description="熟客 · 总部",
        docs_url=None,
        redoc_url=None,
        lifespan=partial(_alive, settings=settings),
    )
    app.state.served = served
    app.include_router(TILLS)
    app.include_router(SPENDING)
    app.include_router(TOGETHER)
    app.include_router(FEED)
    app.include_router(MEMBERS)
    app.include_router(STORE)
    app.include_router(SNAPSHOT)
    app.include_router(WATCH)
    app.include_router(ADMIN)
    app.openapi = lambda: openapi_of(app)  # type: ignore[method-assign]  # FastAPI says to do so
    app.add_api_route("/docs", _page, include_in_schema=False)
    app.add_exception_handler(Shortfall, _refused)
    app.add_exception_handler(HTTPException, _astray)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(_Counted, served=served)
    return app


@asynccontextmanager
async def _alive(app: FastAPI, settings: Settings) -> AsyncIterator[None]:
    """More threads than the store has connections would only wait for each other."""
    current_default_thread_limiter().total_tokens = settings.threads
    behind: Behind = app.state.served.behind
    behind.begin()
    yield
    await run_in_threadpool(behind.end, settings.stop_s)
    app.state.served.shelf.close()


async def _page(request: Request) -> Response:
    """The paths for people to read."""
    return HTMLResponse(page_of(request.app.openapi()))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Shortfall)
    served_by(request).metrics.refused(type(error).__name__)
    told = problem_of(error)
    if isinstance(error, Unavailable):
        _log.warning("refused", extra=facts(problem=told.problem, detail=str(told.facts)))
    is_for_people = request.url.path.startswith(ADMIN.prefix)
    return refuse(error, served_by(request).words(error) if is_for_people else "")


async def _astray(request: Request, error: Exception) -> Response:
    """No such path, or not so: said as everything else is."""
    assert isinstance(error, HTTPException)
    told = problem_of(NotUnderstood(error.detail))
    return answer(told, error.status_code, dict(error.headers or {}))


async def _broken(request: Request, error: Exception) -> Response:
    """A bug of ours: its places are in the log, and nothing of it goes out."""
    served_by(request).metrics.refused("Bug")
    _log.error("bug", exc_info=error)
    return answer(Problem("Bug", {}), 500)


class _Counted:
    """Each request with its path, its answer and its time, in the log and in the metrics."""

    def __init__(self, app: ASGIApp, served: Served) -> None:
        self._app = app
        self._served = served

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        clock, code = self._served.office.clock, 500
        began_us = clock.steady_us()

        async def told(message: Message) -> None:
            nonlocal code
            code = message.get("status", code)
            await send(message)

        waits = scope["path"].startswith(SNAPSHOTS)
        lane = self._served.last_lane
        lane.others += not waits
        try:
            await self._app(scope, receive, told)
        finally:
            lane.others -= not waits
            ms = (clock.steady_us() - began_us) // 1000
            path = _path_of(scope)
            self._served.metrics.took(path, ms)
            if code == HTTPStatus.OK and _needs_token(scope):
                self._served.heard.note(token_of(Request(scope)))
            _log.info("answered", extra=facts(path=path, code=code, ms=ms))


def _needs_token(scope: Scope) -> bool:
    """Elsewhere anybody may say any token."""
    told = getattr(scope.get("route"), "openapi_extra", None) or {}
    return "security" in told


def _path_of(scope: Scope) -> str:
    """Its pattern: what somebody makes up is neither counted nor written down."""
    return str(getattr(scope.get("route"), "path", "other"))
