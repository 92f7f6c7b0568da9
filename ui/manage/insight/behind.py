"""报表后面: the tickets or the members that a row of a report counted."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from core.actions.reports import Reported
from core.actions.tickets import Asked
from core.members.segment import LONGEST_AWAY, Segment
from core.ports.insight import Value
from core.sales.search import Among
from ui.report_words import value_words
from ui.text import tr

ACTIVE_DAYS, SLEEPING_DAYS = 90, 365
"""As the question counts them: who came so many days ago at most is active, is not lost yet."""
Behind = tuple[Asked | Segment, str]


def behind(reported: Reported, at: int) -> Behind | None:
    """What a row opens, and what that is called; None for a row that has nothing of its own."""
    if not reported.meant:
        return None
    key = reported.meant[at]
    asked = _tickets(reported, key)
    meant = _members(reported, key) if asked is None else asked
    return None if meant is None else (meant, _called(reported, at))


def _tickets(reported: Reported, key: tuple[Value, ...]) -> Asked | None:
    found, value = reported.found, key[0]
    first, last = found.first, found.last
    match found.question, value:
        case "days", date():
            return Asked(value, value)
        case "hours", int():
            return Asked(first, last, hour=value)
        case "cashiers", int():
            return Asked(first, last, among=Among(staff_no=value))
        case "products", str():
            return Asked(first, last, code=value)
        case "categories", _:
            return Asked(first, last, among=Among(category=str(value or "")))
        case "brands", _:
            return Asked(first, last, among=Among(brand=str(value or "")))
        case "offers", str():
            return Asked(first, last, among=Among(offer=value))
        case "given", str():
            return Asked(first, last, among=Among(saving=(value, str(key[1] or ""))))
    return None


def _members(reported: Reported, key: tuple[Value, ...]) -> Segment | None:
    found, value = reported.found, str(key[0] or "")
    match found.question:
        case "tiers" if value:
            return Segment(tiers=(value,))
        case "growth" | "visitors":
            year, month = map(int, value.split("-"))
            first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
            return Segment(joined_from=max(first, found.first), joined_to=min(last, found.last))
        case "activity":
            return {
                "active": Segment(came_within=ACTIVE_DAYS),
                "sleeping": Segment(away_days=ACTIVE_DAYS + 1, came_within=SLEEPING_DAYS),
                "lost": Segment(away_days=SLEEPING_DAYS + 1, came_within=LONGEST_AWAY),
                "never": Segment(away_days=LONGEST_AWAY),
            }.get(value)
    return None


def _called(reported: Reported, at: int) -> str:
    """A row by its own words; of a day and of all members of now it need not be said."""
    found = reported.found
    row, headings = found.rows[at], found.headings
    if found.question == "days":
        return ""
    if found.question == "activity":
        return tr("现在算{state}的会员", state=value_words(headings[0], row[0]))
    words = [value_words(headings[place], row[place]) for place in range(found.keys)]
    return words[-1] if found.question == "products" else tr("，").join(dict.fromkeys(words))
