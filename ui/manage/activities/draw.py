"""一次抽奖: its three steps with their hashes, who won, who takes part, and its papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.draws import (
    DrawSeen,
    Listed,
    Winner,
    draw_certificate,
    give_prize,
    leave_draw,
    look_at_draw,
)
from core.members.masks import mask_name
from core.shop import Shop
from core.trust.draw_record import certificate_bytes
from core.trust.rights import Right, may
from core.values.moment import day_and_time
from ui.draw_words import hash_words
from ui.filing import Filing
from ui.manage.activities import draw_state as state
from ui.manage.room import Room
from ui.text import capital, sentence, tr
from ui.widgets import paint
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.row_table import ListedRows, RowTable
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.words import Rule, Words

WON, LISTED = "won", "listed"
LABEL = 132


class DrawPart(QWidget):
    """`left` where somebody goes back to all draws."""

    left = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._id: UUID | None = None
        self._seen: DrawSeen | None = None
        self._zone: tzinfo | None = None
        self._store = ""
        self._sure_of: UUID | None = None
        self._room_for_words, self._is_low = 0, False
        self._build()
        self._filing = Filing(self, self.said, self)

    # Parts

    def _build(self) -> None:
        look, column = self._room.look, QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[3])
        column.addLayout(self._build_head())
        column.addLayout(self._build_steps())
        self.said = Said(look, name="draw_said")
        column.addWidget(self.said)
        self.which = Segments(
            look,
            [Segment(WON, tr("中奖")), Segment(LISTED, tr("名单"))],
            name="draw_which",
            spoken=tr("看什么"),
        )
        self.which.chosen.connect(lambda _name: self._show_rows())
        line = QHBoxLayout()
        line.addWidget(self.which)
        line.addStretch(1)
        column.addLayout(line)
        self.won = RowTable(look, state.won_columns(), name="draw_won", spoken=tr("中奖"))
        self.listed = RowTable(look, state.listed_columns(), name="draw_list", spoken=tr("名单"))
        for table in (self.won, self.listed):
            table.current_changed.connect(lambda _at: self._show_deeds())
            column.addWidget(table, 1)
        column.addLayout(self._build_foot())
        column.addStretch(0)

    def _build_head(self) -> QHBoxLayout:
        look, row = self._room.look, QHBoxLayout()
        back = Button(look, tr("全部抽奖"), kind="text", icon="return", name="draw_back")
        back.clicked.connect(self.left)
        self.title = Words(look, "", "title", bold=True, elides=True, name="draw_title")
        self.stage = Chip(look, name="draw_stage", parent=self)
        high = look.sizes.control
        self.next = Button(look, "", kind="primary", height=high, name="draw_next")
        self.next.clicked.connect(self._go_on)
        self.paper = Button(look, tr("公告"), icon="export", name="draw_paper")
        self.paper.clicked.connect(self._keep_paper)
        self.file = Button(look, tr("证书文件"), icon="export", name="draw_file")
        self.file.clicked.connect(self._keep_file)
        row.setSpacing(look.space[2])
        row.addWidget(back)
        row.addWidget(self.stage)
        row.addWidget(self.title, 1)
        for button in (self.paper, self.file, self.next):
            row.addWidget(button)
        return row

    def _build_steps(self) -> QVBoxLayout:
        look, column = self._room.look, QVBoxLayout()
        column.setSpacing(look.space[1])
        self.steps: dict[str, Words] = {}
        labels = {
            "prizes": tr("奖品"),
            "commitment": tr("1　承诺值"),
            "list": tr("2　名单值"),
            "seed": tr("3　种子"),
        }
        for name, label in labels.items():
            row = QHBoxLayout()
            row.setSpacing(look.space[3])
            head = Words(look, label, "body", bold=True)
            head.setFixedWidth(LABEL)
            words = Words(look, "", "body", "ink_2", name=f"draw_{name}")
            self.steps[name] = words
            row.addWidget(head)
            row.addWidget(words, 1)
            column.addLayout(row)
            column.addWidget(Rule(look))
        return column

    def _build_foot(self) -> QHBoxLayout:
        look, row = self._room.look, QHBoxLayout()
        row.setSpacing(look.space[2])
        row.addStrut(look.sizes.control)
        self.whom = Words(look, "", "body", "ink_2", elides=True, name="draw_whom")
        self.leave = Button(look, tr("退出抽奖"), name="draw_leave")
        self.leave.clicked.connect(self._leave)
        self.give = Button(look, tr("领奖"), icon="check", name="draw_give")
        self.give.clicked.connect(self._give)
        row.addWidget(self.whom, 1)
        row.addWidget(self.leave)
        row.addWidget(self.give)
        return row

    # What is shown

    def open(self, draw_id: UUID) -> None:
        """Show a draw from the beginning."""
        self._id, self._seen = draw_id, None
        self.said.say("")
        self.refresh()

    def refresh(self) -> None:
        """Ask for it."""
        if self._id is not None:
            draw_id, staff = self._id, self._room.staff

            def look(shop: Shop) -> tuple[DrawSeen, str, tzinfo]:
                with shop.store.read() as reading:
                    till = reading.till
                return look_at_draw(shop, draw_id, staff=staff), till.store_name, till.zone

            self._room.work.ask(look, topic="draw", then=self._arrived, failed=self._room.say)

    def _arrived(self, found: tuple[DrawSeen, str, tzinfo]) -> None:
        seen, self._store, self._zone = found
        self._show(seen)

    def _show(self, seen: DrawSeen) -> None:
        was_drawn = self._seen is not None and self._seen.draw.drawn is not None
        is_first, self._seen = self._seen is None, seen
        draw = seen.draw
        is_closed, is_drawn = draw.closed is not None, draw.drawn is not None
        self.title.setText(draw.plan.name)
        self.stage.set_text(state.stage_words(draw))
        self._show_steps(seen)
        may_run = may(self._room.staff, Right.RUN_DRAWS)
        self.next.setVisible(may_run and not is_drawn)
        self.next.set_label(tr("开奖…") if is_closed else tr("封名单…"))
        self.paper.set_label(tr("证书") if is_drawn else tr("公告"))
        self.file.setVisible(is_drawn)
        self.which.setVisible(is_closed)
        self.which.show_only([WON, LISTED] if is_drawn else [LISTED])
        if is_first or is_drawn != was_drawn:
            self.which.set_current(WON if is_drawn else LISTED)
        self.which.show_counts({WON: f"{len(seen.won):,}", LISTED: f"{len(seen.listed):,}"})
        self._show_rows()

    def _show_steps(self, seen: DrawSeen) -> None:
        draw, zone = seen.draw, self._zone
        assert zone is not None, "the shop says where it is with its draw"
        again = tr("可以重复中奖") if draw.plan.may_repeat else tr("一人最多中一次")
        prizes = tr("，").join((state.prizes_words(draw.plan.prizes), again))
        self.steps["prizes"].setText(prizes)
        stages = {"commitment": (draw.committed, seen.commitment)}
        words = {"list": tr("还没有封：这时谁还能参加"), "seed": tr("开奖时公布")}
        if draw.closed is not None:
            words["list"] = _stage(draw.closed.at_us, zone, seen.list_sha256)
            words["list"] += "　" + draw.closed.source
        if draw.drawn is not None:
            words["seed"] = _stage(draw.drawn.at_us, zone, seen.seed)
            if draw.drawn.word:
                words["seed"] += "　" + tr("现场的话：{word}", word=draw.drawn.word)
        for name, (stage, signs) in stages.items():
            words[name] = _stage(stage.at_us, zone, signs)
        for name, text in words.items():
            self.steps[name].setText(text)
        self._fit_steps()

    def fit(self, width: int, *, is_low: bool) -> None:
        """What a step fixed takes two lines where one is too short and there is room below."""
        self._room_for_words, self._is_low = width - LABEL - self._room.look.space[3], is_low
        self._fit_steps()

    def _fit_steps(self) -> None:
        for words in self.steps.values():
            is_long = paint.advance(words.font(), words.text()) > self._room_for_words
            words.set_wrapped(2 if is_long and not self._is_low else 1)

    def _show_rows(self) -> None:
        seen, zone = self._seen, self._zone
        if seen is None or zone is None:
            return
        is_closed = seen.draw.closed is not None
        is_won = self.which.current() == WON
        won = state.prizes_by_number(seen)
        rows = [state.won_row(each, seen, zone) for each in seen.won]
        self.won.show_rows(ListedRows(rows), keeps_place=True)
        listed = [state.listed_row(each, won) for each in seen.listed]
        self.listed.show_rows(ListedRows(listed), keeps_place=True)
        self.won.setVisible(is_closed and is_won)
        self.listed.setVisible(is_closed and not is_won)
        self._show_deeds()

    def _chosen(self) -> tuple[Winner | None, Listed | None]:
        seen = self._seen
        if seen is None:
            return None, None
        if self.which.current() == WON:
            at = self.won.view.current
            winner = seen.won[at] if 0 <= at < len(seen.won) else None
            return winner, winner.listed if winner else None
        at = self.listed.view.current
        return None, seen.listed[at] if 0 <= at < len(seen.listed) else None

    def _show_deeds(self) -> None:
        winner, who = self._chosen()
        self._sure_of = None
        self.leave.set_label(tr("退出抽奖"))
        may_run = may(self._room.staff, Right.RUN_DRAWS)
        is_open = winner is not None and who is not None and winner.given_us is None
        self.give.setVisible(may_run and is_open)
        has_had = winner is not None and winner.given_us is not None
        self.leave.setVisible(may_run and who is not None and not who.is_gone and not has_had)
        self.whom.setText(self._whom_words(who))

    def _whom_words(self, who: Listed | None) -> str:
        seen = self._seen
        if who is not None:
            name = mask_name(who.name) if who.name else ""
            return capital(tr("{no} 号　{name}", no=who.no, name=name))
        if seen is None or seen.draw.closed is None:
            return tr("把承诺值打印出来贴好，再封名单。")
        return tr("点一行，记领奖或退出")

    # What is done

    def _go_on(self) -> None:
        from ui.manage.activities.draw_sheets import CloseSheet, WordSheet

        seen = self._seen
        if seen is None:
            return
        if seen.draw.closed is None:
            sheet = CloseSheet(self._room, self.window(), seen)
            sheet.done.connect(self._show)
            sheet.open(sheet.list)
            return
        last = WordSheet(self._room, self.window(), seen)
        last.done.connect(self._show)
        last.open(last.word.edit)

    def _give(self) -> None:
        winner, who = self._chosen()
        if winner is not None and who is not None:
            self._act(give_prize, winner.prize, winner.piece, who.member_id)

    def _leave(self) -> None:
        """Nobody comes back to a draw: a second press does it."""
        who = self._chosen()[1]
        if who is not None and self._sure_of == who.member_id:
            self._act(leave_draw, who.member_id)
        elif who is not None:
            self._sure_of = who.member_id
            self.leave.set_label(tr("退出不能改回，再按一次"))

    def _act(self, action: Callable[..., DrawSeen], *words: object) -> None:
        self._room.work.act(
            action,
            self._id,
            *words,
            staff=self._room.staff,
            then=self._done,
            failed=self._failed,
        )

    def _done(self, seen: DrawSeen) -> None:
        self.said.say("")
        self._show(seen)

    def _failed(self, error: Exception) -> None:
        self.said.say(sentence(error), is_wrong=True)
        self.refresh()

    def _keep_paper(self) -> None:
        seen = self._seen
        if seen is not None:
            name = f"{seen.draw.plan.name} {self.paper.text()}.pdf"
            self._ask_where(name, self._write_paper)

    def _keep_file(self) -> None:
        seen = self._seen
        if seen is not None:
            self._ask_where(f"{seen.draw.plan.name}.json", self._write_file)

    def _ask_where(self, name: str, then: Callable[[str], object]) -> None:
        from ui.file_dialog import ask_where

        ask_where(self, name.replace("/", "-"), then)

    def _write_paper(self, chosen: str) -> None:
        seen, zone, store = self._seen, self._zone, self._store
        shop = self._room.work.hands.shop
        if seen is None or zone is None or shop is None:
            return

        def make() -> bytes:
            from ui.manage.activities.draw_files import draw_pdf

            is_drawn = seen.draw.drawn is not None
            record = draw_certificate(shop, seen.draw.plan.id) if is_drawn else None
            return draw_pdf(seen, store, zone, record)

        self._filing.write(Path(chosen), make)

    def _write_file(self, chosen: str) -> None:
        seen, shop = self._seen, self._room.work.hands.shop
        if seen is not None and shop is not None:
            draw_id = seen.draw.plan.id
            self._filing.write(
                Path(chosen), lambda: certificate_bytes(draw_certificate(shop, draw_id))
            )


def _stage(at_us: int, zone: tzinfo, signs: str) -> str:
    return f"{day_and_time(at_us, zone)}　{hash_words(signs)}"
