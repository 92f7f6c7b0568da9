"""上传的对话: a chain is joined and left by whoever may; anybody may look, and send at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from core.actions.sync import Linked, leave_chain, look_at_link, waiting_sales
from core.actions.take_snapshot import ask_anew
from core.errors import Refused
from core.ports.central import Waiting
from core.shop import Shop
from core.sync.invitation import read_invitation
from core.sync.session import Enrolled
from ui.chain_desk import ChainDesk
from ui.chain_words import facts, why_not
from ui.devices import sound
from ui.here import Here, here
from ui.link_state import LinkState
from ui.login.allowed import Allowed
from ui.text import sentence, tr
from ui.till.chain import ChainSheet
from ui.till.sheets import Sheets
from ui.widgets.choices import Choice
from ui.work import Work

BEAT_MS = 500
LEAVE, STAY = "leave", "stay"


class ChainFlow(QObject):
    """Begun from the chores, or from what the header says."""

    def __init__(
        self,
        work: Work,
        sheet: ChainSheet,
        sheets: Sheets,
        desk: ChainDesk,
        allowed: Allowed,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._sheet = sheet
        self._sheets = sheets
        self._desk = desk
        self._allowed = allowed
        self._here: Here | None = None
        self._counted: Waiting | None = None
        self._sales: int | None = None
        self._is_joining = False
        self._hurried: LinkState | None = None
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._follow)
        sheet.closed.connect(self._beat.stop)
        sheet.join_asked.connect(self._join)
        sheet.hurried.connect(self._hurry)
        sheet.directory_asked.connect(self._take_directory)
        sheet.leave_asked.connect(self._ask_to_leave)

    def begin(self) -> None:
        """Show how it is."""
        self._work.ask(
            _looked, topic="chain_place", then=self._begin_at, failed=self._failed_at_all
        )

    def _begin_at(self, found: tuple[Here, Linked | None]) -> None:
        self._here, linked = found
        self._desk.found(self._work.hands, linked)
        self._show()
        self._beat.start()

    def _failed_at_all(self, error: Exception) -> None:
        self._sheet.show_join()
        self._failed(error)

    def _show(self) -> None:
        if self._desk.state is None:
            self._sheet.show_join()
            if not self._desk.can_join:
                self._sheet.set_joining(True)
                self._sheet.say(tr("练习里不能入网。请先结束练习。"))
            elif self._desk.is_busy:  # begun in a window that was made anew since
                self._is_joining = True
                self._sheet.set_joining(True)
        else:
            self._follow()

    def _follow(self) -> None:
        """As it is now; what is being typed stays."""
        state, place = self._desk.state, self._here
        if state is None or place is None:
            self._follow_form()
            return
        if state.waiting != self._counted:
            self._counted = state.waiting
            self._work.ask(
                waiting_sales, topic="waiting_sales", then=self._count, failed=self._failed
            )
        now_us = self._work.now_us()
        shown = facts(state, now_us, place.zone, self._sales)
        self._sheet.show_state(shown, why_not(state), is_sending=self._desk.is_sending)
        self._end_hurry(state)

    def _end_hurry(self, state: LinkState) -> None:
        """What was hurried has come, or why it did not stands there by now."""
        if (before := self._hurried) is None:
            return
        has_come = state.answered_us != before.answered_us and not state.waiting.count
        if has_come or state.error not in (None, before.error):
            self._hurried = None
            self._sheet.say(tr("都传完了。") if has_come else "")

    def _count(self, sales: int) -> None:
        self._sales = sales
        if self._sheet.isVisible():
            self._follow()

    def _follow_form(self) -> None:
        """Left beside the window; or joining ended, and who asked for it is not there any more."""
        if self._sheet.form is None:
            self._sheet.show_join()
        if self._is_joining and not self._desk.is_busy:
            self._is_joining = False
            if self._desk.refused is not None:
                self._failed(self._desk.refused)

    # What the person does

    def _join(self, text: str) -> None:
        try:
            invitation = read_invitation(text)
        except Refused as refused:
            sound.play_error()
            self._sheet.show_problem(sentence(refused))
            return
        self._sheet.set_joining(True)
        self._allowed.act_by(
            self._desk.join,
            url=invitation.url,
            code=invitation.code,
            then=self._joined,
            failed=self._failed,
            asked=lambda: self._sheet.set_joining(False),
        )

    def _joined(self, enrolled: Enrolled) -> None:
        if self._sheet.isHidden():
            return  # the header says it; who went on selling gets no sheet over the counter
        self._show()
        words = tr("入了“{name}”的网，已经开始上传。", name=enrolled.chain_name)
        self._sheet.say(words)

    def _hurry(self) -> None:
        self._hurried = self._desk.state
        self._desk.hurry()
        self._sheet.say(tr("正在传。"))

    def _take_directory(self) -> None:
        self._work.act(ask_anew, then=self._asked_anew, failed=self._failed)

    def _asked_anew(self, _: object) -> None:
        self._desk.hurry()
        self._sheet.say(tr("正在重新收会员名录；收好以前用现在这份。"))

    def _ask_to_leave(self) -> None:
        state = self._desk.state
        if state is None:
            return
        line = tr("账都留在这台上。再入网要新的入网码。")
        if state.waiting.count:
            words = "还有 {count} 条没有传，退了就不传了。账都留在这台上；再入网要新的入网码。"
            line = tr(words, count=f"{state.waiting.count:,}")
        rows = [Choice(STAY, tr("不退")), Choice(LEAVE, tr("退网"))]
        title = tr("退出“{name}”？", name=state.chain_name)
        self._sheets.ask.ask(title, line, rows, self._leave)

    def _leave(self, chosen: object) -> None:
        if chosen == LEAVE:
            self._allowed.act(leave_chain, then=self._left, failed=self._failed)

    def _left(self, name: str) -> None:
        self._desk.left()
        self._show()
        self._sheet.say(tr("退出了“{name}”，不再上传。账都在这台上。", name=name))

    def _failed(self, error: Exception) -> None:
        sound.play_error()
        self._sheet.set_joining(False)
        self._sheet.say(sentence(error), is_wrong=True)


def _looked(shop: Shop) -> tuple[Here, Linked | None]:
    return here(shop), look_at_link(shop)
