"""Casework is where thinking meets the record: each deed loads what the user may see, thinks, and records.

One file per deed: `take_in`, `read`, `consolidate`, `decide`, `hand_on` (with `narrow` and `mask`), `draft`, `export`,
`brief`, `check`.
Start with `case.Case`, the front door that joins them for commands and for Python.

Looks down to: store and every thinking room. Used by: cli.
"""
