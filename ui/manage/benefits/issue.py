"""发券: for whom and how long, what it comes to, and then step by step, until it is stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.allow import Second
from core.actions.coupon_codes import Issued, issue_coupons
from core.actions.handouts import Far, begin_handout, hand_out_more, stop_handout
from core.errors import ApprovalSpent, NotAllowed
from core.rulebook.offers import CouponOffer
from core.sales.handout import Handout
from core.trust.rights import Approval, Right
from ui.login.allowed import Allowed
from ui.login.override import OverrideSheet
from ui.login.override_flow import OverrideFlow
from ui.manage.benefits import words
from ui.manage.benefits.whom import Whom
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.day_span import bad_day_words
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.progress import Progress
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words

SIZE = (860, 640)
SIDE = 24


class IssueSheet(Sheet):
    """Made for one wish; what was begun goes on until all have theirs or somebody stops it."""

    refuses_scans = True

    def __init__(
        self, room: Room, window: QWidget, offer: CouponOffer, says: str, wish_id: UUID
    ) -> None:
        title = tr("发“{name}”", name=offer.name)
        super().__init__(room.look, window, title, size=SIZE, name="issue")
        self._room, self._offer, self._id = room, offer, wish_id
        self._is_going = False
        self._is_begun = self._waits = False
        self._is_over = False
        self._is_titled = False
        self._build(says)
        self.closed.connect(self.deleteLater)

    # Parts

    def _build(self, says: str) -> None:
        look = self._look
        self._override = OverrideSheet(look, self._window)
        self._flow = OverrideFlow(self._room.work, self._room, self._override, self)
        self._allowed = Allowed(self._room.work, lambda: self._room.staff, self._mends)
        self.closed.connect(self._override.deleteLater)
        self.whom = Whom(self._room, self, self._offer.id)
        self.whom.changed.connect(self._tell)
        self.whom.proposed.connect(self._propose)
        self.whom.failed.connect(self._fail)
        self.count = Field(look, tr("发几张"), name="issue_count")
        self.count.changed.connect(lambda _text: self._tell())
        self.called = Field(look, tr("这次叫什么，以后好找"), name="issue_title")
        self.called.edit.textEdited.connect(self._on_titled)
        example = tr("例如 2026-11-01")
        self.since = Field(
            look, tr("起用日，空着马上能用"), placeholder=example, name="issue_since"
        )
        self.until = Field(look, tr("用到哪天，含"), placeholder=example, name="issue_until")
        self.shown = Words(look, "", "item", bold=True, wraps=True, name="issue_shown")
        self.left_out = Words(look, "", "body", "ink_2", wraps=True, name="issue_left_out")
        self.progress = Progress(look, name="issue_progress")
        self.progress.hide()
        self.said = Said(look, name="issue_said")
        high = look.sizes.control
        self.stop = Button(look, tr("停下"), height=high, name="issue_stop")
        self.stop.clicked.connect(self._stop)
        self.stop.hide()
        self.press = Button(look, tr("发券"), kind="primary", height=high, name="issue_done")
        self.press.clicked.connect(self._on_done)
        self.set_body(self._body(says), Foot(look, self.stop, self.press, said=self.said))

    def _body(self, says: str) -> QWidget:
        look, body = self._look, QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(look.space[3])
        column.addWidget(Words(look, says, "item", wraps=True, name="issue_says"))
        column.addWidget(Rule(look))
        column.addWidget(self.whom)
        row = QHBoxLayout()
        row.setSpacing(look.space[3])
        for field in (self.count, self.called, self.since, self.until):
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(Rule(look))
        for widget in (self.shown, self.left_out, self.progress):
            column.addWidget(widget)
        column.addStretch(1)
        return body

    # What is shown

    def begin(self, cards: Sequence[str] = (), called: str = "") -> None:
        """Open, and ask which groups of members there are; for these cards to begin with."""
        self.open(self.whom.kind)
        self.whom.begin()
        if cards:
            self.whom.take_cards(cards, called)

    def _on_titled(self, _text: str) -> None:
        self._is_titled = True

    def _propose(self, title: str) -> None:
        if not self._is_titled:
            self.called.set_text(title)

    def _tell(self) -> None:
        """In numbers, what a press would do."""
        whom, meant, label = self.whom, self.whom.meant, tr("发券")
        self.count.setVisible(whom.is_nobody)
        self.called.setVisible(not whom.is_nobody)
        shown, left_out, can = "", "", False
        if whom.is_nobody:
            can = self._count() > 0
            if can:
                count = f"{self._count():,}"
                shown = tr("{count} 张不记名的券，谁拿到谁能用，每张用一次", count=count)
                label = tr("发 {count} 张", count=count)
        elif meant is not None:
            shown, left_out = words.meant_words(meant), words.left_out_words(meant)
            if meant.second is Second.NEEDED:
                shown += tr("；这么多要另一位授权")
            if meant.second is Second.LACKING:
                shown += tr("；这么多本来要另一位授权，现在没有第二位能授权，会记进审计")
            can = bool(meant.members)
            if can:
                label = tr("发给 {count} 位", count=f"{len(meant.members):,}")
        else:
            shown = whom.waits_for
        if not self._is_going:
            self.said.say("")
        self.shown.setText(shown)
        self.left_out.setText(left_out)
        self.left_out.setVisible(bool(left_out))
        self.press.set_label(label)
        self.press.setEnabled(can and not self._is_going)

    def _count(self) -> int:
        text = self.count.text()
        return int(text) if text.isascii() and text.isdigit() else 0

    def _day(self, field: Field) -> date | None:
        """The day that is written, None for none; raises ValueError."""
        if not field.text():
            return None
        try:
            return date.fromisoformat(field.text())
        except ValueError:
            field.set_problem(bad_day_words())
            field.focus()
            raise

    # What is done

    def _on_done(self) -> None:
        if self._is_over:
            self.shut()
            return
        try:
            starts_on, ends_on = self._day(self.since), self._day(self.until)
        except ValueError:
            return
        meant = self.whom.meant
        if self.whom.is_nobody:
            self.press.setEnabled(False)
            self._allowed.act(
                issue_coupons,
                self._offer.id,
                self._count(),
                batch_id=self._id,
                then=self._on_issued,
                failed=self._fail,
                asked=self._on_asked,
                about=self._about(self._count()),
                starts_on=starts_on,
                ends_on=ends_on,
            )
        elif meant is not None:
            self._set_going(True)
            self._allowed.act(
                begin_handout,
                self._offer.id,
                meant.members,
                title=self.called.text(),
                handout_id=self._id,
                then=self._on_begun,
                failed=self._fail,
                asked=self._on_asked,
                about=self._about(len(meant.members)),
                starts_on=starts_on,
                ends_on=ends_on,
            )

    def _mends(
        self, error: Exception, then: Callable[[Approval], object], *, words: str = ""
    ) -> bool:
        """Who may issue nothing at all is told so; above the limit somebody else is asked."""
        if not isinstance(error, NotAllowed | ApprovalSpent):
            return False
        is_above = error.right == Right.ISSUE_BEYOND_LIMIT
        return is_above and self._flow.mends(error, then, words=words)

    def _about(self, count: int) -> str:
        return tr("发“{name}”{count} 张", name=self._offer.name, count=f"{count:,}")

    def _on_asked(self) -> None:
        """Above what one person issues alone, it waits for somebody else to allow it."""
        self._waits = True
        self._set_going(False)
        self._tell()

    def _on_issued(self, issued: Issued) -> None:
        count = f"{len(issued.batch.codes):,}"
        said = tr("发好了 {count} 张。在“发过的券”里点开这一批，就能打印或存成表格。", count=count)
        if issued.lacks_second:
            said += tr("没有第二位能授权，已经记进审计。")
        self._end(said)

    def _on_begun(self, made: Handout) -> None:
        self._is_begun = True
        if self._waits:
            self._set_going(True)
        self.progress.show()
        self._on_far(Far(0, made.wanted))

    def _on_far(self, far: Far) -> None:
        whole = max(1, far.handed + far.waiting)
        self.progress.show_progress(far.handed * 1000 // whole, words.far_words(far))
        if far.is_stopped:
            self._end(words.stopped_words(far))
        elif not far.waiting:
            self._end(words.done_words(far))
        else:
            self._step(hand_out_more if self._is_going else stop_handout)

    def _step(self, action: Callable[..., Far]) -> None:
        self._room.work.act(
            action, self._id, staff=self._room.staff, then=self._on_far, failed=self._fail
        )

    def _stop(self) -> None:
        """After those that are being given theirs now."""
        self._is_going = False
        self.stop.setEnabled(False)

    def _set_going(self, is_going: bool) -> None:
        """For whom it is, is fixed once it has begun: another press goes on with it."""
        self._is_going = is_going
        self.stop.setVisible(is_going)
        self.stop.setEnabled(is_going)
        self.press.setVisible(not is_going)
        for widget in (self.whom, self.count, self.called, self.since, self.until):
            widget.setEnabled(not (is_going or self._is_begun))

    def _end(self, said: str) -> None:
        """It is done, or was stopped: only to be closed."""
        self._set_going(True)
        self._is_going, self._is_over = False, True
        self.stop.hide()
        self.press.show()
        self.press.setEnabled(True)
        self.press.set_label(tr("好了"))
        self.said.say(said)

    def _fail(self, error: Exception) -> None:
        """What was given stays; what is left can be gone on with in the list of rounds."""
        self._set_going(False)
        self._tell()
        self.said.say(sentence(error), is_wrong=True)

    def give_up(self) -> None:
        """While it goes on, turning back stops it first."""
        if self._is_going:
            self._stop()
        else:
            super().give_up()
