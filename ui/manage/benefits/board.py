"""积分排行: who earned most in the days that are chosen, and prizes for the places, given once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from core.actions.coupon_codes import single_use_coupons
from core.actions.leaderboard import (
    Award,
    Placed,
    awards_of,
    coupon_prize_id,
    give_prize,
    leaderboard,
)
from core.members.masks import mask_card, mask_name
from core.members.member_table import MOST_POINTS
from core.rulebook.offers import CouponOffer
from ui.coupon_words import worth_words
from ui.here import Here, here
from ui.manage.parts import Part
from ui.manage.pick import PickSheet
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.choices import Choice
from ui.widgets.day_span import DaySpan, bad_day_words
from ui.widgets.field import Field
from ui.widgets.row_table import Cell, Column, ListedRows, RowTable
from ui.widgets.said import Said
from ui.widgets.words import Words

SPAN_WIDTH = 560
MOST_PRIZES = 20
USUAL_PLACES = 3
APART = r"[^\w\-.]+"
"""Whatever stands between numbers and is no part of one."""


class BoardPart(Part):
    """The span, the table, and below it what each place gets."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        look = room.look
        self._today: date | None = None
        self._placed: tuple[Placed, ...] = ()
        self._days: tuple[date, date] | None = None
        self._left: list[Award] = []
        self._given = 0
        self.span = DaySpan(look, name="board")
        self.span.setMaximumWidth(SPAN_WIDTH)
        self.span.picked.connect(self._ask)
        self.span.typed.connect(self._ask)
        self.keep = Button(look, tr("存为表格"), icon="export", name="board_keep")
        self.keep.setEnabled(False)
        self.keep.clicked.connect(self._on_keep)
        self.counts = Words(look, "", "small", "ink_2", wraps=True, name="board_counts")
        self.counts.hide()
        self.table = RowTable(look, _columns(), name="board_table", spoken=tr("积分排行"))
        self.table.opened.connect(self._open_member)
        self.table.view.clicked.connect(lambda index: self._open_member(index.row()))
        self.prizes = Field(
            look,
            tr("第 1 名起每名多少分"),
            placeholder=tr("像 100、50、20"),
            name="board_prizes",
        )
        self.prizes.changed.connect(lambda _text: self._tell())
        self.shown = Words(look, "", "body", "ink_2", elides=True, name="board_shown")
        self.shown.setFixedHeight(look.sizes.control)
        self.coupon = Button(
            look, "", icon="coupon", height=look.sizes.control, name="board_coupon"
        )
        self.coupon.clicked.connect(self._ask_coupons)
        self.press = Button(
            look, tr("颁奖"), kind="primary", height=look.sizes.control, name="board_done"
        )
        self.press.clicked.connect(self._on_done)
        self.said = Said(look, name="board_said")
        below = QHBoxLayout()
        below.setSpacing(look.space[4])
        below.addWidget(self.prizes, 2)
        below.addWidget(self.shown, 3, Qt.AlignmentFlag.AlignBottom)
        below.addWidget(self.coupon, 0, Qt.AlignmentFlag.AlignBottom)
        below.addWidget(self.press, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[3])
        head = QHBoxLayout()
        head.addWidget(self.span, 1)
        head.addStretch(0)
        head.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(head)
        column.addWidget(self.counts)
        column.addWidget(self.table, 1)
        column.addWidget(self.said)
        column.addLayout(below)
        self._tell()

    def refresh(self) -> None:
        """The span that stands there, as it is now."""
        if self._today is None:
            self.room.work.ask(here, topic="board", then=self._begin, failed=self.room.say)
        else:
            topic = "board_counts"
            self.room.work.ask(here, topic=topic, then=self._show_counts, failed=self.room.say)
            self._ask()

    def _begin(self, found: Here) -> None:
        self._today = found.business_on
        self._show_counts(found)
        self.span.begin(found.business_on)

    def _show_counts(self, found: Here) -> None:
        self.counts.setText(found.counts)
        self.counts.setVisible(bool(found.counts))

    def _ask(self) -> None:
        days = self.span.days
        if days is None:
            self.said.say(bad_day_words(), is_wrong=True)
            return
        self._days = days
        self.keep.setEnabled(False)
        self.room.work.ask(
            leaderboard,
            *days,
            staff=self.room.staff,
            topic="board",
            then=self._show,
            failed=self._fail,
        )

    def _show(self, placed: tuple[Placed, ...]) -> None:
        self._placed = placed
        self.keep.setEnabled(bool(placed))
        self.table.show_rows(ListedRows([_row(each) for each in placed]))
        self.table.say_nothing(tr("这些天没有会员得积分。"))
        self.said.say(_tie_words(placed))
        self._tell()

    def _open_member(self, at: int) -> None:
        self.room.member_sought.emit(self._placed[at].earned.member_id)

    def _on_keep(self) -> None:
        from ui.manage.benefits.board_file import BoardFileSheet

        if self._days is not None:
            BoardFileSheet(self.room, self.window(), self._days, len(self._placed)).open()

    # Prizes

    def _prizes(self) -> tuple[int, ...] | None:
        """Points by place; None where one of them is no number."""
        parts = [part for part in re.split(APART, self.prizes.text()) if part]
        good = all(part.isascii() and part.isdigit() for part in parts)
        found = tuple(int(part) for part in parts) if good else ()
        if not good or len(found) > MOST_PRIZES or any(each > MOST_POINTS for each in found):
            return None
        return found

    def _tell(self) -> None:
        """In numbers, what a press would do."""
        prizes = self._prizes()
        self.press.setEnabled(False)
        self.coupon.set_label(tr("给前 {count} 名发券…", count=self._places()))
        self.coupon.setEnabled(bool(self._placed) and prizes is not None)
        if prizes is None:
            self.shown.setText(tr("写整数，用顿号隔开，最多 {most} 名。", most=MOST_PRIZES))
            return
        awards = awards_of(self._placed, prizes)
        if not prizes or not self._placed:
            self.shown.setText("")
        elif not awards:
            self.shown.setText(tr("这些名次都发过了，不会再发。"))
        else:
            total = f"{sum(each.points for each in awards):,}"
            words = tr("发给 {count} 位，一共 {points} 分", count=len(awards), points=total)
            self.shown.setText(words)
            self.press.setEnabled(not self._left)

    def _on_done(self) -> None:
        prizes, days = self._prizes(), self.span.days
        if prizes is None or days is None:
            return
        self._left, self._given = list(awards_of(self._placed, prizes)), 0
        self.press.setEnabled(False)
        self.span.setEnabled(False)
        self._give(*days)

    def _give(self, first: date, last: date) -> None:
        if not self._left:
            self._end(tr("颁好了，{count} 位得了奖。", count=self._given))
            return
        award = self._left[0]
        reason = tr(
            "积分排行 {first} 到 {last} 第 {place} 名",
            first=first.isoformat(),
            last=last.isoformat(),
            place=award.place,
        )

        def given(_points: int) -> None:
            del self._left[0]
            self._given += 1
            self._give(first, last)

        self.room.work.act(
            give_prize,
            award,
            first=first,
            last=last,
            reason=reason,
            staff=self.room.staff,
            then=given,
            failed=self._fail,
        )

    def _places(self) -> int:
        """How many places a coupon goes to: as many as have points, or the first three."""
        return len(self._prizes() or ()) or USUAL_PLACES

    def _ask_coupons(self) -> None:
        room = self.room
        room.work.ask(single_use_coupons, topic="board_coupons", then=self._pick, failed=self._fail)

    def _pick(self, coupons: Sequence[CouponOffer]) -> None:
        if not coupons:
            self.said.say(tr("规则册里没有一次用的券。"), is_wrong=True)
            return
        rows = [Choice(each.id, each.name, worth_words(each), icon="coupon") for each in coupons]
        known = {each.id: each for each in coupons}

        def then(key: object) -> None:
            self._hand_out(known[str(key)])

        PickSheet(self.room.look, self.window(), tr("给哪一种券"), rows, then).open()

    def _hand_out(self, coupon: CouponOffer) -> None:
        """The sheet of coupons, for the cards of these places; who shares the last gets one too."""
        from ui.manage.benefits.issue import IssueSheet

        days = self.span.days
        if days is None:
            return
        places = self._places()
        cards = [each.earned.card_no for each in self._placed if each.place <= places]
        wish_id = coupon_prize_id(*days, coupon.id)
        sheet = IssueSheet(self.room, self.window(), coupon, worth_words(coupon), wish_id)
        first, last = (day.isoformat() for day in days)
        sheet.begin(cards, tr("积分排行 {first} 到 {last}", first=first, last=last))

    def _end(self, said: str) -> None:
        self._left = []
        self.span.setEnabled(True)
        self.prizes.set_text("")
        self.refresh()
        self.said.say(said)

    def _fail(self, error: Exception) -> None:
        """Who has theirs keeps it; pressed again, only the others get one."""
        self._left = []
        self.span.setEnabled(True)
        self._tell()
        self.said.say(sentence(error), is_wrong=True)


def _columns() -> tuple[Column, ...]:
    return (
        Column("place", tr("名次"), 90, is_number=True, is_strong=True),
        Column("name", tr("会员"), 140, grows=True),
        Column("card", tr("卡号"), 160),
        Column("points", tr("得了多少分"), 140, is_number=True),
        Column("prize", tr("已发的奖"), 140, is_number=True),
    )


def _row(each: Placed) -> tuple[Cell, ...]:
    earned = each.earned
    return (
        Cell(str(each.place)),
        Cell(mask_name(earned.name)),
        Cell(mask_card(earned.card_no), "ink_2"),
        Cell(f"{earned.points:,}"),
        Cell(tr("{points} 分", points=f"{each.prize:,}") if each.prize else "", "accent_text"),
    )


def _tie_words(placed: Sequence[Placed]) -> str:
    """Which places several share; "" for none."""
    places = [each.place for each in placed]
    tied = sorted({place for place in places if places.count(place) > 1})
    if not tied:
        return ""
    shown = tr("、").join(str(place) for place in tied[:3])
    more = tr("等") if len(tied) > 3 else ""
    return tr("第 {places}{more} 名并列，并列的拿一样的奖。", places=shown, more=more)
