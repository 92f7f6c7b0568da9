"""扫码: at the window: a code asks back once, and its answer goes where it belongs."""

from __future__ import annotations

from uuid import UUID

from core.actions import badges as badging
from core.actions.add_product import add_product
from core.actions.trace import name_trace
from core.members.member_code import member_code
from core.pricing.basket import Basket
from core.sales.held import held_no
from tests.builders import Home, manager_of
from tests.ui.till.counter.at_counter import CALCIUM, CARD, STATIN, VITAMIN, Cashier

PHONE = "13800135678"
PACK = "8123456000000000000{}"
TRACK = "%B6222021234567890128^ZHANG/SAN^25121010000000000?;6222021234567890128=2512101?"


def name_pack(cashier: Cashier, product: str = CALCIUM) -> None:
    """A pack that nobody knew, named by the barcode of its product."""
    cashier.burst(PACK.format(1))
    cashier.wait(lambda: cashier.window.sheets.open_names == ("trace_name",))
    cashier.burst(product)
    cashier.settle_down()
    cashier.press("Enter")
    cashier.settle_down()
    assert not cashier.window.sheets.has_open


def test_a_trace_code_that_nobody_knows_is_asked_once(cashier: Cashier) -> None:
    sheets = cashier.window.sheets
    cashier.burst(PACK.format(1))
    cashier.settle_down()
    assert sheets.open_names == ("trace_name",)
    cashier.burst(CALCIUM)
    cashier.settle_down()
    cashier.press("Enter")
    cashier.settle_down()
    assert not sheets.has_open
    assert cashier.counter.basket.lines[0].traces == (PACK.format(1),)
    cashier.burst(PACK.format(2))
    cashier.settle_down()
    assert not sheets.has_open
    assert cashier.counter.basket.lines[0].traces == (PACK.format(1), PACK.format(2))
    assert "追溯码 2/2" in cashier.page.basket.table.model.rows[0].spoken


def test_the_same_pack_twice_is_refused(cashier: Cashier) -> None:
    name_pack(cashier)
    cashier.burst(PACK.format(1))
    cashier.settle_down()
    assert "扫过了" in cashier.error()
    assert cashier.counter.basket.lines[0].quantity_milli == 1000


def test_no_money_is_taken_before_the_codes_are_there(demanding: Cashier) -> None:
    cashier, sheets = demanding, demanding.window.sheets
    cashier.scan(CALCIUM)
    assert "追溯码 0/1" in cashier.page.basket.table.model.rows[0].spoken
    cashier.press("F9")
    cashier.settle_down()
    assert sheets.open_names == ("trace",)
    cashier.burst(PACK.format(1))
    cashier.settle_down()
    assert set(sheets.open_names) == {"trace", "trace_name"}
    cashier.press("Enter")
    cashier.settle_down()
    cashier.wait(lambda: sheets.open_names == ("payment",))
    assert cashier.counter.basket.lines[0].traces == (PACK.format(1),)


def test_a_typed_code_is_for_the_line_whose_batch_is_known(demanding: Cashier) -> None:
    cashier, sheets = demanding, demanding.window.sheets
    name_trace(
        cashier.shop, Basket(UUID(int=1)), PACK.format(1), CALCIUM, staff=manager_of(cashier.shop)
    )
    cashier.burst(f"]d2010{CALCIUM}17491231" + "10B7")
    cashier.settle_down()
    cashier.press("F9")
    cashier.settle_down()
    cashier.type_in(PACK.format(2))
    cashier.press("Enter")
    cashier.wait(lambda: sheets.open_names == ("payment",))
    (line,) = cashier.counter.basket.lines
    assert (line.pieces, line.batch, line.traces) == (1, "B7", (PACK.format(2),))


def test_a_code_of_two_things_is_asked_about_among_the_missing_codes(demanding: Cashier) -> None:
    cashier, sheets = demanding, demanding.window.sheets
    empty = Basket(UUID(int=1))
    staff = manager_of(cashier.shop)
    add_product(cashier.shop, empty, code=PHONE, name="号码卡", price_fen=100_00, staff=staff)
    cashier.scan(CALCIUM)
    cashier.press("F9")
    cashier.settle_down()
    cashier.burst(PHONE)
    cashier.wait(lambda: sheets.open_names == ("trace", "ask"))
    cashier.press("2")
    cashier.wait(lambda: cashier.counter.file is not None)
    assert sheets.open_names == ("trace",)
    assert cashier.codes() == [CALCIUM]


