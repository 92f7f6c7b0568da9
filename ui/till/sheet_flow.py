"""入会、新增商品的对话: what a sheet asks for becomes an action on the basket, or a sentence."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from core.actions import add_product as adding
from core.actions import join_member as joining
from core.actions import scan as scanning
from core.actions.counter import Counter
from core.errors import BadCard, BadPhone, Refused, Shortfall
from core.members.birthday import parse_birthday
from core.members.card import check_card
from core.members.consent import CONSENT
from core.members.masks import mask_name
from core.members.phone import parse_phone
from core.pricing.basket import Basket
from core.shop import Shop
from core.values.coupon_code import read_code as read_coupon
from core.values.gtin import is_article
from core.values.money import parse_money
from ui.text import sentence
from ui.till.flow import TillFlow
from ui.till.fresh import tell_card, tell_product
from ui.till.join import JoinSheet
from ui.till.new_product import NewProductSheet


class JoinFlow(QObject):
    """A new member for this basket, or the one who was found to be one already."""

    def __init__(self, flow: TillFlow, sheet: JoinSheet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self._sheet = sheet
        sheet.joined.connect(self._join)
        sheet.joined_anew.connect(partial(self._join, is_another=True))
        sheet.use_existing.connect(self._use)

    def begin(self, typed: str) -> None:
        """Open the form; a phone or a card that was tried at the counter is not asked for again."""
        if not self._sheet.isHidden():
            return
        self._sheet.open()
        unknown = self._flow.unknown_code
        if _is_phone(typed or unknown):
            self._sheet.prefill(typed or unknown)
        elif _is_card(unknown):
            self._sheet.take_scan(unknown)

    def _join(
        self,
        name: str,
        phone: str,
        card_no: str,
        birthday: str,
        is_lunar: bool,
        *,
        is_another: bool = False,
    ) -> None:
        try:
            born = parse_birthday(birthday, lunar=is_lunar) if birthday.strip() else None
        except Refused as refused:
            self._sheet.show_refused(refused)
            return
        staff = self._flow.staff

        def join(shop: Shop, basket: Basket) -> Counter:
            return joining.join_member(
                shop,
                basket,
                name=name,
                phone=phone,
                staff=staff,
                consent=CONSENT,  # the sheet lets nobody through who did not agree
                card_no=card_no,
                birthday=born,
                is_another=is_another,
            )

        then = self._done if card_no.strip() else self._issued
        self._flow.put(join, failed=partial(_show_failed, self._sheet), then=then)

    def _use(self, card_no: str) -> None:
        staff = self._flow.staff
        self._flow.put(
            lambda shop, basket: scanning.scan(shop, basket, card_no, staff=staff),
            failed=partial(_show_failed, self._sheet),
            then=self._done,
        )

    def _done(self, _counter: Counter) -> None:
        self._flow.forget_error()  # whoever was not found is a member now
        self._sheet.shut()

    def _issued(self, counter: Counter) -> None:
        self._done(counter)
        if counter.file is not None:
            member = counter.file.member
            tell_card(self._flow, mask_name(member.name), member.card_no)


class NewProductFlow(QObject):
    """A product for the code that nobody knew."""

    def __init__(
        self, flow: TillFlow, sheet: NewProductSheet, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._sheet = sheet
        sheet.added.connect(self._add)

    def begin(self, code: str) -> None:
        """Open the form for a code."""
        if self._sheet.isHidden() and code:
            self._sheet.show_code(code)

    def _add(self, code: str, name: str, price: str, is_prescription: bool) -> None:
        try:
            price_fen = parse_money(price)
        except Refused as refused:
            self._sheet.show_refused(refused)
            return
        staff = self._flow.staff

        def add(shop: Shop, basket: Basket) -> Counter:
            return adding.add_product(
                shop,
                basket,
                code=code,
                name=name,
                price_fen=price_fen,
                staff=staff,
                is_prescription=is_prescription,
            )

        self._flow.put(
            add,
            failed=partial(_show_failed, self._sheet),
            then=lambda _counter: self._done(code, name),
        )

    def _done(self, code: str, name: str) -> None:
        self._flow.forget_error()
        self._sheet.shut()
        tell_product(self._flow, name.strip(), code)


def _show_failed(sheet: JoinSheet | NewProductSheet, error: Exception) -> None:
    """At its field where it has one."""
    if isinstance(error, Shortfall):
        sheet.show_refused(error)
    else:
        sheet.show_error(sentence(error))


def _is_card(text: str) -> bool:
    """Whether it may be a card: articles and coupons that nobody knows are none.

    Coupons are words with a figure behind them, cards are numbered.
    """
    if is_article(text) or read_coupon(text) or _is_word(text):
        return False
    try:
        check_card(text)
    except BadCard:
        return False
    return True


def _is_word(text: str) -> bool:
    return sum(sign.isalpha() for sign in text) > sum(sign.isdigit() for sign in text)


def _is_phone(text: str) -> bool:
    try:
        parse_phone(text)
    except BadPhone:
        return False
    return True
