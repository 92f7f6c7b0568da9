"""一批券: what became of it in figures that open their codes; printed, exported, taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core.actions.coupon_rounds import TakenBack, round_codes, withdraw_round
from core.actions.handouts import Far, hand_out_more, stop_handout
from core.actions.slips import coupon_slips
from core.sales.coupon_slip import CouponSlip
from core.sales.handout import CodeState, Round, RoundCode
from core.values.money import format_money
from ui.filing import Filing
from ui.manage.benefits import words
from ui.manage.listed import ListedSheet
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.key_figure import KeyFigure
from ui.widgets.progress import Progress
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words

SIZE = (900, 480)
SIDE = 24
COLUMNS = 3
MOST_PAGES = 5_000
"""More coupons than that are no pages for an office's printer: they are exported."""


class RoundSheet(Sheet):
    """Made for one round, gone when it is closed."""

    refuses_scans = True

    def __init__(self, room: Room, window: QWidget, name: str, found: Round) -> None:
        subtitle = f"{found.business_on.isoformat()}　{words.whom_words(found)}"
        super().__init__(room.look, window, name, subtitle=subtitle, size=SIZE, name="round")
        self._room, self._name, self._round = room, name, found
        self._gone = 0
        self._is_sure = False
        self._is_going = False
        self._build()
        self._filing = Filing(self, self.said, self)
        self.closed.connect(self.deleteLater)

    def _build(self) -> None:
        look, it = self._look, self._round
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(look.space[3])
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space[4])
        grid.setVerticalSpacing(look.space[4])
        self.figures: dict[str, KeyFigure] = {}
        for at, (key, label, number, line, state) in enumerate(self._told()):
            figure = KeyFigure(look, label, name=f"round_{key}", style="figure")
            figure.show_figure(number, line)
            figure.opened.connect(lambda state=state, label=label: self._open(state, label))
            self.figures[key] = figure
            grid.addWidget(figure, at // COLUMNS, at % COLUMNS)
        column.addLayout(grid)
        column.addWidget(Rule(look))
        self.waiting = Words(look, "", "body", "ink_2", wraps=True, name="round_waiting")
        if it.waiting:
            self.waiting.setText(self._waiting_words())
        else:
            self.waiting.hide()
        column.addWidget(self.waiting)
        self.progress = Progress(look, name="round_progress")
        self.progress.hide()
        column.addWidget(self.progress)
        column.addStretch(1)
        self.said = Said(look, name="round_said")
        self.set_body(body, self._foot())

    def _told(self) -> list[tuple[str, str, str, str, CodeState | None]]:
        it = self._round
        share = tr("占发了的 {share}%", share=it.used * 100 // it.count) if it.count else ""
        taken = format_money(it.turnover_fen)
        return [
            ("count", tr("发了"), f"{it.count:,}", "", None),
            ("held", tr("没用"), f"{it.held:,}", tr("还能用"), CodeState.HELD),
            ("used", tr("用了"), f"{it.used:,}", share, CodeState.USED),
            ("expired", tr("过期"), f"{it.expired:,}", "", CodeState.EXPIRED),
            ("withdrawn", tr("收回了"), f"{it.withdrawn:,}", "", CodeState.WITHDRAWN),
            ("turnover", tr("带来营业额"), taken, tr("退了的已减去"), CodeState.USED),
        ]

    def _waiting_words(self) -> str:
        count = f"{self._round.waiting:,}"
        if self._round.is_stopped:
            return tr("发到一半停下了，{count} 位没有发，以后也不发。", count=count)
        return tr("还有 {count} 位会员没有发到，可以接着发。", count=count)

    def _foot(self) -> Foot:
        look, it = self._look, self._round
        high = look.sizes.control
        self.table = Button(look, tr("存成表格…"), icon="export", height=high, name="round_table")
        self.table.clicked.connect(self._keep_table)
        self.pages = Button(look, tr("印成券…"), icon="printer", height=high, name="round_pages")
        self.pages.clicked.connect(lambda: self._with_codes(CodeState.HELD, self._ask_slips))
        self.pages.setEnabled(0 < it.held <= MOST_PAGES)
        self.back = Button(look, tr("收回这批"), kind="danger", height=high, name="round_back")
        self.back.clicked.connect(self._on_back)
        self.back.setEnabled(it.count > it.withdrawn)
        self.go_on = Button(look, tr("接着发"), kind="primary", height=high, name="round_go_on")
        self.go_on.clicked.connect(self._on_go_on)
        self.go_on.setVisible(bool(it.waiting) and not it.is_stopped)
        deeds = (self.table, self.pages, self.go_on)
        return Foot(look, *deeds, left=(self.back,), said=self.said)

    # Rows and files

    def _open(self, state: CodeState | None, label: str) -> None:
        def show(found: Sequence[RoundCode]) -> None:
            count = tr("{count} 张", count=f"{len(found):,}")
            ListedSheet(
                self._look,
                self._window,
                f"{self._name}·{label}",
                words.code_columns(),
                words.code_rows(found),
                subtitle=count,
                nothing=tr("一张也没有。"),
            ).open()

        self._with_codes(state, show)

    def _with_codes(
        self, state: CodeState | None, then: Callable[[Sequence[RoundCode]], object]
    ) -> None:
        self._room.work.ask(
            round_codes,
            self._round.id,
            state=state,
            staff=self._room.staff,
            topic="round_codes",
            then=then,
            failed=self._fail,
        )

    def _keep_table(self) -> None:
        from ui.file_dialog import ask_where

        def ask(found: Sequence[RoundCode]) -> None:
            def write(chosen: str) -> None:
                self.write_table(found, Path(chosen))

            ask_where(self, self._file_name(".xlsx"), write, others=(".csv",))

        self._with_codes(None, ask)

    def write_table(self, found: Sequence[RoundCode], path: Path) -> None:
        """All codes, with what became of each."""
        from ui.devices.coupon_files import codes_bytes

        headings, cells = words.code_headings(), words.code_cells(self._name, found)
        self._filing.write(path, lambda: codes_bytes(headings, cells, path))

    def _ask_slips(self, found: Sequence[RoundCode]) -> None:
        self._room.work.ask(
            coupon_slips,
            [each.code for each in found],
            topic="round_slips",
            then=self._keep_pages,
            failed=self._fail,
        )

    def _keep_pages(self, slips: Sequence[CouponSlip]) -> None:
        from ui.file_dialog import ask_where

        def write(chosen: str) -> None:
            self.write_pages(slips, Path(chosen))

        ask_where(self, self._file_name(".pdf"), write)

    def write_pages(self, slips: Sequence[CouponSlip], path: Path) -> None:
        """Those that can be used, ten on a page."""
        from ui.devices.coupon_sheet import coupon_sheet_pdf

        self._filing.write(path, lambda: coupon_sheet_pdf(slips))

    def _file_name(self, ending: str) -> str:
        return f"{self._name}-{self._round.business_on:%Y%m%d}{ending}"

    # Going on, and taking back

    def _on_go_on(self) -> None:
        self._is_going = not self._is_going
        if self._is_going:
            self.go_on.set_label(tr("停下"))
            self.progress.show()
            self._act(hand_out_more, self._on_far)
        else:
            self.go_on.setEnabled(False)

    def _on_far(self, far: Far) -> None:
        whole = max(1, far.handed + far.waiting)
        self.progress.show_progress(far.handed * 1000 // whole, words.far_words(far))
        if far.waiting and not far.is_stopped:
            self._act(hand_out_more if self._is_going else stop_handout, self._on_far)
            return
        self._is_going = False
        self.go_on.hide()
        self.waiting.hide()
        self.said.say(words.stopped_words(far) if far.is_stopped else words.done_words(far))

    def _on_back(self) -> None:
        """One press more than a slip of the finger."""
        if not self._is_sure:
            self._is_sure = True
            count = f"{self._round.count - self._round.withdrawn:,}"
            self.said.say(
                tr("这 {count} 张收回了就不能再用。要收回，再按一次。", count=count), is_wrong=True
            )
            return
        self.back.setEnabled(False)
        self._act(withdraw_round, self._on_taken_back)

    def _on_taken_back(self, taken: TakenBack) -> None:
        self._gone += taken.count
        if taken.has_more:
            self.said.say(tr("收回了 {count} 张…", count=f"{self._gone:,}"))
            self._act(withdraw_round, self._on_taken_back)
            return
        self.pages.setEnabled(False)
        used = self._round.used
        text = tr("收回了 {count} 张。", count=f"{self._gone:,}")
        if used:
            text = tr(
                "收回了 {count} 张，其中 {used} 张已经用过，退回来也不能再用。",
                count=f"{self._gone:,}",
                used=f"{used:,}",
            )
        self.said.say(text)

    def _act(self, action: Callable[..., object], then: Callable[..., object]) -> None:
        self._room.work.act(
            action, self._round.id, staff=self._room.staff, then=then, failed=self._fail
        )

    def _fail(self, error: Exception) -> None:
        self._is_going, self._is_sure = False, False
        self.go_on.set_label(tr("接着发"))
        self.go_on.setEnabled(True)
        self.back.setEnabled(self._round.count > self._round.withdrawn)
        self.said.say(sentence(error), is_wrong=True)

    def give_up(self) -> None:
        """While it goes on, turning back stops it first."""
        if self._is_going:
            self._on_go_on()
        else:
            super().give_up()
