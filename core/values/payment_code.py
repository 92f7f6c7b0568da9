"""付款码 · 银行卡号: what a customer pays with and must never be kept, shown or logged here.

Ranges as published: WeChat Pay codes have 18 digits from 10 to 15; Alipay's 16 to 24 digits from
25 to 30; UnionPay's QR codes 19 digits from 62. Bank cards are numbered by ISO/IEC 7812: an issuer
range and a Luhn digit. Thirteen and fourteen digits that end as a GTIN does are left to products.
The number of a resident may begin like any of them; within words it is told by its own check sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from core.errors import PaymentCode
from core.values.gtin import is_checked
from core.values.luhn import luhn_digit
from core.values.money import FULL_WIDTH

_WECHAT = re.compile(r"1[0-5]\d{16}\Z", re.ASCII)
_ALIPAY = re.compile(r"(2[5-9]|30)\d{14,22}\Z", re.ASCII)
_UNIONPAY_QR = re.compile(r"62\d{17}\Z", re.ASCII)
_BANK_CARD = re.compile(
    r"(62\d{13,17}|81\d{13,17}|60(11|5\d)\d{11,15}|65\d{13,17}|4\d{15,18}|5[1-5]\d{14}"
    r"|2(2[2-9]|[3-6]\d|7[0-2])\d{13}|3[47]\d{13}|35(2[89]|[3-8]\d)\d{12,15})\Z",
    re.ASCII,
)
_SHORT_CARD = re.compile(r"(4\d{12}|3(0[0-5]|[689]\d)\d{11})\Z", re.ASCII)
# A resident's that ends in X; a card's as it bears it, in fours; any row of digits within a text.
_NUMBERS = re.compile(
    r"(?<!\d)\d{17}[Xx](?![0-9A-Za-z])|(?<!\d)(?:\d{4}[ -]){2,}\d{1,4}(?!\d)|\d+", re.ASCII
)
_SHORTEST = 13


class PaidWith(StrEnum):
    """Whose code it is, as far as it tells."""

    WECHAT = "wechat"
    ALIPAY = "alipay"
    CARD = "card"


def paid_with(text: str) -> PaidWith | None:
    """The tender that a code belongs to; None for everything that is no payment code or card."""
    if _WECHAT.match(text):
        return PaidWith.WECHAT
    if _ALIPAY.match(text):
        return PaidWith.ALIPAY
    if _UNIONPAY_QR.match(text):
        return PaidWith.CARD
    is_card = bool(_BANK_CARD.match(text)) or bool(_SHORT_CARD.match(text) and not is_checked(text))
    return PaidWith.CARD if is_card and text[-1] == luhn_digit(text[:-1]) else None


def refuse_payment(text: str) -> str:
    """The same text, a code; raises PaymentCode where it holds what a customer pays with."""
    for _, paid in _paid_within(text):
        raise PaymentCode(paid.value)
    return text


def refuse_payment_in(words: str) -> str:
    """The same for words that a person writes: a resident's number among them is none."""
    for number, paid in _paid_within(words):
        if not _is_resident(number):
            raise PaymentCode(paid.value)
    return words


def _is_resident(number: str) -> bool:
    from core.values.resident_id import is_resident_id  # seldom asked, and not by a start

    return is_resident_id(number)


def _paid_within(text: str) -> Iterator[tuple[str, PaidWith]]:
    """The numbers in a text that somebody pays with, and whose they are."""
    if len(text) < _SHORTEST:
        return
    for found in _NUMBERS.findall(text.translate(FULL_WIDTH)):
        number = found.replace(" ", "").replace("-", "")
        if (paid := paid_with(number.rstrip("Xx"))) is not None:
            yield number, paid
