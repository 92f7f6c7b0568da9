"""抽奖的三步: each in a sheet: what is promised, who takes part, which word is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from core.actions.activities import look_at_activities
from core.actions.draws import (
    CameTo,
    DrawSeen,
    OfSegment,
    Source,
    SpentEach,
    close_draw,
    commit_draw,
    draw_winners,
)
from core.actions.segments import saved_segments
from core.errors import Shortfall
from core.shop import Shop
from core.trust.staff import Staff
from core.values.money import parse_money
from ui.manage.activities import draw_state as state
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.day_span import bad_day_words
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Words

WIDTH = 620
CAME, SPENT, SEGMENT = "came", "spent", "segment"
ONCE, AGAIN = "once", "again"
LIST_HIGH = 224
PRIZES_HIGH = 120


class _StepSheet(Sheet):
    """`done` gives the draw as it is then."""

    refuses_scans = True
    done = Signal(object)

    def __init__(self, room: Room, window: QWidget, title: str, deed: str, *, name: str) -> None:
        super().__init__(room.look, window, title, size=(WIDTH, 0), name=name)
        self.room = room
        self.said = Said(room.look, name=f"{name}_said")
        high = room.look.sizes.control
        self.press = Button(room.look, deed, kind="primary", height=high, name=f"{name}_done")
        self.body = QWidget()
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(24, 16, 24, 16)
        self.column.setSpacing(room.look.space[3])
        self.closed.connect(self.deleteLater)

    def explain(self, words: str) -> None:
        """What this step fixes."""
        self.column.addWidget(Words(self.room.look, words, "body", "ink_2", wraps=True))

    def finish(self, deed: Callable[[], None]) -> None:
        """All parts stand, and the button does this; where one goes, the others stay."""
        self.press.clicked.connect(deed)
        self.column.addStretch(1)
        self.set_body(self.body, Foot(self.room.look, self.press, said=self.said))

    def act(self, action: Callable[..., DrawSeen], *words: Any, **named: Any) -> None:
        """Do the step; what was typed stays where it is refused."""
        self.press.setEnabled(False)
        self.room.work.act(
            action,
            *words,
            staff=self.room.staff,
            then=self._finished,
            failed=self.fail,
            **named,
        )

    def fail(self, error: Exception) -> None:
        """Why it was not done."""
        self.press.setEnabled(True)
        self.said.say(sentence(error), is_wrong=True)

    def _finished(self, seen: DrawSeen) -> None:
        self.shut()
        self.done.emit(seen)


class CommitSheet(_StepSheet):
    """承诺: name and prizes."""

    def __init__(self, room: Room, window: QWidget, draw_id: UUID) -> None:
        super().__init__(room, window, tr("办抽奖"), tr("公布承诺值"), name="commit")
        look = room.look
        self._id = draw_id
        self.explain(
            tr("奖品定下以后，程序做一个谁也看不到的种子，公布它们的承诺值。从此改不了，也删不掉。")
        )
        self.what = Field(look, tr("名称"), placeholder=tr("像 重阳抽奖"), name="commit_name")
        self.column.addWidget(self.what)
        self.prizes = QPlainTextEdit()
        self.prizes.setObjectName("commit_prizes")
        self.prizes.setProperty("kind", "field")
        self.prizes.setFont(look.font("body"))
        self.prizes.setFixedHeight(PRIZES_HIGH)
        self.prizes.setTabChangesFocus(True)
        self.prizes.setPlaceholderText(tr("电饭煲 1\n大米 5 公斤 3"))
        self.prizes.setAccessibleName(tr("奖品"))
        label = Words(look, tr("奖品，一行一种，后面写几份；大奖写在前面"), "small", "ink_2")
        label.setBuddy(self.prizes)
        below = QVBoxLayout()
        below.setSpacing(look.space[1])
        below.addWidget(label)
        below.addWidget(self.prizes)
        self.reads = Words(look, "", "small", wraps=True, name="commit_reads")
        below.addWidget(self.reads)
        self.prizes.textChanged.connect(self._read_back)
        self.column.addLayout(below)
        self.again = Segments(
            look,
            [Segment(ONCE, tr("一人最多中一次")), Segment(AGAIN, tr("可以重复中奖"))],
            name="commit_again",
            spoken=tr("一个人能中几次"),
        )
        line = QHBoxLayout()
        line.addWidget(self.again)
        line.addStretch(1)
        self.column.addLayout(line)
        self.finish(self.go_on)

    def _read_back(self) -> None:
        """What the lines mean: it cannot be changed once it is published."""
        self.reads.setText(state.prizes_read(state.read_prizes(self.prizes.toPlainText())))

    def go_on(self) -> None:
        """Fix it."""
        self.act(
            commit_draw,
            self._id,
            self.what.text(),
            state.read_prizes(self.prizes.toPlainText()),
            may_repeat=self.again.current() == AGAIN,
        )


class CloseSheet(_StepSheet):
    """封名单: where those who take part come from."""

    def __init__(self, room: Room, window: QWidget, seen: DrawSeen) -> None:
        super().__init__(room, window, tr("封名单"), tr("封名单"), name="close_list")
        look = room.look
        self._id = seen.draw.plan.id
        self.explain(
            tr("谁参加从此定下，名单值当场公布。冻结的、撤回同意的会员不在里面。封了不能再加人。")
        )
        self.source = Segments(
            look,
            [
                Segment(CAME, tr("某场活动到场的")),
                Segment(SPENT, tr("消费满一定数的")),
                Segment(SEGMENT, tr("存下的条件")),
            ],
            name="close_source",
            spoken=tr("谁参加"),
        )
        self.source.chosen.connect(self._choose)
        line = QHBoxLayout()
        line.addWidget(self.source)
        line.addStretch(1)
        self.column.addLayout(line)
        self.list = ChoiceList(look, name="close_list_rows", spoken=tr("谁参加"))
        self.list.setFixedHeight(LIST_HIGH)
        self.column.addWidget(self.list)
        self.nothing = Words(look, "", "body", "ink_2", wraps=True, name="close_nothing")
        self.column.addWidget(self.nothing)
        self._build_spent()
        self._rows: dict[str, list[Choice]] = {CAME: [], SEGMENT: []}
        self.finish(self.go_on)
        self._show_source()
        room.work.ask(
            _choices, staff=room.staff, topic="draw_sources", then=self._arrived, failed=self.fail
        )

    def _build_spent(self) -> None:
        look = self.room.look
        self.since = Field(look, tr("从"), placeholder=tr("例如 2026-11-01"), name="close_since")
        self.until = Field(look, tr("到"), placeholder=tr("例如 2026-11-01"), name="close_until")
        self.yuan = Field(look, tr("每满多少元一张券"), placeholder="100", name="close_yuan")
        self._spent = QWidget()
        row = QHBoxLayout(self._spent)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space[3])
        for field in (self.since, self.until, self.yuan):
            field.submitted.connect(self.go_on)
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(self._spent)

    def _arrived(self, found: dict[str, list[Choice]]) -> None:
        self._rows = found
        self._show_source()

    def _choose(self, _name: str) -> None:
        self.said.say("")
        self._show_source()

    def _show_source(self) -> None:
        kind = self.source.current()
        rows = self._rows.get(kind, [])
        self._spent.setVisible(kind == SPENT)
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(kind != SPENT and not rows)
        none = tr("还没有人到过场的活动。") if kind == CAME else tr("会员页里还没有存下的条件。")
        self.nothing.setText(none)

    def go_on(self) -> None:
        """Close it."""
        self.said.say("")
        if (found := self._read()) is not None:
            source, words = found
            self.act(close_draw, self._id, source, words=words)

    def _read(self) -> tuple[Source, str] | None:
        kind = self.source.current()
        if kind != SPENT:
            key = self.list.current_key()
            if not isinstance(key, UUID):
                self.said.say(tr("还没有选谁参加。"), is_wrong=True)
                return None
            row = next(each for each in self._rows[kind] if each.key == key)
            if kind == CAME:
                return CameTo(key), tr("{name}到场的", name=row.text)
            return OfSegment(key), tr("符合“{name}”的", name=row.text)
        spent = self._read_spent()
        if spent is None:
            return None
        first, last, yuan = spent.first, spent.last, self.yuan.text()
        words = tr("{first} 到 {last} 每满 {yuan} 元一张券", first=first, last=last, yuan=yuan)
        return spent, words

    def _read_spent(self) -> SpentEach | None:
        """As it is filled in; each line that means nothing says so, and the first has the caret."""
        days, fen, problems = [date.min, date.min], 0, dict[Field, str]()
        for at, field in enumerate((self.since, self.until)):
            try:
                days[at] = date.fromisoformat(field.text())
            except ValueError:
                problems[field] = bad_day_words()
        if not problems and days[1] < days[0]:
            problems[self.until] = tr("不能早于从哪天。")
        try:
            fen = parse_money(self.yuan.text())
        except Shortfall as error:
            problems[self.yuan] = sentence(error)
        if self.yuan not in problems and fen <= 0:
            problems[self.yuan] = tr("写大于 0 的金额。")
        for field, problem in problems.items():
            field.set_problem(problem)
        for field in problems:
            field.focus()
            return None
        return SpentEach(days[0], days[1], fen)


class WordSheet(_StepSheet):
    """开奖: a word of somebody in the room."""

    def __init__(self, room: Room, window: QWidget, seen: DrawSeen) -> None:
        super().__init__(room, window, tr("开奖"), tr("开奖"), name="draw_word")
        self._id = seen.draw.plan.id
        self.explain(
            tr("请现场一位客人说一个词或一个数。它和种子、名单一起定出中奖的人，店里事先算不出来。")
        )
        self.word = Field(
            room.look, tr("现场的话"), placeholder=tr("可以不写"), name="draw_word_text"
        )
        self.word.submitted.connect(self.go_on)
        self.column.addWidget(self.word)
        self.finish(self.go_on)

    def go_on(self) -> None:
        """Draw."""
        self.act(draw_winners, self._id, word=self.word.text())


def _choices(shop: Shop, *, staff: Staff) -> dict[str, Sequence[Choice]]:
    """Activities that somebody came to, and saved conditions."""
    board = look_at_activities(shop)
    came = [each for each in (*board.ahead, *board.past) if each.came]
    return {
        CAME: [
            Choice(
                each.activity.id,
                each.activity.title,
                each.activity.on.isoformat(),
                tr("{count} 人到场", count=f"{each.came:,}"),
                "calendar",
            )
            for each in came
        ],
        SEGMENT: [
            Choice(each.id, each.name, icon="people") for each in saved_segments(shop, staff=staff)
        ],
    }
