"""规则的行: a whole rulebook as lines by section, each with a sentence; two of them compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from core.rulebook.conditions import Missed
from core.rulebook.offers import (
    AnyFor,
    Bundle,
    CouponOffer,
    GiftOffer,
    NthReduced,
    Offer,
    PercentageOffer,
    PointsOffer,
    PriceOffer,
    Threshold,
)
from core.rulebook.rulebook import Rulebook
from ui.rule_conditions import Names, dates_words
from ui.rule_sections import (
    behaviour_lines,
    benefit_lines,
    by_hand_lines,
    label_lines,
    other_lines,
    outside_lines,
    points_lines,
    return_lines,
    reward_lines,
    tender_lines,
    tier_lines,
    two_lines,
    watch_lines,
)
from ui.rule_words import offer_sentence, offer_title
from ui.text import tr

STAGES: tuple[tuple[str, tuple[type[Offer], ...]], ...] = (
    ("prices", (PriceOffer,)),
    ("deals", (NthReduced, AnyFor, Bundle)),
    ("percentages", (PercentageOffer,)),
    ("thresholds", (Threshold,)),
    ("gifts", (GiftOffer,)),
    ("coupons", (CouponOffer,)),
    ("more_points", (PointsOffer,)),
)
MISSED = {
    Missed.OTHER_STORE: "不在这家门店",
    Missed.NOT_YET: "还没有开始",
    Missed.OVER: "已经结束",
    Missed.OTHER_DAY: "今天不是它的日子",
    Missed.OTHER_HOUR: "今天不是它的日子",
}


class RuleLine(Struct, frozen=True):
    """One rule; `key` finds it in another version. `missed`: why it does not run today, if so."""

    key: str
    title: str
    text: str
    dates: str = ""
    missed: Missed | None = None

    @property
    def whole(self) -> str:
        """Text and dates, as they are compared and said."""
        return self.text + tr("，") + self.dates if self.dates else self.text


class RuleSection(Struct, frozen=True):
    """Rules that belong together."""

    name: str
    title: str
    lines: tuple[RuleLine, ...]


class Difference(Struct, frozen=True):
    """One line of two versions: `before` is "" where it is new, `after` where it is gone."""

    section: str
    title: str
    before: str
    after: str


def runs(offer: Offer, on: date, store: str) -> Missed | None:
    """Why an offer does not run on a business date, None where it does at some hour of it."""
    starts_on, ends_on = offer_dates(offer)
    if starts_on is not None and on < starts_on:
        return Missed.NOT_YET
    if ends_on is not None and on > ends_on:
        return Missed.OVER
    return offer.when.missed(on, offer.when.from_minute, store)


def offer_dates(offer: Offer) -> tuple[date | None, date | None]:
    """The narrowest of what the offer says of its first and last day."""
    starts, ends = [offer.when.starts_on], [offer.when.ends_on]
    if isinstance(offer, PriceOffer):
        starts.append(offer.starts_on)
        ends.append(offer.ends_on)
    first = max((day for day in starts if day), default=None)
    return first, min((day for day in ends if day), default=None)


def sections(book: Rulebook, names: Names, *, on: date, store: str = "") -> tuple[RuleSection, ...]:
    """Everything that a rulebook says, sections of offers only where there are any.

    `on` is the business date that lines are held against.
    """

    def line(offer: Offer) -> RuleLine:
        text = offer_sentence(offer, book.scheme, names)
        dates = dates_words(*offer_dates(offer))
        return RuleLine(offer.id, offer_title(offer), text, dates, runs(offer, on, store))

    def plain(found: Iterable[tuple[str, str, str]]) -> tuple[RuleLine, ...]:
        return tuple(RuleLine(*each) for each in found)

    stages = (
        ("prices", tr("商品上的价")),
        ("deals", tr("多买优惠")),
        ("percentages", tr("折扣")),
        ("thresholds", tr("满减满折")),
        ("gifts", tr("赠品和换购")),
        ("coupons", tr("{all:优惠券|优惠券}", all="")),
        ("more_points", tr("多得积分")),
    )
    first = [
        (name, title, tuple(line(offer) for offer in book.offers if _stage(offer) == name))
        for name, title in stages
    ]
    rest = (
        ("tiers", tr("会员等级"), plain(tier_lines(book, names))),
        ("benefits", tr("权益"), plain(benefit_lines(book))),
        ("points", tr("积分"), plain(points_lines(book, names))),
        ("behaviours", tr("行为积分"), plain(behaviour_lines(book))),
        ("rewards", tr("积分能换什么"), plain(reward_lines(book))),
        ("returns", tr("退货"), plain(return_lines(book.returns))),
        ("tenders", tr("支付方式"), plain(tender_lines(book))),
        ("by_hand", tr("手工优惠"), plain(by_hand_lines(book.by_hand))),
        ("two", tr("要两个人"), plain(two_lines(book))),
        ("outside", tr("不参加优惠的"), plain(outside_lines(book))),
        ("labels", tr("店内码"), plain(label_lines(book))),
        ("watch", tr("案件的信号"), plain(watch_lines(book.watch))),
        ("others", tr("其他"), plain(other_lines(book))),
    )
    return tuple(RuleSection(*each) for each in (*(one for one in first if one[2]), *rest))


def _stage(offer: Offer) -> str:
    return next(name for name, kinds in STAGES if isinstance(offer, kinds))


def differences(
    before: Sequence[RuleSection], after: Sequence[RuleSection]
) -> tuple[Difference, ...]:
    """What another version says otherwise, in the order in which it stands there."""
    had = {(part.name, line.key): line for part in before for line in part.lines}
    titles = {part.name: part.title for part in (*before, *after)}
    has = {(part.name, line.key): line for part in after for line in part.lines}
    found = []
    for place, line in has.items():
        old = had.get(place)
        if old is None:
            found.append(Difference(titles[place[0]], line.title, "", line.whole))
        elif (old.title, old.whole) != (line.title, line.whole):
            is_renamed = old.title != line.title
            told = f"{old.title}{tr('：')}{old.whole}" if is_renamed else old.whole
            found.append(Difference(titles[place[0]], line.title, told, line.whole))
    for place, old in had.items():
        if place not in has:
            found.append(Difference(titles[place[0]], old.title, old.whole, ""))
    return tuple(found)
