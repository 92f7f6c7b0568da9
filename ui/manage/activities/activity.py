"""一场活动: who signed up and who came, with the cards that are scanned at its door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.activities import Attended, Attendee, Board, export_people, look_at_activity
from core.actions.attend import SignedUp, come, leave, sign_up, told
from core.actions.look_at_member import look_at_member
from core.actions.points_ledger import Holder, holders_meant
from core.members.activity import Place
from core.members.masks import mask_card, mask_name
from core.members.member import Member
from core.members.phone import format_phone
from core.shop import Shop
from ui.filing import Filing
from ui.manage.activities import state
from ui.manage.activities.summary import Summary
from ui.manage.pick import PickSheet
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.big_input import BigInput
from ui.widgets.button import Button
from ui.widgets.choices import Choice
from ui.widgets.row_table import ListedRows, RowTable
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Words

COME, SIGN_UP = "come", "sign_up"
SEEN_MS = 15_000
ROOMY = 860
Step = Callable[..., SignedUp]


class ActivityPart(QWidget):
    """Asks for its activity when it is opened, and after each step."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._id: UUID | None = None
        self._seen: Attended | None = None
        self._shown: list[Attendee] = []
        self._at: UUID | None = None
        self._build()
        self._filing = Filing(self, self.said, self)
        self.summary.exported.connect(self._export)
        self.summary.chosen.connect(self._go_to)
        self._mask = QTimer(self)
        self._mask.setSingleShot(True)
        self._mask.setInterval(SEEN_MS)
        self._mask.timeout.connect(lambda: self.said.say(""))

    # Parts

    def _build(self) -> None:
        look = self._room.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[3])
        self.summary = Summary(self._room)
        column.addWidget(self.summary)
        column.addLayout(self._build_door())
        self.said = Said(look, name="activity_said")
        column.addWidget(self.said)
        self.groups = Segments(
            look,
            [Segment(name, words) for name, words in state.group_words()],
            name="activity_groups",
            spoken=tr("看哪些人"),
        )
        self.groups.chosen.connect(lambda _name: self._show_rows())
        groups = QHBoxLayout()
        groups.addWidget(self.groups)
        groups.addStretch(1)
        column.addLayout(groups)
        self.table = RowTable(
            look, state.people_columns(), name="activity_people", spoken=tr("报名的会员")
        )
        self.table.current_changed.connect(self._choose)
        column.addWidget(self.table, 1)
        column.addLayout(self._build_foot())

    def _build_door(self) -> QHBoxLayout:
        look, row = self._room.look, QHBoxLayout()
        row.setSpacing(look.space[3])
        self.scan = BigInput(
            look,
            tr("扫会员卡，或输卡号、手机、姓名"),
            height=look.sizes.control + look.space[1],
            name="activity_scan",
        )
        self.scan.submitted.connect(self._on_scan)
        self.deed = Segments(
            look,
            [Segment(COME, tr("记到场")), Segment(SIGN_UP, tr("记报名"))],
            name="activity_deed",
            spoken=tr("扫卡做什么"),
        )
        row.addWidget(self.scan, 1)
        row.addWidget(self.deed)
        return row

    def _build_foot(self) -> QHBoxLayout:
        look, row = self._room.look, QHBoxLayout()
        row.setSpacing(look.space[2])
        row.addStrut(look.sizes.control)
        self.whom = Words(look, "", "body", "ink_2", elides=True, name="activity_whom")
        row.addWidget(self.whom, 1)
        self.deeds: dict[str, Button] = {}
        steps: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("phone", tr("看电话"), self._look_at),
            ("told", tr("已通知"), self._tell),
            ("leave", tr("退出"), lambda: self._do(leave)),
            ("come", tr("到场"), lambda: self._do(come)),
        )
        for name, words, do in steps:
            button = Button(look, words, name=f"activity_{name}")
            button.clicked.connect(do)
            self.deeds[name] = button
            row.addWidget(button)
        return row

    # What is shown

    def open(self, activity_id: UUID, *, words: str = "") -> None:
        """Show an activity from the beginning; `words` say what was just done."""
        self._id, self._at, self._seen = activity_id, None, None
        self.groups.set_current(state.EVERYBODY)
        self.said.say(words)
        self.scan.edit.clear()
        self.refresh()
        self.scan.edit.setFocus()

    def refresh(self) -> None:
        """Ask for it."""
        if self._id is not None:
            self._room.work.ask(
                look_at_activity,
                self._id,
                staff=self._room.staff,
                topic="activity",
                then=self._show,
                failed=self._room.say,
            )

    def show_board(self, board: Board) -> None:
        """What its tiers and points are called."""
        self._board = board

    def fit(self, width: int, *, is_low: bool) -> None:
        """Leave out what has no room; how many there are of each group stands over the table."""
        self.summary.figures.setVisible(not is_low)
        self.table.hide_columns([] if width >= ROOMY else ["card", "points"])

    def _show(self, seen: Attended) -> None:
        is_first, self._seen = self._seen is None, seen
        activity, is_on = seen.activity, not seen.activity.is_cancelled
        self.summary.show_activity(seen, self._board)
        self.scan.setVisible(is_on)
        self.deed.setVisible(is_on)
        self.deed.show_only([COME, SIGN_UP] if activity.on == seen.on else [self._only_deed(seen)])
        if activity.on != seen.on:
            self.deed.set_current(self._only_deed(seen))
        found = state.groups(seen)
        self.groups.show_counts({name: f"{len(people):,}" for name, people in found.items()})
        always = [state.EVERYBODY, self.groups.current()]
        self.groups.show_only([name for name in found if found[name] or name in always])
        if is_first and activity.is_cancelled and found[state.TO_TELL]:
            self.groups.set_current(state.TO_TELL)
        self._show_rows(keeps_place=not is_first)

    @staticmethod
    def _only_deed(seen: Attended) -> str:
        return COME if seen.activity.on < seen.on else SIGN_UP

    def _show_rows(self, *, keeps_place: bool = False) -> None:
        seen = self._seen
        if seen is None:
            return
        self._shown = state.groups(seen)[self.groups.current()]
        rows = [state.people_row(no, each, seen) for no, each in enumerate(self._shown, 1)]
        self.table.show_rows(ListedRows(rows), keeps_place=keeps_place)
        at = [each.enrolled.member_id for each in self._shown]
        self._choose(at.index(self._at) if keeps_place and self._at in at else -1)

    def _choose(self, at: int) -> None:
        """What can be done with the row that is chosen."""
        seen = self._seen
        one = self._shown[at] if 0 <= at < len(self._shown) and seen is not None else None
        self._at = one.enrolled.member_id if one else None
        if self.table.view.current != at:
            self.table.view.current = at
            self.table.view.viewport().update()
        place = one.enrolled.place if one else Place.LEFT
        is_on = seen is not None and not seen.activity.is_cancelled
        has_begun = seen is not None and seen.activity.on <= seen.on
        allowed = {
            "phone": one is not None and bool(one.phone),
            "told": one is not None and one.enrolled.to_tell,
            "leave": place in (Place.SEAT, Place.WAITING),
            "come": is_on and has_begun and place in (Place.SEAT, Place.WAITING),
        }
        for name, button in self.deeds.items():
            button.setVisible(one is not None and (allowed[name] or name == "phone"))
            button.setEnabled(allowed[name])
        hint = tr("点一行，看电话、记到场或退出") if self._shown else self._nothing_words()
        self.whom.setText(mask_name(one.name) if one and one.name else "" if one else hint)

    def _nothing_words(self) -> str:
        is_all = self.groups.current() == state.EVERYBODY
        return tr("还没有人报名。") if is_all else tr("这里没有人。")

    def _go_to(self, group: str) -> None:
        self.groups.show_only([*(name for name, _ in state.group_words())])
        self.groups.set_current(group)
        self._show_rows()

    # What is done

    def _on_scan(self, text: str) -> None:
        """The input is free for the next card at once; each card is answered in its turn."""
        if not text or self._id is None:
            return
        self.scan.edit.clear()
        step: Step = come if self.deed.current() == COME else sign_up
        words: dict[str, Any] = {"staff": self._room.staff}
        activity_id = self._id

        def do(shop: Shop) -> tuple[SignedUp | None, Sequence[Holder]]:
            found = holders_meant(shop, text, **words)
            if len(found) != 1:
                return None, found
            return step(shop, activity_id, found[0].member_id, **words), found

        self._room.work.act(do, then=partial(self._scanned, step, text), failed=self._failed)

    def _scanned(
        self, step: Step, text: str, answer: tuple[SignedUp | None, Sequence[Holder]]
    ) -> None:
        done, found = answer
        if done is not None:
            self._done(found[0].name, done)
        elif not found:
            self._warn(tr("没有找到“{text}”。请再扫一次，或输手机、姓名。", text=text))
        else:
            self._pick(step, found)

    def _pick(self, step: Step, found: Sequence[Holder]) -> None:
        rows = [
            Choice(each, mask_name(each.name), mask_card(each.card_no), icon="user")
            for each in found
        ]
        look = self._room.look

        def then(chosen: object) -> None:
            if isinstance(chosen, Holder):
                self._step(step, chosen.member_id, chosen.name)

        PickSheet(look, self.window(), tr("哪一位？"), rows, then).open()

    def _do(self, step: Step) -> None:
        one = next((e for e in self._shown if e.enrolled.member_id == self._at), None)
        if one is not None:
            self._step(step, one.enrolled.member_id, one.name)

    def _tell(self) -> None:
        """Told: the next of those who are to be."""
        one = next((e for e in self._shown if e.enrolled.member_id == self._at), None)
        if one is not None:
            words = tr("{name} 已通知", name=mask_name(one.name))
            self._room.work.act(
                told,
                self._id,
                one.enrolled.member_id,
                staff=self._room.staff,
                then=lambda _done: self._said(words),
                failed=self._failed,
            )

    def _step(self, step: Step, member_id: UUID, name: str) -> None:
        self._room.work.act(
            step,
            self._id,
            member_id,
            staff=self._room.staff,
            then=partial(self._done, name),
            failed=self._failed,
        )

    def _done(self, name: str, done: SignedUp) -> None:
        self.said.say(state.said_words(done, name), is_wrong=done.limit is not None)
        self.refresh()

    def _said(self, words: str) -> None:
        self.said.say(words)
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self._warn(sentence(error))
        self.refresh()

    def _warn(self, words: str) -> None:
        from ui.devices import sound

        sound.play_error()
        self.said.say(words, is_wrong=True)

    def _look_at(self) -> None:
        if self._at is not None:
            self._room.work.act(
                look_at_member,
                self._at,
                staff=self._room.staff,
                then=self._show_phone,
                failed=self._failed,
            )

    def _show_phone(self, member: Member) -> None:
        phone = format_phone(member.phone) if member.phone else tr("没有手机")
        self.said.say(tr("{name}　{phone}", name=member.name, phone=phone))
        self._mask.start()

    def _export(self) -> None:
        """Paper first: a list for the door; a table as XLSX or CSV as well."""
        from ui.file_dialog import ask_where

        seen = self._seen
        if seen is None:
            return
        name = f"{seen.activity.title} {seen.activity.on}.pdf"
        ask_where(self, name.replace("/", "-"), self._write, others=(".xlsx", ".csv"))

    def _write(self, chosen: str) -> None:
        def written(seen: Attended) -> None:
            from ui.manage.activities.people_file import people_bytes

            path = Path(chosen)
            self._filing.write(path, lambda: people_bytes(seen, path))

        self._room.work.act(
            export_people, self._id, staff=self._room.staff, then=written, failed=self._failed
        )
