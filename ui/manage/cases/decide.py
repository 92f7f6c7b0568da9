"""怎么处理: which decision, what it does in numbers, and why; above the limit somebody agrees."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.actions.cases import CaseDetail
from core.actions.decide_case import CaseSettled, Weighed, decide_case, weigh
from core.errors import ApprovalSpent, NotAllowed
from core.trust.cases import Decision
from core.trust.rights import Approval, Right
from ui.case_text import case_name
from ui.login.override import OverrideSheet
from ui.login.override_flow import OverrideFlow
from ui.manage.cases import state
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

AFTER_TYPING_MS = 250
WIDTH = 640
TOPIC = "case_weigh"


class _ApprovedSheet(Sheet):
    """What may need somebody else's yes; `press` does it."""

    refuses_scans = True

    def __init__(self, room: Room, window: QWidget, title: str, *, name: str) -> None:
        super().__init__(room.look, window, title, size=(WIDTH, 0), name=name)
        self.room = room
        self.said = Said(room.look, style="body", name=f"{name}_said")
        control = room.look.sizes.control
        self.press = Button(
            room.look, tr("记下"), kind="primary", height=control, name=f"{name}_done"
        )
        self._override = OverrideSheet(room.look, window)
        self._flow = OverrideFlow(room.work, room, self._override, self, takes_two=True)
        self.closed.connect(self._override.deleteLater)
        self.closed.connect(self.deleteLater)

    def arrange(self, *widgets: QWidget) -> None:
        """These below each other, the button at the foot."""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(self.room.look.space[3])
        for widget in (*widgets, self.said):
            column.addWidget(widget)
        self.set_body(body, Foot(self.room.look, self.press))

    def fail(self, error: Exception) -> None:
        """Why it was not done; what was typed stays."""
        self.press.setEnabled(True)
        self.said.say(sentence(error), is_wrong=True)

    def mend(self, error: Exception, again: Callable[[Approval], object]) -> None:
        """Let somebody else agree to a correction, or say why it was not done."""
        self.press.setEnabled(True)
        is_limit = (
            isinstance(error, NotAllowed | ApprovalSpent)
            and error.right == Right.CORRECT_BEYOND_LIMIT
        )
        if not (is_limit and self._flow.mends(error, again, words=self.press.text())):
            self.fail(error)


class WordsSheet(_ApprovedSheet):
    """A reason or a note; `said_yes` when it is to be done."""

    said_yes = Signal()

    def __init__(self, room: Room, window: QWidget, title: str, *, step_id: UUID) -> None:
        super().__init__(room, window, title, name="case_words")
        self.step_id = step_id

    def ask(self, label: str, verb: str, *, hint: str = "") -> None:
        """For what, and what the button is called."""
        look = self.room.look
        self.words = Field(look, label, name="case_words_text")
        above = [Words(look, hint, "body", "ink_2", wraps=True)] if hint else []
        self.press.set_label(verb)
        self.arrange(*above, self.words)
        self.words.submitted.connect(self.said_yes)
        self.press.clicked.connect(self.said_yes)


class DecideSheet(_ApprovedSheet):
    """Made for one decision; `done` when it stands."""

    done = Signal()

    def __init__(self, room: Room, window: QWidget, detail: CaseDetail) -> None:
        file = detail.line.file
        super().__init__(room, window, case_name(file.case.kind), name="decide")
        shop = room.work.hands.shop
        assert shop is not None, "a case was shown of it"
        self._file, self._id = file, shop.new_id()
        self._seen: Weighed | None = None
        look = room.look
        choices = [Decision.NOTHING] if detail.line.is_erased else file.decisions
        segments = [Segment(each.value, state.closing_name(file, each)) for each in choices]
        self.choice = Segments(look, segments, name="decide_choice", spoken=tr("怎么处理"))
        self.choice.setVisible(len(segments) > 1)
        self.points = Field(look, tr("收回多少分"), name="decide_points")
        self.does = Words(look, "", "body", wraps=True, name="decide_does")
        self.reason = Field(look, tr("理由"), name="decide_reason")
        self.asks_why = not detail.line.is_erased
        self.reason.setVisible(self.asks_why)
        gone = "" if self.asks_why else tr("这位会员已经删除，不留理由。")
        self.gone = Words(look, gone, "body", "ink_2", wraps=True, name="decide_gone")
        self.gone.setVisible(not self.asks_why)
        self.arrange(self.choice, self.points, self.does, self.gone, self.reason)
        self.press.set_label(tr("结案"))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(AFTER_TYPING_MS)
        self._typing.timeout.connect(self._weigh)
        self.choice.chosen.connect(lambda _name: self._weigh())
        self.points.changed.connect(lambda _text: self._typing.start())
        self.reason.submitted.connect(self._decide)
        self.press.clicked.connect(self._decide)
        self._weigh()

    @property
    def decision(self) -> Decision:
        """The one that is chosen."""
        return Decision(self.choice.current())

    def _weigh(self) -> None:
        self._typing.stop()
        takes = self.decision is Decision.TAKE_BACK
        self.points.setVisible(takes)
        points = self._typed() if takes else None
        if takes and self.points.text() and points is None:
            self.points.set_problem(tr("写大于 0 的整数。"))
            return
        self.room.work.ask(
            weigh,
            self._file.case.id,
            self.decision,
            points=points,
            staff=self.room.staff,
            topic=TOPIC,
            then=self._show,
            failed=self.fail,
        )

    def _typed(self) -> int | None:
        text = self.points.text().replace(",", "")
        return int(text) if text.isascii() and text.isdecimal() and int(text) else None

    def _show(self, seen: Weighed) -> None:
        self._seen = seen
        self.said.say("")
        if seen.decision is Decision.TAKE_BACK and not self.points.text():
            self.points.edit.blockSignals(True)
            self.points.set_text(str(seen.points))
            self.points.edit.blockSignals(False)
        self.does.setText("\n".join(state.weighed_words(seen, self._file)))
        self.press.set_label(state.deed_words(seen, self._file))

    def _decide(self) -> None:
        self._do(None)

    def _do(self, approval: Approval | None) -> None:
        takes = self.decision is Decision.TAKE_BACK
        points = self._typed() if takes else None
        if takes and points is None:
            self.points.set_problem(tr("写大于 0 的整数。"))
            self.points.edit.setFocus()
            return
        if self.asks_why and not self.reason.text():
            self.reason.set_problem(tr("写一句理由，以后看得到。"))
            self.reason.edit.setFocus()
            return
        self.press.setEnabled(False)
        self.room.work.act(
            decide_case,
            self._file.case.id,
            self.decision,
            points=points,
            reason=self.reason.text(),
            step_id=self._id,
            staff=self.room.staff,
            approval=approval,
            then=self._decided,
            failed=lambda error: self.mend(error, partial(self._do)),
        )

    def _decided(self, _settled: CaseSettled) -> None:
        self.shut()
        self.done.emit()
