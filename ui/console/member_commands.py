"""会员: the commands of the screenless till for the member at the counter, and for cards."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.actions import cards, notes
from core.actions import counter as counters
from core.actions import merge_members as merging
from core.actions.change_birthday import change_birthday
from core.actions.scan import scan
from core.actions.serve import find_member
from core.errors import BadCardEnd, NoSuchCode, NoSuchNote
from core.members.birthday import parse_birthday
from core.members.masks import mask_name
from core.members.member import Note
from core.members.standing import Purchase
from core.values.money import format_money
from core.values.quantity import format_quantity
from ui.console.deed_commands import member_at
from ui.console.language import place_of
from ui.console.tier_commands import TierCommands
from ui.coupon_text import coupon_said
from ui.text import tr

URGENT = "!"


class MemberCommands(TierCommands):
    """Notes and purchases are those of the member at the counter; cards name everybody else."""

    def do_note(self, *words: str) -> str:
        is_urgent = words[0] == URGENT
        text = " ".join(words[1:] if is_urgent else words)
        desk = self._desk
        left = notes.write_note(
            desk.shop, member_at(self._desk), text=text, is_urgent=is_urgent, staff=desk.who()
        )
        return self._tell(left)

    def do_notes(self) -> str:
        member_at(self._desk)
        desk = self._desk
        file = notes.as_seen(desk.shop, desk.open(), staff=desk.who()).file
        return self._tell(file.notes if file else ())

    def do_erase_note(self, number: str) -> str:
        desk, place, member = self._desk, place_of(number), member_at(self._desk)
        file = desk.open().file
        known = file.notes if file else ()
        if place > len(known):
            raise NoSuchNote()
        return self._tell(
            notes.erase_note(desk.shop, member, known[place - 1].id, staff=desk.who())
        )

    def do_purchases(self) -> str:
        bought = notes.last_purchases(self._desk.shop, member_at(self._desk))
        self._desk.more["purchases"] = [_purchase_record(each) for each in bought]
        return "\n".join(map(_purchase_words, bought)) or tr("还没有买过。")

    def do_coupons(self) -> str:
        member_at(self._desk)
        held = self._desk.open().held
        self._desk.more["coupons"] = [
            {
                "code": each.code,
                "offer": each.offer,
                "name": each.name,
                "ends_on": None if each.ends_on is None else each.ends_on.isoformat(),
                "saves_fen": each.saves_fen,
                "is_presented": each.is_presented,
            }
            for each in held
        ]
        rows = (
            tr(
                "{code}　{name}　省 {saved}",
                code=each.code,
                name=each.name,
                saved=format_money(each.saves_fen),
            )
            for each in held
        )
        return "\n".join(rows) or tr("没有券。")

    def do_use_coupon(self, number: str) -> str:
        member_at(self._desk)
        desk, place, counter = self._desk, place_of(number), self._desk.open()
        if place > len(counter.held):
            raise NoSuchCode()
        code = counter.held[place - 1].code
        after = scan(desk.shop, counter.basket, code, staff=desk.who())
        desk.show(after)
        said = coupon_said(counter.basket, after, gifts="gifts")
        return said.text if said else ""

    def do_freeze(self, card: str, *reason: str) -> str:
        desk = self._desk
        member = cards.freeze_member(
            desk.shop,
            find_member(desk.shop, card).id,
            reason=" ".join(reason),
            staff=desk.who(),
            approval=desk.approval(),
        )
        return tr("会员{name}已冻结。", name=mask_name(member.name))

    def do_thaw(self, card: str) -> str:
        desk = self._desk
        member = cards.thaw_member(
            desk.shop,
            find_member(desk.shop, card).id,
            staff=desk.who(),
            approval=desk.approval(),
        )
        return tr("会员{name}已解冻。", name=mask_name(member.name))

    def do_birthday(self, card: str, birthday: str) -> str:
        desk = self._desk
        member = change_birthday(
            desk.shop,
            find_member(desk.shop, card).id,
            parse_birthday(birthday, lunar="农历" in birthday),
            staff=desk.who(),
            approval=desk.approval(),
        )
        return tr("会员{name}的生日改好了。", name=mask_name(member.name))

    def do_renew_card(self, card: str, until: str) -> str:
        desk = self._desk
        try:
            end = date.fromisoformat(until)
        except ValueError:
            raise BadCardEnd(until) from None
        cards.renew_card(
            desk.shop,
            find_member(desk.shop, card).id,
            until=end,
            staff=desk.who(),
            approval=desk.approval(),
        )
        return tr("卡续到 {until}。", until=end.isoformat())

    def do_replace_card(self, card: str, new_card: str = "") -> str:
        desk = self._desk
        member = cards.replace_card(
            desk.shop,
            find_member(desk.shop, card).id,
            card_no=new_card,
            staff=desk.who(),
            approval=desk.approval(),
        )
        return tr("新卡 {card}，旧卡不能再用。", card=member.card_no)

    def do_merge(self, gone: str, into: str) -> str:
        desk = self._desk
        done = merging.merge_members(
            desk.shop, gone, into, staff=desk.who(), approval=desk.approval()
        )
        return tr(
            "已并入{name}，{points} 分归入 {card}。",
            name=mask_name(done.into.member.name),
            points=f"{done.points:,}",
            card=done.into.member.card_no,
        )

    def _tell(self, left: tuple[Note, ...]) -> str:
        desk = self._desk
        desk.more["notes"] = [{"text": note.text, "is_urgent": note.is_urgent} for note in left]
        desk.show(counters.reprice(desk.shop, desk.open().basket))
        rows = [
            f"{n}. {'! ' if note.is_urgent else ''}{note.text}" for n, note in enumerate(left, 1)
        ]
        return "\n".join(rows) or tr("没有备注。")


def _purchase_record(bought: Purchase) -> dict[str, Any]:
    return {
        "business_on": bought.business_on.isoformat(),
        "code": bought.code,
        "name": bought.name,
        "quantity_milli": bought.quantity_milli,
        "payable_fen": bought.payable_fen,
        "returned_milli": bought.returned_milli,
    }


def _purchase_words(bought: Purchase) -> str:
    quantity, net = format_quantity(bought.quantity_milli), format_money(bought.payable_fen)
    line = f"{bought.business_on}  {bought.name} × {quantity}  {net}"
    if not bought.returned_milli:
        return line
    back = tr("已退 {back}", back=format_quantity(bought.returned_milli))
    return f"{line}  {back}"
