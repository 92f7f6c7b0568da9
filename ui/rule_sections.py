"""规则的其余部分: tiers, points, returns, tenders, by hand: each a key, a title, a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from core.rulebook.by_hand import ByHandLimits
from core.rulebook.coupons_alone import CouponsAlone
from core.rulebook.labels import LabelCode
from core.rulebook.points_policy import PointsPolicy
from core.rulebook.returns import DEBT, ReturnPolicy
from core.rulebook.rewards import LOW_STOCK, Reward
from core.rulebook.rulebook import Rulebook
from core.rulebook.schemes import (
    CALENDAR,
    MEASURED,
    PAID,
    PAYABLE,
    POINTS,
    SCORE,
    Bands,
    Benefit,
    Tier,
    TierScheme,
)
from core.rulebook.watch import Watch
from core.values.money import format_money
from core.values.quantity import format_quantity
from core.values.rate import FULL
from ui.rule_conditions import Names, dates_words, scope_words, yuan
from ui.rule_words import offer_title, times
from ui.text import discount, tender_name, tr
from ui.tier_words import per_words

Found = Iterator[tuple[str, str, str]]


def tier_lines(book: Rulebook, names: Names) -> Found:
    """How tiers are reached and kept, then each of them."""
    scheme = book.scheme
    yield "scheme", tr("怎么定级"), tr("，").join(_scheme(scheme))
    for tier in scheme.tiers:
        yield f"tier-{tier.code}", tier.name, tr("，").join(_tier(tier, scheme, names))


def _scheme(scheme: TierScheme) -> Iterator[str]:
    if scheme.kind not in MEASURED:
        yield tr("买卡得等级") if scheme.kind == PAID else tr("由店里授予")
        yield tr("期满后宽限 {days} 天", days=scheme.grace_days)
        return
    if scheme.window == CALENDAR:
        yield tr("按自然年算")
    else:
        yield tr("按过去 {months} 个月算", months=scheme.window_months)
    if scheme.counts == PAYABLE:
        yield tr("付的都算")
    else:
        yield tr("处方、医保和积分付的不算")
    yield tr("期满后宽限 {days} 天", days=scheme.grace_days)
    if scheme.bands is not None:
        yield from _bands(scheme.bands)


def _bands(bands: Bands) -> Iterator[str]:
    def told(steps: list[str]) -> str:
        return tr("、").join(steps)

    words = "{least} 元起 {score}"
    money = [tr(words, least=yuan(least), score=score) for least, score in bands.money]
    yield tr("消费得分：{steps}", steps=told(money))
    words = "{least} 次起 {score}"
    often = [tr(words, least=least, score=score) for least, score in bands.purchases]
    yield tr("次数得分：{steps}", steps=told(often))
    recent = [
        tr("更久 {score}", score=score)
        if months is None
        else tr("{months} 个月内 {score}", months=months, score=score)
        for months, score in bands.recency
    ]
    yield tr("最近来过得分：{steps}", steps=told(recent))


def _tier(tier: Tier, scheme: TierScheme, names: Names) -> Iterator[str]:
    if tier.least is not None:
        yield _least(tier.least, scheme.kind)
    if tier.card is not None:
        goods, months = names.of(tier.card.product), tier.card.months
        yield tr("买{goods}得 {months} 个月", goods=goods, months=months)
    if tier.discount_bp < FULL:
        yield discount(tier.discount_bp)
    if tier.multiplier_bp > FULL:
        yield tr("积分 {times} 倍", times=times(tier.multiplier_bp))


def benefit_lines(book: Rulebook) -> Found:
    """What each tier gives beside prices, with what it keeps of the tiers below."""
    titles = {offer.id: offer_title(offer) for offer in book.offers}

    def told(benefit: Benefit) -> str:
        if benefit.offer:
            by = titles.get(benefit.offer, benefit.offer)
            return tr("{benefit}（由“{offer}”给）", benefit=benefit.name, offer=by)
        return f"{benefit.name} {per_words(benefit)}".strip()

    for tier in book.scheme.tiers:
        given = book.scheme.benefits(tier.code)
        if given:
            yield f"benefits-{tier.code}", tier.name, tr("、").join(map(told, given))


def _least(least: int, kind: str) -> str:
    if not least:
        return tr("入会就有")
    if kind == POINTS:
        return tr("满 {points} 分", points=f"{least:,}")
    if kind == SCORE:
        return tr("评分满 {score}", score=least)
    return tr("消费满 {amount} 元", amount=yuan(least))


def points_lines(book: Rulebook, names: Names) -> Found:
    """Earning, how long they live, and spending."""
    policy = book.points
    words = "每 {amount} 元得 {points} 分"
    earn = tr(words, amount=yuan(policy.per_fen), points=f"{policy.points:,}")
    yield "earn", tr("得积分"), tr("，").join((earn, _expiry(policy)))
    if policy.spend is not None:
        yield "spend", tr("积分抵现"), tr("，").join(_spend(policy, names))


def reward_lines(book: Rulebook) -> Found:
    """What is had for points."""
    for reward in book.rewards:
        yield f"reward-{reward.code}", reward.name, reward_sentence(reward, book)


def behaviour_lines(book: Rulebook) -> Found:
    """What earns points without a sale."""
    for behaviour in book.behaviours:
        told = [tr("每次 {points} 分", points=f"{behaviour.points:,}")]
        for count, words in (
            (behaviour.per_day, "每天最多 {count} 次"),
            (behaviour.per_year, "每年最多 {count} 次"),
            (behaviour.in_all, "一共最多 {count} 次"),
        ):
            if count:
                told.append(tr(words, count=f"{count:,}"))
        yield f"behaviour-{behaviour.code}", behaviour.name, tr("，").join(told)


def two_lines(book: Rulebook) -> Found:
    """What one person does alone, and what takes somebody else's word."""
    words = tr("都要另一位同意")
    if book.corrections_alone:
        points = f"{book.corrections_alone:,}"
        words = tr("一个人每天可以给一位会员改 {points} 分，更多要另一位同意", points=points)
    yield "corrections", tr("改积分"), words
    yield "coupons", tr("发券"), _coupons_alone(book.coupons_alone)


