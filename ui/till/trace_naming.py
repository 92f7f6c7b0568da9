"""认码的对话: a trace code gets its product; what is scanned meanwhile waits, and is never lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from core.actions import scan as scanning
from core.actions import trace as tracing
from core.actions.counter import Counter
from core.catalog.product import Product
from core.errors import TraceTwice
from core.ports import Suggestion
from core.pricing.basket import Basket
from core.shop import Shop
from ui.devices import sound
from ui.not_done import say_not_done
from ui.text import quoted, tr
from ui.till.flow import TillFlow
from ui.till.found import suggestion_of
from ui.till.trace_name import TraceNameSheet
from ui.widgets.choices import Choice
from ui.work import Work


class TraceNaming(QObject):
    """One code at a time: the flow of scans is held until it has its product, or nobody wants it.

    `coded` hears of the counter with the pack in its basket.
    """

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        sheet: TraceNameSheet,
        coded: Callable[[Counter], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheet = sheet
        self._coded = coded
        self._scanned = ""
        self._proposed: tuple[str, Product] | None = None
        sheet.looked_for.connect(self._look_for)
        sheet.scanned.connect(self._on_scanned)
        sheet.named.connect(self._name)
        sheet.closed.connect(self._on_closed)

    def begin(self, code: str, text: str) -> None:
        """Ask for the product of a code, also of one that was named wrongly.

        `text` is all that was scanned: batch and last day may stand in it.
        """
        counter = self._flow.counter
        if counter is None:
            return
        self._flow.hold()
        self._scanned, self._proposed = text, None
        lines = sorted(counter.basket.lines, key=lambda line: not line.traces_lacking)
        products = {line.product.code: line.product for line in lines if code not in line.traces}
        self._sheet.begin(code, list(map(_choice, products.values())))

    def mend(self, error: Exception) -> None:
        """A pack that is in the basket, but as another product than it is."""
        assert isinstance(error, TraceTwice), "no pack was named"
        self.begin(error.code, error.code)

    def _look_for(self, text: str) -> None:
        self._work.ask(
            scanning.find,
            text,
            topic="trace product",
            then=partial(self._show_found, text),
            failed=self._say,
        )

    def _show_found(self, text: str, found: tuple[Suggestion, ...]) -> None:
        products = [suggestion_of(each) for each in found if each.kind == "product"]
        self._sheet.show_rows(text, products)

    def _on_scanned(self, text: str) -> None:
        then = partial(self._on_looked_up, text)
        self._work.act(tracing.product_meant, text, then=then, failed=self._say)

    def _on_looked_up(self, text: str, product: Product | None) -> None:
        """A product may be the answer; everything else is a scan that comes after it."""
        if product is None or self._sheet.isHidden():
            self._flow.scan(text)
            if not self._sheet.isHidden():
                sound.play_error()
                words = tr("“{text}”不是商品条码。先认完这个码，再收它。", text=quoted(text))
                self._sheet.show_error(words)
            return
        before, self._proposed = self._proposed, (text, product)
        self._scan_after(before, product)
        self._sheet.propose(_choice(product))

    def _name(self, product: str) -> None:
        text, staff = self._scanned, self._flow.staff

        def name(shop: Shop, basket: Basket) -> Counter:
            return tracing.name_trace(shop, basket, text, product, staff=staff)

        self._flow.answer(name, then=self._named, failed=self._refused)

    def _named(self, counter: Counter) -> None:
        self._flow.forget_error()
        assert counter.changed_line is not None, "a pack without a line"
        proposed, self._proposed = self._proposed, None
        self._scan_after(proposed, counter.basket.line(counter.changed_line).product)
        self._sheet.shut()
        self._coded(counter)

    def _refused(self, error: Exception) -> None:
        self._flow.hold()
        self._say(error)

    def _on_closed(self) -> None:
        proposed, self._proposed = self._proposed, None
        self._scan_after(proposed, None)
        self._flow.release()

    def _scan_after(self, scanned: tuple[str, Product] | None, named: Product | None) -> None:
        """What was scanned for something else than the answer goes into the basket by itself."""
        if scanned is not None and (named is None or scanned[1].id != named.id):
            self._flow.scan(scanned[0])

    def _say(self, error: Exception) -> None:
        say_not_done(error, self._sheet.show_error)


def _choice(product: Product) -> Choice:
    return Choice(product.code, product.name, product.spec, icon="pill")
