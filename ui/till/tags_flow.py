"""标价签的对话: the tags that are asked for, their first page, and the PDF of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QObject

from core.actions.price_tags import categories, tags_changed, tags_in, tags_of
from core.catalog.price_tag import PriceTag
from core.errors import Shortfall, UntaggedCode
from core.shop import Shop
from ui.catalogue import speaking
from ui.devices import sound
from ui.devices.document import print_document
from ui.devices.files import write_file
from ui.devices.marks import Leaf
from ui.devices.paper import PaperDesk
from ui.devices.paper_setup import TAGS
from ui.devices.print_sizes import tag_size, tag_sizes
from ui.devices.tag_pdf import tag_leaves, tags_pdf
from ui.text import sentence, tr
from ui.till.tags import CATEGORY, CHANGED, TagsSheet
from ui.widgets.choices import Choice
from ui.work import Work

DAYS = (0, 1, 7, 30)
Found = tuple[tuple[PriceTag, ...], Leaf, int]


def found(
    shop: Shop, wanted: tuple[str, object], size: str, own: Path, language: str | None
) -> Found:
    """Tags, their first page and how many pages; a question for `work.ask`.

    In the language of the shop's papers: customers read them.
    """
    kind, what = wanted
    measures = tag_size(size, own)
    tags = _tags(shop, kind, what)
    with speaking(language):
        leaves = tag_leaves(tags, measures)
    return tags, leaves[0], len(leaves)


def _tags(shop: Shop, kind: str, what: object) -> tuple[PriceTag, ...]:
    if kind == CHANGED and isinstance(what, date):
        return tags_changed(shop, what)
    if kind == CATEGORY:
        return tags_in(shop, str(what or ""))
    return tags_of(shop, what if isinstance(what, tuple) else ())


def _begun(shop: Shop) -> tuple[tuple[str, ...], date]:
    return categories(shop), shop.now().business_on


class TagsFlow(QObject):
    """Begun from the settings, or with the code of a product that is new."""

    def __init__(
        self, work: Work, sheet: TagsSheet, paper: PaperDesk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._sheet = sheet
        self._desk = paper
        self._codes: Sequence[str] = ()
        self._tags: tuple[PriceTag, ...] = ()
        self._problem = ""
        sheet.asked.connect(lambda: self._ask())
        sheet.filed.connect(self._file)
        sheet.printed.connect(self._print)

    @property
    def _own(self) -> Path:
        return self._desk.folder.parent / TAGS

    def begin(self, *codes: str) -> None:
        """Open, with these products scanned already."""
        self._codes = codes
        self._work.ask(_begun, topic="tags", then=self._begin, failed=self._failed)

    def _begin(self, begun: tuple[tuple[str, ...], date]) -> None:
        names, today = begun
        days = [
            Choice(today - timedelta(days=each), since_words(each), icon="calendar")
            for each in DAYS
        ]
        sizes = [Choice(name, named(name), icon="receipt") for name in tag_sizes(self._own)]
        self._sheet.begin(sizes, names, days, self._codes)

    def _ask(self, *, problem: str = "") -> None:
        """`problem` goes on being said, while what is left is shown."""
        self._tags, self._problem = (), problem
        kind, what = self._sheet.wanted
        if not what:
            words = problem or tr("请扫商品，或选一个分类、日期。")
            self._sheet.show_nothing(words, is_wrong=bool(problem))
            return
        self._work.ask(
            found,
            (kind, what),
            self._sheet.size_name,
            self._own,
            self._desk.language,
            topic="tags",
            then=self._show,
            failed=self._failed,
        )

    def _show(self, answer: Found) -> None:
        self._tags, leaf, pages = answer
        words = tr("{count} 张，共 {pages} 页；这是第一页。", count=len(self._tags), pages=pages)
        self._sheet.show_tags(leaf, words)
        if self._problem:
            self._sheet.show_said(self._problem, role="danger_text")

    def _save(self) -> Path | None:
        """The PDF in the folder of copies; None where it could not be written."""
        stamp = f"{self._tags[0].on:%Y%m%d}-{len(self._tags)}" if self._tags else ""
        path = self._desk.folder / f"tags-{self._sheet.size_name}-{stamp}.pdf"
        try:
            size = tag_size(self._sheet.size_name, self._own)
            with speaking(self._desk.language):
                data = tags_pdf(self._tags, size)
            write_file(path, data)
        except Shortfall as trouble:
            self._said_wrong(trouble)
            return None
        return path

    def _file(self) -> None:
        if self._tags and (path := self._save()) is not None:
            self._sheet.show_said(tr("存到 {path}", path=path))

    def _print(self) -> None:
        if not self._tags or (path := self._save()) is None:
            return
        try:
            print_document(path)
        except Shortfall as trouble:
            self._said_wrong(trouble)
            return
        self._sheet.show_said(tr("已送去打印。"))

    def _said_wrong(self, trouble: Shortfall) -> None:
        sound.play_error()
        self._sheet.show_said(sentence(trouble), role="danger_text")

    def _failed(self, error: Exception) -> None:
        sound.play_error()
        self._sheet.show_nothing(sentence(error))
        if isinstance(error, UntaggedCode):
            self._sheet.forget(error.code)
            self._ask(problem=sentence(error))


def since_words(days: int) -> str:
    """So many days ago, as people say it."""
    words = {0: tr("今天改的"), 1: tr("昨天起"), 7: tr("七天以来"), 30: tr("三十天以来")}
    return words[days]


def named(name: str) -> str:
    """40x30 as people say it; a name of the shop's own stays as it is."""
    return {
        "40x30": tr("40 × 30 毫米"),
        "60x40": tr("60 × 40 毫米"),
        "70x38": tr("70 × 38 毫米"),
        "a4-3x8": tr("A4 不干胶，3 × 8"),
    }.get(name, name)
