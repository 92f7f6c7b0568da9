"""What of JSON Schema our schemas use, so that a test can hold a document against one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

KINDS = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}
FORMATS = {"date": date.fromisoformat, "date-time": datetime.fromisoformat}


def faults(schema, value, path="$") -> Iterator[str]:
    """The places of a document that are not as the schema says."""
    if "oneOf" in schema or "anyOf" in schema:
        ways = schema.get("oneOf") or schema["anyOf"]
        fitting = [way for way in ways if not list(faults(way, value, path))]
        if len(fitting) != 1:
            yield f"{path}: fits {len(fitting)} of {len(ways)} schemas"
        return
    if "const" in schema or "enum" in schema:
        if value not in schema.get("enum", [schema.get("const")]):
            yield f"{path}: not one of the values"
        return
    if schema["type"] == "null":
        if value is not None:
            yield f"{path}: not null"
        return
    kind = KINDS[schema["type"]]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        yield f"{path}: not {schema['type']}"
    elif kind is dict:
        yield from _of_record(schema, value, path)
    elif kind is list:
        if len(value) < schema.get("minItems", 0):
            yield f"{path}: too few"
        if schema.get("uniqueItems") and len(set(value)) < len(value):
            yield f"{path}: twice the same"
        for index, each in enumerate(value):
            yield from faults(schema["items"], each, f"{path}[{index}]")
    elif kind is int:
        if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
            yield f"{path}: out of bounds"
    elif kind is str:
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            yield f"{path}: wrong length"
        if schema.get("format") in FORMATS:
            FORMATS[schema["format"]](value)


def _of_record(schema, value, path) -> Iterator[str]:
    properties = schema["properties"]
    yield from (
        f"{path}.{name}: missing" for name in schema.get("required", ()) if name not in value
    )
    for name, each in value.items():
        if name in properties:
            yield from faults(properties[name], each, f"{path}.{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{path}.{name}: unknown"


def keys(schema) -> set[str]:
    """The names of all fields, however deep."""
    if isinstance(schema, list):
        return set().union(*map(keys, schema))
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", ())).union(*map(keys, schema.values()))
