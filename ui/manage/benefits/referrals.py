"""介绍有礼: what bringing a new member is worth, and who brought whom and got what for it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.actions.referrals import Referrals, Referred, referrals
from core.members.masks import mask_card, mask_name
from core.rulebook.behaviours import Behaviour
from ui.manage.parts import Part
from ui.manage.room import Room
from ui.manage.section import Section
from ui.text import tr
from ui.widgets.banner import Action, Banner
from ui.widgets.row_table import Cell, Column, ListedRows, RowTable
from ui.widgets.words import Words


class ReferralsPart(Part):
    """The rule as a sentence, a word on the draft, and the table."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        look = room.look
        self._seen: Referrals | None = None
        self.rule = Section(
            look, tr("介绍有礼"), name="referral_rule", more=tr("改"), icon="settings"
        )
        self.rule.more.connect(self._edit)
        self.drafted = Banner(
            look,
            tr("草稿里改了"),
            "-",
            tone="warn",
            icon="offer",
            action=Action("rules", tr("去发布")),
            name="referral_draft",
        )
        self.drafted.answered.connect(room.went.emit)
        self.drafted.hide()
        self.list = Section(look, tr("谁介绍了谁"), name="referral_list")
        self.table = RowTable(look, _columns(), name="referral_table", spoken=tr("谁介绍了谁"))
        self.nothing = Words(look, "", "body", "ink_2", wraps=True, name="referral_nothing")
        self.nothing.setContentsMargins(0, look.space[3], 0, 0)
        self.list.body.insertWidget(0, self.nothing)
        self.list.body.insertWidget(1, self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[4])
        column.addWidget(self.rule)
        column.addWidget(self.drafted)
        column.addWidget(self.list, 1)
        self.rule.button.hide()  # until it is known what holds
        self.table.hide()

    def refresh(self) -> None:
        """Ask anew."""
        room = self.room
        room.work.ask(
            referrals, staff=room.staff, topic="referrals", then=self._show, failed=room.say
        )

    def _show(self, seen: Referrals) -> None:
        self._seen = seen
        look = self.room.look
        rule = Words(look, rule_words(seen.behaviour), "item", wraps=True, name="referral_says")
        rule.setContentsMargins(0, look.space[3], 0, 0)
        rows: list[QWidget] = [rule]
        if seen.chain:
            words = tr("规则册由总部“{chain}”发布，这里只看。", chain=seen.chain)
            rows.append(Words(look, words, "body", "ink_2", wraps=True))
        self.rule.show_rows(rows, "")
        self.rule.button.setVisible(not seen.chain)
        self.drafted.setVisible(seen.drafted != seen.behaviour)
        self.drafted.line.setText(rule_words(seen.drafted))
        self.table.show_rows(ListedRows([_row(each) for each in seen.rows]))
        self.table.setVisible(bool(seen.rows))
        self.nothing.setVisible(not seen.rows)
        self.nothing.setText(tr("还没有记过介绍人。在会员资料里记上，新会员第一次买就算。"))
        count = tr("{count} 位", count=f"{len(seen.rows):,}") if seen.rows else ""
        self.list.count.setText(count)

    def _edit(self) -> None:
        from ui.manage.benefits.referral_form import ReferralForm

        if self._seen is not None:
            sheet = ReferralForm(self.room, self.window(), self._seen)
            sheet.closed.connect(self.refresh)
            sheet.open()


def rule_words(behaviour: Behaviour | None) -> str:
    """What it is worth, and how often."""
    if behaviour is None:
        return tr("现在不送：介绍新会员没有积分。")
    said = [
        tr("新会员第一次买，介绍人得 {points} 分", points=f"{behaviour.points:,}"),
    ]
    for count, words in (
        (behaviour.per_day, "每天最多 {count} 次"),
        (behaviour.per_year, "每年最多 {count} 次"),
        (behaviour.in_all, "一共最多 {count} 次"),
    ):
        if count:
            said.append(tr(words, count=f"{count:,}"))
    return tr("，").join(said)


def _columns() -> tuple[Column, ...]:
    return (
        Column("joined", tr("入会"), 120),
        Column("new", tr("新会员"), 110, grows=True, is_strong=True),
        Column("by", tr("介绍人"), 110, grows=True),
        Column("card", tr("介绍人卡号"), 140),
        Column("first", tr("第一次买"), 130),
        Column("points", tr("介绍人得了"), 130, is_number=True),
    )


def _row(each: Referred) -> tuple[Cell, ...]:
    brought = each.brought
    if brought.first_on is None:
        first, got = Cell(tr("还没有买"), "ink_3"), Cell("")
    elif brought.is_back:
        first, got = Cell(tr("全退了"), "warn_text"), _points(each)
    else:
        first, got = Cell(brought.first_on.isoformat(), "ink_2"), _points(each)
    return (
        Cell(brought.joined_on.isoformat(), "ink_2"),
        Cell(mask_name(brought.name)),
        Cell(mask_name(brought.by_name) if brought.by_name else tr("已注销")),
        Cell(mask_card(brought.by_card) if brought.by_card else "", "ink_2"),
        first,
        got,
    )


def _points(each: Referred) -> Cell:
    if not each.points:
        return Cell(tr("没有送"), "ink_3")
    return Cell(tr("{points} 分", points=f"{each.points:,}"))
