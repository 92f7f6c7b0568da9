"""关优惠的对话: switched off for a reason, with an approval where the rulebook wants one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from core.actions import offers as switching
from core.actions.counter import Counter
from core.changes import Changes
from core.trust.rights import Approval
from ui.login.override_flow import OverrideFlow
from ui.not_done import say_not_done
from ui.till.flow import TillFlow
from ui.till.offer_state import OfferState
from ui.till.offers import OfferSheet
from ui.work import Work


class OfferFlow(QObject):
    """Begun from F4."""

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        sheet: OfferSheet,
        override: OverrideFlow,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._sheet = sheet
        self._override = override
        sheet.switched_off.connect(self._switch_off)
        sheet.switched_on.connect(self._switch_on)
        work.changed.connect(self._on_changed)

    def begin(self) -> None:
        """Open the sheet; an empty basket has no offers."""
        counter = self._flow.counter
        if counter is not None and not counter.basket.is_empty:
            self._sheet.show_state(OfferState.of(counter))

    def _switch_off(self, offer: str, reason: str, approval: Approval | None = None) -> None:
        staff = self._flow.staff
        self._flow.put(
            lambda shop, basket: switching.switch_off(
                shop, basket, offer, reason, staff=staff, approval=approval
            ),
            then=self._show,
            failed=partial(self._failed, offer, reason),
        )

    def _switch_on(self, offer: str) -> None:
        staff = self._flow.staff
        self._flow.put(
            lambda shop, basket: switching.switch_on(shop, basket, offer, staff=staff),
            then=self._show,
            failed=lambda error: self._say(error),
        )

    def _show(self, counter: Counter) -> None:
        if self._sheet.isVisible():
            self._sheet.show_state(OfferState.of(counter))

    def _failed(self, offer: str, reason: str, error: Exception) -> None:
        again = partial(self._switch_off, offer, reason)
        if not self._override.mends(error, again, words=reason):
            self._say(error)

    def _say(self, error: Exception) -> None:
        say_not_done(error, self._sheet.show_error)

    def _on_changed(self, changes: Changes) -> None:
        """A scan under the sheet: what it lists is of the basket as it stands."""
        counter = self._flow.counter
        if changes & Changes.BASKET and counter is not None:
            self._show(counter)