def _coupons_alone(limit: CouponsAlone) -> str:
    most = []
    if limit.coupons is not None:
        most.append(tr("{count} 张", count=f"{limit.coupons:,}"))
    if limit.fen is not None:
        most.append(tr("一共最多减 {amount} 元", amount=yuan(limit.fen)))
    if not most:
        return tr("一个人发，不限")
    said = tr("一个人每天发 {most}，更多要另一位同意", most=tr("，").join(most))
    return said if limit.fen is None else said + tr("，没有封顶的也要")


def _expiry(policy: PointsPolicy) -> str:
    if policy.expiry == "never":
        return tr("不过期")
    if policy.expiry == "year_end":
        return tr("当年年底到期")
    return tr("{months} 个月后到期", months=policy.months)


def _spend(policy: PointsPolicy, names: Names) -> Iterator[str]:
    spend = policy.spend
    assert spend is not None
    words = "每 {points} 分抵 {amount} 元"
    yield tr(words, points=f"{spend.per_points:,}", amount=yuan(spend.fen))
    if spend.most_bp < FULL:
        yield tr("最多付一单的 {percent}%", percent=_percent(spend.most_bp))
    if spend.least_points:
        yield tr("{points} 分起用", points=f"{spend.least_points:,}")
    yield from scope_words(spend.scope, names)


def reward_sentence(reward: Reward, book: Rulebook) -> str:
    """What it costs, what it gives, and who may have it when."""
    return tr("，").join(_reward(reward, book))


def _reward(reward: Reward, book: Rulebook) -> Iterator[str]:
    words = "{points} 分换 {units} 件"
    yield tr(words, points=f"{reward.points:,}", units=reward.units)
    if reward.coupon:
        by_id = book.coupons.get(reward.coupon)
        coupon = by_id or book.coupon(reward.coupon)
        yield tr("给一张“{name}”", name=coupon.name if coupon else reward.coupon)
    if reward.from_tier:
        yield tr("{tier}及以上", tier=book.scheme.tier(reward.from_tier).name)
    if reward.per_member:
        yield tr("每位会员一共 {count} 件", count=f"{reward.per_member:,}")
    if reward.starts_on or reward.ends_on:
        yield dates_words(reward.starts_on, reward.ends_on)
    if reward.low_at != LOW_STOCK:
        yield tr("剩 {count} 件就提醒", count=f"{reward.low_at:,}")


def return_lines(policy: ReturnPolicy) -> Found:
    """How long and in what way goods come back."""
    said = [
        tr("{days} 天内收银员可以退", days=policy.days) if policy.days else tr("当天收银员可以退")
    ]
    said.append(tr("要小票") if policy.is_receipt_needed else tr("不要小票"))
    yield "days", tr("多久以内"), tr("，").join(said)
    if policy.is_medicine_restricted:
        prescribed = tr("处方药")
        goods = [prescribed, *(each for each in policy.medicines if each != prescribed)]
        words = "只因质量退，要店长同意：{goods}"
        yield "medicines", tr("药品"), tr(words, goods=tr("、").join(goods))
    if policy.shortfall == DEBT:
        yield "shortfall", tr("积分已用掉"), tr("记成欠分，以后的积分先还")
    else:
        words = "从退款里扣，每 {points} 分 {amount} 元"
        amount = yuan(policy.point_fen)
        told = tr(words, points=f"{policy.per_points:,}", amount=amount)
        yield "shortfall", tr("积分已用掉"), told
    gift = tr("不够了要一起退回") if policy.is_gift_needed else tr("留给顾客")
    yield "gift", tr("赠品"), gift


