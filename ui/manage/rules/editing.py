"""改草稿: opens the forms of offers and sections, new ones and copies, and keeps what they say."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from core.actions.draft_rules import DraftSeen, change_offer, change_parts, look_at_draft
from core.errors import DraftElsewhere
from core.rulebook.new_codes import with_codes
from core.rulebook.parse import record_of, rulebook_of
from core.rulebook.parse_offers import offer_of, offer_record
from core.rulebook.rulebook import Rulebook
from core.values.fields import Fields
from ui.manage.pick import PickSheet
from ui.manage.rules.edit import RuleSheet
from ui.manage.rules.goods_names import GoodsNames
from ui.rule_blank import Record
from ui.rule_collisions import collision_words
from ui.rule_conditions import Names, dates_words
from ui.rule_form import offer_groups
from ui.rule_lines import RuleSection, differences, offer_dates, sections
from ui.rule_new import kinds
from ui.rule_section_form import FORMS, section_groups, shaped, tidied
from ui.rule_words import offer_sentence, offer_title
from ui.text import tr
from ui.widgets.choices import Choice

if TYPE_CHECKING:  # the page opens these
    from ui.manage.rules.page import RulesPage

TRYING = "trying"
Since = Callable[[DraftSeen, DraftSeen], str]


class Editing(QObject):
    """One form at a time. What is typed stays in it until it is in the draft, or given up."""

    def __init__(self, page: RulesPage) -> None:
        super().__init__(page)
        self._page = page
        self._turn = 0

    def warns(self, key: str) -> str:
        """With what an offer of the draft collides."""
        seen, rules = self._page.draft_seen, self._page.shown
        if seen is None or rules is None:
            return ""
        offers = seen.draft.rulebook.offers
        offer = next((each for each in offers if each.id == key), None)
        return "" if offer is None else collision_words(offer, offers, rules.on)

    def open_new(self) -> None:
        """Choose a kind, then fill it in."""
        every, seen = kinds(), self._page.draft_seen
        if seen is None:
            return
        rows = [Choice(n, kind.title, sub=kind.about, icon="offer") for n, kind in enumerate(every)]

        def chosen(n: object) -> None:
            if isinstance(n, int):
                self._open_offer(seen, every[n].record, every[n].title)

        page = self._page
        PickSheet(page.look, page.window(), tr("哪一种优惠"), rows, chosen).open()

    def open_offer(self, key: str, *, copies: bool = False) -> None:
        """One of the draft, or another that begins as it is."""
        seen = self._page.draft_seen
        if seen is None:
            return
        offer = next(each for each in seen.draft.rulebook.offers if each.id == key)
        record = offer_record(offer)
        if copies:
            name = tr("{name}（照抄）", name=offer_title(offer))
            record = {name: value for name, value in record.items() if name != "id"}
            record["name"] = name
            self._open_offer(seen, record, name)
        else:
            self._open_offer(seen, record, offer_title(offer))

    def open_section(self, name: str, title: str) -> None:
        """Tiers, points, ways to pay, and all else that a rulebook says."""
        page, seen = self._page, self._page.draft_seen
        if seen is None:
            return
        book = seen.draft.rulebook
        whole = record_of(book)
        record = {part: whole[part] for part in FORMS[name] if part in whole}
        goods, self._turn = GoodsNames(page, seen.names), seen.draft.turn
        sheet = RuleSheet(
            page.look,
            page.window(),
            title,
            record,
            lambda record: section_groups(name, record, book),
            lambda record: self._section_says(seen, name, record, goods.names),
            shape=partial(shaped, name),
        )

        def keep(record: Record) -> None:
            now = page.draft_seen or seen
            parts = tidied(name, record, record_of(now.draft.rulebook))
            self._keep(sheet, partial(self._section_since, name), change_parts, parts)

        sheet.kept.connect(keep)
        goods.serve(sheet)
        sheet.open()

    # Offers

    def _open_offer(self, seen: DraftSeen, record: Record, title: str) -> None:
        page, book = self._page, seen.draft.rulebook
        goods, self._turn = GoodsNames(page, seen.names), seen.draft.turn
        sheet = RuleSheet(
            page.look,
            page.window(),
            title,
            record,
            lambda record: offer_groups(record, book.scheme),
            lambda record: self._offer_says(record, book, goods.names),
        )

        def keep(record: Record) -> None:
            clean = offer_record(offer_of(Fields({"id": TRYING, **record})))
            if "id" not in record:
                clean.pop("id")
            self._keep(sheet, partial(_offer_since, clean.get("id")), change_offer, clean)

        sheet.kept.connect(keep)
        goods.serve(sheet)
        sheet.open()

    def _offer_says(self, record: Record, book: Rulebook, names: Names) -> tuple[str, str]:
        offer, rules = offer_of(Fields({"id": TRYING, **record})), self._page.shown
        said = offer_sentence(offer, book.scheme, names)
        said = tr("，").join((said, dates_words(*offer_dates(offer))))
        return said, collision_words(offer, book.offers, rules.on) if rules is not None else ""

    # Sections

    def _section_says(
        self, seen: DraftSeen, name: str, record: Record, names: Names
    ) -> tuple[str, str]:
        before, tries = record_of(seen.draft.rulebook), count()
        parts = with_codes(tidied(name, record, before), lambda _kind: f"{TRYING}-{next(tries)}")
        whole = {part: value for part, value in (before | parts).items() if value is not None}
        lines = self._section(name, rulebook_of(whole), names).lines
        said = [tr("：").join((line.title, line.text)) for line in lines]
        return "\n".join(said) or tr("没有"), ""

    def _section(self, name: str, book: Rulebook, names: Names) -> RuleSection:
        rules = self._page.shown
        assert rules is not None, "a draft shows beside what holds"
        every = sections(book, names, on=rules.on, store=rules.store)
        return next(each for each in every if each.name == name)

    def _section_since(self, name: str, before: DraftSeen, now: DraftSeen) -> str:
        """What somebody else has made of a section."""
        two = [
            self._section(name, each.draft.rulebook, Names(each.names)) for each in (before, now)
        ]
        found = differences(two[:1], two[1:])
        said = (tr("：").join((each.title, each.after or tr("没有"))) for each in found)
        return tr("、").join(said)

    # Keeping

    def _keep(
        self, sheet: RuleSheet, since: Since, action: Callable[..., Any], record: Record
    ) -> None:
        """`since` says what somebody else has made of it, between two sights of the draft."""
        page = self._page

        def kept(_draft: object) -> None:
            if isValid(sheet):
                sheet.shut()
            page.refresh()

        page.work.act(
            action,
            record,
            turn=self._turn,
            staff=page.staff,
            then=kept,
            failed=lambda error: self._not_kept(sheet, error, since),
        )

    def _not_kept(self, sheet: RuleSheet, error: Exception, since: Since) -> None:
        page = self._page
        if not isinstance(error, DraftElsewhere):
            if isValid(sheet):
                sheet.not_kept(error)
            return
        page.work.ask(
            look_at_draft,
            staff=page.staff,
            topic="rules_draft",
            then=lambda seen: self._tell_other(sheet, error, since, seen),
            failed=page.say,
        )

    def _tell_other(
        self, sheet: RuleSheet, error: Exception, since: Since, seen: DraftSeen | None
    ) -> None:
        """The draft as somebody else has left it: the next press writes into that one."""
        page = self._page
        before = page.draft_seen
        page.show_draft(seen)
        if seen is None or not isValid(sheet):
            return
        self._turn = seen.draft.turn
        sheet.not_kept(error, since(before, seen) if before is not None else "")


def _offer_since(key: str | None, before: DraftSeen, now: DraftSeen) -> str:
    """What somebody else has made of an offer."""
    old, new = (
        next((offer for offer in each.draft.rulebook.offers if offer.id == key), None)
        for each in (before, now)
    )
    if new is None or new == old:
        return ""
    return offer_sentence(new, now.draft.rulebook.scheme, Names(now.names))
