"""问题: what can be asked of the copy, each written once with Ibis.

A question is a table over business dates; whoever has another engine puts the same to it. What was
voided was never sold; what came back counts on the day it came back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property

import ibis
from ibis import _
from ibis.expr.types import BooleanColumn, Table, Value
from msgspec import Struct

from core.members.member import LONG_AGO
from core.ports.insight import Heading, Kind
from storage.insight.tables import ALL

WORDS, DAY, COUNT, MONEY = Kind.WORDS, Kind.DAY, Kind.COUNT, Kind.MONEY
QUANTITY, SHARE = Kind.QUANTITY, Kind.SHARE
MOST_ROWS = 500
A_SALE = {"tickets": COUNT, "taken_fen": MONEY, "ticket_fen": MONEY}
SPANS = (30, 60, 90)

VISITS = ("month", "walked", "joined", "at_once", "elsewhere")
RENEWED_WITHIN = 30


class Span:
    """Business dates, both inclusive, and the tables as they stand in them."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self._tables = {each.name: ibis.table(each.columns, name=each.name) for each in ALL}

    def table(self, name: str) -> Table:
        """A table of the copy, of all time."""
        return self._tables[name]

    def within(self, table: Table) -> BooleanColumn:
        """Whether a row is of these days."""
        return table.day.between(self.first, self.last)

    @cached_property
    def all_sales(self) -> Table:
        """Sales of all time that stand; who was merged away is who they became."""
        sales, became = self.table("sales"), self.table("became")
        stands = sales.anti_join(self.table("voids"), "sale")
        joined = stands.left_join(became, stands.member == became.member)
        return joined.select(
            *(stands[name] for name in stands.columns if name != "member"),
            member=ibis.coalesce(became.into_member, stands.member),
        )

    @cached_property
    def sales(self) -> Table:
        """Those of these days."""
        return self.all_sales.filter(self.within)

    @cached_property
    def members(self) -> Table:
        """Members of all time; who was merged away is nobody of their own."""
        members = self.table("members")
        return members.anti_join(self.table("became"), "member")

    @cached_property
    def moves(self) -> Table:
        """Sales, and what came back as money below zero without a ticket, of the same member.

        What another till or store sold counts where it came back, and for no member (domain.md 3).
        """
        columns = ("member", "tier")
        sold = self.sales.select("day", "hour", "staff", "taken_fen", *columns, ticket=1)
        returns = self.table("returns").filter(self.within).drop("member")
        returns = returns.anti_join(self.table("voids"), "sale")
        of_sales = returns.left_join(self.all_sales.select("sale", *columns), "sale")
        back = of_sales.select("day", "hour", "staff", *columns, taken_fen=-_.back_fen, ticket=0)
        return sold.union(back.select(*sold.columns))

    @cached_property
    def goods(self) -> Table:
        """Lines of these days with their products; what came back is below zero."""
        lines = self.table("lines").filter(self.within)
        lines = lines.anti_join(self.table("voids"), "sale")
        columns = ("sale", "product")
        sold = lines.select(*columns, milli=_.quantity_milli, fen=_.taken_fen)
        back = self.table("return_lines").filter(self.within)
        back = back.select(*columns, milli=-_.quantity_milli, fen=-_.back_fen)
        every = sold.union(back)
        products = self.table("products")
        joined = every.left_join(products, every.product == products.product)
        return joined.drop("product").rename(product="product_right")


