"""F2 with a member: notes, purchases, another card; who is not served gets a next step."""

from __future__ import annotations

from datetime import date

from core.actions import cards
from core.actions.merge_members import merge_members
from core.actions.serve import find_member
from core.trust.staff import Staff
from tests.ui.till.counter.at_counter import CALCIUM, CARD, VITAMIN, Cashier
from ui.till.member_sheet import MemberSheet
from ui.widgets.banner import Banner

OTHER = "800002"


def staff_of(cashier: Cashier) -> Staff:
    return cashier.window.flow.staff


def open_sheet(cashier: Cashier) -> None:
    cashier.press("F2")
    cashier.wait(cashier.window.sheets.member.isVisible)


def banners(cashier: Cashier) -> list[str]:
    shown = cashier.page.member._shown
    return [] if shown is None else [banner.title for banner in shown.banners]


def test_an_urgent_note_is_said_the_moment_the_member_appears(cashier: Cashier) -> None:
    cashier.scan(CARD)
    open_sheet(cashier)
    cashier.type_in("allergic")
    cashier.press("F4")
    cashier.press("Enter")
    cashier.wait(lambda: banners(cashier)[:1] == ["allergic"])
    cashier.press("Esc")
    cashier.scan(OTHER)
    assert "allergic" not in banners(cashier)
    cashier.scan(CARD)
    assert banners(cashier)[0] == "allergic"
    open_sheet(cashier)
    cashier.window.sheets.member.erase.click()
    cashier.wait(lambda: "allergic" not in banners(cashier))


def test_what_was_bought_goes_into_the_basket_again(cashier: Cashier) -> None:
    cashier.scan(CARD, CALCIUM)
    cashier.pay()
    cashier.settle_down()
    cashier.press("Esc")
    cashier.scan(CARD)
    open_sheet(cashier)
    sheet = cashier.window.sheets.member
    assert sheet.side.bought_list.current_key() == CALCIUM
    sheet.side.bought_list.setFocus()
    cashier.press("Enter")
    cashier.settle_down()
    assert cashier.codes() == [CALCIUM]


def test_a_lost_card_is_replaced_by_the_one_that_is_scanned(cashier: Cashier) -> None:
    cashier.scan(CARD)
    open_sheet(cashier)
    sheet = cashier.window.sheets.member
    sheet._choose("card")
    cashier.burst("700001")
    cashier.press("Enter")
    cashier.wait(lambda: "马上能用" in said(sheet))
    cashier.press("Enter")
    cashier.settle_down()
    assert (_card(cashier), sheet.field.problem.text()) == ("700001", ""), "once is enough"
    cashier.press("Esc")
    cashier.press("Ctrl+Del")
    cashier.settle_down()
    cashier.scan(CARD)
    assert "已经换成新卡" in cashier.error()
    cashier.scan("700001")
    assert _card(cashier) == "700001"


def test_a_number_is_issued_only_to_who_asks_and_told_as_long_as_it_holds(
    cashier: Cashier,
) -> None:
    cashier.scan(CARD)
    open_sheet(cashier)
    sheet, notices = cashier.window.sheets.member, cashier.page.basket.notices
    sheet._choose("card")
    cashier.press("Enter")
    assert "按 F4 发一个卡号" in sheet.field.problem.text()
    assert not sheet.take_scan("6905120012039"), "goods are no card"
    cashier.press("F4")
    cashier.press("Enter")
    cashier.wait(lambda: "请写在卡上" in said(sheet))
    issued = _card(cashier)
    assert issued != CARD and issued in said(sheet) and issued in notices.text("news")
    cashier.burst("700001")
    cashier.press("Enter")
    cashier.wait(lambda: _card(cashier) == "700001" and "马上能用" in said(sheet))
    assert notices.text("news") == "", "nobody writes down a number that is no card any more"


def said(sheet: MemberSheet) -> str:
    banner = sheet.findChild(Banner, "sheet_scan")
    return "" if banner is None else banner.line.text()


