"""追溯码: the number of one single pack of a medicine, printed on it and collected with its sale.

Codes of 码上放心 have twenty digits, begin with 8, and name product and pack in the first seven.
Their QR codes hold an address whose path ends in the code. A serial number of GS1 is kept
with its article before it, which names the product. Other systems exist: nothing in their codes
names a product, so they are kept as they are, on the line that a person says they belong to.
"""

from __future__ import annotations

import re
from enum import StrEnum

from core.errors import BadTrace, EnrolmentScanned
from core.values.coupon_code import holds_enrolment
from core.values.gtin import ARTICLE_LENGTHS
from core.values.payment_code import refuse_payment

PREFIX_DIGITS = 7
SHORTEST, LONGEST = 8, 64
# What is scanned out of the blue has to be longer than any other code, with so many digits in it.
SHORTEST_STRAY, DIGITS_OF_STRAY = 15, 8
_CODE = r"8[0-9]{19}"
_PLAIN = re.compile(rf"{_CODE}\Z")
_SERIAL = re.compile(r"(01[0-9]{14})21.")
_ADDRESS = re.compile(rf"https?://[^/\s?#]+/(?:[^\s?#]*/)?({_CODE})/?(?:[?#]\S*)?\Z", re.IGNORECASE)


class TraceReason(StrEnum):
    """Why a unit may be sold without its code."""

    NO_CODE = "no_code"
    DAMAGED = "damaged"
    SPLIT = "split"
    SCANNER = "scanner"


def read_trace(text: str) -> str | None:
    """The code of a clean scan, bare or at the end of an address; None for everything else."""
    if _PLAIN.match(text):
        return text
    address = _ADDRESS.match(text)
    return None if address is None else address[1]


def is_like_trace(text: str) -> bool:
    """Whether a code that nobody knows has the shape of a trace code, of whatever system."""
    digits = sum(sign.isdigit() for sign in text)
    return is_possible_trace(text) and len(text) >= SHORTEST_STRAY and digits >= DIGITS_OF_STRAY


def is_possible_trace(text: str) -> bool:
    """Whether a code that nobody knows can be a trace code at all; an article number is none."""
    return _is_plain(text) and not (text.isdigit() and len(text) in ARTICLE_LENGTHS)


def _is_plain(text: str) -> bool:
    """8 to 64 signs of ASCII without a space."""
    is_plain = text.isascii() and text.isprintable() and " " not in text
    return is_plain and SHORTEST <= len(text) <= LONGEST


def trace_prefix(code: str) -> str | None:
    """The beginning that names the product: seven digits, or the article before a serial number.

    None for a code of another system.
    """
    if _PLAIN.match(code):
        return code[:PREFIX_DIGITS]
    serial = _SERIAL.match(code)
    return None if serial is None else serial[1]


def check_trace(text: str) -> str:
    """A code of any system, as a person gives it to a line.

    Raises BadTrace for fewer than 8 signs, more than 64, spaces and signs beyond ASCII; PaymentCode
    for what a customer pays with, EnrolmentScanned for what joins a chain.
    """
    code = read_trace(text) or text
    if holds_enrolment(code):
        raise EnrolmentScanned()
    if not _is_plain(code):
        raise BadTrace(text)
    return refuse_payment(code)
