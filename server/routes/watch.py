"""What those ask who watch the server: whether it is well, and what it has done."""

from __future__ import annotations

from fastapi import APIRouter
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from core.actions.head_office import CheckAge, last_check, name_of_chain, standing_now
from core.shop import HeadOffice
from core.sync.wire import VERSION
from server.answers import answer
from server.metrics import MEDIA_TYPE
from server.schema import speaks
from server.served import served_by

WATCH = APIRouter(tags=["watch"])


class Health(Struct, frozen=True):
    """It is well: database and all. `version` is that of the wire, `now_us` the server's clock.

    `checked_s`: how long ago everything was checked, -1 where it never was; `differences` were
    found then: each is a case.
    """

    chain_name: str
    version: int
    now_us: int
    checked_s: int = -1
    differences: int = 0


@WATCH.get("/v1/health", **speaks(None, Health))
async def health(request: Request) -> Response:
    """Whether the database answers."""
    office = served_by(request).office
    name, checked = await run_in_threadpool(_well, office)
    said = (checked.seconds, checked.found) if checked else ()
    return answer(Health(name, VERSION, office.clock.now_us(), *said))


def _well(office: HeadOffice) -> tuple[str, CheckAge | None]:
    return name_of_chain(office), last_check(office)


@WATCH.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """For Prometheus."""
    served = served_by(request)
    standing = await run_in_threadpool(standing_now, served.office)
    return Response(served.metrics.text(standing), media_type=MEDIA_TYPE)