def test_a_word_is_no_card_and_stays_to_be_mended(cashier: Cashier) -> None:
    cashier.scan(CARD)
    open_sheet(cashier)
    sheet = cashier.window.sheets.member
    sheet._choose("card")
    cashier.type_in("lost")
    cashier.press("Enter")
    cashier.wait(lambda: "不能作卡号" in sheet.field.problem.text())
    assert (sheet.field.text(), _card(cashier)) == ("lost", CARD)


def _card(cashier: Cashier) -> str:
    file = cashier.counter.file
    return "" if file is None else file.member.card_no


def test_a_frozen_member_is_told_and_thawed_by_who_may(cashier: Cashier) -> None:
    cashier.scan(CARD, VITAMIN)
    open_sheet(cashier)
    cashier.window.sheets.member._choose("freeze")
    cashier.type_in("lent")
    cashier.press("Enter")
    cashier.wait(lambda: cashier.counter.file is None)
    assert cashier.codes() == [VITAMIN], "the goods stay"
    cashier.scan(CARD)
    assert "已冻结：lent" in cashier.error()
    assert cashier.counter.file is None
    cashier.page.basket.notices.answered.emit("error", "mend")
    cashier.wait(lambda: cashier.counter.file is not None)


def test_consent_is_shown_taken_back_and_given_again(cashier: Cashier) -> None:
    cashier.scan(CARD, VITAMIN)
    open_sheet(cashier)
    sheet = cashier.window.sheets.member
    sheet._choose("consent")
    assert "没有问过" in sheet.consent.words.text() and not sheet.done.isEnabled()
    cashier.press("Enter")
    cashier.press("Enter")
    cashier.wait(lambda: "同意了第 1 版的话，店长问的" in sheet.consent.words.text())
    assert "顾客同意本店保存" in sheet.consent.words.text() and not sheet.done.isEnabled()
    cashier.press("F4")
    sheet.done.click()
    cashier.wait(lambda: cashier.counter.file is None)
    assert cashier.codes() == [VITAMIN], "the goods stay"
    cashier.scan(CARD)
    assert "再念一遍" in cashier.error(), "no manager can thaw what the customer took back"
    cashier.page.basket.notices.answered.emit("error", "mend")
    cashier.wait(lambda: cashier.counter.file is not None)


def test_who_was_never_asked_here_may_refuse_consent(cashier: Cashier) -> None:
    cashier.scan(CARD, VITAMIN)
    open_sheet(cashier)
    sheet = cashier.window.sheets.member
    sheet._choose("consent")
    tiles = sheet.consent.agree, sheet.consent.withdraw
    for expected in ((True, False), (False, True), (False, False), (True, False), (False, True)):
        cashier.press("F4")
        assert tuple(tile.isChecked() for tile in tiles) == expected
    cashier.press("Enter")
    cashier.wait(lambda: cashier.counter.file is None)
    assert "按散客重算" in cashier.error(), "why the sum is another now"
    cashier.scan(CARD)
    assert "再念一遍" in cashier.error()


def test_an_expired_card_is_renewed(cashier: Cashier) -> None:
    shop, staff = cashier.shop, staff_of(cashier)
    member = find_member(shop, CARD)
    with shop.store.write() as tx:
        tx.standings.set_card_end(member.id, date(2020, 1, 1))
    cashier.scan(CARD)
    assert "已经过期" in cashier.error()
    cashier.page.basket.notices.answered.emit("error", "mend")
    cashier.wait(lambda: cashier.counter.file is not None)
    assert staff.no == 1


def test_a_merged_card_offers_who_it_is_now(cashier: Cashier) -> None:
    merge_members(cashier.shop, OTHER, CARD, staff=staff_of(cashier))
    cashier.scan(OTHER)
    assert "已并入李*华" in cashier.error()
    cashier.page.basket.notices.answered.emit("error", "mend")
    cashier.wait(lambda: _card(cashier) == CARD)


def test_who_was_frozen_meanwhile_cannot_be_settled_for(cashier: Cashier) -> None:
    cashier.scan(CARD, VITAMIN)
    member = find_member(cashier.shop, CARD)
    cards.freeze_member(cashier.shop, member.id, reason="test", staff=staff_of(cashier))
    cashier.press("F9")
    cashier.wait(cashier.window.sheets.payment.isVisible)
    cashier.press("Enter")
    cashier.bot.wait(300)
    assert cashier.sales() == 0
