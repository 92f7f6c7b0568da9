"""规则册 as data: a plain JSON record becomes a checked Rulebook, and a Rulebook its record.

`record_of` writes every field and is the exact inverse of `rulebook_of`, which lets optional
fields be absent, so that rulebooks kept by old sales stay readable when a field is added.
"""

from __future__ import annotations

import re
from typing import Any

from core.errors import BadRecord, Why
from core.rulebook.behaviours import MOST as MOST_BEHAVIOURS
from core.rulebook.behaviours import behaviour_of, behaviour_record
from core.rulebook.by_hand import NOTHING_ALONE, REASONS, ByHandLimits
from core.rulebook.conditions import LEAP_DAY, LEAP_DAYS
from core.rulebook.coupons_alone import ANY_NUMBER, coupons_alone_of, coupons_alone_record
from core.rulebook.labels import label_of, label_record
from core.rulebook.offers import TAKEN_IDS, TIER_MARK, CouponOffer
from core.rulebook.parse_offers import offer_of, offer_record
from core.rulebook.parse_points import points_of, points_record
from core.rulebook.parse_schemes import check_offers, scheme_of, scheme_record
from core.rulebook.returns import PLAIN, returns_of, returns_record
from core.rulebook.rewards import reward_of, reward_record
from core.rulebook.rulebook import NEVER_GIFTS, Outside, Rulebook, TenderRule
from core.rulebook.watch import USUAL, watch_of, watch_record
from core.values.fields import Fields, check_different
from core.values.money import MAX_FEN
from core.values.rate import FULL

_CURRENCY = re.compile(r"[A-Z]{3}\Z", re.ASCII)
_MOST_DAYS = 3_650
_LONGEST_REASON = 12
_MOST_REASONS = 9  # each has a letter and a place on the screen


def rulebook_of(record: dict[str, Any]) -> Rulebook:
    """The rulebook of a record; raises BadRecord with the path of the first bad value."""
    return read_rulebook(Fields(record))


def read_rulebook(fields: Fields) -> Rulebook:
    """The same from its fields."""
    rulebook = Rulebook(
        name=fields.text("name", least=1),
        version=fields.whole("version", least=1),
        currency=_currency(fields),
        points=points_of(fields.inner("points")),
        scheme=scheme_of(fields.inner("scheme")),
        tenders=fields.items("tenders", _tender, least=1),
        outside=Outside() if fields.is_null("outside") else _outside(fields.inner("outside")),
        offers=fields.items("offers", offer_of),
        labels=fields.items("labels", label_of),
        cash_rounding_fen=fields.whole("cash_rounding_fen", 0, most=MAX_FEN),
        by_hand=NOTHING_ALONE if fields.is_null("by_hand") else _by_hand(fields.inner("by_hand")),
        returns=PLAIN if fields.is_null("returns") else returns_of(fields.inner("returns")),
        behaviours=fields.items("behaviours", behaviour_of),
        rewards=fields.items("rewards", reward_of),
        corrections_alone=fields.whole("corrections_alone", 0, most=MAX_FEN),
        leap_day=fields.text("leap_day", LEAP_DAY, among=LEAP_DAYS),
        prints_origin=fields.flag("prints_origin", False),
        near_expiry_days=fields.whole("near_expiry_days", 0, most=_MOST_DAYS),
        watch=USUAL if fields.is_null("watch") else watch_of(fields.inner("watch")),
        coupons_alone=ANY_NUMBER
        if fields.is_null("coupons_alone")
        else coupons_alone_of(fields.inner("coupons_alone")),
    )
    fields.end()
    check_different("tenders", "kind", [tender.kind for tender in rulebook.tenders])
    check_different("offers", "id", [offer.id for offer in rulebook.offers])
    _check_ids(rulebook)
    _check_tiers_of_offers(rulebook)
    check_offers(rulebook.scheme, [offer.id for offer in rulebook.offers])
    coded = [o for o in rulebook.offers if isinstance(o, CouponOffer) and o.code]
    if len({offer.code for offer in coded}) < len(coded):
        raise BadRecord("offers", "two coupons with one code")
    check_different("labels", "prefix", [label.prefix for label in rulebook.labels])
    if len(rulebook.behaviours) > MOST_BEHAVIOURS:
        raise BadRecord("behaviours", Why.of("more than {most}", most=MOST_BEHAVIOURS))
    check_different("behaviours", "code", [each.code for each in rulebook.behaviours])
    _check_rewards(rulebook, {name for offer in coded for name in (offer.id, offer.code)})
    return rulebook


