"""挂单 · 取单: the commands of the screenless till that lay baskets aside and take them up."""

from __future__ import annotations

from typing import Any

from core.actions import hold as holding
from core.errors import NoSuchHeld
from core.members.masks import mask_name
from core.sales.held import Held
from core.values.money import format_money
from ui.console.desk import Desk
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
        counter = holding.recall(desk.shop, desk.open().basket, sale_id, staff=desk.who())
        desk.show(counter)
        said = tr("已取单，还挂着 {count} 单。", count=len(self._list()))
        return "\n".join([said, repriced_words(counter.repriced)]) if counter.repriced else said

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


def _words(held: Held) -> str:
    return tr(
        "{name}  {lines} 行  {payable}  {member}",
        name=held.name or tr("没写名字"),
        lines=len(held.basket.lines),
        payable=format_money(held.payable_fen),
        member=mask_name(held.member_name) if held.member_name else "",
    ).rstrip()
