"""扫码: every code by its content; none is taken for another, a bad one gets one sentence."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.actions import badges as badging
from core.actions import counter as counters
from core.actions import hold as holding
from core.actions import label_layouts as layouts
from core.actions import scan as scanning
from core.actions.add_product import add_product
from core.actions.counter import Counter
from core.actions.serve import card_holder
from core.actions.set_up import add_staff
from core.actions.settle import settle
from core.actions.trace import export_traces, name_trace, trace_rows
from core.catalog.barcode import read_code
from core.catalog.product_table import read_products
from core.catalog.trace import read_trace
from core.errors import (
    BadBadge,
    BadCheckDigit,
    BadgeScanned,
    BadgeTaken,
    BadLabelLayout,
    BadScan,
    BatchExpired,
    NoBadge,
    NoSuchBadge,
    NotAllowed,
    PaperScanned,
    PaymentCode,
    Refused,
    SeveralMeanings,
    StrangeStripe,
    TraceUnknown,
    UnknownCode,
)
from core.members.card import issue_card_no
from core.members.member_code import member_code, read_member_code
from core.pricing.basket import Basket
from core.pricing.by_hand import DiscountByHand
from core.pricing.tender import Tender, TenderKind
from core.rulebook.labels import LabelCode
from core.sales.held import held_no, read_held_no
from core.shop import Shop
from core.trust.badge import make_badge
from core.trust.staff import Role, Staff
from core.values.coupon_code import is_misread, make_code
from core.values.coupon_code import read_code as read_coupon
from core.values.gtin import check_digit
from core.values.ident import read_paper_no, sale_no
from core.values.luhn import luhn_digit
from core.values.payment_code import paid_with
from core.values.stripe import is_stripe
from core.values.table import BadRow
from tests.builders import PIN, Home, audit_rows, manager_of
from tests.ui.devices.printed_codes import pages_of, read_codes, text_of
from ui.devices.card_pdf import badge_leaf
from ui.devices.marks import leaves_pdf
from ui.devices.print_sizes import card_size
from ui.text import sentence

VITAMIN, CARD, PHONE = "6901234567809", "800001", "13800135678"
BY = ("--by", "店长", "--by-pin", PIN)
PACK = "81234567890123456789"
PAN = "622202123456789012" + luhn_digit("622202123456789012")

DIGITS = "0123456789"
NUMBERS, TILLS = st.integers(0, 10**6 - 1), st.integers(1, 99)
CARDS = st.builds(issue_card_no, st.just("S01"), TILLS, NUMBERS)
KINDS: dict[str, st.SearchStrategy[str]] = {
    "trace": st.from_regex(r"8[0-9]{19}", fullmatch=True),
    "coupon": st.binary(min_size=7, max_size=7).map(make_code),
    "badge": st.binary(min_size=7, max_size=7).map(make_badge),
    "held": st.uuids().map(held_no),
    "member": CARDS.map(member_code),
    "card": CARDS,
    "ean": st.text(DIGITS, min_size=12, max_size=12).map(lambda text: text + check_digit(text)),
    "paper": st.builds(sale_no, st.just("S01"), TILLS, st.just(1), NUMBERS),
    "stripe": st.text(DIGITS, min_size=8, max_size=19).map(lambda no: f";{no}=25121010000?"),
    "wechat": st.from_regex(r"1[0-5][0-9]{16}", fullmatch=True),
    "alipay": st.from_regex(r"2[5-9][0-9]{14,22}", fullmatch=True),
}  # fmt: skip
TELLS: dict[str, Callable[[str], bool]] = {
    "trace": lambda text: read_trace(text) is not None,
    "coupon": lambda text: read_coupon(text) is not None and not is_misread(text),
    "held": lambda text: read_held_no(text) is not None,
    "member": lambda text: read_member_code(text) is not None,
    "paper": lambda text: read_paper_no(text) is not None,
    "stripe": is_stripe,
    "paid": lambda text: paid_with(text) is not None,
}
SAME = {"wechat": "paid", "alipay": "paid"}


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_is_taken_for_another(kind: str) -> None:
    @given(KINDS[kind])
    def tell(code: str) -> None:
        told = {name for name, is_it in TELLS.items() if is_it(code)}
        wanted = SAME.get(kind, kind)
        assert told == ({wanted} if wanted in TELLS else set())

    tell()


@given(st.text(max_size=300))
def test_no_text_is_too_strange_for_the_router(text: str) -> None:
    for name, is_it in TELLS.items():
        try:
            is_it(text)
        except BadCheckDigit:
            assert name == "member"
    read_code(text)


def scan(shop: Shop, basket: Basket, text: str, kind: str = "") -> Counter:
    return scanning.scan(shop, basket, text, staff=manager_of(shop), kind=kind)


def sell(shop: Shop, full: Counter) -> str:
    """The number of the sale, paid in exact cash."""
    paid = full.basket.with_tenders((Tender(TenderKind.CASH, full.quote.payable_fen),))
    ready = counters.tendered(shop, paid)
    return settle(shop, paid, shown=ready.quote.hash, staff=manager_of(shop)).sale.no


MALFORMED = {
    "": BadScan,
    "x" * 129: BadScan,
    "690\x00123": BadScan,
    "6901234567800": BadCheckDigit,
    "SK1:800001:0000": BadCheckDigit,
    "SK1:999999:" + member_code("999999").rpartition(":")[2]: UnknownCode,
    ";1234567890=2512?": StrangeStripe,
    f"%B{PAN}^LI/MING^2512101?;{PAN}=2512101?": PaymentCode,
    f"%B{PAN}^LI/MI": PaymentCode,
    PAN: PaymentCode,
    " ".join(PAN[at : at + 4] for at in range(0, 19, 4)): PaymentCode,
    "134567890123456789": PaymentCode,
    PACK: TraceUnknown,
    f"https://x.cn/{PACK}": TraceUnknown,
    "https://x.cn/123": UnknownCode,
    "S01-T1-999999": UnknownCode,
    "G00000000": UnknownCode,
    f"(01)0{VITAMIN}(17)200131(10)A1": BatchExpired,
    f"]d2010{VITAMIN}17200131" + "10A1\x1d21X": BatchExpired,
}


@pytest.mark.parametrize(("text", "kind"), MALFORMED.items(), ids=range(len(MALFORMED)))
def test_each_bad_scan_gets_one_sentence(
    shop: Shop, basket: Basket, text: str, kind: type[Refused]
) -> None:
    with pytest.raises(kind) as refused:
        scan(shop, basket, text)
    said = sentence(refused.value)
    assert said.endswith("。") and "\n" not in said
    assert not re.search(r"6222|LI/MI", f"{said} {refused.value!r}")


def test_a_code_of_two_things_is_asked_once(shop: Shop, basket: Basket) -> None:
    staff = manager_of(shop)
    add_product(shop, basket, code=PHONE, name="号码卡", price_fen=100_00, staff=staff)
    with pytest.raises(SeveralMeanings) as asked:
        scan(shop, basket, PHONE)
    assert asked.value.kinds == (scanning.PRODUCT, scanning.PHONE)
    assert scan(shop, basket, PHONE, scanning.PHONE).file is not None
    assert scan(shop, basket, PHONE, scanning.PRODUCT).basket.lines[0].product.code == PHONE


def test_a_stripe_and_a_code_of_a_phone_are_the_card(shop: Shop, basket: Basket) -> None:
    for text in (f";{CARD}?", f"%B{CARD}^LI^2512?", member_code(CARD), CARD):
        file = scan(shop, basket, text).file
        assert file is not None and file.member.card_no == CARD
        holder = card_holder(shop, text)
        assert holder is not None and holder.card_no == CARD
    assert card_holder(shop, VITAMIN) is card_holder(shop, f";{PAN}=2512?") is None


def test_a_held_basket_comes_back_by_its_number(shop: Shop, basket: Basket) -> None:
    staff = manager_of(shop)
    full = scan(shop, basket, VITAMIN).basket
    empty = holding.hold(shop, full, staff=staff)
    back = scan(shop, empty.basket, held_no(full.sale_id).lower())
    assert back.basket == full
    assert holding.held_baskets(shop) == ()
    with pytest.raises(UnknownCode):
        scan(shop, empty.basket, held_no(full.sale_id))


def test_a_paper_is_opened_not_sold(shop: Shop, home: Home, basket: Basket) -> None:
    no = sell(shop, scan(shop, basket, VITAMIN))
    with pytest.raises(PaperScanned) as opened:
        scan(shop, counters.new_basket(shop).basket, no.lower())
    assert opened.value.no == no


# Badges


def test_a_badge_chooses_and_proves_nothing(shop: Shop, basket: Basket) -> None:
    staff = manager_of(shop)
    code = badging.bind_badge(shop, staff.name, staff=staff)
    assert badging.whose_badge(shop, code).no == staff.no
    with pytest.raises(BadgeScanned):
        scan(shop, basket, code)
    again = badging.bind_badge(shop, staff.name, "BADGE-7".replace("-", ""), staff=staff)
    assert badging.whose_badge(shop, again).no == staff.no
    assert badging.with_badge(shop) == {staff.no}
    with pytest.raises(NoSuchBadge):
        badging.whose_badge(shop, code)
    badging.take_badge(shop, staff.name, staff=staff)
    assert badging.with_badge(shop) == frozenset()
    for action in (badging.take_badge, badging.print_badge):
        with pytest.raises(NoBadge):
            action(shop, staff.name, staff=staff)


def test_a_badge_is_printed_with_the_code_that_is_scanned(shop: Shop) -> None:
    staff = manager_of(shop)
    code = badging.bind_badge(shop, staff.name, staff=staff)
    badge = badging.print_badge(shop, staff.name, staff=staff)
    for size in (card_size(), replace(card_size(), code="qr")):
        [page] = pages_of(leaves_pdf([badge_leaf(badge, size)], "badge"))
        assert [text for text, _ in read_codes(page, 203)] == [code]
        assert staff.name in text_of(page) and "工牌" in text_of(page)
    assert [row["what"] for row in audit_rows(shop)][-2:] == ["badge_bound", "badge_printed"]


@pytest.mark.parametrize(
    "code", ["12345", "123456", "24681012", "王芳王芳王芳", "A B C D E", "x" * 33]
)
def test_what_no_badge_can_be(shop: Shop, code: str) -> None:
    staff = manager_of(shop)
    with pytest.raises(BadBadge):
        badging.bind_badge(shop, staff.name, code, staff=staff)


def test_a_badge_is_one_persons_and_a_cashier_gives_none(shop: Shop) -> None:
    staff = manager_of(shop)
    other = add_staff(shop, name="王芳", pin="135246", role=Role.CASHIER)
    badging.bind_badge(shop, staff.name, "BADGE7", staff=staff)
    with pytest.raises(BadgeTaken):
        badging.bind_badge(shop, other.name, "BADGE7", staff=staff)
    with pytest.raises(NotAllowed):
        badging.bind_badge(shop, other.name, "BADGE8", staff=other)
    with pytest.raises(NotAllowed):
        badging.print_badge(shop, staff.name, staff=other)


# Labels


def test_the_stores_own_layout_stands_before_the_rulebooks(shop: Shop, basket: Basket) -> None:
    staff = manager_of(shop)
    payload = "20" + "10086" + "03600"
    text = payload + check_digit(payload)
    assert scan(shop, basket, text).quote.lines[0].list_fen == 36_00
    layouts.set_label_layout(shop, LabelCode("20", "weight"), staff=staff)
    assert scan(shop, basket, text).quote.lines[0].quantity_milli == 3600
    assert (LabelCode("20", "weight"), True) in layouts.label_layouts(shop)
    layouts.remove_label_layout(shop, "20", staff=staff)
    assert scan(shop, basket, text).quote.lines[0].list_fen == 36_00


def test_a_bad_layout_and_a_cashier_change_nothing(shop: Shop) -> None:
    cashier: Staff = add_staff(shop, name="王芳", pin="135246", role=Role.CASHIER)
    before = layouts.label_layouts(shop)
    with pytest.raises(BadLabelLayout) as bad:
        layouts.set_label_layout(shop, LabelCode("20", "price", 9, 9), staff=manager_of(shop))
    assert "13 位" in sentence(bad.value)
    with pytest.raises(NotAllowed):
        layouts.set_label_layout(shop, LabelCode("20", "weight"), staff=cashier)
    assert layouts.label_layouts(shop) == before


# Tables and files


def test_a_payment_code_is_no_product() -> None:
    codes = ["134567890123456789", "281234567890123456", PAN, VITAMIN, PACK]
    table = [(at, (code, "商品", "1.00", "是")) for at, code in enumerate(codes, 2)]
    rows = list(read_products(("条码", "名称", "售价", "需追溯码"), table))
    bad = [row for row in rows if isinstance(row, BadRow)]
    assert [row.line for row in bad] == [2, 3, 4]
    assert all(isinstance(row.error, PaymentCode) for row in bad)
    assert all(row.requires_trace for row in rows if not isinstance(row, BadRow))


def test_what_was_sold_with_codes_is_exported(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "codes.csv"
    with home.console() as console:
        for line in ("login " + PIN, f"trace-product {PACK} {VITAMIN}", "pay cash 1000"):
            answer = console.obey(line)
            assert answer is not None and answer.ok, answer
        today = console.shop.now().business_on.isoformat()
    home.command("trace", "export", "--from", today, "--to", today, str(file), *BY)
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows[0][3] == "追溯码"
    assert [row[3:5] for row in rows[1:]] == [[PACK, VITAMIN]]


def test_a_cashier_takes_no_trace_codes_out_of_the_shop(shop: Shop) -> None:
    day = date(2026, 11, 26)
    cashier = add_staff(shop, name="王芳", pin="135246", role=Role.CASHIER)
    with pytest.raises(NotAllowed):
        export_traces(shop, day, day, staff=cashier)
    assert export_traces(shop, day, day, staff=manager_of(shop)) == ()
    assert audit_rows(shop)[-1]["what"] == "traces_exported"


def test_what_was_named_by_mistake_is_named_anew(shop: Shop, basket: Basket) -> None:
    staff = manager_of(shop)
    name_trace(shop, basket, PACK, VITAMIN, staff=staff)
    other = add_product(shop, basket, code="MED-1", name="别的药", price_fen=5_00, staff=staff)
    name_trace(shop, basket, PACK, "MED-1", staff=staff)
    line = scan(shop, basket, PACK).basket.lines[0]
    assert line.product.id == other.basket.lines[0].product.id
    assert isinstance(line.product.id, UUID)
    assert trace_rows(shop, date(2020, 1, 1), date(2100, 1, 1)) == ()


STRANGE = "06901234567892"
GS = "\x1d"


def test_a_named_pack_keeps_its_batch_and_its_article_is_known(shop: Shop, basket: Basket) -> None:
    staff = manager_of(shop)
    text = f"]d201{STRANGE}17491231" + "1012345" + GS + "21ABC{}"
    with pytest.raises(TraceUnknown):
        scan(shop, basket, text.format(1))
    named = name_trace(shop, basket, text.format(1), VITAMIN, staff=staff).basket.lines[0]
    assert (named.product.code, named.batch, named.traces) == (
        VITAMIN,
        "12345",
        (f"01{STRANGE}21ABC1",),
    )
    assert named.expires_on == date(2049, 12, 31)
    again = scan(shop, basket, text.format(2)).basket.lines[0]
    assert (again.product.code, again.traces) == (VITAMIN, (f"01{STRANGE}21ABC2",))


def test_an_expired_pack_that_somebody_names_is_refused(shop: Shop, basket: Basket) -> None:
    text = f"]d201{STRANGE}17250101" + "1012345" + GS + "21ABC123"
    with pytest.raises(BatchExpired):
        name_trace(shop, basket, text, VITAMIN, staff=manager_of(shop))


def test_the_line_that_got_the_code_is_the_changed_one(shop: Shop, basket: Basket) -> None:
    vitamin = scan(shop, basket, VITAMIN).basket.lines[0].product
    two = basket.add(replace(vitamin, requires_trace=True), 2_000)
    after = scan(shop, two, f"]d2010{VITAMIN}17491231" + "10B7" + GS + "21X")
    assert after.changed_line == 2
    assert [line.pieces for line in after.basket.lines] == [1, 1]


def test_a_pack_that_is_named_anew_keeps_the_batch_that_its_line_did_not_have(
    shop: Shop, basket: Basket
) -> None:
    staff = manager_of(shop)
    pack = f"]d201{STRANGE}17491231" + "10B7" + GS + "21X1"
    name_trace(shop, basket, pack, VITAMIN, staff=staff)
    vitamin = scan(shop, basket, VITAMIN).basket.lines[0].product
    damaged = DiscountByHand("破损", staff.no, amount_fen=1_00)
    two = basket.add(replace(vitamin, requires_trace=True), 2_000).with_by_hand(1, damaged)
    wrong = scan(shop, two, pack).basket
    assert [(line.batch, len(line.traces)) for line in wrong.lines] == [("", 1)]
    right = name_trace(shop, wrong, pack, "6901234567816", staff=staff).basket
    assert [(line.pieces, line.batch) for line in right.lines] == [(1, ""), (1, "B7")]
