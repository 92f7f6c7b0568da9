"""两台一起 at the window: another till's receipt comes back, its held baskets are taken up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from core.actions.coupon_codes import issue_coupons
from core.actions.hold import hold, recall
from core.actions.return_elsewhere import fetch_sale, return_elsewhere
from core.actions.return_sale import return_sale
from core.actions.share_held import share_held, take_held
from core.actions.sync import look_at_link
from core.errors import CouponElsewhere, ServerUnreachable, TillRevoked
from core.ports.central import Uplink
from core.shop import Shop
from core.sync.together import ClaimKind
from storage.signatures import Ed25519
from tests.actions.test_coupon_codes import FIVE
from tests.actions.test_offer_uses import rules
from tests.actions.test_return_elsewhere import TOO_MANY, token, told
from tests.actions.test_return_elsewhere import other as other
from tests.actions.test_return_elsewhere import second_till as second_till
from tests.actions.test_settle import CALCIUM, VITAMIN, scanned, settled
from tests.builders import manager_of
from tests.chained import PROGRAM, Line, an_office, join
from tests.ui.till.counter import at_counter
from tests.ui.till.counter.at_counter import Cashier
from tests.ui.till.counter.test_counter_return import exchanging
from tests.ui.till.counter.test_counter_void import is_void, looked_at
from ui.till.notices import DONE


@pytest.fixture
def line(cashier: Cashier, tmp_path: Path) -> Iterator[Line]:
    """To a server whose chain this till has joined, and sends to."""
    office = an_office(tmp_path, cashier.shop.clock)
    made = Line(office)
    join(cashier.shop, made)
    desk = cashier.window.chain
    desk._uplink = lambda: Uplink(lambda: made, Ed25519, PROGRAM)
    desk.begin(cashier.window._work.hands, look_at_link(cashier.shop))
    cashier.wait(lambda: desk.state is not None and desk.state.is_online)
    yield made
    desk.close()
    office.store.close()  # type: ignore[attr-defined]


def test_another_tills_receipt_is_scanned_and_comes_back(
    cashier: Cashier, line: Line, other: Shop
) -> None:
    sale = settled(other, manager_of(other), VITAMIN, VITAMIN).sale
    told(other, line)
    sheet = cashier.window.sheets.returns
    cashier.press("F8")
    cashier.wait(sheet.isVisible)
    cashier.burst("S01-T2-999999")
    cashier.wait(lambda: "没有找到" in sheet.effects.said.text())
    cashier.burst(sale.no)
    cashier.wait(lambda: sheet.subtitle.text().startswith(sale.no))
    assert "中山路店·2 号台" in sheet.subtitle.text()
    cashier.press("Right")
    cashier.wait(sheet.effects.done.isEnabled)
    cashier.press("Enter")
    assert not sheet.effects.beside.isVisible(), "what another till sold is exchanged nowhere"
    cashier.type_in("1")
    cashier.press("Enter")
    cashier.wait(lambda: sheet.title.text() == "已退货")
    cashier.wait(lambda: len(cashier.printer.printed) == 1)
    with cashier.shop.store.read() as reading:
        assert reading.returns.came_back(sale.sale_id) == {1: 1000}
    # What is kept of it here is of then: it is asked for anew.
    staff = manager_of(other)
    ways = {"return_id": other.new_id(), "explanation": TOO_MANY, "staff": staff}
    return_sale(other, sale.sale_id, {1: 1000}, **ways)
    told(other, line)
    cashier.press("Esc")
    cashier.wait(lambda: not sheet.isVisible())
    cashier.press("F8")
    cashier.wait(sheet.isVisible)
    cashier.burst(sale.no)
    cashier.wait(lambda: back_there(cashier, sale.sale_id) == {1: 1000})


def back_there(cashier: Cashier, sale_id: UUID) -> Mapping[int, int]:
    """What others took back of a sale, as it is known here."""
    with cashier.shop.store.read() as reading:
        return reading.elsewhere.back(sale_id, cashier.shop.clock.now_us())


def watched(cashier: Cashier, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each errand from now on: whether it is a brief one."""
    brief, errand = list[bool](), cashier.window.chain.errand

    def noted(do: Any, *, is_brief: bool = False, **ends: Any) -> None:
        brief.append(is_brief)
        errand(do, is_brief=is_brief, **ends)

    monkeypatch.setattr(cashier.window.chain, "errand", noted)
    return brief


@pytest.fixture
def asked(
    cashier: Cashier, line: Line, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[dict[str, Any]]]:
    """A basket with a coupon that F9 was pressed for; whoever was asked has not answered yet."""
    staff = manager_of(cashier.shop)
    rules(cashier.shop, staff, FIVE)
    batch = issue_coupons(cashier.shop, "five", 1, batch_id=cashier.shop.new_id(), staff=staff)
    cashier.scan(at_counter.VITAMIN)
    cashier.scan(batch.batch.codes[0])
    cashier.wait(lambda: bool(cashier.counter.basket.coupons))
    made: list[dict[str, Any]] = []
    with monkeypatch.context() as patched:
        patched.setattr(cashier.window.chain, "errand", lambda _do, **how: made.append(how))
        cashier.press("F9")
        cashier.wait(lambda: len(made) == 1)
        assert made[0]["is_brief"]
        yield made


