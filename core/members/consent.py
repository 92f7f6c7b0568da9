"""同意: that a customer lets the shop keep the data of a member; nobody is joined without it."""

from __future__ import annotations

from msgspec import Struct

from core.errors import ConsentMissing

CONSENT = 1
"""The version of the words that are read to the customer (`ui.consent_text`).

Other words are another version: what was agreed to before stays under its own.
"""


class Consent(Struct, frozen=True):
    """One step: the customer agreed to the words of this version, or took that back."""

    is_given: bool
    version: int
    at_us: int
    staff_no: int


def is_withdrawn(steps: tuple[Consent, ...]) -> bool:
    """Whether a customer agreed once and does not any more."""
    return bool(steps) and not steps[-1].is_given


def check_consent(version: int) -> int:
    """The version that was agreed to; raises ConsentMissing for none, or for other words."""
    if version != CONSENT:
        raise ConsentMissing()
    return version
