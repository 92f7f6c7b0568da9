"""一次券: issued, presented in any order, used once, given back; whose it is, and until when."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.actions import withdraw_coupons
from core.actions.counter import Counter, new_basket
from core.actions.coupon_codes import issue_coupons
from core.actions.merge_members import merge_members
from core.actions.partners import partner_accounts
from core.actions.publish_rulebook import publish_rulebook
from core.actions.report import x_report
from core.actions.return_sale import preview_return, return_sale
from core.actions.scan import scan
from core.actions.settle import Settled, settle
from core.actions.void import preview_void, void_sale
from core.errors import (
    BadCheckDigit,
    BadCodeCount,
    CouponEarly,
    CouponLate,
    CouponOfOther,
    CouponsOutstanding,
    CouponsPast,
    CouponStopped,
    CouponTwice,
    CouponUsed,
    NoSuchCoupon,
    PriceChanged,
    Refused,
    UnknownCode,
)
from core.pricing.adjustment import Lost
from core.rulebook.offers import BasketOffer, CouponOffer
from core.sales.coupon_code import CouponBack
from core.sales.offer_use import PartnerAccount
from core.sales.report import PartnerLine
from core.shop import Shop
from core.trust.staff import Staff
from core.values.coupon_code import RANDOM_BYTES, make_code
from tests.actions.test_offer_uses import MISTAKE, rules
from tests.actions.test_return import TOO_MANY
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, SILVER, VITAMIN, paid, scanned
from tests.actions.test_shift import facts
from tests.builders import PIN, Home, later

FIVE = CouponOffer(id="five", name="五元券", off_fen=500, from_fen=1000)
CINEMA = replace(FIVE, id="cinema", name="影院券", partner="星光影院")


@pytest.fixture
def issuing(shop: Shop, staff: Staff) -> Shop:
    """A till whose rulebook has a coupon of the shop's own and one of a partner."""
    rules(shop, staff, FIVE, CINEMA)
    return shop


def issued(shop: Shop, staff: Staff, offer: str = "five", **of: object) -> str:
    return issue_coupons(shop, offer, 1, batch_id=shop.new_id(), staff=staff, **of).batch.codes[0]  # type: ignore[arg-type]


def sold(shop: Shop, staff: Staff, *codes: str) -> Settled:
    ready = paid(shop, scanned(shop, *codes))
    return settle(shop, ready.basket, shown=ready.quote.hash, staff=staff)


def off(counter: Counter) -> int:
    return sum(each.amount_fen for each in counter.quote.adjustments if each.offer in COUPONS)


COUPONS = ("five", "cinema")


def refused(shop: Shop, *codes: str) -> type[Refused]:
    with pytest.raises(Refused) as error:
        scanned(shop, *codes)
    return type(error.value)


def test_codes_are_all_different_and_told(issuing: Shop, staff: Staff) -> None:
    made = issue_coupons(issuing, "five", 50, batch_id=issuing.new_id(), staff=staff).batch
    assert len(set(made.codes)) == 50
    told = facts(issuing, "CouponsIssued")[-1]
    assert told["codes"] == list(made.codes)
    with pytest.raises(NoSuchCoupon):
        issue_coupons(issuing, "tenth", 1, batch_id=issuing.new_id(), staff=staff)
    with pytest.raises(BadCodeCount):
        issue_coupons(issuing, "five", 0, batch_id=issuing.new_id(), staff=staff)


def test_a_code_comes_before_or_after_the_goods_and_is_taken_back(
    issuing: Shop, staff: Staff
) -> None:
    code = issued(issuing, staff)
    assert off(scanned(issuing, code, VITAMIN)) == 500
    counter = scanned(issuing, VITAMIN, code.lower())
    assert off(counter) == 500
    assert off(scan(issuing, counter.basket, code, staff=staff)) == 0


def test_a_code_is_used_once(issuing: Shop, staff: Staff) -> None:
    code = issued(issuing, staff)
    sale = sold(issuing, staff, VITAMIN, code).sale
    with pytest.raises(CouponUsed) as error:
        scanned(issuing, VITAMIN, code)
    assert error.value.no == sale.no


def test_a_code_that_takes_nothing_off_stays_unused(issuing: Shop, staff: Staff) -> None:
    code = issued(issuing, staff)
    high = replace(FIVE, from_fen=10_000_00)
    rules(issuing, staff, high, CINEMA)
    sold(issuing, staff, VITAMIN, code)
    rules(issuing, staff, FIVE, CINEMA)
    assert off(scanned(issuing, VITAMIN, code)) == 500


def test_two_baskets_with_one_code_sell_it_once(issuing: Shop, staff: Staff) -> None:
    code = issued(issuing, staff)
    late = paid(issuing, scanned(issuing, VITAMIN, code))
    sold(issuing, staff, VITAMIN, code)
    with pytest.raises(CouponUsed):
        settle(issuing, late.basket, shown=late.quote.hash, staff=staff)