class Question(Struct, frozen=True):
    """A question: its table, and what its columns hold; the first `keys` say which row it is."""

    ask: Callable[[Span], Table]
    kinds: dict[str, Kind]
    keys: int = 1

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Of the columns, in their order."""
        return tuple(Heading(name, kind) for name, kind in self.kinds.items())


def _figures(table: Table) -> dict[str, Value]:
    tickets, taken = table.ticket.sum(), table.taken_fen.sum()
    return {"tickets": tickets, "taken_fen": taken, "ticket_fen": _part(taken, tickets)}


def _part(of: Value, by: Value) -> Value:
    """Whole numbers, half up; nothing where there is nothing to part by."""
    return ibis.ifelse(by > 0, ((2 * of + by) / (2 * by)).floor().cast("int64"), ibis.null("int64"))


def _permille(part: Value, whole: Value) -> Value:
    return _part(1000 * part, whole)


def _by(column: str) -> Callable[[Span], Table]:
    def ask(span: Span) -> Table:
        moves = span.moves
        return moves.group_by(column).agg(**_figures(moves)).order_by(column)

    return ask


def _of_goods(column: str) -> Callable[[Span], Table]:
    def ask(span: Span) -> Table:
        found = _goods_by(span.goods, column)
        return found.order_by(ibis.desc("taken_fen"), column).limit(MOST_ROWS)

    return ask


def _products(span: Span) -> Table:
    """By number first: to keep many lines apart by code and name takes twice as long."""
    goods, products = span.goods, span.table("products")
    found = _goods_by(goods, "product").left_join(products, "product")
    return found.order_by(ibis.desc("taken_fen"), "code", "name").limit(MOST_ROWS)


def _goods_by(goods: Table, column: str) -> Table:
    return goods.group_by(column).agg(
        quantity_milli=goods.milli.sum(),
        taken_fen=goods.fen.sum(),
        tickets=goods.sale.nunique(),
    )


def _tiers(span: Span) -> Table:
    moves = span.moves
    found = moves.group_by(tier=ibis.coalesce(moves.tier, "")).agg(
        members=moves.member.nunique(where=moves.ticket == 1), **_figures(moves)
    )
    return found.order_by(ibis.desc("taken_fen"), "tier")


def _share(span: Span) -> Table:
    """药店四个数: members who bought, their ticket, their share of tickets and of takings."""
    moves = span.moves
    mine = moves.member.notnull()
    tickets, taken = moves.ticket.sum(), moves.taken_fen.sum()
    my_tickets = moves.ticket.sum(where=mine).fill_null(0)
    my_taken = moves.taken_fen.sum(where=mine).fill_null(0)
    return moves.agg(
        members=moves.member.nunique(where=moves.ticket == 1),
        ticket_fen=_part(my_taken, my_tickets),
        other_fen=_part(taken - my_taken, tickets - my_tickets),
        tickets_share=_permille(my_tickets, tickets),
        taken_share=_permille(my_taken, taken),
    )


def _offers(span: Span) -> Table:
    """What each offer gave away, in how many tickets, and what those tickets took."""
    uses = span.table("offers").filter(span.within)
    uses = uses.group_by("sale", "offer").agg(times=_.times.sum(), given_fen=_.given_fen.sum())
    uses = uses.filter(_.times > 0)
    with_sales = uses.inner_join(span.sales.select("sale", "taken_fen"), "sale")
    found = with_sales.group_by("offer").agg(
        tickets=with_sales.sale.nunique(),
        given_fen=with_sales.given_fen.sum(),
        taken_fen=with_sales.taken_fen.sum(),
    )
    return found.order_by(ibis.desc("given_fen"), "offer")


def _given(span: Span) -> Table:
    """让利: what all offers gave away, also those without limits, and what those tickets took."""
    given = span.table("given").filter(lambda t: span.within(t) & (t.given_fen > 0))
    with_sales = given.inner_join(span.sales.select("sale", "taken_fen"), "sale")
    whole = with_sales.mutate(whole=with_sales.given_fen.sum().over())
    found = whole.group_by("reason", "label").agg(
        tickets=whole.sale.nunique(),
        given_fen=whole.given_fen.sum(),
        given_share=_permille(whole.given_fen.sum(), whole.whole.max()),
        taken_fen=whole.taken_fen.sum(),
    )
    return found.order_by(ibis.desc("given_fen"), "reason", "label").limit(MOST_ROWS)


def _visitors(span: Span) -> Table:
    """散客: by month how many tickets were nobody's, how many joined, and bought on that day."""
    month, none = {"month": lambda t: t.day.strftime("%Y-%m")}, ibis.literal(0, "int64")
    walked = span.sales.filter(_.member.isnull()).mutate(**month).group_by("month")
    nobody = walked.agg(walked=_.count(), joined=none, at_once=none, elsewhere=none)
    members = span.members.mutate(day=_.joined).filter(span.within)
    bought = span.all_sales.filter(_.member.notnull()).select("member", "day").distinct()
    first = members.left_join(bought, ["member", "day"]).mutate(**month).group_by("month")
    joined = first.agg(
        walked=none, joined=_.count(), at_once=_.member_right.count(), elsewhere=none
    )
    strangers = span.members.filter(_.joined == LONG_AGO).select("member")
    visits = span.sales.inner_join(strangers, "member").mutate(**month).group_by("month")
    came = visits.agg(walked=none, joined=none, at_once=none, elsewhere=_.member.nunique())
    every = ibis.union(nobody.select(*VISITS), joined.select(*VISITS), came.select(*VISITS))
    found = every.group_by("month").agg(
        walked=_.walked.sum(),
        joined=_.joined.sum(),
        at_once=_.at_once.sum(),
        elsewhere=_.elsewhere.sum(),
    )
    share = _permille(found.joined, found.joined + found.walked)
    return found.mutate(joined_share=share).order_by("month")


