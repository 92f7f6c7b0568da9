"""更正积分: whose, how many, why; above the rulebook's limit somebody else says yes by a PIN."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.actions.deeds import PointsMoved, correct_points
from core.actions.points_ledger import Holder, holders_meant
from core.errors import Shortfall
from core.members.masks import mask_card, mask_name
from core.points.deeds import points_of
from core.trust.rights import Approval
from ui.login.override import OverrideSheet
from ui.login.override_flow import OverrideFlow
from ui.manage.points.ledger_state import signed_words
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

AFTER_TYPING_MS = 250
WIDTH = 560


class CorrectSheet(Sheet):
    """Made for one correction; `done` when it stands."""

    refuses_scans = True
    done = Signal()

    def __init__(self, room: Room, window: QWidget, correction_id: UUID) -> None:
        look = room.look
        super().__init__(look, window, tr("更正积分"), size=(WIDTH, 0), name="correct")
        self._room = room
        self._id = correction_id
        self._holder: Holder | None = None
        self.who = Field(look, tr("会员"), placeholder=tr("卡号、手机、姓名"), name="correct_who")
        self.found = Words(look, "", "body", "ink_2", wraps=True, name="correct_found")
        self.points = Field(
            look, tr("积分"), placeholder=tr("像 +50 或 -50"), name="correct_points"
        )
        self.reason = Field(look, tr("理由"), name="correct_reason")
        self.said = Said(look, style="body", name="correct_said")
        control = look.sizes.control
        self.press = Button(
            look, tr("更正积分"), kind="primary", height=control, name="correct_done"
        )
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(look.space[3])
        for widget in (self.who, self.found, self.points, self.reason, self.said):
            column.addWidget(widget)
        self.set_body(body, Foot(look, self.press))
        self._override = OverrideSheet(look, window)
        self._flow = OverrideFlow(room.work, room, self._override, self, takes_two=True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(AFTER_TYPING_MS)
        self._typing.timeout.connect(self._look_up)
        self.who.changed.connect(self._on_typed)
        for field in (self.points, self.reason):
            field.submitted.connect(self._correct)
        self.press.clicked.connect(self._correct)
        self.closed.connect(self._override.deleteLater)
        self.closed.connect(self.deleteLater)

    def _on_typed(self, _text: str) -> None:
        self._holder = None
        self._typing.start()

    def _look_up(self) -> None:
        self._room.work.ask(
            holders_meant,
            self.who.text(),
            staff=self._room.staff,
            topic="correct_who",
            then=self._show_found,
            failed=self._failed,
        )

    def _show_found(self, found: Sequence[Holder]) -> None:
        self._holder = found[0] if len(found) == 1 else None
        if self._holder is None:
            none = tr("没有找到会员。") if self.who.text().strip() else ""
            many = tr("有 {count} 位，请输完整的卡号或手机。", count=len(found))
            self.found.setText(many if found else none)
            return
        each = self._holder
        words = tr(
            "{name}　{card}，现有 {points} 分",
            name=mask_name(each.name),
            card=mask_card(each.card_no),
            points=f"{each.points:,}".replace("-", "−"),
        )
        more = (
            "；一天超过 {alone} 分要另一位授权"
            if each.has_second
            else "；一天超过 {alone} 分本来要另一位授权，现在没有第二位能授权，会记进审计"
        )
        words += tr(more, alone=f"{each.alone:,}")
        self.found.setText(words)

    def _correct(self) -> None:
        if self._holder is None:
            self.said.say(tr("请先找到一位会员。"), is_wrong=True)
            self.who.edit.setFocus()
            return
        try:
            points = points_of(self.points.text())
        except Shortfall as error:
            self._failed(error)
            return
        self._do(self._holder, points, self.reason.text(), None)

    def _do(self, holder: Holder, points: int, reason: str, approval: Approval | None) -> None:
        again = partial(self._do, holder, points, reason)
        self.press.setEnabled(False)
        self._room.work.act(
            correct_points,
            holder.member_id,
            points,
            reason=reason,
            correction_id=self._id,
            staff=self._room.staff,
            approval=approval,
            takes_two=True,
            then=self._corrected,
            failed=lambda error: self._not_done(error, again, points),
        )

    def _not_done(self, error: Exception, again: Callable[[Approval], object], points: int) -> None:
        self.press.setEnabled(True)
        words = tr("更正 {points} 分", points=signed_words(points))
        if not self._flow.mends(error, again, words=words):
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        self.said.say(sentence(error), is_wrong=True)

    def _corrected(self, _moved: PointsMoved) -> None:
        self.shut()
        self.done.emit()
