"""An item as listed for a user: what is missing is shown as missing."""

from __future__ import annotations

from typing import Any

from probanda.store.model import ItemRow


def item_row(row: ItemRow) -> dict[str, Any]:
    """One item as a plain row."""
    if row.unread_reason is not None:
        read = f"not read: {row.unread_reason}"
    elif row.language_reason is None:
        read = "not read yet"
    else:
        read = row.not_read or "whole"
    return {
        "number": row.number,
        "digest": row.digest,
        "doc": row.names[0].rsplit("/", 1)[-1],
        "names": list(row.names),
        "size": row.size,
        "media_type": row.media_type,
        "label": row.label,
        "proposed_restricted": row.proposed_restricted,
        "acquisitions": row.acquisitions,
        "language": row.language,
        "language_reason": row.language_reason,
        "encoding": row.encoding,
        "dated": row.dated_from,
        "dated_reason": row.dated_reason,
        "title": row.title,
        "publisher": row.publisher,
        "furniture": row.furniture,
        "evidence": list(row.evidence),
        "parents": list(row.parents),
        "holds": row.holds,
        "stated_by_file": [{"name": name, "value": value} for name, value in row.facts],
        "machine": row.machine,
        "source": row.source,
        "collector": row.collector,
        "acquired": row.acquired_at,
        "conditions": row.conditions,
        "remarks": [{"what": what, "reason": reason, "fix": fix} for what, reason, fix in row.remarks],
        "read": read,
    }