def _renewals(span: Span) -> Table:
    """付费卡续费: cards whose last day lies in these days, and who bought the same again.

    Until 30 days after that day; whoever has bought another one before it has renewed, too.
    """
    became = span.table("became")
    held = span.table("cards").left_join(became, "member")
    held = held.select("tier", "day", "months", who=ibis.coalesce(_.into_member, _.member))
    ends = (held.day + held.months.as_interval("M")).cast("date")
    due = (
        held.mutate(due=ends)
        .filter(_.due.between(span.first, span.last))
        .mutate(no=ibis.row_number().over(order_by=["who", "day"]))
    )
    later = held.select(other="who", again="day", same="tier")
    joined = due.left_join(
        later,
        [
            due.who == later.other,
            due.tier == later.same,
            later.again > due.day,
            later.again <= due.due + ibis.interval(days=RENEWED_WITHIN),
        ],
    )
    each = joined.group_by("no", "tier", "due").agg(is_again=_.other.notnull().any())
    found = each.group_by("tier", month=each.due.strftime("%Y-%m")).agg(
        due=_.count(), renewed=_.is_again.sum().cast("int64")
    )
    found = found.mutate(renewed_share=_permille(found.renewed, found.due))
    return found.order_by("month", "tier")


def _growth(span: Span) -> Table:
    """New members by month, and how many of them have bought since."""
    members = span.members.filter(_.joined.between(span.first, span.last))
    bought = span.all_sales.filter(_.member.notnull()).select("member").distinct()
    with_first = members.left_join(bought, "member")
    found = with_first.group_by(month=with_first.joined.strftime("%Y-%m")).agg(
        joined=with_first.count(),
        bought=with_first.member_right.count(),
    )
    return found.mutate(bought_share=_permille(found.bought, found.joined)).order_by("month")


def _activity(span: Span) -> Table:
    """活跃、睡眠、流失: members by how long before the last day they bought last."""
    sales = span.all_sales.filter(lambda t: (t.day <= span.last) & t.member.notnull())
    last = sales.group_by("member").agg(day=sales.day.max())
    members = span.members.filter(_.joined <= span.last)
    every = members.left_join(last, "member")
    age = ibis.literal(span.last).delta(every.day, unit="day")
    state = ibis.cases(
        (every.day.isnull(), "never"),
        (age <= 90, "active"),
        (age <= 365, "sleeping"),
        else_="lost",
    )
    found = every.mutate(state=state).group_by("state").agg(members=_.count())
    rank = found.state.cases(("active", 0), ("sleeping", 1), ("lost", 2), else_=3)
    return found.order_by(rank)


