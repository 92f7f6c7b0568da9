"""说明书: what each path asks and answers, as OpenAPI, made of the very values that it reads."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.responses import JSONResponse, Response

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
from core.sync.directory import MembersFound, MemberTold
from core.sync.feed import LONGEST_CURSOR, Page, RulebookIssued
from core.sync.held import HeldPut, HeldSaid, HeldTake, HeldTold
from core.sync.session import (
    Asking,
    Enrolled,
    Hello,
    Invited,
    Joining,
    Session,
    SignedHello,
)
from core.sync.snapshot import Manifest
from core.sync.spending import (
    LeasesAsked,
    LeasesGiven,
    LeasesOver,
    NotNeeded,
    PointsAsked,
    PointsUsed,
    SetAside,
)
from core.sync.store_sales import DeedsPage, Lives
from core.sync.store_tills import StoreTills
from core.sync.together import Claimed, CodeAsked, ReturnAsked, ReturnNotMade, SaleSaid
from core.sync.wire import VERSION, Push, Pushed
from server.answers import BYTES, JSON, Problem

_SAID = (
    *(Asking, Invited, Joining, Enrolled),
    *(SignedHello, Hello, Session, Push, Pushed, Page, RulebookIssued, Problem),
    *(MemberTold, MembersFound),
    Manifest,
    *(PointsAsked, PointsUsed, NotNeeded, SetAside, LeasesAsked, LeasesGiven, LeasesOver),
    *(SaleSaid, ReturnAsked, ReturnNotMade, CodeAsked, Claimed),
    *(HeldTold, HeldSaid, HeldTake, HeldPut),
    StoreTills,
    *(Lives, DeedsPage),
)
_ADMIN = (
    *(AdminAsking, AdminSession, ChainSaid, CasesSaid, CodeWanted, CodeMade),
    *(StoreSaid, TillPlace, CaseLooked, ErasureWanted, ErasureDone, Done),
)
_REF = "#/components/schemas/{name}"
_WORDS = {
    200: "Done.",
    400: "It cannot be read.",
    401: "The session is over: begin another.",
    403: "The till is not known, or was revoked.",
    404: "There is none.",
    409: "It contradicts what is here.",
    410: "It was used, or is too old.",
    413: "More than one push may hold.",
    429: "Too often; `Retry-After` says how long to wait.",
    503: "The store is out of reach; send the same again.",
}


def speaks(
    asks: type | None,
    answers: type,
    *problems: int,
    needs_token: bool = False,
    query: str | tuple[str, ...] = (),
) -> dict[str, Any]:
    """What a route says of itself: its request, its answer, and the codes of its refusals.

    `query` are the names of what stands behind the question mark.
    """
    extra: dict[str, Any] = {}
    if query:
        names = (query,) if isinstance(query, str) else query
        text = {"type": "string", "maxLength": LONGEST_CURSOR}
        extra["parameters"] = [{"name": name, "in": "query", "schema": text} for name in names]
    if asks is not None:
        extra["requestBody"] = {"required": True, "content": _content(asks)}
    if needs_token:
        extra["security"] = [{"session": []}]
    codes = (400, *problems, 503) if asks else (*problems, 503)
    refusals = {code: _said(code, Problem) for code in codes}
    return {
        "openapi_extra": extra,
        "responses": {200: _said(200, answers), **refusals},
        "response_model": None,
        # What is no JSON is not said to be some.
        "response_class": Response if answers is bytes else JSONResponse,
    }


def openapi_of(app: FastAPI) -> dict[str, Any]:
    """The whole document."""
    if not app.openapi_schema:
        made = get_openapi(
            title="Shuke", version=str(VERSION), description=app.description, routes=app.routes
        )
        _name_places(made["paths"])
        from server.routes.watch import Health

        _, parts = msgspec.json.schema_components((*_SAID, *_ADMIN, Health), ref_template=_REF)
        made["components"] = {
            "schemas": parts,
            "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
        }
        app.openapi_schema = made
    return app.openapi_schema


def _name_places(paths: dict[str, Any]) -> None:
    """What stands in a path, which routes read by themselves."""
    for path, methods in paths.items():
        for name in re.findall(r"{(\w+)}", path):
            place = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for told in methods.values():
                told.setdefault("parameters", []).append(place)


def _said(code: int, kind: type) -> dict[str, Any]:
    return {"description": _WORDS[code], "content": _content(kind)}


def _content(kind: type) -> dict[str, Any]:
    if kind is bytes:
        return {BYTES: {"schema": {"type": "string", "format": "binary"}}}
    return {JSON: {"schema": {"$ref": _REF.format(name=kind.__name__)}}}
