"""What who keeps the chain asks: a session by a one-time code, and what `main.py office` does."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from fastapi import APIRouter
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from core.actions.administer import (
    begin_admin,
    case_said,
    chain_now,
    check_admin,
    make_a_code,
    name_a_store,
    revoke_a_till,
)
from core.actions.erase_member import erase_member, find_to_erase
from core.actions.head_office import close_case, open_cases
from core.shop import HeadOffice
from core.sync.admin import (
    AdminAsking,
    AdminSession,
    CaseLooked,
    CasesSaid,
    ChainSaid,
    CodeMade,
    CodeWanted,
    Done,
    ErasureDone,
    ErasureWanted,
    StoreSaid,
    TillPlace,
)
from server.answers import answer
from server.bodies import MOST_WORDS, Body, body_of
from server.logs import facts
from server.schema import speaks
from server.served import address_of, served_by, token_of

ADMIN = APIRouter(prefix="/v1/admin", tags=["admin"])
_log = logging.getLogger(__name__)
T = TypeVar("T")


@ADMIN.post("/session", **speaks(AdminAsking, AdminSession, 404, 410, 413, 429))
async def session(request: Request) -> Response:
    """管理: a token for half an hour, by the code that `main.py office admin-code` printed."""
    served = served_by(request)
    served.admin_codes.take(address_of(request))
    body = await body_of(request, MOST_WORDS)

    def begin() -> AdminSession:
        return begin_admin(served.office, body.say(AdminAsking).code)

    begun = await run_in_threadpool(begin)
    _log.info("admin", extra=facts(deed="session"))
    return answer(begun)


@ADMIN.get("/chain", **speaks(None, ChainSaid, 401, 429, needs_token=True))
async def chain(request: Request) -> Response:
    """Stores and tills, those that were revoked, too."""
    return answer(await _asked(request, chain_now))


@ADMIN.get("/cases", **speaks(None, CasesSaid, 401, 429, needs_token=True))
async def cases(request: Request) -> Response:
    """案件: what somebody should look at, oldest first."""
    return answer(await _asked(request, _open))


@ADMIN.post("/codes", **speaks(CodeWanted, CodeMade, 401, 404, 409, 413, 429, needs_token=True))
async def codes(request: Request) -> Response:
    """入网码: lets a till or an office PC join; with `replaces` in place of who stands there."""
    return answer(await _told(request, CodeWanted, make_a_code))


@ADMIN.post("/stores", **speaks(StoreSaid, Done, 401, 413, 429, needs_token=True))
async def stores(request: Request) -> Response:
    """门店: a new store, or another name of one."""
    return answer(await _told(request, StoreSaid, _done(name_a_store)))


@ADMIN.post("/revoke", **speaks(TillPlace, Done, 401, 404, 413, 429, needs_token=True))
async def revoke(request: Request) -> Response:
    """停用: the till that stands there is out of the chain."""
    return answer(await _told(request, TillPlace, _done(revoke_a_till)))


@ADMIN.post("/cases/close", **speaks(CaseLooked, Done, 401, 404, 413, 429, needs_token=True))
async def close(request: Request) -> Response:
    """结案: somebody has looked at it."""
    return answer(await _told(request, CaseLooked, _done(_close)))


@ADMIN.post(
    "/erase", **speaks(ErasureWanted, ErasureDone, 401, 404, 409, 413, 429, needs_token=True)
)
async def erase(request: Request) -> Response:
    """删除: a member is forgotten in the whole chain, for ever; it cannot be undone."""
    return answer(await _told(request, ErasureWanted, _erased))


def _erased(office: HeadOffice, wanted: ErasureWanted) -> ErasureDone:
    done = erase_member(office, find_to_erase(office, wanted.member).member_id)
    values = done.wiped.beside + done.wiped.apart + done.wiped.fields
    return ErasureDone(done.member_id, done.at_us, values, done.seal)


def _open(office: HeadOffice) -> CasesSaid:
    return CasesSaid(tuple(map(case_said, open_cases(office))))


def _close(office: HeadOffice, looked: CaseLooked) -> None:
    close_case(office, looked.id)


def _done(do: Callable[[HeadOffice, T], None]) -> Callable[[HeadOffice, T], Done]:
    def done(office: HeadOffice, said: T) -> Done:
        do(office, said)
        return Done()

    return done


async def _asked(request: Request, do: Callable[[HeadOffice], Struct]) -> Struct:
    """What an action says, to who has a session."""
    served = served_by(request)
    served.admins.take(address_of(request))

    def asked() -> Struct:
        check_admin(served.office, token_of(request))
        return do(served.office)

    return await run_in_threadpool(asked)


async def _told(request: Request, kind: type[T], do: Callable[[HeadOffice, T], Struct]) -> Struct:
    """The same with what is said; that it was done stands in the log, and nothing of what."""
    body = await body_of(request, MOST_WORDS)
    done = await _asked(request, partial(_do, body, kind, do))
    _log.info("admin", extra=facts(deed=request.url.path.rpartition("/v1/admin/")[2]))
    return done


def _do(
    body: Body, kind: type[T], do: Callable[[HeadOffice, T], Struct], office: HeadOffice
) -> Struct:
    return do(office, body.say(kind))
