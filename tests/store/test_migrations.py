"""The migrations make exactly the tables that the code speaks of."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from probanda.store import upgrading
from probanda.store.tables import metadata


def test_migrations_and_tables_agree() -> None:
    with create_engine("sqlite://").begin() as connection:
        assert not upgrading.is_current(connection)
        upgrading.bring_up(connection)
        assert upgrading.is_current(connection)
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_newest_script_is_the_one_the_program_knows() -> None:
    folder = upgrading.__file__.replace("upgrading.py", "migrations")
    assert ScriptDirectory(folder).get_heads() == [upgrading.HEAD]
