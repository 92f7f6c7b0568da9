"""发布: what becomes other, now or from a day on; what is planned, and how it is withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.look_at_rules import Planned, Rules, TwoVersions
from ui.look import Look
from ui.manage.rules.versions import DifferenceList, compared
from ui.rule_lines import Difference
from ui.text import capital, sentence, tr
from ui.widgets.button import Button
from ui.widgets.day_span import bad_day_words
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.panel_row import PanelRow
from ui.widgets.said import Said
from ui.widgets.scroll import Scroll
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (860, 620)
NOW, LATER = "now", "later"
DAY_WIDTH = 180


class PublishSheet(Sheet):
    """What becomes other, before it does; `agreed` gives the day it begins, None for now.

    Answer with `shut`, or with `fail`: what was typed stays.
    """

    refuses_scans = True
    agreed = Signal(object)

    def __init__(
        self, look: Look, window: QWidget, found: Sequence[Difference], today: date
    ) -> None:
        subtitle = tr("{count} 处不同", count=len(found))
        title = tr("发布草稿")
        super().__init__(look, window, title, subtitle=subtitle, size=SIZE, name="rule_publish")
        self._today = today
        self.when = Segments(
            look,
            (Segment(NOW, tr("现在")), Segment(LATER, tr("从某一天起"))),
            name="rule_publish_when",
            spoken=tr("什么时候起用"),
        )
        self.when.chosen.connect(lambda _name: self._turn())
        self.day = Field(look, tr("哪一天"), name="rule_publish_day")
        self.day.set_text((today + timedelta(days=1)).isoformat())
        self.day.setMinimumWidth(DAY_WIDTH)
        self.day.changed.connect(lambda _text: self._turn())
        self.day.submitted.connect(self._on_done)
        changes = DifferenceList(look)
        changes.show_differences(found, "")
        top = QHBoxLayout()
        top.setSpacing(look.space[3])
        top.addWidget(self.when, 0, Qt.AlignmentFlag.AlignBottom)
        top.addWidget(self.day, 0, Qt.AlignmentFlag.AlignBottom)
        top.addStretch(1)
        self.says = Words(look, "", "body", "ink_2", wraps=True, name="rule_publish_says")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, look.space[4], 24, look.space[2])
        column.setSpacing(look.space[2])
        column.addLayout(top)
        column.addWidget(self.says)
        column.addWidget(Scroll(changes), 1)
        high = look.sizes.control
        self.said = Said(look, name="rule_publish_said")
        self.done = Button(look, "", kind="primary", height=high, name="rule_publish_done")
        self.done.clicked.connect(self._on_done)
        self.set_body(body, foot=Foot(look, self.done, said=self.said))
        self.closed.connect(self.deleteLater)
        self._turn()

    def _turn(self) -> None:
        is_later = self.when.current() == LATER
        self.day.setVisible(is_later)
        if not is_later:
            self.says.setText(tr("发布以后，从下一单起按新的规则计价。已经结账的不变。"))
            self.done.set_label(tr("发布，下一单起用"))
            return
        day = self._day()
        self.says.setText(tr("营业日那天的第一单起用；在那之前可以撤回。"))
        named = "" if day is None else day.isoformat()
        self.done.set_label(tr("定好，{day} 起用", day=named) if named else tr("定好"))

    def _day(self) -> date | None:
        try:
            return date.fromisoformat(self.day.text())
        except ValueError:
            return None

    def fail(self, error: Exception) -> None:
        """Why it is not published."""
        self.done.setEnabled(True)
        self.said.say(sentence(error), is_wrong=True)

    def _on_done(self) -> None:
        if not self.done.isEnabled():
            return
        day = None if self.when.current() == NOW else self._day()
        if day is None and self.when.current() == LATER:
            self.day.set_problem(bad_day_words())
        elif day is not None and day <= self._today:
            self.day.set_problem(tr("要在今天以后。"))
        else:
            self.done.setEnabled(False)
            self.said.say("")
            self.agreed.emit(day)


class PlanSheet(Sheet):
    """What a plan changes, seen from what holds now; `withdrawn` where it is not wanted.

    Answer with `shut` or `fail`.
    """

    refuses_scans = True
    withdrawn = Signal()

    def __init__(
        self, look: Look, window: QWidget, plan: Planned, rules: Rules, *, has_draft: bool
    ) -> None:
        title = plan_title(plan)
        found = differences_of(plan, rules)
        subtitle = tr("{count} 处不同", count=len(found))
        super().__init__(look, window, title, subtitle=subtitle, size=SIZE, name="rule_plan")
        changes = DifferenceList(look)
        changes.show_differences(found, tr("和现在用的说的一样。"))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, look.space[4], 24, look.space[2])
        column.setSpacing(look.space[2])
        if plan.trouble is not None:
            words = tr("照现在的情形起用不了：{why}", why=sentence(plan.trouble))
            said = Words(look, words, "body", "danger_text", wraps=True, name="rule_plan_trouble")
            column.addWidget(said)
        words = tr("撤回以后它又是草稿，可以再改。")
        if has_draft:
            words = tr("现在另有一份草稿：撤回以后，定好的这一份就没有了。")
        if plan.by:
            column.addWidget(Words(look, words, "body", "ink_2", wraps=True))
        column.addWidget(Scroll(changes), 1)
        self.said = Said(look, name="rule_plan_said")
        self.withdraw = Button(look, tr("撤回"), kind="secondary", name="rule_plan_withdraw")
        self.withdraw.clicked.connect(self._on_withdraw)
        self.set_body(body, foot=Foot(look, self.withdraw, said=self.said) if plan.by else None)
        self.closed.connect(self.deleteLater)

    def fail(self, error: Exception) -> None:
        """Why it stands as before."""
        self.withdraw.setEnabled(True)
        self.said.say(sentence(error), is_wrong=True)

    def _on_withdraw(self) -> None:
        self.withdraw.setEnabled(False)
        self.said.say("")
        self.withdrawn.emit()


def plan_title(plan: Planned) -> str:
    """From which day."""
    return capital(tr("{day} 起用", day=plan.begins_on.isoformat()))


def differences_of(plan: Planned, rules: Rules) -> tuple[Difference, ...]:
    """What it says otherwise than what holds now."""
    return compared(TwoVersions(rules.held, plan.rulebook, rules.names), rules)


def plan_row(look: Look, plan: Planned, rules: Rules) -> PanelRow:
    """A plan on the page: its day, how much is other, whose it is, and what is in its way."""
    count = tr("{count} 处不同", count=len(differences_of(plan, rules)))
    whose = tr("{name} 定的", name=plan.by) if plan.by else tr("总部定的")
    line, role = tr("，").join((count, whose)), "ink_2"
    if plan.trouble is not None:
        line, role = tr("起用不了，请点开看"), "danger_text"
    elif plan.begins_on <= rules.on:
        line = tr("，").join((tr("下一单起用"), count, whose))
    day = plan.begins_on.isoformat()
    return PanelRow(
        look,
        plan_title(plan),
        line=line,
        line_role=role,
        icon="calendar",
        action=tr("看一看"),
        name=f"plan_{day}",
        spoken=tr("看 {day} 起用的规则", day=day),
    )
