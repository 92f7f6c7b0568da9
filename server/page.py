"""The paths of the server as a page for people; it loads nothing from anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}"
    "pre{overflow:auto;padding:1rem;border:1px solid}code{font-weight:600}"
)


def page_of(document: dict[str, Any]) -> str:
    """An OpenAPI document as HTML."""
    paths = "".join(_paths(document["paths"]))
    parts = "".join(_parts(document["components"]["schemas"]))
    title = escape(document["info"]["title"])
    return (
        f"<!doctype html><meta charset=utf-8><title>{title}</title><style>{_STYLE}</style>"
        f"<h1>{title} {escape(document['info']['version'])}</h1>"
        f"<p><a href=openapi.json>openapi.json</a></p>{paths}<h2>Values</h2>{parts}"
    )


def _paths(paths: dict[str, Any]) -> Iterator[str]:
    for path, verbs in paths.items():
        for verb, said in verbs.items():
            yield f"<h2><code>{verb.upper()} {escape(path)}</code></h2>"
            yield f"<p>{escape(said.get('description', ''))}</p><ul>"
            if "requestBody" in said:
                yield f"<li>asks {_link(said['requestBody'])}"
            for code, answered in said["responses"].items():
                yield f"<li>{code} {escape(answered['description'])} {_link(answered)}"
            yield "</ul>"


def _link(said: dict[str, Any]) -> str:
    schema = next(iter(said["content"].values()))["schema"]
    if "$ref" not in schema:
        return escape(schema["format"])
    name = schema["$ref"].rpartition("/")[2]
    return f"<a href='#{escape(name)}'>{escape(name)}</a>"


def _parts(parts: dict[str, Any]) -> Iterator[str]:
    for name, said in sorted(parts.items()):
        shown = json.dumps(said, ensure_ascii=False, indent=2)
        yield f"<h3 id='{escape(name)}'>{escape(name)}</h3><pre>{escape(shown)}</pre>"
