"""找一位会员: by card, phone or name, in a sheet; whoever is chosen is heard of by id."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.actions.points_ledger import Holder, holders_meant
from core.members.masks import mask_card, mask_name
from core.trust.staff import Staff
from ui.look import Look
from ui.text import sentence, tr
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.field import Field
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet
from ui.work import Work

SIZE = (520, 560)
AFTER_TYPING_MS = 250


class FindSheet(Sheet):
    """`chosen` gives the id of a member; gone when it is closed."""

    refuses_scans = True
    chosen = Signal(object)

    def __init__(self, look: Look, window: QWidget, work: Work, staff: Staff, title: str) -> None:
        super().__init__(look, window, title, size=SIZE, name="find_member")
        self._work = work
        self._staff = staff
        self.who = Field(look, tr("卡号、手机、姓名"), name="find_member_who")
        self.list = ChoiceList(look, name="find_member_list", spoken=tr("会员"))
        self.list.step_from(self.who.edit)
        self.told = Said(look, name="find_member_said")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(look.space[3])
        column.addWidget(self.who)
        column.addWidget(self.told)
        column.addWidget(self.list, 1)
        self.set_body(body)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(AFTER_TYPING_MS)
        self._typing.timeout.connect(self._look_up)
        self.who.changed.connect(lambda _text: self._typing.start())
        self.list.chosen.connect(self._choose)
        self.closed.connect(self.deleteLater)

    def begin(self) -> None:
        """Open it."""
        self.open(self.who.edit)

    def _look_up(self) -> None:
        self._work.ask(
            holders_meant,
            self.who.text(),
            staff=self._staff,
            topic="find_member",
            then=self._show,
            failed=lambda error: self.told.say(sentence(error), is_wrong=True),
        )

    def _show(self, found: Sequence[Holder]) -> None:
        has_text = bool(self.who.text())
        self.told.say(tr("没有找到会员。") if has_text and not found else "")
        self.list.show_rows(
            [
                Choice(each.member_id, mask_name(each.name), mask_card(each.card_no), icon="user")
                for each in found
                if has_text
            ]
        )

    def _choose(self, member_id: object) -> None:
        self.shut()
        self.chosen.emit(member_id)
