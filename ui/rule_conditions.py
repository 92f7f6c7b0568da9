"""规则的条件: when an offer is on, for whom, for which goods and how often, as short clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from core.rulebook.conditions import DAY_MINUTES, BirthdayWindow, Conditions, Limits, Scope
from core.rulebook.schemes import TierScheme
from core.values.money import format_money
from core.values.quantity import format_quantity
from ui.text import tr

MOST_NAMED = 4


class Names(Struct, frozen=True):
    """商品名: what products are called, by code; of many only the first `most`, None for all."""

    known: Mapping[str, str]
    most: int | None = MOST_NAMED

    def of(self, code: str) -> str:
        """The name, or the code of what the shop does not have."""
        return self.known.get(code, code)

    def listed(self, names: Iterable[str]) -> str:
        """牛奶、面包 and, where there are more, how many in all."""
        every = list(names)
        words = tr("、").join(every[: self.most])
        if self.most is None or len(every) <= self.most:
            return words
        return tr("{names}等 {count} 样", names=words, count=len(every))


def yuan(fen: int) -> str:
    """100, 9.90: no cents where there are none."""
    return format_money(fen).removesuffix(".00")


def when_words(when: Conditions, scheme: TierScheme) -> Iterator[str]:
    """Days of the week and month, hours, who, where: all but the dates."""
    if when.weekdays:
        weekday = "周{day:一|二|三|四|五|六|日}"
        yield tr("、").join(tr(weekday, day=day) for day in sorted(when.weekdays))
    if when.month_days:
        days = tr("、").join(str(day) for day in sorted(when.month_days))
        yield tr("每月 {days} 日", days=days)
    if (when.from_minute, when.to_minute) != (0, DAY_MINUTES):
        begin, end = _clock(when.from_minute), _clock(when.to_minute)
        yield tr("{begin} 到 {end}", begin=begin, end=end)
    if when.from_tier:
        yield tr("{tier}及以上", tier=scheme.tier(when.from_tier).name)
    elif when.for_members:
        yield tr("会员")
    if when.joined_days:
        yield tr("入会 {days} 天内的会员", days=when.joined_days)
    if when.is_first_purchase:
        yield tr("会员第一次买")
    if when.birthday is not None:
        yield _birthday(when.birthday)
    if when.from_fen:
        yield tr("这些商品原价满 {amount} 元", amount=yuan(when.from_fen))
    if when.from_milli:
        yield tr("这些商品满 {count} 件", count=format_quantity(when.from_milli))
    if when.stores:
        yield tr("只在门店 {stores}", stores=tr("、").join(sorted(when.stores)))


def scope_words(scope: Scope, names: Names) -> Iterator[str]:
    """Which goods: by category, brand and product; and which not."""
    named = [
        *sorted(scope.categories),
        *sorted(scope.brands),
        *(names.of(code) for code in sorted(scope.products)),
    ]
    if named:
        yield tr("只限{goods}", goods=names.listed(named))
    if scope.but_not:
        but_not = (names.of(code) for code in sorted(scope.but_not))
        yield tr("{goods}除外", goods=names.listed(but_not))


def limit_words(limits: Limits) -> Iterator[str]:
    """How often, and of how many units."""
    for count, words in (
        (limits.per_member, "每位会员 {count} 次"),
        (limits.per_member_day, "每位会员每天 {count} 次"),
        (limits.per_day, "全店每天 {count} 次"),
        (limits.in_all, "全店一共 {count} 次"),
        (limits.units_per_member, "每位会员限购 {count} 件"),
        (limits.units_per_member_day, "每位会员每天限购 {count} 件"),
        (limits.units_per_day, "全店每天限购 {count} 件"),
        (limits.units_in_all, "全店一共限购 {count} 件"),
    ):
        if count is not None:
            yield tr(words, count=f"{count:,}")


def dates_words(starts_on: date | None, ends_on: date | None) -> str:
    """From which day until which, both inclusive."""
    if starts_on and ends_on:
        return tr("{start} 到 {end}", start=starts_on.isoformat(), end=ends_on.isoformat())
    if ends_on:
        return tr("到 {end} 为止", end=ends_on.isoformat())
    if starts_on:
        return tr("{start} 起", start=starts_on.isoformat())
    return tr("一直有")


def _birthday(window: BirthdayWindow) -> str:
    if window.is_month:
        return tr("生日当月")
    return tr("生日前后 {days} 天", days=window.days) if window.days else tr("生日当天")


def _clock(minute: int) -> str:
    hour, rest = divmod(minute, 60)
    return f"{hour:02d}:{rest:02d}"
