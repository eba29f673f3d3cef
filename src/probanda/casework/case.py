"""A case, opened: the front door for commands and for Python."""
