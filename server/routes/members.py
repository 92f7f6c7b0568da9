"""What a till asks of members that it does not know: one by id, or who has a card or a phone."""

from __future__ import annotations

import logging
from functools import partial
from uuid import UUID

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from core.actions.look_up import find_by_key, look_up
from core.errors import NotUnderstood
from core.sync.directory import BlindKey, MembersFound, MemberTold
from server.answers import answer
from server.logs import facts
from server.schema import speaks
from server.served import Served, address_of, served_by, token_of

MEMBERS = APIRouter(prefix="/v1", tags=["members"])
_log = logging.getLogger(__name__)
_KEYS = ("card_key", "phone_key")


@MEMBERS.get(
    "/members/{member_id}",
    **speaks(None, MemberTold, 400, 401, 404, 429, needs_token=True, query="full"),
)
async def member(request: Request) -> Response:
    """会员: how one stands; with `full=1` the person too, which is written down as a look."""
    served, token = served_by(request), token_of(request)
    served.pages.take(address_of(request))
    try:
        asked = UUID(request.path_params["member_id"])
    except ValueError:
        raise NotUnderstood("member") from None
    in_full = request.query_params.get("full") == "1"
    return answer(await served.lanes.hurry(partial(_looked, served, token, asked, in_full)))


@MEMBERS.get(
    "/members", **speaks(None, MembersFound, 400, 401, 404, 429, needs_token=True, query=_KEYS)
)
async def members(request: Request) -> Response:
    """谁的卡，谁的手机: who has it, by its blind key; several may share a phone."""
    served, token = served_by(request), token_of(request)
    served.pages.take(address_of(request))
    told = [request.query_params[name] for name in _KEYS if name in request.query_params]
    try:
        (key,) = msgspec.convert(told, type=tuple[BlindKey])
    except msgspec.ValidationError:
        raise NotUnderstood("key") from None
    asked = partial(find_by_key, served.office, token, bytes.fromhex(key))
    return answer(await served.lanes.hurry(asked))


def _looked(served: Served, token: str, member_id: UUID, in_full: bool) -> MemberTold:
    """Whoever looks at many in full is held up, and each of them stands in the log."""
    if not in_full:
        return look_up(served.office, token, member_id)[1]
    asking, told = look_up(served.office, token, member_id, in_full=True)
    served.looks.take(asking.till_id.hex)
    where = facts(till=asking.till_id.hex, store=asking.store_code, member=told.id.hex)
    _log.info("look", extra=where)
    return told
