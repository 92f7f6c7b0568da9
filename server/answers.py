"""回信: values as JSON, and errors by name with their facts: words are made where they are read."""

from __future__ import annotations

import gzip

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from starlette.responses import Response

from core import errors
from core.errors import Shortfall, Unavailable

JSON, BYTES = "application/json", "application/octet-stream"
AGAIN_S = 5
"""After how long to ask again where the store is out of reach."""
CODES: dict[type[Shortfall], int] = {
    errors.NotUnderstood: 400,
    errors.SessionOver: 401,
    errors.TillUnknown: 403,
    errors.TillRevoked: 403,
    errors.AdminOver: 401,
    errors.AdminCodeUnknown: 404,
    errors.AdminCodeSpent: 410,
    errors.StoreUnknown: 404,
    errors.NoTillThere: 404,
    errors.NoSuchCase: 404,
    errors.CodeUnknown: 404,
    errors.NoRulebook: 404,
    errors.CodeSpent: 410,
    errors.SnapshotGone: 410,
    errors.EnrolmentDiffers: 409,
    errors.CodeForOffice: 409,
    errors.OnlyForOffice: 409,
    errors.TillTaken: 409,
    errors.CopyFound: 409,
    errors.NoSuchMember: 404,
    errors.MemberUnserved: 409,
    errors.SeveralMembers: 409,
    errors.SeveralKnown: 409,
    errors.NotEnoughPoints: 409,
    errors.EscrowDiffers: 409,
    errors.NoSuchSale: 404,
    errors.SaleIsVoid: 409,
    errors.LineElsewhere: 409,
    errors.ClaimDiffers: 409,
    errors.ClaimLate: 409,
    errors.NoSuchCoupon: 404,
    errors.CouponWithdrawn: 409,
    errors.CouponUsed: 409,
    errors.CouponElsewhere: 409,
    errors.NoSuchHeld: 404,
    errors.HeldTaken: 409,
    errors.TooMuchSent: 413,
    errors.ServerBusy: 429,
    errors.Unavailable: 503,
}


class Problem(Struct, frozen=True, omit_defaults=True):
    """What was not done: the name of an error, and its facts; `says` is for people."""

    problem: str
    facts: dict[str, str | int]
    says: str = ""


def answer(value: Struct, code: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A value as JSON."""
    return Response(msgspec.json.encode(value), code, headers, media_type=JSON)


def packed(value: Struct, accepted: str) -> Response:
    """A value as JSON, made small for who says that he takes it so; it takes its time."""
    body, headers = msgspec.json.encode(value), {"Vary": "Accept-Encoding"}
    if "gzip" in accepted.lower():
        body = gzip.compress(body, compresslevel=6, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, 200, headers, media_type=JSON)


def refuse(error: Shortfall, says: str = "") -> Response:
    """An error that was expected."""
    code = next((CODES[kind] for kind in type(error).__mro__ if kind in CODES), 400)
    headers = {}
    if isinstance(error, errors.ServerBusy):
        headers["Retry-After"] = str(error.wait_s)
    elif isinstance(error, Unavailable):
        headers["Retry-After"] = str(AGAIN_S)
    return answer(replace(problem_of(error), says=says), code, headers)


def problem_of(error: Shortfall) -> Problem:
    """Its name and its facts."""
    facts = {name: getattr(error, name) for name in error.facts}
    return Problem(type(error).__name__, facts)
