"""试一单: the same basket by what holds and by the draft, for anybody, at any hour; no trace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace

from core.actions.draft_rules import begin_draft, change_offer
from core.actions.login import login
from core.actions.try_basket import (
    COUPON,
    MEMBER,
    PRODUCT,
    Sample,
    Tried,
    try_basket,
    what_is_meant,
)
from core.errors import NoDraft, UnknownCode
from core.rulebook.conditions import BirthdayWindow, Conditions
from core.rulebook.giving import GiftStep, Giving
from core.rulebook.offers import CouponOffer, GiftOffer, Offer, PercentageOffer
from core.rulebook.parse_offers import offer_record
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.test_settle import NORMAL, OXYGEN, VITAMIN, settled
from tests.builders import PIN, Home

WEDNESDAY = date(2026, 12, 2)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.prepared(tmp_path, products="products.csv", members="members.csv")


@pytest.fixture
def shop(home: Home) -> Iterator[Shop]:
    with home.shop() as shop:
        yield shop


@pytest.fixture
def boss(shop: Shop) -> Staff:
    return login(shop, PIN)


def drafted(shop: Shop, boss: Staff, *offers: Offer) -> Rulebook:
    """A draft with these offers besides."""
    draft = begin_draft(shop, staff=boss)
    book = draft.rulebook
    shop.store.draft.keep(replace(draft, rulebook=replace(book, offers=(*book.offers, *offers))))
    return book


def fen(tried: Tried) -> tuple[int, int]:
    return tried.held.quote.payable_fen, tried.draft.quote.payable_fen


def test_without_a_draft_there_is_nothing_to_try(shop: Shop, boss: Staff) -> None:
    with pytest.raises(NoDraft):
        try_basket(shop, Sample(), staff=boss)


def test_both_prices_of_one_basket(shop: Shop, boss: Staff) -> None:
    half = PercentageOffer(id="half", name="半价", rate_bp=5000)
    drafted(shop, boss, half)
    sample = Sample().added(OXYGEN).added(OXYGEN)
    assert [line.quantity_milli for line in sample.lines] == [2000]
    tried = try_basket(shop, sample, staff=boss)
    assert fen(tried) == (2_000_00, 1_000_00)
    assert try_basket(shop, sample.changed(0, 0), staff=boss).draft.basket.is_empty


def test_a_tier_alone_is_somebody_of_it(shop: Shop, boss: Staff) -> None:
    drafted(shop, boss)
    gold = try_basket(shop, Sample(tier="gold").added(OXYGEN), staff=boss)
    assert fen(gold) == (950_00, 950_00)
    assert gold.draft.tier is not None and gold.draft.tier.code == "gold"
    nobody = try_basket(shop, Sample().added(OXYGEN), staff=boss)
    assert fen(nobody) == (1_000_00, 1_000_00)
    assert nobody.draft.tier is None


def test_a_card_is_that_member_and_their_name_is_masked(shop: Shop, boss: Staff) -> None:
    drafted(shop, boss)
    meant = what_is_meant(shop, NORMAL, staff=boss)
    assert (meant.kind, meant.name) == (MEMBER, "王*")
    sample = Sample(member_id=UUID(hex=meant.key)).added(VITAMIN)
    tried = try_basket(shop, sample, staff=boss)
    assert tried.who == "王*"
    assert fen(tried) == (37_00, 37_00)
    assert what_is_meant(shop, "13800135678", staff=boss).name == "李*华"


def test_goods_and_coupons_are_told_apart(shop: Shop, boss: Staff) -> None:
    drafted(shop, boss, CouponOffer(id="five", name="减 5", code="FIVE", off_fen=500))
    goods = what_is_meant(shop, VITAMIN, staff=boss)
    assert (goods.kind, goods.key) == (PRODUCT, VITAMIN)
    coupon = what_is_meant(shop, "FIVE", staff=boss)
    assert (coupon.kind, coupon.name) == (COUPON, "减 5")
    with pytest.raises(UnknownCode):
        what_is_meant(shop, "没有这个", staff=boss)
    tried = try_basket(shop, Sample(coupons=("FIVE",)).added(OXYGEN), staff=boss)
    assert fen(tried) == (1_000_00, 995_00)


def test_a_coupon_without_a_code_is_tried_by_its_id(shop: Shop, boss: Staff) -> None:
    drafted(shop, boss, CouponOffer(id="once", name="一次券", off_fen=800))
    tried = try_basket(shop, Sample(coupons=("once",)).added(OXYGEN), staff=boss)
    assert fen(tried) == (1_000_00, 992_00)


def test_on_a_day_at_an_hour_and_on_a_birthday(shop: Shop, boss: Staff) -> None:
    day = Conditions(weekdays=frozenset({3}), from_minute=8 * 60, to_minute=12 * 60)
    born = Conditions(birthday=BirthdayWindow())
    drafted(
        shop,
        boss,
        PercentageOffer(id="wednesday", name="周三上午", rate_bp=9000, when=day),
        PercentageOffer(id="born", name="生日", rate_bp=8000, when=born),
    )
    sample = Sample(on=WEDNESDAY, minute=9 * 60).added(OXYGEN)
    assert fen(try_basket(shop, sample, staff=boss)) == (1_000_00, 900_00)
    late = replace(sample, minute=12 * 60)
    assert fen(try_basket(shop, late, staff=boss)) == (1_000_00, 1_000_00)
    born_today = replace(late, is_birthday=True)
    assert fen(try_basket(shop, born_today, staff=boss)) == (1_000_00, 800_00)


def test_a_gift_of_the_draft_is_chosen_and_elsewhere_simply_bought(shop: Shop, boss: Staff) -> None:
    gives = GiftStep(Giving((VITAMIN,)), from_fen=100_00)
    drafted(shop, boss, GiftOffer(id="gift", name="满 100 送", steps=(gives,)))
    sample = Sample().added(OXYGEN)
    [offered] = try_basket(shop, sample, staff=boss).draft.quote.offered
    assert (offered.offer, offered.left) == ("gift", 1)
    tried = try_basket(shop, sample.added(VITAMIN, offer="gift"), staff=boss)
    assert fen(tried) == (1_039_00, 1_000_00)


def test_nothing_is_written(shop: Shop, boss: Staff) -> None:
    from core.actions.day import open_day

    open_day(shop, float_fen=0, staff=boss)
    settled(shop, boss, NORMAL, OXYGEN)
    book = drafted(shop, boss)
    change_offer(shop, offer_record(book.offers[0]), turn=1, staff=boss)
    before = events(shop)
    try_basket(shop, Sample(tier="gold").added(OXYGEN), staff=boss)
    what_is_meant(shop, NORMAL, staff=boss)
    assert events(shop) == before


def events(shop: Shop) -> int:
    with shop.store.write() as tx:
        return tx.outbox.head().seq
