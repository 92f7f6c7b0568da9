"""What the shop itself plans for a day, as the `.sql` beside this file."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """The statement of the file."""
    op.execute(Path(__file__).with_suffix(".sql").read_text("utf-8"))
