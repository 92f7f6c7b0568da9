"""`python -m tests.ui.manage.album --out DIR`: every page, part and sheet of the office.

It leaves DIR/SHOP/LANGUAGE/THEME/NAME_WIDTHxHEIGHT.png. `--shops empty --languages en --themes dark
--sizes 911x512 --pages today cases` leaves less; sizes are logical pixels, so that 911x512 is
1366x768 at 150 %. The shop "unanswered" has a store that could never be read, "interrupted" one
that can be read no more.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from core.values.settings import LANGUAGES
from tests.ui.manage.album.album import SHOPS, Wanted, draw_all
from tests.ui.till.album import THEMES

SIZES = ("1366x768", "1024x768", "911x512")


def main() -> None:
    parser = ArgumentParser(prog="python -m tests.ui.manage.album")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--shops", nargs="+", choices=list(SHOPS), default=list(SHOPS))
    parser.add_argument("--languages", nargs="+", default=list(LANGUAGES))
    parser.add_argument("--themes", nargs="+", default=list(THEMES))
    parser.add_argument("--sizes", nargs="+", default=list(SIZES))
    parser.add_argument("--pages", nargs="+", default=[])
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    wanted = Wanted(given.languages, given.themes, given.sizes, given.pages)
    with TemporaryDirectory() as folder:
        for shop in given.shops:
            home = SHOPS[shop].make(Path(folder) / shop)
            draw_all(home, given.out / shop, wanted, SHOPS[shop].pages)


if __name__ == "__main__":
    main()
    sys.exit()