def tender_lines(book: Rulebook) -> Found:
    """What a shop takes, and what earns."""
    for rule in book.tenders:
        said = [tr("得积分") if rule.is_earning else tr("不得积分")]
        if rule.pays != "all":
            said.append(tr("只付处方药"))
        yield rule.kind, tender_name(rule.kind), tr("，").join(said)
    if book.cash_rounding_fen:
        amount = yuan(book.cash_rounding_fen)
        yield "rounding", tr("抹零"), tr("现金抹到 {amount} 元", amount=amount)


def by_hand_lines(limits: ByHandLimits) -> Found:
    """What a cashier gives alone."""
    yield "line", tr("一件商品"), _alone(limits.line_bp, limits.line_fen)
    yield "basket", tr("整单"), _alone(limits.basket_bp, limits.basket_fen)
    yield "price", tr("改价"), _alone(limits.price_bp, limits.line_fen)
    yield "reasons", tr("理由"), tr("、").join(limits.reasons)
    free = limits.is_switching_free
    yield "switching", tr("关掉优惠"), tr("收银员自己可以") if free else tr("要店长同意")


def _alone(most_bp: int, most_fen: int | None) -> str:
    if not most_bp or most_fen == 0:
        return tr("都要店长同意")
    words = tr("收银员最多让 {percent}%", percent=_percent(most_bp))
    if most_fen is None:
        return words
    return words + tr("，") + tr("不超过 {amount} 元", amount=yuan(most_fen))


def outside_lines(book: Rulebook) -> Found:
    """What takes no offer, and what is never given for nothing."""
    outside = [*([tr("处方药")] if book.outside.is_prescription_outside else [])]
    outside += sorted(book.outside.categories)
    nothing = tr("没有")
    yield "outside", tr("不参加优惠"), tr("、").join(outside) or nothing
    never = sorted(book.outside.never_gifts)
    yield "never_gifts", tr("不作赠品"), tr("、").join(never) or nothing


def label_lines(book: Rulebook) -> Found:
    """What the codes of scales mean."""
    for label in book.labels:
        title = tr("店内码 {prefix}", prefix=label.prefix)
        yield f"label-{label.prefix}", title, _label(label)


def other_lines(book: Rulebook) -> Found:
    """What the rulebook is called, and what belongs nowhere else."""
    yield "name", tr("规则册"), book.name
    month, leap_day = map(int, book.leap_day.split("-"))
    day = tr("{month} 月 {day} 日", month=month, day=leap_day)
    leap = tr("没有 2 月 29 日的年份在 {day} 过", day=day)
    yield "leap_day", tr("2 月 29 日生日"), leap
    days = book.near_expiry_days
    near = tr("剩 {days} 天以内提醒", days=days) if days else tr("不提醒")
    yield "near_expiry", tr("近效期"), near
    prints = book.prints_origin
    words = tr("印追溯码、批号和有效期") if prints else tr("不印追溯码、批号和有效期")
    yield "origin", tr("小票"), words


def watch_lines(watch: Watch) -> Found:
    """From how many on something is shown to a person."""
    yield "watch", tr("什么算可疑"), tr("，").join(_watch(watch))


def _watch(watch: Watch) -> Iterator[str]:
    yield tr("看 {days} 天", days=watch.days)
    if watch.earned_at_one:
        words = "都在一位收银积分 {count} 次，而他当班不过 {percent}%"
        percent = _percent(watch.shifts_bp)
        yield tr(words, count=f"{watch.earned_at_one:,}", percent=percent)
    for figure, words in (
        (watch.earned_a_day, "一天积分 {count} 次"),
        (watch.returned_days, "兑换 {count} 天内退货"),
        (watch.changed_hours, "换手机或卡 {count} 小时内兑换"),
        (watch.corrected, "更正 {count} 次"),
        (watch.on_one_phone, "{count} 位会员一个手机号或地址"),
    ):
        if figure:
            yield tr(words, count=f"{figure:,}")
    if watch.opens_hour != watch.closes_hour:
        opens, closes = watch.opens_hour, watch.closes_hour
        yield tr("{closes} 点到 {opens} 点收银", closes=closes, opens=opens)


def _label(label: LabelCode) -> str:
    digits = f"{label.item_digits} + {label.value_digits}"
    sample = "1250"[: label.value_digits].zfill(label.value_digits)
    value = label.value_of(sample)
    if label.holds == "price":
        words = tr("带价格，{digits} 位，{places} 位小数", digits=digits, places=label.places)
        words += tr("，{sample} 是 {amount} 元", sample=sample, amount=format_money(value))
    else:
        words = tr("带重量，{digits} 位，{places} 位小数", digits=digits, places=label.places)
        weight = format_quantity(value)
        words += tr("，{sample} 是 {weight} 公斤", sample=sample, weight=weight)
    if not label.is_checked:
        words += tr("，末位不校验")
    return words + (tr("，另有校验位") if label.has_value_check else "")


def _percent(rate_bp: int) -> str:
    return f"{rate_bp / 100:g}"
