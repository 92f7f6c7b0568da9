"""入会: one person, one member: phone, card, and name with birthday are compared (domain.md 8)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.actions.add_product import add_product
from core.actions.cards import freeze_member, replace_card, thaw_member
from core.actions.consents import consent_steps, give_consent, withdraw_consent
from core.actions.join_member import APART, join_member
from core.actions.scan import scan
from core.actions.serve import find_member
from core.errors import (
    BadCard,
    CardTaken,
    ConsentMissing,
    ConsentWithdrawn,
    MemberFrozen,
    NamesakeFound,
    PaymentCode,
    PhoneTaken,
)
from core.members.birthday import parse_birthday
from core.members.consent import CONSENT
from core.members.member import Birthday
from core.pricing.basket import Basket
from core.shop import Shop
from core.trust.staff import Staff
from storage.store import TillStore
from tests.builders import later

# Of tests/stories/members.csv: 李小华 of 800001, born 1988-11-25; 王芳 of 800003, 农历 08-15.
BORN, LUNAR = "1988-11-25", "农历8-15"


def join(shop: Shop, staff: Staff, basket: Basket, name: str, born: str = "", **more: object):
    birthday = parse_birthday(born) if born else None
    phone = str(more.pop("phone", "13912345678"))
    facts = {"name": name, "phone": phone, "birthday": birthday, "consent": CONSENT, **more}
    return join_member(shop, basket, staff=staff, **facts)


def test_name_with_birthday_offers_the_member_found(
    shop: Shop, staff: Staff, basket: Basket
) -> None:
    with pytest.raises(NamesakeFound) as refused:
        join(shop, staff, basket, "李小华", BORN)
    found = refused.value
    assert (found.masked_name, found.masked_phone) == ("李*华", "138****5678")
    with shop.store.read() as reading:
        known = reading.members.by_card("800001")
        assert known is not None
        assert (found.card_no, found.member_id) == (known.card_no, known.id.hex)
        assert reading.members.by_phone("+8613912345678") == ()


@pytest.mark.parametrize(("name", "born"), [("李小华", "11-25"), ("王芳", LUNAR), ("王 芳", LUNAR)])
def test_a_year_counts_only_where_both_have_one(
    shop: Shop, staff: Staff, basket: Basket, name: str, born: str
) -> None:
    with pytest.raises(NamesakeFound):
        join(shop, staff, basket, name, born)


@pytest.mark.parametrize(
    ("name", "born"),
    [
        ("李小华", ""),
        ("李小华", "1989-11-25"),
        ("李小华", "1988-11-26"),
        ("李小华", "1988-12-25"),
        ("李小", BORN),
        ("李小华华", BORN),
        ("王芳", "8-15"),
        ("王芳", "农历闰8-15"),
    ],
)
def test_who_differs_in_name_or_day_is_somebody_else(
    shop: Shop, staff: Staff, basket: Basket, name: str, born: str
) -> None:
    assert join(shop, staff, basket, name, born).file is not None


def test_really_somebody_else_joins_and_the_audit_says_beside_whom(
    shop: Shop, staff: Staff, basket: Basket
) -> None:
    counter = join(shop, staff, basket, "李小华", BORN, is_another=True)
    assert counter.file is not None
    assert counter.file.member.birthday == Birthday(11, 25, 1988)
    assert isinstance(shop.store, TillStore)
    with shop.store.read() as reading, shop.store.reader() as connection:
        known = reading.members.by_card("800001")
        assert known is not None
        said = "SELECT CAST(data AS TEXT) FROM audit ORDER BY seq DESC LIMIT 1"
        assert known.id.hex in connection.execute(said).fetchone()[0]
        both = reading.members.namesakes("李小华", Birthday(11, 25))
        assert [member.card_no for member in both] == ["800001", counter.file.member.card_no]


@pytest.mark.parametrize("other", [0, CONSENT + 1])
def test_without_consent_nobody_is_joined(
    shop: Shop, staff: Staff, basket: Basket, other: int
) -> None:
    with pytest.raises(ConsentMissing):
        join(shop, staff, basket, "赵六", consent=other)
    with shop.store.read() as reading:
        assert reading.members.by_phone("+8613912345678") == ()


def test_consent_is_kept_with_its_words_its_moment_and_who_asked(
    shop: Shop, staff: Staff, basket: Basket
) -> None:
    member = join(shop, staff, basket, "赵六").basket.member_id
    assert isinstance(shop.store, TillStore)
    with shop.store.reader() as connection:
        kept = connection.execute("SELECT * FROM member_consents").fetchall()
        said = "SELECT CAST(data AS TEXT) FROM events ORDER BY seq DESC LIMIT 1"
        fact = connection.execute(said).fetchone()[0]
    [(member_id, version, at_us, staff_no)] = kept
    assert (member_id, version, staff_no) == (member.bytes, CONSENT, staff.no)
    assert str(at_us) in fact
    assert f'"consent":{CONSENT}' in fact


def test_who_takes_consent_back_is_not_served_until_they_give_it_again(
    shop: Shop, staff: Staff, basket: Basket
) -> None:
    joined = join(shop, staff, basket, "赵六")
    member = joined.file.member
    give_consent(shop, member.id, CONSENT, staff=staff)
    withdraw_consent(shop, member.id, reason="撤回", staff=staff)
    with pytest.raises(ConsentMissing):
        withdraw_consent(shop, member.id, reason="撤回", staff=staff)
    with pytest.raises(ConsentWithdrawn):
        scan(shop, basket, member.card_no, staff=staff)
    with pytest.raises(ConsentWithdrawn):
        thaw_member(shop, member.id, staff=staff)
    with pytest.raises(ConsentMissing):
        give_consent(shop, member.id, CONSENT + 1, staff=staff)
    give_consent(shop, member.id, CONSENT, staff=staff)
    assert scan(shop, basket, member.card_no, staff=staff).file.member.id == member.id
    steps = [(each.consent.is_given, each.asked_by) for each in consent_steps(shop, member.id)]
    assert steps == [(True, staff.name), (False, staff.name), (True, staff.name)]


def test_who_was_never_asked_here_may_take_it_back_all_the_same(
    shop: Shop, staff: Staff, basket: Basket
) -> None:
    imported = find_member(shop, "800001").id
    withdraw_consent(shop, imported, reason="撤回", staff=staff)
    with pytest.raises(ConsentWithdrawn):
        scan(shop, basket, "800001", staff=staff)
    assert [each.consent.is_given for each in consent_steps(shop, imported)] == [False]


@pytest.mark.parametrize("is_frozen_before", [True, False])
def test_who_is_frozen_for_another_reason_stays_so(
    shop: Shop, staff: Staff, basket: Basket, *, is_frozen_before: bool
) -> None:
    member = join(shop, staff, basket, "赵六").file.member
    if is_frozen_before:
        freeze_member(shop, member.id, reason="lent", staff=staff)
    withdraw_consent(later(shop, 30), member.id, reason="撤回", staff=staff)
    if not is_frozen_before:
        freeze_member(later(shop, 60), member.id, reason="lent", staff=staff)
    give_consent(shop, member.id, CONSENT, staff=staff)
    with pytest.raises(MemberFrozen) as frozen:
        scan(shop, basket, member.card_no, staff=staff)
    assert frozen.value.reason == "lent"


def test_somebody_else_takes_neither_a_phone_nor_a_card(
    shop: Shop, staff: Staff, basket: Basket
) -> None:
    with pytest.raises(PhoneTaken):
        join(shop, staff, basket, "李小华", BORN, phone="13800135678", is_another=True)
    with pytest.raises(CardTaken):
        join(shop, staff, basket, "李小华", BORN, card_no="800001", is_another=True)


@pytest.mark.parametrize(
    "paid_with", ["134567890123456789", "280123456789012345", "4111111111111111"]
)
def test_what_a_customer_pays_with_becomes_nobodys_card(
    shop: Shop, staff: Staff, basket: Basket, paid_with: str
) -> None:
    with pytest.raises(PaymentCode):
        join(shop, staff, basket, "赵六", card_no=paid_with)
    with shop.store.read() as reading:
        known = reading.members.by_card("800001")
        assert known is not None
    with pytest.raises(PaymentCode):
        replace_card(shop, known.id, staff=staff, card_no=paid_with)
    with shop.store.read() as reading:
        assert reading.members.by_card(paid_with) is None
        assert reading.members.get(known.id) == known


@pytest.mark.parametrize("typed", ["help", "lost", "会员卡", "12", "no card"])
def test_a_word_becomes_nobodys_card_and_the_old_one_goes_on(
    shop: Shop, staff: Staff, basket: Basket, typed: str
) -> None:
    with shop.store.read() as reading:
        known = reading.members.by_card("800001")
    assert known is not None
    with pytest.raises(BadCard):
        join(shop, staff, basket, "赵六", card_no=typed)
    with pytest.raises(BadCard):
        replace_card(shop, known.id, staff=staff, card_no=typed)
    with shop.store.read() as reading:
        assert reading.members.get(known.id) == known
        assert reading.standings.old_card("800001") is None


@pytest.mark.parametrize(
    "paid_with", ["134567890123456789", "280123456789012345", "4111111111111111"]
)
def test_what_a_customer_pays_with_becomes_no_product(
    shop: Shop, staff: Staff, basket: Basket, paid_with: str
) -> None:
    for code, name in ((paid_with, "口罩"), ("6999999999997", f"口罩 {paid_with}")):
        with pytest.raises(PaymentCode):
            add_product(shop, basket, code=code, name=name, price_fen=5_00, staff=staff)
        with shop.store.read() as reading:
            assert reading.products.by_code(code) is None


def test_a_machine_that_takes_the_place_of_another_gives_out_other_cards(
    shop: Shop, staff: Staff, basket: Basket
) -> None:
    """It may know none of those that the first one gave out."""
    numbers = []
    for life in (1, 2, 3):
        with shop.store.write() as tx:
            tx.set_till(replace(tx.till, incarnation=life))
        joined = join(shop, staff, basket, f"王小{life}", phone=f"1391234567{life}")
        assert joined.file is not None
        numbers.append(int(joined.file.member.card_no[5:11]))
    assert numbers[1] > numbers[0] + APART, "and not only what a copy leaves free"
    assert len({number // 10_000 for number in numbers}) == len(numbers)
