"""条件: whom a manager means, in a sheet: each field that is filled in holds, all at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import BadMoney, BadSegment
from core.members.segment import Segment as Conditions
from core.members.segment import check_segment
from core.values.money import format_money, parse_money
from ui.look import Look
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.key_hint import ENTER
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

SIZE = (860, 660)
COLUMNS = 3
SIDE = 24
MOST = 10**12
ANY, YES, NO = "any", "yes", "no"
ANSWERS = {ANY: None, YES: True, NO: False}


class ConditionsSheet(Sheet):
    """`chosen` gives the conditions; an empty field asks nothing."""

    refuses_scans = True
    chosen = Signal(object)

    def __init__(self, look: Look, window: QWidget, tiers: Sequence[tuple[str, str]]) -> None:
        super().__init__(look, window, tr("自选条件"), size=SIZE, name="conditions")
        self._codes = [code for code, _ in tiers]
        self.tier = Segments(
            look,
            [Segment(ANY, tr("不限")), *(Segment(code, name) for code, name in tiers)],
            name="conditions_tier",
            spoken=tr("最低等级"),
        )
        self._fields = {
            name: Field(look, label, placeholder=placeholder, name=f"conditions_{name}")
            for name, label, placeholder in _labels()
        }
        self._asked = {
            name: Segments(
                look,
                [Segment(ANY, tr("不限")), Segment(YES, tr("是")), Segment(NO, tr("否"))],
                name=f"conditions_{name}",
                spoken=label,
            )
            for name, label in _questions()
        }
        self.said = Said(look, name="conditions_said")
        self.seek = Button(
            look, tr("找"), kind="primary", key="Enter", height=look.sizes.choice,
            name="conditions_find",
        )  # fmt: skip
        self.seek.clicked.connect(self._choose)
        clear = Button(look, tr("清空"), name="conditions_clear")
        clear.clicked.connect(lambda: self.show_conditions(Conditions()))
        self.set_body(self._body(), Foot(look, clear, self.seek, said=self.said))

    def _body(self) -> QWidget:
        look = self._look
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 12, SIDE, 12)
        column.setSpacing(look.space[3])
        column.addWidget(Words(look, tr("最低等级"), "small", "ink_2"))
        row = QHBoxLayout()
        row.addWidget(self.tier)
        row.addStretch(1)
        column.addLayout(row)
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space[4])
        grid.setVerticalSpacing(look.space[2])
        for at, field in enumerate(self._fields.values()):
            grid.addWidget(field, at // COLUMNS, at % COLUMNS)
        column.addLayout(grid)
        for name, label in _questions():
            row = QHBoxLayout()
            row.addWidget(Words(look, label, "body"), 1)
            row.addWidget(self._asked[name])
            column.addLayout(row)
        column.addStretch(1)
        return body

    def show_conditions(self, now: Conditions) -> None:
        """Begin with what holds now."""
        self.said.say("")
        self.tier.set_current(now.tiers[0] if now.tiers else ANY)
        for name, field in self._fields.items():
            value = getattr(now, name)
            is_money = name.startswith("spent")
            words = "" if value is None else format_money(value) if is_money else str(value)
            field.set_text(words.replace(",", ""))
        words_of = {value: name for name, value in ANSWERS.items()}
        for name, asked in self._asked.items():
            asked.set_current(words_of[getattr(now, name)])

    def _choose(self) -> None:
        found: dict[str, object] = {}
        for name, field in self._fields.items():
            try:
                found[name] = _read(name, field.text())
            except (ValueError, BadMoney):
                field.set_problem(_wrong(name))
                field.focus()
                return
        code = self.tier.current()
        tiers = () if code == ANY else tuple(self._codes[self._codes.index(code) :])
        asked = {name: ANSWERS[each.current()] for name, each in self._asked.items()}
        conditions = Conditions(tiers=tiers, **found, **asked)  # type: ignore[arg-type]
        try:
            check_segment(conditions)
        except BadSegment as error:
            self.said.say(sentence(error), is_wrong=True)
            return
        self.shut()
        self.chosen.emit(conditions)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in ENTER:
            self._choose()
        else:
            super().keyPressEvent(event)


def _labels() -> tuple[tuple[str, str, str], ...]:
    day = tr("年-月-日")
    return (
        ("points_from", tr("积分从"), ""),
        ("points_to", tr("积分到"), ""),
        ("away_days", tr("多少天没有来"), ""),
        ("spent_from", tr("近 12 月消费从（元）"), ""),
        ("spent_to", tr("近 12 月消费到（元）"), ""),
        ("born_within", tr("多少天内过生日"), ""),
        ("joined_from", tr("入会从"), day),
        ("joined_to", tr("入会到"), day),
        ("expiring_within", tr("多少天内有积分到期"), ""),
    )


def _questions() -> tuple[tuple[str, str], ...]:
    return (
        ("has_phone", tr("留了手机")),
        ("has_agreed", tr("同意过使用资料")),
        ("is_frozen", tr("已冻结")),
    )


def _read(name: str, text: str) -> object:
    """What was filled in; None for nothing. Raises ValueError, BadMoney."""
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
        case "spent":
            return tr("请填金额，如 1000.00。")
        case "joined":
            return tr("请填日期，如 2026-03-05。")
    return tr("请填整数。")
