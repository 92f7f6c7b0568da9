"""Consent, what was taken back of it, copies of papers, and what finds sales, as the `.sql`.

What is made only where it is not there yet stood in revision 0006 for some hours: a till that was
set up then has it.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Statements with an empty line between them, like those of the first revision."""
    for statement in Path(__file__).with_suffix(".sql").read_text("utf-8").split("\n\n"):
        op.execute(statement)
