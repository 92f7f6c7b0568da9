"""预留，无屏: what a till of a chain has the server set aside, in an errand each, and lets go.

All of it goes through here: points of a member, codes that are used once, what comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from core.actions.claim_ahead import OTHERS_WERE_FIRST, asks_ahead, claim_ahead
from core.actions.claim_coupons import give_up_coupons, has_given_up
from core.actions.counter import Counter, reprice
from core.actions.reserve import (
    Wanted,
    has_dropped,
    let_go_but,
    note_line,
    reserve,
    tell_dropped,
)
from core.actions.return_elsewhere import give_up_claims
from core.actions.spend_points import spend_points
from core.actions.sync import look_at_link
from core.errors import Shortfall, Unavailable
from core.ports.central import Central
from core.pricing.basket import Basket
from core.shop import Shop
from ui.console.desk import Desk, errand
from ui.reserved_text import not_reserved_words


class Kept:
    """预留着的: what the counter needs stays set aside, also over a crash; whatever else goes back.

    Without an answer it goes back later: nobody who sells waits for that, or hears of it.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._needed: frozenset[tuple[UUID, UUID]] | None = None
        self._sale_id: UUID | None = None

    def try_line(self) -> None:
        """Whatever became of the last errand: the server is asked again."""
        note_line(self._desk.shop, is_open=True)

    def reserve(self, wanted: Wanted) -> None:
        """Ask for points; without an answer leases are all there is. Raises what is refused."""
        if look_at_link(self._desk.shop) is None:
            return
        try:
            self._ask(lambda shop, central, token: reserve(shop, central, token, wanted))
        except Unavailable:
            note_line(self._desk.shop, is_open=False)
            raise

    def reserve_for(self, counter: Counter) -> tuple[Counter, str]:
        """The counter with its points set aside, or with none and why."""
        self.look(counter)
        basket, member = counter.basket, counter.basket.member_id
        if member is None or counter.is_reserved:
            return counter, ""
        shop = self._desk.shop
        try:
            self.reserve(Wanted(member, counter.quote.points_spent, basket.sale_id))
        except Shortfall as refused:
            less = spend_points(shop, basket, 0, staff=self._desk.who())
            return less, not_reserved_words(refused, less)
        return reprice(shop, basket), ""

    def claim(self, basket: Basket) -> None:
        """收款前占用: no other till may use what this sale does; raises OTHERS_WERE_FIRST."""
        if asks_ahead(self._desk.shop, basket):
            self.claim_by(lambda shop, line, token: claim_ahead(shop, line, token, basket))

    def claim_by(self, do: Callable[[Shop, Central, str], object]) -> None:
        """The same by another asking: whatever else stands in the way stops nothing."""
        try:
            self._ask(do)
        except OTHERS_WERE_FIRST:
            raise
        except Shortfall:
            return

    def give_back(self, return_id: UUID) -> None:
        """不换了: others may take it back at once, where the server hears of it."""
        if look_at_link(self._desk.shop) is not None:
            with suppress(Shortfall):
                self._ask(lambda *line: give_up_claims(*line, of=return_id))

    def look(self, counter: Counter) -> None:
        """This stands at the counter now: let go of whatever it does not need."""
        shop, basket, points = self._desk.shop, counter.basket, counter.quote.points_spent
        if look_at_link(shop) is None:
            return
        pairs = [(basket.sale_id, basket.member_id)] if basket.member_id and points else []
        before, needed = self._needed, frozenset(pairs)
        is_another, self._sale_id = basket.sale_id != self._sale_id, basket.sale_id
        with suppress(Unavailable):
            is_less = before is None or bool(before - needed)
            is_told = is_less and let_go_but(shop, needed)
            self._needed = needed
            if is_told or (is_another and has_given_up(shop)):
                self._tell()

    def drop(self, counter: Counter) -> None:
        """What was asked for beside the counter was not used."""
        self._needed = None
        self.look(counter)

    def leave(self) -> None:
        """Nobody sells here any more: what was let go is told; a basket keeps what it has."""
        with suppress(Unavailable):
            if has_dropped(self._desk.shop) or has_given_up(self._desk.shop):
                self._tell()

    def _tell(self) -> None:
        with suppress(Shortfall):  # later: what was let go is written down
            self._ask(_tell_all)

    def _ask(self, do: Callable[[Shop, Central, str], object]) -> None:
        errand(self._desk, do, is_brief=True)


def _tell_all(shop: Shop, central: Central, token: str) -> None:
    tell_dropped(shop, central, token)
    give_up_coupons(shop, central, token)
