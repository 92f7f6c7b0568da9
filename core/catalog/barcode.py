"""条码: what a scanned or typed code can mean: EAN, UPC, GS1, or the label of a scale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.errors import BadScan
from core.rulebook.rulebook import LabelCode

LONGEST = 128
_FNC1 = "\x1d"
_TERMINATORS = "\r\n\t \x03"
_CHECKED_LENGTHS = (8, 12, 13, 14)
_EAN_LENGTH = 13


@dataclass(frozen=True, slots=True)
class Label:
    """店内码 as read: item code and value (fen or grams, by `rule.holds`)."""

    rule: LabelCode
    item: str
    value: int


@dataclass(frozen=True, slots=True)
class Code:
    """What a text can be. `candidates` are the codes to look for, the likeliest first.

    `batch` and `expires_on` stand in a GS1 code. `has_bad_check_digit` matters only where no
    candidate is known: shops have codes of their own that look like an EAN.
    """

    text: str
    candidates: tuple[str, ...]
    label: Label | None = None
    has_bad_check_digit: bool = False
    batch: str = ""
    expires_on: date | None = None


def clean(text: str) -> str:
    """A scan without its terminators; raises BadScan for what no code can be.

    Refused are nothing, more than 128 characters, and control characters other than GS1's FNC1.
    """
    code = text.strip(_TERMINATORS + _FNC1)
    if not code or len(text) > LONGEST:
        raise BadScan(len(text))
    if not code.replace(_FNC1, "").isprintable():
        raise BadScan(len(text))
    return code


def read_code(text: str, labels: tuple[LabelCode, ...] = ()) -> Code:
    """All that a clean text can mean; nothing is looked up."""
    if _is_gs1(text):
        return _gs1(text)
    if text.isascii() and text.isdigit():
        return _digits(text, labels)
    return Code(text, (text,))


def check_digit(payload: str) -> str:
    """The check digit of GS1 (EAN, UPC, ITF-14) behind these digits."""
    weighted = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(payload)))
    return str(-weighted % 10)


def is_checked(digits: str) -> bool:
    """Whether digits of the length of an EAN, UPC or ITF-14 end in their check digit."""
    return digits[-1] == check_digit(digits[:-1])


def _is_gs1(text: str) -> bool:
    if _FNC1 in text or text.startswith(("]C1", "]d2", "]Q3", "]e0", "(01)")):
        return True
    gtin = text[2:16]
    is_gtin = len(gtin) == 14 and gtin.isascii() and gtin.isdigit() and is_checked(gtin)
    return len(text) > 16 and text.startswith("01") and is_gtin


def _digits(text: str, labels: tuple[LabelCode, ...]) -> Code:
    candidates = [text, *_other_spellings(text)]
    bad = len(text) in _CHECKED_LENGTHS and not is_checked(text)
    label = _label(text, labels)
    is_unchecked_label = label is not None and not label.rule.is_checked
    return Code(text, tuple(candidates), label, has_bad_check_digit=bad and not is_unchecked_label)


def _other_spellings(text: str) -> list[str]:
    """The same article as UPC-A, EAN-13 or ITF-14 of a single piece."""
    if len(text) == 12:
        return ["0" + text]
    if len(text) == _EAN_LENGTH:
        return ["0" + text] if text[0] != "0" else [text[1:], "0" + text]
    if len(text) == 14 and text[0] == "0":
        return [text[1:]]
    return []


def _label(text: str, labels: tuple[LabelCode, ...]) -> Label | None:
    for rule in labels:
        if len(text) != _EAN_LENGTH or not text.startswith(rule.prefix):
            continue
        if rule.is_checked and not is_checked(text):
            continue
        begin = len(rule.prefix)
        middle = begin + rule.item_digits
        value = int(text[middle : middle + rule.value_digits])
        if value:
            return Label(rule, text[begin:middle], value)
    return None


def _gs1(text: str) -> Code:
    from biip import ParseError
    from biip.gs1_messages import GS1Message

    try:
        if text.startswith("("):
            message = GS1Message.parse_hri(text)
        else:
            message = GS1Message.parse(text[3:] if text.startswith("]") else text)
    except ParseError:
        return Code(text, (text,))
    gtin = message.element_strings.get(ai="01")
    if gtin is None:
        return Code(text, (text,))
    batch = message.element_strings.get(ai="10")
    expiry = message.element_strings.get(ai="17")
    ean = gtin.value[1:] if gtin.value.startswith("0") else gtin.value
    return Code(
        text,
        (ean, *_other_spellings(ean), text),
        batch=batch.value if batch else "",
        expires_on=expiry.date if expiry else None,
    )
