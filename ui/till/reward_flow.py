"""积分兑换的对话: what the member at the counter has for points, printed; and taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject

from core.actions import counter as counters
from core.actions import redeem as redeeming
from core.actions.catalogue import reward_picture
from core.actions.counter import Counter
from core.actions.redeem import Offered, Redeemed
from core.actions.reserve import Wanted
from core.points.redeem import Redemption
from core.shop import Shop
from core.trust.rights import Approval
from ui.devices.paper import PaperDesk
from ui.fewer_points import fewer_points_words
from ui.login.override_flow import OverrideFlow
from ui.not_done import say_not_done
from ui.reserved_text import reward_words
from ui.text import tr
from ui.till.flow import TillFlow
from ui.till.reward_state import RewardState
from ui.till.rewards import RewardSheet
from ui.till.whose import Whose
from ui.work import Work

Found = tuple[tuple[Offered, ...], tuple[Redemption, ...], UUID]


def _found(shop: Shop, member_id: UUID) -> Found:
    """What can be had, what was, and the id of the next one: a double press redeems once."""
    return (
        redeeming.rewards_for(shop, member_id),
        redeeming.redemptions_of(shop, member_id),
        shop.new_id(),
    )


class RewardFlow(QObject):
    """From the member's sheet."""

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        sheet: RewardSheet,
        paper: PaperDesk,
        override: OverrideFlow,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheet = sheet
        self._paper = paper
        self._override = override
        self._whose = Whose(work, flow, sheet, self)
        self._next_id: UUID | None = None
        self._said, self._is_wrong = "", False
        sheet.redeemed.connect(self._ask_for)
        sheet.closed.connect(self._left)
        sheet.undone.connect(self._undo)
        sheet.pictured.connect(self._ask_picture)

    def begin(self) -> None:
        """Show what the member who stands at the counter can have."""
        self._said, self._is_wrong = "", False
        self._whose.begin()
        self._ask()

    def _ask(self) -> None:
        if self._whose.is_here:
            self._work.ask(
                _found, self._whose.id, topic="rewards", then=self._show, failed=self._flow.say
            )

    def _show(self, found: Found) -> None:
        if not self._whose.is_here:
            return
        offered, had, self._next_id = found
        counter = self._flow.counter
        state = None if counter is None else RewardState.of(counter, offered, had)
        if state is not None:
            self._sheet.show_rewards(state, self._said)
            if self._is_wrong:
                self._sheet.show_error(self._said)

    def _ask_picture(self, code: str) -> None:
        self._work.ask(
            reward_picture,
            code,
            topic="reward_picture",
            then=partial(self._sheet.show_picture, code),
            failed=self._flow.say,
        )

    def _ask_for(self, code: str, units: int, points: int) -> None:
        """In a chain the points are set aside first; without its server leases are spent."""
        reserving, ident, member_id = self._flow.reserving, self._next_id, self._whose.id
        if not self._whose.is_here or ident is None or member_id is None:
            return
        redeem = partial(self._redeem, code, units)
        if reserving is None or not reserving.is_online:
            redeem()
            return
        self._sheet.show_waiting(points)
        reserving.reserve(Wanted(member_id, points, ident), redeem, self._not_reserved)

    def _not_reserved(self, error: Exception) -> None:
        """What can be had now is another thing: all of it is shown anew, with why."""
        self._said, self._is_wrong = reward_words(error), True
        self._flow.put(counters.reprice, then=lambda _: self._ask())

    def _left(self) -> None:
        if self._flow.reserving is not None:
            self._flow.reserving.cancel()

    def _redeem(self, code: str, units: int, approval: Approval | None = None) -> None:
        if not self._whose.is_here or self._next_id is None:
            return
        self._work.act(
            redeeming.redeem,
            self._whose.id,
            code,
            units,
            redemption_id=self._next_id,
            staff=self._flow.staff,
            approval=approval,
            then=self._redeemed,
            failed=partial(self._failed, again=partial(self._redeem, code, units)),
        )

    def _redeemed(self, done: Redeemed) -> None:
        made = done.made
        self._left()
        if not done.is_repeat:
            self._paper.print(done.slip)
            for coupon in done.coupons:
                self._paper.print(coupon)
        self._done(
            tr(
                "换了{name} {units} 件，用去 {points} 分。",
                name=made.name,
                units=f"{made.units:,}",
                points=f"{made.points:,}",
            )
        )

    def _undo(self, no: str, approval: Approval | None = None) -> None:
        self._work.act(
            redeeming.undo_redemption,
            no,
            staff=self._flow.staff,
            approval=approval,
            then=self._undone,
            failed=partial(self._failed, again=partial(self._undo, no), words=no),
        )

    def _undone(self, done: Redeemed) -> None:
        self._paper.print(done.slip)
        points = f"{done.made.points:,}"
        self._done(tr("{name} 撤销了，退还 {points} 分。", name=done.made.name, points=points))

    def _done(self, said: str) -> None:
        """The member has other points now: everything is shown anew."""
        self._said, self._is_wrong = said, False
        before = self._flow.counter
        self._flow.put(counters.reprice, then=partial(self._repriced, before))

    def _repriced(self, before: Counter | None, after: Counter) -> None:
        """What was to be paid with points may have to be paid with money now."""
        if before is not None:
            fewer = partial(fewer_points_words, before.quote, after.quote)
            if fewer():
                self._said = " ".join((self._said, fewer()))
                self._flow.remind(fewer)
        self._ask()

    def _failed(
        self, error: Exception, *, again: Callable[[Approval], object], words: str = ""
    ) -> None:
        self._sheet.set_waiting()
        if not self._override.mends(error, again, words=words):
            say_not_done(error, self._sheet.show_error)
