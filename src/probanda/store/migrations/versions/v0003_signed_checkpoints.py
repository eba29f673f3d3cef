"""Checkpoints bear the note that this device signed over them.

Revision: 0003
Before: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, which earlier checkpoints leave empty: they were not signed."""
    op.add_column("checkpoint", sa.Column("note", sa.Text(), nullable=True))
