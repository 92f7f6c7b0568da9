"""改资料的表: all fields of a member; where somebody else changed one meanwhile, one chooses."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.actions.change_profile import Profile, ProfileSaved, Wish, change_profile
from core.errors import BadBirthday, BadField, BadName, BadPhone, PhoneTaken, Shortfall
from core.members.birthday import birthday_text, birthday_told, parse_birthday
from core.members.phone import format_phone
from core.members.profile import (
    ADDRESS,
    BIRTHDAY,
    CODES,
    EMAIL,
    KIND,
    NAME,
    OCCUPATION,
    OTHER_PHONE,
    PHONE,
    SEX,
    SOURCE,
    TAGS,
    WECHAT,
    FieldEdit,
    check_field,
)
from core.trust.rights import Approval
from core.trust.staff import Staff
from core.values.moment import local_time
from ui.login.override import OverrideSheet
from ui.login.override_flow import OverrideFlow
from ui.look import Look
from ui.manage.members.field_words import code_words, field_label, value_words
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words
from ui.work import Work

SIZE = (860, 700)
SIDE = 24
NONE, SOLAR, LUNAR = "none", "solar", "lunar"
MINE, THEIRS = "mine", "theirs"
TYPED = (NAME, PHONE, OCCUPATION, OTHER_PHONE, WECHAT, EMAIL, TAGS, ADDRESS)
LONGEST = 18


class EditSheet(Sheet):
    """`done` when it is saved; gone when it is closed. Answers stay until they are saved."""

    refuses_scans = True
    done = Signal()

    def __init__(
        self,
        look: Look,
        window: QWidget,
        work: Work,
        staff: Staff,
        profile: Profile,
    ) -> None:
        super().__init__(look, window, tr("改资料"), size=SIZE, name="edit_member")
        self._work = work
        self.staff = staff
        self._profile = profile
        self._seen = dict(profile.values)
        self._shares: str | None = None
        self._contested: dict[str, Segments] = {}
        self.fields = {
            name: Field(
                look, field_label(name), placeholder=_placeholder(name), name=f"edit_{name}"
            )
            for name in TYPED
        }
        self.codes = {name: self._segments(name) for name in (KIND, SEX, SOURCE)}
        self.calendar = Segments(
            look,
            [Segment(SOLAR, tr("公历")), Segment(LUNAR, tr("农历"))],
            name="edit_calendar",
            spoken=tr("历法"),
        )
        self.birthday = Field(
            look,
            field_label(BIRTHDAY),
            placeholder=tr("像 1988-03-05 或 03-05"),
            name="edit_birthday",
            beside=self.calendar,
        )
        self.locked = Words(look, "", "small", "warn_text", wraps=True, name="edit_locked")
        self.told = Said(look, name="edit_said")
        self.share = Button(look, tr("是一家人，共用"), name="edit_share")
        self.share.clicked.connect(self._share)
        self.share.hide()
        self.save = Button(
            look,
            tr("保存"),
            kind="primary",
            key="Ctrl+S",
            height=look.sizes.control,
            name="edit_save",
        )
        self.save.clicked.connect(lambda: self._save(None))
        self._meanwhile = QVBoxLayout()
        self.set_body(self._body(), Foot(look, self.share, self.save, said=self.told))
        self._override = OverrideSheet(look, window)
        self._flow = OverrideFlow(work, self, self._override, self)
        self._fill()
        self.closed.connect(self._override.deleteLater)
        self.closed.connect(self.deleteLater)

    def begin(self) -> None:
        """Open it, the caret in the name."""
        self.open(self.fields[NAME].edit)

    def say(self, error: Exception) -> None:
        """Why it is not saved; what was typed stays."""
        self.told.say(sentence(error), is_wrong=True)

    # Parts

    def _segments(self, field: str) -> Segments:
        none = [] if field == KIND else [Segment(NONE, tr("不详"))]
        return Segments(
            self._look,
            [*none, *(Segment(code, code_words(code)) for code in CODES[field])],
            name=f"edit_{field}",
            spoken=field_label(field),
        )

    def _body(self) -> QWidget:
        look = self._look
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 12, SIDE, 12)
        column.setSpacing(look.space[3])
        column.addLayout(self._meanwhile)
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space[4])
        grid.setVerticalSpacing(look.space[2])
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        rows: list[tuple[QWidget, QWidget]] = [
            (self.fields[NAME], self.fields[PHONE]),
            (self.birthday, self.fields[OCCUPATION]),
            (self._labelled(KIND), self._labelled(SEX)),
            (self.fields[OTHER_PHONE], self.fields[WECHAT]),
            (self.fields[EMAIL], self.fields[TAGS]),
        ]
        for at, (left, right) in enumerate(rows):
            grid.addWidget(left, at * 2, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(right, at * 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.locked, 3, 0)
        grid.addWidget(self.fields[ADDRESS], 10, 0, 1, 2)
        grid.addWidget(self._labelled(SOURCE), 11, 0, 1, 2)
        column.addLayout(grid)
        column.addStretch(1)
        return body

    def _labelled(self, field: str) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.space[1])
        column.addWidget(Words(self._look, field_label(field), "small", "ink_2"))
        row = QHBoxLayout()
        row.addWidget(self.codes[field])
        row.addStretch(1)
        column.addLayout(row)
        return box

    def _fill(self) -> None:
        values = self._profile.values
        for name, field in self.fields.items():
            is_phone = name in (PHONE, OTHER_PHONE) and values[name]
            field.set_text(format_phone(values[name]) if is_phone else values[name])
        for name, segments in self.codes.items():
            segments.set_current(values[name] or (CODES[KIND][0] if name == KIND else NONE))
        self._fill_birthday(values[BIRTHDAY])
        words = ""
        if self._profile.is_locked:
            words = tr("享过生日礼，改生日要店长授权；改后 300 天内没有生日礼")
        elif self._profile.has_celebrated:
            words = tr("享过生日礼；改了生日，300 天内没有生日礼")
        self.locked.setText(words)
        self.locked.setVisible(bool(words))

    def _fill_birthday(self, told: str) -> None:
        born = birthday_told(told)
        self.calendar.set_current(LUNAR if born is not None and born.is_lunar else SOLAR)
        if born is None:
            self.birthday.set_text("")
            return
        year = f"{born.year:04d}-" if born.year else ""
        leap = "闰" if born.is_leap else ""
        self.birthday.set_text(f"{year}{leap}{born.month:02d}-{born.day:02d}")

    # Saving

    def _wishes(self) -> list[Wish] | None:
        """What differs from what was seen; None where something cannot be taken."""
        values = {name: field.text() for name, field in self.fields.items()}
        for name, segments in self.codes.items():
            code = segments.current()
            is_usual = name == KIND and code == CODES[KIND][0] and not self._profile.values[KIND]
            values[name] = "" if code == NONE or is_usual else code
        checks: dict[str, Callable[[], str]] = {
            name: partial(check_field, name, value) for name, value in values.items()
        }
        checks[BIRTHDAY] = self._birthday
        found = {}
        for name, check in checks.items():
            try:
                found[name] = check()
            except (BadBirthday, BadField, BadName, BadPhone) as error:
                self._point_at(name, error)
                return None
        return [
            Wish(name, self._seen[name], value)
            for name, value in found.items()
            if value != self._seen[name]
        ]

    def _birthday(self) -> str:
        text = self.birthday.text()
        is_lunar = self.calendar.current() == LUNAR
        return birthday_text(parse_birthday(text, lunar=is_lunar)) if text else ""

    def _point_at(self, name: str, error: Shortfall) -> None:
        field = self.birthday if name == BIRTHDAY else self.fields[name]
        field.set_problem(sentence(error))
        field.focus()

    def _save(self, approval: Approval | None) -> None:
        self._take_theirs()
        wishes = self._wishes()
        if wishes is None:
            return
        if not wishes:
            self.shut()
            return
        shared = self._shares is not None and self._shares == self.fields[PHONE].text()
        self.save.setEnabled(False)
        self._work.act(
            change_profile,
            self._profile.member_id,
            wishes,
            staff=self.staff,
            shares_phone=shared,
            approval=approval,
            then=self._saved,
            failed=self._not_saved,
        )

    def _saved(self, saved: ProfileSaved) -> None:
        self.save.setEnabled(True)
        if saved.meanwhile:
            self._show_meanwhile(saved)
            return
        self.shut()
        self.done.emit()

    def _not_saved(self, error: Exception) -> None:
        self.save.setEnabled(True)
        self.share.setVisible(isinstance(error, PhoneTaken))
        if isinstance(error, PhoneTaken):
            words = tr(
                "这个手机号是会员{name}的（卡 {card}）。",
                name=error.masked_name,
                card=error.card_no,
            )
            self.told.say(words, is_wrong=True)
        elif not self._flow.mends(error, self._save, words=tr("改资料")):
            self.say(error)

    def _share(self) -> None:
        self._shares = self.fields[PHONE].text()
        self.share.hide()
        self._save(None)

    # Two who change one member

    def _show_meanwhile(self, saved: ProfileSaved) -> None:
        """What became another since this sheet was opened: each is chosen, and saved again."""
        self._clear_meanwhile()
        look = self._look
        head = tr("别人刚改过这几栏。选好每一栏用谁的，再保存。")
        self._meanwhile.addWidget(Words(look, head, "body", "warn_text", bold=True, wraps=True))
        for edit in saved.meanwhile:
            self._seen[edit.field] = edit.after
            self._meanwhile.addLayout(self._contest(edit, saved.people.get(edit.staff_no, "")))
        self._meanwhile.addWidget(Rule(look))
        self.show_top()
        self.told.say(tr("还没有保存。"), is_wrong=True)

    def _contest(self, edit: FieldEdit, by: str) -> QHBoxLayout:
        mine = next(w.value for w in self._wishes() or [] if w.field == edit.field)
        at = f"{local_time(edit.at_us, self._profile.zone):%H:%M}" if edit.at_us else ""
        who = " ".join(part for part in (by or tr("总部"), at) if part)
        texts = [value_words(edit.field, value) for value in (edit.after, mine)]
        chosen = Segments(
            self._look,
            [
                Segment(THEIRS, tr("{who}：{value}", who=who, value=_short(texts[0]))),
                Segment(MINE, tr("我：{value}", value=_short(texts[1]))),
            ],
            name=f"edit_meanwhile_{edit.field}",
            spoken=field_label(edit.field),
        )
        chosen.set_tips({THEIRS: texts[0], MINE: texts[1]})
        self._contested[edit.field] = chosen
        row = QHBoxLayout()
        label = Words(self._look, field_label(edit.field), "body", "ink_2")
        label.setMinimumWidth(SIDE * 4)
        row.addWidget(label)
        row.addWidget(chosen)
        row.addStretch(1)
        return row

    def _take_theirs(self) -> None:
        """Where the other one's was chosen, it stands in the field now."""
        for name, chosen in self._contested.items():
            if chosen.current() != THEIRS:
                continue
            value = self._seen[name]
            if name == BIRTHDAY:
                self._fill_birthday(value)
            elif name in self.codes:
                self.codes[name].set_current(value or (CODES[KIND][0] if name == KIND else NONE))
            else:
                self.fields[name].set_text(value)
        self._clear_meanwhile()

    def _clear_meanwhile(self) -> None:
        self._contested = {}
        while (item := self._meanwhile.takeAt(0)) is not None:
            inner, widget = item.layout(), item.widget()
            while inner is not None and (part := inner.takeAt(0)) is not None:
                if (gone := part.widget()) is not None:
                    gone.hide()
                    gone.deleteLater()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _placeholder(name: str) -> str:
    match name:
        case "tags":
            return tr("用顿号隔开，像 老客、糖友")
        case "email":
            return "name@example.com"
    return ""
