"""日子: a day as people and tables write it: 2027-12-31, 2027/12/31, 20271231, 2027年12月31日."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_WRITTEN = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\Z", re.ASCII)
_EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})\Z", re.ASCII)
# What programs write behind a day: 2027-12-31 23:59:59.000.
_TIME = re.compile(r"(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\Z", re.ASCII)


def day_written(text: str) -> date | None:
    """The day; None for what is none. A time behind it is passed over."""
    plain = _TIME.sub("", unicodedata.normalize("NFKC", text).strip())
    found = _WRITTEN.match(plain) or _EIGHT_DIGITS.match(plain)
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None
