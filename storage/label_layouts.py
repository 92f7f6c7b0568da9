"""店内码的版式: how this store's scales print, by prefix; they stand before the rulebook's."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    SmallInteger,
    String,
    Table,
    bindparam,
    delete,
    insert,
    select,
)

from core.rulebook.labels import LabelCode
from storage.columns import METADATA, Connection, Prepared

LABEL_LAYOUTS = Table(
    "label_layouts",
    METADATA,
    Column("prefix", String, primary_key=True),
    Column("holds", String, nullable=False),
    Column("item_digits", SmallInteger, nullable=False),
    Column("value_digits", SmallInteger, nullable=False),
    Column("is_checked", Boolean, nullable=False),
    Column("decimals", SmallInteger, nullable=False),
    Column("has_value_check", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

_ALL = Prepared(select(LABEL_LAYOUTS).order_by(LABEL_LAYOUTS.c.prefix))
_SET = Prepared(insert(LABEL_LAYOUTS).prefix_with("OR REPLACE"))
_REMOVE = Prepared(delete(LABEL_LAYOUTS).where(LABEL_LAYOUTS.c.prefix == bindparam("prefix")))


class StoredLabels:
    """Implements `core.ports.hands.Labels`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[LabelCode, ...]:
        """The layouts of this store by prefix."""
        return tuple(
            LabelCode(
                prefix, holds, item, value, bool(checked), decimals, has_value_check=bool(has)
            )
            for prefix, holds, item, value, checked, decimals, has in _ALL.all(self._connection)
        )

    def set(self, layout: LabelCode) -> None:
        """This one holds for its prefix now."""
        row = (
            layout.prefix,
            layout.holds,
            layout.item_digits,
            layout.value_digits,
            int(layout.is_checked),
            layout.decimals,
            int(layout.has_value_check),
        )
        self._connection.execute(_SET.sql, row)

    def remove(self, prefix: str) -> bool:
        """None of this store holds for the prefix any more; False where none did."""
        return _REMOVE.run(self._connection, prefix=prefix) > 0
