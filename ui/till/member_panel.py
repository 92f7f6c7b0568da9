"""会员栏: who stands at the counter, and what is worth saying to them now."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from ui.look import Layout, Look
from ui.text import tr
from ui.till.keys import DROP, IN_FULL, MEMBER
from ui.till.member_state import Fact, MemberBanner, MemberState
from ui.widgets import paint
from ui.widgets.banner import Action, Banner
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.panel_row import PanelRow
from ui.widgets.words import Words

TOP, TOP_LOW, TOP_LEAST = 20, 8, 4
IN_FULL_MS = 10_000
LONG_POINTS = len("99,999")
LINE_FACTS = 1


class MemberPanel(QWidget):
    """A member, masked. `dropped`: the sale is to be for nobody; `more_asked`: open the sheet.

    `personal_asked`: somebody wants to see name, phone and birthday in full.
    """

    dropped = Signal()
    more_asked = Signal()
    personal_asked = Signal()

    def __init__(self, look: Look, layout: Layout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._layout = layout
        self._shown: MemberState | None = None
        self._rows: list[PanelRow] = []
        self._shape: tuple[tuple[MemberBanner, ...], list[bool]] = ((), [])
        self._in_full = QTimer(self)
        self._in_full.setSingleShot(True)
        self._in_full.setInterval(IN_FULL_MS)
        self._in_full.timeout.connect(self.mask_again)
        self.setObjectName("member_panel")
        self.name = Words(look, "", "figure", elides=True, name="member_name")
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.tier = Chip(look, "", kind="inverse", name="member_tier")
        self.drop = Button(
            look,
            tr("不用会员"),
            kind="text",
            icon="close",
            key=DROP,
            name="member_drop",
            spoken=tr("本单不用会员"),
        )
        self.drop.clicked.connect(self.dropped)
        self.eye = Button(
            look,
            tr("完整资料"),
            kind="text",
            icon="eye",
            key=IN_FULL,
            name="member_in_full",
            spoken=tr("看完整资料，十秒后遮住"),
        )
        self.eye.clicked.connect(self.personal_asked)
        self.points = Words(look, "", "figure", align=paint.RIGHT, name="member_points")
        self.unit = Words(look, tr("分"), "body", "ink_2")
        self.contact = Words(look, "", "small", "ink_2", elides=True, name="member_contact")
        self._more = QVBoxLayout()
        self._more.setSpacing(0)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(self._name_row())
        self._column.addLayout(self._contact_row())
        self._column.addLayout(self._more)
        self._column.addLayout(self._drop_row())
        self._column.addStretch(1)
        self.set_layout(layout)

    def _drop_row(self) -> QHBoxLayout:
        self.more = Button(
            self._look,
            tr("备注·买过"),
            kind="text",
            icon="chat",
            key=MEMBER,
            name="member_more",
            spoken=tr("备注、最近买过、换卡、冻结"),
        )
        self.more.clicked.connect(self.more_asked)
        row = QHBoxLayout()
        row.addWidget(self.more)
        row.addStretch(1)
        row.addWidget(self.drop)
        return row

    def _contact_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._look.space[2])
        row.addWidget(self.contact, 1)
        row.addWidget(self.eye)
        return row

    def _name_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.name)
        row.addSpacing(8)
        row.addWidget(self.tier)
        row.addSpacing(8)
        row.addStretch(1)
        row.addWidget(self.points)
        self.unit.setContentsMargins(4, 0, 0, 0)
        self.unit.setFixedHeight(self._look.line("figure"))
        row.addWidget(self.unit)
        return row

    def set_layout(self, layout: Layout) -> None:
        """Take the measures for another width of the window."""
        self._layout = layout
        top = TOP if layout.member_rows else TOP_LEAST if layout.member_is_line else TOP_LOW
        self._column.setContentsMargins(layout.right_padding, top, layout.right_padding, 0)
        for button in (self.eye, self.more):
            button.set_key_shown(layout.shows_second_clauses)
        # As low as a window may be there is room for a line beside the name and the buttons.
        for part in (self.contact, self.eye):
            part.setVisible(not layout.member_is_line)
        self._fit_drop()
        if self._shown is not None:
            self._show_points(self._shown)
            self._show_facts(self._shown)

    def _fit_drop(self) -> None:
        """Its key's hint goes where both buttons do not fit beside each other with it."""
        self.drop.set_key_shown(True)
        both = self.more.sizeHint().width() + self._look.space[3] + self.drop.sizeHint().width()
        room = self.width() - 2 * self._layout.right_padding
        self.drop.set_key_shown(self._layout.member_rows and both <= room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_drop()

    def show_member(self, state: MemberState) -> None:
        """Show this member; nothing is drawn anew where nothing changed."""
        if state == self._shown:
            return
        self._shown = state
        self.mask_again()
        self.tier.set_text(state.tier)
        self._show_points(state)
        self._show_facts(state)

    @property
    def is_in_full(self) -> bool:
        """Whether personal data stands here unmasked."""
        return self._in_full.isActive()

    def show_in_full(self, name: str, contact: str) -> None:
        """Name, phone and birthday unmasked, for ten seconds."""
        self.name.setText(name)
        self.contact.setText(contact)
        self.contact.set_role("ink")
        self.eye.set_label(tr("遮住"))
        self._in_full.start()

    def mask_again(self) -> None:
        """Masked again."""
        self._in_full.stop()
        self.eye.set_label(tr("完整资料"))
        self.contact.set_role("ink_2")
        if self._shown is not None:
            self.name.setText(self._shown.name)
            self.contact.setText(self._shown.contact)

    def _show_points(self, state: MemberState) -> None:
        """In a narrow panel a long figure is set smaller, so that the name keeps its room."""
        is_long = len(state.points) > LONG_POINTS and not self._layout.shows_second_clauses
        self.unit.setVisible(self._layout.member_rows and not is_long)
        self.points.setFont(self._look.font("amount" if is_long else "figure"))
        self.points.set_role("danger_text" if state.is_in_debt else "ink")
        self.points.setText(state.points)
        self.points.setAccessibleName(tr("{points} 分", points=state.points))

    def _show_facts(self, state: MemberState) -> None:
        """Rows that are alike in shape take the new words; others are made anew."""
        facts = [
            fact if self._layout.shows_second_clauses else replace(fact, line="")
            for fact in state.facts
        ]
        banners = state.banners
        if self._layout.member_is_line:
            banners, facts = banners[:1], [] if banners else facts[:LINE_FACTS]
        shape = (banners, [bool(fact.line) for fact in facts])
        if shape != self._shape:
            self._shape = shape
            self._rebuild(banners, facts)
            return
        for row, fact in zip(self._rows, facts, strict=True):
            row.set_words(fact.title, fact.line, icon=fact.icon, icon_role=fact.role)

    def _rebuild(self, banners: Sequence[MemberBanner], facts: Sequence[Fact]) -> None:
        while self._more.count():
            item = self._more.takeAt(0)
            if item is not None and item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        look = self._look
        for banner in banners:
            asks = Action("more", banner.asks, MEMBER) if banner.asks else None
            shown = Banner(
                look,
                banner.title,
                banner.line,
                tone=banner.tone,
                icon=banner.icon,
                action=asks,
                name=banner.name,
            )
            shown.answered.connect(lambda _action: self.more_asked.emit())
            self._more.addWidget(shown)
            self._more.addSpacing(0 if self._layout.member_is_line else look.space[2])
        self._rows = [
            PanelRow(look, fact.title, icon=fact.icon, icon_role=fact.role, line=fact.line)
            for fact in facts
        ]
        for row in self._rows:
            self._more.addWidget(row)


class NobodyPanel(QWidget):
    """散客: the sale is for nobody yet. `member_asked` wants to join or find somebody."""

    member_asked = Signal()

    def __init__(self, look: Look, layout: Layout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nobody_panel")
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(Words(look, tr("散客"), "figure", name="nobody_title"))
        self._column.addSpacing(4)
        self._column.addWidget(
            Words(look, tr("扫会员卡，或输入手机、姓名拼音"), "body", "ink_2", halves=True)
        )
        self._air = QSpacerItem(0, 16)
        self._column.addItem(self._air)
        row = QHBoxLayout()
        join = Button(look, tr("新会员"), icon="people", key="F2", name="nobody_join")
        join.clicked.connect(self.member_asked)
        row.addWidget(join)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addStretch(1)
        self.set_layout(layout)

    def set_layout(self, layout: Layout) -> None:
        """Take the measures for another width of the window."""
        is_line = layout.member_is_line
        top = 16 if layout.member_rows else 2 if is_line else 8
        self._air.changeSize(0, 2 if is_line else 16)
        self._column.setContentsMargins(layout.right_padding, top, layout.right_padding, 0)
