"""授权的对话: a step that was refused for want of a right is done again with an approval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject

from core.actions.approve import approve
from core.actions.prove import Candidate, candidates
from core.errors import ApprovalSpent, NotAllowed
from core.trust.rights import BY_ANOTHER, Approval, Right
from core.trust.staff import Staff
from ui.login.override import OverrideSheet
from ui.not_done import say_not_done
from ui.text import right_name, tr
from ui.work import Work

Then = Callable[[Approval], object]


class Asker(Protocol):
    """The screen of whoever needs it: who they are, and where trouble is said."""

    @property
    def staff(self) -> Staff: ...

    def say(self, error: Exception) -> None: ...


class OverrideFlow(QObject):
    """One question at a time; Esc leaves everything as it is.

    `takes_two`: somebody else than whoever asks has to allow it.
    """

    def __init__(
        self,
        work: Work,
        asker: Asker,
        sheet: OverrideSheet,
        parent: QObject | None = None,
        *,
        takes_two: bool = False,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._asker = asker
        self._sheet = sheet
        self._takes_two = takes_two
        self._right: Right | None = None
        self._then: Then | None = None
        sheet.answered.connect(self._approve)

    def ask(self, right: Right, then: Then, *, words: str = "", why: str = "") -> None:
        """Let somebody with the right allow one step; `words` say which, `then` does it.

        `why` says why it is asked, where whoever answers cannot know.
        """
        self._right, self._then = right, then
        self._work.ask(
            candidates,
            right,
            topic="override",
            then=lambda people: self._show(right, words, people, why),
            failed=self._asker.say,
        )

    def mends(self, error: Exception, then: Then, *, words: str = "", why: str = "") -> bool:
        """Whether the error wants an approval; then it is asked for, and `then` does it again."""
        if not isinstance(error, NotAllowed | ApprovalSpent):
            return False
        self.ask(Right(error.right), then, words=words, why=why)
        return True

    def _show(self, right: Right, words: str, people: Sequence[Candidate], why: str) -> None:
        title = tr("请授权：{right}", right=right_name(right))
        if self._takes_two or right in BY_ANOTHER:
            people = [each for each in people if each.no != self._asker.staff.no]
        self._sheet.show_question(title, words, people, why=why)

    def _approve(self, name: str, pin: str) -> None:
        self._work.act(
            approve,
            right=self._right,
            pin=pin,
            name=name,
            staff=self._asker.staff,
            then=self._approved,
            failed=self._refused,
        )

    def _approved(self, approval: Approval) -> None:
        then, self._then = self._then, None
        self._sheet.shut()
        if then is not None:
            then(approval)

    def _refused(self, error: Exception) -> None:
        say_not_done(error, self._sheet.who.show_error)
        self._work.ask(
            candidates,
            self._right,
            topic="override",
            then=self._sheet.who.show_waits,
            failed=self._asker.say,
        )
