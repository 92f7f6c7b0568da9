"""已用次数: how often offers were used so far.

A use is a sale in which an offer took something off, or gave points; how many units it took it off
does not matter. What stands in a basket, also a held one, is no use yet.
"""

from __future__ import annotations

from msgspec import Struct


class Used(Struct, frozen=True):
    """So often an offer was used before: in all, on the business date, and by the member.

    `member_year` is for the celebration year whose birthday window is open. Those in thousandths
    are of how much it was used. What was given back does not count.
    """

    offer: str
    in_all: int = 0
    day: int = 0
    member: int = 0
    member_day: int = 0
    member_year: int = 0
    in_all_milli: int = 0
    day_milli: int = 0
    member_milli: int = 0
    member_day_milli: int = 0


Uses = tuple[Used, ...]
