"""规则册: read strictly, every bad value named by its path."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.errors import BadRecord
from core.pricing.stages.discount_by_hand import BASKET, LINE
from core.pricing.stages.points_money import POINTS
from core.pricing.stages.price_by_hand import OFFER as PRICE
from core.rulebook.by_hand import NOTHING_ALONE, REASONS, ByHandLimits
from core.rulebook.conditions import Scope
from core.rulebook.labels import LabelCode
from core.rulebook.offers import PriceOffer
from core.rulebook.parse import record_of, rulebook_of
from core.rulebook.points_policy import PointsPolicy, SpendPolicy
from core.rulebook.rulebook import Outside, Rulebook, TenderRule
from core.rulebook.schemes import Tier, TierScheme
from core.values.canonical import canonical

SHIPPED = Path(__file__).parents[3] / "resources" / "rulebooks" / "pharmacy.json"


@pytest.fixture
def record():
    return json.loads(SHIPPED.read_text(encoding="utf-8"))


def test_the_shipped_rulebook_is_what_the_pharmacy_decided(record):
    book = rulebook_of(record)
    assert (book.name, book.version, book.currency) == ("pharmacy", 1, "CNY")
    assert book.points == PointsPolicy(points=1, per_fen=100, expiry="rolling", months=24)
    assert book.scheme == TierScheme(
        (
            Tier("normal", "普通", 0, 10000, 10000),
            Tier("silver", "银卡", 1_000_00, 9800, 12000),
            Tier("gold", "金卡", 5_000_00, 9500, 15000),
            Tier("diamond", "钻石卡", 20_000_00, 9200, 20000),
        ),
        window_months=12,
    )
    assert book.outside == Outside(is_prescription_outside=True, categories=frozenset())
    assert book.cash_rounding_fen == 0
    assert book.by_hand == ByHandLimits(1000, 2000, 500, 5000, 1000, REASONS)
    assert [tender.kind for tender in book.tenders] == [
        "cash", "card", "alipay", "wechat", "insurance", "voucher",
    ]  # fmt: skip
    assert [tender.kind for tender in book.tenders if not tender.is_earning] == ["insurance"]
    assert {tender.pays for tender in book.tenders} == {"all"}
    assert [(offer.id, offer.kind) for offer in book.offers] == [
        ("member-price", "member_price"),
        ("special-price", "special_price"),
    ]
    assert [(label.prefix, label.holds) for label in book.labels] == [
        ("20", "price"),
        ("21", "price"),
        ("22", "weight"),
    ]


def test_the_shipped_record_is_complete(record):
    assert record_of(rulebook_of(record)) == record


def test_what_may_be_absent_takes_its_default(record):
    lean = {name: record[name] for name in ("name", "version", "currency", "tenders")}
    lean |= {"points": {}, "scheme": {"tiers": [{"code": "a", "name": "甲", "from_fen": 0}]}}
    book = rulebook_of(lean)
    assert book.points == PointsPolicy()
    assert book.scheme == TierScheme((Tier("a", "甲", 0),))
    assert (book.outside, book.offers, book.labels) == (Outside(), (), ())
    assert book.by_hand == NOTHING_ALONE


SPEND = {"fen": 100, "per_points": 100, "most_bp": 5000, "least_points": 100}


def test_points_pay_only_where_the_shop_says_so(record):
    assert rulebook_of(record).points.spend is None
    record["points"]["spend"] = {**SPEND, "scope": {"but_not": ["690001"]}}
    book = rulebook_of(record)
    scope = Scope(but_not=frozenset({"690001"}))
    assert book.points.spend == SpendPolicy(100, 100, 5000, 100, scope)
    assert record_of(book) == record
    record["points"]["spend"] = {"fen": 1, "per_points": 10}
    assert rulebook_of(record).points.spend == SpendPolicy(1, 10)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fen", 0),
        ("fen", None),
        ("per_points", 0),
        ("most_bp", 0),
        ("most_bp", 10001),
        ("least_points", -1),
        ("rate", 5),
    ],
)
def test_a_bad_rule_of_points_as_money_is_named(record, name, value):
    record["points"]["spend"] = {**SPEND, name: value}
    with pytest.raises(BadRecord) as bad:
        rulebook_of(record)
    assert bad.value.path == f"points.spend.{name}"


names = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=12)


@st.composite
def rulebooks(draw):
    steps = draw(st.lists(st.integers(1, 10**8), max_size=5))
    rates = sorted(draw(st.lists(st.integers(0, 10000), min_size=6, max_size=6)), reverse=True)
    tiers = [
        Tier(f"t{i}", f"等级{i}", sum(steps[:i]), rates[i], draw(st.integers(0, 10**6)))
        for i in range(len(steps) + 1)
    ]
    offers = [
        PriceOffer(
            id=each,
            kind=draw(st.sampled_from(["member_price", "special_price"])),
            priority=draw(st.integers(-9, 9)),
            takes_percentage=draw(st.booleans()),
            name=draw(names),
            starts_on=draw(st.none() | st.dates(max_value=date(2020, 1, 1))),
            ends_on=draw(st.none() | st.dates(min_value=date(2020, 1, 1))),
        )
        for each in draw(st.lists(names, unique=True, max_size=4))
    ]
    return Rulebook(
        name=draw(names),
        version=draw(st.integers(1, 999)),
        currency=draw(st.sampled_from(["CNY", "HKD"])),
        points=PointsPolicy(
            draw(st.integers(0, 99)), draw(st.integers(1, 9999)),
            draw(st.sampled_from(["rolling", "year_end", "never"])), draw(st.integers(1, 60)),
        ),
        scheme=TierScheme(tuple(tiers), draw(st.integers(1, 60))),
        tenders=tuple(
            TenderRule(kind, draw(st.booleans()), draw(st.sampled_from(["all", "prescription"])))
            for kind in draw(st.lists(names, unique=True, min_size=1, max_size=5))
        ),
        outside=Outside(draw(st.booleans()), draw(st.frozensets(names, max_size=4))),
        offers=tuple(offers),
        labels=tuple(
            LabelCode(prefix, draw(st.sampled_from(["price", "weight"])), 4, 6, draw(st.booleans()))
            for prefix in draw(st.lists(st.sampled_from(["20", "25", "29"]), unique=True))
        ),
        cash_rounding_fen=draw(st.integers(0, 1000)),
        by_hand=ByHandLimits(
            draw(st.integers(0, 10_000)), draw(st.none() | st.integers(0, 9999)),
            draw(st.integers(0, 10_000)), draw(st.none() | st.integers(0, 9999)),
            draw(st.integers(0, 10_000)),
            tuple(draw(st.lists(names, unique=True, min_size=1, max_size=6))),
        ),
    )  # fmt: skip


@given(rulebooks())
def test_a_record_is_the_exact_inverse_and_survives_its_bytes(book):
    record = record_of(book)
    assert rulebook_of(record) == book
    assert rulebook_of(json.loads(canonical(record))) == book


def put(record, path, value):
    *way, last = path
    inner = record
    for step in way:
        inner = inner[step]
    inner[last] = value


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (["name"], "", "name"),
        (["version"], 0, "version"),
        (["version"], 1.0, "version"),
        (["version"], True, "version"),
        (["currency"], "yuan", "currency"),
        (["currency"], None, "currency"),
        (["points", "per_fen"], 0, "points.per_fen"),
        (["points", "points"], -1, "points.points"),
        (["points", "expiry"], "soon", "points.expiry"),
        (["points", "months"], 0, "points.months"),
        (["points", "rate"], 1, "points.rate"),
        (["scheme"], [], "scheme"),
        (["scheme", "tiers"], [], "scheme.tiers"),
        (["scheme", "tiers", 2], "gold", "scheme.tiers[2]"),
        (["scheme", "tiers", 2, "discount_bp"], 95, None),
        (["scheme", "tiers", 2, "discount_bp"], 10001, "scheme.tiers[2].discount_bp"),
        (["scheme", "tiers", 2, "discount_bp"], 0.95, "scheme.tiers[2].discount_bp"),
        (["scheme", "tiers", 2, "discount_bp"], 9900, "scheme.tiers[2].discount_bp"),
        (["scheme", "tiers", 2, "multiplier_bp"], -1, "scheme.tiers[2].multiplier_bp"),
        (["scheme", "tiers", 0, "from_fen"], 1, "scheme.tiers[0].from_fen"),
        (["scheme", "tiers", 2, "from_fen"], 100000, "scheme.tiers[2].from_fen"),
        (["scheme", "tiers", 2, "code"], "silver", "scheme.tiers[2].code"),
        (["scheme", "tiers", 2, "name"], "银卡", "scheme.tiers[2].name"),
        (["scheme", "window_months"], 0, "scheme.window_months"),
        (["tenders"], [], "tenders"),
        (["tenders", 1, "kind"], "cash", "tenders[1].kind"),
        (["tenders", 4, "pays"], "medicine", "tenders[4].pays"),
        (["tenders", 0, "pays"], "prescription", "tenders[0].pays"),
        (["tenders", 4, "is_earning"], 0, "tenders[4].is_earning"),
        (["outside", "categories"], ["a", "a"], "outside.categories"),
        (["outside", "categories"], "保健", "outside.categories"),
        (["offers", 0, "kind"], "campaign", "offers[0].kind"),
        (["offers", 1, "id"], "member-price", "offers[1].id"),
        (["offers", 0, "starts_on"], "2026-02-30", "offers[0].starts_on"),
        (["labels", 0, "prefix"], "30", "labels[0].prefix"),
        (["labels", 0, "prefix"], "21", "labels[1].prefix"),
        (["labels", 0, "holds"], "name", "labels[0].holds"),
        (["labels", 0, "value_digits"], 6, "labels[0].value_digits"),
        (["cash_rounding_fen"], -10, "cash_rounding_fen"),
        (["by_hand", "line_bp"], 10001, "by_hand.line_bp"),
        (["by_hand", "line_fen"], -1, "by_hand.line_fen"),
        (["by_hand", "price_bp"], 0.1, "by_hand.price_bp"),
        (["by_hand", "reasons"], [], "by_hand.reasons"),
        (["by_hand", "reasons"], list("甲乙丙丁戊己庚辛壬癸"), "by_hand.reasons"),
        (["by_hand", "reasons"], ["临期", "临期"], "by_hand.reasons"),
        (["by_hand", "reasons"], ["因为" * 7], "by_hand.reasons"),
        (["by_hand", "reasons"], ["a\nb"], "by_hand.reasons"),
        (["by_hand", "limit"], 5, "by_hand.limit"),
        (["cashrounding"], 10, "cashrounding"),
    ],
)
def test_every_bad_value_is_named_by_its_path(record, path, value, named):
    bad = copy.deepcopy(record)
    put(bad, path, value)
    if named is None:
        named = "scheme.tiers[3].discount_bp"  # the tier above is now the dearer one
    with pytest.raises(BadRecord) as error:
        rulebook_of(bad)
    assert error.value.path == named
    assert error.value.reason


def test_an_offer_ends_after_it_starts(record):
    record["offers"][0] |= {"starts_on": "2026-11-24", "ends_on": "2026-11-23"}
    with pytest.raises(BadRecord) as error:
        rulebook_of(record)
    assert error.value.path == "offers[0].ends_on"


@pytest.mark.parametrize("thing", [None, [], "pharmacy", 5, {5: 6}])
def test_what_is_no_record_is_no_rulebook(thing):
    with pytest.raises(BadRecord):
        rulebook_of(thing)


def test_a_label_without_check_digit_may_use_all_thirteen_digits(record):
    record["labels"][0] |= {"value_digits": 6, "is_checked": False}
    assert rulebook_of(record).labels[0] == LabelCode("20", "price", 5, 6, is_checked=False)


def test_an_offer_holds_on_both_its_ends():
    offer = PriceOffer(
        "a", "special_price", starts_on=date(2026, 11, 20), ends_on=date(2026, 11, 24)
    )
    assert not offer.is_on(date(2026, 11, 19))
    assert offer.is_on(date(2026, 11, 20))
    assert offer.is_on(date(2026, 11, 24))
    assert not offer.is_on(date(2026, 11, 25))
    assert replace(offer, starts_on=None, ends_on=None).is_on(date(1990, 1, 1))


def test_tiers_are_found_by_code_name_and_rank(record):
    scheme = rulebook_of(record).scheme
    assert scheme.tier("gold").name == "金卡"
    assert scheme.tier("long gone").code == "normal"
    assert scheme.named(" 金卡 ") == scheme.named("GOLD") == scheme.tier("gold")
    assert scheme.named("白金卡") is None
    assert [scheme.rank(tier.code) for tier in scheme.tiers] == [0, 1, 2, 3]


@pytest.mark.parametrize("name", ["tier:gold", "tier:", POINTS, PRICE, LINE, BASKET])
def test_no_offer_is_called_what_the_till_itself_takes_off(record, name):
    record["offers"][0]["id"] = name
    with pytest.raises(BadRecord) as bad:
        rulebook_of(record)
    assert bad.value.path == "offers[0].id"
    assert "name it otherwise" in bad.value.reason


def test_when_a_29_february_is_celebrated_is_one_of_two_days(record):
    assert rulebook_of(record).leap_day == "02-28"
    assert "leap_day" not in record_of(rulebook_of(record))
    late = rulebook_of({**record, "leap_day": "03-01"})
    assert (late.leap_day, record_of(late)["leap_day"]) == ("03-01", "03-01")
    with pytest.raises(BadRecord) as bad:
        rulebook_of({**record, "leap_day": "03-02"})
    assert bad.value.path == "leap_day"
