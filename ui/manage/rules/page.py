"""优惠规则: what the shop's rules say, as sentences; the versions that there were; the draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from core.actions.draft_rules import (
    DraftSeen,
    begin_draft,
    drop_draft,
    look_at_draft,
    publish_draft,
    switch_in_draft,
)
from core.actions.look_at_rules import Planned, Rules, TwoVersions, look_at_rules
from core.actions.plan_rules import plan_draft, withdraw_plan
from core.errors import DraftBroken, DraftElsewhere, NoDraft, NoPlan
from core.trust.staff import Staff
from ui.file_dialog import ask_for_rulebook
from ui.look import Look
from ui.manage.ask import AskSheet
from ui.manage.room import Room
from ui.manage.rules.draft import DRAFT, HELD, DraftBar
from ui.manage.rules.editing import Editing
from ui.manage.rules.part import ELSEWHERE, RulePart
from ui.manage.rules.past import PastPart
from ui.manage.rules.publish import PlanSheet, PublishSheet, plan_row
from ui.manage.rules.try_out import TryPanel
from ui.manage.rules.versions import VersionsSheet, compared, version_rows
from ui.manage.section import Section
from ui.rule_conditions import Names
from ui.rule_lines import Difference, RuleSection, sections
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.said import Said
from ui.widgets.scroll import Scroll
from ui.widgets.words import Rule, Words
from ui.work import Work

NARROW, ROOMY = 860, 1100
WIDEST = 1200
PANEL, LESS_PANEL = 440, 360
SIDE_WIDTH = 320
MARGIN, NARROW_MARGIN = 32, 16


class RulesPage(Room):
    """Asks anew whenever it is opened. Only a draft is changed here, until it is published."""

    name, icon = "rules", "offer"

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__(look, work, staff, title=tr("优惠规则"))
        self._rules: Rules | None = None
        self._draft: DraftSeen | None = None
        self._is_panel_open = False
        self._sought = ""
        self._editing = Editing(self)
        self._build()

    def refresh(self) -> None:
        """Ask for what holds."""
        self._sought = ""
        self.said.hide()
        self.work.ask(
            look_at_rules, staff=self.staff, topic="rules", then=self._show, failed=self.say
        )
        self.work.ask(
            look_at_draft,
            staff=self.staff,
            topic="rules_draft",
            then=self.show_draft,
            failed=self._say_of_draft,
        )

    def go_to(self, name: str) -> None:
        """Show what is said of tiers, say: `name` is that of a section."""
        self.refresh()
        self._sought = name

    def end(self) -> None:
        """Nobody waits for prices of the test basket, or of the past, any more."""
        self.panel.forget()
        self.past.end()

    def say(self, error: Exception) -> None:
        """One sentence above the rules, which stay as they were."""
        self.said.say(sentence(error), is_wrong=True)

    # Parts

    def _build(self) -> None:
        look = self.look
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        self._column = QVBoxLayout(inner)
        self._column.setSpacing(look.space[4])
        self._column.addLayout(self._build_head())
        self.said = Said(look, style="body", name="rules_said")
        self._column.addWidget(self.said)
        self.bar = DraftBar(look)
        self.bar.hide()  # until it is known who publishes
        self._column.addWidget(self.bar)
        self.bar.begun.connect(lambda: self._begin())
        self.bar.from_file.connect(lambda: ask_for_rulebook(self, self._begin))
        self.bar.turned.connect(lambda _name: self._show_rules())
        self.bar.tried.connect(lambda: self._open_panel(is_open=True))
        self.bar.dropped.connect(self._drop)
        self.bar.published.connect(self._open_publish)
        self.chain = Words(look, "", "body", "ink_2", wraps=True, name="rules_chain")
        self.chain.hide()
        self._column.addWidget(self.chain)
        self.plans = Section(look, tr("定好要起用的"), name="rules_plans")
        self.plans.hide()
        self._column.addWidget(self.plans)
        self.past = PastPart(self)
        self._column.addWidget(self.past)
        self.parts = QVBoxLayout()
        self.parts.setSpacing(look.space[4])
        self.versions = Section(look, tr("{all:版本|版本}", all=""), name="rules_versions")
        self._aside = QVBoxLayout()
        self._aside.addWidget(self.versions)
        self._aside.addStretch(1)
        self._beside = QHBoxLayout()
        self._beside.setSpacing(look.space[5])
        self._beside.addLayout(self.parts, 1)
        self._beside.addLayout(self._aside)
        self._column.addLayout(self._beside)
        self._column.addStretch(1)
        self.rules = Scroll(inner)
        self.beside = Rule(look, upright=True)
        self.panel = TryPanel(look, self.work, self.staff)
        self.panel.folded.connect(lambda: self._open_panel(is_open=False))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.rules, 1)
        outer.addWidget(self.beside)
        outer.addWidget(self.panel)
        self._arrange()

    def _build_head(self) -> QHBoxLayout:
        look = self.look
        self.book = Words(look, "", "body", "ink_2", elides=True, name="rules_book")
        self.held = Chip(look, kind="inverse", name="rules_held")
        self.compare = Button(look, tr("比较版本"), kind="secondary", name="rules_compare")
        self.compare.clicked.connect(lambda: self._open_versions(None))
        self.compare.hide()
        row = QHBoxLayout()
        row.setSpacing(look.space[3])
        row.addWidget(Words(look, self.title, "title"))
        row.addWidget(self.held)
        self.new = Button(look, tr("新优惠…"), kind="secondary", icon="plus", name="rules_new")
        self.new.clicked.connect(self._editing.open_new)
        self.new.hide()
        row.addWidget(self.book, 1)
        row.addWidget(self.compare)
        row.addWidget(self.new)
        return row

    def _open_panel(self, *, is_open: bool) -> None:
        self._is_panel_open = is_open
        self._arrange()

    def _arrange(self) -> None:
        """The test basket beside the draft; where there is no room it takes the page's place."""
        is_draft = self._draft is not None and self.bar.which.current() == DRAFT
        is_narrow = self.width() < NARROW
        is_open = is_draft and (self._is_panel_open or not is_narrow)
        self.panel.setVisible(is_open)
        self.panel.fold.setVisible(is_narrow)
        self.beside.setVisible(is_open and not is_narrow)
        self.rules.setVisible(not (is_open and is_narrow))
        self.bar.try_out.setVisible(is_draft and is_narrow)
        wide = PANEL if self.width() >= ROOMY else LESS_PANEL
        self.panel.setMinimumWidth(0 if is_narrow else wide)
        self.panel.setMaximumWidth(WIDEST if is_narrow else wide)
        self.versions.setVisible(not is_draft and self._rules is not None)
        self.past.setVisible(is_draft)
        self.new.setVisible(is_draft)
        side = NARROW_MARGIN if self.width() < ROOMY else MARGIN
        self._column.setContentsMargins(side, self.look.space[4], side, self.look.space[4])
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._beside.setDirection(down if is_narrow else across)
        if is_narrow:
            self.versions.setMinimumWidth(0)
            self.versions.setMaximumWidth(WIDEST)
        else:
            self.versions.setFixedWidth(SIDE_WIDTH)

    # What arrived

    def _show(self, rules: Rules) -> None:
        self._rules = rules
        self.past.begin(rules.on)
        self.book.setText(rules.held.name)
        self.held.set_text(tr("第 {version} 版，正在使用", version=rules.held.version))
        self.chain.setVisible(bool(rules.chain))
        self.chain.setText(
            tr(
                "规则册由总部“{chain}”发布。这里只看；要改请总部用 office rulebook publish 发布。",
                chain=rules.chain,
            )
        )
        self.compare.setVisible(len(rules.versions) > 1)
        self.bar.setVisible(not rules.chain)
        self._show_rules()
        self._show_plans(rules)
        self._show_versions(rules)

    @property
    def shown(self) -> Rules | None:
        """What holds, None before it is known."""
        return self._rules

    @property
    def draft_seen(self) -> DraftSeen | None:
        """The draft that shows, if there is one."""
        return self._draft

    def show_draft(self, seen: DraftSeen | None) -> None:
        """The draft as it is now, None where there is none."""
        self._draft = seen
        self.bar.show_state(len(self._found()) if seen is not None else None)
        if seen is not None:
            self.panel.show_draft(seen)
            self.past.show_turn(seen.draft.turn)
        self._show_rules()

    def _say_of_draft(self, error: Exception) -> None:
        """One that cannot be read now may still be there, as it was."""
        if isinstance(error, DraftBroken):
            self._draft = None
            self.bar.show_state(None, is_broken=True)
        self.say(error)

    def _found(self) -> tuple[Difference, ...]:
        """What the draft says otherwise than what holds."""
        rules, seen = self._rules, self._draft
        if rules is None or seen is None:
            return ()
        two = TwoVersions(seen.held, seen.draft.rulebook, seen.names)
        return compared(two, rules)

    def _show_rules(self) -> None:
        rules, seen = self._rules, self._draft
        self._arrange()
        if rules is None:
            return
        on, store = rules.on, rules.store
        if seen is None or self.bar.which.current() == HELD:
            self._show_parts(sections(rules.held, Names(rules.names), on=on, store=store))
            return
        names, book = Names(seen.names), seen.draft.rulebook
        left = {offer.id for offer in book.offers}
        gone = [offer for offer in seen.held.offers if offer.id not in left]
        whole = replace(book, offers=(*book.offers, *gone))
        parts = sections(whole, names, on=on, store=store)
        self._show_parts(parts, off=frozenset(offer.id for offer in gone))

    def _show_parts(
        self, parts: tuple[RuleSection, ...], *, off: frozenset[str] | None = None
    ) -> None:
        while (item := self.parts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for part in parts:
            if off is None and not part.lines:
                continue
            section = RulePart(self.look, part, off=off, warns=self._editing.warns)
            section.more.connect(partial(self._open_part, part.name, part.title))
            section.acted.connect(self._act)
            self.parts.addWidget(section)
        self.parts.addStretch(1)
        self.rules.scroll_to(f"rules_{self._sought}")

    def _open_part(self, name: str, title: str) -> None:
        if name in ELSEWHERE:
            self.went.emit(ELSEWHERE[name])
        else:
            self._editing.open_section(name, title)

    def _show_plans(self, rules: Rules) -> None:
        rows: list[QWidget] = []
        for plan in rules.plans:
            row = plan_row(self.look, plan, rules)
            row.acted.connect(partial(self._open_plan, plan, rules))
            rows.append(row)
        self.plans.show_rows(rows, "")
        self.plans.setVisible(bool(rows))

    def _open_plan(self, plan: Planned, rules: Rules) -> None:
        has_draft = self._draft is not None
        sheet = PlanSheet(self.look, self.window(), plan, rules, has_draft=has_draft)
        sheet.withdrawn.connect(partial(self._do, withdraw_plan, plan.begins_on, sheet=sheet))
        sheet.open()

    def _show_versions(self, rules: Rules) -> None:
        rows = list(version_rows(self.look, rules, self._open_versions))
        self.versions.count.setText(tr("{count} 版", count=len(rules.versions)))
        self.versions.show_rows(rows, "")

    def _open_versions(self, version: int | None) -> None:
        rules = self._rules
        if rules is not None:
            chosen = rules.held.version if version is None else version
            sheet = VersionsSheet(self.look, self.window(), self.work, self.staff, rules, chosen)
            sheet.copied.connect(lambda version: self._begin(version=version))
            sheet.open()

    # The draft

    def _begin(self, path: str = "", version: int = 0) -> None:
        self._do(begin_draft, path=path, version=version, then=self._on_begun)

    def _on_begun(self) -> None:
        self.bar.which.set_current(DRAFT)
        self.refresh()

    def _drop(self) -> None:
        def drop(_answers: object) -> None:
            self._do(drop_draft, sheet=sheet)

        title, verb = tr("放弃草稿"), tr("放弃")
        says = tr("草稿里写过的都会没有，找不回来；正在用的规则不变。")
        sheet = AskSheet(self.look, self.window(), title, verb, (), drop, says=says)
        sheet.begin()

    def _act(self, key: str, deed: str) -> None:
        seen = self._draft
        if seen is None:
            return
        if deed in ("edit", "copy"):
            self._editing.open_offer(key, copies=deed == "copy")
            return
        self._do(switch_in_draft, key, is_on=deed == "on", turn=seen.draft.turn)

    def _open_publish(self) -> None:
        seen, rules = self._draft, self._rules
        if seen is None or rules is None:
            return
        sheet = PublishSheet(self.look, self.window(), self._found(), rules.on)
        sheet.agreed.connect(partial(self._publish, sheet, seen.draft.turn))
        sheet.open()

    def _publish(self, sheet: PublishSheet, turn: int, begins_on: date | None) -> None:
        if begins_on is None:
            self._do(publish_draft, turn=turn, sheet=sheet)
        else:
            self._do(plan_draft, begins_on, turn=turn, sheet=sheet)

    def _do(
        self,
        action: Callable[..., Any],
        *words: Any,
        sheet: AskSheet | PlanSheet | PublishSheet | None = None,
        then: Callable[[], object] | None = None,
        **named: Any,
    ) -> None:
        """Ask for it. Refused, its sheet stays, unless what that shows is no more so."""

        def is_open() -> bool:
            return sheet is not None and isValid(sheet) and not sheet.isHidden()

        def done(_done: object) -> None:
            if sheet is not None and is_open():
                sheet.shut()
            (then or self.refresh)()

        def refused(error: Exception) -> None:
            is_late = isinstance(error, DraftElsewhere | NoDraft | NoPlan)
            if sheet is not None and is_open():
                if not is_late:
                    sheet.fail(error)
                    return
                sheet.shut()
            if is_late:  # whoever was too late sees what stands there now
                self.refresh()
            self.say(error)

        self.said.hide()
        self.work.act(action, *words, staff=self.staff, then=done, failed=refused, **named)

    # Of Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
