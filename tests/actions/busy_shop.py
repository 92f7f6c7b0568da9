"""A shop that sells, voids, takes back and merges as a seed says, and remembers what it did."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from core.actions import counter as counters
from core.actions.merge_members import merge_members
from core.actions.publish_rulebook import publish_rulebook
from core.actions.return_sale import preview_return, return_sale
from core.actions.scan import scan
from core.actions.settle import settle
from core.actions.void import void_sale
from core.pricing.adjustment import Stage
from core.rulebook.conditions import Limits
from core.rulebook.offers import Step, Threshold
from core.sales.explanation import CounterReason, Explanation
from core.shop import Shop
from core.trust.staff import Staff
from core.values.moment import local_time
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, OXYGEN, SILVER, VITAMIN, paid
from tests.builders import GoingOn, file_of

GOODS = (CALCIUM, OXYGEN, VITAMIN, "6901234567847", "6901234567854", "6901234567861")
CARDS = (GOLD, SILVER, NORMAL)
QUALITY = Explanation(CounterReason.QUALITY)
MISTAKE = Explanation(CounterReason.WRONG_PRODUCT)
OFF = Threshold(id="off", name="立减 5 元", steps=(Step(off_fen=500),), limits=Limits(in_all=1000))
AN_HOUR_US = 3_600_000_000
ODDS = {"sell": 10, "sell_to": 14, "void": 2, "take_back": 6, "wait": 8}


class Line(Struct, frozen=True):
    """A part of a sale or of a return: quantity in thousandths, money in fen."""

    code: str
    milli: int
    fen: int


class Back(Struct, frozen=True):
    """What came back of a sale, and when."""

    day: date
    hour: int
    staff: int
    fen: int
    lines: tuple[Line, ...]


class Sold(Struct):
    """A sale as the test remembers it."""

    id: UUID
    no: str
    day: date
    hour: int
    staff: int
    member: UUID | None
    tier: str
    fen: int
    lines: tuple[Line, ...]
    offers: dict[str, int]
    given: dict[tuple[str, str], int]
    is_void: bool = False
    left: dict[int, int] = {}
    backs: list[Back] = []


class BusyShop:
    """`sales` is what happened, `became` who was merged into whom."""

    def __init__(self, shop: Shop, staff: tuple[Staff, ...], seed: int) -> None:
        self.clock: Any = GoingOn(shop)
        self.shop = replace(shop, clock=self.clock)
        self.staff = staff
        self.random = Random(seed)
        self.sales: list[Sold] = []
        self.became: dict[UUID, UUID] = {}
        self._cards = list(CARDS)
        book = counters.new_basket(shop).rulebook
        publish_rulebook(
            shop, replace(book, version=book.version + 1, offers=(OFF,)), staff=staff[0]
        )

    def trade(self, moves: int, *, merges: bool = True) -> None:
        """So many moves; two members are found to be one in the middle."""
        for at in range(moves):
            if merges and at == moves // 2:
                self._merge()
            [move] = self.random.choices(list(ODDS), list(ODDS.values()))
            getattr(self, f"_{move}")()

    def joined(self) -> dict[UUID, date]:
        """All members that are somebody of their own."""
        with self.shop.store.reader() as connection:  # type: ignore[attr-defined]
            rows = connection.execute("SELECT id, joined_on FROM members").fetchall()
        every = {UUID(bytes=ident): date.fromordinal(day) for ident, day in rows}
        return {ident: day for ident, day in every.items() if ident not in self.became}

    def who(self, member: UUID | None) -> UUID | None:
        """Who somebody is now."""
        return self.became.get(member, member) if member is not None else None

    def _wait(self) -> None:
        self.clock.ahead_us += self.random.choice((1, 5, 24, 24 * 20)) * AN_HOUR_US

    def _now(self) -> tuple[date, int]:
        moment = self.shop.now()
        with self.shop.store.read() as reading:
            return moment.business_on, local_time(moment.at_us, reading.till.zone).hour

    def _sell_to(self) -> None:
        self._sell(self.random.choice(self._cards))

    def _sell(self, card: str = "") -> None:
        codes = self.random.choices(GOODS, k=self.random.randint(1, 4))
        member = file_of(self.shop, card).member if card else None
        staff = self.random.choice(self.staff)
        counter = counters.new_basket(self.shop)
        for code in [card, *codes] if card else codes:
            counter = scan(self.shop, counter.basket, code, staff=staff)
        ready = paid(self.shop, counter)
        day, hour = self._now()
        sale = settle(self.shop, ready.basket, shown=ready.quote.hash, staff=staff).sale
        quoted = ready.quote
        offers = dict.fromkeys(quoted.used, 0)
        for each in quoted.adjustments:
            if each.offer in offers:
                offers[each.offer] += each.amount_fen
        given: Counter[tuple[str, str]] = Counter()
        for each in quoted.adjustments:
            if each.stage not in (Stage.POINTS, Stage.CASH_ROUNDING):
                given[each.reason.value, each.label] += each.amount_fen
        self.sales.append(
            Sold(
                sale.sale_id,
                sale.no,
                day,
                hour,
                staff.no,
                member.id if member else None,
                member.tier if member else "",
                quoted.payable_fen,
                tuple(Line(x.code, x.quantity_milli, x.payable_fen) for x in quoted.lines),
                offers,
                given,
                left={x.no: x.quantity_milli for x in quoted.lines},
            )
        )

    def _void(self) -> None:
        today, _ = self._now()
        fit = [x for x in self.sales if x.day == today and not x.is_void and not x.backs]
        if fit:
            sale = self.random.choice(fit)
            void_sale(self.shop, sale.id, explanation=MISTAKE, staff=self.staff[0])
            sale.is_void = True

    def _take_back(self) -> None:
        fit = [x for x in self.sales if not x.is_void and any(x.left.values())]
        if not fit:
            return
        sale = self.random.choice(fit)
        numbers = [no for no, milli in sale.left.items() if milli]
        chosen = dict.fromkeys(numbers[: self.random.randint(1, len(numbers))], 1000)
        shown = preview_return(self.shop, sale.no, chosen, staff=self.staff[0])
        day, hour = self._now()
        made = return_sale(
            self.shop,
            sale.id,
            chosen,
            return_id=self.shop.new_id(),
            explanation=QUALITY,
            staff=self.staff[0],
        )
        codes = {no: line.code for no, line in zip(sale.left, sale.lines, strict=True)}
        lines = tuple(
            Line(codes[part.no], part.quantity_milli, part.money_fen) for part in shown.refund.lines
        )
        for no in chosen:
            sale.left[no] -= 1000
        if not any(sale.left.values()):
            sale.offers = {}
        sale.backs.append(Back(day, hour, self.staff[0].no, made.back_fen, lines))

    def _merge(self) -> None:
        gone, into = NORMAL, SILVER
        pair = [file_of(self.shop, card).member.id for card in (gone, into)]
        merge_members(self.shop, gone, into, staff=self.staff[0])
        self.became[pair[0]] = pair[1]
        self._cards.remove(gone)


def all_days(busy: BusyShop) -> tuple[date, date]:
    """From the first sale to today."""
    return min(sale.day for sale in busy.sales), busy.shop.now().business_on + timedelta(1)
