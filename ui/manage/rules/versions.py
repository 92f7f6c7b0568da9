"""比较版本: a version held against the one in use, or against the one before it, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.look_at_rules import Rules, TwoVersions, Version, two_versions
from core.trust.staff import Staff
from ui.look import Look
from ui.rule_conditions import Names
from ui.rule_lines import Difference, differences, sections
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.foot import Foot
from ui.widgets.list_form import ListForm
from ui.widgets.panel_row import PanelRow
from ui.widgets.scroll import Scroll
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words
from ui.work import Work

SIZE = (1040, 660)
WIDTHS = ((900, 280), (0, 220))
HELD, BEFORE = "held", "before"
MOST_VERSIONS = 12


def version_rows(look: Look, rules: Rules, then: Callable[[int], object]) -> Iterator[QWidget]:
    """The newest versions, each with the way to compare it."""
    for each in rules.versions[:MOST_VERSIONS]:
        row = PanelRow(
            look,
            tr("第 {version} 版", version=each.version),
            line=version_words(each, rules),
            action=tr("比较") if len(rules.versions) > 1 else "",
            name=f"version_{each.version}",
            spoken=tr("比较第 {version} 版", version=each.version),
        )
        row.acted.connect(partial(then, each.version))
        yield row


class DifferenceRow(QWidget):
    """One rule of two versions: what was said, and what is said instead."""

    def __init__(self, look: Look, difference: Difference) -> None:
        super().__init__()
        words, kind = kind_words(difference)
        self.setAccessibleName(
            " ".join(w for w in (words, difference.title, difference.before, difference.after) if w)
        )
        head = QHBoxLayout()
        head.setSpacing(look.space[2])
        head.addWidget(Chip(look, words, kind=kind))
        head.addWidget(Words(look, difference.title, "body", bold=True, elides=True), 1)
        head.addWidget(Words(look, difference.section, "small", "ink_2"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.space[3], 0, 0)
        column.setSpacing(look.space[1])
        column.addLayout(head)
        for label, text, role in (
            (tr("原来"), difference.before, "ink_2"),
            (tr("现在"), difference.after, "ink"),
        ):
            if text:
                line = QHBoxLayout()
                line.setSpacing(look.space[3])
                line.addWidget(Words(look, label, "small", "ink_2"))
                line.addWidget(Words(look, text, "body", role, wraps=True), 1)
                column.addLayout(line)
        column.addSpacing(look.space[2])
        column.addWidget(Rule(look))


class DifferenceList(QWidget):
    """All differences below each other, or the sentence that there are none."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, look.space[3], 0)
        self._column.setSpacing(0)

    def show_differences(self, found: Sequence[Difference], nothing: str) -> None:
        """Other ones."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for difference in found:
            self._column.addWidget(DifferenceRow(self._look, difference))
        if not found:
            self._column.addWidget(Words(self._look, nothing, "item", "ink_2", wraps=True))
        self._column.addStretch(1)


class VersionsSheet(Sheet):
    """The versions at the left, what is different at the right.

    `copied` gives the version of which a draft is wanted, so that an older one comes back.
    """

    refuses_scans = True
    copied = Signal(int)

    def __init__(
        self, look: Look, window: QWidget, work: Work, staff: Staff, rules: Rules, version: int
    ) -> None:
        title = tr("比较版本")
        super().__init__(look, window, title, size=SIZE, name="rule_versions")
        self._work, self._staff, self._rules = work, staff, rules
        self._version = version
        self.list = ChoiceList(look, name="rule_versions_list", spoken=tr("版本"))
        places = [each.version for each in rules.versions]
        self.list.show_rows(
            [version_choice(each, rules) for each in rules.versions],
            current=places.index(version),
        )
        self.list.moved.connect(self._choose)
        self.against = Segments(
            look,
            (Segment(HELD, tr("和正在用的比")), Segment(BEFORE, tr("和它前一版比"))),
            name="rule_against",
            spoken=tr("和哪一版比"),
        )
        self.against.chosen.connect(lambda _name: self._ask())
        self.says = Words(look, "", "body", "ink_2", wraps=True, name="rule_versions_said")
        self.found = DifferenceList(look)
        body = ListForm(look, self.list, widths=WIDTHS)
        body.form.addWidget(self.against)
        body.form.addWidget(self.says)
        body.form.addWidget(Scroll(self.found), 1)
        body.fit(window.width(), is_low=window.height() < 600)
        if version == rules.held.version:
            self.against.set_current(BEFORE)
        self.copy = Button(look, tr("照这一版写草稿"), kind="secondary", name="rule_copy")
        self.copy.clicked.connect(self._on_copy)
        self.copy.setVisible(not rules.chain)
        self.set_body(body, foot=Foot(look, self.copy))
        self.closed.connect(self.deleteLater)
        self._ask()

    def _on_copy(self) -> None:
        self.copied.emit(self._version)
        self.shut()

    def _choose(self, version: object) -> None:
        if isinstance(version, int):
            self._version = version
            self._ask()

    def _ask(self) -> None:
        before, after = self._pair()
        if before == after:
            words = tr("第 {version} 版，正在使用。", version=after)
            if self.against.current() == BEFORE:
                words = tr("第 {version} 版是第一版。", version=after)
            self.says.setText("")
            self.found.show_differences((), words)
            return
        self._work.ask(
            two_versions,
            before,
            after,
            staff=self._staff,
            topic="rule_versions",
            then=self._show,
            failed=self._say,
        )

    def _say(self, error: Exception) -> None:
        self.says.setText(sentence(error))

    def _pair(self) -> tuple[int, int]:
        """The older and the newer of the two."""
        if self.against.current() == HELD:
            first, second = sorted((self._version, self._rules.held.version))
            return first, second
        older = [each.version for each in self._rules.versions if each.version < self._version]
        return max(older, default=self._version), self._version

    def _show(self, two: TwoVersions) -> None:
        found = compared(two, self._rules)
        self.says.setText(
            tr(
                "从第 {before} 版到第 {after} 版，{count} 处不同",
                before=two.before.version,
                after=two.after.version,
                count=len(found),
            )
        )
        self.found.show_differences(found, tr("两版说的一样。"))


def compared(two: TwoVersions, rules: Rules) -> tuple[Difference, ...]:
    """What the second says otherwise than the first; every product is named."""
    names = Names(two.names, most=None)
    before, after = (
        sections(book, names, on=rules.on, store=rules.store) for book in (two.before, two.after)
    )
    return differences(before, after)


def kind_words(difference: Difference) -> tuple[str, str]:
    """What became of a rule, and the kind of its chip."""
    if not difference.before:
        return tr("新增"), "inverse"
    return (tr("改了"), "warn") if difference.after else (tr("去掉"), "danger")


def version_choice(each: Version, rules: Rules) -> Choice:
    """A version as a row to choose."""
    title = tr("第 {version} 版", version=each.version)
    return Choice(each.version, title, sub=version_words(each, rules), icon="offer")


def version_words(each: Version, rules: Rules) -> str:
    """Whether it is in use, from when, or that nothing was sold under it."""
    said = [tr("正在使用")] if each.version == rules.held.version else []
    if each.first_on is not None:
        said.append(tr("{day} 第一次用", day=each.first_on.isoformat()))
    elif each.begins_on is not None and each.begins_on > rules.on:
        said.append(tr("{day} 起用", day=each.begins_on.isoformat()))
    else:
        said.append(tr("还没有小票"))
    return tr("，").join(said)
