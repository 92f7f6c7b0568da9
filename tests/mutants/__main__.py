"""`python -m tests.mutants [FOLDER | FILE | FILE:LINE …]`: a long run; not on Windows.

Prints each change that no test noticed, and for each file how many were. What `survivors.md`
explains is counted apart. A file alone is tried anew after its tests changed.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from itertools import groupby
from pathlib import Path

from tests.mutants.explained import explained, key
from tests.mutants.sites import ROOT, Site, sites_of
from tests.mutants.trying import ROOMS, Trying

EXAMPLES = 4


def main() -> int:
    """1 where a change went unnoticed that nobody explained."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("places", nargs="*", default=list(ROOMS), metavar="PLACE")
    parser.add_argument("--sample", type=int, help="so many changes, picked at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--examples", type=int, default=EXAMPLES, help="of each law")
    parser.add_argument("--most-s", type=float, help="leave aside tests that take longer")
    parser.add_argument("--by", action="store_true", help="tell which test noticed each")
    parser.add_argument("--new", action="store_true", help="do not try what the page explains")
    given = parser.parse_args()
    sites = [site for place in given.places for site in _of(place)]
    if given.sample is not None:
        picked = random.Random(given.seed).sample(sites, min(given.sample, len(sites)))
        sites = sorted(picked, key=lambda site: (site.path, site.line))
    run = _Run(sites, tells_by=given.by, tries_explained=not given.new)
    Trying(run.work, given.examples, given.most_s).run()
    return run.unexplained


class _Run:
    """What came of the changes of each file."""

    def __init__(self, sites: list[Site], *, tells_by: bool, tries_explained: bool) -> None:
        self._sites, self._tells_by, self._tries_explained = sites, tells_by, tries_explained
        self._explained = explained()
        self._noticed = self._said = self._of = 0
        self.unexplained = 0

    def work(self, trying: Trying) -> None:
        """File by file, then the sum."""
        for path, sites in groupby(self._sites, key=lambda site: site.path):
            self._file(trying, path, list(sites))
        self._tell(f"{_share(self._noticed, self._of)}, {self._said} explained  in all")
        self.unexplained = 1 if self._noticed + self._said < self._of else 0

    def _file(self, trying: Trying, path: Path, sites: list[Site]) -> None:
        open_sites = [site for site in sites if key(site) not in self._explained]
        tries = sites if self._tries_explained else open_sites
        noticed, said = 0, len(sites) - len(tries)
        start = time.monotonic()
        for tried in trying.tried(tries):
            is_explained = key(tried.site) in self._explained
            if tried.by:
                noticed += 1
                if is_explained:
                    self._tell(f"noticed, though explained  {tried.site}")
                elif self._tells_by:
                    self._tell(f"noticed  {tried.site}\n          by {tried.by}")
            elif is_explained:
                said += 1
            else:
                self._tell(f"unnoticed  {tried.site}")
        took_s = time.monotonic() - start
        self._tell(f"{_share(noticed, len(sites))}, {said} explained  {path}  {took_s:.0f} s")
        self._noticed, self._said = self._noticed + noticed, self._said + said
        self._of += len(sites)

    def _tell(self, text: str) -> None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def _share(noticed: int, of: int) -> str:
    return f"{noticed:>5} of {of:>4} ({100 * noticed // max(1, of)} %)"


def _of(place: str) -> list[Site]:
    """The changes of a folder, of a file, or of a line of it."""
    name, _, line = place.partition(":")
    path = ROOT / name
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    sites = [site for file in files for site in sites_of(file.relative_to(ROOT))]
    return [site for site in sites if not line or site.line == int(line)]


if __name__ == "__main__":
    sys.exit(main())
