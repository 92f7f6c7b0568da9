"""挂单 · 取单: the commands of the screenless till that lay baskets aside and take them up."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID

from core.actions import hold as holding
from core.actions.share_held import TakenUp, recall_taken, share_held, take_held
from core.errors import HeldAsksLine, NoSuchHeld, NotInChain, Unavailable
from core.members.masks import mask_name
from core.ports.central import Central
from core.sales.held import Held
from core.shop import Shop
from core.sync.held import HeldThere
from core.trust.staff import Staff
from core.values.money import format_money
from ui.console.desk import Desk, errand
from ui.console.language import place_of
from ui.hold_text import repriced_words
from ui.text import tr


class HoldCommands:
    """Held baskets are named by their place in the list, oldest first."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_hold(self, name: str = "") -> str:
        desk = self._desk
        desk.show(holding.hold(desk.shop, desk.open().basket, staff=desk.who(), name=name))
        return tr("已挂单，现在挂着 {count} 单。", count=len(self._list()))

    def do_held(self) -> str:
        self._desk.who()
        held = self._list()
        return "\n".join(map(_words, held)) or tr("没有挂单。")

    def do_recall(self, number: str = "") -> str:
        desk = self._desk
        sale_id = self._chosen(number or "1").sale_id
        self._ask_first(sale_id)
        counter = holding.recall(desk.shop, desk.open().basket, sale_id, staff=desk.who())
        desk.show(counter)
        said = tr("已取单，还挂着 {count} 单。", count=len(self._list()))
        return "\n".join([said, repriced_words(counter.repriced)]) if counter.repriced else said

    def do_held_there(self) -> str:
        """What the other tills of the store hold."""
        self._desk.who()
        there = self._others()
        return "\n".join(map(_words_there, there)) or tr("别的收银台没有挂单。")

    def do_recall_there(self, number: str = "1") -> str:
        desk, place, there = self._desk, place_of(number), self._others()
        if place > len(there):
            raise NoSuchHeld()
        staff, held_id = desk.who(), there[place - 1].id
        taken = errand(desk, partial(_take, held_id, staff))
        assert taken is not None, "it is another till's"
        counter = recall_taken(desk.shop, desk.open().basket, taken, staff=staff)
        desk.show(counter)
        said = tr("已取来 {till} 号台挂的单。", till=there[place - 1].till_no)
        return "\n".join([said, repriced_words(counter.repriced)]) if counter.repriced else said

    def _ask_first(self, held_id: UUID) -> None:
        """Whoever is first has it; one's own is taken up without a line, too."""
        desk, staff = self._desk, self._desk.who()
        with suppress(Unavailable, NotInChain, HeldAsksLine, NoSuchHeld):
            errand(
                desk, lambda shop, line, token: take_held(shop, line, token, held_id, staff=staff)
            )

    def _others(self) -> tuple[HeldThere, ...]:
        there = errand(self._desk, share_held).there
        self._desk.more["there"] = [
            {
                "sale_id": each.id.hex,
                "name": each.called,
                "till": each.till_no,
                "held_us": each.held_us,
                "lines": each.lines,
                "payable_fen": each.payable_fen,
            }
            for each in there
        ]
        return there

    def do_discard(self, number: str) -> str:
        desk = self._desk
        held = self._chosen(number)
        holding.discard_held(desk.shop, held.sale_id, staff=desk.who(), approval=desk.approval())
        return tr("已丢弃，还挂着 {count} 单。", count=len(self._list()))

    def _list(self) -> tuple[Held, ...]:
        held = holding.held_baskets(self._desk.shop)
        self._desk.more["held"] = [_record(each) for each in held]
        return held

    def _chosen(self, number: str) -> Held:
        place, held = place_of(number), self._list()
        if place > len(held):
            raise NoSuchHeld()
        return held[place - 1]


def _record(held: Held) -> dict[str, Any]:
    return {
        "sale_id": held.sale_id.hex,
        "name": held.name,
        "held_us": held.held_us,
        "lines": len(held.basket.lines),
        "payable_fen": held.payable_fen,
        "member": mask_name(held.member_name) if held.member_name else "",
    }


def _take(held_id: UUID, staff: Staff, shop: Shop, central: Central, token: str) -> TakenUp | None:
    return take_held(shop, central, token, held_id, staff=staff)


def _words_there(held: HeldThere) -> str:
    return tr(
        "{till} 号台  {name}  {lines} 行  {payable}",
        till=held.till_no,
        name=held.called,
        lines=held.lines,
        payable=format_money(held.payable_fen),
    )


def _words(held: Held) -> str:
    return tr(
        "{name}  {lines} 行  {payable}  {member}",
        name=held.name or tr("没写名字"),
        lines=len(held.basket.lines),
        payable=format_money(held.payable_fen),
        member=mask_name(held.member_name) if held.member_name else "",
    ).rstrip()
