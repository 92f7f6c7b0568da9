"""礼品小票的对话: of which goods of a sale, then it is printed; no price stands on it."""

from __future__ import annotations

from functools import partial

from core.actions.slips import gift_choices, gift_slip
from core.sales.receipt import ItemLine
from ui.devices.receipt_rows import goods_count
from ui.text import tr
from ui.till.flow import TillFlow
from ui.till.sheets import Sheets
from ui.widgets.choices import Choice
from ui.work import Work

ALL = "all"
Sold = tuple[str, tuple[ItemLine, ...]]
MOST_ASKED = 8
"""So many goods are named by themselves; of a longer sale all come on one paper."""


class GiftPaper:
    """Asked for a receipt that was scanned or typed."""

    def __init__(self, work: Work, flow: TillFlow, sheets: Sheets) -> None:
        self._work = work
        self._flow = flow
        self._sheets = sheets

    def begin(self, no: str = "") -> None:
        """Ask which goods of a sale, or of the last one; of one kind alone nothing is asked."""
        self._work.ask(
            gift_choices, no, topic="gift slip", then=self._ask_which, failed=self._flow.say
        )

    def _ask_which(self, found: Sold, chosen: frozenset[int] = frozenset()) -> None:
        """Each choice adds one of the goods or takes it off; the first row prints."""
        no, items = found
        if not 1 < len(items) <= MOST_ASKED:
            self._print(no, None)
            return
        first = tr("打印选中的 {count} 种", count=len(chosen)) if chosen else tr("全部商品")
        rows = [Choice(ALL, first, icon="printer" if chosen else "receipt")]
        rows += [
            Choice(
                at,
                item.name,
                goods_count(item.quantity_milli, item.unit),
                icon="check" if at in chosen else "pill",
            )
            for at, item in enumerate(items)
        ]
        line = tr("不写价钱；凭它也能退换。可以选几种。")
        answer = partial(self._answer, found, chosen)
        self._sheets.ask.ask(tr("礼品小票：哪些商品？"), line, rows, answer)

    def _answer(self, found: Sold, chosen: frozenset[int], which: object) -> None:
        if isinstance(which, int):
            self._ask_which(found, chosen ^ {which})
        else:
            self._print(found[0], chosen or None)

    def _print(self, no: str, chosen: frozenset[int] | None) -> None:
        self._work.act(
            gift_slip,
            no,
            chosen,
            staff=self._flow.staff,
            then=self._flow.printed.emit,
            failed=self._flow.say,
        )