def test_a_void_gives_the_code_back(issuing: Shop, staff: Staff) -> None:
    code = issued(issuing, staff)
    sale = sold(issuing, staff, VITAMIN, code).sale
    assert preview_void(issuing, staff=staff).coupons == (CouponBack(code, "五元券"),)
    void_sale(issuing, sale.sale_id, explanation=MISTAKE, staff=staff)
    assert preview_void(issuing, staff=staff).coupons == ()
    assert facts(issuing, "SaleVoided")[-1]["uses_back"] == ["five"]
    sold(issuing, staff, VITAMIN, code)


def test_the_last_return_gives_the_code_back(issuing: Shop, staff: Staff) -> None:
    code = issued(issuing, staff)
    sale = sold(issuing, staff, VITAMIN, CALCIUM, code).sale
    for line, usable in ((1, False), (2, True)):
        shown = preview_return(issuing, sale.no, {line: 1000}, staff=staff)
        assert [each.code for each in shown.coupons] == ([code] if usable else [])
        return_sale(
            issuing,
            sale.sale_id,
            {line: 1000},
            return_id=issuing.new_id(),
            explanation=TOO_MANY,
            staff=staff,
        )
        if usable:
            assert off(scanned(issuing, VITAMIN, code)) == 500
        else:
            assert refused(issuing, VITAMIN, code) is CouponUsed


def test_a_members_code_waits_for_its_member(issuing: Shop, staff: Staff) -> None:
    code = issued(issuing, staff, card_no=GOLD)
    waiting = scanned(issuing, VITAMIN, code)
    assert off(waiting) == 0
    assert Lost.NOT_THEIRS in [each.lost for each in waiting.quote.rejected]
    assert off(scan(issuing, waiting.basket, GOLD, staff=staff)) == 500
    assert off(scan(issuing, waiting.basket, SILVER, staff=staff)) == 0
    assert refused(issuing, SILVER, VITAMIN, code) is CouponOfOther


def test_a_merged_members_code_is_that_of_who_they_are_now(issuing: Shop, staff: Staff) -> None:
    code = issued(issuing, staff, card_no=NORMAL)
    merge_members(issuing, NORMAL, SILVER, staff=staff)
    assert off(scanned(issuing, SILVER, VITAMIN, code)) == 500
    with issuing.store.read() as reading:
        member = reading.members.by_card(SILVER)
        assert member is not None
        today = issuing.moment(reading).business_on
        assert [each.code for each in reading.coupon_codes.held(member.id, today)] == [code]


def test_a_code_has_its_days(issuing: Shop, staff: Staff) -> None:
    with issuing.store.read() as reading:
        today: date = issuing.moment(reading).business_on
    day = timedelta(1)
    late = issued(issuing, staff, ends_on=today)
    assert off(scanned(issuing, VITAMIN, late)) == 500
    with pytest.raises(CouponsPast):
        issued(issuing, staff, ends_on=today - day)
    early = issued(issuing, staff, starts_on=today + day)
    assert refused(later(issuing, 0), late) is CouponLate
    assert refused(issuing, early) is CouponEarly


def test_a_sale_takes_one_of_a_kind(issuing: Shop, staff: Staff) -> None:
    first, second = issued(issuing, staff), issued(issuing, staff)
    assert refused(issuing, first, second) is CouponTwice
    assert off(scanned(issuing, VITAMIN, first, issued(issuing, staff, "cinema"))) == 1000


def test_a_misread_code_is_told_from_an_unknown_one(issuing: Shop, staff: Staff) -> None:
    code = issued(issuing, staff)
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    assert refused(issuing, wrong) is BadCheckDigit
    assert refused(issuing, make_code(bytes(RANDOM_BYTES))) is UnknownCode


def test_codes_survive_a_change_of_rulebook_that_keeps_their_offer(
    issuing: Shop, staff: Staff
) -> None:
    code = issued(issuing, staff)
    with pytest.raises(CouponsOutstanding):
        rules(issuing, staff, CINEMA)
    rules(issuing, staff, replace(FIVE, off_fen=700))
    assert off(scanned(issuing, VITAMIN, code)) == 700


def test_a_code_whose_offer_went_says_so(issuing: Shop, staff: Staff) -> None:
    code = issued(issuing, staff)
    sale = sold(issuing, staff, VITAMIN, code).sale
    rules(issuing, staff, CINEMA)
    void_sale(issuing, sale.sale_id, explanation=MISTAKE, staff=staff)
    assert refused(issuing, code) is CouponStopped


