"""先放着的码: what was scanned while something lay over the counter, for after a crash.

Only codes of goods are kept. Of whatever may be a person's, or what somebody pays with, nothing
is: of the former it is counted how many there were.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from core.actions.scan_goods import layouts, product_of
from core.actions.serve import check_scan, is_card
from core.catalog.barcode import read_code
from core.errors import BadPhone, PaymentCode, Refused
from core.members.member_code import read_member_code
from core.members.phone import parse_phone
from core.ports import Reading, Writing
from core.rulebook.rulebook import Rulebook
from core.values.stripe import is_stripe

LOST = ""
"""What stands in the store for a code that is kept nowhere."""


class KeptCodes(Struct, frozen=True):
    """`codes` of goods in the order of scanning and their `names`; `lost` others were not kept."""

    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    lost: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether nothing waited."""
        return not self.codes and not self.lost


def keep_codes(tx: Writing, codes: Sequence[str]) -> None:
    """These wait now, in place of those before."""
    if not codes:
        tx.baskets.keep_codes(())
        return
    rulebook = tx.rulebooks.current()
    kept = (_as_kept(tx, rulebook, code) for code in codes)
    tx.baskets.keep_codes([code for code in kept if code is not None])


def kept_codes(reading: Reading) -> KeptCodes:
    """What waited when the till ended."""
    codes = reading.baskets.kept_codes()
    if not codes:
        return KeptCodes()
    rulebook = reading.rulebooks.current()
    good = tuple(code for code in codes if code != LOST)
    names = tuple(_name(reading, rulebook, code) for code in good)
    return KeptCodes(good, names, len(codes) - len(good))


def _as_kept(reading: Reading, rulebook: Rulebook, text: str) -> str | None:
    """The code, LOST where it is kept nowhere, None for what one pays with."""
    try:
        code = check_scan(text)
    except PaymentCode:
        return None
    except Refused:
        return LOST
    if is_stripe(code) or read_member_code(code) is not None or _is_of_member(reading, code):
        return LOST
    read = read_code(code, layouts(reading, rulebook, code))
    return code if read.trace or product_of(reading, read) is not None else LOST


def _is_of_member(reading: Reading, code: str) -> bool:
    if is_card(reading, code):
        return True
    try:
        phone = parse_phone(code)
    except BadPhone:
        return False
    return bool(reading.members.by_phone(phone))


def _name(reading: Reading, rulebook: Rulebook, code: str) -> str:
    product = product_of(reading, read_code(code, layouts(reading, rulebook, code)))
    return code if product is None else product.name
