"""说明: why a person did what no figure tells: a reason from a short list, and words of one's own.

The reason is a code and goes wherever the deed is told. The words are free text: they stay beside
the chains like a personal value, for nobody can say what a person types.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from core.errors import BadWords, ReasonNeeded
from core.values.payment_code import refuse_payment_in

LONGEST_WORDS = 40


class CounterReason(StrEnum):
    """原因: the short list of the counter; what may be chosen depends on the deed."""

    WRONG_CHANGE = "wrong_change"
    WRONG_COUNT = "wrong_count"
    NOT_RECORDED = "not_recorded"
    UNKNOWN = "unknown"
    SMALL_CHANGE = "small_change"
    MORE_FLOAT = "more_float"
    BANK = "bank"
    SAFE = "safe"
    PURCHASE = "purchase"
    LOOK = "look"
    STUCK = "stuck"
    COUNT = "count"
    WRONG_PRODUCT = "wrong_product"
    WRONG_TENDER = "wrong_tender"
    WRONG_MEMBER = "wrong_member"
    CHANGED_MIND = "changed_mind"
    TOO_MANY = "too_many"
    NOT_RIGHT = "not_right"
    QUALITY = "quality"
    RECALL = "recall"
    OTHER = "other"


FOR_DIFFERENCE = (
    CounterReason.WRONG_CHANGE,
    CounterReason.WRONG_COUNT,
    CounterReason.NOT_RECORDED,
    CounterReason.UNKNOWN,
    CounterReason.OTHER,
)
FOR_PAY_IN = (CounterReason.SMALL_CHANGE, CounterReason.MORE_FLOAT, CounterReason.OTHER)
FOR_PAY_OUT = (
    CounterReason.BANK,
    CounterReason.SAFE,
    CounterReason.PURCHASE,
    CounterReason.SMALL_CHANGE,
    CounterReason.OTHER,
)
FOR_DRAWER = (
    CounterReason.SMALL_CHANGE,
    CounterReason.LOOK,
    CounterReason.STUCK,
    CounterReason.OTHER,
)
FOR_VOID = (
    CounterReason.WRONG_PRODUCT,
    CounterReason.WRONG_TENDER,
    CounterReason.WRONG_MEMBER,
    CounterReason.CHANGED_MIND,
    CounterReason.OTHER,
)
FOR_RETURN = (
    CounterReason.TOO_MANY,
    CounterReason.CHANGED_MIND,
    CounterReason.NOT_RIGHT,
    CounterReason.QUALITY,
    CounterReason.RECALL,
    CounterReason.OTHER,
)
OF_QUALITY = (CounterReason.QUALITY, CounterReason.RECALL)
"""For which medicines come back: something is wrong with them, or the maker recalls them."""


class Explanation(Struct, frozen=True):
    """A reason, and words where the reason says too little ("other" always does)."""

    reason: CounterReason
    words: str = ""


def check_explanation(
    explanation: Explanation | None, among: tuple[CounterReason, ...]
) -> Explanation:
    """The explanation without idle spaces.

    Raises ReasonNeeded without a reason that fits, or where "other" has no words; BadWords for
    words that are too long or hold control characters; PaymentCode for what a customer pays with.
    """
    if explanation is None or explanation.reason not in among:
        raise ReasonNeeded()
    words = refuse_payment_in(" ".join(explanation.words.split()))
    if len(words) > LONGEST_WORDS or not words.isprintable():
        raise BadWords(explanation.words, LONGEST_WORDS)
    if explanation.reason is CounterReason.OTHER and not words:
        raise ReasonNeeded()
    return Explanation(explanation.reason, words)
