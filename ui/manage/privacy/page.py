"""隐私: what one person asks for, the rules for keeping data, who is asleep, what was erased."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.actions.forget_member import (
    Forgotten,
    Privacy,
    forget_member,
    look_at_privacy,
    set_member_rules,
)
from core.members.certificate import Certificate, Why
from core.members.profile import MemberRules
from core.ports.members import Asleep
from core.trust.staff import Staff
from ui.here import day_words
from ui.labour import Labour
from ui.look import Look
from ui.manage.ask import Answers, AskSheet, Question
from ui.manage.privacy.forget import ForgetSheet
from ui.manage.privacy.one import OneSection
from ui.manage.privacy.papers import certificate_pdf, why_of
from ui.manage.room import Room
from ui.manage.section import Section
from ui.text import sentence, tr
from ui.widgets.panel_row import FactRow, PanelRow
from ui.widgets.said import Said
from ui.widgets.scroll import Scroll
from ui.widgets.stoppable import Stoppable
from ui.work import Work

NARROW, WIDEST = 900, 960
MARGIN, NARROW_MARGIN = 32, 16
MOST = 100


class PrivacyPage(Room):
    """Asks when it is opened; erasing many goes on one by one, and stops when somebody says so."""

    name, icon = "privacy", "lock"

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__(look, work, staff, title=tr("隐私"))
        self._held: Privacy | None = None
        self._left: list[UUID] = []
        self._all = 0
        self._labour = Labour(self)
        self.said = Said(look, style="body", name="privacy_said")
        self.one = OneSection(self)
        self.one.deeds.told.connect(self.said.say)
        self.one.deeds.gone.connect(self.refresh)
        self.rules = Section(
            look, tr("保存多久"), name="privacy_rules", more=tr("改"), icon="settings"
        )
        self.rules.more.connect(self._ask_rules)
        self.asleep = Section(
            look, tr("多年没来的会员"), name="privacy_asleep", more=tr("全部删除…"), icon="close"
        )
        self.asleep.more.connect(self._ask_all)
        self.erased = Section(look, tr("删除记录"), name="privacy_erased")
        for section in (self.rules, self.asleep):
            section.button.hide()  # until it is known what there is
        self._build()

    def refresh(self) -> None:
        """Ask for the rules and both lists."""
        self.said.say("")
        self.work.ask(
            look_at_privacy, staff=self.staff, topic="privacy", then=self._show, failed=self.say
        )

    def say(self, error: Exception) -> None:
        """One sentence on top; what stands there stays."""
        self.said.say(sentence(error), is_wrong=True)

    def end(self) -> None:
        """Whoever is not erased yet stays."""
        self._left = []

    # Parts

    def _build(self) -> None:
        space = self.look.space
        self.doing = Stoppable(self.look, name="privacy")
        self.doing.stopped.connect(self._stop)
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        self._column = QVBoxLayout(inner)
        self._column.setSpacing(space[4])
        for part in (self.said, self.doing, self.one, self.rules, self.asleep, self.erased):
            self._column.addWidget(part)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inner))

    # What arrived

    def _show(self, found: Privacy) -> None:
        self._held = found
        self._show_rules(found.rules)
        self._show_asleep(found)
        rows = [self._record(each, found) for each in found.certificates[:MOST]]
        self.erased.count.setText(_count(len(found.certificates)))
        self.erased.show_rows(rows, tr("还没有删除过谁的资料。"))

    def _show_rules(self, rules: MemberRules) -> None:
        months, years = rules.verify_months, rules.asleep_years
        facts = [
            (tr("资料多久核对一次"), tr("{count} 个月", count=months) if months else tr("不提醒")),
            (tr("多久没来就提议删除"), tr("{count} 年", count=years) if years else tr("不提议")),
        ]
        self.rules.show_rows([FactRow(self.look, *fact) for fact in facts], "")
        self.rules.button.show()

    def _show_asleep(self, found: Privacy) -> None:
        count = _count(len(found.asleep)) + ("+" if found.is_more else "")
        self.asleep.count.setText(count if found.asleep else "")
        self.asleep.button.setVisible(bool(found.asleep))
        rows = [self._sleeper(each) for each in found.asleep[:MOST]]
        years = found.rules.asleep_years
        nothing = tr("没有会员超过 {count} 年没来。", count=years) if years else tr("没有定期限。")
        self.asleep.show_rows(rows, nothing)

    def _sleeper(self, each: Asleep) -> PanelRow:
        last = (
            tr("没有来过，{day}入会", day=day_words(each.joined_on))
            if each.last_on is None
            else tr("上次来 {day}", day=day_words(each.last_on))
        )
        points = tr("{points} 分", points=f"{each.points:,}".replace("-", "−"))
        row = PanelRow(
            self.look,
            f"{each.name} {each.card}".strip(),
            line="　".join((last, points)),
            action=tr("删除…"),
            name="privacy_sleeper",
        )
        row.acted.connect(lambda: self._ask_one(each.member_id))
        return row

    def _record(self, made: Certificate, found: Privacy) -> PanelRow:
        again = tr("恢复备份以后，自动再删")
        is_told = made.why is Why.OFFICE
        nobody = tr("总部") if is_told else again
        by = found.people.get(made.staff_no, "") if made.staff_no else nobody
        words = tr("{count} 项个人信息", count=made.kept.values)
        row = PanelRow(
            self.look,
            "　".join((day_words(made.on), why_of(made))),
            line=tr("等总部办") if made.waits else words if is_told else "　".join((words, by)),
            action="" if made.waits else tr("证明"),
            name="privacy_record",
        )
        row.acted.connect(lambda: self._ask_where(made, by, found.store))
        return row

    # What people do

    def _ask_rules(self) -> None:
        now = self._held.rules if self._held is not None else MemberRules()
        hint = tr("0 是不管")
        questions = (
            Question("months", tr("几个月核对一次"), hint, begins=str(now.verify_months)),
            Question("years", tr("几年没来就提议删除"), hint, begins=str(now.asleep_years)),
        )

        def save(answers: Answers) -> None:
            self.work.act(
                set_member_rules,
                **answers,
                staff=self.staff,
                then=saved,
                failed=sheet.fail,
            )

        def saved(_rules: MemberRules) -> None:
            sheet.shut()
            self.refresh()

        sheet = AskSheet(self.look, self.window(), tr("保存多久"), tr("保存"), questions, save)
        sheet.begin()

    def _ask_one(self, member_id: UUID) -> None:
        sheet = ForgetSheet(self.look, self.window(), self.work, self.staff, member_id)
        sheet.why.set_current(Why.RETENTION.value)
        sheet.done.connect(self.refresh)
        sheet.begin()

    def _ask_all(self) -> None:
        asleep: Sequence[Asleep] = self._held.asleep if self._held is not None else ()
        if not asleep or self._left:
            return
        says = tr(
            "{count} 位会员的个人资料永远删除，共 {points} 分作废。小票留着，不带姓名。不能恢复。",
            count=f"{len(asleep):,}",
            points=f"{sum(each.points for each in asleep):,}".replace("-", "−"),
        )

        def begin(_answers: Answers) -> None:
            sheet.shut()
            self._left = [each.member_id for each in asleep]
            self._all = len(self._left)
            self.doing.progress.restart()
            self._next()

        title = tr("删除多年没来的会员")
        sheet = AskSheet(
            self.look, self.window(), title, tr("删除"), (), begin, says=says, kind="danger"
        )
        sheet.begin()

    def _next(self, _done: Forgotten | None = None) -> None:
        done = self._all - len(self._left)
        self.doing.setVisible(bool(self._left))
        if not self._left:
            if self._all:
                self.refresh()
                self.said.say(tr("删除了 {count} 位", count=f"{self._all:,}"))
            self._all = 0
            return
        words = tr("正在删除 {done} / {all}", done=f"{done:,}", all=f"{self._all:,}")
        self.doing.progress.show_progress(done * 1000 // self._all, words)
        self.work.act(
            forget_member,
            self._left.pop(0),
            Why.RETENTION,
            staff=self.staff,
            then=self._next,
            failed=self._broke_off,
        )

    def _broke_off(self, error: Exception) -> None:
        self._left, self._all = [], 0
        self.doing.hide()
        self.refresh()
        self.say(error)

    def _stop(self) -> None:
        self._all -= len(self._left)
        self._left = []

    def _ask_where(self, made: Certificate, by: str, store: str) -> None:
        from ui.file_dialog import ask_where

        def write(chosen: str) -> None:
            from ui.devices.files import write_file

            path = Path(chosen)
            self._labour.begin(
                lambda: write_file(path, certificate_pdf(made, store, by)),
                then=lambda _none: self.said.say(tr("存到 {path}", path=path)),
                failed=self.say,
            )

        ask_where(self, tr("删除证明") + f"-{made.id.hex[:8]}.pdf", write)

    # Of Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = NARROW_MARGIN if self.width() < NARROW else MARGIN
        self._column.setContentsMargins(side, 16, side, 24)


def _count(count: int) -> str:
    return tr("{count} 条", count=f"{count:,}") if count else ""
