"""遇到过的: whom of an import the shop has met since, and what of it was sold: they stay."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from msgspec import Struct

from core.ports.past_imports import Stays
from storage.columns import Connection
from storage.import_record import ImportRow
from storage.ledger import FROM_A_MEMBER

# Through an index that begins with the member.
_INDEXED = {
    Stays.BOUGHT: "sales voids returns offer_uses offer_units benefit_uses counted_elsewhere",
    Stays.POINTS: "corrections credited_behaviours redemptions set_aside",
    Stays.MERGED: "merged_members",
    Stays.EDITED: (
        "frozen_members card_terms member_notes member_edits member_profiles member_consents "
        "consent_changes old_cards tier_changes tier_holds tier_standings"
    ),
    Stays.OTHER: "coupon_codes enrolled_members",
}
# Small ones, read from one end to the other.
_SCANNED = {
    Stays.BOUGHT: "held_baskets",
    Stays.OTHER: "cases case_evidence draw_given draw_gone",
}
_IMAGES_OF = (
    "imports CROSS JOIN asked CROSS JOIN before_images AS image "
    "ON image.import_id = imports.id AND image.n = asked.n"
)
_HANDED = (
    "handouts CROSS JOIN asked CROSS JOIN handout_members AS handed "
    "ON handed.handout_id = handouts.id AND handed.member_id = asked.member_id"
)
_OTHERWISE = (
    (Stays.POINTS, "asked CROSS JOIN lots USING (member_id) WHERE import_id IS NOT ?2"),
    (Stays.POINTS, f"asked CROSS JOIN transfers ON debit_member = member_id WHERE {FROM_A_MEMBER}"),
    (Stays.MERGED, "asked CROSS JOIN merged_members AS other ON into_id = asked.member_id"),
    (Stays.MERGED, "asked CROSS JOIN member_merges ON into_id = member_id"),
    (Stays.MERGED, "asked CROSS JOIN member_merges ON gone_id = member_id"),
    (
        Stays.IMPORTED,
        f"{_IMAGES_OF} WHERE kind = 'members' AND imports.id <> ?2",
    ),
    (Stays.EDITED, "asked CROSS JOIN birthday_edits USING (member_id) WHERE import_id IS NOT ?2"),
    (Stays.OTHER, _HANDED),
)
_WHY = tuple(Stays)
_WAYS = (
    *(
        (why, f"asked CROSS JOIN {table} USING (member_id)")
        for why, tables in _INDEXED.items()
        for table in tables.split()
    ),
    *(
        (why, f"{table} JOIN asked USING (member_id)")
        for why, tables in _SCANNED.items()
        for table in tables.split()
    ),
    *_OTHERWISE,
)
ASKED = frozenset(re.findall(r"(?:^|JOIN )([a-z_]+)", "\n".join(sql for _, sql in _WAYS), re.M))
"""All tables that are asked."""
NOTHING_MET = frozenset(
    "private_values balances confirmed_members passed_over distinct_members expiry_runs".split()
)
"""Tables that name members though nobody has met them: what the import has brought itself, what
the server says of everybody, and how far something is."""

_MET = (
    "WITH asked (member_id, n) AS MATERIALIZED "  # noqa: S608 - the words are ours
    "(SELECT unhex(value ->> 0), value ->> 1 FROM json_each(?1)) SELECT met_id, min(why), EXISTS "
    "(SELECT 1 FROM merged_members WHERE merged_members.member_id = met_id) FROM ("
    + " UNION ALL ".join(
        f"SELECT asked.member_id AS met_id, {_WHY.index(why)} AS why FROM {sql}"  # noqa: S608
        for why, sql in _WAYS
    )
    + ") GROUP BY met_id"
)
_SOLD = (
    (Stays.EDITED, "trace_prefixes JOIN asked USING (product_id)"),
    (Stays.EDITED, "asked CROSS JOIN product_plans USING (code)"),
    (
        Stays.IMPORTED,
        f"{_IMAGES_OF} WHERE kind = 'products' AND imports.id <> ?2",
    ),
    (Stays.BOUGHT, "asked CROSS JOIN sale_lines USING (product_id)"),
)
_MET_PRODUCTS = (
    "WITH asked (product_id, code, n) AS MATERIALIZED "  # noqa: S608 - the words are ours
    "(SELECT unhex(value ->> 0), value ->> 1, value ->> 2 FROM json_each(?1)) "
    "SELECT met_id, min(why) FROM ("
    + " UNION ALL ".join(
        f"SELECT asked.product_id AS met_id, {_WHY.index(why)} AS why FROM {sql}"  # noqa: S608
        for why, sql in _SOLD
    )
    + ") GROUP BY met_id"
)


class Met(Struct, frozen=True):
    """Why somebody stays; `is_hidden`: they became another, and are not found by a search."""

    why: Stays
    is_hidden: bool = False


def met_members(
    connection: Connection, row: ImportRow, members: Sequence[tuple[bytes, int]]
) -> dict[bytes, Met]:
    """Those of the members (id and n) to whom the shop did anything since this import."""
    asked = json.dumps([(ident.hex(), n) for ident, n in members])
    found = connection.execute(_MET, (asked, row.id)).fetchall()
    return {ident: Met(_WHY[why], bool(is_hidden)) for ident, why, is_hidden in found}


def met_products(
    connection: Connection, row: ImportRow, products: Sequence[tuple[bytes, str, int]]
) -> dict[bytes, Stays]:
    """Those of the products (id, code and n) that were sold, or changed by anybody else."""
    asked = json.dumps([(ident.hex(), code, n) for ident, code, n in products])
    found = connection.execute(_MET_PRODUCTS, (asked, row.id)).fetchall()
    return {ident: _WHY[why] for ident, why in found}
