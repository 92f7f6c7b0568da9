"""对账: the accounts of a chain are what their transfers add up to, and what is set aside."""

from __future__ import annotations

from core.errors import AccountsDiffer
from core.shop import HeadOffice

MOST_NAMED = 20


def check_accounts(office: HeadOffice) -> int:
    """How many members there are; raises AccountsDiffer, and repairs nothing."""
    with office.store.read() as reading:
        differing = reading.accounts.differing(at_most=MOST_NAMED)
        if differing:
            named = " ".join(f"{owner.hex}:{kind}" for owner, kind in differing)
            raise AccountsDiffer(named)
        return reading.members.count()
