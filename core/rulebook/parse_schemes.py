"""等级方案 as data: its kind, its tiers, the bands of a score, cards and benefits.

What stands at its default is left out of a record: a rulebook kept by an old sale stays the same
bytes.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from core.errors import BadRecord, Why
from core.rulebook.schemes import (
    CALENDAR,
    KINDS,
    MEASURED,
    PAYABLE,
    POINTS,
    POINTS_BASE,
    ROLLING,
    SCORE,
    SPEND,
    Bands,
    Benefit,
    Tier,
    TierCard,
    TierScheme,
)
from core.values.fields import Fields, check_different
from core.values.money import MAX_FEN
from core.values.rate import FULL

_MAX_MONTHS = 1200
_MAX_MULTIPLIER = 100 * FULL
_MAX_SCORE = 1_000_000
_MAX_GRACE = 366
_MOST_USES = 1000
_LEAST_OF = {SPEND: "from_fen", POINTS: "from_points", SCORE: "from_score"}
PERIODS = ("month", "quarter", "year")


def scheme_of(fields: Fields) -> TierScheme:
    """The scheme of a record; raises BadRecord with the path of the first bad value."""
    kind = fields.text("kind", SPEND, among=KINDS)
    lowest, *higher = fields.items("tiers", lambda tier: _tier(tier, kind), least=1)
    if kind not in MEASURED:
        # nobody need say from which figure on everybody has the lowest
        lowest = replace(lowest, least=0)
    scheme = TierScheme(
        tiers=(lowest, *higher),
        window_months=fields.whole("window_months", 12, least=1, most=_MAX_MONTHS),
        kind=kind,
        window=fields.text("window", ROLLING, among=(ROLLING, CALENDAR)),
        counts=fields.text("counts", POINTS_BASE, among=(POINTS_BASE, PAYABLE)),
        grace_days=fields.whole("grace_days", TierScheme(()).grace_days, most=_MAX_GRACE),
        bands=_bands(fields.inner("score")) if kind == SCORE else None,
    )
    fields.end()
    _check_ladder(scheme)
    return scheme


def scheme_record(scheme: TierScheme) -> dict[str, Any]:
    """Plain JSON values, from which `scheme_of` makes the same scheme."""
    record: dict[str, Any] = {
        "window_months": scheme.window_months,
        "tiers": [_tier_record(tier, scheme.kind) for tier in scheme.tiers],
    }
    plain = TierScheme(scheme.tiers)
    for name in ("kind", "window", "counts", "grace_days"):
        if getattr(scheme, name) != getattr(plain, name):
            record[name] = getattr(scheme, name)
    if scheme.bands is not None:
        record["score"] = _bands_record(scheme.bands)
    return record


def check_offers(scheme: TierScheme, offers: list[str]) -> None:
    """Raises BadRecord for a benefit whose offer the rulebook does not have."""
    for place, tier in enumerate(scheme.tiers):
        for index, benefit in enumerate(tier.benefits):
            if benefit.offer and benefit.offer not in offers:
                path = f"scheme.tiers[{place}].benefits[{index}].offer"
                raise BadRecord(path, "no offer of this rulebook")


def _check_ladder(scheme: TierScheme) -> None:
    tiers = scheme.tiers
    for name in ("code", "name"):
        check_different("scheme.tiers", name, [getattr(tier, name) for tier in tiers])
    products = [tier.card.product for tier in tiers if tier.card is not None]
    check_different("scheme.tiers", "card.product", products)
    least = _LEAST_OF.get(scheme.kind, "from_fen")
    if tiers[0].least != 0:
        raise BadRecord(f"scheme.tiers[0].{least}", "the lowest tier starts from 0")
    if tiers[0].card is not None:
        raise BadRecord("scheme.tiers[0].card", "nobody buys the lowest tier")
    reached = -1
    for index, tier in enumerate(tiers):
        if tier.least is not None:
            if tier.least <= reached:
                raise BadRecord(f"scheme.tiers[{index}].{least}", "not above the tier below")
            reached = tier.least
        if index and tier.discount_bp > tiers[index - 1].discount_bp:
            # A higher tier keeps what the lower ones give (domain.md 2): it never pays more.
            raise BadRecord(f"scheme.tiers[{index}].discount_bp", "dearer than the tier below")


def _tier(fields: Fields, kind: str) -> Tier:
    tier = Tier(
        code=fields.text("code", least=1),
        name=fields.text("name", least=1),
        least=_least(fields, kind),
        discount_bp=fields.whole("discount_bp", FULL, most=FULL),
        multiplier_bp=fields.whole("multiplier_bp", FULL, most=_MAX_MULTIPLIER),
        card=None if fields.is_null("card") else _card(fields.inner("card")),
        benefits=fields.items("benefits", _benefit),
    )
    check_different(fields.path("benefits"), "code", [each.code for each in tier.benefits])
    fields.end()
    return tier


def _least(fields: Fields, kind: str) -> int | None:
    """From which figure on, where figures count; a tier with a card may do without."""
    if kind not in MEASURED:
        return None
    name = _LEAST_OF[kind]
    if fields.is_null(name) and not fields.is_null("card"):
        return None
    return fields.whole(name, most=MAX_FEN)


def _card(fields: Fields) -> TierCard:
    card = TierCard(
        product=fields.text("product", least=1),
        months=fields.whole("months", 12, least=1, most=_MAX_MONTHS),
    )
    fields.end()
    return card


def _benefit(fields: Fields) -> Benefit:
    benefit = Benefit(
        code=fields.text("code", least=1),
        name=fields.text("name", least=1),
        count=fields.whole("count", 0, most=_MOST_USES),
        per=fields.text("per", "", among=("", *PERIODS)),
        offer=fields.text("offer", ""),
    )
    if bool(benefit.count) != bool(benefit.per):
        raise fields.wrong("per", "a count needs month, quarter or year, and they need a count")
    if benefit.offer and benefit.count:
        raise fields.wrong("count", "what an offer gives is not counted here")
    fields.end()
    return benefit


def _bands(fields: Fields) -> Bands:
    bands = Bands(
        money=fields.items("money", lambda band: _band(band, "from_fen", 0), least=1),
        purchases=fields.items("purchases", lambda band: _band(band, "from", 1), least=1),
        recency=fields.items("recency", _recency, least=1),
    )
    _check_bands(fields.path("money"), [least for least, _ in bands.money], 0)
    _check_bands(fields.path("purchases"), [least for least, _ in bands.purchases], 1)
    within = [months for months, _ in bands.recency]
    known = [months for months in within[:-1] if months is not None]
    # what lies longer ago than all others stands last and says no months
    is_last = within[-1] is None and len(known) == len(within) - 1
    if not is_last or known != sorted(set(known)):
        raise fields.wrong("recency", "shortest first, and the last without within_months")
    for name in ("money", "purchases", "recency"):
        scores = [score for _, score in getattr(bands, name)]
        if scores != sorted(scores, reverse=True):
            raise fields.wrong(name, "a better band scores less than a worse one")
    fields.end()
    return bands


def _check_bands(path: str, leasts: list[int], last: int) -> None:
    if leasts != sorted(set(leasts), reverse=True) or leasts[-1] != last:
        raise BadRecord(path, Why.of("highest first, and the last from {last}", last=last))


def _band(fields: Fields, name: str, least: int) -> tuple[int, int]:
    band = (fields.whole(name, least=least, most=MAX_FEN), fields.whole("score", most=_MAX_SCORE))
    fields.end()
    return band


def _recency(fields: Fields) -> tuple[int | None, int]:
    months = (
        None
        if fields.is_null("within_months")
        else fields.whole("within_months", least=1, most=_MAX_MONTHS)
    )
    band = (months, fields.whole("score", most=_MAX_SCORE))
    fields.end()
    return band


def _tier_record(tier: Tier, kind: str) -> dict[str, Any]:
    record: dict[str, Any] = {"code": tier.code, "name": tier.name}
    if kind in MEASURED and tier.least is not None:
        record[_LEAST_OF[kind]] = tier.least
    record |= {"discount_bp": tier.discount_bp, "multiplier_bp": tier.multiplier_bp}
    if tier.card is not None:
        record["card"] = {"product": tier.card.product, "months": tier.card.months}
    if tier.benefits:
        record["benefits"] = [_benefit_record(benefit) for benefit in tier.benefits]
    return record


def _benefit_record(benefit: Benefit) -> dict[str, Any]:
    record: dict[str, Any] = {"code": benefit.code, "name": benefit.name}
    if benefit.count:
        record |= {"count": benefit.count, "per": benefit.per}
    return record | ({"offer": benefit.offer} if benefit.offer else {})


def _bands_record(bands: Bands) -> dict[str, Any]:
    return {
        "money": [{"from_fen": least, "score": score} for least, score in bands.money],
        "purchases": [{"from": least, "score": score} for least, score in bands.purchases],
        "recency": [
            {"score": score} if months is None else {"within_months": months, "score": score}
            for months, score in bands.recency
        ],
    }
