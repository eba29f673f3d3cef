"""The named statements of `sql`, one text for each engine, side by side.

A relation handed in is `:name`, for SQLite as a JSON list. Statements give back only rows of keys that were handed
in, so what eyes may see is decided where the keys come from, by `scan`.

Looks down to: nothing. Used by: local.
"""

from __future__ import annotations

STATEMENTS = {
    # What the ledger says of the text and the reading of each item of `items`, in their order.
    "made_of_items": {
        "sqlite": """
            SELECT asked.value AS item,
                   text.maker AS text_maker, text.output AS text_output,
                   reading.maker AS reading_maker, reading.input AS reading_input
            FROM json_each(:items) AS asked
            LEFT JOIN made AS text ON text.stage = 'text' AND text.key = asked.value
            LEFT JOIN made AS reading ON reading.stage = 'reading' AND reading.key = asked.value
            ORDER BY asked.key
        """,
    },
}
