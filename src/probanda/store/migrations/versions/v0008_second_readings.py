"""Decisions by kind and hash of their leaf: by it the claims are drawn that a second person reads.

Revision: 0008
Before: 0007
"""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An index alone: what waits for a second reader follows from decisions and claims."""
    op.create_index("decision_drawn", "decision", ["kind", "leaf_hash"], unique=False)