def test_a_held_basket_among_the_missing_codes_is_not_paid(demanding: Cashier) -> None:
    cashier, sheets = demanding, demanding.window.sheets
    cashier.scan(VITAMIN)
    held = cashier.counter.basket.sale_id
    cashier.press("F6")
    cashier.wait(sheets.hold.isVisible)
    cashier.press("Enter")
    cashier.wait(lambda: cashier.counter.basket.is_empty and not sheets.has_open)
    cashier.scan(CALCIUM)
    cashier.press("F9")
    cashier.settle_down()
    assert sheets.open_names == ("trace",)
    cashier.burst(held_no(held))
    cashier.wait(lambda: cashier.codes() == [VITAMIN])
    cashier.settle_down()
    assert not sheets.has_open


def test_a_manager_answers_for_what_is_missing(demanding: Cashier) -> None:
    cashier, sheets = demanding, demanding.window.sheets
    cashier.scan(CALCIUM)
    cashier.press("F9")
    cashier.settle_down()
    cashier.press("F4")
    assert "ask" in sheets.open_names
    cashier.press("Enter")
    assert "ask" in sheets.open_names, "nobody chose a reason"
    cashier.press("3")
    cashier.wait(lambda: sheets.open_names == ("payment",))
    assert cashier.counter.basket.waiver is not None
    assert cashier.counter.basket.waiver.reason == "split"


