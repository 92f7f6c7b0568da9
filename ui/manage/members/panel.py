"""档案: one member at the right of the table: figures, what is urgent, and all that is behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.file_more import Relation
from core.actions.look_at_member import look_at_member
from core.actions.member_file import RecordFile, record_file
from core.actions.statement import statement
from core.actions.undo_merge import Undoable
from core.members.member import Member
from core.members.phone import format_phone
from core.sales.statement import Statement
from core.trust.staff import Staff
from core.values.moment import months_before
from core.values.money import format_money
from ui.here import day_words
from ui.labour import Labour
from ui.look import Look
from ui.manage.members import file_words as words
from ui.manage.members import more_words
from ui.manage.members.consent import consent_lines
from ui.manage.members.deeds import FileDeeds
from ui.manage.members.file_words import FileLine
from ui.manage.members.timeline_part import TimelinePart
from ui.manage.section import Section
from ui.text import birthday_words, sentence, tr
from ui.widgets.banner import Action, Banner
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.key_figure import KeyFigure
from ui.widgets.panel_row import PanelRow
from ui.widgets.said import Said
from ui.widgets.scroll import Scroll
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Rule, Words
from ui.work import Work

SEEN_MS = 15_000
YEAR_MONTHS = 12
FEW = 5
MOST = 100
OVERVIEW, PROFILE, POINTS, BOUGHT = "overview", "profile", "points", "bought"
COUPONS, TIERS, TIMELINE = "coupons", "tiers", "timeline"


class MemberPanel(QWidget):
    """Asks for its member anew each time it is opened; `closed` where somebody closes it.

    `went` gives a part of another room, to which something in the file leads, `paper_asked` the
    number of a ticket that is to be shown.
    """

    closed = Signal()
    paper_asked = Signal(str)
    went = Signal(str)

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__()
        self._look = look
        self._work = work
        self._staff = staff
        self.member_id: UUID | None = None
        self._file: RecordFile | None = None
        self._labour = Labour(self)
        self.setObjectName("member_panel")
        self.setAccessibleName(tr("会员档案"))
        self.deeds = FileDeeds(look, work, staff, self)
        self.deeds.done.connect(self._again)
        self.deeds.opened.connect(self.open)
        self.deeds.failed.connect(self._fail)
        self.deeds.told.connect(lambda words: self.said.say(words))
        self.deeds.gone.connect(self.closed)
        self._build()
        self._seen = QTimer(self)
        self._seen.setSingleShot(True)
        self._seen.setInterval(SEEN_MS)
        self._seen.timeout.connect(self._mask)

    def open(self, member_id: UUID) -> None:
        """Show a member; what was unmasked is masked again."""
        self.member_id = member_id
        self._work.ask(
            record_file,
            member_id,
            staff=self._staff,
            topic="member_file",
            then=self._show,
            failed=self._fail,
        )

    # Parts

    def _build(self) -> None:
        look, space = self._look, self._look.space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(space[4], space[3], space[4], space[2])
        head.setSpacing(space[1])
        head.addLayout(self._build_name())
        self.about = Words(look, "", "small", "ink_2", elides=True, name="member_about")
        head.addWidget(self.about)
        head.addSpacing(space[2])
        head.addLayout(self._build_figures())
        self.tabs = Segments(
            look,
            [
                Segment(OVERVIEW, tr("概况")),
                Segment(PROFILE, tr("资料")),
                Segment(POINTS, tr("积分")),
                Segment(BOUGHT, tr("买过")),
                Segment(COUPONS, tr("卡券")),
                Segment(TIERS, tr("等级")),
                Segment(TIMELINE, tr("动态")),
            ],
            name="member_tabs",
            spoken=tr("会员档案"),
        )
        self.tabs.chosen.connect(lambda _name: self._show_tab())
        tabs = QHBoxLayout()
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        head.addSpacing(space[2])
        head.addLayout(tabs)
        column.addLayout(head)
        column.addWidget(Rule(look))
        self._inner = QWidget()
        self._rows = QVBoxLayout(self._inner)
        self._rows.setContentsMargins(space[4], space[3], space[4], space[3])
        self._rows.setSpacing(space[2])
        column.addWidget(Scroll(self._inner), 1)
        column.addWidget(Rule(look))
        column.addLayout(self._build_foot())

    def _build_name(self) -> QHBoxLayout:
        look = self._look
        self.name = Words(look, "", "title", bold=True, elides=True, name="member_name")
        self.tier = Chip(look, kind="inverse", name="member_tier", parent=self)
        self.eye = Button(
            look, kind="quiet", icon="eye", name="member_eye", spoken=tr("看完整资料，会记下来")
        )
        self.eye.setToolTip(tr("看完整资料，会记下来"))
        self.eye.clicked.connect(self._look_at)
        close = Button(look, kind="quiet", icon="close", name="member_close", spoken=tr("关闭"))
        close.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setSpacing(look.space[2])
        row.addWidget(self.name, 1)
        row.addWidget(self.tier)
        row.addWidget(self.eye)
        row.addWidget(close)
        return row

    def _build_figures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._look.space[4])
        self.points = KeyFigure(self._look, tr("积分"), name="member_points")
        self.spent = KeyFigure(self._look, tr("近 12 个月"), name="member_spent")
        self.visits = KeyFigure(self._look, tr("到店次数"), name="member_visits")
        for figure, tab in ((self.points, POINTS), (self.spent, BOUGHT), (self.visits, BOUGHT)):
            figure.line.hide()
            figure.opened.connect(lambda tab=tab: self._go_to(tab))
            row.addWidget(figure, 1)
        return row

    def _build_foot(self) -> QVBoxLayout:
        space = self._look.space
        self.said = Said(self._look, name="member_said")
        self.paper = Button(self._look, tr("对账单"), icon="export", name="member_statement")
        self.paper.clicked.connect(self._ask_statement)
        self.edit = Button(self._look, tr("改资料"), icon="user", name="member_edit")
        self.edit.clicked.connect(lambda: self._with_file(self.deeds.edit))
        self.more = Button(self._look, tr("办理"), icon="plus", name="member_deeds")
        self.more.clicked.connect(lambda: self._with_file(self.deeds.choose))
        buttons = QHBoxLayout()
        buttons.setSpacing(space[2])
        for button in (self.edit, self.more, self.paper):
            buttons.addWidget(button)
        foot = QVBoxLayout()
        foot.setContentsMargins(space[4], space[2], space[4], space[2])
        foot.addWidget(self.said)
        foot.addLayout(buttons)
        return foot

    # What arrived

    def _show(self, file: RecordFile) -> None:
        is_other = self._file is None or self._file.member_id != file.member_id
        self._file = file
        self._seen.stop()
        self.said.say("")
        self._mask()
        self.tier.set_text(file.tier)
        self.points.show_figure(f"{file.points:,}".replace("-", "−"))
        self.spent.show_figure(format_money(file.spent_fen))
        self.visits.show_figure(f"{file.visits:,}")
        if is_other:
            self.tabs.set_current(OVERVIEW)
        self._show_tab()

    def _mask(self) -> None:
        if self._file is not None:
            self.name.setText(self._file.name)
            self.about.setText(words.about_words(self._file))

    def _show_tab(self) -> None:
        file = self._file
        if file is None:
            return
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        match self.tabs.current():
            case "points":
                self._add(tr("有效积分"), words.lot_lines(file), tr("没有积分。"))
                self._add(tr("12 个月的变动"), words.moved_lines(file), tr("没有变动。"))
            case "bought":
                self._add(tr("12 个月的消费"), words.bought_lines(file), tr("没有消费。"))
            case "profile":
                self._show_profile(file)
            case "coupons":
                self._add(tr("卡"), more_words.card_lines(file), tr("没有卡。"))
                self._add(
                    tr("{all:券|券}", all=""), more_words.coupon_lines(file.more), tr("没有券。")
                )
            case "tiers":
                self._add(tr("等级怎么来的"), words.tier_lines(file), tr("等级没有变过。"))
            case "timeline":
                self._show_timeline(file)
            case _:
                self._show_overview(file)
        self._rows.addStretch(1)

    def _show_overview(self, file: RecordFile) -> None:
        for alert in words.alerts(file):
            banner = Banner(self._look, alert.title, alert.line, tone=alert.tone, icon=alert.icon)
            self._rows.addWidget(banner)
        if file.more.is_stale:
            banner = Banner(
                self._look,
                tr("资料该核对了"),
                words.verified_words(file),
                tone="warn",
                icon="clock",
                action=Action("verify", tr("已核对")),
                name="member_stale",
            )
            banner.answered.connect(lambda _name: self._with_file(self.deeds.verify))
            self._rows.addWidget(banner)
        if file.notes:
            self._add(tr("备注"), words.note_lines(file), "")
        self._add(tr("积分到期日"), words.expiry_lines(file)[:FEW], tr("没有积分。"))
        self._add(tr("最近消费"), words.bought_lines(file)[:FEW], tr("12 个月没有在这台买过。"))

    def _show_profile(self, file: RecordFile) -> None:
        self._add(tr("资料"), more_words.field_lines(file), "")
        self._add(tr("同意"), consent_lines(file), "")
        for merge in file.more.merges:
            row = PanelRow(
                self._look,
                tr("并入了{name}", name=merge.name),
                line=tr("{day}前可以撤销", day=day_words(merge.last_day)),
                action=tr("撤销"),
                name="member_merge",
            )
            row.acted.connect(partial(self._undo, merge))
            self._rows.addWidget(row)
        if file.more.relations:
            section = Section(self._look, tr("家人和介绍"), name="member_section")
            section.show_rows([self._relation(each) for each in file.more.relations], "")
            self._rows.addWidget(section)
        self._add(tr("改过什么"), more_words.edit_lines(file.more), tr("资料没有改过。"))

    def _show_timeline(self, file: RecordFile) -> None:
        part = TimelinePart(self._look, self._work, self._staff, file.member_id)
        part.tab.connect(self._go_to)
        part.paper_asked.connect(self.paper_asked)
        part.went.connect(self.went)
        part.failed.connect(self._fail)
        self._rows.addWidget(part)

    def _relation(self, relation: Relation) -> PanelRow:
        line = more_words.relation_line(relation)
        row = PanelRow(
            self._look, line.title, line=line.line, action=tr("看档案"), name="member_relation"
        )
        row.acted.connect(partial(self.open, relation.member_id))
        return row

    def _undo(self, merge: Undoable) -> None:
        self._with_file(lambda file: self.deeds.undo(file, merge))

    def _with_file(self, then: Callable[[RecordFile], object]) -> None:
        if self._file is not None:
            then(self._file)

    def _again(self) -> None:
        """Something of them is another now."""
        if self.member_id is not None:
            self.open(self.member_id)

    def _add(self, title: str, lines: Sequence[FileLine], nothing: str) -> None:
        section = Section(self._look, title, name="member_section")
        if len(lines) > FEW:
            section.count.setText(tr("{count} 条", count=f"{len(lines):,}"))
        section.show_rows([self._line(each) for each in lines[:MOST]], nothing)
        self._rows.addWidget(section)

    def _line(self, each: FileLine) -> PanelRow:
        action = tr("看单") if each.paper else ""
        spoken = tr("看单 {no}", no=each.paper) if each.paper else ""
        row = PanelRow(
            self._look,
            each.title,
            line=each.line,
            amount=each.amount,
            action=action,
            spoken=spoken,
            grows=True,
            name="file_row",
        )
        row.acted.connect(lambda: self.paper_asked.emit(each.paper))
        return row

    def _go_to(self, tab: str) -> None:
        self.tabs.set_current(tab)
        self._show_tab()

    # Deeds

    def _look_at(self) -> None:
        if self._file is not None:
            self._work.act(
                look_at_member,
                self._file.member_id,
                staff=self._staff,
                then=self._show_whole,
                failed=self._fail,
            )

    def _show_whole(self, member: Member) -> None:
        if self._file is None or self._file.member_id != member.id:
            return
        self.name.setText(member.name)
        phone = format_phone(member.phone) if member.phone else ""
        born = birthday_words(member.birthday) if member.birthday else ""
        self.about.setText("　".join(part for part in (phone, born) if part))
        self._seen.start()

    def _ask_statement(self) -> None:
        from ui.file_dialog import ask_where

        file = self._file
        if file is None:
            return

        def make(chosen: str) -> None:
            self._work.act(
                statement,
                file.member_id,
                months_before(file.today, YEAR_MONTHS),
                staff=self._staff,
                then=lambda made: self._write(Path(chosen), made),
                failed=self._fail,
            )

        ask_where(self, tr("对账单") + f"-{file.today}.pdf", make)

    def _write(self, path: Path, made: Statement) -> None:
        from ui.devices.files import write_file
        from ui.manage.members.statement_file import statement_pdf

        if self._labour.is_busy:
            return
        self._labour.begin(
            lambda: write_file(path, statement_pdf(made)),
            then=lambda _none: self.said.say(tr("存到 {path}", path=path)),
            failed=self._fail,
        )

    def _fail(self, error: Exception) -> None:
        self.said.say(sentence(error), is_wrong=True)

    # Of Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._look.colour("surface"))
