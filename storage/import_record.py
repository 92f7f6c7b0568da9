"""导入记录: what an import has done so far, so that a killed one is finished or undone."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from storage.columns import METADATA, uuid_column

IMPORTS = Table(
    "imports",
    METADATA,
    uuid_column("id", primary_key=True),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("started_us", Integer, nullable=False),
    Column("applied", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    sqlite_with_rowid=False,
)

BEFORE_IMAGES = Table(
    "before_images",
    METADATA,
    uuid_column("import_id", primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("image", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
