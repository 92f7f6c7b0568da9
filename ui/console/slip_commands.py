"""另印的单据: the commands of the screenless till for gift slips, held baskets and coupons."""

from __future__ import annotations

from core.actions import hold as holding
from core.actions.slips import coupon_slips, gift_slip, hold_slip
from core.errors import NoSuchCode, NoSuchHeld
from ui.console.desk import Desk
from ui.console.language import place_of
from ui.devices.columns import as_text
from ui.text import tr


class SlipCommands:
    """What is printed beside receipts, because somebody asks for it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_gift_receipt(self, no: str = "", *places: str) -> str:
        """All lines of a sale, or those at these places."""
        desk = self._desk
        chosen = {place_of(place) - 1 for place in places} or None
        known = "" if no == "last" else no
        slip = gift_slip(desk.shop, known or None, chosen, staff=desk.who())
        desk.paper.print(slip)
        return as_text(slip, designs=desk.paper.designs)

    def do_hold_slip(self, place: str = "1") -> str:
        """The paper of a held basket, by its place in `held`."""
        desk = self._desk
        desk.who()
        held, at = holding.held_baskets(desk.shop), place_of(place)
        if at > len(held):
            raise NoSuchHeld()
        slip = hold_slip(desk.shop, held[at - 1].sale_id)
        desk.paper.print(slip)
        return as_text(slip, designs=desk.paper.designs)

    def do_print_coupon(self, number: str = "1") -> str:
        """The paper of a coupon that the member holds, by its place in `coupons`."""
        desk = self._desk
        desk.who()
        coupons, at = desk.open().held, place_of(number)
        if at > len(coupons):
            raise NoSuchCode()
        [slip] = coupon_slips(desk.shop, [coupons[at - 1].code])
        desk.paper.print(slip)
        return tr("券 {code} 在打。", code=slip.code)
