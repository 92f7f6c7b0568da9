"""同意: that a customer lets the shop keep the data of a member; nobody is joined without it."""

from __future__ import annotations

from core.errors import ConsentMissing

CONSENT = 1
"""The version of the words that are read to the customer (`ui.consent_text`).

Other words are another version: what was agreed to before stays under its own.
"""


def check_consent(version: int) -> int:
    """The version that was agreed to; raises ConsentMissing for none, or for other words."""
    if version != CONSENT:
        raise ConsentMissing()
    return version
