"""等级方案 as data: all kinds, read strictly, written without what nobody set (domain.md 4)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadRecord
from core.rulebook.parse_schemes import scheme_of, scheme_record
from core.rulebook.schemes import KINDS, Bands, Benefit, Tier, TierCard, TierScheme
from core.values.fields import Fields

SCORE = {
    "money": [{"from_fen": 5_000_001, "score": 5}, {"from_fen": 0, "score": 2}],
    "purchases": [{"from": 3, "score": 4}, {"from": 1, "score": 3}],
    "recency": [{"within_months": 3, "score": 5}, {"score": 2}],
}


def read(**record: Any) -> TierScheme:
    return scheme_of(Fields(record, "scheme"))


def tiers(**higher: Any) -> list[dict[str, Any]]:
    return [{"code": "a", "name": "甲", "from_fen": 0}, {"code": "b", "name": "乙", **higher}]


def test_a_scheme_of_spend_stays_the_bytes_that_old_sales_keep():
    record = {
        "window_months": 12,
        "tiers": [
            {"code": "a", "name": "甲", "from_fen": 0, "discount_bp": 10000, "multiplier_bp": 10000}
        ],
    }
    assert scheme_record(read(**record)) == record


def test_a_score_has_its_bands():
    scheme = read(kind="score", score=SCORE, tiers=[{"code": "a", "name": "甲", "from_score": 0}])
    assert scheme.bands == Bands(((5_000_001, 5), (0, 2)), ((3, 4), (1, 3)), ((3, 5), (None, 2)))


def test_a_card_needs_no_figure_and_a_granted_tier_has_none():
    paid = read(tiers=tiers(card={"product": "CARD98"}))
    assert paid.tiers[1].card == TierCard("CARD98", 12)
    assert paid.tiers[1].least is None
    assert paid.cards == {"CARD98": paid.tiers[1]}
    granted = read(kind="granted", tiers=[{"code": "a", "name": "甲"}, {"code": "b", "name": "乙"}])
    assert [tier.least for tier in granted.tiers] == [0, None]


def test_a_tier_gives_what_the_lower_ones_give_unless_it_says_it_itself():
    once, twice = (Benefit("mail", "免邮卡", n, "quarter") for n in (1, 2))
    first = Benefit("first", "优先服务")
    scheme = TierScheme(
        (
            Tier("a", "甲", 0),
            Tier("b", "乙", 1, benefits=(once, first)),
            Tier("c", "丙", 2, benefits=(twice,)),
        )
    )
    assert scheme.benefits("a") == ()
    assert scheme.benefits("b") == (once, first)
    assert scheme.benefits("c") == (twice, first)


@pytest.mark.parametrize(
    ("record", "path"),
    [
        ({"kind": "luck"}, "scheme.kind"),
        ({"window": "moon"}, "scheme.window"),
        ({"grace_days": 400}, "scheme.grace_days"),
        ({"kind": "points"}, "scheme.tiers[0].from_points"),
        ({"kind": "score"}, "scheme.tiers[0].from_score"),
        ({"tiers": tiers()}, "scheme.tiers[1].from_fen"),
        ({"tiers": tiers(from_fen=0)}, "scheme.tiers[1].from_fen"),
        ({"tiers": tiers(card={"months": 12})}, "scheme.tiers[1].card.product"),
        ({"tiers": tiers(card={"product": "X", "months": 0})}, "scheme.tiers[1].card.months"),
        (
            {"tiers": tiers(from_fen=1, benefits=[{"code": "x", "name": "券", "count": 1}])},
            "scheme.tiers[1].benefits[0].per",
        ),
        (
            {"tiers": tiers(from_fen=1, benefits=[{"code": "x", "name": "券"}] * 2)},
            "scheme.tiers[1].benefits[1].code",
        ),
        ({"tiers": tiers(from_fen=1)[1:]}, "scheme.tiers[0].from_fen"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_path(record, path):
    with pytest.raises(BadRecord) as bad:
        read(**({"tiers": tiers(from_fen=1)} | record))
    assert bad.value.path == path


@pytest.mark.parametrize(
    ("name", "bands"),
    [
        ("money", [{"from_fen": 100, "score": 5}]),
        ("money", [{"from_fen": 0, "score": 2}, {"from_fen": 100, "score": 5}]),
        ("money", [{"from_fen": 100, "score": 1}, {"from_fen": 0, "score": 2}]),
        ("purchases", [{"from": 2, "score": 3}]),
        ("recency", [{"within_months": 3, "score": 5}]),
        ("recency", [{"within_months": n, "score": 5} for n in (6, 3)] + [{"score": 2}]),
        ("recency", [{"score": 2}, {"score": 2}]),
    ],
)  # fmt: skip
def test_bands_cover_everything_and_the_better_never_scores_less(name, bands):
    with pytest.raises(BadRecord) as bad:
        read(
            kind="score",
            score=SCORE | {name: bands},
            tiers=[{"code": "a", "name": "甲", "from_score": 0}],
        )
    assert bad.value.path == f"scheme.score.{name}"


benefits = st.builds(Benefit, st.just("x"), st.just("券")) | st.builds(
    Benefit, st.just("y"), st.just("免邮卡"), st.integers(1, 9), st.sampled_from(("month", "year"))
)


@st.composite
def schemes(draw: st.DrawFn) -> TierScheme:
    kind = draw(st.sampled_from(KINDS))
    is_measured = kind in ("spend", "points", "score")
    made = [Tier("t0", "等级0", 0)]
    for n in range(1, draw(st.integers(1, 4))):
        card = draw(st.none() | st.just(TierCard(f"C{n}", n)))
        has_least = is_measured and not (card and draw(st.booleans()))
        given = tuple(draw(st.lists(benefits, max_size=1)))
        made.append(
            Tier(f"t{n}", f"等级{n}", n * 100 if has_least else None, 9000, 10000, card, given)
        )
    bands = Bands(((0, 2),), ((1, 3),), ((3, 5), (None, 2))) if kind == "score" else None
    return TierScheme(
        tuple(made),
        draw(st.integers(1, 60)),
        kind,
        draw(st.sampled_from(("rolling", "calendar"))),
        draw(st.sampled_from(("points_base", "payable"))),
        draw(st.integers(0, 366)),
        bands,
    )  # fmt: skip


@given(schemes())
def test_a_record_gives_the_same_scheme(scheme):
    assert scheme_of(Fields(scheme_record(scheme), "scheme")) == scheme
