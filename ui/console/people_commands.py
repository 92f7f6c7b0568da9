"""授权 · 完整资料: what somebody with a right allows, or sees, at the screenless till."""

from __future__ import annotations

from core.actions.approve import approve
from core.actions.look_at_member import look_at_member
from core.actions.staff import change_own_pin
from core.errors import MemberNeeded
from core.members.phone import format_phone
from core.trust.rights import Right
from ui.console.desk import Desk
from ui.console.language import BadCommand
from ui.console.visitor_desk import seen_in_full
from ui.text import birthday_words, quoted, right_name, tr


class PeopleCommands:
    """`approve`, `change-pin`, `personal`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_approve(self, right: str, *words: str) -> str:
        desk, wanted = self._desk, _right(right)
        name = words[0] if len(words) == 2 else None
        desk.allowed = approve(desk.shop, right=wanted, pin=words[-1], staff=desk.who(), name=name)
        return tr("已授权“{right}”，两分钟内用一次。", right=right_name(wanted))

    def do_change_pin(self, old: str, new: str) -> str:
        desk = self._desk
        change_own_pin(desk.shop, old=old, new=new, staff=desk.who())
        return tr("{name} 的新 PIN 可以用了。", name=desk.who().name)

    def do_personal(self) -> str:
        desk = self._desk
        file = desk.open().file
        if file is None:
            raise MemberNeeded()
        member = look_at_member(
            desk.shop, file.member.id, staff=desk.who(), approval=desk.approval()
        )
        member = seen_in_full(desk, member)
        known = [member.name]
        if member.phone:
            known.append(format_phone(member.phone))
        if member.birthday is not None:
            known.append(birthday_words(member.birthday))
        return "  ".join(known)


def _right(text: str) -> Right:
    if text not in tuple(Right):
        rights = " ".join(Right)
        raise BadCommand(
            tr("没有“{text}”这项权限。有：{rights}。", text=quoted(text), rights=rights)
        )
    return Right(text)
