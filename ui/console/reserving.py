"""预留，无屏: what a till of a chain asks its server before points are spent, in an errand each."""

from __future__ import annotations

from contextlib import suppress

from core.actions.counter import Counter, reprice
from core.actions.reserve import Wanted, let_go_but, note_line, reserve, tell_dropped
from core.actions.spend_points import spend_points
from core.actions.sync import look_at_link
from core.errors import NotInChain, Shortfall, Unavailable
from ui.console.desk import Desk, errand
from ui.reserved_text import not_reserved_words


def try_line(desk: Desk) -> None:
    """Whatever became of the last errand: the server is asked again."""
    note_line(desk.shop, is_open=True)


def reserve_at(desk: Desk, wanted: Wanted) -> None:
    """Ask for them; without an answer leases are all that there is. Raises what is refused."""
    if look_at_link(desk.shop) is None:
        return
    try:
        errand(
            desk,
            lambda shop, central, token: reserve(shop, central, token, wanted),
            is_brief=True,
        )
    except Unavailable:
        note_line(desk.shop, is_open=False)
        raise


def reserved(desk: Desk, counter: Counter) -> tuple[Counter, str]:
    """The counter with its points set aside, or with none and why; what it needs not is let go."""
    basket, member = counter.basket, counter.basket.member_id
    points = counter.quote.points_spent
    needed = [(basket.sale_id, member)] if points and member is not None else []
    if let_go_but(desk.shop, needed):
        with suppress(Unavailable, NotInChain):
            errand(desk, tell_dropped, is_brief=True)
    if member is None or counter.is_reserved:
        return counter, ""
    try:
        reserve_at(desk, Wanted(member, points, basket.sale_id))
    except Shortfall as refused:
        less = spend_points(desk.shop, basket, 0, staff=desk.who())
        return less, not_reserved_words(refused, less)
    return reprice(desk.shop, basket), ""