ASKING, PAY = "正在问总部…", "收款"


def lay_aside(cashier: Cashier) -> None:
    first = cashier.counter.basket.sale_id
    cashier.press("F6")
    cashier.press("Enter")
    cashier.wait(lambda: cashier.counter.basket.sale_id != first)


def code_of(cashier: Cashier) -> str:
    return cashier.counter.basket.coupons[0].code


def test_a_coupon_is_claimed_for_the_customer_who_stood_there(
    cashier: Cashier, asked: list[dict[str, Any]]
) -> None:
    lay_aside(cashier)
    cashier.scan(at_counter.CALCIUM)
    asked[0]["then"](None)
    asked[0]["failed"](ServerUnreachable("silent"))
    assert not cashier.window.sheets.payment.isVisible()


def test_what_is_asked_before_it_is_paid_is_seen_and_holds_up_nobody(
    cashier: Cashier, asked: list[dict[str, Any]]
) -> None:
    button = cashier.page.pay.button
    assert button.text() == PAY, "what is answered at once does not flicker"
    cashier.wait(lambda: button.text() == ASKING)
    assert not button.isEnabled()
    cashier.press("F9")
    cashier.scan(at_counter.CALCIUM)
    assert (button.text(), len(asked)) == (ASKING, 1)
    asked[0]["then"](None)
    cashier.wait(lambda: len(asked) == 2)  # another basket than was asked for
    asked[1]["failed"](TillRevoked())  # nor does a chain stop it that does not want this till
    cashier.wait(cashier.window.sheets.payment.isVisible)
    assert button.text() == PAY


def test_a_late_refusal_is_said_of_the_basket_that_it_is_about(
    cashier: Cashier, asked: list[dict[str, Any]]
) -> None:
    refused, button = CouponElsewhere(code_of(cashier)), cashier.page.pay.button
    notices = cashier.page.basket.notices
    assert "用上了" in notices.text(DONE)
    asked[0]["failed"](refused)
    assert "正在别的收银台用" in cashier.error()
    assert notices.text(DONE) == "", "the two contradict each other"
    cashier.press("F9")
    cashier.wait(lambda: button.text() == ASKING)
    lay_aside(cashier)
    cashier.scan(at_counter.CALCIUM)
    assert button.text() == PAY, "of this one nothing was asked"
    asked[1]["failed"](refused)
    assert cashier.error() == ""
    cashier.press("F9")
    cashier.wait(cashier.window.sheets.payment.isVisible)


def test_a_refusal_of_what_was_taken_back_meanwhile_stops_no_payment(
    cashier: Cashier, asked: list[dict[str, Any]]
) -> None:
    refused = CouponElsewhere(code_of(cashier))
    cashier.scan(code_of(cashier))
    cashier.wait(lambda: not cashier.counter.basket.coupons)
    asked[0]["failed"](refused)
    cashier.wait(cashier.window.sheets.payment.isVisible)
    assert cashier.error() == ""


def waiting(shop: Shop) -> int:
    """How much this till has not sent yet."""
    linked = look_at_link(shop)
    assert linked is not None
    return linked.waiting.count


def test_a_receipt_of_this_till_is_asked_for_before_it_comes_back(
    cashier: Cashier, line: Line, other: Shop
) -> None:
    sale = settled(cashier.shop, manager_of(cashier.shop), at_counter.VITAMIN).sale
    cashier.window.chain.hurry()
    cashier.wait(lambda: not waiting(cashier.shop))
    fetch_sale(other, line, token(other, line), sale.no, staff=manager_of(other))
    ways = {"return_id": other.new_id(), "explanation": TOO_MANY, "staff": manager_of(other)}
    session = token(other, line)
    return_elsewhere(other, line, session, sale.sale_id, {1: 1000}, **ways)
    sheet = cashier.window.sheets.returns
    cashier.press("F8")
    cashier.wait(sheet.isVisible)
    cashier.burst(sale.no)
    cashier.wait(lambda: sheet.subtitle.text().startswith(sale.no))
    cashier.press("Right")
    cashier.wait(sheet.effects.done.isEnabled)
    cashier.press("Enter")
    cashier.type_in("1")
    cashier.press("Enter")
    cashier.wait(lambda: "在别的收银台退过了" in sheet.effects.said.text())
    with cashier.shop.store.read() as reading:
        assert reading.returns.came_back(sale.sale_id) == {}


