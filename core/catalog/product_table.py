"""商品表: rows of a table of products become products to import, or say what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from core.errors import (
    BadCheckDigit,
    BadFlag,
    BadMoney,
    BadPrice,
    BadProductName,
    BadScan,
    PaymentCode,
    TwiceInTable,
)
from core.values.gtin import EAN_13, is_checked
from core.values.money import parse_money
from core.values.payment_code import refuse_payment, refuse_payment_in
from core.values.table import (
    BadRow,
    Headings,
    cells_of,
    flag_of,
    is_scientific,
    match_columns,
)

HEADINGS: Headings = {
    "code": ("条码", "商品条码", "编码", "商品编码", "货号", "barcode", "code", "plu", "ean"),
    "name": ("名称", "商品名称", "品名", "通用名", "name", "product", "product name"),
    "price": ("售价", "零售价", "价格", "单价", "原价", "price", "retail price"),
    "member_price": ("会员价", "member price"),
    "special_price": ("特价", "促销价", "special price"),
    "spec": ("规格", "spec", "pack", "size"),
    "unit": ("单位", "unit"),
    "category": ("分类", "类别", "品类", "商品分类", "category"),
    "is_prescription": ("处方药", "是否处方药", "处方", "rx", "prescription"),
    "is_weighed": ("称重", "散称", "是否称重", "weighed"),
    "brand": ("品牌", "brand"),
    "requires_trace": ("需追溯码", "追溯码", "requires_trace", "requires trace code"),
}
NEEDED = ("code", "name", "price")
MOST_FEN = 1_000_000_00
LONGEST_NAME = 80
LONGEST_UNIT = 8
LONGEST_CODE = 64
# In-store codes (prefix 20 to 29) follow the shop's own layout, often without a check digit.
_IN_STORE = "2"
# Databases write money with four decimals: 39.0000.
_IDLE_ZEROS = re.compile(r"(\.\d\d)0+\Z")
_BAD = (BadScan, BadCheckDigit, PaymentCode, BadMoney, BadPrice, BadProductName, BadFlag)
_PRESCRIPTION_CATEGORIES = ("处方药", "处方")


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product to import; prices are fen, None where the table has none; `line` of its table.

    `requires_trace` is None where the table does not say: what held before goes on then.
    """

    code: str
    name: str
    price_fen: int
    member_price_fen: int | None = None
    special_price_fen: int | None = None
    spec: str = ""
    unit: str = ""
    category: str = ""
    is_prescription: bool = False
    is_weighed: bool = False
    brand: str = ""
    requires_trace: bool | None = None
    line: int = field(default=0, compare=False)


def read_products(
    headings: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]
) -> Iterator[ProductRow | BadRow]:
    """Each row as a product or as the first thing wrong with it; raises MissingColumns."""
    places = match_columns(headings, HEADINGS, needed=NEEDED)
    codes: set[str] = set()
    for line, cells in rows:
        row = _row(line, cells_of(cells, places))
        if isinstance(row, ProductRow) and row.code in codes:
            row = BadRow(line, HEADINGS["code"][0], TwiceInTable(row.code))
        if isinstance(row, ProductRow):
            codes.add(row.code)
        yield row


def check_product_name(text: str) -> str:
    """A name without idle spaces; raises BadProductName when empty, too long or unprintable."""
    name = " ".join(text.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise BadProductName(text)
    return name


def check_price(price_fen: int, text: str) -> int:
    """The same fen; raises BadPrice for zero, less, or more than a million yuan."""
    if not 0 < price_fen <= MOST_FEN:
        raise BadPrice(text)
    return price_fen


def _row(line: int, cells: dict[str, str]) -> ProductRow | BadRow:
    column = "code"
    try:
        code = _code(cells["code"])
        for column, text in cells.items():
            if column != "code":
                refuse_payment_in(text)
        column = "name"
        name = check_product_name(cells["name"])
        column = "price"
        price = _price(cells["price"])
        column = "member_price"
        member_price = _lower_price(cells.get("member_price", ""))
        column = "special_price"
        special_price = _lower_price(cells.get("special_price", ""))
        column = "is_prescription"
        is_prescription = _is_prescription(cells)
        column = "is_weighed"
        is_weighed = flag_of(cells.get("is_weighed", ""))
        column = "requires_trace"
        requires_trace = _flag_or_none(cells.get("requires_trace", ""))
    except (
        PaymentCode,
        BadScan,
        BadCheckDigit,
        BadMoney,
        BadPrice,
        BadProductName,
        BadFlag,
    ) as error:
        return BadRow(line, HEADINGS[column][0], error)
    return ProductRow(
        code=code,
        name=name,
        price_fen=price,
        member_price_fen=member_price,
        special_price_fen=special_price,
        spec=_note(cells.get("spec", ""), LONGEST_NAME),
        unit=_note(cells.get("unit", ""), LONGEST_UNIT),
        category=_note(cells.get("category", ""), LONGEST_NAME),
        is_prescription=is_prescription,
        is_weighed=is_weighed,
        brand=_note(cells.get("brand", ""), LONGEST_NAME),
        requires_trace=requires_trace,
        line=line,
    )


def _code(text: str) -> str:
    if not 0 < len(text) <= LONGEST_CODE or not text.isascii() or not text.isprintable():
        raise BadScan(len(text))
    if is_scientific(text):
        raise BadScan(len(text))
    is_ean = len(text) == EAN_13 and text.isdigit() and not text.startswith(_IN_STORE)
    if is_ean and not is_checked(text):
        raise BadCheckDigit(text)
    return refuse_payment(text)


def _note(text: str, longest: int) -> str:
    """What only stands beside the name: shortened and cleaned instead of refused."""
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(text.split())[:longest]


def _price(text: str) -> int:
    bare = _IDLE_ZEROS.sub(r"\1", text.removesuffix("元"))
    try:
        return check_price(parse_money(bare), text)
    except BadMoney:
        raise BadMoney(text) from None


def _lower_price(text: str) -> int | None:
    return _price(text) if text else None


def _is_prescription(cells: dict[str, str]) -> bool:
    # Where the column says nothing, the category does: a discount here would break the law.
    text = cells.get("is_prescription", "")
    return flag_of(text) if text else cells.get("category", "") in _PRESCRIPTION_CATEGORIES


def _flag_or_none(text: str) -> bool | None:
    return flag_of(text) if text else None
