"""Sheets of what is done for the shop beside selling, for the album."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.actions.badges import PrintedBadge
from core.actions.issued_coupons import NamedBatch
from core.errors import BadLabelLayout, NoSuchIssuedCode
from core.rulebook.labels import LabelCode
from core.rulebook.offers import CouponOffer
from core.sales.coupon_code import BatchUse
from core.sales.offer_use import PartnerAccount
from core.trust.staff import Role, Staff
from core.values.gtin import check_digit
from ui.devices.card_pdf import badge_leaf
from ui.devices.print_sizes import card_size
from ui.look import Look
from ui.text import sentence, tr
from ui.till.badges import BadgesSheet
from ui.till.blank_cards import BlankCardsSheet
from ui.till.chores import CHORES, SIZE, chore_row
from ui.till.coupons import BATCHES, WITHDRAW, CouponsSheet
from ui.till.coupons_flow import row_of
from ui.till.labels import LabelsSheet
from ui.till.partners import PartnersSheet
from ui.till.row_sheet import RowSheet
from ui.till.trace_export import TraceExportSheet

Draw = Callable[[Look, QWidget], QWidget | None]
TODAY = date(2026, 11, 26)
STORE = "永安堂大药房连锁有限公司中山路店"
LAYOUTS = [
    (LabelCode("20", "price"), False),
    (LabelCode("21", "weight"), False),
    (LabelCode("27", "price", 4, 5, decimals=1, has_value_check=True), True),
]


def chores(look: Look, window: QWidget) -> QWidget:
    sheet = RowSheet(look, window, tr("店务"), kind="chore", name="chores", size=SIZE)
    sheet.show_rows([chore_row(name) for name in CHORES])
    return sheet


def labels(look: Look, window: QWidget) -> QWidget:
    sheet = LabelsSheet(look, window)
    sheet.show_layouts(LAYOUTS, "27")
    return sheet


def labels_tried(look: Look, window: QWidget) -> QWidget:
    sheet = LabelsSheet(look, window)
    sheet.show_layouts(LAYOUTS, "20")
    sheet.take_scan("201008603600" + check_digit("201008603600"))
    return sheet


def labels_wrong(look: Look, window: QWidget) -> QWidget:
    sheet = LabelsSheet(look, window)
    sheet.show_layouts(())
    sheet.value.set_current("8")
    sheet._turn()
    sheet.said.say(sentence(BadLabelLayout("digits")), is_wrong=True)
    return sheet


def _people(look: Look, window: QWidget) -> BadgesSheet:
    sheet = BadgesSheet(look, window)
    names = [("店长", Role.MANAGER, True), ("王芳", Role.CASHIER, False)]
    names.append(("阿卜杜勒·热合曼·买买提", Role.PHARMACIST, True))
    people = [
        (Staff(UUID(int=no), no, name, role, ""), has_badge)
        for no, (name, role, has_badge) in enumerate(names)
    ]
    sheet.show_people(people, "店长")
    return sheet


def badges(look: Look, window: QWidget) -> QWidget:
    sheet = _people(look, window)
    badge = PrintedBadge(STORE, "店长", Role.MANAGER, "EHX4K2M9P7QRT")
    sheet.show_badge(badge_leaf(badge, card_size()))
    return sheet


def badges_none(look: Look, window: QWidget) -> QWidget:
    sheet = _people(look, window)
    sheet.list.show_rows(sheet.list.rows(), current=1)
    return sheet


def trace_export(look: Look, window: QWidget) -> QWidget:
    sheet = TraceExportSheet(look, window)
    sheet.begin(TODAY)
    sheet.show_count(128)
    return sheet


def partners(look: Look, window: QWidget) -> QWidget:
    sheet = PartnersSheet(look, window)
    sheet.begin(TODAY)
    accounts = (("星光影院", 128, 64_000), ("城东永安堂大药房健康管理中心", 3, 1_500))
    sheet.show_accounts([PartnerAccount(*account) for account in accounts])
    return sheet


def partners_none(look: Look, window: QWidget) -> QWidget:
    sheet = PartnersSheet(look, window)
    sheet.begin(TODAY)
    sheet.show_accounts(())
    return sheet


def blank_cards(look: Look, window: QWidget) -> QWidget:
    sheet = BlankCardsSheet(look, window)
    sheet.begin()
    sheet.show_cards("901010000012", "901010000109", 10)
    return sheet


def blank_cards_wrong(look: Look, window: QWidget) -> QWidget:
    sheet = BlankCardsSheet(look, window)
    sheet.begin()
    sheet.count.set_text("5000")
    sheet.file.click()
    return sheet


FIVE = CouponOffer(id="five", name="五元券", off_fen=500)
TENTH = CouponOffer(id="tenth", name="周年庆九折券（满一百元可用）", rate_bp=9000)


def coupons(look: Look, window: QWidget) -> QWidget:
    sheet = CouponsSheet(look, window)
    sheet.begin((FIVE, TENTH))
    sheet.count.set_text("3")
    sheet.until.set_text("2026-12-31")
    codes = ("QHX4K2M9P7QRTA", "QB7W3N5C8D2EFG", "QZ9Y6X4V2T1SRP")
    words = tr("{name}发了 {count} 张。", name=FIVE.name, count=3)
    sheet.show_issued(codes, words, can_print=True)
    return sheet


def coupons_batches(look: Look, window: QWidget) -> QWidget:
    """What was issued before, one of it chosen."""
    sheet = CouponsSheet(look, window)
    sheet.begin((FIVE, TENTH))
    sheet.what.set_current(BATCHES)
    sheet.what.chosen.emit(BATCHES)
    day = date(2026, 11, 26)
    uses = (
        BatchUse(UUID(int=1), "five", day, 3, 1, 0),
        BatchUse(UUID(int=2), "tenth", day, 1000, 12, 0),
    )
    names = (FIVE.name, TENTH.name)
    pairs = zip(names, uses, strict=True)
    sheet.show_batches([row_of(NamedBatch(name, use)) for name, use in pairs])
    words = tr("{name}还能用 {count} 张。", name=FIVE.name, count=2)
    sheet.show_batch(("QHX4K2M9P7QRTA", "QB7W3N5C8D2EFG"), words, can_print=True)
    return sheet


def coupons_withdraw(look: Look, window: QWidget) -> QWidget:
    sheet = CouponsSheet(look, window)
    sheet.begin((FIVE, TENTH))
    sheet.what.set_current(WITHDRAW)
    sheet.what.chosen.emit(WITHDRAW)
    sheet.code.set_text("QHX4K2M9P7QRTA")
    sheet.batch.set_chosen(True)
    sheet.said.say(sentence(NoSuchIssuedCode("QHX4K2M9P7QRTA")), is_wrong=True)
    return sheet


def coupons_none(look: Look, window: QWidget) -> QWidget:
    sheet = CouponsSheet(look, window)
    sheet.begin(())
    return sheet


PAGES: tuple[Draw, ...] = (
    chores,
    coupons,
    coupons_batches,
    coupons_withdraw,
    coupons_none,
    labels,
    labels_tried,
    labels_wrong,
    badges,
    badges_none,
    trace_export,
    partners,
    partners_none,
    blank_cards,
    blank_cards_wrong,
)
