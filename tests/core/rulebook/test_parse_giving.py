"""赠品 · 加价购 and what coupons do, as data: read strictly, written without what is usual."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from core.errors import BadRecord
from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import CouponOffer, GiftOffer
from core.rulebook.parse import record_of, rulebook_of

SHIPPED = Path(__file__).parents[3] / "resources" / "rulebooks" / "pharmacy.json"
GIFT = {
    "kind": "gift",
    "id": "g",
    "name": "满 100 送",
    "steps": [{"products": ["901", "902"], "from_fen": 10000, "units": 2, "price_fen": 990}],
    "repeats": True,
    "counts_special": False,
    "most_units": 4,
}
COUPON = {"kind": "coupon", "id": "c", "name": "券", "code": "C"}


def with_offers(*offers: dict[str, Any]) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    record["offers"] = [copy.deepcopy(offer) for offer in offers]
    return record


def test_a_gift_offer_is_read_and_written_as_it_stands():
    record = with_offers(GIFT)
    book = rulebook_of(record)
    step = GiftStep(Giving(("901", "902"), 2, 990), from_fen=10000)
    assert book.offers == (
        GiftOffer(
            id="g",
            name="满 100 送",
            steps=(step,),
            repeats=True,
            counts_special=False,
            most_units=4,
        ),
    )
    assert record_of(book)["offers"] == [GIFT]


@pytest.mark.parametrize(
    "does",
    [
        {"gives": {"products": ["901"]}},
        {"unit_fen": 0},
        {"unit_fen": 990, "cap_fen": 500},
        {"multiplier_bp": 20000, "bonus": 50},
        {"rate_bp": 8000, "cap_fen": 1500},
    ],
)
def test_what_a_coupon_does_is_read_and_written_as_it_stands(does):
    record = with_offers(COUPON | does)
    book = rulebook_of(record)
    (coupon,) = book.offers
    assert isinstance(coupon, CouponOffer)
    assert record_of(book)["offers"] == [COUPON | does]


@pytest.mark.parametrize(
    ("offer", "path"),
    [
        (GIFT | {"steps": []}, "offers[0].steps"),
        (GIFT | {"steps": [{"products": []}]}, "offers[0].steps[0].products"),
        (GIFT | {"steps": [{"products": ["901"], "units": 0}]}, "offers[0].steps[0].units"),
        (GIFT | {"steps": [{"products": ["901"]}]}, "offers[0].repeats"),
        (GIFT | {"cap_fen": 100}, "offers[0].cap_fen"),
        (GIFT | {"steps": [{"products": ["901"], "off_fen": 1}]}, "offers[0].steps[0].off_fen"),
        (COUPON, "offers[0].off_fen"),
        (COUPON | {"off_fen": 100, "bonus": 5}, "offers[0].off_fen"),
        (COUPON | {"unit_fen": 0, "gives": {"products": ["901"]}}, "offers[0].off_fen"),
        (COUPON | {"gives": {"products": ["901"]}, "cap_fen": 5}, "offers[0].cap_fen"),
        (COUPON | {"bonus": 5, "cap_fen": 5}, "offers[0].cap_fen"),
    ],
)
def test_what_makes_no_sense_is_named_by_its_path(offer, path):
    with pytest.raises(BadRecord) as caught:
        rulebook_of(with_offers(offer))
    assert caught.value.path == path


def test_what_is_never_a_gift_is_data_and_written_only_where_it_is_unusual():
    record = with_offers()
    usual = rulebook_of(record)
    assert usual.outside.never_gifts == {"甲类非处方药"}
    assert "never_gifts" not in record_of(usual)["outside"]
    record["outside"]["never_gifts"] = ["OTC-A"]
    own = rulebook_of(record)
    assert own.outside.never_gifts == {"OTC-A"}
    assert rulebook_of(record_of(own)) == own
