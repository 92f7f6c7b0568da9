"""规则的句子: every kind of offer says all that it does, and nothing that it holds stays unsaid."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import fields as fields_of
from msgspec.structs import replace

from core.rulebook.conditions import BirthdayWindow, Missed, Scope
from core.rulebook.offers import NthReduced
from core.rulebook.parse_offers import KINDS, offer_of
from core.rulebook.returns import ReturnPolicy
from core.values.fields import Fields
from storage.rulebook_file import load_rulebook
from ui.catalogue import speaking
from ui.rule_conditions import Names
from ui.rule_lines import differences, runs, sections
from ui.rule_sections import return_lines
from ui.rule_words import offer_sentence

SHIPPED = Path(__file__).parents[2] / "resources" / "rulebooks"
MARKET = load_rulebook(SHIPPED / "supermarket.toml")
NAMES = Names({"1": "牛奶", "2": "面包", "3": "鸡蛋", "4": "可乐", "5": "糖"})
FRIDAY = date(2026, 11, 27)

SAID: list[tuple[dict[str, Any], str]] = [
    ({"kind": "member_price"}, "会员按商品上的会员价买"),
    (
        {"kind": "special_price", "takes_percentage": True, "limits": {"units_per_member": 3}},
        "按商品上的特价卖，会员折扣和积分倍率照算，每位会员限购 3 件",
    ),
    (
        {"kind": "nth_reduced", "units": 2, "rate_bp": 5000, "is_same_product": True},
        "每 2 件里最便宜的 1 件 5折，要同一种商品",
    ),
    (
        {"kind": "nth_reduced", "units": 3, "scope": {"categories": ["牛奶"]}},
        "每 3 件里最便宜的 1 件不要钱，只限牛奶",
    ),
    ({"kind": "any_for", "units": 3, "price_fen": 990}, "任选 3 件一共 9.90 元"),
    (
        {
            "kind": "bundle",
            "parts": [{"code": "1", "units": 2}, {"code": "9"}],
            "price_fen": 1500,
        },
        "牛奶 × 2 + 9 × 1 一起买 15 元",
    ),
    (
        {"kind": "percentage", "rate_bp": 9500, "is_stackable": True, "when": {"weekdays": [3, 5]}},
        "95折，可以和别的折扣叠加，周三、周五",
    ),
    (
        {
            "kind": "threshold",
            "steps": [{"from_fen": 10000, "off_fen": 1000}],
            "repeats": True,
            "cap_fen": 3000,
            "when": {"weekdays": [3], "from_tier": "gold"},
        },
        "每满 100 元减 10 元，一单最多减 30 元，周三，金卡及以上",
    ),
    (
        {
            "kind": "threshold",
            "steps": [
                {"from_fen": 10000, "rate_bp": 9000},
                {"from_milli": 3000, "off_fen": 50},
                {"from_fen": 100, "from_milli": 1000, "off_fen": 1},
            ],
            "counts_special": False,
        },
        "满 100 元9折；满 3 件减 0.50 元；满 1 元和 1 件减 0.01 元，特价和会员价的商品不算在内",
    ),
    (
        {
            "kind": "gift",
            "steps": [
                {"from_fen": 6000, "products": ["1", "2", "3", "4", "5"], "units": 2},
                {"products": ["1"], "price_fen": 990},
                {"products": ["1"], "points": 500},
                {"products": ["1"], "price_fen": 990, "points": 1500},
            ],
            "most_units": 4,
        },
        (
            "满 60 元送 2 件牛奶、面包、鸡蛋、可乐等 5 样；不论多少可加 9.90 元换 1 件牛奶；"
            "不论多少可用 500 分换 1 件牛奶；不论多少可加 9.90 元和 1,500 分换 1 件牛奶，"
            "一单最多 4 件"
        ),
    ),
    (
        {"kind": "coupon", "code": "TEN", "off_fen": 1000, "from_fen": 5000, "partner": "星光"},
        "凭券 TEN，满 50 元减 10 元，由星光承担",
    ),
    ({"kind": "coupon", "unit_fen": 100}, "凭发出的券码，一码用一次，一件只要 1 元"),
    ({"kind": "coupon", "unit_fen": 0}, "凭发出的券码，一码用一次，送一件"),
    (
        {"kind": "coupon", "code": "P", "multiplier_bp": 20000, "bonus": 50},
        "凭券 P，积分 2 倍，多得 50 分",
    ),
    (
        {"kind": "coupon", "code": "G", "gives": {"products": ["1"]}},
        "凭券 G，送 1 件牛奶",
    ),
    (
        {"kind": "points", "multiplier_bp": 12000, "bonus": 5, "scope": {"but_not": ["5"]}},
        "积分 1.2 倍，每件多送 5 分，糖除外",
    ),
    (
        {
            "kind": "percentage",
            "rate_bp": 8800,
            "group": "会员日",
            "is_exclusive": True,
            "priority": 3,
            "when": {
                "month_days": [8, 18],
                "from_minute": 480,
                "to_minute": 720,
                "for_members": True,
                "stores": ["S1"],
                "joined_days": 30,
                "is_first_purchase": True,
                "birthday": {"days": 3},
                "from_fen": 2000,
                "from_milli": 2000,
            },
            "limits": {"per_member": 1, "in_all": 1000},
        },
        (
            "88折，每月 8、18 日，08:00 到 12:00，会员，入会 30 天内的会员，会员第一次买，"
            "生日前后 3 天，这些商品原价满 20 元，这些商品满 2 件，只在门店 S1，每位会员 1 次，"
            "全店一共 1,000 次，“会员日”这一组里只用一个，用了它就不用别的优惠，优先级 3"
        ),
    ),
]


def made(record: dict[str, Any]) -> Any:
    """An offer of a record that says only what it is about."""
    return offer_of(Fields({"id": "x", "name": "x"} | record))


@pytest.mark.parametrize(("record", "said"), SAID)
def test_what_an_offer_does_is_one_sentence(record: dict[str, Any], said: str) -> None:
    assert offer_sentence(made(record), MARKET.scheme, NAMES) == said


def test_every_kind_is_in_the_table() -> None:
    assert {record["kind"] for record, _ in SAID} == set(KINDS)


@pytest.mark.parametrize("language", ["zh_TW", "en"])
@pytest.mark.parametrize("record", [record for record, _ in SAID])
def test_it_is_said_in_the_other_languages(record: dict[str, Any], language: str) -> None:
    chinese = offer_sentence(made(record), MARKET.scheme, NAMES)
    with speaking(language):
        assert offer_sentence(made(record), MARKET.scheme, NAMES) != chinese


OTHERWISE: dict[str, Any] = {
    "priority": 7,
    "when": {"birthday": BirthdayWindow(is_month=True)},
    "scope": Scope(brands=frozenset({"本家"})),
    "group": "一组",
    "is_exclusive": True,
    "cap_fen": 100,
    "limits": {"per_day": 4},
    "units": 4,
    "reduced": 2,
    "rate_bp": 1,
    "is_same_product": True,
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_no_field_changes_without_a_word(name: str) -> None:
    offer = made({"kind": "nth_reduced", "units": 3})
    value = OTHERWISE[name]
    value = replace(getattr(offer, name), **value) if isinstance(value, dict) else value
    changed = replace(offer, **{name: value})
    told = [offer_sentence(each, MARKET.scheme, NAMES) for each in (offer, changed)]
    assert told[0] != told[1]


def test_every_field_is_tried() -> None:
    tried = {*OTHERWISE, "id", "name"}
    assert {field.name for field in fields_of(NthReduced)} == tried


@pytest.mark.parametrize(
    ("when", "missed"),
    [
        ({}, None),
        ({"starts_on": "2026-11-28"}, Missed.NOT_YET),
        ({"ends_on": "2026-11-26"}, Missed.OVER),
        ({"weekdays": [3]}, Missed.OTHER_DAY),
        ({"weekdays": [5], "from_minute": 1200, "to_minute": 1260}, None),
        ({"stores": ["S2"]}, Missed.OTHER_STORE),
    ],
)
def test_whether_it_runs_today(when: dict[str, Any], missed: Missed | None) -> None:
    offer = made({"kind": "percentage", "rate_bp": 9000, "when": when})
    assert runs(offer, FRIDAY, "S1") is missed


@pytest.mark.parametrize("name", ["supermarket.toml", "fashion.toml", "pharmacy_scored.toml"])
def test_every_shipped_rulebook_is_said_whole(name: str) -> None:
    book = load_rulebook(SHIPPED / name)
    lines = [line for part in sections(book, NAMES, on=FRIDAY) for line in part.lines]
    assert all(line.title and line.text for line in lines)
    assert {offer.id for offer in book.offers} <= {line.key for line in lines}


def test_two_versions_differ_in_what_was_changed_only() -> None:
    offers = {offer.id: offer for offer in MARKET.offers}
    hundred = replace(offers["hundred-ten"], cap_fen=6000)
    eggs = replace(offers["eggs"], id="more-eggs", name="换鸡蛋")
    left = [o for o in MARKET.offers if o.id not in ("hundred-ten", "eggs")]
    after = replace(MARKET, version=4, offers=(*left, hundred, eggs))
    books = [sections(book, NAMES, on=FRIDAY) for book in (MARKET, after)]
    found = differences(*books)
    assert [(each.title, bool(each.before), bool(each.after)) for each in found] == [
        ("满 100 减 10", True, True),
        ("换鸡蛋", False, True),
        ("满 60 加 9.9 元换鸡蛋", True, False),
    ]
    assert "一单最多减 30 元" in found[0].before
    assert "一单最多减 60 元" in found[0].after
    assert differences(books[0], books[0]) == ()


def test_prescriptions_are_named_once_among_what_comes_back_for_its_quality() -> None:
    for medicines in (("处方药", "西药"), ("西药",)):
        said = {code: words for code, _, words in return_lines(ReturnPolicy(medicines=medicines))}
        assert said["medicines"] == "只因质量退，要店长同意：处方药、西药"
