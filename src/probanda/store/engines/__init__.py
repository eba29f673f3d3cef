"""What only one engine can do, one file per engine: full text search, pragmas, locks of the database.

Looks down to: kernel. Used by: store.
"""
