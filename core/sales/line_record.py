"""行存根: typed lines as plain JSON and back, by a table of their kinds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def line_records(lines: Iterable[Any], table: Mapping[str, type]) -> list[list[Any]]:
    """Each line as [kind, fields]: lists, dicts, strings, integers and booleans only."""
    kinds = {line: kind for kind, line in table.items()}
    return [
        [kinds[type(line)], {name: getattr(line, name) for name in line.__struct_fields__}]
        for line in lines
    ]


def lines_of(records: Iterable[list[Any]], table: Mapping[str, type]) -> Iterable[Any]:
    """The lines of such records; ValueError for one that the table does not know."""
    for kind, facts in records:
        if kind not in table:
            raise ValueError(f"a paper has no line of kind {kind!r}")
        yield table[kind](**facts)
