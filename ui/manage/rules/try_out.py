"""试一单: a basket made up beside the draft, with the price of what holds and of the draft."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from core.actions.draft_rules import DraftSeen
from core.actions.scan import find
from core.actions.try_basket import (
    COUPON,
    MEMBER,
    Meant,
    Sample,
    Tried,
    try_basket,
    what_is_meant,
)
from core.members.masks import mask_name
from core.ports import Suggestion
from core.trust.staff import Staff
from core.values.money import format_money
from core.values.quantity import ONE, format_quantity
from ui.look import Look
from ui.manage.pick import PickSheet
from ui.manage.rules.try_row import TryHead, TryRow
from ui.manage.rules.try_state import ToChoose, TryState, when_words, who_words
from ui.manage.rules.try_total import TryTotal
from ui.manage.rules.try_who import WhoSheet
from ui.manage.rules.why import WhySheet
from ui.text import sentence, tr
from ui.widgets.big_input import BigInput
from ui.widgets.button import Button
from ui.widgets.choices import Choice
from ui.widgets.panel_row import FactRow, PanelRow
from ui.widgets.said import Said
from ui.widgets.scroll import Scroll
from ui.widgets.stepper import Stepper
from ui.widgets.suggestions import Suggestions
from ui.widgets.words import Rule, Words
from ui.work import Work

SIDE = 24
AFTER_TYPING_MS = 60
TOPICS = ("try", "try_find", "try_meant")


class TryPanel(QWidget):
    """Keeps its basket while the draft changes; `folded` where a narrow page wants its room."""

    folded = Signal()

    def __init__(self, look: Look, work: Work, staff: Staff) -> None:
        super().__init__()
        self._look, self._work, self._staff = look, work, staff
        self.sample = Sample()
        self.tried: Tried | None = None
        self._seen: DraftSeen | None = None
        self._at = 0
        self._suggestions: Suggestions | None = None
        self.setObjectName("try_out")
        self.setAccessibleName(tr("试一单"))
        self._build()

    # Parts

    def _build(self) -> None:
        look = self._look
        self.who = Button(look, tr("没有会员"), icon="down", name="try_who")
        self.who.clicked.connect(self._open_who)
        self.fold = Button(look, tr("收起"), kind="text", name="try_fold")
        self.fold.clicked.connect(self.folded)
        self.fold.hide()
        words = tr("扫商品、会员卡或券，也可以输名字")
        self.input = BigInput(look, words, height=48, name="try_scan", spoken=words)
        self.input.submitted.connect(self._take)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(AFTER_TYPING_MS)
        self._later.timeout.connect(self._look_up)
        self.input.edited.connect(lambda _text: self._later.start())
        self.said = Said(look, name="try_said")
        self.when = Words(look, "", "small", "ink_2", elides=True, name="try_when")
        self.head = TryHead(look)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.stepper = Stepper(look, name="try_stepper")
        self.stepper.stepped.connect(self._step)
        self.gone = Button(look, tr("拿掉"), kind="text", name="try_gone")
        self.gone.clicked.connect(lambda: self._change(self.sample.changed(self._at, 0)))
        self._deeds = QWidget()
        deeds = QHBoxLayout(self._deeds)
        deeds.setContentsMargins(0, look.space[1], 0, look.space[1])
        deeds.addWidget(self.stepper)
        deeds.addStretch(1)
        deeds.addWidget(self.gone)
        self.others = QVBoxLayout()
        self.others.setSpacing(0)
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(self.rows)
        inside.addWidget(self._deeds)
        inside.addLayout(self.others)
        inside.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, look.space[4], SIDE, look.space[3])
        column.setSpacing(look.space[2])
        column.addLayout(self._build_head())
        column.addWidget(self.input)
        column.addWidget(self.said)
        column.addWidget(self.when)
        column.addWidget(self.head)
        column.addWidget(Scroll(inner), 1)
        column.addWidget(self._build_sums())
        self._show()

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._look.space[2])
        row.addWidget(Words(self._look, tr("试一单"), "body", bold=True))
        row.addStretch(1)
        row.addWidget(self.who)
        row.addWidget(self.fold)
        return row

    def _build_sums(self) -> QWidget:
        look, self.sums = self._look, QWidget()
        self.points = FactRow(look, tr("积分"), keeps_value=True, name="try_points")
        self.total = TryTotal(look)
        self.saves = Words(look, "", "body", "ink_2", elides=True, name="try_saves")
        self.why = Button(look, tr("为什么这个价"), icon="why", name="try_why")
        self.why.clicked.connect(self._open_why)
        self.coupon = Button(look, tr("加券…"), kind="text", name="try_coupon")
        self.coupon.clicked.connect(self._open_coupons)
        self.empty = Button(look, tr("换一单"), kind="text", name="try_empty")
        self.empty.clicked.connect(lambda: self._change(replace(self.sample, lines=(), coupons=())))
        foot = QHBoxLayout()
        foot.addWidget(self.why)
        foot.addStretch(1)
        foot.addWidget(self.coupon)
        foot.addWidget(self.empty)
        column = QVBoxLayout(self.sums)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[2])
        column.addWidget(Rule(look, strong=True))
        column.addWidget(self.total)
        column.addWidget(self.saves)
        column.addWidget(self.points)
        column.addLayout(foot)
        return self.sums

    # What is tried

    def show_draft(self, seen: DraftSeen) -> None:
        """Another draft: the same basket by it."""
        self._seen = seen
        held = tr("第 {version} 版", version=seen.held.version)
        self.head.show_heads(held, tr("草稿"))
        self._ask()

    def forget(self) -> None:
        """Nobody waits for an answer any more."""
        self._work.forget(*TOPICS)

    def _change(self, sample: Sample) -> None:
        self.sample = sample
        self._at = min(self._at, max(len(sample.lines) - 1, 0))
        self.said.say("")
        self._ask()

    def _ask(self) -> None:
        if self._seen is None:
            return
        self._work.ask(
            try_basket,
            self.sample,
            staff=self._staff,
            topic="try",
            then=self._show_tried,
            failed=self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self.said.say(sentence(error), is_wrong=True)

    def _look_up(self) -> None:
        text = self.input.text()
        self._work.ask(
            find, text, topic="try_find", then=partial(self._suggest, text), failed=self._failed
        )

    def _suggest(self, text: str, found: tuple[Suggestion, ...]) -> None:
        if text != self.input.text():
            return
        if self._suggestions is None:
            self._suggestions = Suggestions(
                self._look, self.input, self.window(), name="try_suggestions"
            )
            self._suggestions.chosen.connect(lambda key: self._take(str(key)))
        self._suggestions.show_rows([_choice(each) for each in found], preselect=False)

    def _take(self, text: str) -> None:
        self._later.stop()
        self._work.forget("try_find")
        if self._suggestions is not None:
            self._suggestions.shut()
        if not text:
            return
        self._work.ask(
            what_is_meant,
            text,
            staff=self._staff,
            topic="try_meant",
            then=self._add,
            failed=self._failed,
        )

    def _add(self, meant: Meant) -> None:
        self.input.clear()
        sample = self.sample
        if meant.kind == MEMBER:
            sample = replace(sample, member_id=UUID(hex=meant.key), tier="")
        elif meant.kind == COUPON:
            others = tuple(each for each in sample.coupons if each != meant.key)
            sample = replace(sample, coupons=(*others, meant.key))
        else:
            sample = sample.added(meant.key, meant.quantity_milli)
            places = [(line.code, line.offer) for line in sample.lines]
            self._at = places.index((meant.key, ""))
        self._change(sample)

    def _step(self, way: int) -> None:
        if self.sample.lines:
            now = self.sample.lines[self._at].quantity_milli
            self._change(self.sample.changed(self._at, max(now + way * ONE, 0)))

    # What shows

    def _show_tried(self, tried: Tried) -> None:
        self.tried = tried
        self._show()

    def _show(self) -> None:
        tried, sample = self.tried, self.sample
        self.who.set_label(who_words(sample, tried))
        self.when.setText(when_words(sample))
        self.when.setVisible(bool(self.when.text()))
        _empty(self.rows)
        _empty(self.others)
        has_lines = tried is not None and bool(tried.draft.basket.lines)
        for widget in (self.head, self._deeds, self.sums):
            widget.setVisible(has_lines)
        if tried is None or not has_lines:
            words = tr("放几件商品进来，看草稿和现在各要收多少。什么都不会记下。")
            self.others.addWidget(Words(self._look, words, "body", "ink_2", wraps=True))
            self._show_coupons()
            return
        state = TryState.of(tried)
        self._show_lines(state)
        for each in state.to_choose:
            self.others.addWidget(self._offered(each))
        self._show_coupons()
        for near in state.near:
            said = Words(self._look, near, "small", "ink_2", wraps=True)
            said.setContentsMargins(0, self._look.space[2], 0, 0)
            self.others.addWidget(said)
        self._show_sums(state)

    def _show_lines(self, state: TryState) -> None:
        group = QButtonGroup(self._deeds)
        for at, line in enumerate(state.lines):
            row = TryRow(self._look, line, name=f"try_line_{at}")
            row.setChecked(at == self._at)
            row.clicked.connect(lambda _on=False, at=at: self._choose(at))
            group.addButton(row)
            self.rows.addWidget(row)
        self._choose(self._at)

    def _choose(self, at: int) -> None:
        self._at = at
        if at < len(self.sample.lines):
            self.stepper.set_number(format_quantity(self.sample.lines[at].quantity_milli))

    def _show_sums(self, state: TryState) -> None:
        self.total.show_total(state.held_total, state.draft_total)
        less = state.cheaper_fen
        words = tr("草稿和现在一样")
        if less:
            told = tr("草稿少收 {amount}") if less > 0 else tr("草稿多收 {amount}")
            words = told.format(amount=format_money(abs(less)))
        self.saves.setText(words)
        self.saves.set_role("accent_text" if less > 0 else "warn_text" if less else "ink_2")
        points = state.draft_points
        if state.held_points != points:
            points = tr("{held} → {draft}", held=state.held_points, draft=points)
        self.points.set_value(points)

    def _show_coupons(self) -> None:
        if self._seen is None:
            return
        books = (self._seen.draft.rulebook, self._seen.held)
        for code in self.sample.coupons:
            offers = [book.coupon(code) or book.coupons.get(code) for book in books]
            name = next((offer.name for offer in offers if offer), code)
            row = PanelRow(self._look, name, icon="coupon", action=tr("拿掉"), name=f"try_{code}")
            left = tuple(each for each in self.sample.coupons if each != code)
            row.acted.connect(partial(self._change, replace(self.sample, coupons=left)))
            self.others.addWidget(row)

    def _offered(self, each: ToChoose) -> PanelRow:
        row = PanelRow(
            self._look,
            each.name,
            line=tr("还可选 {count} 件", count=each.left),
            icon="offer",
            action=tr("选"),
            name=f"try_choose_{each.offer}",
        )
        row.acted.connect(lambda: self._open_choice(each))
        return row

    def _open_choice(self, each: ToChoose) -> None:
        names: dict[str, str] = {} if self._seen is None else self._seen.names
        rows = [Choice(code, names.get(code, code), sub=code) for code in each.products]

        def chosen(code: object) -> None:
            self._change(self.sample.added(str(code), ONE, each.offer))

        PickSheet(self._look, self.window(), each.name, rows, chosen).open()

    def _open_coupons(self) -> None:
        if self._seen is None:
            return
        books = (self._seen.held, self._seen.draft.rulebook)
        known = {each.id: each for book in books for each in book.coupons.values()}
        rows = [
            Choice(each.code or each.id, each.name, sub=each.code, icon="coupon")
            for each in known.values()
        ]
        title = tr("哪张券") if rows else tr("规则里没有优惠券")

        def chosen(code: object) -> None:
            others = tuple(each for each in self.sample.coupons if each != code)
            self._change(replace(self.sample, coupons=(*others, str(code))))

        PickSheet(self._look, self.window(), title, rows, chosen).open()

    def _open_who(self) -> None:
        if self._seen is None:
            return
        known = "" if self.tried is None else self.tried.who
        tiers = self._seen.draft.rulebook.scheme.tiers
        WhoSheet(self._look, self.window(), self.sample, tiers, known, self._change).open()

    def _open_why(self) -> None:
        if self.tried is None or self._seen is None:
            return
        heads = tr("第 {version} 版", version=self._seen.held.version), tr("草稿")
        held, draft = self.tried.held, self.tried.draft
        WhySheet(self._look, self.window(), held, draft, heads=heads).open()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._look.colour("sunken"))


def _choice(each: Suggestion) -> Choice:
    if each.kind == "member":
        sub = "　".join(word for word in (each.tier, tr("{points} 分", points=each.points)) if word)
        return Choice(each.key, mask_name(each.name), sub=sub, icon="user")
    price = format_money(each.price_fen)
    return Choice(each.key, each.name, sub=each.key, right=price, icon="scan")


def _empty(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