def test_a_sale_of_this_till_is_asked_for_before_it_is_void(
    cashier: Cashier, line: Line, other: Shop
) -> None:
    cashier.sell(at_counter.VITAMIN)
    cashier.window.chain.hurry()
    cashier.wait(lambda: not waiting(cashier.shop))
    with cashier.shop.store.read() as reading:
        sale = reading.sales.last()
    assert sale is not None
    fetch_sale(other, line, token(other, line), sale.no, staff=manager_of(other))
    sheet = looked_at(cashier, sale.no)
    ways = {"return_id": other.new_id(), "explanation": TOO_MANY, "staff": manager_of(other)}
    session = token(other, line)
    return_elsewhere(other, line, session, sale.sale_id, {1: 1000}, **ways)
    cashier.type_in("1")
    cashier.press("Enter")
    cashier.wait(lambda: "已经退过货" in sheet.effects.said.text())
    assert not is_void(cashier, sale.no)


def test_an_exchange_that_is_dropped_is_given_back(cashier: Cashier, line: Line) -> None:
    cashier.sell(at_counter.VITAMIN)
    cashier.window.chain.hurry()
    cashier.wait(lambda: not waiting(cashier.shop))
    exchanging(cashier, wants=(at_counter.CALCIUM,))
    cashier.press("F9")
    cashier.wait(cashier.window.sheets.payment.isVisible)
    assert open_claims(line, cashier) == 1
    cashier.press("Esc")
    cashier.wait(lambda: not cashier.window.sheets.payment.isVisible())
    cashier.page.basket.notices.answered.emit("exchange", "drop")
    cashier.wait(lambda: open_claims(line, cashier) == 0)


def open_claims(line: Line, cashier: Cashier) -> int:
    """How many claims the server has of what was sold last."""
    with cashier.shop.store.read() as reading:
        sale = reading.sales.last()
    assert sale is not None
    with line.office.store.read() as look:
        return len(look.claims.of(ClaimKind.RETURN, sale.sale_id.hex))


def test_what_another_till_holds_is_listed_and_taken_up_once(
    cashier: Cashier, line: Line, other: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(other, scanned(other, CALCIUM).basket, staff=manager_of(other), name="红衣")
    hold(other, scanned(other, VITAMIN).basket, staff=manager_of(other), name="蓝衣")
    share_held(other, line, token(other, line))
    sheet = cashier.window.sheets.recall
    cashier.press("F7")
    cashier.wait(lambda: len(sheet.list.rows()) == 2)
    assert [row.sub.split("　")[0] for row in sheet.list.rows()] == ["在 2 号台"] * 2
    cashier.press("Del")
    cashier.press("Del")
    cashier.wait(lambda: "只能取回" in sheet.said.text())
    # The other till takes its own up in between: it was first.
    with other.store.read() as reading:
        red, blue = (each.sale_id for each in reading.baskets.held())
    assert take_held(other, line, token(other, line), red, staff=manager_of(other)) is None
    recall(other, None, red, staff=manager_of(other))
    share_held(other, line, token(other, line))
    cashier.press("Enter")
    cashier.wait(lambda: "已经不在了" in sheet.said.text())
    brief = watched(cashier, monkeypatch)
    cashier.press("Down")
    cashier.press("Enter")
    cashier.wait(lambda: not sheet.isVisible())
    assert brief == [True]
    assert cashier.codes() == [VITAMIN]
    assert blue not in (cashier.counter.basket.sale_id,)


def test_who_leaves_the_list_while_it_is_asked_takes_nothing_up(
    cashier: Cashier, line: Line, other: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(other, scanned(other, CALCIUM).basket, staff=manager_of(other), name="红衣")
    share_held(other, line, token(other, line))
    sheet = cashier.window.sheets.recall
    cashier.press("F7")
    cashier.wait(lambda: len(sheet.list.rows()) == 1)
    asked, errand = list[dict[str, Any]](), cashier.window.chain.errand
    with monkeypatch.context() as patched:

        def delayed(do: Any, **how: Any) -> None:
            errand(do, then=lambda taken: asked.append(how | {"taken": taken}), failed=print)

        patched.setattr(cashier.window.chain, "errand", delayed)
        cashier.press("Enter")
        cashier.wait(lambda: len(asked) == 1)
    assert taken_by(line) == [True]
    cashier.press("Esc")
    asked[0]["then"](asked[0]["taken"])
    cashier.wait(lambda: taken_by(line) == [False])
    cashier.settle_down()
    assert cashier.codes() == []
    with cashier.shop.store.read() as reading:
        assert reading.held_away.taken() == ()
    cashier.press("F7")
    cashier.wait(lambda: sheet.isVisible() and len(sheet.list.rows()) == 1)
    cashier.press("Enter")
    cashier.wait(lambda: cashier.codes() == [CALCIUM])
    asked[0]["failed"](ServerUnreachable("silent"))
    asked[0]["then"](asked[0]["taken"])
    cashier.settle_down()
    assert (cashier.codes(), taken_by(line)) == ([CALCIUM], [True])


def taken_by(line: Line) -> list[bool]:
    """Of each basket that the server knows of: whether somebody has taken it."""
    with line.office.store.read() as look:
        return [row.taken_by is not None for row in look.held.of_store("S01")]
