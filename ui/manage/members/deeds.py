"""办理: what is done with a member from their file: cards, tiers, notes, relations, merging."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.actions import roll
from core.actions.cards import freeze_member, renew_card, replace_card, thaw_member
from core.actions.change_profile import (
    Profile,
    Wish,
    change_profile,
    join_family,
    open_profile,
    verify_profile,
)
from core.actions.deeds import Chance, chances, credit_behaviour
from core.actions.grant_tier import grant_tier, withdraw_tier
from core.actions.member_file import RecordFile
from core.actions.notes import write_note
from core.actions.personal_data import PersonalData, personal_data
from core.actions.undo_merge import Undoable, undo_merge
from core.errors import BadCardEnd, BadGrantEnd
from core.members.held_tiers import GRANTED
from core.members.profile import FAMILY, REFERRER
from core.trust.rights import Approval
from core.trust.staff import Staff
from ui.labour import Labour
from ui.login.override import OverrideSheet
from ui.login.override_flow import OverrideFlow
from ui.look import Look
from ui.manage.ask import Answers, AskSheet, Question
from ui.manage.members.chance_rows import chance_row
from ui.manage.members.consent import Answer, answers
from ui.manage.members.edit import EditSheet
from ui.manage.members.find import FindSheet
from ui.manage.members.merge import MergeSheet
from ui.manage.pick import PickSheet
from ui.text import tr
from ui.widgets.choices import Choice
from ui.widgets.segments import Segment
from ui.work import Work

Action = Callable[..., Any]
USUAL, URGENT = "usual", "urgent"


class FileDeeds(QObject):
    """`done` when something was, `failed` with why it was not; `opened` gives another member.

    `told` is what became of a file; `gone` when nothing is kept of the member any more.
    """

    done = Signal()
    failed = Signal(object)
    opened = Signal(object)
    told = Signal(str)
    gone = Signal()

    def __init__(self, look: Look, work: Work, staff: Staff, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._work = work
        self.staff = staff
        self._at = parent
        self._flow: OverrideFlow | None = None
        self._labour = Labour(self)

    def say(self, error: Exception) -> None:
        """Trouble of an approval."""
        self.failed.emit(error)

    def edit(self, file: RecordFile) -> None:
        """改资料: it is looked at in full first, and that is noted."""

        def show(profile: Profile) -> None:
            sheet = EditSheet(self._look, self._window, self._work, self.staff, profile)
            sheet.done.connect(self.done)
            sheet.begin()

        self.run(open_profile, file.member_id, words=tr("改资料"), then=show)

    def verify(self, file: RecordFile) -> None:
        """已核对."""
        self.run(verify_profile, file.member_id, words=tr("核对资料"))

    def undo(self, file: RecordFile, merge: Undoable) -> None:
        """撤销合并: what goes back is said before."""
        says = tr(
            "{name}（{card}）重新独立，{points} 分退回。合并后新得的积分和消费留在这里。",
            name=merge.name,
            card=merge.card,
            points=f"{merge.points:,}",
        )
        self._ask(
            tr("撤销合并"),
            tr("撤销"),
            (),
            lambda _answers: (undo_merge, (file.member_id, merge.merge_id), {}),
            says=says,
        )

    def choose(self, file: RecordFile) -> None:
        """All deeds, in a list."""
        rows: dict[str, tuple[str, str, Callable[[RecordFile], None]]] = {
            "note": (tr("写备注"), "chat", self._note),
            "behaviour": (tr("行为积分"), "points", self._behaviour),
            "replace": (tr("换卡"), "bankcard", self._replace),
            "renew": (tr("卡续期"), "calendar", self._renew),
            "grant": (tr("授予等级"), "offer", self._grant),
            "family": (tr("加家人"), "people", self._family),
            "referrer": (tr("记介绍人"), "user", self._referrer),
            "merge": (tr("与另一位合并"), "people", self._merge),
            "export": (tr("导出他的资料"), "export", self.export),
        }
        if any(step.cause == GRANTED for step in file.steps):
            rows["withdraw"] = (tr("收回授予的等级"), "return", self._withdraw)
        if file.more.values[FAMILY]:
            rows["leave"] = (tr("不再是家人"), "close", self._leave)
        if file.frozen_for is None:
            rows["freeze"] = (tr("冻结"), "lock", self._freeze)
        else:
            rows["thaw"] = (tr("解冻"), "lock", self._thaw)
        for each in answers(file):
            rows[each.key] = (each.title, each.icon, partial(self._consent, each))
        rows["forget"] = (tr("删除个人资料"), "shield", self.forget)
        shown = [Choice(key, text, icon=icon) for key, (text, icon, _) in rows.items()]
        sheet = PickSheet(
            self._look, self._window, tr("办理"), shown, lambda key: rows[str(key)][2](file)
        )
        sheet.open(sheet.list)

    # Each of them

    def _note(self, file: RecordFile) -> None:
        how = (Segment(USUAL, tr("一般")), Segment(URGENT, tr("到柜台就提醒")))
        questions = (
            Question("text", tr("备注")),
            Question("how", tr("什么时候看到"), choices=how),
        )

        def made(answers: Answers) -> tuple[Action, tuple[Any, ...], dict[str, Any]]:
            said = {"text": answers["text"], "is_urgent": answers["how"] == URGENT}
            return write_note, (file.member_id,), said

        self._ask(tr("写备注"), tr("记下"), questions, made)

    def _behaviour(self, file: RecordFile) -> None:
        """What they did without buying; the id of each chance books it once."""

        def show(found: tuple[Chance, ...]) -> None:
            ids = {each.behaviour.code: each.deed_id for each in found}

            def book(code: object) -> None:
                self.run(
                    credit_behaviour,
                    file.member_id,
                    str(code),
                    words=tr("行为积分"),
                    deed_id=ids[str(code)],
                )

            rows = [chance_row(each) for each in found]
            nothing = tr("规则册里还没有行为积分。请在规则册里写上签到、建议这样的行为。")
            title = tr("行为积分")
            sheet = PickSheet(self._look, self._window, title, rows, book, nothing=nothing)
            sheet.open(sheet.list)

        self._work.ask(
            chances, file.member_id, topic="file_chances", then=show, failed=self.failed.emit
        )

    def _replace(self, file: RecordFile) -> None:
        question = Question("card_no", tr("新卡号"), tr("空着就自动发卡"))
        self._ask(
            tr("换卡"),
            tr("换卡"),
            (question,),
            lambda answers: (replace_card, (file.member_id,), answers),
            says=tr("旧卡 {card} 从此不能用。", card=file.card) if file.card else "",
        )

    def _renew(self, file: RecordFile) -> None:
        def made(answers: Answers) -> tuple[Action, tuple[Any, ...], dict[str, Any]]:
            return renew_card, (file.member_id,), {"until": _day(answers["until"], BadCardEnd)}

        question = Question("until", tr("有效期至"), tr("年-月-日"))
        self._ask(tr("卡续期"), tr("续期"), (question,), made)

    def _grant(self, file: RecordFile) -> None:
        def show(tiers: tuple[tuple[str, str], ...]) -> None:
            questions = (
                Question("tier", tr("等级"), choices=tuple(Segment(*each) for each in tiers[1:])),
                Question("until", tr("有效期至"), tr("年-月-日")),
                Question("reason", tr("理由")),
            )
            self._ask(tr("授予等级"), tr("授予"), questions, made)

        def made(answers: Answers) -> tuple[Action, tuple[Any, ...], dict[str, Any]]:
            until = _day(answers["until"], BadGrantEnd)
            return grant_tier, (file.member_id,), answers | {"until": until}

        self._work.ask(roll.tiers_of, topic="file_tiers", then=show, failed=self.failed.emit)

    def _withdraw(self, file: RecordFile) -> None:
        self._ask(
            tr("收回授予的等级"),
            tr("收回"),
            (),
            lambda _answers: (withdraw_tier, (file.member_id,), {}),
            says=tr("授予的等级到今天为止，凭消费或购卡得到的等级不变。"),
        )

    def _freeze(self, file: RecordFile) -> None:
        self._ask(
            tr("冻结"),
            tr("冻结"),
            (Question("reason", tr("理由")),),
            lambda answers: (freeze_member, (file.member_id,), answers),
            says=tr("没有优惠、不积分，也不能用积分，直到解冻。"),
            kind="danger",
        )

    def _thaw(self, file: RecordFile) -> None:
        self.run(thaw_member, file.member_id, words=tr("解冻"))

    def _consent(self, answer: Answer, file: RecordFile) -> None:
        """What stands is said before; only what the customer said is done."""
        self._ask(
            answer.title,
            answer.title,
            (),
            lambda _answers: (answer.action, (file.member_id,), answer.named),
            says=answer.says,
            kind=answer.kind,
        )

    def _family(self, file: RecordFile) -> None:
        self._find(
            tr("加家人"),
            lambda other: self.run(join_family, file.member_id, other, words=tr("加家人")),
        )

    def _leave(self, file: RecordFile) -> None:
        wish = Wish(FAMILY, file.more.values[FAMILY], "")
        self.run(change_profile, file.member_id, (wish,), words=tr("不再是家人"))

    def _referrer(self, file: RecordFile) -> None:
        def choose(other: UUID) -> None:
            wish = Wish(REFERRER, file.more.values[REFERRER], other.hex)
            self.run(change_profile, file.member_id, (wish,), words=tr("记介绍人"))

        self._find(tr("记介绍人"), choose)

    def _merge(self, file: RecordFile) -> None:
        def choose(other: UUID) -> None:
            sheet = MergeSheet(
                self._look, self._window, self._work, self.staff, file.member_id, other
            )
            sheet.done.connect(self.opened)
            sheet.begin()

        self._find(tr("与哪一位合并"), choose)

    def export(self, file: RecordFile) -> None:
        """导出他的资料, as JSON or PDF."""

        def choose(chosen: str) -> None:
            self.run(
                personal_data,
                file.member_id,
                words=tr("导出他的资料"),
                then=lambda data: self._write(Path(chosen), data),
            )

        from ui.file_dialog import ask_where

        ask_where(self._at, tr("个人资料") + f"-{file.today}.pdf", choose, others=(".json",))

    def _write(self, path: Path, data: PersonalData) -> None:
        from ui.devices.files import write_file
        from ui.manage.privacy.papers import data_bytes

        self._labour.begin(
            lambda: write_file(path, data_bytes(data, path)),
            then=lambda _none: self.told.emit(tr("存到 {path}", path=path)),
            failed=self.failed.emit,
        )

    def forget(self, file: RecordFile) -> None:
        """删除个人资料."""
        from ui.manage.privacy.forget import ForgetSheet

        sheet = ForgetSheet(self._look, self._window, self._work, self.staff, file.member_id)
        sheet.done.connect(self.gone)
        sheet.begin()

    # How all of them are done

    @property
    def _window(self) -> QWidget:
        return self._at.window()

    def _find(self, title: str, then: Callable[[UUID], object]) -> None:
        sheet = FindSheet(self._look, self._window, self._work, self.staff, title)
        sheet.chosen.connect(then)
        sheet.begin()

    def _ask(
        self,
        title: str,
        verb: str,
        questions: tuple[Question, ...],
        made: Callable[[Answers], tuple[Action, tuple[Any, ...], dict[str, Any]]],
        *,
        says: str = "",
        kind: str = "primary",
    ) -> None:
        def answer(answers: Answers) -> None:
            try:
                action, words, named = made(answers)
            except (BadCardEnd, BadGrantEnd) as error:
                sheet.fail(error)
                return
            self.run(action, *words, words=title, sheet=sheet, **named)

        sheet = AskSheet(
            self._look, self._window, title, verb, questions, answer, says=says, kind=kind
        )
        sheet.begin()

    def run(
        self,
        action: Action,
        *given: Any,
        words: str,
        sheet: AskSheet | None = None,
        then: Callable[[Any], object] | None = None,
        **named: Any,
    ) -> None:
        """Do it; where a right is missing somebody else may allow it."""

        def go(approval: Approval | None) -> None:
            self._work.act(
                action,
                *given,
                staff=self.staff,
                approval=approval,
                then=finished,
                failed=not_done,
                **named,
            )

        def finished(outcome: Any) -> None:
            if sheet is not None:
                sheet.shut()
            if then is not None:
                then(outcome)
            else:
                self.done.emit()

        def not_done(error: Exception) -> None:
            if sheet is not None:
                sheet.fail(error)
            if not self._override().mends(error, go, words=words) and sheet is None:
                self.failed.emit(error)

        go(None)

    def _override(self) -> OverrideFlow:
        if self._flow is None:
            sheet = OverrideSheet(self._look, self._window)
            self._flow = OverrideFlow(self._work, self, sheet, self)
        return self._flow


def _day(text: str, wrong: type[BadCardEnd] | type[BadGrantEnd]) -> date:
    """A date as it is typed; raises the error that says what is wanted."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong(text) from None
