"""Sheets of price tags and of a member's card, for the album."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from core.catalog.price_tag import PriceTag
from core.errors import UntaggedCode
from core.members.printed_card import PrintedCard
from ui.devices.card_pdf import card_marks
from ui.devices.marks import Leaf
from ui.devices.print_sizes import card_size, tag_size, tag_sizes
from ui.devices.tag_pdf import tag_leaves
from ui.look import Look
from ui.text import sentence, tr
from ui.till.member_papers import MemberPapersSheet
from ui.till.tags import SCANNED, TagsSheet
from ui.till.tags_flow import DAYS, named, since_words
from ui.widgets.choices import Choice

Draw = Callable[[Look, QWidget], QWidget | None]
ON = date(2026, 11, 26)
STORE = "永安堂大药房连锁有限公司中山路店"
TAGS = (
    PriceTag("6901234567809", "维生素C咀嚼片", "100片/瓶", "瓶", 3900, ON, member_fen=3700),
    PriceTag("036000291452", "𠮷野家牛肉饭調味料", "200 g", "袋", 1000, ON, 850, 800),
    PriceTag("10086", "枸杞子（散装）", "", "kg", 9600, ON),
)


def _sheet(look: Look, window: QWidget, what: str, size: str) -> TagsSheet:
    sheet = TagsSheet(look, window)
    sizes = [Choice(name, named(name), icon="receipt") for name in tag_sizes()]
    days = [Choice(ON - timedelta(days=each), since_words(each), icon="calendar") for each in DAYS]
    categories = ["保健食品", "处方药", "非处方药", "器械", "中药饮片"]
    codes = [tag.code for tag in TAGS]
    sheet.begin(sizes, categories, days, codes, paged=frozenset({"a4-3x8"}))
    if what != SCANNED:
        sheet.what.set_current(what)
        sheet.what.chosen.emit(what)
    sheet.size_choice.show_rows(sizes, current=[each.key for each in sizes].index(size))
    sheet.used.set_text("3" if size == "a4-3x8" else "")
    return sheet


def tags(look: Look, window: QWidget) -> QWidget:
    sheet = _sheet(look, window, SCANNED, "60x40")
    leaves = tag_leaves(TAGS, tag_size("60x40"))
    words = tr("{count} 张，共 {pages} 页；这是第一页。", count=3, pages=3)
    sheet.show_tags(leaves[0], words)
    sheet.name_codes({tag.code: f"{tag.name} {tag.spec}".strip() for tag in TAGS})
    return sheet


def tags_page(look: Look, window: QWidget) -> QWidget:
    sheet = _sheet(look, window, "category", "a4-3x8")
    leaves = tag_leaves(TAGS * 12, tag_size("a4-3x8"), skip=3)
    words = tr("{count} 张，共 {pages} 页；这是第一页。", count=36, pages=2)
    sheet.show_tags(leaves[0], words)
    return sheet


def tags_wrong(look: Look, window: QWidget) -> QWidget:
    sheet = _sheet(look, window, "changed", "40x30")
    sheet.show_nothing(sentence(UntaggedCode("6999999999994")))
    return sheet


def member_card(look: Look, window: QWidget) -> QWidget:
    sheet = MemberPapersSheet(look, window)
    sheet.begin("李*华", has_coupons=True)
    size = card_size()
    sheet.what.set_current("card")
    marks = card_marks(PrintedCard("901020000017", "李*华"), STORE, size)
    sheet.show_card(Leaf(size.width_mm, size.height_mm, marks))
    return sheet


PAGES: tuple[Draw, ...] = (tags, tags_page, tags_wrong, member_card)
