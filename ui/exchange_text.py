"""换货的字: what waits to come back with a basket, and the difference as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from core.actions.counter import Counter
from core.sales.receipt import LeftLine, Receipt
from core.values.money import format_money
from ui.drawer_text import back_by
from ui.text import tr


def exchange_words(counter: Counter) -> tuple[str, str]:
    """What comes back, and what the difference is; both for one who has the goods in hand."""
    exchange = counter.basket.exchange
    assert exchange is not None, "nothing is exchanged"
    back = format_money(exchange.back_fen)
    title = tr("换货 {no}：退回 {back}，抵这一单", no=exchange.sale_no, back=back)
    more_fen = counter.quote.payable_fen - exchange.back_fen
    if counter.basket.is_empty:
        return title, tr("还没有退。扫换走的商品，再按 F9 一起结。")
    if more_fen >= 0:
        return title, tr("差额大约要收 {fen}；按 F9 一起结。", fen=format_money(more_fen))
    return title, tr("差额大约要退 {fen}；按 F9 一起结。", fen=format_money(-more_fen))


def left_words(receipt: Receipt) -> Iterator[str]:
    """What goods that came back leave to be handed back, by tender."""
    for line in receipt.lines:
        if isinstance(line, LeftLine):
            yield tr("{how} {fen}。", how=back_by(line.kind), fen=format_money(line.amount_fen))
