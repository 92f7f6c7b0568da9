"""The reports once more, counted in Python over what a busy shop remembers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from core.ports.insight import Value
from tests.actions.busy_shop import BusyShop, Line, Sold

Rows = list[tuple[Value, ...]]
Move = tuple[Sold, date, int, int, int, int]
ACTIVE, SLEEPING = 90, 365


def part(of: int, by: int) -> int | None:
    """Half up."""
    return (2 * of + by) // (2 * by) if by > 0 else None


class ByHand:
    """Counts over business dates, both inclusive."""

    def __init__(self, busy: BusyShop, first: date, last: date) -> None:
        self.busy, self.first, self.last = busy, first, last
        self.stands = [sale for sale in busy.sales if not sale.is_void]
        self.names, self.categories = self._products()

    def within(self, day: date) -> bool:
        return self.first <= day <= self.last

    def moves(self) -> Iterator[Move]:
        """Sale, day, hour, staff, money, tickets."""
        for sale in self.stands:
            if self.within(sale.day):
                yield sale, sale.day, sale.hour, sale.staff, sale.fen, 1
            for back in sale.backs:
                if self.within(back.day):
                    yield sale, back.day, back.hour, back.staff, -back.fen, 0

    def figures(self, key: Callable[[Move], Any]) -> dict[Any, tuple[int, int, int | None]]:
        sums: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
        for move in self.moves():
            sums[key(move)][0] += move[5]
            sums[key(move)][1] += move[4]
        return {at: (n, fen, part(fen, n)) for at, (n, fen) in sums.items()}

    def by(self, at: int) -> Rows:
        return [(key, *figures) for key, figures in sorted(self.figures(lambda m: m[at]).items())]

    def days(self) -> Rows:
        return self.by(1)

    def hours(self) -> Rows:
        return self.by(2)

    def cashiers(self) -> Rows:
        return self.by(3)

    def goods(self, key: Callable[[str], tuple[str | None, ...]]) -> Rows:
        milli: Counter[tuple[str, ...]] = Counter()
        fen: Counter[tuple[str, ...]] = Counter()
        tickets = defaultdict(set)

        def add(sale: Sold, lines: tuple[Line, ...], sign: int) -> None:
            for line in lines:
                at = key(line.code)
                milli[at] += sign * line.milli
                fen[at] += sign * line.fen
                tickets[at].add(sale.id)

        for sale in self.stands:
            if self.within(sale.day):
                add(sale, sale.lines, 1)
            for back in filter(lambda each: self.within(each.day), sale.backs):
                add(sale, back.lines, -1)
        order = sorted(fen, key=lambda at: (-fen[at], at))
        return [(*at, milli[at], fen[at], len(tickets[at])) for at in order]

    def products(self) -> Rows:
        return self.goods(lambda code: (code, self.names[code]))

    def categories_(self) -> Rows:
        return self.goods(lambda code: (self.categories[code],))

    def brands(self) -> Rows:
        return self.goods(lambda code: (None,))

    def tiers(self) -> Rows:
        people = defaultdict(set)
        for sale, *_, ticket in self.moves():
            if ticket and sale.member:
                people[sale.tier].add(self.busy.who(sale.member))
        found = self.figures(lambda move: move[0].tier)
        order = sorted(found, key=lambda tier: (-found[tier][1], tier))
        return [(tier, len(people[tier]), *found[tier]) for tier in order]

    def members(self) -> Rows:
        found = self.figures(lambda move: bool(move[0].member))
        mine, other = found.get(True, (0, 0, None)), found.get(False, (0, 0, None))
        tickets, fen = mine[0] + other[0], mine[1] + other[1]
        people = {self.busy.who(m[0].member) for m in self.moves() if m[5] and m[0].member}
        shares = (part(1000 * mine[0], tickets), part(1000 * mine[1], fen))
        return [(len(people), mine[2], other[2], *shares)]

    def offers(self) -> Rows:
        uses = [x for x in self.stands if self.within(x.day) and x.offers]
        given = sum(sale.offers["off"] for sale in uses)
        if not uses:
            return []
        return [("off", len(uses), given, sum(sale.fen for sale in uses))]

    def given(self) -> Rows:
        fen: Counter[tuple[str, str]] = Counter()
        taken, tickets = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for sale in self.stands:
            for at, amount in sale.given.items() if self.within(sale.day) else ():
                if amount:
                    fen[at] += amount
                    taken[at] += sale.fen
                    tickets[at] += 1
        whole, order = sum(fen.values()), sorted(fen, key=lambda at: (-fen[at], at))
        share = {at: part(1000 * fen[at], whole) for at in order}
        return [(*at, tickets[at], fen[at], share[at], taken[at]) for at in order]

    def visitors(self) -> Rows:
        walked, joined, at_once = Counter[str](), Counter[str](), Counter[str]()
        bought = {(self.busy.who(sale.member), sale.day) for sale in self.stands}
        for sale in self.stands:
            walked[f"{sale.day:%Y-%m}"] += self.within(sale.day) and sale.member is None
        for member, day in self.busy.joined().items():
            joined[f"{day:%Y-%m}"] += self.within(day)
            at_once[f"{day:%Y-%m}"] += self.within(day) and (member, day) in bought
        months = sorted(at for at in walked | joined if walked[at] or joined[at])
        return [
            (at, walked[at], joined[at], part(1000 * joined[at], joined[at] + walked[at]), *rest)
            for at, rest in ((at, (at_once[at], 0)) for at in months)
        ]

    def renewals(self) -> Rows:
        return []  # nobody sells cards here: `tests/storage/test_insight.py`

    def growth(self) -> Rows:
        bought = {self.busy.who(sale.member) for sale in self.stands}
        months: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for member, day in self.busy.joined().items():
            if self.within(day):
                months[f"{day:%Y-%m}"][0] += 1
                months[f"{day:%Y-%m}"][1] += member in bought
        return [(at, n, b, part(1000 * b, n)) for at, (n, b) in sorted(months.items())]

    def activity(self) -> Rows:
        last: dict[Any, date] = {}
        for sale in self.stands:
            who = self.busy.who(sale.member)
            if sale.day <= self.last:
                last[who] = max(last.get(who, sale.day), sale.day)
        states: Counter[str] = Counter()
        for member, day in self.busy.joined().items():
            if day <= self.last:
                states[self.state(last.get(member))] += 1
        order = ("active", "sleeping", "lost", "never")
        return [(state, states[state]) for state in order if states[state]]

    def state(self, day: date | None) -> str:
        if day is None:
            return "never"
        age = (self.last - day).days
        return "active" if age <= ACTIVE else "sleeping" if age <= SLEEPING else "lost"

    def frequency(self) -> Rows:
        times: Counter[Any] = Counter()
        fen: Counter[Any] = Counter()
        for sale, _, _, _, money, ticket in self.moves():
            if sale.member:
                times[self.busy.who(sale.member)] += ticket
                fen[self.busy.who(sale.member)] += money
        people, taken = Counter[int](), Counter[int]()
        for member, count in times.items():
            if count:
                people[min(count, 12)] += 1
                taken[min(count, 12)] += fen[member]
        return [(count, people[count], taken[count]) for count in sorted(people)]

    def repurchase(self) -> Rows:
        days = defaultdict(set)
        for sale in self.stands:
            if sale.member:
                days[self.busy.who(sale.member)].add(sale.day)
        gaps: list[int | None] = []
        for each in map(sorted, days.values()):
            if self.within(each[0]):
                gaps.append((each[1] - each[0]).days if len(each) > 1 else None)
        row: list[int | None] = [len(gaps)]
        for span in (30, 60, 90):
            again = sum(gap is not None and gap <= span for gap in gaps)
            row += [again, part(1000 * again, len(gaps))]
        return [tuple(row)]

    def answer(self, question: str) -> Rows:
        """To any of the questions."""
        asked = getattr(self, "categories_" if question == "categories" else question)
        rows: Rows = asked()
        return rows

    def _products(self) -> tuple[dict[str, str], dict[str, str]]:
        with self.busy.shop.store.reader() as connection:  # type: ignore[attr-defined]
            rows = connection.execute("SELECT code, name, category FROM products").fetchall()
        return {code: name for code, name, _ in rows}, {code: at for code, _, at in rows}
