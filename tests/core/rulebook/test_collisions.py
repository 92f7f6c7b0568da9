"""撞期: which offers meet, on which days, and what becomes of both."""

from __future__ import annotations

from datetime import date

from core.rulebook.collisions import AHEAD, Clash, collisions
from core.rulebook.conditions import Conditions, Scope
from core.rulebook.offers import (
    BasketOffer,
    Bundle,
    NthReduced,
    PercentageOffer,
    PriceOffer,
    Step,
    Threshold,
)

ON = date(2026, 11, 27)  # a Friday
STEPS = (Step(from_fen=100_00, off_fen=10_00),)


def days(first: date, last: date) -> Conditions:
    return Conditions(starts_on=first, ends_on=last)


def met(one: BasketOffer, other: BasketOffer) -> tuple[Clash, date, int] | None:
    """The same both ways."""
    there, back = collisions(one, (one, other), ON), collisions(other, (one, other), ON)
    assert [each.clash for each in there] == [each.clash for each in back]
    return (there[0].clash, there[0].first, there[0].days) if there else None


def test_two_amounts_off_are_used_together_on_the_days_that_they_share() -> None:
    one = Threshold(
        id="a", name="a", steps=STEPS, when=days(date(2026, 11, 28), date(2026, 11, 30))
    )
    other = Threshold(
        id="b", name="b", steps=STEPS, when=days(date(2026, 11, 29), date(2026, 12, 5))
    )
    assert met(one, other) == (Clash.BOTH, date(2026, 11, 29), 2)
    over = Threshold(id="c", name="c", steps=STEPS, when=days(date(2026, 1, 1), date(2026, 1, 9)))
    assert met(one, over) is None


def test_of_percentages_the_better_one_holds_unless_both_stack() -> None:
    nine = PercentageOffer(id="a", name="a", rate_bp=9000)
    eight = PercentageOffer(id="b", name="b", rate_bp=8000, is_stackable=True)
    seven = PercentageOffer(id="c", name="c", rate_bp=7000, is_stackable=True)
    assert met(nine, eight) == (Clash.BETTER, ON, AHEAD)
    assert met(eight, seven) == (Clash.BOTH, ON, AHEAD)


def test_weekdays_hours_and_stores_that_are_not_shared_meet_nobody() -> None:
    def at(when: Conditions, name: str) -> PercentageOffer:
        return PercentageOffer(id=name, name=name, rate_bp=9000, when=when)

    wednesday = at(Conditions(weekdays=frozenset({3})), "a")
    for other in (
        Conditions(weekdays=frozenset({4})),
        Conditions(weekdays=frozenset({3}), month_days=frozenset({32})),
    ):
        assert met(wednesday, at(other, "b")) is None
    morning = at(Conditions(from_minute=480, to_minute=720), "a")
    night = at(Conditions(from_minute=1320, to_minute=360), "b")
    noon = at(Conditions(from_minute=700, to_minute=780), "c")
    assert met(morning, night) is None
    assert met(morning, noon) is not None
    here, there = (at(Conditions(stores=frozenset({code})), code) for code in ("S01", "S02"))
    assert met(here, there) is None


def test_goods_that_are_not_shared_meet_nobody() -> None:
    def of(scope: Scope, name: str) -> PercentageOffer:
        return PercentageOffer(id=name, name=name, rate_bp=9000, scope=scope)

    milk = of(Scope(categories=frozenset({"奶"})), "a")
    bread = of(Scope(categories=frozenset({"面包"})), "b")
    assert met(milk, bread) is None
    assert met(milk, of(Scope(products=frozenset({"1"})), "c")) is not None, "1 may be milk"
    one, two = of(Scope(products=frozenset({"1"})), "a"), of(Scope(products=frozenset({"2"})), "b")
    assert met(one, two) is None
    assert met(one, of(Scope(), "c")) is not None
    bundle = Bundle(id="d", name="d", parts=(("1", 1), ("2", 1)), price_fen=10)
    pair = NthReduced(id="e", name="e", units=2, scope=Scope(products=frozenset({"2"})))
    assert met(bundle, pair) == (Clash.BETTER, ON, AHEAD)


def test_groups_and_exclusive_ones_rule_each_other_out() -> None:
    deal = NthReduced(id="a", name="a", units=2, group="spring")
    off = Threshold(id="b", name="b", steps=STEPS, group="spring")
    alone = PercentageOffer(id="c", name="c", rate_bp=9000, is_exclusive=True)
    assert met(deal, off) == (Clash.GROUP, ON, AHEAD)
    assert met(alone, off) == (Clash.EXCLUSIVE, ON, AHEAD)
    assert met(NthReduced(id="d", name="d", units=2), off) is None


def test_prices_on_the_goods_meet_nobody() -> None:
    price = PriceOffer(id="p", kind="member_price")
    assert collisions(price, (PercentageOffer(id="a", name="a", rate_bp=9000),), ON) == ()
