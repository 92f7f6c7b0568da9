"""改兑换品: what it costs and gives, who may have it, when; its picture; what it then says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.actions.catalogue import Entry, Seen, drop_reward, put_reward, set_picture
from core.errors import BadRecord, Shortfall
from core.rulebook.rewards import COUPON, GOODS, LOW_STOCK, Reward, reward_of, reward_record
from core.values.fields import Fields
from ui.file_dialog import ask_for_picture
from ui.manage.pick import PickSheet
from ui.manage.room import Room
from ui.rule_sections import reward_sentence
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.choices import Choice
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.picture import Picture
from ui.widgets.said import Said
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words

SIZE = (860, 640)
SIDE = 24
PICTURE = 160
ANY = ""


class RewardForm(Sheet):
    """What is typed is said as a sentence at once; kept, it stands in the draft of the rulebook."""

    refuses_scans = True

    def __init__(
        self, room: Room, window: QWidget, seen: Seen, entry: Entry | None, picture: bytes | None
    ) -> None:
        now = entry.drafted or entry.reward if entry else None
        title = tr("改{name}", name=now.name) if now else tr("加一样兑换品")
        super().__init__(
            room.look, window, title, size=SIZE, name="reward_form", leave=tr("不改了")
        )
        self._room, self._seen, self._entry, self._now = room, seen, entry, now
        self._coupon = now.coupon if now else ""
        self._picture = self._picture_before = picture
        self._is_sure = False
        self._build()
        self._fill(now)
        self.closed.connect(self.deleteLater)

    # Parts

    def _build(self) -> None:
        look, book = self._look, self._seen.book
        self.says = Words(look, "", "item", wraps=True, name="reward_says")
        self._fields = {
            "code": Field(look, tr("代码，定了不改"), name="reward_code"),
            "name": Field(look, tr("叫什么"), name="reward_name"),
            "points": Field(look, tr("多少分"), name="reward_points"),
            "units": Field(look, tr("换几件"), name="reward_units_each"),
            "per_member": Field(
                look, tr("每位会员一共几件"), placeholder=tr("空着不限"), name="reward_per_member"
            ),
            "starts_on": Field(look, tr("从哪天"), placeholder="2026-11-01", name="reward_from"),
            "ends_on": Field(look, tr("到哪天"), placeholder="2026-12-31", name="reward_until"),
            "low_at": Field(look, tr("剩几件提醒"), name="reward_low_at"),
        }
        for field in self._fields.values():
            field.changed.connect(lambda _text: self._tell())
        self._fields["code"].setVisible(self._now is None)
        kinds = [Segment(GOODS, tr("货架上的东西")), Segment(COUPON, tr("一张券"))]
        self.kind = Segments(look, kinds, name="reward_kind", spoken=tr("给什么"))
        self.kind.chosen.connect(lambda _kind: self._tell())
        self.coupon = Button(look, tr("选一种券…"), icon="coupon", name="reward_coupon")
        self.coupon.clicked.connect(self._pick_coupon)
        tiers = [Segment(ANY, tr("会员都行"))]
        tiers += [
            Segment(tier.code, tr("{tier}及以上", tier=tier.name)) for tier in book.scheme.tiers[1:]
        ]
        self.tier = Segments(look, tiers, name="reward_tier", spoken=tr("谁能换"))
        self.tier.chosen.connect(lambda _tier: self._tell())
        name = self._now.name if self._now else tr("图片")
        self.picture = Picture(look, PICTURE, icon="points", name="reward_picture", spoken=name)
        self.choose = Button(look, tr("换图片…"), name="reward_picture_choose")
        self.choose.clicked.connect(lambda: ask_for_picture(self, self.take_picture))
        self.bare = Button(look, tr("不要图片"), kind="text", name="reward_picture_drop")
        self.bare.clicked.connect(lambda: self._show_picture(None))
        self.said = Said(look, name="reward_form_said")
        high = look.sizes.control
        self.drop = Button(look, tr("去掉这样"), kind="danger", height=high, name="reward_drop")
        self.drop.clicked.connect(self._on_drop)
        self.drop.setVisible(self._entry is not None and self._entry.drafted is not None)
        self.press = Button(look, tr("写进草稿"), kind="primary", height=high, name="reward_done")
        self.press.clicked.connect(self._on_done)
        self.set_body(self._body(), Foot(look, self.press, left=(self.drop,), said=self.said))

    def _body(self) -> QWidget:
        look, body = self._look, QWidget()
        beside = QVBoxLayout()
        beside.setSpacing(look.space[2])
        beside.addWidget(self.picture)
        beside.addWidget(self.choose)
        beside.addWidget(self.bare, 0, Qt.AlignmentFlag.AlignHCenter)
        beside.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space[3])
        grid.setVerticalSpacing(look.space[3])
        is_new = self._now is None
        grid.addWidget(self._fields["name"], 0, 0, 1, 4 if is_new else 6, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._fields["code"], 0, 4, 1, 2, Qt.AlignmentFlag.AlignTop)
        for at, name in enumerate(("points", "units", "per_member")):
            grid.addWidget(self._fields[name], 1, at * 2, 1, 2, Qt.AlignmentFlag.AlignTop)
        for at, name in enumerate(("starts_on", "ends_on", "low_at")):
            grid.addWidget(self._fields[name], 2, at * 2, 1, 2, Qt.AlignmentFlag.AlignTop)
        for at in range(6):
            grid.setColumnStretch(at, 1)
        right = QVBoxLayout()
        right.setSpacing(look.space[3])
        right.addLayout(grid)
        right.addLayout(self._row(self.kind, self.coupon))
        right.addLayout(self._row(self.tier))
        right.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(look.space[4])
        both.addLayout(beside)
        both.addLayout(right, 1)
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(look.space[3])
        column.addWidget(self.says)
        column.addWidget(Rule(look))
        column.addLayout(both, 1)
        return body

    def _row(self, *widgets: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._look.space[3])
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        return row

    # What is filled in

    def _fill(self, now: Reward | None) -> None:
        record = {"units": 1, "low_at": LOW_STOCK} | (reward_record(now) if now else {})
        for name, field in self._fields.items():
            value = record.get(name)
            is_nothing = value is None or (name == "per_member" and value == 0)
            field.set_text("" if is_nothing else str(value))
        if now is not None:
            self.kind.set_current(now.kind)
            self.tier.set_current(now.from_tier)
        self._show_picture(self._picture)
        self._tell()

    def record(self) -> dict[str, Any]:
        """The reward as it is filled in; raises BadRecord."""
        texts = {name: field.text() for name, field in self._fields.items()}
        kind = self.kind.current()
        record: dict[str, Any] = {"kind": kind, "from_tier": self.tier.current()}
        for name in ("code", "name"):
            record[name] = texts[name]
        for name, nothing in (("points", 0), ("units", 1), ("per_member", 0)):
            record[name] = _whole(texts[name], nothing)
        for name in ("starts_on", "ends_on"):
            record[name] = texts[name] or None
        if kind == COUPON:
            record["coupon"] = self._coupon
        else:
            record["low_at"] = _whole(texts["low_at"], LOW_STOCK)
        return reward_record(reward_of(Fields(record)))

    def _tell(self) -> None:
        """What it then says, or what is missing."""
        is_coupon = self.kind.current() == COUPON
        self.coupon.setVisible(is_coupon)
        self._fields["low_at"].setVisible(not is_coupon)
        self._is_sure = False
        self.said.say("")
        try:
            reward = reward_of(Fields(self.record()))
        except BadRecord:
            self.says.set_role("ink_2")
            self.says.setText(self._missing())
            self.press.setEnabled(False)
            return
        self.says.set_role("ink")
        self.says.setText(f"{reward.name}　{reward_sentence(reward, self._seen.book)}")
        self.press.setEnabled(True)

    def _missing(self) -> str:
        texts = {name: field.text() for name, field in self._fields.items()}
        if not texts["name"]:
            return tr("请写叫什么。")
        if not texts["code"]:
            return tr("请写代码，比如 soap，收银台和文件里用它认。")
        if _whole(texts["points"], 0) < 1:
            return tr("请写多少分，1 以上的整数。")
        if self.kind.current() == COUPON and not self._coupon:
            return tr("请选给哪一种券。")
        return tr("件数写整数，日期写成 2026-11-01 这样，到哪天不早于从哪天。")

    def _pick_coupon(self) -> None:
        coupons = self._seen.book.coupons.values()
        rows = [Choice(each.code or each.id, each.name, icon="coupon") for each in coupons]
        PickSheet(self._look, self._window, tr("给哪一种券"), rows, self._take_coupon).open()

    def _take_coupon(self, key: object) -> None:
        self._coupon = str(key)
        self._tell()

    def take_picture(self, chosen: str) -> None:
        """A picture of a file, made small; or why it cannot be one."""
        from ui.devices.reward_picture import reward_picture

        try:
            self._show_picture(reward_picture(Path(chosen)))
        except Shortfall as error:
            self.said.say(sentence(error), is_wrong=True)

    def _show_picture(self, data: bytes | None) -> None:
        self._picture = data
        self.picture.show_picture(data)
        self.bare.setVisible(data is not None)
        self.said.say("")

    # What is done

    def _on_done(self) -> None:
        record = self.record()
        is_same = self._now is not None and record == reward_record(self._now)
        if is_same:
            self._keep_picture(record["code"])
            return
        self.press.setEnabled(False)
        self._room.work.act(
            put_reward,
            record,
            turn=self._seen.turn,
            is_new=self._now is None,
            staff=self._room.staff,
            then=lambda _draft: self._keep_picture(record["code"]),
            failed=self._fail,
        )

    def _keep_picture(self, code: str) -> None:
        if self._picture == self._picture_before:
            self.shut()
            return
        self._room.work.act(
            set_picture,
            code,
            self._picture,
            staff=self._room.staff,
            then=lambda _none: self.shut(),
            failed=self._fail,
        )

    def _on_drop(self) -> None:
        """One press more than a slip of the finger."""
        assert self._entry is not None, "only what is there is dropped"
        if not self._is_sure:
            self._is_sure = True
            words = tr("发布以后就不能换了，库存和换过的记录还在。要去掉，再按一次。")
            self.said.say(words, is_wrong=True)
            return
        self._room.work.act(
            drop_reward,
            self._entry.code,
            turn=self._seen.turn,
            staff=self._room.staff,
            then=lambda _draft: self.shut(),
            failed=self._fail,
        )

    def _fail(self, error: Exception) -> None:
        """Nothing that was typed is lost."""
        self.press.setEnabled(True)
        self.said.say(sentence(error), is_wrong=True)


def _whole(text: str, nothing: int) -> int:
    """A whole number; −1, which no field of a reward takes, for what is none."""
    if not text:
        return nothing
    return int(text) if text.isascii() and text.isdigit() else -1
