"""看完整资料的对话: whoever has the right, or an approval, sees the member in full for a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.actions.look_at_member import look_at_member
from core.members.member import Member
from core.members.phone import format_phone
from ui.chain_desk import ChainDesk
from ui.login.allowed import Allowed
from ui.text import birthday_words, tr
from ui.till.flow import TillFlow
from ui.till.member_panel import MemberPanel

if TYPE_CHECKING:
    from core.ports.central import Central
    from core.shop import Shop


class PersonalFlow(QObject):
    """Asked again while it shows, it masks at once."""

    def __init__(
        self,
        flow: TillFlow,
        panel: MemberPanel,
        allowed: Allowed,
        desk: ChainDesk,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._panel = panel
        self._allowed = allowed
        self._desk = desk

    def begin(self) -> None:
        """Show who stands at the counter, or mask them again."""
        counter = self._flow.counter
        if counter is None or counter.file is None:
            return
        if self._panel.is_in_full:
            self._panel.mask_again()
            return
        self._allowed.act(
            look_at_member,
            counter.file.member.id,
            then=self._seen,
            failed=self._flow.say,
            about=self._panel.name.text(),
        )

    def _seen(self, member: Member) -> None:
        """Of a visitor there is nothing here to see: their person is asked for, and not kept."""
        if not member.is_visitor:
            self._show(member)
            return

        def ask(shop: Shop, central: Central, token: str) -> Member:
            from core.actions.ask_members import look_in_full

            return look_in_full(shop, central, token, member)

        self._desk.errand(ask, then=self._show, failed=self._flow.say, is_brief=True)

    def _show(self, member: Member) -> None:
        counter = self._flow.counter
        if counter is None or counter.basket.member_id != member.id:
            return  # somebody else stands there by now
        known = [format_phone(member.phone)] if member.phone else []
        if member.birthday is not None:
            known.append(birthday_words(member.birthday))
        contact = "·".join(known) or tr("没有手机和生日")
        self._panel.show_in_full(member.name, contact)
