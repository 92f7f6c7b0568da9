"""会员: the right half of the member's sheet: coupons, purchases, benefits, tiers, activities.

bought(code)   the product goes into the basket
presented(code)   a coupon that the member holds is used, or taken back
used(code)     a benefit, once more         given_back(code)   it was not used after all
signed_up(id)   came(id)   dropped_out(id)      of an activity
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.text import tr
from ui.till.member_sheet_state import MemberSheetState
from ui.widgets.button import Button
from ui.widgets.choices import ChoiceList
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Words

if TYPE_CHECKING:  # no till needs them at its start
    from ui.till.activity_rows import Deeds

NO_DEEDS = (False, False, False)
COUPONS, BOUGHT, BENEFITS, HISTORY = "coupons", "bought", "benefits", "history"
ACTIVITIES = "activities"
SIDES = (COUPONS, BOUGHT, BENEFITS, HISTORY, ACTIVITIES)
LEAST_EMPTY = 120
SIDE = 24


class MemberSide(QWidget):
    """Lists, of which one is shown; that of activities only while there are any."""

    bought = Signal(str)
    presented = Signal(str)
    used = Signal(str)
    given_back = Signal(str)
    signed_up = Signal(object)
    came = Signal(object)
    dropped_out = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        labels = {
            COUPONS: tr("券"),
            BOUGHT: tr("买过"),
            BENEFITS: tr("权益"),
            HISTORY: tr("等级"),
            ACTIVITIES: tr("活动"),
        }
        self.what = Segments(
            look,
            [Segment(name, label) for name, label in labels.items()],
            name="member_side",
            spoken=tr("券、买过、权益、等级、活动"),
        )
        self.coupons = ChoiceList(look, name="member_coupons", spoken=tr("手里的券"))
        self.bought_list = ChoiceList(look, name="member_purchases", spoken=tr("最近买过"))
        self.benefits = ChoiceList(look, name="member_benefits", spoken=tr("权益"))
        self.history = ChoiceList(look, name="member_history", spoken=tr("等级是怎么来的"))
        self.activities = ChoiceList(look, name="member_activities", spoken=tr("活动"))
        self.hint = Words(look, "", "small", "ink_2", elides=True, name="member_side_hint")
        self.use = Button(look, tr("用一次"), icon="check", name="member_use")
        self.give_back = Button(look, tr("退回一次"), kind="text", name="member_give_back")
        self._empty = {
            COUPONS: tr("没有券"),
            BOUGHT: tr("还没有买过"),
            BENEFITS: tr("这个等级没有权益"),
            HISTORY: tr("等级没有变过"),
            ACTIVITIES: tr("没有要办的活动"),
        }
        self._hints = {
            COUPONS: tr("点一张，本单就用它"),
            BOUGHT: tr("点一下放进本单"),
            BENEFITS: tr("选一项，用了就记一次"),
            HISTORY: tr("每次变化和它的依据"),
            ACTIVITIES: tr("选一场，替会员报名"),
        }
        self.sign_up = Button(look, tr("报名"), icon="check", name="member_sign_up")
        self.come = Button(look, tr("到场"), icon="check", name="member_come")
        self.drop_out = Button(look, tr("退出"), kind="text", name="member_drop_out")
        self._deeds: dict[object, Deeds] = {}
        self._uses: dict[object, tuple[bool, bool]] = {}
        self._build()
        self.what.chosen.connect(self._on_side)
        self.coupons.chosen.connect(lambda code: self.presented.emit(str(code)))
        self.bought_list.chosen.connect(lambda code: self.bought.emit(str(code)))
        self.benefits.moved.connect(self._on_benefit)
        self.use.clicked.connect(lambda: self.used.emit(str(self.benefits.current_key())))
        self.give_back.clicked.connect(
            lambda: self.given_back.emit(str(self.benefits.current_key()))
        )

        self.activities.moved.connect(lambda _key: self._on_side(ACTIVITIES))
        for button, asks in (
            (self.sign_up, self.signed_up),
            (self.come, self.came),
            (self.drop_out, self.dropped_out),
        ):
            button.clicked.connect(partial(self._ask_of_activity, asks))

    def _ask_of_activity(self, asks: SignalInstance) -> None:
        if (key := self.activities.current_key()) is not None:
            asks.emit(key)

    def _build(self) -> None:
        look = self._look
        self._column = column = QVBoxLayout(self)
        column.setSpacing(look.space[2])
        head = QVBoxLayout()
        head.setContentsMargins(SIDE, 0, SIDE, 0)
        head.setSpacing(look.space[2])
        head.addWidget(self.what)
        head.addWidget(self.hint)
        column.addLayout(head)
        self._pages = QStackedLayout()
        self._lists = {
            COUPONS: self.coupons,
            BOUGHT: self.bought_list,
            BENEFITS: self.benefits,
            HISTORY: self.history,
            ACTIVITIES: self.activities,
        }
        for name in SIDES:
            nothing = Words(look, self._empty[name], "body", "ink_2", name=f"member_no_{name}")
            nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
            nothing.setMinimumHeight(LEAST_EMPTY)
            for page in (self._lists[name], nothing):
                page.setParent(self)  # never as a window of its own
                self._pages.addWidget(page)
        column.addLayout(self._pages, 1)
        self._foot = QWidget(self)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(SIDE, 0, SIDE, 12)
        for button in (self.use, self.give_back, self.sign_up, self.come, self.drop_out):
            foot.addWidget(button)
        foot.addStretch(1)
        column.addWidget(self._foot)

    def set_top(self, px: int) -> None:
        """How far its tabs stand from the upper edge."""
        self._column.setContentsMargins(0, px, 0, 0)

    def show_member(self, state: MemberSheetState) -> None:
        """Show these; the side that was looked at stays, and so does the benefit."""
        at = self.benefits.currentIndex().row()
        self._uses = dict(state.uses)
        self.coupons.show_rows(state.coupons)
        self.bought_list.show_rows(state.purchases)
        self.benefits.show_rows(state.benefits, current=at)
        self.history.show_rows(state.history)
        at = self.activities.currentIndex().row()
        self._deeds = dict(state.activity_deeds)
        self.activities.show_rows(state.activities, current=max(at, 0))
        has_some = bool(state.activities)
        self.what.show_only(SIDES if has_some else SIDES[:-1])
        if self.what.current() == ACTIVITIES and not has_some:
            self.what.set_current(BOUGHT)
        self._on_side(self.what.current())

    def begin(self, *, has_coupons: bool) -> None:
        """As it is when the sheet opens: coupons first, where there are any."""
        self.what.set_current(COUPONS if has_coupons else BOUGHT)

    def _on_side(self, side: str) -> None:
        rows = self._lists[side].model().rowCount()
        self._pages.setCurrentIndex(SIDES.index(side) * 2 + (0 if rows else 1))
        self.hint.setText(self._hints[side] if rows else "")
        has_uses, is_activity = any(map(any, self._uses.values())), side == ACTIVITIES
        self._foot.setVisible((side == BENEFITS and has_uses) or (is_activity and bool(rows)))
        for button in (self.use, self.give_back):
            button.setVisible(not is_activity)
        may = self._deeds.get(self.activities.current_key(), NO_DEEDS)
        for button, is_allowed in zip((self.sign_up, self.come, self.drop_out), may, strict=True):
            button.setVisible(is_activity and is_allowed)
        self._on_benefit(self.benefits.current_key())

    def _on_benefit(self, code: object) -> None:
        may_use, may_give_back = self._uses.get(code, (False, False))
        self.use.setEnabled(may_use)
        self.give_back.setEnabled(may_give_back)