def test_a_receipt_at_idle_asks_what_for(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.pay()
    no = cashier.window.flow.standing().last.no  # type: ignore[union-attr]
    cashier.burst(no)
    cashier.settle_down()
    assert cashier.window.sheets.open_names == ("ask",)
    cashier.press("2")
    cashier.wait(lambda: cashier.window.sheets.open_names == ("returns",))
    cashier.wait(lambda: no in cashier.window.sheets.returns.subtitle.text())


def test_a_receipt_beside_goods_is_only_said(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.pay()
    no = cashier.window.flow.standing().last.no  # type: ignore[union-attr]
    cashier.burst(CALCIUM)
    cashier.settle_down()
    cashier.burst(no)
    cashier.settle_down()
    assert not cashier.window.sheets.has_open
    assert "不是商品" in cashier.error()
    assert cashier.codes() == [CALCIUM]


def test_a_card_during_the_payment_is_asked_about(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F9")
    cashier.wait(cashier.window.sheets.payment.isVisible)
    cashier.burst(CARD)
    cashier.wait(lambda: "ask" in cashier.window.sheets.open_names)
    cashier.press("2")
    cashier.wait(lambda: cashier.counter.basket.member_id is not None)
    assert cashier.window.sheets.open_names == ("payment",)
    cashier.press("Enter")
    cashier.wait(lambda: cashier.window.sheets.payment.is_settled)
    with_member = cashier.window.flow.standing().last
    assert with_member is not None and with_member.member_id is not None


def test_enter_leaves_the_card_to_the_next_customer(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("F9")
    cashier.wait(cashier.window.sheets.payment.isVisible)
    cashier.burst(CARD)
    cashier.wait(lambda: "ask" in cashier.window.sheets.open_names)
    cashier.press("Enter")
    cashier.wait(lambda: cashier.window.sheets.open_names == ("payment",))
    cashier.press("Enter")
    cashier.wait(lambda: cashier.window.sheets.payment.is_settled)
    cashier.settle_down()
    last = cashier.window.flow.standing().last
    assert last is not None and last.member_id is None
    assert cashier.counter.basket.member_id is not None


def test_the_code_of_a_phone_is_the_card(cashier: Cashier) -> None:
    cashier.burst(member_code(CARD))
    cashier.settle_down()
    assert cashier.counter.file is not None
    assert cashier.counter.file.member.card_no == CARD


def test_a_stripe_of_a_bank_leaves_no_trace(cashier: Cashier, home: Home) -> None:
    cashier.scan(VITAMIN)
    cashier.burst(TRACK)
    cashier.wait(lambda: bool(cashier.error()))
    said = cashier.error()
    assert "没有记下" in said and "6222" not in said
    assert cashier.window.flow.unknown_code == ""
    assert cashier.page.scan.text() == ""
    for file in home.path.rglob("*"):
        if file.is_file():
            assert b"6222021234567890128" not in file.read_bytes()
    assert cashier.codes() == [VITAMIN]


def test_a_badge_chooses_the_person_at_the_lock(cashier: Cashier) -> None:
    shop = cashier.shop
    manager = manager_of(shop)
    code = badging.bind_badge(shop, manager.name, staff=manager)
    cashier.press("Ctrl+L")
    cashier.wait(lambda: cashier.window.lock.is_laid)
    cashier.burst(code)
    cashier.settle_down()
    assert cashier.window.login.who.chosen() == manager.name
    assert cashier.window.lock.is_laid


def test_a_pack_comes_back_by_its_code(demanding: Cashier) -> None:
    cashier, sheets = demanding, demanding.window.sheets
    name_pack(cashier)
    cashier.pay()
    last = cashier.window.flow.standing().last
    assert last is not None
    cashier.press("Esc")
    cashier.press("F8")
    cashier.wait(lambda: sheets.open_names == ("returns",))
    cashier.burst(last.no)
    cashier.wait(lambda: last.no in sheets.returns.subtitle.text())
    cashier.burst(PACK.format(2))
    cashier.wait(lambda: PACK.format(2) in sheets.returns.goods.problem.text())
    assert sheets.returns.lines.chosen == {}
    cashier.burst(PACK.format(1))
    cashier.wait(lambda: sheets.returns.lines.chosen == {1: 1000})


def test_a_pack_that_was_taken_off_again_is_scanned_anew(demanding: Cashier) -> None:
    cashier, sheets = demanding, demanding.window.sheets
    name_pack(cashier)
    cashier.burst(PACK.format(2))
    cashier.settle_down()
    cashier.pay()
    last = cashier.window.flow.standing().last
    assert last is not None
    cashier.press("Esc")
    cashier.press("F8")
    cashier.wait(lambda: sheets.open_names == ("returns",))
    cashier.burst(last.no)
    lines = sheets.returns.lines
    cashier.wait(lambda: last.no in sheets.returns.subtitle.text())
    for no in (1, 2):
        cashier.burst(PACK.format(no))
        cashier.wait(lambda no=no: lines.chosen == {1: no * 1000})
    cashier.press("Left")
    cashier.wait(lambda: lines.chosen == {1: 1000})
    cashier.burst(PACK.format(1))
    cashier.wait(lambda: "扫过了" in sheets.returns.goods.problem.text())
    cashier.burst(PACK.format(2))
    cashier.wait(lambda: lines.chosen == {1: 2000})


OTHER = "8765432000000000000{}"


def test_what_is_scanned_next_names_no_pack_unseen(cashier: Cashier) -> None:
    sheet = cashier.window.sheets.trace_name
    cashier.burst(PACK.format(1))
    cashier.wait(sheet.isVisible)
    cashier.burst(VITAMIN)
    cashier.settle_down()
    assert sheet.isVisible() and cashier.counter.basket.is_empty
    assert [row.key for row in sheet.list.model().rows] == [VITAMIN]
    cashier.burst(CALCIUM)
    cashier.wait(lambda: [row.key for row in sheet.list.model().rows] == [CALCIUM])
    cashier.press("Enter")
    cashier.settle_down()
    assert not cashier.window.sheets.has_open
    assert sorted(cashier.codes()) == sorted([CALCIUM, VITAMIN])
    packs = {line.product.code: line.traces for line in cashier.counter.basket.lines}
    assert packs == {CALCIUM: (PACK.format(1),), VITAMIN: ()}


def test_what_was_shown_and_not_confirmed_is_a_scan_of_its_own(cashier: Cashier) -> None:
    cashier.burst(PACK.format(1))
    cashier.wait(cashier.window.sheets.trace_name.isVisible)
    cashier.burst(VITAMIN)
    cashier.burst(CARD)
    cashier.wait(lambda: "先认完" in cashier.window.sheets.trace_name.product.problem.text())
    cashier.press("Esc")
    cashier.settle_down()
    assert cashier.codes() == [VITAMIN]
    assert cashier.counter.basket.lines[0].traces == ()
    assert cashier.counter.basket.member_id is not None


def test_questions_of_a_burst_are_asked_one_after_the_other(cashier: Cashier) -> None:
    sheet = cashier.window.sheets.trace_name
    for code in (PACK.format(1), OTHER.format(1), STATIN):
        cashier.page.take_scan(code)
    cashier.wait(lambda: PACK.format(1) in sheet.line.text())
    cashier.type_in(CALCIUM)
    cashier.press("Enter")
    cashier.wait(lambda: OTHER.format(1) in sheet.line.text())
    cashier.type_in(VITAMIN)
    cashier.press("Enter")
    cashier.settle_down()
    assert not cashier.window.sheets.has_open
    packs = [(line.product.code, line.traces) for line in cashier.counter.basket.lines]
    assert packs == [
        (CALCIUM, (PACK.format(1),)),
        (VITAMIN, (OTHER.format(1),)),
        (STATIN, ()),
    ]


def test_a_pack_that_was_named_wrongly_is_named_anew(cashier: Cashier) -> None:
    name_pack(cashier, VITAMIN)
    cashier.burst(PACK.format(1))
    cashier.wait(lambda: "扫过了" in cashier.error())
    cashier.page.mend_asked.emit()
    cashier.wait(cashier.window.sheets.trace_name.isVisible)
    cashier.burst(CALCIUM)
    cashier.settle_down()
    cashier.press("Enter")
    cashier.settle_down()
    assert cashier.codes() == [CALCIUM]
    cashier.burst(PACK.format(2))
    cashier.settle_down()
    assert cashier.codes() == [CALCIUM]
    assert cashier.counter.basket.lines[0].traces == (PACK.format(1), PACK.format(2))
