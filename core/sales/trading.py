"""营业: what a business date has taken so far, by the hour, and whose baskets it were."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, tzinfo

from msgspec import Struct

from core.values.moment import local_time


class Ticket(Struct, frozen=True):
    """One sale that stands, or what one return gave back (`taken_fen` below zero, no basket)."""

    at_us: int
    taken_fen: int
    is_members: bool
    is_sale: bool = True
    points_given: int = 0


class Trading(Struct, frozen=True):
    """The figures of one business date up to an instant.

    `by_hour` are fen by the hour of the store's wall clock, hours without tickets left out. What
    came back counts in the hour it came back, and lowers what was taken, never the tickets.
    """

    business_on: date
    taken_fen: int = 0
    member_fen: int = 0
    tickets: int = 0
    member_tickets: int = 0
    points_given: int = 0
    by_hour: tuple[tuple[int, int], ...] = ()

    @property
    def other_fen(self) -> int:
        """What people without a card left."""
        return self.taken_fen - self.member_fen

    @property
    def other_tickets(self) -> int:
        """Baskets of people without a card."""
        return self.tickets - self.member_tickets


def trading_of(business_on: date, tickets: Iterable[Ticket], zone: tzinfo) -> Trading:
    """Add up what was sold and given back on a business date."""
    taken = members = sales = of_members = points = 0
    hours: dict[int, int] = {}
    for ticket in tickets:
        hour = local_time(ticket.at_us, zone).hour
        hours[hour] = hours.get(hour, 0) + ticket.taken_fen
        taken += ticket.taken_fen
        sales += ticket.is_sale
        points += ticket.points_given
        if ticket.is_members:
            members += ticket.taken_fen
            of_members += ticket.is_sale
    by_hour = tuple(sorted(hours.items()))
    return Trading(business_on, taken, members, sales, of_members, points, by_hour)


def average_fen(fen: int, tickets: int) -> int:
    """客单价: fen for each ticket, half up; 0 where there is none."""
    return (2 * fen + tickets) // (2 * tickets) if tickets else 0


def share_permille(part: int, whole: int) -> int:
    """How many thousandths a part is of the whole, half up; 0 of nothing."""
    return (2000 * part + whole) // (2 * whole) if whole > 0 else 0


def change_permille(now: int, before: int) -> int | None:
    """How many thousandths more (below zero: less) than before; None where there was nothing."""
    if before <= 0:
        return None
    more = 2000 * (now - before)
    return (more + before) // (2 * before)
