"""条件: whom a manager means, in a sheet: each field that is filled in holds, all at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.actions.segments import keep_segment, remove_segment
from core.errors import BadField, BadMoney, BadSegment
from core.members.profile import CODES, KIND, SEX, SOURCE, tags_of
from core.members.segment import MONTHS, Doubt, SavedSegment, check_segment
from core.members.segment import Segment as Conditions
from core.values.money import format_money, parse_money
from ui.manage.members.field_words import code_words, field_label
from ui.manage.members.words import doubt_names, questions
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.key_hint import ENTER
from ui.widgets.said import Said
from ui.widgets.scroll import Scroll
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (880, 680)
COLUMNS = 4
SIDE = 24
MOST = 10**12
ANY, YES, NO = "any", "yes", "no"
CODED = {"kinds": KIND, "sexes": SEX, "sources": SOURCE}
ANSWERS = {ANY: None, YES: True, NO: False}


class ConditionsSheet(Sheet):
    """`chosen` gives the conditions, `kept` those that have a name now; `removed`: it has none.

    An empty field asks nothing. What has a name is changed only by the button that says so.
    """

    refuses_scans = True
    chosen = Signal(object)
    kept = Signal(object)
    removed = Signal()

    def __init__(self, room: Room, window: QWidget, tiers: Sequence[tuple[str, str]]) -> None:
        look = room.look
        super().__init__(look, window, tr("条件"), size=SIZE, name="conditions")
        self._room = room
        self._codes = [code for code, _ in tiers]
        self._saved: SavedSegment | None = None
        either = [Segment(ANY, tr("不限")), *(Segment(code, name) for code, name in tiers)]
        self.tier = Segments(look, either, name="conditions_tier", spoken=tr("最低等级"))
        self.peak = Segments(look, either, name="conditions_peak", spoken=tr("最高到过，至少"))
        self.months = Segments(
            look,
            [Segment(str(month), str(month)) for month in range(1, MONTHS + 1)],
            name="conditions_months",
            spoken=tr("几月过生日"),
            many=True,
        )
        self.doubts = Segments(
            look,
            [Segment(doubt, label) for doubt, label in doubt_names().items()],
            name="conditions_doubts",
            spoken=tr("看着像随手填的"),
            many=True,
        )
        self._codes_of = {
            name: Segments(
                look,
                [Segment(code, code_words(code)) for code in CODES[field]],
                name=f"conditions_{name}",
                spoken=field_label(field),
                many=True,
            )
            for name, field in CODED.items()
        }
        self._fields = {
            name: Field(look, label, placeholder=placeholder, name=f"conditions_{name}")
            for _, rows in _parts()
            for name, label, placeholder in rows
        }
        self._asked = {
            name: Segments(
                look,
                [Segment(ANY, tr("不限")), Segment(YES, tr("是")), Segment(NO, tr("否"))],
                name=f"conditions_{name}",
                spoken=label,
            )
            for name, label in questions()
        }
        self.called = Field(
            look, tr("名字"), placeholder=tr("想下次直接选，就起个名字"), name="conditions_name"
        )
        self._build_foot()

    def _build_foot(self) -> None:
        look, control = self._look, self._look.sizes.control
        self.said = Said(look, name="conditions_said")
        self.seek = Button(
            look, tr("找"), kind="primary", key="Enter", height=control, name="conditions_find",
        )  # fmt: skip
        self.seek.clicked.connect(self._choose)
        self.keep = Button(look, tr("存下"), icon="flag", name="conditions_keep")
        self.keep.clicked.connect(self._keep)
        self.drop = Button(look, tr("去掉这个名字"), kind="text", name="conditions_drop")
        self.drop.clicked.connect(self._drop)
        self.drop.hide()
        clear = Button(look, tr("清空"), kind="text", name="conditions_clear")
        clear.clicked.connect(lambda: self._fill(Conditions()))
        foot = Foot(look, self.drop, self.keep, self.seek, left=(clear,), said=self.said)
        self.set_body(Scroll(self._body()), foot)

    def _body(self) -> QWidget:
        look, body = self._look, QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 12, SIDE, 12)
        column.setSpacing(look.space[2])
        self._add_row(column, tr("最低等级"), self.tier)
        self._add_row(column, tr("最高到过，至少"), self.peak)
        for title, rows in _parts():
            column.addSpacing(look.space[1])
            column.addWidget(Words(look, title, "body", bold=True))
            grid = QGridLayout()
            grid.setHorizontalSpacing(look.space[4])
            grid.setVerticalSpacing(look.space[2])
            for at, (name, _, _) in enumerate(rows):
                spot = (at // COLUMNS, at % COLUMNS)
                grid.addWidget(self._fields[name], *spot, Qt.AlignmentFlag.AlignTop)
            if len(rows) < COLUMNS:  # a column without anything takes no space between
                grid.addWidget(QWidget(), 0, COLUMNS - 1)
            for at in range(COLUMNS):
                grid.setColumnStretch(at, 1)
            column.addLayout(grid)
            if "born_within" in (name for name, _, _ in rows):
                self._add_row(column, tr("几月过生日"), self.months)
        column.addSpacing(look.space[1])
        column.addWidget(Words(look, tr("是哪些人"), "body", bold=True))
        for name, field in CODED.items():
            self._add_row(column, field_label(field), self._codes_of[name])
        for name, label in questions():
            self._add_row(column, label, self._asked[name])
        self._add_row(column, tr("看着像随手填的"), self.doubts)
        column.addSpacing(look.space[1])
        column.addWidget(Words(look, tr("存下这些条件"), "body", bold=True))
        column.addWidget(self.called)
        column.addStretch(1)
        return body

    def _add_row(self, column: QVBoxLayout, label: str, choice: QWidget) -> None:
        row = QHBoxLayout()
        row.addWidget(Words(self._look, label, "body", wraps=True), 1)
        row.addWidget(choice)
        column.addLayout(row)

    def show_conditions(self, now: Conditions, saved: SavedSegment | None = None) -> None:
        """Begin with what holds now, and with its name where it has one."""
        self._saved = saved
        self.called.set_text(saved.name if saved is not None else "")
        self.drop.setVisible(saved is not None)
        self._fill(now)

    def _fill(self, now: Conditions) -> None:
        self.said.say("")
        self.tier.set_current(now.tiers[0] if now.tiers else ANY)
        self.peak.set_current(now.peaks[0] if now.peaks else ANY)
        self.months.set_many([str(month) for month in now.born_months])
        self.doubts.set_many([str(doubt) for doubt in now.doubts])
        for name, field in self._fields.items():
            value = getattr(now, name)
            is_money = name.startswith("spent")
            words = "" if value is None else format_money(value) if is_money else str(value)
            field.set_text(words.replace(",", "") if name != "tags" else tr("、").join(value))
        for name, chosen in self._codes_of.items():
            chosen.set_many(getattr(now, name))
        words_of = {value: name for name, value in ANSWERS.items()}
        for name, asked in self._asked.items():
            asked.set_current(words_of[getattr(now, name)])

    def _read(self) -> Conditions | None:
        """What was filled in; None where something of it cannot be, which is said."""
        found: dict[str, object] = {}
        for name, field in self._fields.items():
            try:
                found[name] = _read(name, field.text())
            except (ValueError, BadMoney, BadField):
                field.set_problem(_wrong(name))
                field.focus()
                return None
        asked = {name: ANSWERS[each.current()] for name, each in self._asked.items()}
        conditions = Conditions(
            tiers=self._from(self.tier.current()),
            peaks=self._from(self.peak.current()),
            born_months=tuple(map(int, self.months.all_chosen())),
            doubts=tuple(map(Doubt, self.doubts.all_chosen())),
            kinds=self._codes_of["kinds"].all_chosen(),
            sexes=self._codes_of["sexes"].all_chosen(),
            sources=self._codes_of["sources"].all_chosen(),
            **found,  # type: ignore[arg-type]  # the fields are those of the conditions
            **asked,  # type: ignore[arg-type]  # as above
        )
        try:
            return check_segment(conditions)
        except BadSegment as error:
            self._fail(error)
            return None

    def _from(self, code: str) -> tuple[str, ...]:
        """This tier and those above it; none where any will do."""
        return () if code == ANY else tuple(self._codes[self._codes.index(code) :])

    def _choose(self) -> None:
        conditions = self._read()
        if conditions is not None:
            self.shut()
            self.chosen.emit(conditions)

    def _keep(self) -> None:
        conditions = self._read()
        if conditions is None:
            return
        if not self.called.text():
            self.called.set_problem(tr("请起个名字。"))
            self.called.focus()
            return
        self._room.work.act(
            keep_segment,
            self.called.text(),
            conditions,
            staff=self._room.staff,
            segment_id=self._saved.id if self._saved is not None else None,
            then=self._on_kept,
            failed=self._fail,
        )

    def _on_kept(self, saved: SavedSegment) -> None:
        self.shut()
        self.kept.emit(saved)

    def _drop(self) -> None:
        assert self._saved is not None
        self._room.work.act(
            remove_segment,
            self._saved.id,
            staff=self._room.staff,
            then=lambda _none: self._on_dropped(),
            failed=self._fail,
        )

    def _on_dropped(self) -> None:
        """What was filled in stays; it can be saved again."""
        name = self._saved.name if self._saved is not None else ""
        self._saved = None
        self.drop.hide()
        self.said.say(tr("“{name}”去掉了。想留着，就再点“存下”。", name=name))
        self.removed.emit()

    def _fail(self, error: Exception) -> None:
        self.said.say(sentence(error), is_wrong=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in ENTER:
            self._choose()
        else:
            super().keyPressEvent(event)


def _parts() -> tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]:
    """Sections with their fields: name, label and what stands in it while it is empty."""
    day = tr("年-月-日")
    return (
        (
            tr("积分和消费"),
            (
                ("points_from", tr("积分从"), ""),
                ("points_to", tr("积分到"), ""),
                ("spent_from", tr("近 12 月消费从（元）"), ""),
                ("spent_to", tr("近 12 月消费到（元）"), ""),
            ),
        ),
        (
            tr("来店"),
            (
                ("away_days", tr("多少天没有来"), ""),
                ("came_within", tr("多少天内来过"), ""),
                ("joined_from", tr("入会从"), day),
                ("joined_to", tr("入会到"), day),
            ),
        ),
        (
            tr("资料"),
            (
                ("occupation", tr("职业里有"), ""),
                ("tags", tr("标签，有一个就算"), tr("糖友、老客")),
                ("unverified_months", tr("多少个月没有核对"), ""),
            ),
        ),
        (
            tr("生日、年龄、到期"),
            (
                ("age_from", tr("年龄从"), ""),
                ("age_to", tr("年龄到"), ""),
                ("born_within", tr("多少天内过生日"), ""),
                ("expiring_within", tr("多少天内积分到期"), ""),
            ),
        ),
    )


def _read(name: str, text: str) -> object:
    """What was filled in; None for nothing. Raises ValueError, BadMoney."""
    if name == "occupation":
        return text
    if name == "tags":
        return tags_of(text)
    readers: dict[str, Callable[[str], object]] = {
        "spent": parse_money,
        "joined": date.fromisoformat,
    }
    read = readers.get(name.partition("_")[0], _count)
    return read(text.replace(",", "")) if text else None


def _count(text: str) -> int:
    if abs(count := int(text)) > MOST:
        raise ValueError(text)
    return count


def _wrong(name: str) -> str:
    match name.partition("_")[0]:
        case "tags":
            return tr("一个标签最多 12 个字，最多 12 个。")
        case "spent":
            return tr("请填金额，如 1000.00。")
        case "joined":
            return tr("请填日期，如 2026-03-05。")
    return tr("请填整数。")
