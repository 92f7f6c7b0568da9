"""操作记录: the audit log as a table, with what it says at the right, its check and its export."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta, tzinfo
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from core.actions import proof
from core.actions.proof import AuditPage, Checked, Found, Tally, Wanted
from core.actions.staff import everybody
from core.shop import Shop
from core.trust.audit_kinds import KINDS_OF, Group
from core.trust.staff import Staff
from core.values.ident import read_paper_no
from core.values.moment import day_began_us
from ui.file_dialog import ask_where
from ui.finding_text import finding_words
from ui.labour import Labour
from ui.manage.parts import Part
from ui.manage.proof.detail import VOIDED, ProofDetail
from ui.manage.proof.filter import ALL, ProofFilter
from ui.manage.proof.rows import AuditRows
from ui.manage.room import Room
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.day_span import bad_day_words
from ui.widgets.row_table import Column, RowTable
from ui.widgets.said import Said

COUNTED_DAYS = 30
NARROW = 940
DETAIL_WIDTH = 300


class _Begun(Struct, frozen=True):
    end: int
    people: tuple[Staff, ...]
    zone: tzinfo
    today: date


def _begin(shop: Shop, *, staff: Staff) -> _Begun:
    with shop.store.read() as reading:
        zone, today = reading.till.zone, shop.moment(reading).business_on
    return _Begun(proof.audit_end(shop, staff=staff), everybody(shop), zone, today)


def _find(shop: Shop, wanted: Wanted, typed: str, below: int, *, staff: Staff) -> Found:
    if typed:
        texts = proof.texts_of(shop, typed)
        wanted = Wanted(
            wanted.kinds,
            wanted.is_approved,
            wanted.staff_no,
            wanted.from_us,
            wanted.until_us,
            texts,
        )
    return proof.find_audit(shop, wanted, below, staff=staff)


class ProofLog(Part):
    """The newest first. Whatever takes long goes on in pieces, and ends where somebody leaves."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        look, work, staff = room.look, room.work, room.staff
        self._look, self._work, self._staff = look, work, staff
        self._begun: _Begun | None = None
        self._found = array("q")
        self._counts: Counter[Group] = Counter()
        self._labour = Labour(self)
        self.filter = ProofFilter(look)
        self.table = RowTable(look, _columns(), name="proof_rows", spoken=tr("操作记录"))
        self.detail = ProofDetail(look)
        self.said = Said(look, name="proof_said")
        self.check = Button(look, tr("核对有没有被改过"), icon="shield", name="proof_check")
        self.stop = Button(look, tr("停下"), icon="close", name="proof_stop")
        self.export = Button(look, tr("导出…"), icon="export", name="proof_export")
        self._arrange()
        self.rows = AuditRows((), self._ask_page)
        self.filter.changed.connect(self._search)
        self.table.current_changed.connect(self._on_row)
        self.table.opened.connect(self._open_paper)
        self.detail.paper_asked.connect(self._ask_paper)
        self.check.clicked.connect(self._on_check)
        self.stop.clicked.connect(self._on_stop)
        self.export.clicked.connect(self._on_export)

    def _arrange(self) -> None:
        look = self._look
        self.detail.setFixedWidth(DETAIL_WIDTH)
        middle = QHBoxLayout()
        middle.setSpacing(look.space[4])
        middle.addWidget(self.table, 1)
        middle.addWidget(self.detail)
        foot = QHBoxLayout()
        foot.setSpacing(look.space[3])
        foot.addWidget(self.said, 1)
        foot.addStretch(0)
        for button in (self.stop, self.check, self.export):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[3])
        column.addWidget(self.filter)
        column.addLayout(middle, 1)
        column.addLayout(foot)
        self.stop.hide()

    # What is shown

    def refresh(self) -> None:
        """The log as it is now."""
        self._work.ask(
            _begin, staff=self._staff, topic="proof_begin", then=self._on_begun, failed=self.fail
        )

    def fail(self, error: Exception) -> None:
        """Why something was not done, below the table."""
        self.stop.hide()
        self.said.say(sentence(error), is_wrong=True)

    def _on_begun(self, begun: _Begun) -> None:
        self._begun = begun
        self.filter.show_people(begun.people)
        self._counts = Counter()
        self._search()
        self._tally(begun.end + 1)

    def _search(self) -> None:
        begun, days = self._begun, self.filter.days()
        if begun is None:
            return
        self._end_pieces()
        if days is None:
            self.said.say(bad_day_words(), is_wrong=True)
            return
        wanted, typed = self._wanted(days, begun.zone), self.filter.text.text()
        if wanted.is_everything and not typed:
            self._show(AuditRows(range(begun.end, 0, -1), self._ask_page))
            self._say_count(begun.end)
            return
        self._found = array("q")
        self._show(AuditRows(self._found, self._ask_page))
        self._go_on(wanted, typed, begun.end + 1)

    def _wanted(self, days: tuple[date | None, date | None], zone: tzinfo) -> Wanted:
        group = self.filter.group
        kinds = frozenset({self.filter.kind} if self.filter.kind else ())
        is_approved = group == Group.APPROVED
        if group not in (ALL, Group.APPROVED):
            kinds = KINDS_OF[Group(group)]
        first, last = days
        after = None if last is None else last + timedelta(days=1)
        return Wanted(
            kinds,
            is_approved,
            self.filter.staff_no,
            None if first is None else day_began_us(first, zone),
            None if after is None else day_began_us(after, zone),
        )

    def _go_on(self, wanted: Wanted, typed: str, below: int) -> None:
        def found(piece: Found) -> None:
            if piece.seqs:
                self._found.extend(piece.seqs)
                self._show(self.rows, keeps_place=True)
            if piece.reached:
                count = f"{len(self._found):,}"
                self.said.say(
                    tr(
                        "找到 {count} 条，还有 {left} 条没有看…",
                        count=count,
                        left=f"{piece.reached:,}",
                    )
                )
                self._go_on(wanted, typed, piece.reached)
            else:
                self.stop.hide()
                self._say_count(len(self._found))

        self.stop.show()
        self._work.ask(
            _find,
            wanted,
            typed,
            below,
            staff=self._staff,
            topic="proof_find",
            then=found,
            failed=self.fail,
        )

    def _show(self, rows: AuditRows, *, keeps_place: bool = False) -> None:
        self.rows = rows
        self.table.show_rows(rows, keeps_place=keeps_place)
        if not keeps_place:
            self.table.say_nothing("")
            self.detail.show_nothing()
            self._fit()
        self.export.setEnabled(len(rows) > 0)

    def _say_count(self, count: int) -> None:
        words = tr("{count} 条，新的在前。", count=f"{count:,}")
        self.said.say(words if count else "")
        self.table.say_nothing(tr("没有这样的记录。"))

    def _ask_page(self, no: int, seqs: Sequence[int]) -> None:
        asked_by = self.rows

        def arrived(page: AuditPage) -> None:
            if self.rows is asked_by:
                self.table.rows_arrived(*self.rows.take(no, page))

        self._work.ask(
            proof.audit_page,
            list(seqs),
            staff=self._staff,
            topic=f"proof_page_{no}",
            then=arrived,
            failed=self.fail,
        )

    def _on_row(self, at: int) -> None:
        line, page = self.rows.line(at), self.rows.page_of(at)
        if line is not None and page is not None:
            self.detail.show_line(line, page)
            self._fit()

    def _open_paper(self, at: int) -> None:
        """Enter on a row opens what the button at its right does."""
        line = self.rows.line(at)
        no = read_paper_no(line.row.subject) if line is not None else None
        if line is not None and no is not None:
            self._ask_paper(no, is_void=line.row.what == VOIDED)

    def _ask_paper(self, no: str, is_void: bool) -> None:
        self.room.open_paper(no, wants_void=is_void)

    def _tally(self, below: int) -> None:
        assert self._begun is not None
        from_us = self._work.now_us() - COUNTED_DAYS * 86_400_000_000

        def counted(piece: Tally) -> None:
            self._counts.update(piece.counts)
            if piece.reached:
                self._tally(piece.reached)
            else:
                self.filter.show_counts(self._counts)

        self._work.ask(
            proof.tally_audit,
            from_us,
            below,
            staff=self._staff,
            topic="proof_tally",
            then=counted,
            failed=self.fail,
        )

    # Deeds

    def _on_check(self) -> None:
        self._work.forget("proof_find")
        self._check(Checked())

    def _check(self, so_far: Checked) -> None:
        self.stop.show()
        self.check.setEnabled(False)

        def checked(now: Checked) -> None:
            if not now.is_done:
                words = tr("核对到第 {at} 条，共 {end} 条…", at=f"{now.seq:,}", end=f"{now.end:,}")
                self.said.say(words)
                self._check(now)
                return
            self.stop.hide()
            self.check.setEnabled(True)
            self.said.say(check_words(now), is_wrong=not now.is_whole)

        def failed(error: Exception) -> None:
            self.check.setEnabled(True)
            self.fail(error)

        self._work.ask(
            proof.check_audit,
            so_far,
            staff=self._staff,
            topic="proof_check",
            then=checked,
            failed=failed,
        )

    def _on_stop(self) -> None:
        self._end_pieces()
        self.said.say(tr("停下了，到这里有 {count} 条。", count=f"{len(self.rows):,}"))

    def _end_pieces(self) -> None:
        """Nobody waits for what is looked for or checked any more."""
        self._work.forget("proof_find", "proof_check")
        self.stop.hide()
        self.check.setEnabled(True)

    def _on_export(self) -> None:
        seqs = list(self.rows.seqs[: proof.MOST_EXPORTED + 1])

        def take_out(chosen: str) -> None:
            def write(page: AuditPage) -> None:
                from ui.devices.audit_files import audit_bytes
                from ui.devices.files import write_file

                path = Path(chosen)
                said = tr("存到 {path}", path=path)
                self._labour.begin(
                    lambda: write_file(path, audit_bytes(page, path)),
                    then=lambda _none: self.said.say(said),
                    failed=self.fail,
                )

            self._work.act(
                proof.export_audit, seqs, staff=self._staff, then=write, failed=self.fail
            )

        ask_where(self, tr("操作记录") + ".xlsx", take_out)

    # Of Qt

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # a window that is made small goes on
            self._end_pieces()
            self._work.forget("proof_begin", "proof_tally")
            self.rows = AuditRows((), self._ask_page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where it is narrow, what a row says stands beside the table once one is chosen."""
        is_narrow, has_row = self.width() < NARROW, self.detail.has_row
        self.detail.setVisible(has_row or not is_narrow)
        hidden = () if not is_narrow else ("detail", "who") if has_row else ("detail",)
        self.table.hide_columns(hidden)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


def check_words(checked: Checked) -> str:
    """What a check of the chain came to."""
    end = f"{checked.end:,}"
    if checked.is_whole:
        return tr("从第 1 条到第 {end} 条，一条不少，一字未改；案件和抽奖都照着流水。", end=end)
    if checked.broken:
        first = f"{checked.broken[0]:,}"
        return tr(
            "从第 {first} 条起对不上：有人改过或删过。请不要再改动这台电脑，用备份比对。",
            first=first,
        )
    if not checked.is_cut:
        first = finding_words(checked.judged[0])
        words = "{first}案件和抽奖一共 {count} 处不对。请不要再改动这台电脑，用备份比对。"
        return tr(words, first=first, count=len(checked.judged))
    return tr(
        "第 {seq} 条以后的不见了，应有 {end} 条。请不要再改动这台电脑，用备份比对。",
        seq=f"{checked.seq:,}",
        end=end,
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("time", tr("时间"), 168),
        Column("who", tr("谁"), 108),
        Column("what", tr("做了什么"), 188, is_strong=True),
        Column("about", tr("对象"), 160, grows=True),
        Column("detail", tr("细节"), 160, grows=True),
    )
