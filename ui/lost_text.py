"""没有用上的: why an offer was not used, in words; where the rulebook is at hand, more exactly."""

from __future__ import annotations

from core.pricing.adjustment import Lost, Rejected, Stage
from core.rulebook.conditions import BirthdayWindow, Conditions
from core.rulebook.rulebook import Rulebook
from core.values.money import format_money
from ui.text import tr

# What is given by hand, where an offer would stand.
_BY_HAND: dict[str, str] = {Stage.PRICE_BY_HAND: "改价", Stage.LINE_BY_HAND: "手工优惠"}
# Why an offer lost that would have cost no more.
_LOST: dict[Lost, str] = {
    Lost.PRICE_BETTER: "和现在的价一样",
    Lost.PERCENTAGE_BETTER: "和打折后一样",
    Lost.OUTSIDE: "这种商品不参加优惠",
    Lost.MEMBERS_ONLY: "会员才有",
    Lost.NOT_LOWER: "不比原价低",
    Lost.BY_HAND: "改了价的不参加优惠",
    Lost.OTHERS_BETTER: "别的优惠一样省",
    Lost.NOT_REACHED: "没有到要求的金额或件数",
    Lost.NOTHING_OFF: "这些商品用不上",
    Lost.NOT_CHOSEN: "达到了但还没有选",
    Lost.NEW_MEMBERS: "仅限新会员",
    Lost.FIRST_PURCHASE: "仅限第一次购买",
    Lost.BIRTHDAY: "生日才有",
    Lost.BIRTHDAY_EDITED: "生日改过，300 天内没有生日优惠",
    Lost.BIRTHDAY_USED: "今年的生日优惠已经用过",
    Lost.MEMBER_USED_UP: "这位会员的次数已用完",
    Lost.MEMBER_DAY_USED_UP: "这位会员今天的次数已用完",
    Lost.DAY_USED_UP: "今天的次数已用完",
    Lost.USED_UP: "次数已用完",
    Lost.SWITCHED_OFF: "本单关掉了",
    Lost.NOT_THEIRS: "要会员本人来用",
    Lost.OTHER_STORE: "这家门店不能用",
    Lost.NOT_YET: "还没有到能用的日子",
    Lost.OVER: "能用的日子已经过了",
    Lost.OTHER_DAY: "今天不能用",
    Lost.OTHER_HOUR: "这个钟点不能用",
    Lost.HIGHER_TIER: "会员的等级还不够",
}


def rejected(offer: Rejected, book: Rulebook | None = None) -> str:
    """Why an offer was not used, and what it would have cost; `book` is the one it stands in."""
    name = tr(_BY_HAND[offer.offer]) if offer.offer in _BY_HAND else offer.label or offer.offer
    if offer.dearer_fen:
        dearer = format_money(offer.dearer_fen)
        return tr("{name}没有用上，用它要贵 {dearer}", name=name, dearer=dearer)
    if offer.lost is Lost.UNITS_USED_UP:
        return tr("{name}限购的数量满了：多出来的按没有它的价", name=name)
    exactly = "" if book is None else _exactly(offer, book)
    return tr("{name}没有用上：{why}", name=name, why=exactly or tr(_LOST[offer.lost]))


def _exactly(offer: Rejected, book: Rulebook) -> str:
    """What the offer asks for, "" where that is no more than the plain word for it."""
    when = next((each.when for each in book.offers if each.id == offer.offer), None)
    if when is None:
        return ""
    match offer.lost:
        case Lost.BIRTHDAY if when.birthday is not None:
            return _birthday_only(when.birthday)
        case Lost.NOT_YET:
            return tr("{on} 起才能用", on=when.starts_on)
        case Lost.OVER:
            return tr("只能用到 {on}", on=when.ends_on)
        case Lost.OTHER_DAY:
            return _days_only(when)
        case Lost.OTHER_HOUR:
            begin, end = _clock(when.from_minute), _clock(when.to_minute)
            return tr("{begin} 到 {end} 才能用", begin=begin, end=end)
        case Lost.HIGHER_TIER:
            return tr("{tier}及以上才有", tier=book.scheme.tier(when.from_tier).name)
    return ""


def _birthday_only(window: BirthdayWindow) -> str:
    if window.is_month:
        return tr("生日当月才有")
    return tr("生日前后 {days} 天才有", days=window.days) if window.days else tr("生日当天才有")


def _days_only(when: Conditions) -> str:
    """Of two kinds of days at once nothing exact is said."""
    if when.weekdays and when.month_days:
        return ""
    if when.weekdays:
        weekday = "周{day:一|二|三|四|五|六|日}"
        days = tr("、").join(tr(weekday, day=day) for day in sorted(when.weekdays))
        return tr("{days}才能用", days=days)
    days = tr("、").join(str(day) for day in sorted(when.month_days))
    return tr("每月 {days} 日才能用", days=days)


def _clock(minute: int) -> str:
    hour, rest = divmod(minute, 60)
    return f"{hour:02d}:{rest:02d}"
