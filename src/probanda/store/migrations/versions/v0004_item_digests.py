"""Items bear other digests besides the SHA-256 that names them.

Revision: 0004
Before: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, which earlier items leave empty: their registrations tell no other digests."""
    for name in ("blake3", "sha1", "md5"):
        op.add_column("item", sa.Column(name, sa.Text(), nullable=True))
