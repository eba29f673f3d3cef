"""How Alembic runs here: on the connection it is given, in batch mode, inside the caller's transaction.

Looks down to: store.tables. Used by: store.upgrading.
"""

from __future__ import annotations

from alembic import context

from probanda.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
