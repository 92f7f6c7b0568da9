"""补打: the receipt of a sale once more, marked as a copy."""

from __future__ import annotations

from core.actions.allow import allow
from core.errors import NothingToReprint
from core.ports import Reading, StoredSale, Writing
from core.sales.receipt import Receipt, copy_of
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff


def reprint(shop: Shop, *, staff: Staff, sale_no: str | None = None) -> Receipt:
    """The paper of a sale, return or redemption by its number, or of the last sale.

    It says which copy it is. Raises NothingToReprint.
    """
    with shop.store.write() as tx:
        now_us = shop.clock.now_us()
        allow(tx, staff, Right.REPRINT, now_us=now_us)
        other = _other_paper(tx, sale_no) if sale_no else None
        if other is not None:
            return copy_of(other, _count(tx, other.no, now_us, staff))
        sale = tx.sales.by_no(sale_no) if sale_no else tx.sales.last()
        if sale is None:
            raise NothingToReprint()
        copy_no = _count(tx, sale.no, now_us, staff)
    return copy_of(sale.receipt, copy_no, is_voided=sale.is_voided)


def _count(tx: Writing, no: str, now_us: int, staff: Staff) -> int:
    """Which copy of a paper this is; the audit says it too."""
    copy_no = tx.copies.add(no, at_us=now_us, staff_no=staff.no)
    detail = f"copy {copy_no}"
    tx.audit.note("receipt_reprinted", at_us=now_us, staff_no=staff.no, subject=no, detail=detail)
    return copy_no


def _other_paper(reading: Reading, no: str) -> Receipt | None:
    """That of a return or a redemption."""
    return reading.returns.receipt(no) or reading.redemptions.slip(no)


def find_sale(shop: Shop, sale_no: str | None = None) -> StoredSale:
    """A sale by its number, or the last one; raises NothingToReprint."""
    with shop.store.read() as reading:
        sale = reading.sales.by_no(sale_no) if sale_no else reading.sales.last()
    if sale is None:
        raise NothingToReprint()
    return sale


def last_sale(shop: Shop) -> StoredSale | None:
    """上一单: what the idle counter shows."""
    with shop.store.read() as reading:
        return reading.sales.last()
