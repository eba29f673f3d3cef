"""Reports turn one frozen `CaseFile` into documents: the working dossier, and plain text for the terminal.

Start with `casefile` (all that a report may use), then `record` (the dossier as a frozen record),
then `dossier` (`draft` makes the record, `html` the page). `words` holds the system's words and
their translations; words of evidence never pass through it.

Looks down to: matrix, incidents, actors, claims, kernel. Used by: casework, cli.
"""
