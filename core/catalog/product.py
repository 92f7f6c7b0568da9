"""商品: what is sold, with the facts that price it."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct


class Product(Struct, frozen=True):
    """One product. `code` is its barcode or PLU; prices are fen of one `unit`.

    `special_price_fen` is 特价 for everybody, `member_price_fen` 会员价; None where there is none.
    `requires_trace`: each unit is sold with its trace code only (需追溯码).
    """

    id: UUID
    code: str
    name: str
    price_fen: int
    spec: str = ""
    unit: str = ""
    category: str = ""
    member_price_fen: int | None = None
    special_price_fen: int | None = None
    is_prescription: bool = False
    is_weighed: bool = False
    brand: str = ""
    requires_trace: bool = False
