"""磁条: what a reader of magnetic stripes types (ISO/IEC 7813): the number at the head of a track.

A track begins with % (track 1) or ; (track 2 and 3) and ends with ?; its fields are parted by ^
or =. Names, dates and check values behind the number are of no use here and are let go at once.
"""

from __future__ import annotations

import re

LONGEST = 256
_TRACK = re.compile(r"%(?P<one>[^^?;%]*)|;(?P<two>[^=?;%]*)")
_STRIPE = re.compile(
    r"%[A-Z]?[0-9 ]{4,}[\^?]|%[A-Z0-9][^^?]*\^|;[0-9]{4,}(?:[=?]|\Z)|[%;][!-~ ]*\?\Z"
)
_FORMAT = re.compile(r"[A-Z](?=[0-9])")


def is_stripe(text: str) -> bool:
    """Whether a text came from a stripe, also where its end was lost."""
    return bool(_STRIPE.match(text))


def stripe_numbers(text: str) -> tuple[str, ...]:
    """The number at the head of each track, also without the format code B of track 1."""
    found: list[str] = []
    for track in _TRACK.finditer(text):
        number = (track["one"] if track["one"] is not None else track["two"]).strip()
        found += [number, _FORMAT.sub("", number, count=1).replace(" ", "")]
    return tuple(dict.fromkeys(number for number in found if number))
