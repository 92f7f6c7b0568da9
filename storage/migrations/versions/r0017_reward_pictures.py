"""Pictures of rewards, as the `.sql` beside this file."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """The statement of the file."""
    op.execute(Path(__file__).with_suffix(".sql").read_text("utf-8"))
