"""Brings the tables to the version this program knows, by Alembic, and only when they are not there yet.

Looks down to: kernel. Used by: store.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

HEAD = "0009"
"""The newest script in `migrations/versions`; a test holds the two together."""


def is_current(connection: Connection) -> bool:
    """True when the version table says HEAD: then Alembic is not even imported."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    return list(found) == [HEAD]


def bring_up(connection: Connection) -> None:
    """Run the migrations that are missing, in the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
