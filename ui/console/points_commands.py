"""积分抵扣: the command of the screenless till by which a customer chooses how many points pay."""

from __future__ import annotations

from core.actions.counter import Counter, reprice
from core.actions.cover import points_offline
from core.actions.spend_points import spend_points
from core.errors import BadPointsWish
from core.shop import Shop
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
        is_leased = after.is_reserved and after.quote.paying_points > 0
        after, why = desk.kept.reserve_for(after)
        desk.show(after)
        said = [why, _words(after), _rounded(wish, after)]
        if is_leased:  # nobody was asked, and nobody may be there
            said.append(_offline(desk.shop, after))
        return " ".join(filter(None, said))


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


def _rounded(wish: str, counter: Counter) -> str:
    """Why fewer were taken than were wished for, where they are no whole steps."""
    policy, taken = counter.rulebook.points.spend, counter.quote.paying_points
    if policy is None or not taken or wish in (MOST, NONE):
        return ""
    if not 0 < int(wish) - taken < policy.per_points:
        return ""
    return tr("{points} 分一档，零头不用。", points=f"{policy.per_points:,}")


def _offline(shop: Shop, counter: Counter) -> str:
    """How many there are without head office, where that is fewer; "" in a shop alone."""
    policy, member = counter.rulebook.points.spend, counter.basket.member_id
    if policy is None or member is None:
        return ""
    with shop.store.read() as reading:
        purpose = counter.basket.sale_id
        here = points_offline(reading, member, shop.clock.now_us(), purpose)
    most = counter.quote.most_points
    if here is None or (taken := policy.taken(here, most)) >= most:
        return ""
    words = "总部没有回答的话，这台留着 {here} 分，这一单最多用 {points} 分。"
    return tr(words, here=f"{here:,}", points=f"{taken:,}")
