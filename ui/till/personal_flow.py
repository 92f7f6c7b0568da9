"""看完整资料的对话: whoever has the right, or an approval, sees the member in full for a moment."""

from __future__ import annotations

from PySide6.QtCore import QObject

from core.actions.look_at_member import look_at_member
from core.members.member import Member
from core.members.phone import format_phone
from ui.text import birthday_words, tr
from ui.till.allowed import Allowed
from ui.till.flow import TillFlow
from ui.till.member_panel import MemberPanel


class PersonalFlow(QObject):
    """Asked again while it shows, it masks at once."""

    def __init__(
        self,
        flow: TillFlow,
        panel: MemberPanel,
        allowed: Allowed,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._panel = panel
        self._allowed = allowed

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
            then=self._show,
            failed=self._flow.say,
            about=self._panel.name.text(),
        )

    def _show(self, member: Member) -> None:
        counter = self._flow.counter
        if counter is None or counter.basket.member_id != member.id:
            return  # somebody else stands there by now
        known = [format_phone(member.phone)] if member.phone else []
        if member.birthday is not None:
            known.append(birthday_words(member.birthday))
        contact = "·".join(known) or tr("没有手机和生日")
        self._panel.show_in_full(member.name, contact)
