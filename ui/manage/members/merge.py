"""合并会员: what two will come to, in numbers, and whose fields stay, before anybody presses."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.merge_members import Merging, merge_members
from core.actions.merged_fields import FieldOfTwo
from core.actions.preview_merge import MergePreview, preview_merge
from core.members.masks import mask_card, mask_name
from core.members.member import MemberFile
from core.members.merge import UNDO_DAYS
from core.trust.rights import Approval
from core.trust.staff import Staff
from ui.login.override import OverrideSheet
from ui.login.override_flow import OverrideFlow
from ui.look import Look
from ui.manage.members.field_words import field_label, value_words
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.panel_row import FactRow
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words
from ui.work import Work

SIZE = (760, 620)
SIDE = 24
LABEL = 96
LONGEST = 16
INTO, GONE = "into", "gone"


class MergeSheet(Sheet):
    """Of these two by their ids; `done` gives the id of the one who stays. Gone when it is closed.

    Who joined first stays, unless somebody says otherwise. `begin` opens it.
    """

    refuses_scans = True
    done = Signal(object)

    def __init__(
        self,
        look: Look,
        window: QWidget,
        work: Work,
        staff: Staff,
        first: UUID,
        second: UUID,
    ) -> None:
        super().__init__(look, window, tr("合并会员"), size=SIZE, name="merge")
        self._work = work
        self.staff = staff
        self._pair = [first, second]
        self._is_fresh = True
        self._preview: MergePreview | None = None
        self._choices: dict[str, Segments] = {}
        self.stays = Segments(look, [], name="merge_stays", spoken=tr("留下哪一位"))
        self.sum = Words(look, "", "item", bold=True, wraps=True, name="merge_sum")
        self.told = Said(look, name="merge_said")
        self.press = Button(
            look, tr("合并"), kind="primary", height=look.sizes.control, name="merge_do"
        )
        self.press.setEnabled(False)
        self.press.clicked.connect(lambda: self._merge(None))
        self._rows = QVBoxLayout()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(look.space[2])
        self._rows.addWidget(self.sum)
        column.addLayout(self._rows)
        column.addStretch(1)
        self.set_body(body, Foot(look, self.press, said=self.told))
        self._override = OverrideSheet(look, window)
        self._flow = OverrideFlow(work, self, self._override, self)
        self.closed.connect(self._override.deleteLater)
        self.closed.connect(self.deleteLater)

    def begin(self) -> None:
        """Open it, and ask what a merge would do."""
        self.open()
        self._ask()

    def say(self, error: Exception) -> None:
        """Why it is not done; nothing was changed."""
        self.press.setEnabled(self._preview is not None)
        self.told.say(sentence(error), is_wrong=True)

    def _ask(self) -> None:
        into, gone = self._pair
        self._work.ask(
            preview_merge,
            gone,
            into,
            staff=self.staff,
            topic="merge_preview",
            then=self._show,
            failed=self._refused,
        )

    def _refused(self, error: Exception) -> None:
        self._preview = None
        self.say(error)

    def _show(self, said: MergePreview) -> None:
        if self._is_fresh and said.elder_is_gone:
            self._is_fresh = False
            self._pair.reverse()
            self._ask()
            return
        self._is_fresh = False
        self._preview = said
        self.told.say(tr("{days} 天内可以在档案里撤销", days=UNDO_DAYS))
        self._fill(said)
        self.press.setEnabled(True)

    # Parts

    def _fill(self, said: MergePreview) -> None:
        look = self._look
        _clear(self._rows)
        self._choices = {}
        into, gone = said.merging.into, said.merging.gone
        self._rows.setSpacing(look.space[2])
        self._rows.addWidget(Words(look, tr("留下哪一位"), "small", "ink_2"))
        self.stays = Segments(
            look,
            [Segment(INTO, _who(into)), Segment(GONE, _who(gone))],
            name="merge_stays",
            spoken=tr("留下哪一位"),
        )
        self.stays.chosen.connect(lambda _name: self._turn())
        stays = QHBoxLayout()
        stays.addWidget(self.stays)
        stays.addStretch(1)
        self._rows.addLayout(stays)
        self._rows.addSpacing(look.space[2])
        points = f"{said.merging.points:,}"
        sum_up = tr(
            "合并后 2 张卡、{points} 分归入{name}", points=points, name=mask_name(into.member.name)
        )
        self.sum = Words(look, sum_up, "item", bold=True, wraps=True, name="merge_sum")
        self._rows.addWidget(self.sum)
        for label, value in _facts(said):
            self._rows.addWidget(FactRow(look, label, value, height=look.sizes.control))
        if said.fields:
            self._rows.addSpacing(look.space[3])
            self._rows.addWidget(Words(look, tr("资料以谁的为准"), "body", bold=True))
            self._rows.addWidget(Rule(look, strong=True))
            for each in said.fields:
                self._rows.addLayout(self._choice(each))

    def _choice(self, each: FieldOfTwo) -> QHBoxLayout:
        label = Words(self._look, field_label(each.field), "body", "ink_2")
        label.setFixedWidth(LABEL)
        ours, theirs = (value_words(each.field, value) for value in (each.into, each.gone))
        chosen = Segments(
            self._look,
            [Segment(INTO, _short(ours)), Segment(GONE, _short(theirs))],
            name=f"merge_{each.field}",
            spoken=field_label(each.field),
        )
        chosen.set_tips({INTO: ours, GONE: theirs})
        chosen.set_current(INTO if each.into else GONE)
        if not each.into:
            chosen.show_only([GONE])
        self._choices[each.field] = chosen
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(chosen)
        row.addStretch(1)
        return row

    # What people do

    def _turn(self) -> None:
        self._pair.reverse()
        self.press.setEnabled(False)
        self._ask()

    def _merge(self, approval: Approval | None) -> None:
        if self._preview is None:
            return
        merging = self._preview.merging
        self.press.setEnabled(False)
        self._work.act(
            merge_members,
            merging.gone.member.card_no,
            merging.into.member.card_no,
            takes=[field for field, each in self._choices.items() if each.current() == GONE],
            staff=self.staff,
            approval=approval,
            then=self._merged,
            failed=self._not_done,
        )

    def _not_done(self, error: Exception) -> None:
        if not self._flow.mends(error, self._merge, words=tr("合并会员")):
            self.say(error)
        self.press.setEnabled(True)

    def _merged(self, merging: Merging) -> None:
        self.shut()
        self.done.emit(merging.into.member.id)


def _who(file: MemberFile) -> str:
    return f"{mask_name(file.member.name)} {mask_card(file.member.card_no)}".strip()


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _facts(said: MergePreview) -> list[tuple[str, str]]:
    into, gone = said.merging.into, said.merging.gone
    both = into.points + said.merging.points
    points = f"{into.points:,} + {said.merging.points:,} = {both:,}".replace("-", "−")
    facts = [(tr("积分，到期日不变"), points), (tr("等级"), said.tier)]
    if said.coupons:
        facts.append((tr("{all:券|券}", all=""), tr("{count} 张归入", count=said.coupons)))
    if said.notes:
        facts.append((tr("备注"), tr("{count} 条归入", count=said.notes)))
    if said.bought:
        facts.append((tr("12 个月的消费"), tr("{count} 次归入", count=said.bought)))
    if gone.lapsed_points:
        lapsed = tr("{points} 分已过期，不归入", points=f"{gone.lapsed_points:,}")
        facts.append((tr("过期积分"), lapsed))
    return facts


def _clear(column: QVBoxLayout | QHBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner := item.layout(), QVBoxLayout | QHBoxLayout):
            _clear(inner)
