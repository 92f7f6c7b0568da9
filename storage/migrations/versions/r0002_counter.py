"""The whole counter: people, shifts, held baskets, cards and notes, as `r0002_counter.sql`."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Statements with an empty line between them, like those of the first revision."""
    for statement in Path(__file__).with_suffix(".sql").read_text("utf-8").split("\n\n"):
        op.execute(statement)
