"""Items within items, evidence numbers and conditions of acquisitions, places of words, remarks on what was not read.

Revision: 0002
Before: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, all of which earlier rows leave empty, and the table of remarks."""
    for name in ("parent", "evidence", "acquired_at", "language", "conditions"):
        op.add_column("acquisition", sa.Column(name, sa.Text(), nullable=True))
    op.create_index("acquisition_parent", "acquisition", ["parent"], unique=False)
    op.create_index("acquisition_evidence", "acquisition", ["evidence"], unique=False)
    op.add_column("text", sa.Column("places", sa.Text(), nullable=True))
    # Digests of texts are over all their columns: they are made again by the next reading.
    op.execute("DELETE FROM made WHERE stage = 'text'")
    op.create_table(
        "remark",
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("fix", sa.Text(), nullable=False),
        sa.Column("compartment", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("item", "stage", "position"),
    )
