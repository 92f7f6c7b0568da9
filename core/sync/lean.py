"""瘦身: a rulebook is most of a sale, and that of many sales; it is left out where it is known.

A sale names its rulebook in full, so that it can be priced again for ever. Within one push each
rulebook is said once, and the sales stand there with an empty one in its place.
"""

from __future__ import annotations

from collections import deque
from contextlib import suppress

import msgspec

RULEBOOK = "rulebook"
"""In the body of a sale: that which it was priced by."""
KNOWN = 16
"""So many rulebooks are known as canonical: a chain has few at a time."""
LARGEST = 1 << 20
"""A larger one is known to nobody, and stays where it is."""
_EMPTY = b"{}"
_NAMED = b'"rulebook":' + _EMPTY[:1]
_RULEBOOKS: deque[bytes] = deque(maxlen=KNOWN)


def rulebook_in(data: bytes) -> tuple[int, bytes] | None:
    """Where the rulebook of an event begins, and its bytes; None where there is none.

    One that is not canonical is none, either.
    """
    at = data.find(_NAMED) + len(_NAMED) - 1
    if at < len(_NAMED) - 1:
        return None
    known = _known_at(data, at)
    if not known and _meet(data):
        known = _known_at(data, at)
    return (at, known) if known else None


def without_rulebook(data: bytes, at: int, rulebook: bytes) -> bytes:
    """The event with nothing in its rulebook, which begins there."""
    return data[:at] + _EMPTY + data[at + len(rulebook) :]


def with_rulebook(data: bytes, rulebook: bytes) -> bytes:
    """The event that was made of this by leaving out its rulebook; unchanged where it was not."""
    at = data.find(_NAMED) + len(_NAMED) - 1
    if at < len(_NAMED) - 1 or not data.startswith(_EMPTY, at):
        return data
    return data[:at] + rulebook + data[at + len(_EMPTY) :]


def spelt(record: object) -> bytes:
    """As a canonical record is spelt, but for numbers and texts that no JSON has."""
    return msgspec.json.encode(record, order="sorted")


def as_written(data: bytes) -> object:
    """What JSON says, without a number that is not whole; raises ValueError."""
    return _AS_WRITTEN.decode(data)


def _known_at(data: bytes, at: int) -> bytes:
    return next((each for each in tuple(_RULEBOOKS) if data.startswith(each, at)), b"")


def _meet(data: bytes) -> bool:
    """A rulebook that was not seen lately: it comes again with every sale until the next holds."""
    with suppress(ValueError, TypeError, KeyError, OverflowError, RecursionError):
        rulebook = bytes(_PARTS.decode(_PARTS.decode(data)["body"])[RULEBOOK])
        if len(rulebook) <= LARGEST and spelt(as_written(rulebook)) == rulebook:
            _RULEBOOKS.appendleft(rulebook)
            return True
    return False


def _no_float(text: str) -> float:
    raise ValueError(text)


_AS_WRITTEN = msgspec.json.Decoder(float_hook=_no_float)
_PARTS = msgspec.json.Decoder(dict[str, msgspec.Raw])
