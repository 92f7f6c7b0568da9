"""扫码: one input for everything: a scan or a typed text finds its own meaning."""

from __future__ import annotations

from core.actions.counter import Counter, priced
from core.catalog.barcode import Code, clean, read_code
from core.catalog.product import Product
from core.errors import BadCheckDigit, BadPhone, Refused, UnknownCode
from core.members.card import is_wrong_card
from core.members.member import MemberFile
from core.members.phone import parse_phone
from core.members.tiers import window_start
from core.ports import Reading, Suggestion
from core.pricing.basket import Basket
from core.rulebook.rulebook import LabelCode, Rulebook
from core.shop import Shop
from core.values.moment import Moment
from core.values.money import round_half_up
from core.values.quantity import ONE


def scan(shop: Shop, basket: Basket, text: str) -> Counter:
    """A code becomes the member of the basket or a line in it.

    Card first, then product, then scale label, then phone. Raises BadScan for what no code can
    be, BadCheckDigit for a misread one, UnknownCode for the rest; the basket stays as it was.
    """
    code = clean(text)
    with shop.store.read() as reading:
        moment = shop.moment(reading)
        rulebook = reading.rulebooks.current()
        file = _member(reading, code, rulebook, moment)
        if file is not None:
            return priced(reading, moment, basket.with_member(file.member.id), file=file)
        fuller = _with_product(reading, basket, code, rulebook)
        return priced(reading, moment, fuller, changed_line=_touched(basket, fuller))


def find(shop: Shop, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
    """查找: members and products that a typed text could mean, best first."""
    with shop.store.read() as reading:
        return reading.suggest(text.strip(), limit=limit)


def _member(reading: Reading, code: str, rulebook: Rulebook, moment: Moment) -> MemberFile | None:
    since = window_start(rulebook.scheme, moment.business_on)
    file = reading.members.file_by_card(code, spend_since=since)
    if file is not None:
        return file
    if reading.products.by_code(code) is not None:
        return None
    holders = _phone_holders(reading, code)
    return reading.members.file(holders[0], spend_since=since) if len(holders) == 1 else None
