"""退货: the commands of the screenless till that show what a return would do, and do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions import return_sale as returning
from core.actions.exchange import begin_exchange, drop_exchange
from core.actions.find_sales import EVER, find_sales
from core.actions.return_elsewhere import claim_return, fetch_sale, return_elsewhere
from core.actions.return_sale import ReturnPreview
from core.actions.sync import look_at_link
from core.actions.trace import traced_line
from core.errors import (
    AskedElsewhere,
    NoSuchLine,
    NoSuchSale,
    NothingToReturn,
    Unavailable,
)
from core.ports.central import Central
from core.sales.returns import SoldLine, everything
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff
from core.values.money import format_money
from core.values.quantity import format_quantity, parse_quantity
from ui.console.desk import Desk, errand
from ui.console.drawer_commands import explanation_of
from ui.console.language import BadCommand, place_of
from ui.console.void_commands import (
    number_of,
    row_record,
    row_words,
    undone_record,
    undone_words,
)
from ui.exchange_text import exchange_words
from ui.found_text import note_words
from ui.text import tr

T = TypeVar("T")
SPANS = {"today": 1, "week": 7, "month": 31, "ever": EVER}
"""How far back sales are looked for, in days with today."""


class _Asked(Struct, frozen=True):
    """A return that was shown; `yes` does it, once."""

    sale_id: UUID
    no: str
    chosen: dict[int, int]
    return_id: UUID
    has_receipt: bool
    is_away: bool = False
    traces: tuple[str, ...] = ()


class ReturnCommands:
    """A sale is named by its number, or `last`; its lines by their place, counted from 1."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._asked: _Asked | None = None

    def do_find_sales(self, *words: str) -> str:
        """The first word may say how far back."""
        days = SPANS.get(words[0]) if words else None
        text = " ".join(words if days is None else words[1:])
        found = find_sales(
            self._desk.shop, text, days=1 if days is None else days, staff=self._desk.who()
        )
        self._desk.more["sales"] = [row_record(row) for row in found.rows]
        if not found.rows:
            return tr("没有找到卖过的单。")
        return "\n".join(filter(None, (*map(row_words, found.rows), note_words(found))))

    def do_return(self, no: str, *words: str) -> str:
        return self._show(no, words, has_receipt=True)

    def do_return_without_receipt(self, no: str, *words: str) -> str:
        return self._show(no, words, has_receipt=False)

    def do_return_trace(self, code: str) -> str:
        """One pack of what was shown, by its trace code."""
        asked = self._asked
        if asked is None:
            raise NothingToReturn()
        sold = traced_line(self._desk.shop, asked.sale_id, code)
        self._asked = replace(asked, traces=(*asked.traces, sold.code))
        return tr("退回的是追溯码 {code} 这一盒。确认写 yes 原因。", code=sold.code)

    def do_yes(self, reason: str, words: str = "") -> str:
        desk, asked = self._desk, self._asked
        if asked is None:
            raise NothingToReturn()
        how: dict[str, Any] = {
            "return_id": asked.return_id,
            "explanation": explanation_of(reason, words),
            "has_receipt": asked.has_receipt,
            "traces": asked.traces,
            "staff": desk.who(),
            "approval": desk.approval(),
        }
        what, no = (asked.sale_id, asked.chosen), asked.no
        if asked.is_away:
            made = _asked(
                desk,
                no,
                lambda shop, line, token: return_elsewhere(shop, line, token, *what, **how),
            )
        else:
            if look_at_link(desk.shop) is not None:
                desk.kept.claim_by(
                    lambda shop, line, token: claim_return(shop, line, token, *what, **how)
                )
            made = returning.return_sale(desk.shop, *what, **how)
        if made.is_repeat:
            return tr("{no} 早已退过，没有再退一次。", no=made.no)
        desk.paper.print(made.receipt)
        desk.look_again()
        return tr("{no} 已退货，退款 {back}。", no=made.no, back=format_money(made.back_fen))

    def do_exchange(self, reason: str, words: str = "") -> str:
        """What was shown comes back with the goods that are scanned now."""
        desk, asked = self._desk, self._asked
        if asked is None:
            raise NothingToReturn()
        after = begin_exchange(
            desk.shop,
            desk.open().basket,
            asked.sale_id,
            asked.chosen,
            return_id=asked.return_id,
            explanation=explanation_of(reason, words),
            has_receipt=asked.has_receipt,
            traces=asked.traces,
            staff=desk.who(),
            approval=desk.approval(),
        )
        desk.show(after)
        return tr("，").join(exchange_words(after))

    def do_drop_exchange(self) -> str:
        basket = self._desk.open().basket
        self._desk.show(drop_exchange(self._desk.shop, basket))
        if basket.exchange is not None:
            self._desk.kept.give_back(basket.exchange.return_id)
        return tr("不换了，什么都没有退。")

    def _show(self, no: str, words: tuple[str, ...], *, has_receipt: bool) -> str:
        """All that is left where no line is named; remembered until `yes`."""
        desk, self._asked = self._desk, None
        staff, number = desk.who(), number_of(no)
        lines = self._look(number, staff).lines
        chosen = _chosen(lines, words) if words else everything(lines)
        shown = returning.preview_return(
            desk.shop, number, chosen, has_receipt=has_receipt, staff=staff
        )
        desk.more["return"] = _record(shown)
        if shown.refund.lines:
            self._asked = _Asked(
                shown.sale.sale_id,
                shown.sale.no,
                chosen,
                desk.shop.new_id(),
                has_receipt,
                shown.sold.is_away,
            )
        return _words(shown)

    def _look(self, number: str | None, staff: Staff) -> ReturnPreview:
        """The server is asked for what another till of the chain sold, each time anew."""
        desk = self._desk
        try:
            found = returning.preview_return(desk.shop, number, staff=staff)
            if not found.sold.is_away:
                return found
        except NoSuchSale:
            if number is None or look_at_link(desk.shop) is None:
                raise
        assert number is not None, "the last sale is one of here"
        _asked(
            desk,
            number,
            lambda shop, line, token: fetch_sale(shop, line, token, number, staff=staff),
        )
        return returning.preview_return(desk.shop, number, staff=staff)


