"""预计: which rows of a table are new, change something, or say what the store has already.

As `storage.import_members` and `storage.import_products` would apply them, but nothing is written.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from core.catalog.product_table import ProductRow
from core.members.member_table import MemberRow
from core.values.moment import Moment
from storage.import_members import FIELDS as MEMBER_FIELDS
from storage.import_members import told_by
from storage.import_products import FIELDS as PRODUCT_FIELDS
from storage.import_products import product_told
from storage.import_record import Imported
from storage.members import member_of
from storage.products import product_of
from storage.store import TillStore

# In the order of the tree: neighbours take the same way down.
_ASKED = "(SELECT value AS asked FROM json_each(?)) CROSS JOIN"
_MEMBERS = f"SELECT {MEMBER_FIELDS} FROM {_ASKED} members ON card_no = asked"  # noqa: S608
_PRODUCTS = f"SELECT {PRODUCT_FIELDS} FROM {_ASKED} products ON code = asked"  # noqa: S608


def foresee_members(store: TillStore, rows: Sequence[MemberRow], moment: Moment) -> Imported:
    """What these rows would come to; a further lot is new where its member is."""
    with store.read() as reading:
        rulebook = reading.rulebooks.current()
    cards = json.dumps(sorted(row.card_no for row in rows if not row.is_further))
    further = json.dumps(sorted(row.card_no for row in rows if row.is_further))
    changed = 0
    with store.reader() as connection:
        found = connection.execute(_MEMBERS, (cards,)).fetchall()
        known = {row[2]: member_of(row[1:]) for row in found}
        for row in rows:
            before = None if row.is_further else known.get(row.card_no)
            if before is not None:
                after = told_by(connection, before, row, rulebook, moment.business_on)
                changed += after != before
        again = len(connection.execute(_MEMBERS, (further,)).fetchall())
    return Imported(len(rows) - len(known) - again, changed, len(known) + again - changed)


def foresee_products(store: TillStore, rows: Sequence[ProductRow]) -> Imported:
    """What these rows would come to."""
    codes = json.dumps(sorted(row.code for row in rows))
    with store.reader() as connection:
        found = connection.execute(_PRODUCTS, (codes,)).fetchall()
    known = {product.code: product for product in (product_of(row[1:]) for row in found)}
    changed = 0
    for row in rows:
        before = known.get(row.code)
        if before is not None:
            after = product_told(before.id, row, requires_trace=before.requires_trace)
            changed += after != before
    return Imported(len(rows) - len(known), changed, len(known) - changed)
