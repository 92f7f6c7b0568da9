"""A store with machines of every kind, as its head office told of them."""

from __future__ import annotations

from core.actions.look_at_place import Beside, Line, Place
from core.sync.session import OFFICE, TILL
from core.values.moment import CHINA
from tests.storage.making import NOW_US, a_till

MINUTE_US = 60_000_000
DAY_US = 24 * 60 * MINUTE_US
URL = "https://hq.example.com"


def beside(no: int, silent_us: int, **other: object) -> Beside:
    """A till of the store."""
    named: dict[str, object] = {
        "till_no": no,
        "kind": TILL if no else OFFICE,
        "program": "shuke 0.1.0",
        "enrolled_us": NOW_US - 90 * DAY_US,
        "heard_us": NOW_US - silent_us,
        "revoked_us": None,
        "clock_behind_us": 0,
        "unsent": 0,
        "is_here": False,
    }
    return Beside(**{**named, **other})  # type: ignore[arg-type]


def in_chain(line: Line = Line.OPEN) -> Place:
    """One that is well, one that was quiet for a while, one for days, one that is out."""
    tills = (
        beside(0, MINUTE_US // 2),
        beside(1, MINUTE_US // 2, clock_behind_us=20 * MINUTE_US),
        beside(2, 0, is_here=True),
        beside(3, 5 * MINUTE_US, program="shuke 0.0.9"),
        beside(12, 3 * DAY_US, unsent=1204),
        beside(4, 40 * DAY_US, revoked_us=NOW_US - 40 * DAY_US, unsent=2),
    )
    asked = {"chain_name": "康源连锁大药房", "url": URL, "enrolled_us": NOW_US - 90 * DAY_US}
    return Place(a_till(), 4, CHINA, NOW_US, **asked, line=line, told_us=NOW_US, tills=tills)  # type: ignore[arg-type]
