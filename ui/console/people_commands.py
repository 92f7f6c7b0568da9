"""授权: what somebody with a right allows at the screenless till."""

from __future__ import annotations

from core.actions.approve import approve
from core.trust.rights import Right
from ui.console.desk import Desk
from ui.console.language import BadCommand
from ui.text import quoted, right_name, tr


class PeopleCommands:
    """`approve`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_approve(self, right: str, *words: str) -> str:
        desk, wanted = self._desk, _right(right)
        name = words[0] if len(words) == 2 else None
        desk.allowed = approve(desk.shop, right=wanted, pin=words[-1], staff=desk.who(), name=name)
        return tr("已授权“{right}”，两分钟内用一次。", right=right_name(wanted))


def _right(text: str) -> Right:
    if text not in tuple(Right):
        rights = " ".join(Right)
        raise BadCommand(
            tr("没有“{text}”这项权限。有：{rights}。", text=quoted(text), rights=rights)
        )
    return Right(text)
