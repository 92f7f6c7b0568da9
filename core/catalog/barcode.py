"""条码: what a scanned or typed code can mean: EAN, UPC, GS1, or the label of a scale."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from core.catalog.trace import read_trace
from core.errors import BadScan
from core.rulebook.labels import LabelCode, value_check_digit
from core.values.gtin import ARTICLE_LENGTHS, EAN_13, is_article, is_checked

if TYPE_CHECKING:
    from biip.gs1_messages import GS1Message

LONGEST = 128
_FNC1 = "\x1d"
_BEGINNINGS, _TERMINATORS = "\x02\r\n\t ", "\r\n\t \x03"
_SPELLINGS = (EAN_13, 12, 8, 14)
# What a scanner may put before a code to say what it read (ISO/IEC 15424); these say GS1.
_SYMBOLOGY = re.compile(r"\][A-Za-z]\d(?=.)")
_GS1 = ("]C1", "]e0", "]d2", "]Q3", "]J1")
_GTIN_END = 16
_LAST_DAY, _LAST_DAY_END = "17", 24


class Label(Struct, frozen=True):
    """店内码 as read: item code and value (fen or grams, by `rule.holds`)."""

    rule: LabelCode
    item: str
    value: int


class Code(Struct, frozen=True):
    """What a text can be. `candidates` are the codes to look for, the likeliest first.

    `batch` and `expires_on` stand in a GS1 code; `trace` is the number of this one pack: a trace
    code, or article and serial number of a GS1 code. `has_bad_check_digit` matters only where no
    candidate is known: shops have codes of their own that look like an EAN.
    """

    text: str
    candidates: tuple[str, ...]
    label: Label | None = None
    has_bad_check_digit: bool = False
    batch: str = ""
    expires_on: date | None = None
    trace: str = ""


def clean(text: str) -> str:
    """A scan without its terminators; full-width signs of an input method become plain ones.

    Raises BadScan for what no code can be: nothing, more than 128 characters, or control
    characters other than GS1's FNC1.
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    code = plain.lstrip(_BEGINNINGS).rstrip(_TERMINATORS + _FNC1)
    if not code or max(len(text), len(plain)) > LONGEST:
        raise BadScan(len(text))
    if not code.replace(_FNC1, "").isprintable():
        raise BadScan(len(text))
    return code


def read_code(text: str, labels: tuple[LabelCode, ...] = ()) -> Code:
    """All that a clean text can mean; nothing is looked up."""
    said = _SYMBOLOGY.match(text)
    bare = text[said.end() :] if said else text
    if trace := read_trace(bare):
        return Code(trace, (trace,), trace=trace)
    if _FNC1 in bare or text.startswith((*_GS1, "(01)")) or _begins_with_gtin(bare):
        return _gs1(bare)
    if bare.isascii() and bare.isdigit():
        return _digits(bare, labels)
    return Code(bare, (bare,))


def _begins_with_gtin(text: str) -> bool:
    gtin = text[2:_GTIN_END]
    is_gtin = len(gtin) == 14 and gtin.isascii() and gtin.isdigit() and is_checked(gtin)
    return is_gtin and text.startswith("01") and len(text) > _GTIN_END


def _digits(text: str, labels: tuple[LabelCode, ...]) -> Code:
    is_good = is_article(text)
    label = _label(text, labels)
    is_unchecked_label = label is not None and not label.rule.is_checked
    is_bad = len(text) in ARTICLE_LENGTHS and not is_good and not is_unchecked_label
    candidates = _spellings(text) if is_good else (text,)
    return Code(text, candidates, label, has_bad_check_digit=is_bad)


def _spellings(gtin: str) -> tuple[str, ...]:
    """The same article as EAN-13, UPC-A, EAN-8 or GTIN-14: they differ in zeros before them."""
    full = gtin.zfill(14)
    others = (full[-length:] for length in _SPELLINGS if full[-length:].zfill(14) == full)
    return tuple(dict.fromkeys((gtin, *others)))


def _label(text: str, labels: tuple[LabelCode, ...]) -> Label | None:
    for rule in labels:
        if len(text) != EAN_13 or not text.startswith(rule.prefix):
            continue
        if rule.is_checked and not is_checked(text):
            continue
        begin = len(rule.prefix)
        middle = begin + rule.item_digits
        value_at = middle + rule.has_value_check
        digits = text[value_at : value_at + rule.value_digits]
        if rule.has_value_check and text[middle] != value_check_digit(digits):
            continue
        if value := rule.value_of(digits):
            return Label(rule, text[begin:middle], value)
    return None


def _gs1(text: str) -> Code:
    message = _message(text)
    if message is None:
        # What is no GS1 does not hide the article before it, nor a last day right behind that.
        plain = text.lstrip(_FNC1)
        if not _begins_with_gtin(plain):
            return Code(text, (text,))
        has_day = plain.startswith(_LAST_DAY, _GTIN_END)
        message = _message(plain[:_LAST_DAY_END]) if has_day else None
        if message is None:
            return _article(text, plain[2:_GTIN_END])
    found = {element.ai.ai: element for element in message.element_strings}
    if "01" not in found:
        return Code(text, (text,))
    batch, expiry, serial = found.get("10"), found.get("17"), found.get("21")
    gtin = found["01"].value
    article = _article(text, gtin)
    return replace(
        article,
        batch=batch.value if batch else "",
        expires_on=expiry.date if expiry else None,
        trace=f"01{gtin}21{serial.value}" if serial else "",
    )


def _message(text: str) -> GS1Message | None:
    from biip import ParseError
    from biip.gs1_messages import GS1Message

    try:
        return GS1Message.parse_hri(text) if text.startswith("(") else GS1Message.parse(text)
    except ParseError:
        return None


def _article(text: str, gtin: str) -> Code:
    ean = gtin.lstrip("0").zfill(EAN_13)
    return Code(text, (*_spellings(ean), text), has_bad_check_digit=not is_checked(gtin))
