"""另印的单据: gift slips, slips of held baskets, coupons on paper, and a member's statement."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from core.actions.change_paper import change_paper
from core.actions.coupon_codes import issue_coupons
from core.actions.forget_member import forget_member
from core.actions.hold import hold
from core.actions.merge_members import merge_members
from core.actions.set_up import add_staff
from core.actions.settle import settle
from core.actions.slips import coupon_slips, gift_choices, gift_slip, hold_slip
from core.actions.statement import statement
from core.actions.void import preview_void, void_sale
from core.errors import (
    BadDates,
    NoSuchCoupon,
    NoSuchHeld,
    NotAllowed,
    NothingToReprint,
    StatementTooLong,
)
from core.members.certificate import Why
from core.members.masks import mask_card, mask_name
from core.points.ledger import Cause
from core.ports import StoredSale
from core.rulebook.offers import CouponOffer
from core.sales.explanation import CounterReason, Explanation
from core.sales.held import held_no, read_held_no
from core.sales.receipt import MemberLine
from core.sales.statement import AccountLine, BoughtLine, MovementLine, PurchaseLine
from core.shop import Shop
from core.trust.staff import Role, Staff
from tests.actions.test_offer_uses import rules
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, VITAMIN, paid, scanned
from tests.builders import PIN, file_of
from ui.console.command_line import command_line
from ui.console.coupon_commands import obey_coupons
from ui.devices.columns import as_text
from ui.devices.designs import shipped

FIVE = CouponOffer(id="five", name="五元券", off_fen=500, from_fen=1000)


def sold(shop: Shop, staff: Staff, *codes: str) -> StoredSale:
    ready = paid(shop, scanned(shop, *codes))
    return settle(shop, ready.basket, shown=ready.quote.hash, staff=staff).sale


def cashier(shop: Shop) -> Staff:
    return add_staff(shop, name="小陈", pin="284617", role=Role.CASHIER)


def test_a_gift_slip_names_what_was_chosen_and_no_price(shop: Shop, staff: Staff) -> None:
    sale = sold(shop, staff, GOLD, VITAMIN, CALCIUM)
    no, items = gift_choices(shop)
    assert (no, len(items)) == (sale.no, 2)
    slip = gift_slip(shop, None, {1}, staff=staff)
    text = as_text(slip)
    assert items[1].name in text
    assert items[0].name not in text
    assert sale.no in text
    assert "." not in text.replace(items[1].name, "").replace(items[1].spec, "")
    assert not slip.opens_drawer


def test_a_gift_slip_needs_a_sale_that_holds(shop: Shop, staff: Staff) -> None:
    with pytest.raises(NothingToReprint):
        gift_slip(shop, None, staff=staff)
    sale = sold(shop, staff, VITAMIN)
    with pytest.raises(NothingToReprint):
        gift_slip(shop, sale.no, {5}, staff=staff)
    preview_void(shop, sale.no, staff=staff)
    void_sale(shop, sale.sale_id, explanation=Explanation(CounterReason.WRONG_PRODUCT), staff=staff)
    with pytest.raises(NothingToReprint):
        gift_slip(shop, sale.no, staff=staff)


def test_a_held_basket_gets_a_slip_with_its_code(shop: Shop, staff: Staff) -> None:
    before = scanned(shop, GOLD, VITAMIN)
    hold(shop, before.basket, staff=staff, name="红衣服")
    slip = hold_slip(shop, before.basket.sale_id)
    code = held_no(before.basket.sale_id)
    assert read_held_no(code.lower()) == code
    text = as_text(slip)
    assert "红衣服" in text and code in text and "还没有付款" in text
    assert "李" not in text
    with pytest.raises(NoSuchHeld):
        hold_slip(shop, shop.new_id())


def test_what_a_scale_has_labelled_stands_on_the_slip_with_its_weight(
    shop: Shop, staff: Staff
) -> None:
    label = "2010086036006"  # 36.00 of 96.00 a kilogram
    before = scanned(shop, label)
    hold(shop, before.basket, staff=staff)
    assert "0.375 kg" in as_text(hold_slip(shop, before.basket.sale_id))


def test_a_coupon_says_what_it_is_worth_and_until_when(shop: Shop, staff: Staff) -> None:
    rules(shop, staff, FIVE)
    issued = issue_coupons(
        shop, "five", 2, batch_id=shop.new_id(), staff=staff, ends_on=date(2099, 12, 31)
    )
    papers = coupon_slips(shop, issued.batch.codes)
    for code, paper in zip(issued.batch.codes, papers, strict=True):
        text = as_text(paper)
        for words in ("五元券", "满 10.00 减 5.00", "用到 2099-12-31", f"*{code}*"):
            assert words in text
    with pytest.raises(NoSuchCoupon):
        coupon_slips(shop, ["Q00000000000X"])


def test_a_coupon_says_whose_it_is_where_it_is_somebodys(shop: Shop, staff: Staff) -> None:
    rules(shop, staff, FIVE)
    given = issue_coupons(shop, "five", 1, batch_id=shop.new_id(), staff=staff, card_no=GOLD)
    merge_members(shop, GOLD, NORMAL, staff=staff)
    (paper,) = coupon_slips(shop, given.batch.codes)
    held = file_of(shop, NORMAL).member
    (whose,) = [line for line in paper.lines if isinstance(line, MemberLine)]
    assert (whose.masked_name, whose.masked_card) == (mask_name(held.name), mask_card(NORMAL))
    forget_member(shop, held.id, Why.ASKED, staff=staff)
    (paper,) = coupon_slips(shop, given.batch.codes)
    assert not any(isinstance(line, MemberLine) for line in paper.lines)


def test_new_coupons_are_written_as_pdfs(shop: Shop, staff: Staff, tmp_path: Path) -> None:
    rules(shop, staff, FIVE)
    words = ["coupons", "issue", "five", "--count", "2", "--pdf", str(tmp_path / "out")]
    given = command_line(tmp_path).parse_args([*words, "--by", staff.name, "--by-pin", PIN])
    codes = obey_coupons(shop, given).splitlines()
    assert sorted(file.stem for file in (tmp_path / "out").glob("*.pdf")) == sorted(codes)
    page = pypdfium2.PdfDocument(tmp_path / "out" / f"{codes[0]}.pdf")[0]
    [read] = zxingcpp.read_barcodes(page.render(scale=6).to_pil())
    assert read.text == codes[0]
    assert "满 10.00 减 5.00" in page.get_textpage().get_text_bounded()


def test_a_statement_adds_up_to_the_balance(shop: Shop, staff: Staff) -> None:
    sale = sold(shop, staff, GOLD, VITAMIN, CALCIUM)
    assert sale.member_id is not None
    today = shop.now().business_on
    made = statement(shop, sale.member_id, today, staff=staff)
    (account,) = (line for line in made.lines if isinstance(line, AccountLine))
    moves = [line for line in made.lines if isinstance(line, MovementLine)]
    bought = [line for line in made.lines if isinstance(line, PurchaseLine)]
    with shop.store.read() as reading:
        balance = reading.ledger.balance(sale.member_id)
    assert account.after == account.before + account.came - account.went == balance
    assert sum(line.points for line in moves) == account.came - account.went
    by_sale = [line.points for line in moves if line.cause == Cause.SALE]
    assert (by_sale, moves[-1].sale_no) == ([sale.points_earned], sale.no)
    total = next(line for line in made.lines if isinstance(line, BoughtLine))
    assert (len(bought), total.payable_fen) == (2, sale.payable_fen)
    (member,) = (line for line in made.lines if isinstance(line, MemberLine))
    assert member.masked_name == "李*华"
    with shop.store.reader() as connection:
        rows = connection.execute("SELECT CAST(data AS TEXT) FROM audit ORDER BY seq").fetchall()
    assert "personal_seen" in rows[-1][0]
    assert f"statement {today} {today}" in rows[-1][0]
    assert "李" not in rows[-1][0]


def test_a_statement_is_for_whoever_may_see_personal_data(shop: Shop, staff: Staff) -> None:
    sale = sold(shop, staff, GOLD, VITAMIN)
    assert sale.member_id is not None
    day = shop.now().business_on
    with pytest.raises(NotAllowed):
        statement(shop, sale.member_id, day, staff=cashier(shop))
    with pytest.raises(BadDates):
        statement(shop, sale.member_id, date(2100, 1, 1), staff=staff)


def test_too_long_a_statement_asks_for_fewer_days(
    shop: Shop, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    sale = sold(shop, staff, GOLD, VITAMIN, CALCIUM)
    assert sale.member_id is not None
    monkeypatch.setattr("core.actions.statement.MOST_LINES", 2)
    with pytest.raises(StatementTooLong):
        statement(shop, sale.member_id, shop.now().business_on, staff=staff)


def test_a_design_is_changed_by_whoever_may_and_only_then_written(shop: Shop, staff: Staff) -> None:
    kept: list[str] = []
    with pytest.raises(NotAllowed):
        change_paper(
            shop,
            "receipt",
            shipped("receipt"),
            keep=lambda: kept.append("x"),
            staff=cashier(shop),
        )
    assert kept == []
    change_paper(shop, "receipt", shipped("receipt"), keep=lambda: kept.append("x"), staff=staff)
    assert kept == ["x"]
