"""变更: what head office has for its tills, a page at a time behind a cursor (sync.md 4).

The cursor is the server's own: a till keeps it as it came and sends it back.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Raw, Struct

from core.catalog.product_table import MOST_FEN
from core.sync.session import Whole, Words

MOST_KEYS = 100
"""So many things change on a till within one transaction, beside a counter that sells."""
MOST_PAGE_BYTES = 1 << 20
"""Of the values of one page, before they are compressed; one alone may be larger."""
LONGEST_CURSOR = 200
Cursor = Annotated[str, Meta(max_length=LONGEST_CURSOR, pattern="^[!-~]*(?![\\s\\S])")]


LEFT = "ChangeLeft"
"""What a till tells of a change that it cannot use: topic, what it is about, and the error."""
STORE, RULEBOOK, PRODUCT = "store", "rulebook", "product"


class Change(Struct, frozen=True):
    """What `about` (a code, an id, a version) is now, as JSON that `topic` knows the shape of."""

    topic: Words
    about: Words
    value: Raw


class Page(Struct, frozen=True, omit_defaults=True):
    """What changed behind a cursor, and the cursor from which it goes on.

    `is_last`: there is nothing more now. `begins_anew`: the server does not know the cursor that
    it was asked with, as one does not that was restored, and begins at its first change.
    """

    cursor: Cursor
    changes: tuple[Change, ...]
    is_last: bool
    begins_anew: bool = False


class StoreNamed(Struct, frozen=True):
    """门店: its name as head office has it; the value of the topic `store`."""

    name: Annotated[Words, Meta(min_length=1)]


class RulebookIssued(Struct, frozen=True):
    """规则册: a version with the business day from which it holds; the value of `rulebook`."""

    version: Whole
    begins_on: date
    rulebook: Raw


Fen = Annotated[int, Meta(gt=0, le=MOST_FEN)]


class ProductIssued(Struct, frozen=True, omit_defaults=True):
    """商品: what one is, and costs, from a business day on; of its code the feed tells.

    `requires_trace` None: as it was before.
    """

    id: UUID
    begins_on: date
    name: Annotated[Words, Meta(min_length=1)]
    price_fen: Fen
    member_price_fen: Fen | None = None
    special_price_fen: Fen | None = None
    spec: Words = ""
    unit: Words = ""
    category: Words = ""
    is_prescription: bool = False
    is_weighed: bool = False
    brand: Words = ""
    requires_trace: bool | None = None


class ProductPlans(Struct, frozen=True):
    """商品 with its prices: the one that holds, and those to come, in the order they begin."""

    plans: tuple[ProductIssued, ...]