def _frequency(span: Span) -> Table:
    """How many members bought how often."""
    moves = span.moves.filter(_.member.notnull())
    times = moves.group_by("member").agg(times=moves.ticket.sum(), taken_fen=moves.taken_fen.sum())
    times = times.filter(_.times > 0).mutate(times=ibis.least(_.times, 12))
    found = times.group_by("times").agg(members=_.count(), taken_fen=_.taken_fen.sum())
    return found.order_by("times")


def _repurchase(span: Span) -> Table:
    """Of those who bought first within the days, how many came again within 30, 60, 90 days."""
    sales = span.all_sales.filter(_.member.notnull())
    by_day = sales.select("member", "day").distinct()
    ordered = ibis.window(group_by="member", order_by="day")
    first = by_day.mutate(
        following=by_day.day.lead(1).over(ordered), at=ibis.row_number().over(ordered)
    )
    first = first.filter((_.at == 0) & first.day.between(span.first, span.last))
    gap = first.following.delta(first.day, unit="day")
    again = {f"within_{days}": (gap <= days).sum().fill_null(0) for days in SPANS}
    found = first.agg(firsts=first.count(), **again)
    shares = {f"share_{days}": _permille(found[f"within_{days}"], found.firsts) for days in SPANS}
    return found.mutate(**shares).select("firsts", *_again())


def _again() -> list[str]:
    return [name for days in SPANS for name in (f"within_{days}", f"share_{days}")]


QUESTIONS: dict[str, Question] = {
    "days": Question(_by("day"), {"day": DAY} | A_SALE),
    "hours": Question(_by("hour"), {"hour": COUNT} | A_SALE),
    "cashiers": Question(_by("staff"), {"staff": WORDS} | A_SALE),
    "products": Question(
        _products,
        {"code": WORDS, "name": WORDS, "quantity_milli": QUANTITY, "taken_fen": MONEY}
        | {"tickets": COUNT},
        keys=2,
    ),
    "categories": Question(
        _of_goods("category"),
        {"category": WORDS, "quantity_milli": QUANTITY, "taken_fen": MONEY, "tickets": COUNT},
    ),
    "brands": Question(
        _of_goods("brand"),
        {"brand": WORDS, "quantity_milli": QUANTITY, "taken_fen": MONEY, "tickets": COUNT},
    ),
    "tiers": Question(_tiers, {"tier": WORDS, "members": COUNT} | A_SALE),
    "members": Question(
        _share,
        {"members": COUNT, "ticket_fen": MONEY, "other_fen": MONEY}
        | {"tickets_share": SHARE, "taken_share": SHARE},
        keys=0,
    ),
    "offers": Question(
        _offers, {"offer": WORDS, "tickets": COUNT, "given_fen": MONEY, "taken_fen": MONEY}
    ),
    "given": Question(
        _given,
        {"reason": WORDS, "label": WORDS, "tickets": COUNT, "given_fen": MONEY}
        | {"given_share": SHARE, "taken_fen": MONEY},
        keys=2,
    ),
    "visitors": Question(
        _visitors,
        {"month": WORDS, "walked": COUNT, "joined": COUNT, "joined_share": SHARE}
        | {"at_once": COUNT, "elsewhere": COUNT},
    ),
    "renewals": Question(
        _renewals,
        {"month": WORDS, "tier": WORDS, "due": COUNT, "renewed": COUNT, "renewed_share": SHARE},
        keys=2,
    ),
    "growth": Question(
        _growth, {"month": WORDS, "joined": COUNT, "bought": COUNT, "bought_share": SHARE}
    ),
    "activity": Question(_activity, {"state": WORDS, "members": COUNT}),
    "frequency": Question(_frequency, {"times": COUNT, "members": COUNT, "taken_fen": MONEY}),
    "repurchase": Question(
        _repurchase,
        {"firsts": COUNT} | {name: COUNT if "within" in name else SHARE for name in _again()},
        keys=0,
    ),
}
"""In the order in which people are shown them."""
