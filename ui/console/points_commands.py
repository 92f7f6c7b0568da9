"""积分抵扣: the command of the screenless till by which a customer chooses how many points pay."""

from __future__ import annotations

from core.actions.counter import Counter, reprice
from core.actions.spend_points import spend_points
from core.errors import BadPointsWish
from core.values.money import format_money
from ui.console.desk import Desk
from ui.text import tr

MOST, NONE = "most", "none"


class PointsCommands:
    """A number, `most` for the most that makes sense now, or `none` to take it back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_points(self, wish: str) -> str:
        desk = self._desk
        desk.kept.try_line()
        before = reprice(desk.shop, desk.open().basket)
        after = spend_points(desk.shop, before.basket, _points(wish, before), staff=desk.who())
        after, why = desk.kept.reserve_for(after)
        desk.show(after)
        return f"{why} {_words(after)}".strip()


def _points(wish: str, counter: Counter) -> int:
    if wish in (MOST, NONE):
        return counter.quote.most_points if wish == MOST else 0
    if not wish.isascii() or not wish.isdigit():
        raise BadPointsWish(wish)
    return int(wish[:18])


def _words(counter: Counter) -> str:
    quote, payable = counter.quote, format_money(counter.quote.payable_fen)
    most = f"{quote.most_points:,}"
    if not quote.paying_points:
        words = "没有用积分，最多可用 {most} 分，应收 {payable}。"
        return tr(words, most=most, payable=payable)
    words = "用 {points} 分抵 {saved}，最多可用 {most} 分，应收 {payable}。"
    points, saved = f"{quote.paying_points:,}", format_money(quote.points_fen)
    return tr(words, points=points, saved=saved, most=most, payable=payable)
