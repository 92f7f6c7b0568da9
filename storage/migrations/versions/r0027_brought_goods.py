"""Goods that an office PC has only heard of, and returns by their date, as the `.sql` beside."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Statements with an empty line between them, like those of the first revision."""
    for statement in Path(__file__).with_suffix(".sql").read_text("utf-8").split("\n\n"):
        op.execute(statement)