def record_of(rulebook: Rulebook) -> dict[str, Any]:
    """Plain JSON values, every field written: `rulebook_of(record_of(r)) == r`.

    What later versions of the program added is written only where it is not at its default, so
    that what old sales keep stays the same bytes.
    """
    later: dict[str, Any] = {}
    if rulebook.returns != PLAIN:
        later["returns"] = returns_record(rulebook.returns)
    if rulebook.behaviours:
        later["behaviours"] = [behaviour_record(each) for each in rulebook.behaviours]
    if rulebook.rewards:
        later["rewards"] = [reward_record(each) for each in rulebook.rewards]
    if rulebook.corrections_alone:
        later["corrections_alone"] = rulebook.corrections_alone
    if rulebook.leap_day != LEAP_DAY:
        later["leap_day"] = rulebook.leap_day
    if rulebook.prints_origin:
        later["prints_origin"] = True
    if rulebook.near_expiry_days:
        later["near_expiry_days"] = rulebook.near_expiry_days
    if rulebook.watch != USUAL:
        later["watch"] = watch_record(rulebook.watch)
    if rulebook.coupons_alone != ANY_NUMBER:
        later["coupons_alone"] = coupons_alone_record(rulebook.coupons_alone)
    outside = rulebook.outside
    return {
        "name": rulebook.name,
        "version": rulebook.version,
        "currency": rulebook.currency,
        "points": points_record(rulebook.points),
        "scheme": scheme_record(rulebook.scheme),
        "tenders": [
            {"kind": tender.kind, "is_earning": tender.is_earning, "pays": tender.pays}
            for tender in rulebook.tenders
        ],
        "outside": {
            "is_prescription_outside": outside.is_prescription_outside,
            "categories": sorted(outside.categories),
            **_never_gifts(outside),
        },
        "offers": [offer_record(offer) for offer in rulebook.offers],
        "labels": [label_record(label) for label in rulebook.labels],
        "cash_rounding_fen": rulebook.cash_rounding_fen,
        "by_hand": _by_hand_record(rulebook.by_hand),
        **later,
    }


def _check_ids(rulebook: Rulebook) -> None:
    """No offer is called what the till itself takes something off by."""
    for index, offer in enumerate(rulebook.offers):
        if offer.id.startswith(TIER_MARK) or offer.id in TAKEN_IDS:
            why = (
                f'the till itself uses "{TIER_MARK}…" and {", ".join(TAKEN_IDS)}: name it otherwise'
            )
            raise BadRecord(f"offers[{index}].id", why)


def _check_tiers_of_offers(rulebook: Rulebook) -> None:
    codes = {tier.code for tier in rulebook.scheme.tiers}
    for index, offer in enumerate(rulebook.offers):
        if offer.when.from_tier not in (codes | {""}):
            raise BadRecord(f"offers[{index}].when.from_tier", "no tier of this scheme")


def _check_rewards(rulebook: Rulebook, everybodys: set[str]) -> None:
    check_different("rewards", "code", [each.code for each in rulebook.rewards])
    tiers = {tier.code for tier in rulebook.scheme.tiers}
    for index, reward in enumerate(rulebook.rewards):
        if reward.from_tier not in (tiers | {""}):
            raise BadRecord(f"rewards[{index}].from_tier", "no tier of this scheme")
        if reward.coupon in everybodys:
            raise BadRecord(f"rewards[{index}].coupon", "anybody may use a coupon with a code")
        if reward.coupon and reward.coupon not in rulebook.single_use:
            raise BadRecord(f"rewards[{index}].coupon", "no coupon of this rulebook")


def _currency(fields: Fields) -> str:
    code = fields.text("currency")
    if not _CURRENCY.match(code):
        raise fields.wrong("currency", "not an ISO code of three capitals")
    return code


def _tender(fields: Fields) -> TenderRule:
    tender = TenderRule(
        kind=fields.text("kind", least=1),
        is_earning=fields.flag("is_earning", True),
        pays=fields.text("pays", "all", among=("all", "prescription")),
    )
    if tender.kind == "cash" and tender.pays != "all":
        raise fields.wrong("pays", "cash pays everything")
    fields.end()
    return tender


def _outside(fields: Fields) -> Outside:
    outside = Outside(
        is_prescription_outside=fields.flag("is_prescription_outside", True),
        categories=frozenset(fields.texts("categories")),
        never_gifts=NEVER_GIFTS
        if fields.is_null("never_gifts")
        else frozenset(fields.texts("never_gifts")),
    )
    fields.end()
    return outside


def _never_gifts(outside: Outside) -> dict[str, Any]:
    kept = sorted(outside.never_gifts)
    return {} if outside.never_gifts == NEVER_GIFTS else {"never_gifts": kept}


def _by_hand(fields: Fields) -> ByHandLimits:
    limits = ByHandLimits(
        line_bp=fields.whole("line_bp", 0, most=FULL),
        line_fen=None if fields.is_null("line_fen") else fields.whole("line_fen", most=MAX_FEN),
        basket_bp=fields.whole("basket_bp", 0, most=FULL),
        basket_fen=None
        if fields.is_null("basket_fen")
        else fields.whole("basket_fen", most=MAX_FEN),
        price_bp=fields.whole("price_bp", 0, most=FULL),
        reasons=REASONS if fields.is_null("reasons") else fields.texts("reasons"),
        is_switching_free=fields.flag("is_switching_free", True),
    )
    for reason in limits.reasons:
        if not 0 < len(reason) <= _LONGEST_REASON or not reason.isprintable():
            raise fields.wrong(
                "reasons", Why.of("a reason is a text of 1 to {most} signs", most=_LONGEST_REASON)
            )
    if not 0 < len(limits.reasons) <= _MOST_REASONS:
        raise fields.wrong("reasons", Why.of("not 1 to {most} reasons", most=_MOST_REASONS))
    fields.end()
    return limits


def _by_hand_record(limits: ByHandLimits) -> dict[str, Any]:
    return {
        "line_bp": limits.line_bp,
        "line_fen": limits.line_fen,
        "basket_bp": limits.basket_bp,
        "basket_fen": limits.basket_fen,
        "price_bp": limits.price_bp,
        "reasons": list(limits.reasons),
        **({} if limits.is_switching_free else {"is_switching_free": False}),
    }
