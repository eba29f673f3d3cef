"""Tallies of items and claims, so that lists and counts of a large case need not load it.

Revision: 0009
Before: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FACETS = ("kind", "language", "label", "reading", "review", "year")
COUNTS = ("proposed", "checked", "corrected", "rejected", "unsure")
WALLS = ("compartment", "of_item", "of_text")


def upgrade() -> None:
    """Make the tables, which the store fills right after, and the indices by which pages find their rows."""
    op.create_table(
        "listed",
        *_integers("item", "place", "several"),
        *_texts(*FACETS),
        *_integers(*COUNTS, *WALLS),
        sa.PrimaryKeyConstraint("item", "compartment"),
    )
    op.create_index("listed_place", "listed", ["place"], unique=False)
    op.create_index("listed_several", "listed", ["several"], unique=False, sqlite_where=sa.text("several = 1"))
    op.create_table(
        "tally",
        *_texts(*FACETS),
        *_integers(*WALLS, "held", *COUNTS),
        sa.PrimaryKeyConstraint(*FACETS, *WALLS),
    )
    op.create_index("decision_place", "decision", ["place"], unique=False)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _integers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]
