"""在内存里: how DuckDB is begun, and how rows of the store come to it without a file.

What does not fit into the memory it may have is written into a folder of the home that goes with
the process, encrypted with a key that nobody has written down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import duckdb

from storage.left_folders import INSIGHT, own_prefix

_MEMORY = "350MB"
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": _MEMORY,
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # The library that it would rather encrypt with is no part of it.
    "force_mbedtls_unsafe": "true",
    "temp_file_encryption": "true",
}
_FIELD, _ROW = "\x1f", "\x1e"
_begun = count()


def begin(home: Path) -> duckdb.DuckDBPyConnection:
    """In memory; until it is closed, beside nobody else's folder."""
    spills = home / f"{own_prefix(INSIGHT)}{next(_begun)}"
    return duckdb.connect(":memory:", config=SETTINGS | {"temp_directory": str(spills)})


def rows_from(columns: Mapping[str, str]) -> str:
    """SQL for rows with these columns and types, out of one parameter: what `as_text` makes."""
    values = ", ".join(
        f"CAST(nullif(part[{at}], '') AS {kind}) AS {name}"
        for at, (name, kind) in enumerate(columns.items(), 1)
    )
    return (
        f"(SELECT {values} FROM (SELECT string_split("  # noqa: S608 - names of our own
        f"unnest(string_split(?, '{_ROW}')), '{_FIELD}') AS part))"
    )


def as_text(rows: Sequence[Sequence[Any]]) -> str:
    """At least one row, as text: DuckDB reads it twice as fast as a file, and none is left."""
    parts = [[_text(value) for value in row] for row in rows]
    return _ROW.join(map(_FIELD.join, parts))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.replace(_FIELD, "").replace(_ROW, "")
    return "" if value is None else str(value)
