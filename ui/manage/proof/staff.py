"""员工: who works here, since when, when they logged in last; added, changed, removed, back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from core.actions import proof
from core.actions import staff as people
from core.actions.badges import with_badge
from core.actions.proof import Seen
from core.actions.staff import StaffChanged
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Role, Staff
from core.values.moment import day_and_time
from ui.manage.parts import Part
from ui.manage.pick import PickSheet
from ui.manage.proof.person import PersonSheet
from ui.manage.proof.rights_sheet import RightsSheet
from ui.manage.proof.rights_words import role_and_more
from ui.manage.room import Room
from ui.text import role_name, sentence, tr
from ui.widgets.button import Button
from ui.widgets.choices import Choice
from ui.widgets.row_table import Cell, Column, ListedRows, RowTable
from ui.widgets.said import Said

NARROW = 920


class _Crew(Struct, frozen=True):
    people: tuple[Staff, ...]
    badges: frozenset[int]
    zone: tzinfo
    end: int


def _crew(shop: Shop, *, staff: Staff) -> _Crew:
    with shop.store.read() as reading:
        zone = reading.till.zone
    return _Crew(people.everybody(shop), with_badge(shop), zone, proof.audit_end(shop, staff=staff))


class ProofStaff(Part):
    """Each deed asks the store for the right as it is then; a refusal is one sentence below."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        look, work, staff = room.look, room.work, room.staff
        self._look, self._work, self._staff = look, work, staff
        self._found: _Crew | None = None
        self._added: dict[int, int] = {}
        self._logged_in: dict[int, int] = {}
        self._chosen = 0
        self.table = RowTable(look, _columns(), name="crew", spoken=tr("员工"))
        self.said = Said(look, name="crew_said")
        self.add = Button(
            look,
            tr("新增员工…"),
            icon="plus",
            kind="primary",
            height=look.sizes.control,
            name="crew_add",
        )
        self.role = Button(look, tr("改角色…"), icon="staff", name="crew_role")
        self.rights = Button(look, tr("单项权限…"), icon="check", name="crew_rights")
        self.pin = Button(look, tr("重设 PIN…"), icon="lock", name="crew_pin")
        self.remove = Button(look, tr("停用"), icon="close", name="crew_remove")
        self.back = Button(look, tr("复职"), icon="return", name="crew_back")
        self._arrange()
        self.table.current_changed.connect(self._on_row)
        self.add.clicked.connect(self._on_add)
        self.role.clicked.connect(self._on_role)
        self.rights.clicked.connect(self._on_rights)
        self.pin.clicked.connect(self._on_pin)
        self.remove.clicked.connect(self._on_remove)
        self.back.clicked.connect(self._on_back)
        self._show_chosen()

    def _arrange(self) -> None:
        deeds = QHBoxLayout()
        deeds.setSpacing(self._look.space[3])
        for button in (self.role, self.rights, self.pin, self.remove, self.back):
            deeds.addWidget(button)
        deeds.addStretch(1)
        deeds.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.space[3])
        column.addLayout(deeds)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Who works here now."""
        self._work.ask(
            _crew, staff=self._staff, topic="crew", then=self._on_found, failed=self.fail
        )

    def fail(self, error: Exception) -> None:
        """Why something was not done."""
        self.said.say(sentence(error), is_wrong=True)

    def _on_found(self, found: _Crew) -> None:
        self._found = found
        self._show()
        self._look_back(found.end + 1)

    def _look_back(self, below: int) -> None:
        """The log knows since when and until when; it is gone through only as far as it must."""
        if self._found is None:
            return
        known = self._added.keys() & self._logged_in.keys()
        is_first = below == self._found.end + 1
        if not is_first and all(person.no in known for person in self._found.people):
            return

        def seen(piece: Seen) -> None:
            for no, at_us in piece.logged_in.items():
                self._logged_in[no] = max(at_us, self._logged_in.get(no, 0))
            self._added.update(piece.added)
            self._show()
            if piece.reached:
                self._look_back(piece.reached)

        self._work.ask(
            proof.see_people,
            below,
            staff=self._staff,
            topic="crew_seen",
            then=seen,
            failed=self.fail,
        )

    def _show(self) -> None:
        assert self._found is not None
        self.table.show_rows(ListedRows([*map(self._row, self._found.people)]), keeps_place=True)
        self._show_chosen()

    def _row(self, person: Staff) -> Sequence[Cell]:
        found = self._found
        assert found is not None
        ink = "ink" if person.is_active else "ink_3"
        times = [
            day_and_time(at_us, found.zone) if at_us else ""
            for at_us in (self._added.get(person.no), self._logged_in.get(person.no))
        ]
        badge = tr("有工牌") if person.no in found.badges else ""
        state = "" if person.is_active else tr("已停用")
        texts = (str(person.no), person.name, role_and_more(person), *times, badge, state)
        return [Cell(text, ink) for text in texts]

    # Whom it is about

    @property
    def chosen(self) -> Staff | None:
        """The person whose row is current."""
        everybody = self._found.people if self._found else ()
        return next((each for each in everybody if each.no == self._chosen), None)

    def _on_row(self, at: int) -> None:
        if self._found is not None and 0 <= at < len(self._found.people):
            self._chosen = self._found.people[at].no
        self._show_chosen()

    def _show_chosen(self) -> None:
        person = self.chosen
        is_active = person is not None and person.is_active
        for button in (self.role, self.rights, self.pin, self.remove):
            button.setEnabled(is_active)
        self.remove.setVisible(person is None or is_active)
        self.back.setVisible(person is not None and not is_active)

    # Deeds

    def _on_add(self) -> None:
        sheet = PersonSheet(self._look, self.window(), tr("加员工"), tr("加上"), asks_who=True)

        def hire(name: str, role: Role, pin: str) -> None:
            words = "{name} 可以登录了，工号 {no}，{role}。"
            self._act(people.hire, words, sheet, name=name, role=role, pin=pin)

        sheet.done.connect(hire)
        sheet.begin()

    def _on_pin(self) -> None:
        person = self.chosen
        if person is None:
            return
        title = tr("给 {name} 重设 PIN", name=person.name)
        sheet = PersonSheet(self._look, self.window(), title, tr("用新 PIN"), asks_who=False)

        def set_pin(_name: str, _role: Role, pin: str) -> None:
            self._act(people.set_pin, "{name} 的新 PIN 可以用了。", sheet, no=person.no, pin=pin)

        sheet.done.connect(set_pin)
        sheet.begin()

    def _on_role(self) -> None:
        person = self.chosen
        if person is None:
            return
        rows = [Choice(role, role_name(role), icon="staff") for role in Role]

        def change(role: object) -> None:
            assert isinstance(role, Role)
            words = "{name} 现在是{role}。"
            if person.given or person.taken:
                words = "{name} 现在是{role}。单独给的和收走的权限没有变。"
            self._act(people.change_role, words, no=person.no, role=role)

        title = tr("{name} 的角色", name=person.name)
        PickSheet(self._look, self.window(), title, rows, change).open()

    def _on_rights(self) -> None:
        person = self.chosen
        if person is None:
            return
        sheet = RightsSheet(self._look, self.window(), person)

        def change(wanted: dict[Right, bool]) -> None:
            words = "{name} 的权限改好了，马上起用。"
            self._act(people.change_rights, words, sheet, no=person.no, wanted=wanted)

        sheet.done.connect(change)
        sheet.begin()

    def _on_remove(self) -> None:
        if (person := self.chosen) is not None:
            self._act(people.remove_staff, "{name} 停用了，不能再登录。", no=person.no)

    def _on_back(self) -> None:
        if (person := self.chosen) is not None:
            self._act(people.bring_back, "{name} 复职了，PIN 还是原来的。", no=person.no)

    def _act(
        self,
        action: Callable[..., StaffChanged],
        words: str,
        sheet: PersonSheet | RightsSheet | None = None,
        **given: Any,
    ) -> None:
        def done(changed: StaffChanged) -> None:
            person = changed.person
            if sheet is not None:
                sheet.shut()
            facts = {"name": person.name, "no": person.no, "role": role_name(person.role)}
            self.said.say(tr(words, **facts))
            self._chosen = person.no
            self.refresh()

        failed = self.fail if sheet is None else sheet.fail
        self._work.act(action, staff=self._staff, then=done, failed=failed, **given)

    # Of Qt

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # a window that is made small goes on
            self._work.forget("crew", "crew_seen")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.hide_columns(("since",) if self.width() < NARROW else ())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


def _columns() -> tuple[Column, ...]:
    return (
        Column("no", tr("工号"), 72, is_number=True),
        Column("name", tr("姓名"), 160, grows=True, is_strong=True),
        Column("role", tr("角色"), 144),
        Column("since", tr("从什么时候起"), 168),
        Column("last", tr("上次登录"), 168),
        Column("badge", tr("工牌"), 96),
        Column("state", tr("状态"), 88),
    )
