"""改优惠: the days, weekdays, tier and amounts of one offer of a draft, and what it then says."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import Shortfall
from core.rulebook.offers import Offer, PriceOffer
from core.rulebook.parse_offers import offer_of, offer_record
from core.rulebook.rulebook import Rulebook
from core.values.fields import Fields
from ui.look import Look
from ui.rule_conditions import Names, dates_words
from ui.rule_form import blanks, fill, filled
from ui.rule_lines import offer_dates
from ui.rule_words import offer_sentence, offer_title
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.foot import Foot
from ui.widgets.scroll import Scroll
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words

SIZE = (760, 640)
ANYBODY, MEMBERS = "", "*"
LABEL_WIDTH = 96
Keep = Callable[[dict[str, Any]], None]


class OfferSheet(Sheet):
    """What is typed is said as a sentence at once; `keep` gets the record of the offer."""

    refuses_scans = True

    def __init__(
        self, look: Look, window: QWidget, offer: Offer, book: Rulebook, names: Names, keep: Keep
    ) -> None:
        title = offer_title(offer)
        super().__init__(look, window, title, size=SIZE, name="rule_offer", leave=tr("不改了"))
        self._offer, self._book, self._names, self._keep = offer, book, names, keep
        self._record = offer_record(offer)
        self._blanks: list[tuple[Any, Field]] = []
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(look.space[3])
        self.says = Words(look, "", "item", wraps=True, name="rule_offer_says")
        column.addWidget(self.says)
        column.addWidget(Rule(look))
        column.addLayout(self._build_form())
        column.addStretch(1)
        words, high = tr("写进草稿"), look.sizes.control
        self.done = Button(look, words, kind="primary", height=high, name="rule_offer_done")
        self.done.clicked.connect(self._on_done)
        self.set_body(Scroll(body), foot=Foot(look, self.done))
        self.closed.connect(self.deleteLater)
        self._tell()

    def _build_form(self) -> QGridLayout:
        look, when = self._look, self._offer.when
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space[4])
        grid.setVerticalSpacing(look.space[4])
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        starts, ends = offer_dates(self._offer)
        self.starts = self._field("starts", tr("从哪天"), starts.isoformat() if starts else "")
        self.ends = self._field("ends", tr("到哪天"), ends.isoformat() if ends else "")
        for field in (self.starts, self.ends):
            field.edit.setPlaceholderText("2026-12-31")
        self.weekdays = Segments(
            look,
            [Segment(str(day), tr("{day:一|二|三|四|五|六|日}", day=day)) for day in range(1, 8)],
            name="rule_weekdays",
            spoken=tr("星期几"),
            many=True,
        )
        for day in when.weekdays:
            self.weekdays.set_current(str(day))
        self.weekdays.chosen.connect(lambda _name: self._tell())
        self._add(grid, tr("什么时候"), self.starts, self.ends)
        self._add(grid, tr("星期几"), self.weekdays)
        people = [Segment(ANYBODY, tr("所有人"))]
        if not isinstance(self._offer, PriceOffer):
            people.append(Segment(MEMBERS, tr("会员")))
        people += [
            Segment(tier.code, tr("{tier}及以上", tier=tier.name))
            for tier in self._book.scheme.tiers[1:]
        ]
        self.people = Segments(look, people, name="rule_people", spoken=tr("给谁"))
        self.people.set_current(when.from_tier or (MEMBERS if when.for_members else ANYBODY))
        self.people.chosen.connect(lambda _name: self._tell())
        self._add(grid, tr("给谁"), self.people)
        for blank in blanks(self._offer):
            name = "_".join(str(part) for part in blank.path)
            field = self._field(name, blank.label, filled(self._record, blank))
            self._blanks.append((blank, field))
        if self._blanks:
            self._add(grid, tr("减多少"), *(field for _, field in self._blanks))
        return grid

    def _field(self, name: str, label: str, text: str) -> Field:
        field = Field(self._look, label, name=f"rule_{name}")
        field.set_text(text)
        field.changed.connect(lambda _text: self._tell())
        return field

    def _add(self, grid: QGridLayout, label: str, *widgets: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(self._look.space[3])
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        at = grid.rowCount()
        grid.addWidget(Words(self._look, label, "body", "ink_2"), at, 0)
        grid.addLayout(row, at, 1)

    def record(self) -> dict[str, Any]:
        """The offer as it is filled in; raises BadMoney, BadRecord."""
        record = deepcopy(self._record)
        when = dict(record.get("when", {}))
        dates = record if isinstance(self._offer, PriceOffer) else when
        for name, field in (("starts_on", self.starts), ("ends_on", self.ends)):
            dates.pop(name, None)
            when.pop(name, None)
            if field.text():
                dates[name] = field.text()
        who = self.people.current()
        for name, value in (
            ("weekdays", [int(day) for day in self.weekdays.all_chosen()]),
            ("for_members", who == MEMBERS),
            ("from_tier", "" if who == MEMBERS else who),
        ):
            when.pop(name, None)
            if value:
                when[name] = value
        record["when"] = when
        for blank, field in self._blanks:
            fill(record, blank, field.text())
        return offer_record(offer_of(Fields(record)))

    def _tell(self) -> None:
        try:
            offer = offer_of(Fields(self.record()))
        except Shortfall as error:
            self.says.set_role("danger_text")
            self.says.setText(sentence(error))
            self.done.setEnabled(False)
            return
        said = offer_sentence(offer, self._book.scheme, self._names)
        self.says.set_role("ink")
        self.says.setText(tr("，").join((said, dates_words(*offer_dates(offer)))))
        self.done.setEnabled(True)

    def _on_done(self) -> None:
        self._keep(self.record())
        self.shut()
