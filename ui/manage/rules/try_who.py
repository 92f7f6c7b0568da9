"""给谁试: nobody, anybody of a tier, or the member that was found; a birthday; a day, an hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.try_basket import Sample
from core.rulebook.schemes import Tier
from ui.look import Look
from ui.rule_blank import minute_of
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.day_span import bad_day_words
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

NOBODY, KNOWN = "", "*"
USUAL, BIRTHDAY = "usual", "birthday"
WIDTH = 640


class WhoSheet(Sheet):
    """`then` hears the basket for whom and when it is tried."""

    refuses_scans = True

    def __init__(
        self,
        look: Look,
        window: QWidget,
        sample: Sample,
        tiers: tuple[Tier, ...],
        known: str,
        then: Callable[[Sample], object],
    ) -> None:
        super().__init__(look, window, tr("给谁试，什么时候"), size=(WIDTH, 0), name="try_who")
        self._sample, self._then = sample, then
        people = [Segment(NOBODY, tr("没有会员"))]
        people += [Segment(tier.code, tier.name) for tier in tiers]
        if sample.member_id is not None:
            people.append(Segment(KNOWN, known))
        self.people = Segments(look, people, name="try_people", spoken=tr("给谁"))
        self.people.set_current(KNOWN if sample.member_id is not None else sample.tier)
        self.birthday = Segments(
            look,
            (Segment(USUAL, tr("平常")), Segment(BIRTHDAY, tr("正在过生日"))),
            name="try_birthday",
            spoken=tr("生日"),
        )
        self.birthday.set_current(BIRTHDAY if sample.is_birthday else USUAL)
        on, minute = sample.on, sample.minute
        self.on = Field(look, tr("哪一天"), placeholder=tr("今天"), name="try_on")
        self.on.set_text("" if on is None else on.isoformat())
        self.at = Field(look, tr("几点"), placeholder=tr("现在"), name="try_at")
        self.at.set_text("" if minute is None else f"{minute // 60:02d}:{minute % 60:02d}")
        words, high = tr("照这样试"), look.sizes.control
        self.done = Button(look, words, kind="primary", height=high, name="try_who_done")
        self.done.clicked.connect(self._on_done)
        for field in (self.on, self.at):
            field.submitted.connect(self._on_done)
        self._build_body()

    def _build_body(self) -> None:
        look = self._look
        when, who, life = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        when.setSpacing(look.space[3])
        when.addWidget(self.on, 1, Qt.AlignmentFlag.AlignTop)
        when.addWidget(self.at, 1, Qt.AlignmentFlag.AlignTop)
        who.addWidget(self.people)
        who.addStretch(1)
        life.addWidget(self.birthday)
        life.addStretch(1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(look.space[3])
        column.addLayout(who)
        hint = tr("要试某一位会员：在试单里扫会员卡，或输手机号。")
        column.addWidget(Words(look, hint, "small", "ink_2", wraps=True))
        column.addLayout(life)
        column.addLayout(when)
        self.set_body(body, Foot(look, self.done))
        self.closed.connect(self.deleteLater)

    def _on_done(self) -> None:
        on, minute, is_right = None, None, True
        if self.on.text():
            try:
                on = date.fromisoformat(self.on.text())
            except ValueError:
                self.on.set_problem(bad_day_words())
                is_right = False
        if self.at.text():
            minute = minute_of(self.at.text())
            if minute is None:
                self.at.set_problem(tr("时间写成 14:30 这样。"))
                is_right = False
        if not is_right:
            return
        who = self.people.current()
        self._then(
            replace(
                self._sample,
                member_id=self._sample.member_id if who == KNOWN else None,
                tier="" if who == KNOWN else who,
                is_birthday=self.birthday.current() == BIRTHDAY,
                on=on,
                minute=minute,
            )
        )
        self.shut()
