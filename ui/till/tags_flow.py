"""标价签的对话: the tags that are asked for, their first page, and the PDF of all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject

from core.actions.price_tags import categories, tags_changed, tags_in, tags_of
from core.catalog.price_tag import PriceTag
from core.errors import BadPrintSize, UntaggedCode
from core.shop import Shop
from ui.catalogue import speaking
from ui.devices.files import read_lines
from ui.devices.marks import Leaf
from ui.devices.paper import PaperDesk
from ui.devices.paper_setup import TAGS
from ui.devices.print_sizes import tag_size, tag_sizes
from ui.devices.tag_pdf import tag_leaves, tags_pdf
from ui.file_dialog import ask_for_list
from ui.filing import Filing
from ui.labour import Labour
from ui.not_done import say_not_done
from ui.text import sentence, tr
from ui.till.tags import CATEGORY, CHANGED, SCANNED, TagsSheet
from ui.widgets.choices import Choice
from ui.work import Work

DAYS = (0, 1, 7, 30)
Found = tuple[tuple[PriceTag, ...], Leaf, int]


def found(
    shop: Shop, wanted: tuple[str, object], size: str, skip: int, own: Path, language: str | None
) -> Found:
    """Tags, their first page and how many pages; a question for `work.ask`.

    In the language of the shop's papers: customers read them.
    """
    kind, what = wanted
    measures = tag_size(size, own)
    tags = _tags(shop, kind, what)
    with speaking(language):
        leaves = tag_leaves(tags, measures, skip=skip)
    return tags, leaves[0], len(leaves)


def _tags(shop: Shop, kind: str, what: object) -> tuple[PriceTag, ...]:
    if kind == CHANGED and isinstance(what, date):
        return tags_changed(shop, what)
    if kind == CATEGORY:
        return tags_in(shop, str(what or ""))
    return tags_of(shop, what if isinstance(what, tuple) else ())


class _Begun(Struct, frozen=True):
    """What there is to choose from; of the sizes that are `paged` many tags stand on a page."""

    categories: tuple[str, ...]
    today: date
    sizes: tuple[str, ...]
    paged: frozenset[str]


def _begun(shop: Shop, own: Path) -> _Begun:
    sizes = tuple(tag_sizes(own))
    paged = frozenset(name for name in sizes if _is_paged(name, own))
    return _Begun(categories(shop), shop.now().business_on, sizes, paged)


def _is_paged(size: str, own: Path) -> bool:
    """A size of the shop's own with a mistake is said when it is chosen."""
    try:
        return tag_size(size, own).page is not None
    except BadPrintSize:
        return False


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
        self._filing = Filing(sheet, sheet.said, self)
        self._labour = Labour(self)
        sheet.asked.connect(lambda: self._ask())
        sheet.list_asked.connect(self._ask_for_list)
        sheet.filed.connect(self._file)
        sheet.printed.connect(self._print)

    @property
    def _own(self) -> Path:
        return self._desk.folder.parent / TAGS

    def begin(self, *codes: str) -> None:
        """Open, with these products scanned already."""
        self._codes = codes
        self._work.ask(_begun, self._own, topic="tags", then=self._begin, failed=self._failed)

    def _begin(self, begun: _Begun) -> None:
        days = [
            Choice(begun.today - timedelta(days=each), since_words(each), icon="calendar")
            for each in DAYS
        ]
        sizes = [Choice(name, named(name), icon="receipt") for name in begun.sizes]
        self._sheet.begin(sizes, begun.categories, days, self._codes, paged=begun.paged)

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
            self._sheet.skip,
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
        kind, codes = self._sheet.wanted
        if kind == SCANNED and isinstance(codes, tuple):
            names = (f"{tag.name} {tag.spec}".strip() for tag in self._tags)
            self._sheet.name_codes(dict(zip(codes, names, strict=False)))
        if self._problem:
            self._sheet.said.say(self._problem, is_wrong=True)

    def _maker(self) -> Callable[[], bytes]:
        """Makes the PDF of what is shown now, whatever is chosen meanwhile."""
        tags, name, skip = self._tags, self._sheet.size_name, self._sheet.skip
        own, language = self._own, self._desk.language

        def make() -> bytes:
            with speaking(language):
                return tags_pdf(tags, tag_size(name, own), skip=skip)

        return make

    @property
    def _name(self) -> str:
        return f"tags-{self._sheet.size_name}-{self._tags[0].on:%Y%m%d}-{len(self._tags)}.pdf"

    def _file(self) -> None:
        if self._tags:
            self._filing.keep(self._name, self._maker())

    def _print(self) -> None:
        if self._tags:
            self._filing.print(self._desk.folder / self._name, self._maker())

    def _ask_for_list(self) -> None:
        """Where it lies may be slow, or not answer at all."""

        def read(chosen: str) -> None:
            if not self._labour.is_busy:
                then, failed = self._sheet.add_codes, self._not_listed
                self._labour.begin(lambda: read_lines(Path(chosen)), then=then, failed=failed)

        ask_for_list(self._sheet, read)

    def _not_listed(self, error: Exception) -> None:
        """What was scanned before is still there."""
        say_not_done(error, lambda words: self._ask(problem=words))

    def _failed(self, error: Exception) -> None:
        say_not_done(error, self._sheet.show_nothing)
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
