"""What is said of changes that no test can notice, in `survivors.md`."""

from __future__ import annotations

import re
from pathlib import Path

from tests.mutants.sites import Site

FILE = Path(__file__).with_name("survivors.md")


def explained() -> frozenset[tuple[str, str, str]]:
    """(file, function, change) of each that the page explains."""
    path, found = "", set[tuple[str, str, str]]()
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            path = line.removeprefix("## ")
        elif said := re.match(r"- `([^`]+)`: `([^`]+)`", line):
            found.add((path, said[1], said[2]))
    return frozenset(found)


def key(site: Site) -> tuple[str, str, str]:
    """As the page names it: without its line, which moves."""
    return site.path.as_posix(), site.name, site.what