def _asked(desk: Desk, no: str, do: Callable[[Shop, Central, str], T]) -> T:
    """What only the server can say; raises AskedElsewhere without a line."""
    try:
        return errand(desk, do)
    except AskedElsewhere:
        raise
    except Unavailable as error:
        raise AskedElsewhere(no) from error


def _chosen(lines: tuple[SoldLine, ...], words: tuple[str, ...]) -> dict[int, int]:
    """Pairs of place and quantity."""
    if len(words) % 2:
        raise BadCommand(tr("行号和数量要成对写，什么都没有改动。"))
    chosen: dict[int, int] = {}
    for place, quantity in zip(words[::2], words[1::2], strict=True):
        at = place_of(place)
        if at > len(lines):
            raise NoSuchLine(at)
        no = lines[at - 1].no
        chosen[no] = chosen.get(no, 0) + parse_quantity(quantity)
    return chosen


def _record(shown: ReturnPreview) -> dict[str, Any]:
    parts = {part.no: part for part in shown.refund.lines}
    return {
        "no": shown.sale.no,
        "lines": [
            {
                "no": place,
                "code": line.code,
                "name": line.name,
                "quantity_milli": line.quantity_milli,
                "returned_milli": line.returned_milli,
                "chosen_milli": parts[line.no].quantity_milli if line.no in parts else 0,
                "money_fen": parts[line.no].money_fen if line.no in parts else 0,
                "is_restricted": line.no in shown.restricted,
            }
            for place, line in enumerate(shown.lines, 1)
        ],
        "back_fen": shown.back_fen,
        "rounding_fen": shown.refund.rounding_fen,
        **undone_record(shown, shown.points_taken),
        "is_late": shown.is_late,
        "lacks_receipt": shown.lacks_receipt,
        "gifts": [line.code for line in shown.gifts],
        "right": shown.right.value,
    }


def _words(shown: ReturnPreview) -> str:
    if not shown.refund.lines:
        return tr("{no} 已经全部退回。", no=shown.sale.no)
    names = {line.no: line.name for line in shown.lines}
    rows = [tr("退货 {no}：", no=shown.sale.no)]
    rows += [
        f"{names[part.no]}  {format_quantity(part.quantity_milli)}  {format_money(part.money_fen)}"
        for part in shown.refund.lines
    ]
    rows += undone_words(shown, shown.points_taken)
    if shown.gifts:
        gifts = tr("、").join(line.name for line in shown.gifts)
        rows.append(tr("赠品还在顾客手里，请一起收回：{names}", names=gifts))
    if shown.right is Right.RETURN_BEYOND_RULES:
        rows.append(tr("收银员要请店长授权。"))
    rows.append(tr("确认写 yes 原因。"))
    return "\n".join(rows)
