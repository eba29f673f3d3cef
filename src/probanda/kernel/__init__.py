"""The kernel holds the values every room shares: ids, digests, spans, quantities, vocabularies, errors.

Value types only: nothing here touches disk, clock or network. Start with `vocabulary`
(the field's words as enums), then `spans` (where words stand), then `errors`.

Looks down to: nothing. Used by: every room.
"""
