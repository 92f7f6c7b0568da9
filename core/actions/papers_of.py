"""单据: the paper of a number, and those that belong to it: its void, its returns, its sale."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from core.actions.allow import allow
from core.errors import NoSuchSale
from core.ports import Reading, StoredSale
from core.sales.receipt import Receipt
from core.sales.returns import return_no
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff


class PaperKind(StrEnum):
    """What a paper is of."""

    SALE = "sale"
    VOID = "void"
    RETURN = "return"
    REDEMPTION = "redemption"


class Paper(Struct, frozen=True):
    """One paper with its number."""

    kind: PaperKind
    no: str
    receipt: Receipt


def papers_of(shop: Shop, no: str, *, staff: Staff) -> tuple[Paper, ...]:
    """A sale with its void and its returns, or a redemption; of a return those of its sale.

    Raises NotAllowed for who may not look at takings, NoSuchSale.
    """
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        if (slip := reading.redemptions.slip(no)) is not None:
            return (Paper(PaperKind.REDEMPTION, no, slip),)
        sale = reading.sales.by_no(no.partition("-R")[0])
        if sale is not None:
            return _of_sale(reading, sale)
        back = reading.returns.receipt(no)
        if back is None:
            raise NoSuchSale(no)
        return (Paper(PaperKind.RETURN, no, back),)


def _of_sale(reading: Reading, sale: StoredSale) -> tuple[Paper, ...]:
    found = [Paper(PaperKind.SALE, sale.no, sale.receipt)]
    if (void := reading.voids.receipt(sale.sale_id)) is not None:
        found.append(Paper(PaperKind.VOID, sale.no, void))
    for number in range(1, reading.returns.count(sale.sale_id) + 1):
        back_no = return_no(sale.no, number)
        if (back := reading.returns.receipt(back_no)) is not None:
            found.append(Paper(PaperKind.RETURN, back_no, back))
    return tuple(found)
