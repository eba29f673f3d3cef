"""Words recognised on pictures of pages, kept page by page so that a long run goes on where it was cut off.

Revision: 0006
Before: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of its own; nothing that was there changes."""
    op.create_table(
        "recognised",
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("maker", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("compartment", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("item", "page"),
    )
