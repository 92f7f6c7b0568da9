"""谁来做: an action as whoever stands here; what somebody else may allow is done again for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from core.errors import NotLoggedIn
from core.trust.rights import Approval
from core.trust.staff import Staff
from ui.work import Failed, Then, Work


class Mends(Protocol):
    """`OverrideFlow.mends`: asks for an approval where the error wants one."""

    def __call__(
        self, error: Exception, then: Callable[[Approval], object], *, words: str = ""
    ) -> bool: ...


class Allowed:
    """`act` as `Work.act`, with `staff` and `approval` among the words of the action."""

    def __init__(self, work: Work, staff: Callable[[], Staff | None], mends: Mends) -> None:
        self._work = work
        self._staff = staff
        self._mends = mends

    def act(
        self,
        action: Callable[..., Any],
        *words: Any,
        then: Then,
        failed: Failed,
        asked: Callable[[], object] = lambda: None,
        about: str = "",
        approval: Approval | None = None,
        **named: Any,
    ) -> None:
        """`asked` hears that an approval is being asked for, `failed` of every other error.

        `about` is what whoever is asked reads of it.
        """
        do = partial(self._work.act, action, *words, then=then, **named)
        self.act_by(do, failed=failed, asked=asked, about=about, approval=approval)

    def act_by(
        self,
        do: Callable[..., object],
        *,
        failed: Failed,
        asked: Callable[[], object] = lambda: None,
        about: str = "",
        approval: Approval | None = None,
        **named: Any,
    ) -> None:
        """The same for what is done elsewhere than on the thread of the store."""
        staff = self._staff()
        if staff is None:
            failed(NotLoggedIn())
            return

        def refused(error: Exception) -> None:
            def again(by: Approval) -> None:
                self.act_by(do, failed=failed, asked=asked, about=about, approval=by, **named)

            if self._mends(error, again, words=about):
                asked()
            else:
                failed(error)

        do(staff=staff, approval=approval, failed=refused, **named)
