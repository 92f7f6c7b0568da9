"""会员栏: what the counter shows of a member: masked, with what is worth saying now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from core.actions.counter import Counter
from core.actions.held_coupons import HeldCoupon
from core.members.masks import mask_card, mask_name, mask_phone
from core.members.member import Birthday, MemberFile
from core.members.tiers import measure, tier_reached
from core.rulebook.schemes import CALENDAR, MEASURED, POINTS, SCORE, Tier, TierScheme
from core.values.money import format_money
from ui.text import birthday_words, tr

# A birthday further away than this is nobody's business at the counter.
SOON_DAYS = 7
EXPIRES_NOW_DAYS, EXPIRES_SOON_DAYS = 7, 60
MOST_BANNERS = 2
TIER_ENDS_DAYS = 30


class MemberBanner(Struct, frozen=True):
    """提醒: a bold title and one line, in a tone; `asks` is the action that it wants, if any."""

    name: str
    title: str
    line: str
    icon: str
    tone: str = "good"
    asks: str = ""


class Fact(Struct, frozen=True):
    """One row of the member panel: icon, title, a line below it."""

    icon: str
    title: str
    line: str = ""
    role: str = "ink_2"


class MemberState(Struct, frozen=True):
    """The member at the counter; name, phone and card are masked already.

    `banners` are those that must be seen, the most urgent first, two at most: the rest are facts.
    """

    name: str
    tier: str
    contact: str
    points: str
    is_in_debt: bool
    banners: tuple[MemberBanner, ...]
    facts: tuple[Fact, ...]

    @classmethod
    def of(cls, counter: Counter) -> MemberState | None:
        """The member of a counter, None for nobody."""
        file, tier = counter.file, counter.tier
        if file is None or tier is None:
            return None
        member = file.member
        today = counter.business_on
        banners = [
            *_urgent_notes(file),
            _fallen(file, tier, counter.rulebook.scheme),
            _expiring_soon(file, today),
            birthday_banner(member.birthday, counter.birthday_in_days),
            _card_ends(file, today),
        ]
        shown = [banner for banner in banners if banner is not None]
        facts = (
            _told_at(file, today),
            *(Fact(more.icon, more.title, more.line, "warn") for more in shown[MOST_BANNERS:]),
            *_coupons(counter.held),
            _points_as_money(counter),
            _expiring(file, today),
            *(Fact("chat", note.text) for note in file.notes if not note.is_urgent),
            _ends_soon(file, tier, counter.rulebook.scheme, today),
            None if member.is_visitor else _next_tier(file, tier, counter.rulebook.scheme, today),
        )
        return cls(
            name=mask_name(member.name),
            tier=tier.name,
            contact=_contact(file),
            points=f"{file.points:,}".replace("-", "−"),
            is_in_debt=file.points < 0,
            banners=tuple(shown[:MOST_BANNERS]),
            facts=tuple(fact for fact in facts if fact is not None),
        )


def _contact(file: MemberFile) -> str:
    """How they are told from others of their name; of a visitor only that they are one."""
    member = file.member
    if member.is_visitor:
        return tr("别店会员")
    return (
        mask_phone(member.phone)
        if member.phone
        else tr("卡号 {card}", card=mask_card(member.card_no))
    )


def _told_at(file: MemberFile, today: date) -> Fact | None:
    """How old the balance of a visitor is: what they did since then elsewhere is not in it."""
    at = file.told_at
    if at is None:
        return None
    time = f"{at:%H:%M}"
    if at.date() == today:
        return Fact("sync", tr("总部 {time} 的余额", time=time))
    day = tr("{month} 月 {day} 日", month=at.month, day=at.day)
    return Fact("sync", tr("总部 {day} {time} 的余额", day=day, time=time))


def _coupons(held: Sequence[HeldCoupon]) -> list[Fact]:
    """What the member holds: the one that saves most, or how many there are."""
    if not held:
        return []
    best = max(held, key=lambda each: each.saves_fen)
    count = tr("手里有 {count} 张券，按 F2 选", count=len(held))
    if not best.saves_fen:
        return [Fact("coupon", count)]
    saved = format_money(best.saves_fen)
    title = tr("{name}能省 {saved}", name=best.name, saved=saved)
    if best.is_presented:
        title = tr("{name}用上了，省 {saved}", name=best.name, saved=saved)
    return [Fact("coupon", title, count)]


def _urgent_notes(file: MemberFile) -> list[MemberBanner]:
    """What somebody wrote to be said at once: health comes before everything else."""
    return [
        MemberBanner("note", note.text, tr("备注"), "alert", "danger", tr("备注"))
        for note in file.notes
        if note.is_urgent
    ]


def _expiring_soon(file: MemberFile, today: date) -> MemberBanner | None:
    on = file.expiring_on
    if on is None or file.expiring_points <= 0 or (on - today).days > EXPIRES_NOW_DAYS:
        return None
    title = tr("{points} 分快到期", points=f"{file.expiring_points:,}")
    line = tr("{month} 月 {day} 日到期", month=on.month, day=on.day)
    return MemberBanner("expiring", title, line, "hourglass", "warn")


def _fallen(file: MemberFile, tier: Tier, scheme: TierScheme) -> MemberBanner | None:
    """A tier that was lost is never lost silently: the next visit hears it (domain.md 4)."""
    fallen = file.fallen
    if fallen is None:
        return None
    lost = scheme.tier(fallen.tier)
    title = tr("{lost}到期，现为{tier}", lost=lost.name, tier=tier.name)
    line = tr("到 {month} 月 {day} 日为止", month=fallen.on.month, day=fallen.on.day)
    return MemberBanner("tier_fallen", title, line, "flag", "warn")


def _ends_soon(file: MemberFile, tier: Tier, scheme: TierScheme, today: date) -> Fact | None:
    """Said while there is time to come back: until when the tier is held."""
    until, rank = file.member.tier_until, scheme.rank(tier.code)
    if until is None or not rank or (until - today).days > TIER_ENDS_DAYS:
        return None
    reached = tier_reached(scheme, measure(scheme, file.figures, today))
    if file.base is None and scheme.rank(reached.code) >= rank:
        return None
    title = tr("{tier}到 {month} 月 {day} 日", tier=tier.name, month=until.month, day=until.day)
    return Fact("hourglass", title, role="warn")


def _card_ends(file: MemberFile, today: date) -> MemberBanner | None:
    until = file.card_until
    if until is None or (until - today).days > EXPIRES_NOW_DAYS:
        return None
    line = tr("到 {month} 月 {day} 日为止", month=until.month, day=until.day)
    return MemberBanner("card_ends", tr("卡快到期"), line, "calendar", "warn")


def birthday_banner(birthday: Birthday | None, in_days: int | None) -> MemberBanner | None:
    """A banner from a week before until the day; nothing at other times."""
    if birthday is None or in_days is None or in_days > SOON_DAYS:
        return None
    when = {0: tr("今天生日"), 1: tr("明天生日"), 2: tr("后天生日")}
    title = when.get(in_days) or tr("{days} 天后生日", days=in_days)
    wish = tr("道一声生日快乐") if in_days == 0 else tr("提前道声祝福")
    line = tr("{day}·{wish}", day=_day_of(birthday), wish=wish)
    return MemberBanner("birthday", title, line, "cake")


def _day_of(birthday: Birthday) -> str:
    """公历 3 月 5 日, 农历闰四月初三; the year is nobody's business either."""
    if not birthday.is_lunar:
        return tr("公历 {month} 月 {day} 日", month=birthday.month, day=birthday.day)
    yearless = Birthday(birthday.month, birthday.day, None, is_lunar=True, is_leap=birthday.is_leap)
    return birthday_words(yearless)


