"""Several logs in one record: the order over all of them, proofs of entries whose log is not whole here, and numbers
that two devices may both have given. And items whose bytes were destroyed.

Revision: 0005
Before: 0004
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until now there was one log, whose places are the order; a number was unique, and now is so within a log."""
    op.add_column("decision", sa.Column("place", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE decision SET place = n")
    op.add_column("item", sa.Column("destroyed", sa.Text(), nullable=True))
    op.create_table(
        "proof",
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("log", "n"),
    )
    _without_unique_numbers()


def _without_unique_numbers() -> None:
    """SQLite cannot drop a constraint: the table is made anew."""
    op.rename_table("acquisition", "acquisition_before")
    for name in ("ix_acquisition_item", "acquisition_parent", "acquisition_evidence"):
        op.drop_index(name, table_name="acquisition_before")
    words = ("name", "label", "received_at", "collector", "method", "tool")
    more = ("source", "parent", "evidence", "acquired_at", "language", "conditions")
    columns: list[sa.Column[Any]] = [
        sa.Column("decision", sa.Text(), primary_key=True),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in words),
        *(sa.Column(name, sa.Text(), nullable=True) for name in more),
        sa.Column("compartment", sa.Integer(), nullable=False),
    ]
    names = ", ".join(column.name for column in columns)
    op.create_table("acquisition", *columns)
    op.execute(f"INSERT INTO acquisition ({names}) SELECT {names} FROM acquisition_before")  # noqa: S608 - fixed names
    op.drop_table("acquisition_before")
    op.create_index("ix_acquisition_item", "acquisition", ["item"], unique=False)
    op.create_index("acquisition_number", "acquisition", ["number"], unique=False)
    op.create_index("acquisition_parent", "acquisition", ["parent"], unique=False)
    op.create_index("acquisition_evidence", "acquisition", ["evidence"], unique=False)
