"""What lists are ordered and found by, and what the review queue takes the next claim by; indexes for one claim's
contradictions and for what is behind a wall.

The tables are filled by the store, out of what was derived before (`ahead.refill`).

Revision: 0007
Before: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables and indexes."""
    _lists()
    _queue()
    for name, table, columns in (
        ("text_compartment", "text", ["compartment", "item"]),
        ("claim_waiting", "claim", ["family", "status", "item", "start", "compartment"]),
        ("link_a", "link", ["sight", "a"]),
        ("link_b", "link", ["sight", "b"]),
    ):
        op.create_index(name, table, columns, unique=False)
    denies = sa.text("(polarity = 'negative' OR modality = 'denied')")
    op.create_index("claim_denial", "claim", ["status", "item", "start"], unique=False, sqlite_where=denies)


def _lists() -> None:
    told = ("sight", "list", "place", "id", "kind", "forms", "told")
    columns = [sa.Column(name, sa.Text(), nullable=False) for name in told]
    op.create_table("line", *columns, sa.PrimaryKeyConstraint("sight", "list", "place", "id"))
    op.create_index("line_id", "line", ["sight", "list", "id"], unique=False)
    op.create_index("line_kind", "line", ["sight", "list", "kind", "place", "id"], unique=False)
    op.create_table(
        "form",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("sight", "form", "actor")),
        sa.PrimaryKeyConstraint("sight", "form", "actor"),
    )


def _queue() -> None:
    numbers = ("against", "supporting", "opposed", "state", "item", "start")
    op.create_table(
        "bearing",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("sight", "claim")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in numbers),
        sa.PrimaryKeyConstraint("sight", "claim"),
    )
    for name in ("against", "opposed", "supporting"):
        op.create_index(f"bearing_{name}", "bearing", ["sight", "state", name, "item", "start"], unique=False)
    op.create_index("bearing_claim", "bearing", ["claim"], unique=False)
    op.create_table(
        "followed",
        sa.Column("sight", sa.Text(), primary_key=True),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
    )
