"""What the routes stand on: the head office, what is counted, how often one may ask, its duties."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from starlette.requests import Request

from core.errors import Shortfall
from core.shop import HeadOffice
from server.behind import Behind
from server.heard import Heard
from server.lanes import Lanes
from server.last_lane import LastLane
from server.limits import RateLimit
from server.metrics import Metrics
from server.shelf import Shelf
from server.tokens import Tokens


class Served(Struct, frozen=True):
    """Made once for an app."""

    office: HeadOffice
    metrics: Metrics
    enrolments: RateLimit
    sessions: RateLimit
    pages: RateLimit
    looks: RateLimit
    admin_codes: RateLimit
    admins: RateLimit
    tokens: Tokens
    lanes: Lanes
    behind: Behind
    shelf: Shelf
    last_lane: LastLane
    heard: Heard
    words: Callable[[Shortfall], str]


def served_by(request: Request) -> Served:
    """What the app of a request stands on."""
    served: Served = request.app.state.served
    return served


def address_of(request: Request) -> str:
    """Where a request comes from; behind a proxy on this machine, what that says."""
    return request.client.host if request.client else ""


def token_of(request: Request) -> str:
    """The token of a session, "" where there is none: nobody's session is that."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
