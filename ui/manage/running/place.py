"""门店与总部: which store and till this is, what waits and came, and the machines beside it."""

from __future__ import annotations

from collections.abc import Sequence

from core.actions.look_at_place import Place, look_at_place
from core.values.moment import local_time
from ui.here import day_words
from ui.manage.room import Room
from ui.manage.running.chain_tills import (
    deeds_words,
    line_cell,
    till_columns,
    till_rows,
    told_words,
    untold_words,
)
from ui.manage.running.part import RunningPart
from ui.manage.section import Section
from ui.moment_words import when
from ui.store_sales_words import store_sales_facts
from ui.text import sentence, tr
from ui.widgets.panel_row import FactRow
from ui.widgets.row_table import ListedRows, RowTable
from ui.widgets.words import Words

Fact = tuple[str, str, str]


class PlacePart(RunningPart):
    """Facts, one a row."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, "place")
        self.tills = Section(self.look, tr("这家店的机器"), name="running_tills")
        spoken = tr("这家店的机器")
        self.table = RowTable(self.look, till_columns(), name="running_tills_table", spoken=spoken)
        self.deeds = Words(self.look, "", "body", "ink_2", wraps=True, name="running_tills_deeds")
        self.deeds.setContentsMargins(0, self.look.space[3], 0, 0)
        self.tills.body.insertWidget(0, self.table)
        self.tills.body.insertWidget(1, self.deeds)
        self.tills.hide()
        self.store = Section(self.look, tr("这家店、这台"), name="running_store")
        self.chain = Section(self.look, tr("总部"), name="running_chain")
        self.column.addWidget(self.tills)
        self.column.addWidget(self.store)
        self.column.addWidget(self.chain)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """As it is now."""
        self.room.work.ask(
            look_at_place, topic="running_chain", then=self._show, failed=self.room.say
        )

    def _show(self, found: Place) -> None:
        self._show_facts(self.store, store_facts(found), "")
        nothing = tr("没有入网：数据都在这台电脑上。入网在收银台：Ctrl+,，再按“店务”。")
        self._show_facts(self.chain, chain_facts(found), nothing)
        self.tills.setVisible(bool(found.chain_name))
        self._show_tills(found)

    def _show_tills(self, found: Place) -> None:
        rows, sizes = till_rows(found), self.look.sizes
        self.table.setVisible(bool(rows))
        self.table.show_rows(ListedRows(rows), keeps_place=True)
        self.table.setFixedHeight(sizes.office_head + len(rows) * sizes.office_row + 2)
        self.tills.count.setText(told_words(found))
        untold = "" if rows else untold_words(found)
        self.deeds.setText("\n".join(filter(None, (untold, deeds_words(found)))))

    def _show_facts(self, section: Section, facts: Sequence[Fact], nothing: str) -> None:
        rows = []
        for label, value, role in facts:
            row = FactRow(self.look, label)
            row.set_value(value, role)
            rows.append(row)
        section.show_rows(rows, nothing)


def store_facts(found: Place) -> list[Fact]:
    """Label, value and colour of what this till is."""
    till = found.till
    here = tr("{no} 号台", no=till.till_no) if till.till_no else tr("后台电脑")
    return [
        (tr("门店"), f"{till.store_name}　{till.store_code}", "ink"),
        (tr("这台"), here, "ink"),
        (tr("第几代"), tr("第 {no} 代，恢复一次加一", no=till.incarnation), "ink_2"),
        (tr("时区"), tr("{zone}，{hour} 点换日", zone=till.zone, hour=till.day_ends_hour), "ink_2"),
        (tr("在职的人"), tr("{count} 位", count=found.people), "ink"),
    ]


def chain_facts(found: Place) -> list[Fact]:
    """How it stands with head office; nothing where it belongs to no chain."""
    if not found.chain_name:
        return []
    waiting, received, line = found.waiting, found.received, line_cell(found)
    facts = [
        (tr("连锁"), f"{found.chain_name}　{found.url}", "ink"),
        (tr("现在"), line.text, line.role),
        (tr("哪天入网"), f"{local_time(found.enrolled_us, found.zone):%Y-%m-%d}", "ink_2"),
        (tr("等着上传"), _waiting_words(found), "warn_text" if waiting.count else "accent_text"),
        (tr("上次收到总部的"), _known_words(found), "ink"),
    ]
    if found.kept_apart:
        apart = tr("{count} 条，请打总部的电话", count=f"{found.kept_apart:,}")
        facts.append((tr("总部另放着"), apart, "danger_text"))
    if found.store_sales is not None:
        facts += store_sales_facts(found.store_sales)
    if received is None:
        return facts
    facts.append((tr("规则册"), tr("第 {no} 版", no=received.rulebook), "ink"))
    if received.next_rulebook is not None:
        begins = received.next_rulebook
        words = tr("第 {no} 版，{day}起", no=begins.number, day=day_words(begins.on))
        facts.append((tr("要来的规则册"), words, "ink"))
    if received.next_prices is not None:
        begins = received.next_prices
        words = tr("{count} 种商品，{day}起", count=begins.number, day=day_words(begins.on))
        facts.append((tr("要来的价"), words, "ink"))
    if received.left is not None:
        facts.append((tr("用不了的"), sentence(received.left), "warn_text"))
    return facts


def _waiting_words(found: Place) -> str:
    waiting = found.waiting
    if not waiting.count:
        return tr("没有，都传了")
    if waiting.since_us is None:
        return tr("{count} 条", count=f"{waiting.count:,}")
    since = when(waiting.since_us, found.now_us, found.zone)
    return tr("{count} 条，最早的 {since}", count=f"{waiting.count:,}", since=since)


def _known_words(found: Place) -> str:
    if found.known_us is None:
        return tr("还没有收到过")
    return when(found.known_us, found.now_us, found.zone)