def _points_as_money(counter: Counter) -> Fact | None:
    """What points pay now, or the most that they could: said, and taken only on a yes."""
    quote, policy = counter.quote, counter.rulebook.points.spend
    if policy is None or not quote.most_points:
        return _out_of_reach(counter)
    if quote.paying_points:
        money, points = format_money(quote.points_fen), f"{quote.paying_points:,}"
        return Fact(
            "points", tr("积分抵扣 {money}", money=money), tr("用 {points} 分", points=points)
        )
    money, points = format_money(policy.worth_fen(quote.most_points)), f"{quote.most_points:,}"
    title = tr("积分可抵 {money}", money=money)
    return Fact("points", title, tr("用 {points} 分，问一声再按 F5", points=points))


def _out_of_reach(counter: Counter) -> Fact | None:
    """Points of a chain that cannot be spent from here now: said before somebody asks."""
    if counter.rulebook.points.spend is None or not counter.is_out_of_reach:
        return None
    return Fact("points", tr("积分现在不能用"), tr("连上总部以后再用"))


def _expiring(file: MemberFile, today: date) -> Fact | None:
    on = file.expiring_on
    if on is None or file.expiring_points <= 0:
        return None
    if not EXPIRES_NOW_DAYS < (on - today).days <= EXPIRES_SOON_DAYS:
        return None
    when = tr("{month} 月 {day} 日到期", month=on.month, day=on.day)
    title = tr("{when} {points} 分", when=when, points=f"{file.expiring_points:,}")
    return Fact("hourglass", title, role="warn")


def _next_tier(file: MemberFile, tier: Tier, scheme: TierScheme, today: date) -> Fact | None:
    above = (each for each in scheme.tiers[scheme.rank(tier.code) + 1 :])
    following = next((each for each in above if each.least is not None), None)
    if following is None or following.least is None or scheme.kind not in MEASURED:
        return None
    now = measure(scheme, file.figures, today)
    name, left = following.name, max(0, following.least - now)
    if scheme.kind == POINTS:
        return Fact(
            "flag",
            tr("离{tier}还差 {points} 分", tier=name, points=f"{left:,}"),
            tr("等级分 {points}", points=f"{now:,}"),
        )
    if scheme.kind == SCORE:
        return Fact(
            "flag",
            tr("离{tier}评分还差 {score}", tier=name, score=left),
            tr("评分 {score}", score=now),
        )
    title = tr("离{tier}还差 {left} 元", tier=name, left=format_money(left))
    spend = format_money(now)
    if scheme.window == CALENDAR:
        return Fact("flag", title, tr("今年消费 {spend} 元", spend=spend))
    spent = tr("{months} 个月里消费 {spend} 元", months=scheme.window_months, spend=spend)
    return Fact("flag", title, spent)
