"""改介绍有礼: how many points, and how often at most; written into the draft of the rulebook."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core.actions.referrals import Referrals, put_referral
from core.rulebook.behaviours import Behaviour
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet

SIZE = (600, 0)
SIDE = 24


class ReferralForm(Sheet):
    """Four numbers; gone when it is closed."""

    refuses_scans = True

    def __init__(self, room: Room, window: QWidget, seen: Referrals) -> None:
        look = room.look
        title = tr("改介绍有礼")
        super().__init__(look, window, title, size=SIZE, name="referral", leave=tr("不改了"))
        self._room, self._seen = room, seen
        now = seen.drafted
        self._fields = {
            "points": Field(look, tr("介绍人得多少分，0 是不送"), name="referral_points"),
            "per_day": Field(look, tr("每天最多几次，0 不限"), name="referral_per_day"),
            "per_year": Field(look, tr("每年最多几次，0 不限"), name="referral_per_year"),
            "in_all": Field(look, tr("一共最多几次，0 不限"), name="referral_in_all"),
        }
        for name, field in self._fields.items():
            field.set_text(str(getattr(now, name) if now else 0))
            field.changed.connect(lambda _text: self._check())
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space[3])
        grid.setVerticalSpacing(look.space[3])
        for at, field in enumerate(self._fields.values()):
            grid.addWidget(field, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.addLayout(grid)
        self.said = Said(look, name="referral_said")
        self.press = Button(
            look, tr("写进草稿"), kind="primary", height=look.sizes.control, name="referral_done"
        )
        self.press.clicked.connect(self._on_done)
        self.set_body(body, Foot(look, self.press, said=self.said))
        self.closed.connect(self.deleteLater)
        self._check()

    def _check(self) -> None:
        texts = [field.text() for field in self._fields.values()]
        is_good = all(text.isascii() and text.isdigit() for text in texts)
        self.press.setEnabled(is_good)
        self.said.say("" if is_good else tr("请写 0 以上的整数。"), is_wrong=not is_good)

    def _on_done(self) -> None:
        now: Behaviour | None = self._seen.drafted or self._seen.behaviour
        record = {name: int(field.text()) for name, field in self._fields.items()}
        name = now.name if now else tr("介绍新会员")
        self.press.setEnabled(False)
        self._room.work.act(
            put_referral,
            {**record, "name": name},
            turn=self._seen.turn,
            staff=self._room.staff,
            then=lambda _draft: self.shut(),
            failed=self._fail,
        )

    def _fail(self, error: Exception) -> None:
        self.press.setEnabled(True)
        self.said.say(sentence(error), is_wrong=True)