def test_a_partner_bears_its_coupons_until_they_are_given_back(issuing: Shop, staff: Staff) -> None:
    sale = sold(issuing, staff, VITAMIN, issued(issuing, staff, "cinema")).sale
    sold(issuing, staff, CALCIUM, issued(issuing, staff, "cinema"), issued(issuing, staff))
    assert partner_accounts(issuing, staff=staff) == (PartnerAccount("星光影院", 2, 1000),)
    assert PartnerLine("星光影院", 2, 1000) in x_report(issuing, staff=staff).lines
    void_sale(issuing, sale.sale_id, explanation=MISTAKE, staff=staff)
    assert partner_accounts(issuing, staff=staff) == (PartnerAccount("星光影院", 1, 500),)


def test_a_repeated_code_of_a_partner_is_counted_too(shop: Shop, staff: Staff) -> None:
    repeated: BasketOffer = replace(CINEMA, code="CINEMA5")
    rules(shop, staff, repeated)
    for _ in range(2):
        sold(shop, staff, VITAMIN, "CINEMA5")
    assert partner_accounts(shop, staff=staff) == (PartnerAccount("星光影院", 2, 1000),)


def test_a_member_is_shown_what_each_of_theirs_would_save(issuing: Shop, staff: Staff) -> None:
    other = issued(issuing, staff, card_no=SILVER)
    five = issued(issuing, staff, card_no=GOLD)
    cinema = issued(issuing, staff, "cinema", card_no=GOLD)
    assert [each.saves_fen for each in scanned(issuing, GOLD).held] == [0, 0]
    counter = scanned(issuing, GOLD, VITAMIN)
    assert off(counter) == 0
    assert {each.code: each.saves_fen for each in counter.held} == {five: 500, cinema: 500}
    presented = scan(issuing, counter.basket, five, staff=staff)
    assert [each.is_presented for each in presented.held] == [True, False]
    assert off(presented) == 500
    assert off(scan(issuing, presented.basket, five, staff=staff)) == 0
    assert other not in {each.code for each in counter.held}
    assert scanned(issuing, VITAMIN).held == ()


def test_what_was_used_is_not_held_any_more(issuing: Shop, staff: Staff) -> None:
    code = issued(issuing, staff, card_no=GOLD)
    sold(issuing, staff, GOLD, VITAMIN, code)
    assert scanned(issuing, GOLD, VITAMIN).held == ()


def test_a_code_is_in_the_event_that_prices_again(issuing: Shop, staff: Staff) -> None:
    code = issued(issuing, staff, card_no=GOLD)
    sold(issuing, staff, GOLD, VITAMIN, code)
    body = facts(issuing, "SaleSettled")[-1]
    assert body["basket"]["coupons"][0]["code"] == code
    assert json.dumps(body)


def test_changed_prices_come_before_a_code_is_looked_at(issuing: Shop, staff: Staff) -> None:
    ready = paid(issuing, scanned(issuing, VITAMIN, issued(issuing, staff)))
    now = new_basket(issuing).rulebook
    dearer = replace(now, version=now.version + 1, offers=(replace(FIVE, off_fen=100), CINEMA))
    publish_rulebook(issuing, dearer, staff=staff)
    with pytest.raises(PriceChanged):
        settle(issuing, ready.basket, shown=ready.quote.hash, staff=staff)


def test_the_commands_save_codes_and_say_what_partners_bear(
    home: Home,
    issuing: Shop,
    staff: Staff,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table, by = tmp_path / "codes.csv", ("--by", staff.name, "--by-pin", PIN)
    home.command("coupons", "issue", "cinema", "--count", "3", "--to", str(table), *by)
    assert "影院券发了 3 张" in capsys.readouterr().out
    head, *rows = table.read_text("utf-8-sig").splitlines()
    assert (head, len(rows)) == ("券码,券,从,到", 3)
    home.command("coupons", "partners", *by)
    assert "这些天没有用过异业券。" in capsys.readouterr().out
    sold(issuing, staff, VITAMIN, rows[0].split(",")[0])
    home.command("coupons", "partners", *by)
    assert "星光影院\t1\t5.00" in capsys.readouterr().out
    home.command("coupons", "batches", *by)
    *_, batch = capsys.readouterr().out.splitlines()
    assert batch.split("\t")[1:6] == ["影院券", "3", "1", "0", "2"]
    home.command("coupons", "codes", batch.split("\t")[6], *by)
    left = [row.split(",")[0] for row in rows[1:]]
    assert sorted(capsys.readouterr().out.split()) == sorted(left)
    monkeypatch.setattr(withdraw_coupons, "AT_ONCE", 2)
    home.command("coupons", "withdraw", left[0], "--batch", *by)
    said = "影院券收回了 3 张，其中 1 张已经用过，退回来也不能再用。"
    assert said in capsys.readouterr().out
